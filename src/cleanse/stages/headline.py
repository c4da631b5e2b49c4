"""Which lines are the headline and the standfirst: by their place above the text, their shape, and their words.

Many pages come with the headline cut off and a menu, a caption or a sub-heading left in its place. So a line must
earn being the headline: by standing first, by a byline or date below it, by words that the text takes up again.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import regex

from cleanse.view import Line, View

_TITLE_WORDS = range(2, 31)
_STANDFIRST_WORDS = range(7, 61)
_LONGEST = 300
_NO_TITLE = regex.compile(
    r"(?:https?://|www\.)\S+$|[\W\d_]+$|(?:[-*•·‣>|]|\d{1,3}[.)])\s|"
    r"(?:tags?|category|categories|id|by|filed under|posted|published|updated|about|photo|image|credit|source|figure|"
    r"table|written by|reviewed by)\b[^\n]{0,3}[:.#]",
    regex.IGNORECASE,
)
_LABEL = regex.compile(r"[\p{L} ]{2,20}:?")
_FURNITURE = regex.compile(
    r"[|•»©®→←]|\(opens\b|"
    r"\b(?:key takeaways?|summary|get started|learn more|read more|contact us|sign[- ]?(?:up|in)|"
    r"log ?in|subscribe|download|schedule|table of contents|in this article|on this page|contents|pdf|"
    r"image by|photo by|text size|image size|posted|comments?|share|faqs?|follow us|all (?:articles|posts)|related|"
    r"menu|newsletter|"
    r"advertisement|min(?:ute)?s? read|description|overview|introduction)\b",
    regex.IGNORECASE,
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’'-]{3,}")
_SEARCHED = 6
"""Lines above the first prose line that may hold a headline."""
_SHORT = 3
"""With at most so many lines above the text, hardly any of them is a menu's."""
_ENOUGH = 5
"""Points a line needs; of 220 real pages with a known headline this gives the best balance (docs/provenance.md)."""


@dataclass(frozen=True)
class _Candidate:
    line: Line
    points: int


def headline(view: View, skip: Collection[int]) -> Iterator[tuple[str, Line]]:
    """(`title`, line) and (`subtitle`, line), where the document has them. `skip` are lines that something explains."""
    first_prose = next((line for line in view.written if line.is_prose and line.index not in skip), None)
    if first_prose is None:
        return
    above = [line for line in view.written if line.index < first_prose.index and line.index not in skip]
    known = frozenset(_words(view.text[first_prose.start :]))
    order = [line.index for line in view.written]
    short = len(above) <= _SHORT
    candidates = [
        _Candidate(line, _points(line, known, order, skip, short=short))
        for line in above[-_SEARCHED:]
        if _is_title(line)
    ]
    best = max(candidates, key=lambda c: (c.points, -c.line.index), default=None)
    if best is None or best.points < _ENOUGH:
        return
    yield "title", best.line
    below = [line for line in above if line.index > best.line.index]
    if standfirst := next((line for line in below if _is_standfirst(line)), None):
        yield "subtitle", standfirst


def _points(line: Line, known: frozenset[str], order: Sequence[int], skip: Collection[int], *, short: bool) -> int:
    """What speaks for a line, and against it."""
    words = set(_words(line.text))
    taken_up = len(words & known) / len(words) if words else 0.0
    at = order.index(line.index)
    below = order[at + 1] if at + 1 < len(order) else -1
    points = 2 if line.words >= 4 else line.words - 3
    points += 2 if taken_up >= 0.6 else 1 if taken_up >= 0.3 else 0
    first = not any(index not in skip for index in order[:at])
    points += (2 + (short and line.words >= 3)) * first + 2 * (below in skip)
    return points - 4 * bool(_FURNITURE.search(line.stripped))


def _words(text: str) -> list[str]:
    """The longer words of a text: those that carry what it is about."""
    return [word.casefold() for word in _WORD.findall(text)]


def _is_title(line: Line) -> bool:
    """A few words that end no sentence; question and exclamation marks are allowed."""
    core = line.stripped
    return (
        line.words in _TITLE_WORDS
        and len(core) <= _LONGEST
        and not core.endswith((".", ":", ";", ","))
        and not _NO_TITLE.match(core)
        and any(character.isupper() or not character.isascii() for character in core)
    )


def _is_standfirst(line: Line) -> bool:
    core = line.stripped
    return (
        line.words in _STANDFIRST_WORDS
        and not line.ends_sentence
        and not _NO_TITLE.match(core)
        and not _LABEL.fullmatch(core)
    )
