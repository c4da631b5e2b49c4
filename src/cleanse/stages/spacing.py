"""White space in its canonical form: inside lines, around them, and between paragraphs.

Only white space is moved, and only where it carries nothing: the columns of a table, the indentation of code and
lists, and the no-break spaces that French typography or a number needs stay.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import and_
from statistics import median

import regex

from cleanse.edits import Edit
from cleanse.model import Proposal
from cleanse.stages.layout import RUN, Layout, is_source
from cleanse.view import Line, View

# Every space but the plain one and the tab; the ideographic space belongs between ideographs.
_ODD_SPACE = regex.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_KEEPS_BEFORE = regex.compile(r"[«‹\p{N}\p{Sc}§№\p{Han}\p{Hiragana}\p{Katakana}。、」』]")
_KEEPS_AFTER = regex.compile(r"[»›:;!?%‰°\p{N}\p{Sc}\p{Han}\p{Hiragana}\p{Katakana}「『]")
_NO_BREAK = frozenset("\u00a0\u2009\u202f")
"""Spaces that hold words together; the others only look different."""
_LATIN = regex.compile(r"\p{Latin}")
_ALONE = regex.compile(r"(?<=\S)[\u00a0\u2009\u202f](?=\S)")
_BINDS_BEFORE, _BINDS_AFTER = regex.compile(r"(?:^|\P{L})\p{L}{1,2}$|\.$"), regex.compile(r"[–—-]\s")
_GAP = regex.compile(r"(?<=\S)[ \t]{3,}+(?=\S)")
_BARS = regex.compile(r"\t[^\S\t]*+[^\s][^\t]*+\t|\|.*\|")
_MARK = re.compile(r"[-*•·‣–—▪◦●○■]|\(?\d{1,3}[.)]")
"""The mark of an item that stands on the next line."""
_ITEM = regex.compile(r"\s*(?:[-*+•·‣–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
# How every run but a single plain space begins; not how a line does.
_MAYBE_RUN = re.compile(r"  (?<=\S  )|[^\S\n ](?:(?<=\S.)|(?<=\S .))")
_SENTENCE_END = regex.compile(r"[.!?…][\"'”’»)]*$")
_PARAGRAPH = 120
"""Median length, in code points, from which prose lines are paragraphs and not wrapped lines."""
_WRAPPED = 40
"""Length, in code points, from which a device may have broken a line."""
_VERSE = 60
_PROSE_WORDS = 3


def inside_lines(view: View) -> Iterator[Proposal]:
    """Odd spaces, and runs of spaces in running text: one plain space between words."""
    if "  " in view.text or any(map(str.isspace, view.unusual)):  # a twentieth of the time of a search
        yield from view.once_in_vain("odd spaces", lambda: _inside_lines(view))


def _inside_lines(view: View) -> Iterator[Proposal]:
    if is_source(view):
        return
    layout = Layout(view.written)
    binds = view.remembered("binding spaces", lambda: _are_binding(view))
    for line in view.lines_with(_MAYBE_RUN):
        if not line.stripped:
            continue
        found = [match for match in RUN.finditer(line.text) if match.group() != " "]
        if not found:
            continue
        keeps = layout.keeps_runs(view.rank[line.index])
        for match in found:
            run, odd = match.group(), _ODD_SPACE.search(match.group()) is not None
            if len(run) == 1 and odd:
                stays = _is_needed(line.text, match, binds=binds)
            else:
                stays = keeps or not (odd or _is_running_text(line))
            if stays:
                continue
            rule, reason = ("odd-space", "a special space") if odd else ("space-run", "a run of spaces")
            yield _layout(line.start + match.start(), run, " ", rule, f"{reason} between words")


def _is_running_text(line: Line) -> bool:
    return (
        line.words >= _PROSE_WORDS and _SENTENCE_END.search(line.stripped) is not None and not _has_columns(line.text)
    )


def _has_columns(text: str) -> bool:
    """Whether a line reads as the row of a table: two wide gaps with more than a letter between, tabs or bars."""
    if not ("|" in text or "\t" in text or "   " in text):
        return False
    gaps = [match.span() for match in _GAP.finditer(text)]
    return (len(gaps) > 1 and gaps[-1][0] - gaps[0][1] > 1) or _BARS.search(text) is not None


def _is_needed(text: str, space: "regex.Match[str]", *, binds: bool) -> bool:
    """Whether an odd space belongs there: a no-break one by a number or French punctuation, or where it binds words.

    An ideographic space is layout; only between Latin letters it is a slip.
    """
    start, end = space.span()
    if _is_by_figure(text, start, end):
        return True
    if space.group() == "\u3000":
        return not (_LATIN.match(text[start - 1]) and _LATIN.match(text[end]))
    return binds and space.group() in _NO_BREAK


def _are_binding(view: View) -> bool:
    """Whether the text's no-break spaces between words are a typesetter's: most by a short word or a point.

    A web editor strews them anywhere. All of them stay or none.
    """
    if _NO_BREAK.isdisjoint(view.unusual):
        return False
    text = view.text
    spaces = [match.span() for match in _ALONE.finditer(text) if not _is_by_figure(text, *match.span())]
    bound = sum(
        _BINDS_BEFORE.search(text[max(0, start - 3) : start]) is not None or _BINDS_AFTER.match(text, end) is not None
        for start, end in spaces
    )
    return 2 * bound >= len(spaces)


def _is_by_figure(text: str, start: int, end: int) -> bool:
    """Whether a space stands by a number, a mark that French sets apart, or an ideograph."""
    return _KEEPS_BEFORE.match(text[start - 1]) is not None or _KEEPS_AFTER.match(text[end]) is not None


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
    if not is_source(view):
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
    return gaps.count(1) > len(gaps) / 2 and not _has_wrapped(view)


def _has_wrapped(view: View) -> bool:
    """Whether a sentence runs over three lines: set apart, they would be a paragraph to join for the next run."""
    breaks = [
        two.index - one.index == 1 and len(one.text) >= _WRAPPED and _goes_on(one, two)
        for one, two in pairwise(view.written)
    ]
    return any(map(and_, breaks, breaks[1:]))


def _goes_on(one: Line, two: Line) -> bool:
    return not one.ends_sentence and two.stripped[0].islower()


def _belong_together(view: View, one: Line, two: Line) -> bool:
    """Items of a list, rows of a table, lines of verse or code, halves of a sentence."""
    if _goes_on(one, two) or _MARK.fullmatch(one.stripped):
        return True
    if (_ITEM.match(one.text) and _ITEM.match(two.text)) or two.indent:
        return True
    if _has_columns(one.text) and _has_columns(two.text):
        return True
    return all(len(line.text) < _VERSE and not line.is_prose for line in (one, two)) and not _is_title(view, one)


def _is_title(view: View, line: Line) -> bool:
    return line is view.written[0]


def _layout(start: int, before: str, after: str, rule: str, reason: str) -> Proposal:
    return Proposal(Edit(start, before, after), f"typography/{rule}", reason, kind="layout")
