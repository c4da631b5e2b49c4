"""Lines that stay by what they are, whatever their probability: the headline, and facts beside the text.

The corpora of main text leave headlines, bylines and dates out; for a text that people read they belong in,
or another stage moves them into the record. So they are protected here by evidence, not learned.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import groupby, pairwise

from cleanse.lines.authored import ANNOUNCING
from cleanse.lines.blocks import (
    amounts,
    facts,
    infobox,
    laid_out,
    own_facts,
    schedules,
    signatures,
    tables,
    works,
    years,
)
from cleanse.lines.gate import FULL_STOPS, is_underlined
from cleanse.lines.line import Line
from cleanse.lines.profiles import Profile
from cleanse.lines.titles import FURNITURE_MARKS, Page, is_marked, titled
from cleanse.lines.written import HEADING

FACT_REACH = 4
"""Lines from the text within which a byline, a date or a credit is one of this text."""

CLOSING_REACH = 2
"""Short sentences below the text that may still be its end."""

FACT_MARKS = frozenset(
    {
        "byline line",
        "byline shape",
        "credit line",
        "stamp line",
        "date",
        "byline phrase in a long line",
        "credit phrase in a long line",
    }
)
ABOVE_MARKS = FURNITURE_MARKS - {"separators"}
"""What no fact above the text bears: there a day, an author and a section stand on one line, with strokes between."""
AMOUNTS = frozenset({"bare number", "price"})
"""What the figures of a table bear as well."""
HEADING_KINDS = frozenset({"navigation", "more", "shop", "comment", "login"})
"""Classes with words that head a part of a text as well; nobody heads one with `Share` or `Advertisement`."""
OFTEN = 2
"""Times such a word stands in a text at most."""
SENTENCE_WORDS = 5
"""Words of a sentence that is no mere label with a full stop."""

HEADING_WORDS = 4
"""Words of a block's heading at most."""
ITEM_MARKS = frozenset({"bullet", "numbered"})


def text_span(lines: Sequence[Line], drop: Sequence[bool]) -> tuple[int, int]:
    """First and last line of the text that is left: long lines that end a sentence; (-1, -1) if there is none."""
    left = [at for at, line in enumerate(lines) if line.anchor and not drop[at]]
    return (left[0], left[-1]) if left else (-1, -1)


def closing_lines(lines: Sequence[Line], end: int, own: Sequence[float]) -> list[int]:
    """Short sentences that close the text: whole sentences right below it that read like text by themselves."""
    found = []
    for at in range(end + 1, min(len(lines), end + 1 + CLOSING_REACH)):
        line = lines[at]
        if line.ends != "stop" or own[at] < 0.6 or is_marked(line):
            break
        found.append(at)
    return found


def near_facts(lines: Sequence[Line], start: int, end: int) -> list[int]:
    """Bylines, dates and credits in an unbroken run of short lines right above or below the text."""
    found = []
    for ats in (
        range(start - 1, max(-1, start - 1 - FACT_REACH), -1),
        range(end + 1, min(len(lines), end + 1 + FACT_REACH)),
    ):
        for at in ats:
            line = lines[at]
            marks = ABOVE_MARKS if at < start else FURNITURE_MARKS
            if marks.isdisjoint(line.features) and not FACT_MARKS.isdisjoint(line.features):
                found.append(at)
                below = at + 1
                if line.words == 1 and "byline line" in line.features and below < start and lines[below].words <= 14:
                    found.append(below)  # "By" alone on its line: the names stand on the next
    return sorted(set(found))


def inside(lines: Sequence[Line], blocks: Collection[int]) -> range:
    """From the first long sentence, or block of the author's, that nothing marks as furniture to the last."""
    anchors = [at for at, line in enumerate(lines) if line.anchor and not is_marked(line)]
    return range(min([*anchors, *blocks]), max([*anchors, *blocks]) + 1) if anchors else range(0)


def unmarked(lines: Sequence[Line], within: range) -> list[int]:
    """What nothing marks as furniture: lines inside the text, and sentences wherever they stand.

    Of 596 lines that the model would take inside the text of 303 pages 69 are not marked, and 8 of these are the
    author's; of the others 5 are. Of 77 short ones below it a single one is.
    """
    free = (at for at, line in enumerate(lines) if not is_marked(line)) if within else ()
    return [at for at in free if at in within or is_sentence(lines[at])]


