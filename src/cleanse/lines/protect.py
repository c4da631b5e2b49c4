"""Lines that stay by what they are, whatever their probability: the headline, and facts beside the text.

The corpora of main text leave headlines, bylines and dates out; for a text that people read they belong in,
or another stage moves them into the record. So they are protected here by evidence, not learned.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from cleanse.lines.authored import ANNOUNCING
from cleanse.lines.gate import FULL_STOPS, is_underlined
from cleanse.lines.line import Line
from cleanse.lines.profiles import Profile
from cleanse.lines.shapes import MONTH
from cleanse.lines.titles import FURNITURE_MARKS, Page, is_marked, titled
from cleanse.lines.written import HEADING, is_work_data

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
SENTENCE_WORDS = 5
"""Words of a sentence that is no mere label with a full stop."""

ANNOUNCES = ":：\\"
"""Signs after which a line set off is announced, or goes on."""
HITS_AMONG = 4
"""Lines of an indented block on each that is furniture by its words."""

ROWS = 3
"""Lines a table has at least."""

FACTS = 4
"""Facts a list has at least."""
FACT = re.compile(r"[^\W\d_][\w ’'&/-]{1,20}: ?\S")
FACT_LABEL = 3
"""Words of a fact's label at most."""
FACT_WORDS = 12
"""Words of a fact at most."""

DATES = 4
"""Lines a schedule has at least."""

SCHEDULED = re.compile(
    r"(?:[^\W\d_]+[.,]{0,2} )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)? (?:{MONTH})\b\.?|(?:{MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b),?"
    r" ?(?:[–—:-]|--) ?[^\W\d_]"
)
"""How a folded line of a schedule begins: a day, without its year as nobody dates articles, and what is on."""

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


def unmarked(lines: Sequence[Line]) -> list[int]:
    """What nothing marks as furniture: lines inside the text, and sentences wherever they stand.

    Of 596 lines that the model would take inside the text of 303 pages 69 are not marked, and 8 of these are the
    author's; of the others 5 are. Of 77 short ones below it a single one is.
    """
    free = [not is_marked(line) for line in lines]
    anchors = [at for at, line in enumerate(lines) if line.anchor and free[at]]
    if not anchors:
        return []
    inside = range(anchors[0], anchors[-1] + 1)
    return [at for at, line in enumerate(lines) if free[at] and (at in inside or is_sentence(line))]


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


def laid_out(lines: Sequence[Line]) -> list[int]:
    """Listings, verse and quotations that their author set off by indenting them, and the line that announces them.

    Where the text itself is indented it means nothing; bullets, and more than a word of furniture here and there, are
    no author's layout.
    """
    anchors = [line.indent > 1 for line in lines if line.anchor]
    if sum(anchors) * 2 > len(anchors):
        return []
    found: list[int] = []
    for is_set_off, group in groupby(range(len(lines)), key=lambda at: _is_set_off(lines[at])):
        block = list(group)
        hits = sum(bool(lines[at].hits) for at in block)
        if is_set_off and len(block) > 1 and hits * HITS_AMONG <= len(block):
            if block[0] and lines[block[0] - 1].text[-1] in ANNOUNCES:
                found.append(block[0] - 1)
            found += block
    return found


def tables(lines: Sequence[Line]) -> list[int]:
    """The rows of tables: lines one below the other with as many upright strokes, or as many tabs."""
    return _alike(lines, lambda line: line.text.count(" | ") or -line.text.count("\t"), ROWS)


def facts(lines: Sequence[Line]) -> list[int]:
    """The facts of a product, a work or a place: label with a colon and value, each on a line of its own, in turn."""
    runs: list[list[int]] = [[]]
    at = 0
    while at < len(lines):
        if at + 1 < len(lines) and _is_fact(lines[at], lines[at + 1]):
            runs[-1] += [at, at + 1]
            at += 2
        else:
            runs.append([])
            at += 1
    return [at for run in runs if len(run) >= 2 * FACTS for at in run]


def _is_fact(label: Line, value: Line) -> bool:
    return (
        label.ends == "colon"
        and label.words <= FACT_LABEL
        and not label.hits
        and value.ends != "colon"
        and value.words <= FACT_WORDS
        and not value.hits
    )


def works(lines: Sequence[Line]) -> list[int]:
    """The data of a work: labels with their values, one to a line, some of them those of books, films or records."""
    runs = _alike(lines, lambda line: FACT.match(line.text) is not None, FACTS)
    described = {at for at in runs if is_work_data(lines[at].text)}
    return [at for at in runs if not described.isdisjoint(range(at - FACTS, at + FACTS + 1))]


def schedules(lines: Sequence[Line]) -> list[int]:
    """The dates of a tour, a season, a course: lines one below the other that begin with a day."""
    return _alike(lines, _is_scheduled, DATES)


def _alike(lines: Sequence[Line], trait: Callable[[Line], int], least: int) -> list[int]:
    """The lines that share a trait, other than none, with so many in a row."""
    found: list[int] = []
    for shared, group in groupby(range(len(lines)), key=lambda at: trait(lines[at])):
        row = list(group)
        if shared and len(row) >= least:
            found += row
    return found


def _is_scheduled(line: Line) -> bool:
    return "date" in line.features and SCHEDULED.match(line.key) is not None


def _is_set_off(line: Line) -> bool:
    return line.indent > 1 and "bullet" not in line.features


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
    saved |= dict.fromkeys(announced_lists(lines), "protected list")
    saved |= dict.fromkeys(laid_out(lines), "protected layout")
    saved |= dict.fromkeys(underlined(lines), HEADING)
    saved |= dict.fromkeys(tables(lines), "protected table")
    saved |= dict.fromkeys(schedules(lines), "protected schedule")
    saved |= dict.fromkeys((*facts(lines), *works(lines)), "protected list of facts")
    if start < 0:
        return saved
    if profile.facts:
        saved |= dict.fromkeys(near_facts(lines, start, end), "protected byline, date or credit")
    if profile.marked:
        saved |= dict.fromkeys(unmarked(lines), "protected: nothing marks it as furniture")
    if profile.headline:
        saved |= titled(page, start, profile)
    if profile.closing:
        saved |= dict.fromkeys(closing_lines(lines, end, page.own), "protected closing sentence")
    return {at: note for at, note in saved.items() if at >= 0}
