"""Whether a text is told by days: a diary, a log, a chronicle, whose dates are its headings and no stamps of a page."""

from collections.abc import Iterator
from itertools import pairwise, takewhile

import regex

from cleanse.kept import compiled
from cleanse.provenance.dates import read_date
from cleanse.view import Line, View, Zone

_ENTRIES = 2
"""So many days of one form make a diary, each with a paragraph of its own, or a programme or a table, above the text
and in their order; a page prints one."""
_LONGEST = 60
"""Code points of a line that is a day and a time."""
_YEAR = compiled(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBER, _WORD = compiled(r"\d+"), compiled(r"\p{L}+")
_SALUTATION = compiled(
    r"(?:my )?dear\b|lieb(?:er?|ste[rn]?)\b|sehr geehrte|chère?s?\b|querid[oa]s?\b|estimad[oa]s?\b|car[oiae]\b|"
    r"gentile\b|beste\b|geachte\b|drog[ai]\b|szanown[aiy]|дорог(?:ой|ая|ие)\b|уважаем(?:ый|ая|ые)\b|шановн(?:ий|а|і)\b",
    regex.IGNORECASE,
)
_LABEL = compiled(r"\b(?:published|posted|updated|modified|reviewed|created|date|on|by)\s?:?$", regex.IGNORECASE)
_NEAR = 8
"""How many written lines below its date a letter greets somebody at the latest: an address may stand between them."""


def by_days(view: View) -> bool:
    """Whether days are the headings of the text, or the one above it dates a letter."""
    told: dict[str, set[str]] = {}
    listed: dict[str, list[str]] = {}
    for at, line, day in _days(view):
        below = view.written[at + 1 : at + 1 + _NEAR]
        if any(_SALUTATION.match(line.stripped) for line in takewhile(lambda line: not line.is_prose, below)):
            return True
        form = _WORD.sub("a", _NUMBER.sub("0", line.stripped))
        if below and below[0].is_prose:
            told.setdefault(form, set()).add(line.stripped)
        if below and Zone.HEAD in view.zones(line) and not _stamped(view.written[max(at - 1, 0)], below[0]):
            listed.setdefault(form, []).append(day)
    return any(len(days) >= _ENTRIES for days in told.values()) or any(
        len(days) >= _ENTRIES and all(one < other for one, other in pairwise(days)) for days in listed.values()
    )


def _stamped(above: Line, below: Line) -> bool:
    """Whether the line above says what the day is the day of, or another day stands below: stamps, no entries."""
    return bool(_LABEL.search(above.stripped) or read_date(below.stripped))


def _days(view: View) -> Iterator[tuple[int, Line, str]]:
    """The lines that are nothing but a day, perhaps with a time: places among the written lines, lines, days."""
    for at, line in enumerate(view.written):
        if len(line.text) <= _LONGEST and _YEAR.search(line.text) and (found := read_date(line.stripped)):
            yield at, line, found[0].value
