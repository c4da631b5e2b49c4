"""Blocks of short lines that their shape shows to be an author's: tables, facts, dates, amounts, signatures.

A page has its menus and lists of links, and none of them tells amounts, years or the data of a person line by line.
"""

import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise, takewhile

from cleanse.lines.line import Line
from cleanse.lines.shapes import MONTH
from cleanse.lines.titles import is_marked
from cleanse.lines.written import is_farewell, is_label, is_work_data

ANNOUNCES = ":：\\"
"""Signs after which a line set off is announced, or goes on."""

HITS_AMONG = 4
"""Lines of an indented block on each that is furniture by its words."""

ROWS = 3
"""Lines a table has at least."""

OWN_FACTS = 4
"""Lines of label and value, of different labels, that are nobody's but the text's."""

FACTS = 4
"""Facts a list has at least."""

FACT = re.compile(r"[^\W\d_][\w ’'&/-]{1,20}: ?\S")

FACT_LABEL = 3
"""Words of a fact's label at most."""

FACT_WORDS = 12
"""Words of a fact at most."""

AMOUNT = re.compile(r"(?:\d+(?:[.,/–-]\d+)?|[½¼¾⅓⅔])[½¼¾⅓⅔]? ?(?:[a-zà-ÿ]{1,5}\b\.? )?[a-zà-ÿ]{3}")
"""`500 g floury potatoes`, `2 apples`."""

BARE_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")

YEARS_APART = 4
"""Lines from a year of a chronology to the next at most: those of an archive stand one below the other."""

DATA_APART = 6
"""Lines from a label of such data to the next at most: some have several values."""

SIGNATURE = 2
"""Lines of a signature: a name, and a place or an office."""

SIGNED = 5
"""Words of a name below a letter at most."""

DATES = 4
"""Lines a schedule has at least."""

SCHEDULED = re.compile(
    r"(?:[^\W\d_]+[.,]{0,2} )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)? (?:{MONTH})\b\.?|(?:{MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b),?"
    r" ?(?:[–—:-]|--) ?[^\W\d_]"
)
"""How a folded line of a schedule begins: a day, without its year as nobody dates articles, and what is on."""


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


def _is_set_off(line: Line) -> bool:
    return line.indent > 1 and "bullet" not in line.features


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


def own_facts(lines: Sequence[Line]) -> list[int]:
    """Some facts, label and value on one line, without any word of furniture."""
    found: list[int] = []
    for is_one, group in groupby(range(len(lines)), key=lambda at: _is_own_fact(lines[at])):
        run = list(group)
        if is_one and len({lines[at].text.split(":")[0] for at in run}) >= OWN_FACTS:
            found += run
    return found


def _is_own_fact(line: Line) -> bool:
    return FACT.match(line.text) is not None and line.words <= FACT_WORDS and not line.hits and not line.facts


def infobox(lines: Sequence[Line]) -> list[int]:
    """The data of a person, a work or a place, label and value each on a line, as encyclopedias have them."""
    found: list[int] = []
    labels = [at for at, line in enumerate(lines[:-1]) if is_label(line.text)]
    for one, two in pairwise(labels):
        if 1 < two - one <= DATA_APART and lines[one].key != lines[two].key:
            found += range(one, two + 2)
    return found


def years(lines: Sequence[Line]) -> list[int]:
    """A chronology: years, each on a line of its own, one after the other, and what stands between them."""
    runs: list[list[int]] = []
    for at in (at for at, line in enumerate(lines) if BARE_YEAR.fullmatch(line.text)):
        if runs and _follows(lines, runs[-1][-1], at):
            runs[-1].append(at)
        else:
            runs.append([at])
    return [at for run in runs if len(run) >= ROWS for at in range(run[0], min(run[-1] + 2, len(lines)))]


def _follows(lines: Sequence[Line], one: int, two: int) -> bool:
    """Whether a year is later than the one above it, with something between them."""
    return 1 < two - one <= YEARS_APART and lines[one].text < lines[two].text


def amounts(lines: Sequence[Line]) -> list[int]:
    """What somebody needs, as recipes list it: lines one below the other that begin with a number and go on small."""
    return _alike(lines, lambda line: not is_marked(line) and AMOUNT.match(line.text) is not None, ROWS)


def schedules(lines: Sequence[Line]) -> list[int]:
    """The dates of a tour, a season, a course: lines one below the other that begin with a day."""
    return _alike(lines, _is_scheduled, DATES)


def _is_scheduled(line: Line) -> bool:
    return "date" in line.features and SCHEDULED.match(line.key) is not None


def signatures(lines: Sequence[Line]) -> list[int]:
    """The greeting that closes a letter, and who signs it from where."""
    found: list[int] = []
    for at in (at for at, line in enumerate(lines) if is_farewell(line.text)):
        below = range(at + 1, min(len(lines), at + 1 + SIGNATURE))
        found.append(at)
        found += takewhile(lambda signed: lines[signed].words <= SIGNED and not is_marked(lines[signed]), below)
    return found


def _alike(lines: Sequence[Line], trait: Callable[[Line], int], least: int) -> list[int]:
    """The lines that share a trait, other than none, with so many in a row."""
    found: list[int] = []
    for shared, group in groupby(range(len(lines)), key=lambda at: trait(lines[at])):
        row = list(group)
        if shared and len(row) >= least:
            found += row
    return found
