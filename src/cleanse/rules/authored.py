"""Lines that are their author's by how they are written or stand, whatever words of furniture they hold.

A label, a button or a notice is not spoken, does not go on in the next line, bears no number in a row of numbered
headings, and is no cue of a subtitle. So no rule that only throws lines away takes such a line.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import regex

from cleanse.rules.references import heads_references
from cleanse.view import Line, View

_BULLET = r"(?:[-*•·‣–]\s+|\d{1,2}[.)]\s+)?"
_QUOTED = regex.compile(rf"{_BULLET}(?:[\"“„‹‘‚'「『”»].*[\"”“›’‘'」』«]|«\S.*»|«\s.*[.!?…]\s?»)[.,;:!?…]?")
"""Of what stands between French marks, spaces inside, only sentences are speech: « Previous | Next » is none."""
_SPOKEN = regex.compile(r"[—―–]\s?\p{L}.*[.?!…]")
"""Speech behind a dash, as French, Spanish, Russian and Polish books print it."""
_GOES_ON = regex.compile(r".*(?:[,、；،؛]|(?<!\p{Greek});)")
"""In Greek a semicolon asks."""
_SMALL = regex.compile(r"[\"“„«(…]*\p{Ll}[\p{Ll}’'-]*(?![\p{L}\p{N}@./])")
"""A first word in small letters: no name of a product, no address."""
_INTERRUPTED = 8
"""Words of a line without an end above, from which what stands below it interrupts a sentence."""
_GOING_ON = 4
"""Words of a line in small letters in which a sentence goes on; fewer do when they end it."""
_ITEM_WORDS = 3
_ITEMS = 40
"""Lines up and down to which a list is followed."""
_CUE = regex.compile(r"(?:\d{1,2}:)?\d{1,2}:\d\d[.,]\d{3} --> .*")
_CUE_LINES = 4
_STANZA_LABEL = regex.compile(
    r"(?i)\[(?:(?:pre|post)-?)?(?:verse|chorus|bridge|intro|outro|refrain|hook|interlude|strophe|couplet|estribillo|"
    r"coro|ritornello|strofa|estrofe|refrão|припев|куплет)\b[^\]\n]{0,60}\]"
)
_STANZA = range(3, 41)
_VERSE_WORDS = 12
_INDENT = 4
_NUMBERED = regex.compile(r"(?P<row>§+ ?|(?:\d{1,2}\.){0,3})(?P<number>\d{1,3})(?P<sign>[.)]?)\s+\p{L}.*")
_HEADING_WORDS = 8
_FIELD = regex.compile(
    r"(?:Ref(?:erence)?(?: no\.?| number)?|Our ref|Location|Place|Time|Date|Status|Priority|Severity|Department|"
    r"Reported by|(?:Serial|Joint|Lot|Item|Order) no\.?|Number|No\.|Client|Customer|Supplier|ISSN|ISBN|"
    r"Request for Comments|Obsoletes|Updates)"
    r"(?::\s*\S| \d).*"
)
_FIELD_LIKE = regex.compile(r"\p{Lu}[\p{L} .-]{1,24}:\s*\S.*")
_LONGEST_WORD = 20
_SISTERS = 2
"""Headings of its shape that make one word above a paragraph a heading; a word with a full stop needs but one."""


def is_authored(view: View, first: Line, last: Line) -> bool:
    """Whether one of the lines from `first` to `last`, which stand together, is its author's."""
    if _GOES_ON.fullmatch(last.stripped) or _is_part_of_a_sentence(view, first, last):
        return True
    lines = [line for line in view.lines[first.index : last.index + 1] if line.stripped]
    if any(_is_speech(line) for line in lines):
        return True
    return _stands_as_text(view, first) or (first is last and _bears_a_place(view, first))


def _is_speech(line: Line) -> bool:
    text = line.stripped
    return bool(_QUOTED.fullmatch(text) or _SPOKEN.fullmatch(text))


def _stands_as_text(view: View, line: Line) -> bool:
    """Whether a line stands in a subtitle, a stanza, an example, the front matter; or takes up a verse."""
    return (
        _is_cue(view, line)
        or _is_in_front_matter(view, line)
        or _is_in_a_stanza(view, line)
        or _is_in_an_example(view, line)
        or (line.words > 1 and f"{line.stripped.casefold()},\n" in view.folded)
    )


def _bears_a_place(view: View, line: Line) -> bool:
    """Whether a line is one in a row of headings or of fields, or stands below or above what makes it text."""
    return (
        _is_numbered(view, line)
        or _is_a_clause(view, line)
        or _is_a_field(view, line)
        or _has_sisters(view, line)
        or heads_references(view, line)
    )


def _is_part_of_a_sentence(view: View, first: Line, last: Line) -> bool:
    """Whether a sentence goes on in small letters below the lines, or below the list in which they stand.

    Not one that was begun above, and that the lines interrupt.
    """
    written, begin, end = view.written, view.rank[first.index], view.rank[last.index] + 1
    ended = not view.lines[-1].stripped
    parted = len(view.lines) - ended > len(view.written)  # else it says nothing that lines stand next to one another
    items = _ITEMS if parted else 0
    top, bottom = max(0, begin - items), min(len(written), end + items)
    while begin > top and _is_item(written[begin - 1], written[begin]):
        begin -= 1
    while end < bottom and _is_item(written[end], written[end - 1]):
        end += 1
    above, below = written[max(0, begin - 1) : begin], written[end : end + 1]
    return any(_begins_small(line) for line in below) and not any(
        line.words >= _INTERRUPTED and not line.ends_sentence for line in above
    )


