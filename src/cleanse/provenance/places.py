"""Datelines: where a report was written, sometimes by which agency and on which day."""

import regex

from cleanse.provenance.reading import Reading

_JOIN = regex.compile(r"\s+(?:and|&)\s+|\s*/\s*", regex.IGNORECASE)
_AGENCY = regex.compile(r"\s*(?:\([^()]*\)|/[\p{L} ]+/)\s*$")
_DAY = regex.compile(
    r"(?:,\s*|\s+[–—-]\s+)(?:\p{L}{3,9}\.?\s+[0-3]?\d|[0-3]?\d\s+\p{L}{3,9}\.?)(?:,?\s+(?:19|20)\d\d)?\s*$"
)
_SMALL = frozenset("de del da do dos la le las los el of the and au aux en sur am an der upon on".split())
SEPARATOR = "; "
"""Between the places of one dateline: no place holds it."""


def read_dateline(text: str) -> list[Reading]:
    """The places of a dateline, joined by `SEPARATOR`; the attribute `raw` is the dateline as written."""
    stripped = text.strip()
    places = _DAY.sub("", _AGENCY.sub("", stripped))
    places = _AGENCY.sub("", places).strip(" ,–—-")
    values = [_display(place.strip()) for place in _JOIN.split(places) if place.strip()]
    if not values:
        return []
    start = text.index(stripped)
    return [Reading(SEPARATOR.join(values), start, start + len(stripped), {"raw": " ".join(stripped.split())})]


def _display(place: str) -> str:
    """Capitals throughout are a style of type: `RIO DE JANEIRO` is shown as `Rio de Janeiro`, `D.C.` and `NY` stay."""
    city, comma, region = place.partition(",")
    if city.isupper() and len(city) > 3:
        words = city.lower().split(" ")
        city = " ".join(word if index and word in _SMALL else _capitalized(word) for index, word in enumerate(words))
    return f"{city}{comma}{region}"


def _capitalized(word: str) -> str:
    parts = regex.split(r"([’'-])", word)
    return "".join(part if index and part in _SMALL else part.capitalize() for index, part in enumerate(parts))
