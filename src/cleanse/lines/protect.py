"""Lines that stay by what they are, whatever their probability: the headline, and facts beside the text.

The corpora of main text leave headlines, bylines and dates out; for a text that people read they belong in,
or another stage moves them into the record. So they are protected here by evidence, not learned.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from cleanse.lines.gate import is_underlined
from cleanse.lines.lexicon import SPACED_SCRIPT
from cleanse.lines.line import Line
from cleanse.lines.profiles import Profile
from cleanse.lines.shapes import MONTH
from cleanse.lines.written import HEADING

HEAD_REACH = 12
"""Lines before the first line of text among which the headline is sought."""

TITLES_REACH = 40
"""The same, where every line stays that may be one."""

CREDITED = re.compile(r"(?i)[(\[](?:image|photo|picture|credit|foto|bild|photograph)s?\b[^()\n]{0,60}[)\]]\W*$")
"""How a caption ends that names who made the picture."""

STANDFIRST_WORDS = 8

TITLE_KEEP = 0.75
"""P(keep) alone from which a title that shares no words with its text is kept right above it."""

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
SENTENCE_WORDS = 5
"""Words of a sentence that is no mere label with a full stop."""

ANNOUNCING = 4
"""Words a line needs to announce a list."""

ANNOUNCES = ":：\\"
"""Signs after which a line set off is announced, or goes on."""
HITS_AMONG = 4
"""Lines of an indented block on each that is furniture by its words."""

ROWS = 3
"""Lines a table has at least."""

ADDRESS = re.compile(r"(?:[^<>@]{2,60} )?<[\w.+-]+@[\w-]+(?:\.[\w-]+)+>")
"""Whom to write to about a manual, on its title page: pages bear addresses without angle brackets."""

DATES = 4
"""Lines a schedule has at least."""

SCHEDULED = re.compile(
    r"(?:[^\W\d_]+[.,]{0,2} )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)? (?:{MONTH})\b\.?|(?:{MONTH})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b),?"
    r" ?(?:[–—:-]|--) ?[^\W\d_]"
)
"""How a folded line of a schedule begins: a day, without its year as nobody dates articles, and what is on."""

ITEM_MARKS = frozenset({"bullet", "numbered"})
FURNITURE_MARKS = frozenset({"so long ago", "bare number", "price", "separators", "furniture line"})


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text and what is known of them."""

    lines: Sequence[Line]
    own: Sequence[float]  # P(keep) of each alone
    sure: Collection[int]  # those that another judgement knows to be furniture
    moved: Collection[int]  # those that a later stage takes out
    functions: frozenset[str]  # function words of the language


def text_span(lines: Sequence[Line], drop: Sequence[bool]) -> tuple[int, int]:
    """First and last line of the text that is left: long lines that end a sentence; (-1, -1) if there is none."""
    left = [at for at, line in enumerate(lines) if line.anchor and not drop[at]]
    return (left[0], left[-1]) if left else (-1, -1)


def _content(line: Line, functions: frozenset[str]) -> set[str]:
    """Content words of a line; in unspaced scripts, where words are not told apart, characters."""
    found: set[str] = set()
    for token in line.tokens:
        if SPACED_SCRIPT.match(token):
            found.update(token)
        elif len(token) > 2 and token not in functions:
            found.add(token)
    return found


def find_headline(page: Page, start: int) -> int:
    """The line above the text that reads like its headline, or -1.

    A headline has 3 to 25 words, is not furniture, a byline or a date, and shares at least a third
    of its content words (and two of them) with the first lines of the text; of its characters, where words are not
    told apart, half (and four). The last such line with the highest share wins: menus stand above the headline,
    never between it and the text.
    """
    lines, functions = page.lines, page.functions
    body: set[str] = set()
    for line in lines[start : start + 12]:
        if line.words >= 10:
            body |= _content(line, functions)
    best, found = 0.0, -1
    for at in range(max(0, start - HEAD_REACH), start):
        line = lines[at]
        if at in page.sure or not 3 <= line.words <= 25 or line.hits or line.facts or "byline shape" in line.features:
            continue
        content = _content(line, functions)
        shared = len(content & body)
        score = shared / len(content) if content else 0.0
        unspaced = SPACED_SCRIPT.search(line.text)
        enough = shared >= 4 and score >= 1 / 2 if unspaced else shared >= 2 and score >= 1 / 3
        if enough and score >= best:
            best, found = score, at
    return found


def above_byline(page: Page, start: int) -> list[int]:
    """The line right above the first byline that another stage knows, a headline or a standfirst; then that above it.

    A headline may share no word with its text, but nothing of a page stands between it and who wrote it.
    """
    for at in range(max(0, start - HEAD_REACH), start):
        if at in page.moved and any(name.startswith("byline") for name in page.lines[at].features):
            break
    else:
        return []
    found = [at - 1] if _is_title(page, at - 1) else []
    if found and page.lines[at - 1].words >= STANDFIRST_WORDS and _is_title(page, at - 2):
        found.append(at - 2)
    return found


