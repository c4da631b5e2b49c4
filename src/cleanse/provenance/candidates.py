"""What competes for a field: claims of the text, doubtful ones, and columns of the input record."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

import regex

from cleanse.kept import compiled
from cleanse.model import DOUBTFUL, Claim
from cleanse.provenance.fields import read
from cleanse.provenance.licences import is_spdx

NO_PEOPLE = ("clause", "place")
"""Kinds of readings that are evidence for a person's place, and no person."""
_BODIES = ("publisher", "republisher", "copyright_holder")
DATES = ("date_published", "date_modified", "date_page")
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("title", ("title", "headline")),
    ("authors", ("author", "authors", "byline")),
    ("date_published", ("date", "date_published", "published", "published_at", "publish_date", "pubdate")),
    ("date_modified", ("date_modified", "modified", "updated", "updated_at")),
    ("url", ("url", "source_url", "link")),
    ("publisher", ("publisher", "sitename", "site_name")),
    ("license", ("license", "licence")),
    ("language", ("language", "lang")),
)
"""Column names that say what they hold, in order of preference; a user's own mapping comes before them."""
_TAG = compiled(r"[a-zA-Z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?")
_STATED, _DOUBTED = 1.0, 0.5
_ISO = r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:[+-]\d\d:\d\d)?)?"
_FORMS: tuple[tuple[str, "regex.Pattern[str]"], ...] = tuple(
    (name, compiled(form))
    for name, form in (
        *((name, _ISO) for name in DATES),
        ("copyright_year", r"(?:1[5-9]|2[01])\d\d"),
        ("url", r"https?://\S+"),
        ("doc_type", "story|live|list|advisory|other"),
        ("derivation", "original|syndicated|machine-paraphrased"),
    )
)


@dataclass(frozen=True)
class Candidate:
    """A value for a field, and what speaks for it."""

    field: str
    value: str
    span: tuple[int, int] | None
    rule: str
    status: str = "stated"
    attributes: Mapping[str, str] = default(default_factory=dict)
    exact: str = ""
    """For what has no span: the text it was read from."""

    @property
    def doubtful(self) -> bool:
        """Whether it may be shown but not taken."""
        return self.attributes.get(DOUBTFUL) == "yes"

    @property
    def score(self) -> float:
        """How far it is trusted, 0 to 1."""
        return _DOUBTED if self.doubtful else float(self.attributes.get("score", _STATED))


def is_normal(claim: Claim) -> bool:
    """Whether a claim's value has the form its field wants; a stage of somebody else's may claim anything."""
    return all(form.fullmatch(claim.value) for name, form in _FORMS if name == claim.field)


def stated(claim: Claim) -> Candidate:
    """A claim of the text; a name that was put into upper and lower case is derived."""
    status = "derived" if claim.attributes.get("cased") else "stated"
    return Candidate(claim.field, claim.value, claim.span, claim.rule, status, claim.attributes)


def inherited(meta: Mapping[str, object], columns: Mapping[str, str]) -> list[Candidate]:
    """What the input record says: by the user's mapping of field to column, then by obvious column names."""
    found: list[Candidate] = []
    for name, usual in COLUMNS if meta else ():
        chosen = (columns[name],) if name in columns else usual
        column = next((c for c in chosen if _texts(meta.get(c))), None)
        if column is None:
            continue
        for text in _texts(meta[column]):
            for value, attributes in _read(name, text):
                found.append(Candidate(name, value, None, f"input/{column}", "inherited", attributes, text))
    return found


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list | tuple) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _read(name: str, text: str) -> list[tuple[str, Mapping[str, str]]]:
    """The column's text in the field's normal form; people's names are taken as they stand."""
    if name == "language":
        return [(_canonical_tag(text.strip()), {})] if _TAG.fullmatch(text.strip()) else []
    if name == "authors":
        readings = [r for r in read(name, text) if r.attributes.get("kind") not in NO_PEOPLE]
        return [(r.value, r.attributes) for r in readings] or [(" ".join(text.split()), {"kind": "person"})]
    if name == "license":
        return [(r.value, r.attributes) for r in read(name, text)] or [(t, {}) for t in [text.strip()] if is_spdx(t)]
    return [(r.value, r.attributes) for r in read(name, text)]


def _canonical_tag(tag: str) -> str:
    """BCP-47 in its usual case: `en-GB`, `zh-Hans`."""
    first, *rest = tag.split("-")
    return "-".join([first.lower(), *(p.title() if len(p) == 4 else p.upper() for p in rest)])


def same(name: str, one: str, two: str) -> bool:
    """Whether two values of a field say the same."""
    if name in DATES:
        return one[:10] == two[:10]
    if name == "language":
        return one.partition("-")[0] == two.partition("-")[0]
    return _plain(one) == _plain(two)


def fullest(name: str, candidates: list[Candidate]) -> list[Candidate]:
    """Those that say a body's name in full, if the others begin it: `Corvane` of `Corvane Instruments, Inc.`."""
    if name not in _BODIES:
        return candidates
    longest = max((c.value for c in candidates), key=len, default="")
    words = _plain(longest).replace(",", "").split()
    parts = [_plain(c.value).replace(",", "").split() for c in candidates]
    return [c for c in candidates if c.value == longest] if all(words[: len(p)] == p for p in parts) else candidates


def _plain(text: str) -> str:
    text = text.casefold().translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    return " ".join(text.split()).strip(" .").removeprefix("the ")
