"""From claims to the record: one value per field, or none with a reason."""

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from cleanse.model import Claim, Document, Scalar
from cleanse.provenance.candidates import DATES, NO_PEOPLE, Candidate, fullest, inherited, is_normal, same, stated
from cleanse.provenance.checks import UrlDate, impossible, in_order, one_per_day, url_date, without_site
from cleanse.provenance.licences import spdx_of
from cleanse.provenance.places import SEPARATOR
from cleanse.provenance.record import Alternative, Dateline, Evidence, Missing, Organisation, Person, Provenance
from cleanse.provenance.urls import domain

_LEGAL_FORMS = frozenset(
    "inc inc. llc ltd ltd. limited plc gmbh ag as sa s.a. l.p. lp co co. corp corp. corporation".split()
)


@dataclass(frozen=True)
class Context:
    """What is known beyond the text of a document."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The user's mapping of fields to columns of the input record."""
    date_order: str | None = None
    """`dmy` or `mdy`, where the collection writes its numeric dates so."""


def resolve(
    document: Document, claims: Sequence[Claim], facts: Mapping[str, Scalar], context: Context | None = None
) -> Provenance:
    """Weigh the claims and make the record. Claims are in coordinates of the decoded raw text."""
    context = context or Context()
    ordered = sorted(claims, key=lambda c: (c.span, c.field, c.value))
    candidates: dict[str, list[Candidate]] = {}
    for candidate in (*map(stated, filter(is_normal, ordered)), *inherited(document.meta, context.columns)):
        candidates.setdefault(candidate.field, []).append(candidate)
    return _Resolver(document.decoded.text, candidates, facts, context.date_order).record()


