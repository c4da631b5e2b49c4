"""White space in its canonical form: inside lines, around them, and between paragraphs.

Only white space is moved, and only where it carries nothing: the columns of a table, the indentation of code and
lists, and the no-break spaces that French typography or a number needs stay.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

import regex

from cleanse.edits import Edit
from cleanse.model import Draft, Proposal
from cleanse.view import Line, View

# Every space but the plain one and the tab; the ideographic space belongs between ideographs.
_ODD_SPACE = regex.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_KEEPS_BEFORE = regex.compile(r"[«‹\p{N}\p{Sc}§№\p{Han}\p{Hiragana}\p{Katakana}。、」』]")
_KEEPS_AFTER = regex.compile(r"[»›:;!?%‰°\p{N}\p{Sc}\p{Han}\p{Hiragana}\p{Katakana}「『]")
_RUN = regex.compile(r"(?<=\S)[^\S\n]+(?=\S)")
_GAP = regex.compile(r"(?<=\S)[ \t]{3,}+(?=\S)")
_BARS = regex.compile(r"\t[^\S\t]*+[^\s][^\t]*+\t|\|.*\|")
_ITEM = regex.compile(r"\s*(?:[-*+•·‣–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
# How every run but a single plain space begins; not how a line does.
_MAYBE_RUN = re.compile(r"  (?<=\S  )|[^\S\n ](?:(?<=\S.)|(?<=\S .))")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)]*$")
_PARAGRAPH = 120
"""Median length, in code points, from which prose lines are paragraphs and not wrapped lines."""
_VERSE = 60
_PROSE_WORDS = 3


def inside_lines(draft: Draft) -> Iterator[Proposal]:
    """Odd spaces, and runs of spaces in running text: one plain space between words."""
    if "  " in draft.text or any(map(str.isspace, draft.view.unusual)):  # a twentieth of the time of a search
        yield from draft.view.once_in_vain("odd spaces", lambda: _inside_lines(draft))


def _inside_lines(draft: Draft) -> Iterator[Proposal]:
    lines = draft.view.written
    columns = _Columns()
    for line in draft.view.lines_with(_MAYBE_RUN):
        if not line.stripped:
            continue
        place = draft.view.rank[line.index]
        before, after = (lines[at] if 0 <= at < len(lines) else None for at in (place - 1, place + 1))
        found = [match for match in _RUN.finditer(line.text) if match.group() != " "]
        odd_ones = {match for match in found if _ODD_SPACE.search(match.group())}
        in_columns = (
            match.end() in columns.of(other)
            for match in found
            for other in (before, after)
            if len(match.group()) > 2 and match not in odd_ones
        )
        runs = _is_running_text(line) and not any(in_columns)
        for match in found:
            run, odd = match.group(), match in odd_ones
            if not (odd or runs):
                continue
            if odd and len(run) == 1 and _is_needed(line.text, match.start(), match.end()):
                continue
            rule, reason = ("odd-space", "a special space") if odd else ("space-run", "a run of spaces")
            yield _layout(line.start + match.start(), run, " ", rule, f"{reason} between words")


def _is_running_text(line: Line) -> bool:
    return (
        line.words >= _PROSE_WORDS and _SENTENCE_END.search(line.stripped) is not None and not _has_columns(line.text)
    )


def _has_columns(text: str) -> bool:
    """Whether a line reads as the row of a table: two wide gaps with more than a letter between, tabs or bars."""
    gaps = [match.span() for match in _GAP.finditer(text)]
    return (len(gaps) > 1 and gaps[-1][0] - gaps[0][1] > 1) or _BARS.search(text) is not None


def _is_needed(text: str, start: int, end: int) -> bool:
    """Whether a no-break space belongs there: by a number, French punctuation, or between ideographs."""
    return _KEEPS_BEFORE.match(text[start - 1]) is not None or _KEEPS_AFTER.match(text[end]) is not None


class _Columns:
    """Where the runs of spaces of a line end: a neighbour's run that ends in the same column makes both a table."""

    def __init__(self) -> None:
        self._known: dict[int, frozenset[int]] = {}

    def of(self, line: Line | None) -> frozenset[int]:
        if line is None:
            return frozenset()
        if line.index not in self._known:
            ends = (match for match in _RUN.finditer(line.text) if len(match.group()) > 1)
            self._known[line.index] = frozenset(match.end() for match in ends)
        return self._known[line.index]


def around_lines(view: View) -> Iterator[Proposal]:
    """White space around and between lines; an indentation is not touched."""
    text = view.text
    start, end = _body(text)
    if start == end:
        if text:
            yield _layout(0, text, "", "blank-text", "white space alone is no text")
        return
    if start:
        yield _layout(0, text[:start], "", "leading-blank", "the text begins with its first line")
    separate = _lines_are_paragraphs(view)
    for one, two in pairwise(view.written):
        yield from _between(view, one, two, separate=separate)
    if text[end:] != "\n":
        yield _layout(end, text[end:], "\n", "final-newline", "one newline ends the text")


def _between(view: View, one: Line, two: Line, *, separate: bool) -> Iterator[Proposal]:
    """What stands between two written lines, the second one's indentation aside."""
    start, end = one.start + len(one.text.rstrip()), two.start
    gap = view.text[start:end]
    if two.index > one.index + 1:
        if gap != "\n\n":
            yield _layout(start, gap, "\n\n", "blank-lines", "one blank line between paragraphs")
        return
    if gap != "\n":
        yield _layout(start, gap[:-1], "", "trailing-space", "nothing stands behind a line")
    if separate and not _belong_together(view, one, two):
        yield _layout(end, "", "\n", "paragraph-separator", "a blank line between paragraphs")


def _body(text: str) -> tuple[int, int]:
    """From the first written line (its indentation included) to the last written character."""
    end = len(text.rstrip())
    first = len(text) - len(text.lstrip())
    return (text.rfind("\n", 0, first) + 1, end) if end else (0, 0)


def _lines_are_paragraphs(view: View) -> bool:
    """Whether single newlines are how this document parts its paragraphs: long lines, and few blank ones between."""
    prose = [len(line.text) for line in view.written if line.is_prose]
    if len(prose) < 2 or median(prose) < _PARAGRAPH:
        return False
    gaps = [two.index - one.index for one, two in pairwise(view.written) if one.is_prose or two.is_prose]
    return gaps.count(1) > len(gaps) / 2


def _belong_together(view: View, one: Line, two: Line) -> bool:
    """Items of a list, rows of a table, lines of verse or code."""
    if (_ITEM.match(one.text) and _ITEM.match(two.text)) or two.indent:
        return True
    if _has_columns(one.text) and _has_columns(two.text):
        return True
    return all(len(line.text) < _VERSE and not line.is_prose for line in (one, two)) and not _is_title(view, one)


def _is_title(view: View, line: Line) -> bool:
    return line is view.written[0]


def _layout(start: int, before: str, after: str, rule: str, reason: str) -> Proposal:
    return Proposal(Edit(start, before, after), f"typography/{rule}", reason, kind="layout")
