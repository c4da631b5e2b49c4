"""The provenance record: one document's claims, resolved field by field.

Every field is always present. What the document does not say is null, with a reason in `missing`; what it says
in two ways is null or the better-founded one, with the others in `alternatives`. Each value carries evidence:
the span of the raw text it was read from, whose text is checked when the record is made.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from cleanse.model import Claim, Document, Scalar
from cleanse.provenance.urls import domain


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or some desk, as the document names them."""

    name: str
    kind: str = "person"
    location: str | None = None
    name_is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Organisation:
    """A publisher or republisher; the domain only where a URL of the document gives it."""

    name: str
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: code points of the decoded raw text."""

    field: str
    start: int
    end: int
    exact: str
    rule: str
    status: str = "stated"


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without a value, and why: `not-found`, `ambiguous`, `conflict`, `page-date-only`."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that was read but not taken."""

    field: str
    value: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Provenance:
    """What is known of a document, in the order in which it is written."""

    title: str | None = None
    subtitle: str | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    dateline: tuple[str, ...] = ()
    date_published: str | None = None
    date_precision: str | None = None
    date_modified: str | None = None
    date_page: str | None = None
    url: str | None = None
    url_raw: str | None = None
    publisher: Organisation | None = None
    republisher: Organisation | None = None
    copyright_holder: str | None = None
    copyright_year: int | None = None
    copyright_notice: str | None = None
    usage_terms: str | None = None
    license: str | None = None
    image_credits: tuple[str, ...] = ()
    language: str | None = None
    language_score: float | None = None
    doc_type: str | None = None
    derivation: str = "unknown"
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The record as plain JSON values."""
        return asdict(self)


_SINGLE = (
    "title", "subtitle", "date_published", "date_modified", "date_page", "url", "copyright_holder",
    "copyright_notice", "usage_terms", "license",
)  # fmt: skip


def resolve(document: Document, claims: Sequence[Claim], facts: Mapping[str, Scalar]) -> Provenance:
    """Weigh the claims and make the record. Claims are in coordinates of the decoded raw text."""
    return _Resolver(document.decoded.text, claims, facts).record()


@dataclass
class _Resolver:
    raw: str
    claims: Sequence[Claim]
    facts: Mapping[str, Scalar]
    evidence: list[Evidence] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)

    def record(self) -> Provenance:
        chosen = {name: self._single(name) for name in _SINGLE}
        self._check_dates(chosen)
        url, published = chosen["url"], chosen["date_published"]
        year = self._single("copyright_year")
        holder = chosen["copyright_holder"]
        publisher = self._publisher(holder, url)
        republisher = self._single("republisher")
        language = self.facts.get("language")
        values = {name: claim.value if claim else None for name, claim in chosen.items()}
        return Provenance(
            title=values["title"],
            subtitle=values["subtitle"],
            authors=self._people("authors"),
            contributors=self._people("contributors"),
            dateline=self._several("dateline"),
            date_published=values["date_published"],
            date_modified=values["date_modified"],
            date_page=values["date_page"],
            url=values["url"],
            copyright_holder=values["copyright_holder"],
            copyright_notice=values["copyright_notice"],
            usage_terms=values["usage_terms"],
            license=values["license"],
            image_credits=self._several("image_credits"),
            date_precision=published.attributes.get("precision") if published else None,
            url_raw=url.attributes.get("raw") if url else None,
            publisher=publisher,
            republisher=Organisation(republisher.value, _as_domain(republisher.value)) if republisher else None,
            copyright_year=int(year.value) if year and year.value.isdecimal() else None,
            language=str(language) if language else None,
            language_score=self._score(),
            derivation=str(self.facts.get("derivation") or "unknown"),
            evidence=tuple(sorted(self.evidence, key=lambda e: (e.start, e.end, e.field))),
            missing=tuple(self.missing),
            alternatives=tuple(self.alternatives),
        )

    def _of(self, name: str) -> list[Claim]:
        return sorted((c for c in self.claims if c.field == name), key=lambda c: c.span)

    def _single(self, name: str) -> Claim | None:
        """The one value of a field; several different ones are a conflict and give none."""
        found = self._of(name)
        if not found:
            self.missing.append(Missing(name, "not-found"))
            return None
        if len({claim.value for claim in found}) > 1:
            self.missing.append(Missing(name, "conflict"))
            self._set_aside(found)
            return None
        self._found(name, found[0])
        return found[0]

    def _several(self, name: str) -> tuple[str, ...]:
        found = self._of(name)
        if not found:
            self.missing.append(Missing(name, "not-found"))
        for claim in found:
            self._found(name, claim)
        return tuple(dict.fromkeys(claim.value for claim in found))

    def _people(self, name: str) -> tuple[Person, ...]:
        people: dict[str, Person] = {}
        for claim in self._of(name):
            self._found(name, claim)
            says = claim.attributes
            person = Person(claim.value, says.get("kind", "person"), says.get("location"), says.get("partial") == "yes")
            people.setdefault(claim.value, person)
        if not people:
            self.missing.append(Missing(name, "not-found"))
        return tuple(people.values())

    def _publisher(self, holder: Claim | None, url: Claim | None) -> Organisation | None:
        """Stated outright, or derived from the copyright holder; a mere hint becomes an alternative."""
        stated = self._of("publisher")
        hints = self._of("publisher_hint")
        if stated:
            claim = self._single("publisher")
            name = claim.value if claim else None
        elif holder:
            name = _without_legal_form(holder.value)
            self._found("publisher", holder, "derived")
        else:
            name = None
            self.missing.append(Missing("publisher", "not-found"))
        agreeing = [h for h in hints if name and _same_name(h.value, name)]
        for hint in agreeing:
            self._found("publisher", hint)
        for hint in hints:
            if hint not in agreeing:
                self.alternatives.append(Alternative("publisher", hint.value, *hint.span, hint.rule))
        if not name:
            return None
        host = domain(url.value) if url else None
        if host and url:
            self._found("publisher", url, "derived")
        return Organisation(name, host)

    def _check_dates(self, chosen: dict[str, Claim | None]) -> None:
        """A publication date later than the page's own date is refused."""
        page, published = chosen["date_page"], chosen["date_published"]
        if page and published and published.value[:10] > page.value[:10]:
            chosen["date_published"] = None
            self.evidence = [e for e in self.evidence if e.field != "date_published"]
            self.missing.append(Missing("date_published", "conflict"))
            self._set_aside([published])
        elif page and not published:
            self.missing = [
                Missing(m.field, "page-date-only") if m.field == "date_published" and m.reason == "not-found" else m
                for m in self.missing
            ]

    def _found(self, name: str, claim: Claim, status: str = "stated") -> None:
        start, end = claim.span
        self.evidence.append(Evidence(name, start, end, self.raw[start:end], claim.rule, status))

    def _set_aside(self, claims: Sequence[Claim]) -> None:
        self.alternatives += [Alternative(c.field, c.value, *c.span, c.rule) for c in claims]

    def _score(self) -> float | None:
        score = self.facts.get("language_score")
        return round(float(score), 4) if isinstance(score, int | float) else None


def _without_legal_form(name: str) -> str:
    core, _, form = name.rpartition(",")
    legal = {"inc", "inc.", "llc", "ltd", "ltd.", "plc", "gmbh", "ag", "s.a.", "co.", "corp."}
    return core.strip() if core and form.strip().lower() in legal else name


def _same_name(one: str, two: str) -> bool:
    return one.casefold().strip(" .") == two.casefold().strip(" .")


def _as_domain(name: str) -> str | None:
    """A name that is itself a host, as many sites call themselves."""
    lowered = name.lower()
    return lowered if "." in lowered.strip(".") and " " not in lowered else None