def unconfirmed(page: Page, within: range) -> list[int]:
    """What only amounts or a single word mark, inside the text, with nothing beside it that is furniture.

    The figures of a table, one cell to a line, and headings like `FAQ` or `Reviews`: furniture comes in runs, and its
    buttons stand below every item.
    """
    lines = page.lines
    often = Counter(line.key for line in lines)
    found: list[int] = []
    for marked, group in groupby(within, key=lambda at: at in page.sure or is_marked(lines[at])):
        run = list(group)
        words = [at for at in run if at in page.sure or not is_amount(lines[at])]
        sole = len(words) == 1 and words[0] not in page.sure
        if marked and (not words or (sole and is_word(lines[words[0]]) and often[lines[words[0]].key] <= OFTEN)):
            found += run
    return found


def is_amount(line: Line) -> bool:
    """Whether nothing but a number or a price marks a line."""
    return not (line.hits or line.facts) and FURNITURE_MARKS.intersection(line.features) <= AMOUNTS


def is_word(line: Line) -> bool:
    """Whether a line is a single word that an author may head a part of a text with."""
    return len(line.tokens) == 1 and not line.facts and HEADING_KINDS.issuperset(line.hits)


def author_links(lines: Sequence[Line]) -> list[int]:
    """The author's links, which the layout shows to be so."""
    return [at for at, line in enumerate(lines) if line.written == HEADING and "bullet" in line.features]


def is_sentence(line: Line) -> bool:
    """Whether a line is a sentence, of a few words if it ends with a full stop."""
    return line.ends == "stop" and (line.words >= SENTENCE_WORDS or line.text[-1] in FULL_STOPS)


def announced_lists(lines: Sequence[Line]) -> list[int]:
    """Items with bullets or numbers, right below a line that announces them with a colon."""
    found: list[int] = []
    announced = False
    for at, line in enumerate(lines):
        if announced and not ITEM_MARKS.isdisjoint(line.features):
            found.append(at)
        else:
            announced = line.ends == "colon" and line.words >= ANNOUNCING and not line.hits
    return found


def headed(page: Page, blocks: Collection[int]) -> list[int]:
    """The headings of blocks that stay, one above each, whatever their single word."""
    above = (at - 1 for at in blocks if at and at - 1 not in blocks and at - 1 not in page.sure)
    return [at for at in above if page.lines[at].words <= HEADING_WORDS and _may_head(page.lines[at])]


def _may_head(line: Line) -> bool:
    return not is_marked(line) or is_word(line)


def underlined(lines: Sequence[Line]) -> list[int]:
    """Headings that stand over a line of one sign as long as they are, and that line."""
    found: list[int] = []
    for at, (heading, rule) in enumerate(pairwise(lines)):
        if is_underlined(heading.text, rule.text):
            found += [at, at + 1]
    return found


def protected(page: Page, span: tuple[int, int], profile: Profile) -> dict[int, str]:
    """The lines that evidence of another kind protects, each with the note that says so."""
    lines, (start, end) = page.lines, span
    saved = {at: line.written for at, line in enumerate(lines) if line.written}
    told = [*works(lines), *(own_facts(lines) if profile.marked else ()), *infobox(lines), *years(lines)]
    needed = amounts(lines)
    saved |= dict.fromkeys((*announced_lists(lines), *needed, *headed(page, needed)), "protected list")
    saved |= dict.fromkeys(laid_out(lines), "protected layout")
    saved |= dict.fromkeys(underlined(lines), HEADING)
    saved |= dict.fromkeys(tables(lines), "protected table")
    saved |= dict.fromkeys(schedules(lines), "protected schedule")
    saved |= dict.fromkeys((*facts(lines), *told), "protected list of facts")
    saved |= dict.fromkeys(signatures(lines), "protected signature")
    if start < 0:
        return saved
    if profile.facts:
        saved |= dict.fromkeys(near_facts(lines, start, end), "protected byline, date or credit")
    if profile.marked:
        within = inside(lines, [*told, *needed, *author_links(lines)])
        saved |= dict.fromkeys(unmarked(lines, within), "protected: nothing marks it as furniture")
        saved |= dict.fromkeys(unconfirmed(page, within), "protected: nothing beside it is furniture")
    if profile.headline:
        saved |= titled(page, start, profile)
    if profile.closing:
        saved |= dict.fromkeys(closing_lines(lines, end, page.own), "protected closing sentence")
    return {at: note for at, note in saved.items() if at >= 0}
