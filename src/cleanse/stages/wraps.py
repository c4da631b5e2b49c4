"""Lines that a device broke: hard wraps, words split at a line's end, and an indentation all lines share.

A block is unwrapped only when it passes the test every greedy wrapper leaves behind: each line but the last is
so long that the first word of the next would not have fitted. Lists, tables, code and nearly all verse fail it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from cleanse.edits import ChangeSet, Edit
from cleanse.model import Proposal
from cleanse.view import Line, View
from cleanse.words import frequency, is_known

_NARROW, _WIDE = 40, 120
"""Widths, in code points, between which text is wrapped by mail programs, terminals and typewriters."""
_ENOUGH = 3
"""Lines a block must have before its shape says anything."""
_MARKED_ITEM = regex.compile(r"\s*(?:[-*+•·‣–—o]|\(?\d{1,3}[.)]|\(?[a-z][.)]|>|\|)\s")
_CODE = regex.compile(
    r"[{};]\s*$|^\s*(?:#include|import |from \S+ import|def |class |return\b|//|/\*|<\w+|\$ )|"
    r"[=(]\s*$"
)
_CALL, _CALL_END = regex.compile(r"\w\("), regex.compile(r"\)\s*[:;{]?$")
_SPLIT = regex.compile(r"(?<!\p{L})(\p{L}{2,})-[ \t]*\n[ \t]*(\p{Ll}{2,})")
_TORN = regex.compile(r"(?<![\p{L}\-])(\p{Ll}{2,})- (\p{Ll}{2,})\b")
# Where these do not match, the two above cannot.
_MAYBE_SPLIT = re.compile(r"-[ \t]*\n")
_MAYBE_TORN = re.compile(r"- (?<=[^\W\d_]- )[^\W\d_]")
_MARKS = frozenset(".,;:!?—–…")
"""Verse ends its lines with these; a wrapper does so by chance."""
_CONTINUES = regex.compile(r"(?!\w+://\S+$)\p{Ll}")
"""A sentence that goes on; a list of addresses does not."""
_PROSE_WORDS = 3
_SHARE = 0.8


def wraps(view: View) -> Iterator[Proposal]:
    """Spaces for the newlines inside hard-wrapped paragraphs."""
    for block in _blocks(view.lines):
        width = max(len(line.text.rstrip()) for line in block)
        if not _NARROW <= width <= _WIDE or not _is_wrapped(block, width):
            continue
        for one, two in pairwise(block):
            if one.text.rstrip().endswith("-") and regex.search(r"\p{L}-\s*$", one.text):
                continue  # a split word is joined by its own rule
            start, end = one.start + len(one.text.rstrip()), two.content_start
            yield Proposal(
                edit=Edit(start, view.text[start:end], " "),
                rule="structure/hard-wrap",
                reason="a line break made by a device, not by the author",
                kind="layout",
            )


def _blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in (*lines, None):
        if line is not None and line.text and line.stripped:
            block.append(line)
            continue
        if len(block) >= _ENOUGH:
            yield block
        block = []


def _is_wrapped(block: Sequence[Line], width: int) -> bool:
    for one, two in pairwise(block):
        first = two.stripped.split(maxsplit=1)[0]
        if len(one.text.rstrip()) + 1 + len(first) <= width:
            return False
    if any(_MARKED_ITEM.match(line.text) or _is_code(line.text) for line in block):
        return False
    ends = sum(line.stripped[-1] in _MARKS for line in block[:-1])
    return 2 * ends < len(block) - 1 and any(_CONTINUES.match(line.stripped) for line in block[1:])


def _is_code(text: str) -> bool:
    """Whether a line reads as source code: by a mark or word of its own, or a call that ends it."""
    if _CODE.search(text):
        return True
    end = _CALL_END.search(text)
    return end is not None and _CALL.search(text, 0, end.start()) is not None


def splits(view: View) -> Iterator[Proposal]:
    """Words split at a hyphen: by a line break always, by a space only where the first half is no word."""
    if _MAYBE_SPLIT.search(view.text):
        verse = _short_blocks(view)
        for match in _at_line_ends(view.text):
            whole = _whole(*match.groups())
            if whole is not None and view.line_at(match.start()).index not in verse:
                yield _join(match, whole)
    for line in view.lines_with(_MAYBE_TORN):
        for match in _TORN.finditer(view.text, line.start, line.end):
            left, right = match.groups()
            if is_known(left + right) and frequency(left) == 0:
                yield _join(match, left + right)


def _at_line_ends(text: str) -> Iterator["regex.Match[str]"]:
    """Where words may be split by a line break: the pattern is tried from the line whose end allows it, to the next."""
    done = 0
    for spot in _MAYBE_SPLIT.finditer(text):
        end = text.find("\n", spot.end())
        start = max(done, text.rfind("\n", 0, spot.start()) + 1)
        if match := _SPLIT.search(text, start, end if end >= 0 else len(text)):
            done = match.end()
            yield match


def _short_blocks(view: View) -> frozenset[int]:
    """Lines of blocks that nobody wraps so narrow: verse, whose hyphens at line ends are the poet's."""
    blocks = (block for block in _blocks(view.lines) if max(len(line.text) for line in block) < _NARROW)
    return frozenset(line.index for block in blocks for line in block)


def _whole(left: str, right: str) -> str | None:
    """The word or compound that was split, or None when neither is likely."""
    if is_known(left + right) and frequency(left + right) >= min(frequency(left), frequency(right)) // 100:
        return left + right
    return f"{left}-{right}" if is_known(left) and is_known(right) else None


def _join(match: "regex.Match[str]", whole: str) -> Proposal:
    left = match[1]
    start = match.end(1)
    before = match.group()[len(left) : match.start(2) - match.start()]
    kept = "-" if whole[len(left)] == "-" else ""
    return Proposal(
        edit=Edit(start, before, kept),
        rule="structure/split-word",
        reason="a word split at the end of a line",
        kind="layout",
        priority=1,
    )


def _all_indented(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines are; asked until too many are not."""
    left = len(lines)
    for line in lines:
        if not line.text[0].isspace():
            left -= 1
            if left < _SHARE * len(lines):
                return False
    return True


def indents(view: View, joins: Sequence[Edit] = ()) -> Iterator[Proposal]:
    """White space at the start of lines, where the document's prose, once it is joined, is indented throughout."""
    if joins and any(line.text[0].isspace() for line in view.written):
        joined = ChangeSet.of(len(view.text), joins)
        back = joined.invert()
        for proposal in indents(View(joined.apply(view.text))):
            yield replace(proposal, edit=proposal.edit.shifted(back.map(proposal.edit.start) - proposal.edit.start))
        return
    if not _all_indented(view.written):
        return
    worded = (line for line in view.written if line.words >= _PROSE_WORDS and not _is_code(line.text))
    prose = [line for line in worded if not _MARKED_ITEM.match(line.text)]
    depths = Counter(line.indent for line in prose)
    if not depths:
        return
    depth, count = depths.most_common(1)[0]
    sentences = any(line.ends_sentence for line in prose)
    if depth == 0 or not sentences or count < _SHARE * len(prose):
        return
    for line in view.written:
        if 0 < line.indent <= depth:
            yield Proposal(
                edit=Edit(line.start, line.text[: line.indent], ""),
                rule="structure/indentation",
                reason="the whole document is indented",
                kind="layout",
            )