@dataclass
class _Resolver:
    raw: str
    candidates: MutableMapping[str, list[Candidate]]
    """By field."""
    facts: Mapping[str, Scalar]
    date_order: str | None
    evidence: list[Evidence] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)

    def record(self) -> Provenance:
        url = self._single("url")
        address = url_date(url.value) if url else None
        year, page = self._single("copyright_year"), self._single("date_page")
        copyright_year = int(year.value) if year else None
        published = self._published(address, url, page, copyright_year)
        modified = self._modified(published)
        holder, notice = self._single("copyright_holder"), self._single("copyright_notice")
        publisher, republisher = self._publisher(holder, url), self._single("republisher")
        title, dateline = self._single("title"), self._single("dateline")
        subtitle, terms = self._single("subtitle"), self._joined("usage_terms")
        return Provenance(
            language=self._language(),
            language_score=self._score(),
            doc_type=self._doc_type(dateline),
            title=self._title(title, publisher, republisher),
            subtitle=subtitle.value if subtitle else None,
            authors=self._people("authors"),
            contributors=self._people("contributors"),
            dateline=_dateline(dateline),
            date_published=published.value if published else None,
            date_precision=published.attributes.get("precision") if published else None,
            date_modified=modified.value if modified else None,
            date_page=page.value if page else None,
            url=url.value if url else None,
            url_raw=url.attributes.get("raw") if url else None,
            publisher=publisher,
            republisher=Organisation(republisher.value, _as_domain(republisher.value)) if republisher else None,
            copyright_holder=holder.value if holder else None,
            copyright_year=copyright_year,
            copyright_notice=notice.value if notice else None,
            usage_terms=terms,
            license=self._license(holder, notice),
            image_credits=self._several("image_credits"),
            derivation=self._derivation(publisher, republisher),
            # these last: all of the above adds to them
            evidence=tuple(sorted(self.evidence, key=lambda e: (e.start is None, e.start or 0, e.end or 0, e.path))),
            missing=tuple(self.missing),
            alternatives=tuple(self.alternatives),
        )

    def _of(self, name: str) -> list[Candidate]:
        return self.candidates.get(name, [])

    def _single(self, name: str) -> Candidate | None:
        """The one value of a field; several different ones are a conflict and give none."""
        found = self._of(name)
        if not found:  # as of most fields
            self._miss(name, "not-found")
            return None
        own = [c for c in found if c.status != "inherited" and not c.doubtful]
        columns = [c for c in found if c.status == "inherited"]
        doubtful = [c for c in found if c.doubtful]
        if name in DATES:
            own = one_per_day(in_order(own, columns, self.date_order))
        if not own:
            own, columns = columns, []
        own = fullest(name, own)
        if len({c.value for c in own}) > 1:
            best = max(c.score for c in own)
            top = [c for c in own if c.score == best]
            if len({c.value for c in top}) > 1:
                spans = {c.span for c in own}
                self._miss(name, "ambiguous" if len(spans) == 1 else "conflict")
                self._set_aside([*own, *columns, *doubtful])
                return None
            self._set_aside([c for c in own if c.value != top[0].value])
            own = top
        if not own:
            self._miss(name, "ambiguous" if doubtful else "not-found")
            self._set_aside(doubtful)
            return None
        chosen = own[0]
        self._found(f"/{name}", chosen)
        self._compare(name, chosen.value, [*columns, *doubtful])
        return chosen

    def _compare(self, name: str, value: str, others: Sequence[Candidate]) -> None:
        """What agrees is evidence too; what does not is set aside."""
        for other in others:
            if same(name, value, other.value):
                self._found(f"/{name}", other)
            else:
                self._set_aside([other])

    def _published(
        self, address: UrlDate | None, url: Candidate | None, page: Candidate | None, year: int | None
    ) -> Candidate | None:
        """The day of publication, if nothing else in the document contradicts it."""
        before = len(self.missing)
        chosen = self._single("date_published")
        at = Alternative("date_published", address.value, *_span(url), "check/url-date") if address and url else None
        if chosen is None:
            if page and self.missing[before:] == [Missing("date_published", "not-found")]:
                self.missing[before:] = [Missing("date_published", "page-date-only")]
            self.alternatives += [at] if at else []
            return None
        wrong = impossible(chosen.value, page.value if page else None, year)
        if wrong or (address and not address.agrees(chosen.value)):
            self.evidence = [e for e in self.evidence if e.field != "date_published"]
            self._miss("date_published", "conflict")
            self._set_aside([chosen])
            self.alternatives += [at] if at else []
            return None
        if address and url:
            self._found("/date_published", replace(url, rule="check/url-date", status="derived"))
        return chosen

    def _modified(self, published: Candidate | None) -> Candidate | None:
        """The last of the days on which it was changed; none before it was published."""
        if found := [c for c in self._of("date_modified") if "order" not in c.attributes]:
            last = max(c.value[:10] for c in found)
            self.candidates["date_modified"] = [c for c in self._of("date_modified") if c.value[:10] >= last]
        chosen = self._single("date_modified")
        if chosen and published and chosen.value[:10] < published.value[:10]:
            self.evidence = [e for e in self.evidence if e.field != "date_modified"]
            self._miss("date_modified", "conflict")
            self._set_aside([chosen])
            return None
        return chosen

    def _joined(self, name: str) -> str | None:
        """Free text that may be said in several places."""
        return "; ".join(self._several(name)) or None

    def _several(self, name: str) -> tuple[str, ...]:
        found = [c for c in self._of(name) if not c.doubtful]
        if not found:
            self._miss(name, "ambiguous" if self._of(name) else "not-found")
        self._set_aside([c for c in self._of(name) if c.doubtful])
        values: dict[str, int] = {}
        for candidate in found:
            values.setdefault(candidate.value, len(values))
        for candidate in found:
            listed = f"/{values[candidate.value]}" if name == "image_credits" else ""
            self._found(f"/{name}{listed}", candidate)
        return tuple(values)

    def _people(self, name: str) -> tuple[Person, ...]:
        found = self._of(name)
        own = [c for c in found if c.status != "inherited" and not c.doubtful]
        columns = [c for c in found if c.status == "inherited"]
        people: dict[str, Person] = {}
        places: dict[str, int] = {}
        last = 0
        for candidate in own or columns:
            kind = candidate.attributes.get("kind", "person")
            if kind == "clause":
                self._found(f"/{name}", candidate)
            elif kind == "place":
                self._found(f"/{name}/{last}/location", candidate)
            else:
                known = _known_as(candidate.value, people)
                people[known] = _completed(people[known], candidate) if known in people else _person(candidate, kind)
                last = places.setdefault(known, len(places))
                self._found(f"/{name}/{last}/name", candidate)
        for column in columns if own else []:
            match = next((at for at, known in enumerate(people) if same(name, known, column.value)), None)
            if match is None:
                self._set_aside([column])
            else:
                self._found(f"/{name}/{match}/name", column)
        doubtful = [c for c in found if c.doubtful and c.attributes.get("kind") not in NO_PEOPLE]
        self._set_aside([c for c in doubtful if c.value not in people])
        if not people:
            self._miss(name, "ambiguous" if doubtful else "not-found")
        return tuple(people.values())

    def _publisher(self, holder: Candidate | None, url: Candidate | None) -> Organisation | None:
        """Stated outright, or derived from the copyright holder; a mere hint becomes an alternative."""
        hints = self._of("publisher_hint")
        chosen = self._single("publisher") if self._of("publisher") else None
        name = chosen.value if chosen else None
        if not self._of("publisher"):
            if holder:
                name = _without_legal_form(holder.value)
                self._found("/publisher/name", replace(holder, status="derived"))
            else:
                self._miss("publisher", "not-found")
        for hint in hints:
            if name and same("publisher", hint.value, name):
                self._found("/publisher/name", hint)
            else:
                self._set_aside([replace(hint, field="publisher")])
        if not name:
            return None
        if url:
            self._found("/publisher/domain", replace(url, status="derived"))
        return Organisation(name, domain(url.value) if url else None)

    def _title(
        self, title: Candidate | None, publisher: Organisation | None, republisher: Organisation | Candidate | None
    ) -> str | None:
        """The headline; a site's name at its end is not part of it."""
        if title is None:
            return None
        names = [publisher.name, publisher.domain or ""] if publisher else []
        if isinstance(republisher, Candidate):
            names.append(republisher.value)
        return without_site(title.value, [name for name in names if name])

    def _license(self, holder: Candidate | None, notice: Candidate | None) -> str | None:
        """What is stated; else what the terms say; else that rights are claimed and nothing is granted."""
        if self._of("license"):
            chosen = self._single("license")
            return chosen.value if chosen else None
        for source in [*self._of("usage_terms"), *([notice] if notice else [])]:
            if found := spdx_of(source.value):
                self._found("/license", replace(source, status="derived"))
                return found
        if claim := notice or holder:
            self._found("/license", replace(claim, status="derived"))
            return "NOASSERTION"
        self._miss("license", "not-found")
        return None

    def _doc_type(self, dateline: Candidate | None) -> str | None:
        """What a rule says; a text with a dateline is a story."""
        if not self._of("doc_type") and dateline:
            self._found("/doc_type", replace(dateline, status="derived"))
            return "story"
        chosen = self._single("doc_type")
        return chosen.value if chosen else None

    def _derivation(self, publisher: Organisation | None, republisher: Candidate | None) -> str:
        if fact := self.facts.get("derivation"):
            return str(fact)
        if said := self._of("derivation"):
            self._found("/derivation", said[0])
            return said[0].value
        hosted = publisher and republisher and not same("publisher", publisher.name, republisher.value)
        return "syndicated" if hosted else "unknown"

    def _language(self) -> str | None:
        """What the letters say, if there are enough of them; else what the input record says."""
        measured = self.facts.get("language")
        if not isinstance(measured, str):
            chosen = self._single("language")
            return chosen.value if chosen else None
        self._compare("language", measured, self._of("language"))
        return measured

    def _score(self) -> float | None:
        score = self.facts.get("language_score")
        return round(float(score), 4) if isinstance(score, int | float) else None

    def _miss(self, name: str, reason: str) -> None:
        self.missing.append(Missing(name, reason))

    def _found(self, path: str, candidate: Candidate) -> None:
        start, end = candidate.span or (None, None)
        exact = self.raw[start:end] if candidate.span else candidate.exact
        name = path.split("/")[1]
        self.evidence.append(Evidence(name, path, start, end, exact, candidate.rule, candidate.status, candidate.score))

    def _set_aside(self, candidates: Sequence[Candidate]) -> None:
        self.alternatives += [Alternative(c.field, c.value, *_span(c), c.rule) for c in candidates]


