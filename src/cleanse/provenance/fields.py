"""Which reader turns the text of which field into its normal form."""

import regex

from cleanse.provenance.dates import read_date
from cleanse.provenance.people import read_people
from cleanse.provenance.reading import Reading
from cleanse.provenance.urls import read_url

_SPACE = regex.compile(r"\s+")
_PLACE_JOIN = regex.compile(r"\s+(?:and|&)\s+|\s*/\s*", regex.IGNORECASE)


def read(field: str, text: str) -> list[Reading]:
    """The values a field's text holds; an empty list means that it is not what the field wants."""
    match field:
        case "date_published" | "date_modified" | "date_page":
            return read_date(text)
        case "authors" | "contributors":
            return read_people(text)
        case "url":
            return read_url(text)
        case "dateline":
            return _read_places(text)
        case "copyright_year":
            return _read_pattern(text, r"(?:19|20)\d\d")
        case _:
            return _read_text(text)


def _read_text(text: str) -> list[Reading]:
    stripped = text.strip()
    start = text.index(stripped)
    return [Reading(_SPACE.sub(" ", stripped), start, start + len(stripped))] if stripped else []


def _read_pattern(text: str, pattern: str) -> list[Reading]:
    return _read_text(text) if regex.fullmatch(pattern, text.strip()) else []


def _read_places(text: str) -> list[Reading]:
    """Places of a dateline; capitals throughout are a style, so the value is title-cased, the span is as written."""
    readings: list[Reading] = []
    at = 0
    for join in [*_PLACE_JOIN.finditer(text), None]:
        end = join.start() if join else len(text)
        for reading in _read_text(text[at:end]):
            value = reading.value.title() if reading.value.isupper() and len(reading.value) > 3 else reading.value
            readings.append(Reading(value, at + reading.start, at + reading.end))
        at = join.end() if join else end
    return readings
