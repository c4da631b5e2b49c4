"""Which lines above a text are its headline, its standfirst or its title page, and what marks them as something else.

The corpora of main text leave headlines out; for a text that people read they belong in.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from cleanse.lines.lexicon import SPACED_SCRIPT
from cleanse.lines.line import Line
from cleanse.lines.profiles import Profile

HEAD_REACH = 12
"""Lines before the first line of text among which the headline is sought."""

TITLES_REACH = 40
"""The same, where every line stays that may be one."""

CREDITED = re.compile(r"(?i)[(\[](?:image|photo|picture|credit|foto|bild|photograph)s?\b[^()\n]{0,60}[)\]]\W*$")
"""How a caption ends that names who made the picture."""

STANDFIRST_WORDS = 8

FIRST_NAMES = 2
"""Words of a name before the last at most."""
NAME = 4
"""Letters of a last name at least: shorter words begin many sentences."""

GENRE = re.compile(
    r"in memoriam|obituary|editorial|opinion|essay|commentary|reviews?|interview|letters?(?: to the editors?)?",
    re.IGNORECASE,
)
"""What a text is, where nothing else stands above it."""

SUBTITLE = re.compile(
    r"an? (?:[a-z-]+ )?(?:play|story|tale|poem|ballad|song|novel|novella|comedy|tragedy|fable|essay|sermon|lecture)"
    r"(?: (?:in|by|from|for|about|of) .{2,50})?",
    re.IGNORECASE,
)
"""What a work is, below its title."""

TITLE_KEEP = 0.62
"""P(keep) alone from which a title that shares no words with its text is kept right above it."""

ADDRESS = re.compile(r"(?:[^<>@]{2,60} )?<[\w.+-]+@[\w-]+(?:\.[\w-]+)+>")
"""Whom to write to about a manual, on its title page: pages bear addresses without angle brackets."""

FURNITURE_MARKS = frozenset({"so long ago", "bare number", "price", "separators", "furniture line"})


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text and what is known of them."""

    lines: Sequence[Line]
    own: Sequence[float]  # P(keep) of each alone
    sure: Collection[int]  # those that another judgement knows to be furniture
    moved: Collection[int]  # those that a later stage takes out
    functions: frozenset[str]  # function words of the language


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


def opens_text(page: Page, start: int) -> list[int]:
    """The lines above the text with whose words its first sentence begins, as in an encyclopedia: its title."""
    first = page.lines[start].key.removeprefix("the ")
    reach = range(max(0, start - TITLES_REACH), start)
    return [at for at in reach if not page.lines[at].hits and _names(first, page.lines[at].key.removeprefix("the "))]


def _names(sentence: str, title: str) -> bool:
    """Whether a sentence begins with a title, or with a name of which a title of one word is the last."""
    alone = " " not in title and len(title) >= NAME
    blanks = (at for at, sign in enumerate(sentence) if sign == " ") if alone else ()
    begins = (0, *(at + 1 for at in islice(blanks, FIRST_NAMES)))
    return any(sentence.startswith(title, at) and not sentence[at + len(title) :][:1].isalnum() for at in begins)


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


def genre(page: Page, start: int) -> list[int]:
    """The line that says what the text is, where no other above it may be its title."""
    above = range(max(0, start - TITLES_REACH), start)
    if any(_is_title(page, at) for at in above):
        return []
    last = next(
        (at for at in reversed(above) if not (at in page.sure or at in page.moved or page.lines[at].written)), -1
    )
    return [last] if last >= 0 and GENRE.fullmatch(page.lines[last].text) else []


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


def titled_work(page: Page, start: int) -> list[int]:
    """What a work is, above the text, and its title above that."""
    reach = range(max(1, start - HEAD_REACH), start)
    kinds = (at for at in reach if SUBTITLE.fullmatch(page.lines[at].text))
    return [at for kind in kinds for at in (kind - 1, kind) if at not in page.sure and not page.lines[at].hits]


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


def titled(page: Page, start: int, profile: Profile) -> dict[int, str]:
    """What stands above the text as its headline, its standfirst or its title page, each with the note that says so."""
    titles = [*above_byline(page, start), *right_above(page, start), *opens_text(page, start), *genre(page, start)]
    saved = dict.fromkeys(titles, "protected headline")
    saved |= dict.fromkeys((*title_page(page, start), *titled_work(page, start)), "protected title page")
    if profile.titles:
        saved |= dict.fromkeys(above_text(page, start, profile.titles), "protected as a headline may be")
    headline = find_headline(page, start)
    saved[find_standfirst(page.lines, headline, start)] = "protected standfirst"
    saved[headline] = "protected headline"
    return saved
