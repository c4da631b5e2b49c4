"""What one line shows by itself: its measures and its own (context-free) features.

Every feature is a readable name that either holds or does not. Lengths count words separated by spaces; in
scripts written without spaces 1.7 characters count as a word. At most `LOOK` characters of a line are looked
at for anything but its length and its end, so that the cost of a line is bounded.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from cleanse.lines.lexicon import FACTS, SPACED_SCRIPT, Hit, Phrases, fold, word_keys
from cleanse.lines.shapes import SHAPED, add_shapes, is_social
from cleanse.lines.written import written_as

LOOK = 300
"""Characters of a line that are looked at closely."""

SHORT = 14
"""Words up to which single furniture words count; longer lines need long phrases."""

ANCHOR = 17
"""Words from which a line that ends a sentence is surely text of some kind."""

PLAIN = 8
"""Words from which a sentence without any word of furniture is no evidence of anything."""

MARKS = ("date", "so long ago", "byline shape", "byline line", "stamp line", "bare number", "price", "comment line")
"""Features of a line that show its neighbours a list of teasers, comments or goods."""

MARKED = frozenset(MARKS)

TITLE_WORDS = range(3, 21)
TITLE_ENDS = frozenset({"none", "quote", "dots"})

PLAIN_SIGN = re.compile("[#@|©•›»→{}]")
"""Signs that no plain sentence has."""

MIDDLING = 40
"""Words up to which marks, capitals and quotations are looked for."""

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25, 40, 70)
"""Lower bounds of the word-count bins."""

SIZE_NAMES = ("words 0", "words 1", "words 2", "words 3", "words 4", "words 5", "words 6-7", "words 8-9", "words 10-12",
              "words 13-16", "words 17-24", "words 25-39", "words 40-69", "words 70+")  # fmt: skip
BAND_NAMES = ("1-3", "1-3", "1-3", "1-3", "4-9", "4-9", "4-9", "4-9", "10-16", "10-16", "17-24", "25+", "25+", "25+")

STOPS = frozenset(".!?。！？؟।…")
CLOSERS = "\"'”’»)]」』“*_ \xa0\u202f"
"""What may stand behind the mark that ends a sentence; French puts a space before its quotation mark."""
ASCII_SENTENCE_BREAK = re.compile(r"[.!?][\")]?\s+[\"(]?[A-Z]")
"""The same in ASCII, where one branch suffices: three times as fast."""
SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-ZÀ-ÞА-ЯІЇЄҐ\u0600-\u06ff]|[。！？]")
VERBS = frozenset("said says told was were is are has have had will would can could did".split())
PERSONS = (
    (frozenset({"you", "your"}), "addresses the reader"),
    (frozenset({"we", "our", "us"}), "says we"),
    (frozenset({"i", "my"}), "says I"),
)
"""Who speaks to whom."""
SPEAKING = VERBS.union(*(words for words, _ in PERSONS))
PROFILE = re.compile(
    r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:\s[A-ZÀ-ÞА-Я][\w.'’-]*){1,3},?\s(?:is|was|has|have|are|covers|covered|writes|works|worked|joined|serves|served|lives|holds|"
    r"specializes|specialises|graduated|founded|leads|reports|provides)\b"
)
QUOTE = re.compile('["“”„«»「]')

FUNCTION_BOUNDS = (0.01, 0.15, 0.3, 0.42)
FUNCTION_SHARES = tuple(f"function words {share}" for share in ("none", "few", "some", "many", "most"))
CAPITAL_BOUNDS = (0.34, 0.6, 0.9)
CAPITAL_SHARES = tuple(f"capital words {share}" for share in ("few", "some", "many", "all"))
LETTER_BOUNDS = (3.8, 4.6, 5.4, 6.4)
LETTER_SHARES = tuple(f"letters per word {share}" for share in ("few", "rather few", "middling", "rather many", "many"))


@dataclass(slots=True)
class Line:
    """One non-blank line, measured. `features` are its own; the neighbours' view is added elsewhere."""

    text: str
    indent: int  # white space before it
    key: str  # folded, without outer white space: what repeats are recognised by
    words: int
    tokens: Sequence[str]
    content: Sequence[str]  # its longer words that are no function words: what it is about
    ends: str  # stop | colon | comma | dots | other | none
    hits: frozenset[str]  # furniture classes that cover the line
    facts: frozenset[str]  # byline, credit, stamp: classes that cover the line
    anchor: bool  # a long line that ends a sentence: surely text of some kind
    title: bool  # built like a title: some words, no end of a sentence
    marks: tuple[str, ...]  # of `MARKS`, what it shows
    plain: bool  # a whole sentence without any word of furniture: what `is_plain` tells without measuring
    written: str  # why it is its author's, whatever its words: the note of `written_as`, or ""
    features: list[str]


