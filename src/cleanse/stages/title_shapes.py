"""What a headline and a standfirst look like, wherever they stand."""

import regex

from cleanse.provenance.dates import read_date
from cleanse.view import Line

_TITLE_WORDS = range(2, 31)
_STANDFIRST_WORDS = range(7, 61)
_STANDFIRST_SENTENCE = range(7, 31)
_LONGEST = 300
_NO_TITLE = regex.compile(
    r"(?:https?://|www\.)\S+$|[\W\d_]+$|(?:[-*•·‣>|]|\d{1,3}[.)]|={2,6}|#{2,6})\s|"
    r"(?:tags?|category|categories|id|by|filed under|posted|published|updated|about|photo|image|credit|source|figure|"
    r"table|written by|reviewed by)\b[^\n]{0,3}[:.#]",
    regex.IGNORECASE,
)
_FIELD = regex.compile(
    r"(?:date|from|to|cc|subject|re|location|topics?|keywords?|ref(?:erence)?(?: no)?|venue|time|made)"
    r"(?:\s?:| [-–—] [-–—])|[^()\n]*\)",
    regex.IGNORECASE,
)
"""A field of a head, or what follows a bracket that stands on another line: no title."""
_DAY = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}(?!\d)"
_STAMPED = regex.compile(rf"(?<!\d){_DAY}.{{0,12}}?(?<!\d)[0-2]?\d[:.h][0-5]\d(?!\d)|^{_DAY}\W+(?:\w+\W*){{0,2}}$")
"""A day in figures with a time, or with hardly a word behind it: the stamp of a post."""
_LABEL = regex.compile(r"[\p{L} ]{2,20}:?")
_NO_STANDFIRST = regex.compile(
    r"[|@©]|\b(?:19|20)\d\d\b|^(?:by|posted|published|updated|guest|source|written)\b|\((?:photo|image|picture)",
    regex.IGNORECASE,
)
_NO_STANDFIRST_SIGN = regex.compile(
    r"[|@©]|^(?i:posted|published|updated|guest|source|written)\b|^(?:By|BY) \p{Lu}[\p{L}.-]+ \p{Lu}|"
    r"\((?i:photo|image|picture)|\([^()]{0,40}(?i:photo|image|picture)[^()]{0,20}\)$"
)


def is_title(line: Line) -> bool:
    """A few words that end no sentence and are no date; question and exclamation marks are allowed."""
    core = line.stripped
    return (
        line.words in _TITLE_WORDS
        and len(core) <= _LONGEST
        and not core.endswith((".", ":", ";", ","))
        and not _NO_TITLE.match(core)
        and not _FIELD.match(core)
        and not _STAMPED.search(core)
        and any(character.isupper() or not character.isascii() for character in core)
        and not (core[0].isdigit() and read_date(core))
    )


def reads_on(line: Line) -> bool:
    """Whether a line right above a byline is a sentence of its own: mostly small letters, no label, no date."""
    return line.words in _STANDFIRST_SENTENCE and not is_capitalized(line) and not _NO_STANDFIRST.search(line.stripped)


def is_capitalized(line: Line) -> bool:
    """Whether half of the words, or more, begin with a capital: behind a byline that is an author's post."""
    words = [word for word in line.text.split() if word[0].isalpha()]
    return 2 * sum(word[0].islower() for word in words) <= len(words)


def is_standfirst(line: Line) -> bool:
    """Some words that end no sentence, and no credit, byline, date or label."""
    core = line.stripped
    return (
        line.words in _STANDFIRST_WORDS
        and not line.ends_sentence
        and not _NO_STANDFIRST_SIGN.search(core)
        and not _NO_TITLE.match(core)
        and not _FIELD.match(core)
        and not _LABEL.fullmatch(core)
    )
