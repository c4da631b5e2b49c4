"""The provenance record of one document: what is known of it, where that was read, and why the rest is missing.

Every field is always present. What the document does not say is null, with a reason in `missing`; what it says in
two ways is null or the better-founded one, with the others in `alternatives`. Each value carries evidence: the span
of the raw text it was read from. docs/provenance.md tells what each field means.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or some desk, as the document names them."""

    name: str
    kind: str = "person"
    """`person` or `org`."""
    location: str | None = None
    """Where they reported from, as written."""
    role: str | None = None
    """What the byline says behind the name: a job, an affiliation."""
    name_is_partial: bool = False
    """A single-word name of a person: the byline with the whole one is lost."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """A publisher or republisher; the domain only where a URL of the document gives it."""

    name: str
    domain: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a report was written: places for reading, and the dateline as it stands in the text."""

    places: tuple[str, ...]
    raw: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: code points of the decoded raw text.

    What comes from the input record, not from the text, has no span; `exact` is then what its column holds.
    """

    field: str
    path: str
    """JSON pointer to the value in the record."""
    start: int | None
    end: int | None
    exact: str
    rule: str
    status: str
    """`stated`, `derived` from something stated, or `inherited` from the input record."""
    score: float
    """How far the reading is trusted, 0 to 1; 1 for a rule that is applied."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A field without a value, and why: `not-found`, `ambiguous`, `conflict`, `page-date-only`."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A value that was read but not taken; without a span when it is the input record's."""

    field: str
    value: str
    start: int | None
    end: int | None
    rule: str


@dataclass(frozen=True)
class Provenance:
    """What is known of a document, in the order in which it is written."""

    language: str | None = None
    language_score: float | None = None
    doc_type: str | None = None
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[Person, ...] = ()
    contributors: tuple[Person, ...] = ()
    dateline: Dateline | None = None
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
    derivation: str = "unknown"
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The record as plain JSON values."""
        return {name: _plain(value) for name, value in vars(self).items()}


def _plain(value: object) -> object:
    """What `dataclasses.asdict` makes of it, without its copies of texts and numbers."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    names = type(value).__dict__.get("__slots__", ())
    if type(value) in _FLAT:
        return {name: getattr(value, name) for name in names}
    return {name: _plain(getattr(value, name)) for name in names}


_FLAT = frozenset({Missing, Alternative, Evidence, Organisation, Person})
"""Those that hold texts and numbers alone, of which a record has dozens."""