def count_words(text: str) -> int:
    """Words separated by spaces; for unspaced scripts characters / 1.7."""
    spaced = text.count(" ") + 1
    if text.isascii() or len(text) < 3 * spaced:
        return spaced
    sample = text[:LOOK]
    if 3 * (len(sample) - len(sample.encode("ascii", "ignore"))) <= len(sample):
        return spaced  # a few dashes and curly quotes: a third of the time of a pattern
    signs = len(SPACED_SCRIPT.findall(sample))
    return max(spaced, int(signs / 1.7 * len(text) / len(sample))) if signs * 3 > len(sample) else spaced


def ending(text: str) -> str:
    """How a line ends: with a full stop (maybe inside quotes), a colon, a comma, dots, another sign, or a word."""
    last = text[-1]
    if last.isalnum():
        return "none"
    if last == "." and text[-2:-1].isalnum():
        return "stop"  # as most do
    if text.endswith(("...", "…", "[…]", "[...]", "…]")):
        return "dots"
    tail = text[-8:].rstrip(CLOSERS)
    mark = tail[-1:] or last
    if mark in STOPS:
        return "stop"
    return "colon" if mark in ":：" else "comma" if mark in ",;،、，" else "quote" if last in CLOSERS else "other"


def _capitals(look: str, features: list[str]) -> None:
    """How the words of a short or middling line are capitalised."""
    firsts = [word[0] for word in look.split() if word[0].isalpha()]
    if not firsts:
        features.append("no letters")
        return
    if len(look) > 3 and look.isupper():
        features.append("all capitals")
        return
    upper, count = sum(map(str.isupper, firsts)), len(firsts)
    if count > 1:
        features.append(CAPITAL_SHARES[bisect_right(CAPITAL_BOUNDS, upper / count)])
    if firsts[0].islower():
        features.append("starts in lower case")
    elif count > 3 and upper * 2 > count:
        features.append("title case")


def _outline_features(size: int, ends: str) -> list[str]:
    """What the number of words and the last mark say."""
    bin_ = bisect_right(SIZES, size)
    return [SIZE_NAMES[bin_], f"ends {ends}", f"{BAND_NAMES[bin_]} words, ends {ends}"]


def _indent(raw: str, text: str) -> int:
    return raw.index(text[0]) if raw[0].isspace() else 0


def _content(tokens: Sequence[str], functions: frozenset[str]) -> list[str]:
    """The words that say what a line is about."""
    return [token for token in tokens if len(token) > 2 and token not in functions]


