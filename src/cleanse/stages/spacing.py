"""White space in its canonical form: inside lines, around them, and between paragraphs.

Only white space is moved, and only where it carries nothing: the columns of a table, the indentation of code and
lists, and the no-break spaces that French typography or a number needs stay.
"""

from collections.abc import Iterator, Sequence
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
_RUN = regex.compile(r"(?<=\S)(?:[ \t]{2,}|\t)(?=\S)")
_COLUMNS = regex.compile(r"\S[ \t]{3,}\S.*\S[ \t]{3,}\S|\t.*\S.*\t|\|.*\|")
_ITEM = regex.compile(r"\s*(?:[-*+•·‣–]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_BLANKS = regex.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")
_TRAILING = regex.compile(r"[ \t]+(?=\n|\Z)")
_PARAGRAPH = 120
"""Median length, in code points, from which prose lines are paragraphs and not wrapped lines."""
_VERSE = 60
_PROSE_WORDS = 3


def inside_lines(draft: Draft) -> Iterator[Proposal]:
    """Odd spaces and runs of spaces in running text."""
    for line in draft.view.written:
        for match in _ODD_SPACE.finditer(draft.text, line.start, line.end):
            before, after = (
                draft.text[match.start() - 1 : match.start()],
                draft.text[match.end() : match.end() + 1],
            )
            if match.start() > line.start and (_KEEPS_BEFORE.match(before) or _KEEPS_AFTER.match(after)):
                continue
            yield _layout(match.start(), match.group(), " ", "odd-space", "a special space between words")
        if line.words >= _PROSE_WORDS and line.ends_sentence and not _COLUMNS.search(line.text):
            for match in _RUN.finditer(draft.text, line.start, line.end):
                yield _layout(match.start(), match.group(), " ", "space-run", "one space between words")


def around_lines(draft: Draft) -> Iterator[Proposal]:
    """White space at line ends, superfluous blank lines, and the one newline at the very end."""
    text = draft.text
    if not text:
        return
    body_start, body_end = _body(text)
    if body_start == body_end:
        yield _layout(0, text, "", "blank-text", "white space alone is no text")
        return
    if body_start:
        yield _layout(0, text[:body_start], "", "leading-blank", "the text begins with its first line")
    if text[body_end:] != "\n":
        yield _layout(body_end, text[body_end:], "\n", "final-newline", "one newline ends the text")
    for match in _BLANKS.finditer(text, body_start, body_end):
        yield _layout(match.start(), match.group(), "\n\n", "blank-lines", "one blank line between paragraphs")
    for match in _TRAILING.finditer(text, body_start, body_end):
        if text[match.end() : match.end() + 1] == "\n" and not _BLANKS.match(text, match.end()):
            yield _layout(match.start(), match.group(), "", "trailing-space", "nothing stands behind a line")


def _body(text: str) -> tuple[int, int]:
    """From the first written line (its indentation included) to the last written character."""
    end = len(text.rstrip())
    first = len(text) - len(text.lstrip())
    return (text.rfind("\n", 0, first) + 1, end) if end else (0, 0)


def between_paragraphs(draft: Draft) -> Iterator[Proposal]:
    """A blank line at each single newline, where the document's lines are its paragraphs."""
    if not _lines_are_paragraphs(draft.view):
        return
    for block in _blocks(draft.view.lines):
        for one, two in pairwise(block):
            if not _belong_together(block, one, two):
                yield _layout(one.stop, "", "\n", "paragraph-separator", "a blank line between paragraphs")


def _lines_are_paragraphs(view: View) -> bool:
    prose = [len(line.text) for line in view.written if line.is_prose]
    return len(prose) > 1 and median(prose) >= _PARAGRAPH


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        if line.stripped:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _belong_together(block: Sequence[Line], one: Line, two: Line) -> bool:
    """Items of a list, rows of a table, lines of verse or code."""
    if (_ITEM.match(one.text) and _ITEM.match(two.text)) or two.indent > one.indent or (two.indent and one.indent):
        return True
    if _COLUMNS.search(one.text) and _COLUMNS.search(two.text):
        return True
    return len(block) > 2 and all(len(line.text) < _VERSE and not line.is_prose for line in block)


def _layout(start: int, before: str, after: str, rule: str, reason: str) -> Proposal:
    return Proposal(Edit(start, before, after), f"typography/{rule}", reason, kind="layout")
