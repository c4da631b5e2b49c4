"""Whether a text is told by days: a diary, a log, a chronicle, whose dates are its headings and no stamps of a page."""

from collections.abc import Iterator

import regex

from cleanse.kept import compiled
from cleanse.provenance.dates import read_date
from cleanse.view import Line, View

_ENTRIES = 2
"""So many days of one form, each with a paragraph of its own, make a diary; a page prints one above its text."""
_LONGEST = 60
"""Code points of a line that is a day and a time."""
_YEAR = compiled(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NUMBER, _WORD = compiled(r"\d+"), compiled(r"\p{L}+")
_SALUTATION = compiled(
    r"(?:my )?dear\b|lieb(?:er?|ste[rn]?)\b|sehr geehrte|chère?s?\b|querid[oa]s?\b|estimad[oa]s?\b|car[oiae]\b|"
    r"gentile\b|beste\b|geachte\b|drog[ai]\b|szanown[aiy]|дорог(?:ой|ая|ие)\b|уважаем(?:ый|ая|ые)\b|шановн(?:ий|а|і)\b",
    regex.IGNORECASE,
)
_NEAR = 3
"""How many written lines below its date a letter addresses somebody at the latest."""


def by_days(view: View) -> bool:
    """Whether days are the headings of the text, or the one above it dates a letter."""
    forms: dict[str, set[str]] = {}
    for at, line in _days(view):
        below = view.written[at + 1 : at + 1 + _NEAR]
        if any(_SALUTATION.match(line.stripped) for line in below):
            return True
        if below and below[0].is_prose:
            days = forms.setdefault(_WORD.sub("a", _NUMBER.sub("0", line.stripped)), set())
            days.add(line.stripped)
            if len(days) >= _ENTRIES:
                return True
    return False


def _days(view: View) -> Iterator[tuple[int, Line]]:
    """The lines that are nothing but a day, with or without a time, and their places among the written lines."""
    for at, line in enumerate(view.written):
        if len(line.text) <= _LONGEST and _YEAR.search(line.text) and read_date(line.stripped):
            yield at, line