def _span(candidate: Candidate | None) -> tuple[int | None, int | None]:
    return candidate.span if candidate and candidate.span else (None, None)


def _dateline(candidate: Candidate | None) -> Dateline | None:
    if candidate is None:
        return None
    return Dateline(tuple(candidate.value.split(SEPARATOR)), candidate.attributes.get("raw", candidate.value))


def _person(candidate: Candidate, kind: str) -> Person:
    says = candidate.attributes
    return Person(candidate.value, kind, says.get("location"), says.get("role"), says.get("partial") == "yes")


def _known_as(name: str, people: Mapping[str, Person]) -> str:
    """The full name under which a surname alone is already known: `Ms. Rahal` below a byline of Nadia Rahal."""
    full = [known for known in people if " " not in name and known.endswith(f" {name}")]
    return full[0] if len(full) == 1 else name


def _completed(person: Person, candidate: Candidate) -> Person:
    """The person with the place that a later mention adds."""
    return replace(person, location=person.location or candidate.attributes.get("location"))


def _without_legal_form(name: str) -> str:
    words = regex.sub(r"\s*\(\p{Lu}+\)$", "", name).split()
    while len(words) > 1 and words[-1].lower() in _LEGAL_FORMS:
        words.pop()
    return " ".join(words).rstrip(" ,")


def _as_domain(name: str) -> str | None:
    """A name that is itself a host, as many sites call themselves."""
    lowered = name.lower()
    return lowered if "." in lowered.strip(".") and " " not in lowered else None