def right_above(page: Page, start: int) -> list[int]:
    """The line with nothing but furniture and moved lines between it and the text, if it reads like no furniture."""
    at = start - 1
    while at in page.sure or at in page.moved:
        at -= 1
    return [at] if _is_title(page, at) and page.own[at] >= TITLE_KEEP else []


def _is_title(page: Page, at: int) -> bool:
    """Whether a line has some words, and neither they nor another judgement make it anything but a title."""
    if at < 0 or at in page.sure or at in page.moved:
        return False
    return 3 <= page.lines[at].words <= 60 and not is_marked(page.lines[at])


def is_marked(line: Line) -> bool:
    """Whether words or shape of a line, by themselves, are those of furniture or of a byline, a date, a credit."""
    return bool(line.hits or line.facts) or not FURNITURE_MARKS.isdisjoint(line.features)


def above_text(page: Page, start: int, least: int) -> list[int]:
    """The lines of at least so many words above the text that nothing marks as furniture: any may be its headline.

    A long line alone, a caption or a notice, is not where the text begins; a caption with its credit is no headline.
    """
    lines = page.lines
    begins = next((at for at in range(start, len(lines) - 1) if lines[at].anchor and lines[at + 1].anchor), start)
    begins = begins if begins <= start + HEAD_REACH else start
    return [
        at
        for at in range(max(0, start - TITLES_REACH), begins)
        if lines[at].words >= least and _is_title(page, at) and not CREDITED.search(lines[at].text)
    ]


def title_page(page: Page, start: int) -> list[int]:
    """What nothing marks around an author's address above the text: title, names, version."""
    address = next((at for at in range(start - 1, -1, -1) if ADDRESS.fullmatch(page.lines[at].text)), -1)
    reach = range(max(0, address - HEAD_REACH), start) if address >= 0 else range(0)
    return [at for at in reach if at not in page.sure and not page.lines[at].hits]


def find_standfirst(lines: Sequence[Line], headline: int, start: int) -> int:
    """The standfirst: a longer line without a word of furniture right below the headline, above the text; or -1."""
    at = headline + 1
    if headline < 0 or at >= start:
        return -1
    line = lines[at]
    plain = not any(
        name.endswith((" line", " phrase", " phrase in a long line")) for name in line.features if name != "any line"
    )
    return at if STANDFIRST_WORDS <= line.words <= 60 and plain and FURNITURE_MARKS.isdisjoint(line.features) else -1


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
            if FURNITURE_MARKS.isdisjoint(line.features) and not FACT_MARKS.isdisjoint(line.features):
                found.append(at)
                below = at + 1
                if line.words == 1 and "byline line" in line.features and below < start and lines[below].words <= 14:
                    found.append(below)  # "By" alone on its line: the names stand on the next
    return sorted(set(found))


def unmarked(lines: Sequence[Line]) -> list[int]:
    """What nothing marks as furniture: lines inside the text, and sentences below it.

    Of 596 lines that the model would take inside the text of 303 pages 69 are not marked, and 8 of these are the
    author's; of the others 5 are. Of 77 short ones below it a single one is.
    """
    free = [not is_marked(line) for line in lines]
    anchors = [at for at, line in enumerate(lines) if line.anchor and free[at]]
    if not anchors:
        return []
    below = range(anchors[-1] + 1, len(lines))
    sentences = (at for at in below if lines[at].ends == "stop" and lines[at].words >= SENTENCE_WORDS)
    return [at for at in (*range(anchors[0], anchors[-1] + 1), *sentences) if free[at]]


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
    """The rows of tables: lines one below the other with as many upright strokes."""
    return _alike(lines, lambda line: line.text.count(" | "), ROWS)


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
    if start < 0:
        return saved
    if profile.facts:
        saved |= dict.fromkeys(near_facts(lines, start, end), "protected byline, date or credit")
    if profile.marked:
        saved |= dict.fromkeys(unmarked(lines), "protected: nothing marks it as furniture")
    if profile.headline:
        saved |= dict.fromkeys([*above_byline(page, start), *right_above(page, start)], "protected headline")
        saved |= dict.fromkeys(title_page(page, start), "protected title page")
        if profile.titles:
            saved |= dict.fromkeys(above_text(page, start, profile.titles), "protected as a headline may be")
        headline = find_headline(page, start)
        saved[find_standfirst(lines, headline, start)] = "protected standfirst"
        saved[headline] = "protected headline"
    if profile.closing:
        saved |= dict.fromkeys(closing_lines(lines, end, page.own), "protected closing sentence")
    return {at: note for at, note in saved.items() if at >= 0}
