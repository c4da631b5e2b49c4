"""Lists of other articles: titles below a label that announces them.

A page sets such lists between its paragraphs or behind the text. Rules know their labels; a title is known by standing
below one. The last title before a paragraph may be a heading of the text instead: where the text has headings like it,
it stays. A label that invites the reader to one article may be the author's own aside, and both stay.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import regex

from cleanse.rules.schema import Announces
from cleanse.view import Line, View

_MOST = 12
"""Titles a list has at most; what follows more of them is not judged."""
_TITLE_WORDS = range(4, 26)
_KICKER_WORDS = 4
"""Words of a line in capitals above a title at most."""
_HEADING_WORDS = range(1, 13)
_SLACK = 1
"""By how many words a title may be longer than the headings of the text and still be taken for one of them."""
_SHORTER = 2
"""By how many words a title must be shorter than the others of its list to be taken for a heading."""
_NUMBER = regex.compile(r"\W{0,2}\d{1,2}\W{0,2}")
_CAPTION = regex.compile(r"(?i)\b(?:image|photo|picture|credit|getty|reuters|afp|video|watch)\b|[|©]|\)\W*$")

_Item = tuple[Line, ...]
"""A title, behind the numbers and lines in capitals above it."""


@dataclass(frozen=True, slots=True)
class Related:
    """What stands below one label."""

    label: Line
    titles: tuple[Line, ...]
    """Titles of other articles, each with the number or the line in capitals above it."""
    doubtful: tuple[Line, ...] = ()
    """An item that may belong to the text."""
    is_aside: bool = False
    """Whether the label may be the author's, and stays with its title."""


def related_lists(
    view: View, labels: Mapping[int, Announces], furniture: Collection[int], recorded: Collection[int]
) -> Iterator[Related]:
    """The lists below the labels, in order.

    Lines are given by their index: rules know the labels, other furniture, and what is kept in the record, where a
    list ends.
    """
    written = view.written
    end = 0
    for index, announces in sorted(labels.items()):
        place = view.rank[index] + 1
        if place >= end:
            end, items = _items(written, place, furniture, recorded)
            label = written[place - 1]
            if items and end < len(written) and written[end].is_prose:
                headings = _headings(view, {*furniture, index, *(line.index for line in chain.from_iterable(items))})
                yield _before_text(label, items, headings, announces)
            elif items:
                yield Related(label, tuple(chain.from_iterable(items)))


def _items(
    written: Sequence[Line], begin: int, furniture: Collection[int], recorded: Collection[int]
) -> tuple[int, list[_Item]]:
    """The items from `begin` on, and the place behind them."""
    items: list[_Item] = []
    above: _Item = ()
    end = begin
    for place, line in enumerate(written[begin:], begin):
        if line.index in furniture:
            continue
        if _NUMBER.fullmatch(line.stripped) or (line.words <= _KICKER_WORDS and line.stripped.isupper()):
            above += (line,)
        elif _is_title(line) and line.index not in recorded and len(items) < _MOST:
            items.append((*above, line))
            above, end = (), place + 1
        else:
            break
    return end, items


def _is_title(line: Line) -> bool:
    closed = line.ends_sentence and not line.stripped.endswith(("?", "!", "…", "..."))
    return line.words in _TITLE_WORDS and not closed and not line.stripped[:1].islower() and "©" not in line.text


def _before_text(label: Line, items: Sequence[_Item], headings: Sequence[Line], announces: Announces) -> Related:
    """What to make of items that stand directly above a paragraph of the text."""
    *others, last = items
    if not others and (headings or announces is Announces.TITLE):
        return Related(label, (), last, is_aside=announces is Announces.TITLE)
    words = last[-1].words
    is_shorter = bool(others) and words <= min(item[-1].words for item in others) - _SHORTER
    if is_shorter or (headings and words <= max(line.words for line in headings) + _SLACK):
        return Related(label, tuple(chain.from_iterable(others)), last)
    return Related(label, tuple(chain.from_iterable(items)))


def _headings(view: View, besides: Collection[int]) -> list[Line]:
    """The short lines directly between two paragraphs, as the headings of a text stand, but for those of an index."""
    kept = [line for line in view.written if line.index not in besides]
    return [
        line
        for above, line, below in zip(kept, kept[1:], kept[2:], strict=False)
        if above.is_prose
        and below.is_prose
        and line.words in _HEADING_WORDS
        and not line.ends_sentence
        and not _CAPTION.search(line.stripped)
    ]
