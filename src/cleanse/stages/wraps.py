"""Lines that a device broke: hard wraps, words split at a line's end, and an indentation all lines share.

A block is unwrapped only when it passes the test every greedy wrapper leaves behind: each line but the last is
so long that the first word of the next would not have fitted. Lists, tables, code and nearly all verse fail it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from cleanse.edits import ChangeSet, Edit
from cleanse.model import Proposal
from cleanse.stages.layout import is_source
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
_SPLIT = regex.compile(r"(?<!\p{L})(\p{L}{2,})[-\u2010][ \t]*\n[ \t]*(\p{Ll}{2,})")
_TORN = regex.compile(r"(?<![\p{L}\-])(\p{Ll}{2,})- (\p{Ll}{2,})\b")
_ENDS_SPLIT = regex.compile(r"\p{L}[-\u2010]\s*$")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ALIKE = (
    frozenset({"to-day", "to-morrow", "to-night"}),
    frozenset({"north-east", "north-west", "south-east", "south-west"}),
    frozenset({"north-eastern", "north-western", "south-eastern", "south-western"}),
)
"""Whoever hyphenates one of these hyphenates the others."""
_FULL, _EVEN = 0.75, 0.85
"""Shares of the longest line near from which a line is full, and from which all of them are a justified column."""
_VERSE = 72
"""Longest line of verse, in code points, that is worth a doubt."""
_NEAR = 3
"""Lines on either side of a divided one that are looked at."""
_CAPITAL = regex.compile(r"\P{L}*+\p{Lu}")
_APART = regex.compile(r"<?\S+@\S+\.\w+>?|<?\w+://\S+|www\.\S+|[_=*~.\-–—]{3,}+")
"""An address or a rule that fills its line: never the middle of a sentence."""
_ADDRESS = re.compile(r"\w+://|www\.")
_GAP = regex.compile(r"\S(?:   |\t)")
# Where these do not match, the two above cannot.
_MAYBE_SPLIT = re.compile(r"[-\u2010][ \t]*\n")
_MAYBE_TORN = re.compile(r"- (?<=[^\W\d_]- )[^\W\d_]")
_MARKS = frozenset(".,;:!?—–…")
"""Verse ends its lines with these; a wrapper does so by chance."""
_CONTINUES = regex.compile(r"(?!\w+://\S+$)\p{Ll}")
"""A sentence that goes on; a list of addresses does not."""
_PROSE_WORDS = 3
_SHARE = 0.8


def joins(view: View) -> Iterator[Proposal]:
    """What makes paragraphs of lines: words that were split, and spaces for newlines in hard-wrapped paragraphs."""
    if is_source(view):
        return
    split = list(splits(view))
    yield from split
    yield from wraps(view, {view.index_at(join.edit.start) for join in split if "\n" in join.edit.before})


def wraps(view: View, mended: Collection[int] = ()) -> Iterator[Proposal]:
    """Spaces for the newlines inside hard-wrapped paragraphs, where every word split by one is `mended`."""
    for block in _blocks(view.lines):
        width = max(len(line.text.rstrip()) for line in block)
        if not _NARROW <= width <= _WIDE or not _is_wrapped(block, width):
            continue
        if any(_ENDS_SPLIT.search(line.text) and line.index not in mended for line in block[:-1]):
            continue  # a paragraph is joined whole or not at all
        for one, two in pairwise(block):
            if _ENDS_SPLIT.search(one.text):
                continue  # joined by its own rule
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
    if any(_MARKED_ITEM.match(line.text) or _is_code(line.text) or _APART.fullmatch(line.stripped) for line in block):
        return False
    if (
        sum(_GAP.search(line.stripped) is not None for line in block) > 1
        or sum(_ADDRESS.match(line.stripped) is not None for line in block) > 1
        or len({line.indent for line in block[1:]}) > 1
    ):
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
        spellings = _Spellings(view)
        verse = _verse(view)
        for match in _at_line_ends(view.text):
            whole = spellings.whole(*match.groups())
            if whole is not None and view.index_at(match.start()) not in verse:
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


def _verse(view: View) -> frozenset[int]:
    """Lines of blocks that a poet broke, hyphens or not; most of a block's divided lines decide for all of them."""
    found: set[int] = set()
    for block in _blocks(view.lines):
        divided = [at for at, line in enumerate(block) if _ENDS_SPLIT.search(line.text)]
        if not divided:
            continue
        is_narrow = max(len(line.text) for line in block) < _NARROW  # nobody wraps so narrow
        if is_narrow or 2 * sum(_is_verse(block, at) for at in divided) >= len(divided):
            found.update(line.index for line in block)
    return frozenset(found)


def _is_verse(block: Sequence[Line], at: int) -> bool:
    """Whether the lines around one are no longer than verse, and are ragged, begin with capitals or step in and out."""
    near = range(max(0, at - _NEAR), min(len(block), at + _NEAR + 1))
    inner = [len(block[place].text.rstrip()) for place in near if place < len(block) - 1]  # the last line may be short
    longest = max(*inner, len(block[near[-1]].text.rstrip()))
    if longest > _VERSE:
        return False
    begin = [block[place] for place in near if place and not _ENDS_SPLIT.search(block[place - 1].text)]
    capitals = sum(_CAPITAL.match(line.stripped) is not None for line in begin)
    stepped = sum(line.indent != block[0].indent for line in begin)
    ragged = sum(length < _FULL * longest for length in inner)
    return (
        2 * ragged > len(inner)
        or 2 * capitals > len(begin)
        or (0 < len(begin) == 2 * capitals and min(inner) < _EVEN * longest)
        or 3 * min(stepped, len(begin) - stepped) > len(begin)
    )


class _Spellings:
    """How words that were split at a hyphen are spelt: as the text does elsewhere, or else the dictionary."""

    def __init__(self, view: View) -> None:
        self._used = Counter(_COMPOUND.findall(view.folded))

    def whole(self, left: str, right: str) -> str | None:
        """The word or compound that was split, or None when neither is likely."""
        solid, hyphenated = left + right, f"{left}-{right}"
        as_one, as_two = self._used[solid.lower()], self._times_hyphenated(hyphenated.lower())
        if as_one != as_two:
            return solid if as_one > as_two else hyphenated
        if as_two == 0 and is_known(solid):
            return solid
        return hyphenated if as_two or (is_known(left) and is_known(right)) else None

    def _times_hyphenated(self, word: str) -> int:
        """How often the text has the compound, or another of the old ones that are spelt alike."""
        alike = next((words for words in _ALIKE if word in words), (word,))
        return sum(self._used[other] for other in alike)


def _join(match: "regex.Match[str]", whole: str) -> Proposal:
    left = match[1]
    start = match.end(1)
    before = match.group()[len(left) : match.start(2) - match.start()]
    kept = before[0] if whole[len(left)] == "-" else ""
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
    """White space at the start of lines, where the document's prose, once it is joined, is indented throughout.

    An ideographic space at the start of a line is the sign of a paragraph, as a page's margin is none.
    """
    if is_source(view):
        return
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
        if 0 < line.indent <= depth and "\u3000" not in line.text[: line.indent]:
            yield Proposal(
                edit=Edit(line.start, line.text[: line.indent], ""),
                rule="structure/indentation",
                reason="the whole document is indented",
                kind="layout",
            )
