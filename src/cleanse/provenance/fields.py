"""Which reader turns the text of which field into its normal form."""

from collections.abc import Callable

import regex

from cleanse.kept import compiled
from cleanse.provenance.dates import read_date
from cleanse.provenance.licences import read_license
from cleanse.provenance.people import read_people
from cleanse.provenance.places import read_dateline
from cleanse.provenance.reading import Reading
from cleanse.provenance.urls import read_url

WHOLE = frozenset({"publisher_hint"})
"""Fields whose evidence is the whole phrase that was matched, not the name in it: it is the phrase that hints."""
_SPACE = compiled(r"\s+")
_LEGAL_END = compiled(r"\b(?:Inc|Co|Corp|Bros|L\.P|L\.L\.C|S\.A|N\.V|U\.S|Jr|Sr)\.$")
_RESERVED = compiled(r"\s*版[权權]所有[\s\S]*$")
_DOC_TYPES = frozenset({"story", "live", "list", "advisory", "other"})


def read(field: str, text: str) -> list[Reading]:
    """The values a field's text holds; an empty list means that it is not what the field wants."""
    return _reader(field)(text)


def _reader(field: str) -> Callable[[str], list[Reading]]:
    return dict(_READERS).get(field, _read_text)


def _read_text(text: str) -> list[Reading]:
    stripped = text.strip()
    start = text.index(stripped)
    return [Reading(_SPACE.sub(" ", stripped), start, start + len(stripped))] if stripped else []


def _read_name(text: str) -> list[Reading]:
    """A name, or terms, without the full stop of its sentence, unless that belongs to an abbreviation."""
    return [
        reading
        if _LEGAL_END.search(reading.value)
        else Reading(reading.value.rstrip(" .,;"), reading.start, reading.start + len(text.strip().rstrip(" .,;")))
        for reading in _read_text(text)
        if reading.value.rstrip(" .,;")
    ]


def _read_credit(text: str) -> list[Reading]:
    """A credit without the bracket that closes its line, unless it opened one itself."""
    core = text.rstrip()
    if core.endswith(")") and "(" not in core:
        core = core[:-1].rstrip()
    return _read_text(core)


def _read_year(text: str) -> list[Reading]:
    return _read_text(text) if regex.fullmatch(r"(?:19|20)\d\d", text.strip()) else []


def _read_kind(text: str) -> list[Reading]:
    return [reading for reading in _read_text(text) if reading.value in _DOC_TYPES]


def _read_publisher(text: str) -> list[Reading]:
    """A name without the article that only the sentence needs."""
    lead = len(text) - len(text.removeprefix("the "))
    return [Reading(r.value, r.start + lead, r.end + lead, r.attributes) for r in _read_name(text[lead:])]


def _read_holder(text: str) -> list[Reading]:
    """A name without the reservation that Chinese notices put right behind it."""
    return _read_name(_RESERVED.sub("", text))


_READERS = (
    ("date_published", read_date),
    ("date_modified", read_date),
    ("date_page", read_date),
    ("authors", read_people),
    ("contributors", read_people),
    ("url", read_url),
    ("dateline", read_dateline),
    ("license", read_license),
    ("copyright_year", _read_year),
    ("doc_type", _read_kind),
    ("publisher", _read_publisher),
    ("republisher", _read_publisher),
    ("copyright_holder", _read_holder),
    ("usage_terms", _read_name),
    ("image_credits", _read_credit),
)