def measure_line(raw: str, phrases: Phrases, functions: frozenset[str]) -> Line:
    """Measure one non-blank line and name its own features."""
    text = raw.strip()
    look = text if len(text) <= LOOK else text[:LOOK]
    size = count_words(text)
    ends = ending(text)
    folded = fold(look)
    tokens = folded.split() if look.isascii() and not SHAPED.search(look) else word_keys(folded)
    features = _outline_features(size, ends)
    hits = phrases.hits(folded, tokens, long=size > SHORT)
    covers, facts = _furniture(look, hits, tokens, size, features)
    if len(tokens) > 2:
        known = sum(map(functions.__contains__, tokens)) / len(tokens)
        features.append(FUNCTION_SHARES[bisect_right(FUNCTION_BOUNDS, known)])
    pattern = ASCII_SENTENCE_BREAK if look.isascii() else SENTENCE_BREAK
    breaks = len(pattern.findall(look)) if size > 5 else 0
    features.append("sentences 1" if not breaks else "sentences 2" if breaks == 1 else "sentences 3+")
    spoken = not SPEAKING.isdisjoint(tokens)
    if size <= MIDDLING:
        _capitals(look, features)
        add_shapes(look, folded, tokens, size, features)
        if QUOTE.search(look):
            features.append("quotation marks")
        if spoken and size > 3 and not VERBS.isdisjoint(tokens):
            features.append("verb")
    if spoken:
        features += [name for words, name in PERSONS if not words.isdisjoint(tokens)]
    _voice(look, tokens, size, features)
    return Line(
        text=text,
        indent=_indent(raw, text),
        key=folded,
        words=size,
        tokens=tokens,
        content=_content(tokens, functions),
        ends=ends,
        hits=frozenset(covers),
        facts=frozenset(facts),
        anchor=size >= ANCHOR and ends == "stop",
        title=size in TITLE_WORDS and ends in TITLE_ENDS and not text[0].islower() and not covers and not facts,
        marks=() if size > MIDDLING or MARKED.isdisjoint(features) else tuple(m for m in MARKS if m in features),
        plain=size >= PLAIN and ends == "stop" and not hits and not PLAIN_SIGN.search(look),
        written=written_as(look, size, ends),
        features=features,
    )


GLANCED = ("function words most", "sentences 1", "letters per word middling")
"""What is taken for granted of a long sentence that is not looked at closely: what most of them show."""


def glance(raw: str, outline: tuple[int, str], functions: frozenset[str]) -> Line:
    """A long sentence with its words, and what most of its kind show in place of what it shows."""
    text = raw.strip()
    size, ends = outline
    folded = fold(text[:LOOK])
    tokens = word_keys(folded)
    return Line(
        text=text,
        indent=_indent(raw, text),
        key=folded,
        words=size,
        tokens=tokens,
        content=_content(tokens, functions),
        ends=ends,
        hits=frozenset(),
        facts=frozenset(),
        anchor=True,
        title=False,
        marks=(),
        plain=True,
        written="",
        features=[*_outline_features(size, ends), *GLANCED],
    )


def _furniture(
    look: str, hits: Sequence[Hit], tokens: Sequence[str], size: int, features: list[str]
) -> tuple[list[str], list[str]]:
    """The furniture classes and the classes of facts that cover the line; what it holds of them goes to `features`."""
    covers: list[str] = []
    facts: list[str] = []
    for hit in hits:
        if size > SHORT:
            features.append(f"{hit.kind} phrase in a long line")
        elif hit.whole:
            features.append(f"{hit.kind} line")
            (facts if hit.kind in FACTS else covers).append(hit.kind)
        else:
            features.append(f"{hit.kind} word")
            if tokens and hit.covered > 1:
                features.append(f"{hit.kind} phrase")
    if size <= MIDDLING and is_social(look, size):
        covers.append("share")
        features.append("share line")
    if covers:
        features.append("furniture line")
    elif size <= SHORT:
        features.append("no furniture, short")
    return covers, facts


def _voice(look: str, tokens: Sequence[str], size: int, features: list[str]) -> None:
    """Long or short words, a person's profile, a right claimed."""
    if tokens and size > 3:
        features.append(LETTER_SHARES[bisect_right(LETTER_BOUNDS, sum(map(len, tokens)) / len(tokens))])
    if size > 12 and PROFILE.match(look):
        features.append("opens like a profile")
    if "©" in look:
        features.append("copyright sign")