def _begins_small(line: Line) -> bool:
    return _SMALL.match(line.stripped) is not None and (
        line.words >= _GOING_ON or (line.ends_sentence and line.words > 1)
    )


def _is_item(line: Line, beside: Line) -> bool:
    """Whether a line, directly above or below one of a list, may be an item of that list."""
    return abs(line.index - beside.index) == 1 and line.words <= _ITEM_WORDS and not line.ends_sentence


def _is_cue(view: View, line: Line) -> bool:
    return any(_CUE.fullmatch(above.stripped) for above in _above_in_block(view, line, _CUE_LINES))


def _above_in_block(view: View, line: Line, most: int) -> Iterator[Line]:
    """The lines above, from the next one up, without a blank one between."""
    for index in range(line.index - 1, max(-1, line.index - 1 - most), -1):
        if not view.lines[index].stripped:
            return
        yield view.lines[index]


def _is_in_front_matter(view: View, line: Line) -> bool:
    """Whether a line stands between the two rules of hyphens with which Markdown's front matter opens a file."""
    if view.lines[0].stripped != "---":
        return False
    end = next((other.index for other in view.lines[1:100] if other.stripped == "---"), 0)
    return line.index < end


def _is_in_a_stanza(view: View, line: Line) -> bool:
    """Whether the lines around are short, and below the label of a stanza or often end with a comma."""
    above = list(_above_in_block(view, line, _STANZA.stop))
    if any(_STANZA_LABEL.fullmatch(other.stripped) for other in above):
        return True
    block = [*above, line]
    for other in view.lines[line.index + 1 : line.index + 1 + _STANZA.stop]:
        if not other.stripped:
            break
        block.append(other)
    if len(block) not in _STANZA or any(other.words > _VERSE_WORDS for other in block):
        return False
    return 4 * sum(other.stripped[-1] in ",;" for other in block) >= len(block)


def _is_in_an_example(view: View, line: Line) -> bool:
    """Whether a line stands in a block that is indented as a whole, below a paragraph that is not, above one again."""
    if not _is_indented(line):
        return False
    rank = view.rank[line.index]
    lines_above, lines_below = view.written[max(0, rank - _ITEMS) : rank], view.written[rank + 1 : rank + 1 + _ITEMS]
    above = next((other for other in reversed(lines_above) if not _is_indented(other)), None)
    below = next((other for other in lines_below if not _is_indented(other)), None)
    return (
        above is not None
        and below is not None
        and not (above.indent or below.indent)
        and (above.is_prose or above.stripped.endswith(":"))
    )


def _is_indented(line: Line) -> bool:
    return line.indent >= _INDENT or line.text.startswith("\t")


def _numbers(view: View) -> Mapping[tuple[str, int, str], Sequence[int]]:
    """Where numbered lines stand among the written ones, by number."""
    found: dict[tuple[str, int, str], list[int]] = {}
    for rank, line in enumerate(view.written):
        if line.stripped[0] in "§0123456789" and (match := _NUMBERED.fullmatch(line.stripped)):
            found.setdefault(_number(match), []).append(rank)
    return found


def _number(match: "regex.Match[str]") -> tuple[str, int, str]:
    return match["row"], int(match["number"]), match["sign"]


def _is_numbered(view: View, line: Line) -> bool:
    """Whether a line bears a number of a row, the other numbers of which have text below them."""
    match = _NUMBERED.fullmatch(line.stripped)
    if match is None or not (match["row"] or match["sign"]):
        return False
    row, number, sign = _number(match)
    numbers = view.remembered("numbered lines", lambda: _numbers(view))
    rank = view.rank[line.index]
    beside = (row, number - 1 if number > 1 else 2, sign)
    return any(abs(rank - other) > 1 for other in numbers.get(beside, ()))


def _is_a_clause(view: View, line: Line) -> bool:
    """Whether a line is the paragraph directly below a numbered heading."""
    rank = view.rank[line.index]
    heading = view.written[rank - 1] if rank else None
    return (
        heading is not None
        and line.is_prose
        and heading.words <= _HEADING_WORDS
        and not heading.ends_sentence
        and _is_numbered(view, heading)
    )


def _is_a_field(view: View, line: Line) -> bool:
    """Whether a line names a value directly beside fields that no site has."""
    if not _FIELD_LIKE.fullmatch(line.stripped):
        return False
    beside = view.lines[max(0, line.index - 1) : line.index + 2]
    return any(_FIELD.fullmatch(other.stripped) for other in beside if other is not line)


def _has_sisters(view: View, line: Line) -> bool:
    """Whether a word stands above a paragraph as other words do in this text, and once like each of them."""
    if not _is_a_word(line):
        return False
    sections = view.remembered("one-word headings", lambda: _sections(view))
    if sections[line.stripped] != 1:
        return False
    shape = _shape(line.stripped)
    sisters = sum(times == 1 and _shape(other) == shape for other, times in sections.items()) - 1
    return sisters >= (1 if line.stripped.endswith(".") else _SISTERS)


def _sections(view: View) -> Counter[str]:
    """How often each word stands alone in a line, a blank one above, directly above a paragraph."""
    return Counter(
        line.stripped
        for line, below in zip(view.written, view.written[1:], strict=False)
        if _is_a_word(line) and below.is_prose and (line.index == 0 or not view.lines[line.index - 1].stripped)
    )


def _is_a_word(line: Line) -> bool:
    """Whether a line is one word; scripts without spaces between words count by characters."""
    word = line.stripped
    return word[0].isalpha() and len(word) <= _LONGEST_WORD and len(word.split()) == 1


def _shape(word: str) -> tuple[bool, str]:
    return word.isupper(), word[-1] if not word[-1].isalnum() else ""
