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

TITLE_WORDS = range(3, 21)
TITLE_ENDS = frozenset({"none", "quote", "dots"})

PLAIN_SIGNS = frozenset("#@|©•›»→{}")
"""Signs that no plain sentence has."""

MIDDLING = 40
"""Words up to which marks, capitals and quotations are looked for."""

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25, 40, 70)
"""Lower bounds of the word-count bins."""

SIZE_NAMES = ("words 0", "words 1", "words 2", "words 3", "words 4", "words 5", "words 6-7", "words 8-9", "words 10-12",
              "words 13-16", "words 17-24", "words 25-39", "words 40-69", "words 70+")  # fmt: skip
BAND_NAMES = ("1-3", "1-3", "1-3", "1-3", "4-9", "4-9", "4-9", "4-9", "10-16", "10-16", "17-24", "25+", "25+", "25+")

STOPS = frozenset(".!?。！？؟।…")
CLOSERS = "\"'”’»)]」』“*_"
BULLET = re.compile(r"[•·●◦▪■►▶–—*+→»-]\s?")
NUMBERED = re.compile(r"(?:\(?\d{1,3}[.):]|#\d+|[A-Za-z][.)])\s")
MONTH = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    r"octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|"
    r"fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|januari|februari|maart|mei|augustus|stycznia|"
    r"lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|января|февраля|марта|"
    r"апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|січня|лютого|березня|квітня|травня|червня|липня|"
    r"серпня|вересня|жовтня|листопада|грудня|يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:{MONTH})\b|(?:{MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
    rf"|(?:{MONTH})\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}})|\d{{1,4}}[年月]\d{{1,2}}"
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b|uhr|h\b)?")
AGO = re.compile(r"\b\d+\s?(?:h|hrs?|hours?|d|days?|min(?:ute)?s?|weeks?|months?|years?|yrs?)\s+ago\b")
URL = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|co\.uk|de|fr|it|es|ru|info|gov|edu)\b")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}|\w{2,}@(?=\s|$)")
HASHTAG = re.compile(r"(?<!\w)#\s?[^\W\d_]\w*")
PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[€£₽₴]|usd\b|eur\b|zł)")
PHONE = re.compile(r"(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|\+\d[\d\s()-]{8,}")
CHAIN = re.compile(r"\s[|/>›»·•→]\s|\s::\s")
CHAIN_SIGNS = frozenset("|/>›»·•→:")
BYLINE = re.compile(r"(?:by|von|par|por|di|door)\s+(?:[A-ZÀ-ÞА-Я][\w'’.-]+\s*){1,5}", re.IGNORECASE)
LABEL = re.compile(r"[^\W\d_][\w\s&'’-]{1,28}:\s+\S")
CODE = re.compile(
    r"[{};]\s*$|^\s*</?\w+[\s>]|[\w)\]]\s*(?:==?|=>|->|:=)\s*[\w\"'(\[]|\w\(\w*\)|</\w+>|^\s*(?:def|import|class|#include)\s"
)
CODE_SIGNS = frozenset("{};=<>(")
CODE_WORDS = ("def", "import", "class", "#include")
"""What every match of `CODE` holds, or begins with."""
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-ZÀ-ÞА-ЯІЇЄҐ\u0600-\u06ff]|[。！？]")
VERBS = frozenset("said says told was were is are has have had will would can could did".split())
GLUED = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ]|[a-z]\d+$|\d[A-Z][a-z]")
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|docx?|zip|webm|exr|tiff?)\b|\b\d+(?:\.\d+)?\s?[km]b\b")
PROFILE = re.compile(
    r"[A-ZÀ-ÞА-Я][\w.'’-]+(?:\s[A-ZÀ-ÞА-Я][\w.'’-]*){1,3},?\s(?:is|was|has|have|are|covers|covered|writes|works|worked|joined|serves|served|lives|holds|"
    r"specializes|specialises|graduated|founded|leads|reports|provides)\b"
)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
QUOTES = frozenset('"“”„«»「')


@dataclass(slots=True)
class Line:
    """One non-blank line, measured. `features` are its own; the neighbours' view is added elsewhere."""

    text: str
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
    features: list[str]


def count_words(text: str) -> int:
    """Words separated by spaces; for unspaced scripts characters / 1.7."""
    spaced = text.count(" ") + 1
    if text.isascii() or len(text) < 3 * spaced:
        return spaced
    sample = text[:LOOK]
    signs = len(SPACED_SCRIPT.findall(sample))
    return max(spaced, int(signs / 1.7 * len(text) / len(sample))) if signs * 3 > len(sample) else spaced


def ending(text: str) -> str:
    """How a line ends: with a full stop (maybe inside quotes), a colon, a comma, dots, another sign, or a word."""
    last = text[-1]
    if last.isalnum():
        return "none"
    if text.endswith(("...", "…", "[…]", "[...]", "…]")):
        return "dots"
    tail = text[-8:].rstrip(CLOSERS)
    mark = tail[-1:] or last
    if mark in STOPS:
        return "stop"
    return "colon" if mark in ":：" else "comma" if mark in ",;،、，" else "quote" if last in CLOSERS else "other"


def share_name(name: str, part: float, bounds: Sequence[float], labels: Sequence[str]) -> str:
    """`name` with the label of the bin a share falls into."""
    return f"{name} {labels[bisect_right(bounds, part)]}"


def _social(text: str, size: int) -> bool:
    """Whether a line is nothing but hashtags and handles: a social trailer in whatever script."""
    if "#" not in text and "@" not in text:
        return False
    marks = len(HASHTAG.findall(text)) + len(HANDLE.findall(text))
    return marks >= 2 and marks * 3 >= size


def _capitals(look: str, words: list[str], features: list[str]) -> None:
    """How the words of a short or middling line are capitalised."""
    letters = [word for word in words if word[0].isalpha()]
    if not letters:
        features.append("no letters")
        return
    if len(look) > 3 and look.isupper():
        features.append("all capitals")
        return
    upper = sum(word[0].isupper() for word in letters)
    if len(letters) > 1:
        features.append(
            share_name("capital words", upper / len(letters), (0.34, 0.6, 0.9), ("few", "some", "many", "all"))
        )
    if letters[0][0].islower():
        features.append("starts in lower case")
    elif len(letters) > 3 and upper * 2 > len(letters):
        features.append("title case")


def _shapes(text: str, folded: str, size: int, features: list[str]) -> None:
    """Marks that short lines of furniture, lists and facts carry."""
    _digits(text, folded, size, features)
    features += [name for sign, name, pattern in _SIGN_SHAPES if sign in folded and pattern.search(folded)]
    if not CHAIN_SIGNS.isdisjoint(folded) and CHAIN.search(folded):
        features.append("separators")
    if (not CODE_SIGNS.isdisjoint(text) or text.startswith(CODE_WORDS)) and CODE.search(text):
        features.append("code")
    if GLUED.search(text):
        features.append("glued words")
    if not text.isascii() and EMOJI.search(text):
        features.append("emoji")
    if text[0] in "[({" and text[-1] in "])}":
        features.append("in brackets")
    if text[-1] == "?":
        features.append("question")
    if "!" in text:
        features.append("exclaims")
    _item(text, size, features)


def _digits(text: str, folded: str, size: int, features: list[str]) -> None:
    digits = sum(map(str.isdigit, text))
    if not digits:
        return
    features += [name for name, pattern in _DIGIT_SHAPES if pattern.search(folded)]
    spread = digits / len(text)
    features.append("digits most" if spread > 0.5 else "digits many" if spread > 0.15 else "digits few")
    if text[0].isdigit():
        features.append("starts with a digit")
    if size <= 2 and spread == 1:
        features.append("bare number")


def _item(text: str, size: int, features: list[str]) -> None:
    """How items of a list, labelled values and bylines begin."""
    if not text[0].isalpha() and BULLET.match(text):
        features.append("bullet")
    elif NUMBERED.match(text):
        features.append("numbered")
    if ":" in text and LABEL.match(text):
        features.append("label and value")
    if size <= 6 and BYLINE.fullmatch(text):
        features.append("byline shape")


_DIGIT_SHAPES = (
    ("date", DATE),
    ("clock time", CLOCK),
    ("so long ago", AGO),
    ("price", PRICE),
    ("phone number", PHONE),
    ("year", YEAR),
)
"""Shapes that need a digit."""

_SIGN_SHAPES = (
    (".", "web address", URL),
    ("@", "e-mail address", EMAIL),
    ("@", "handle", HANDLE),
    ("#", "hashtag", HASHTAG),
    (".", "file", FILE),
)
"""Shapes that need a certain sign."""


def measure_line(raw: str, phrases: Phrases, functions: frozenset[str]) -> Line:
    """Measure one non-blank line and name its own features."""
    text = raw.strip()
    look = text if len(text) <= LOOK else text[:LOOK]
    size = count_words(text)
    bin_ = bisect_right(SIZES, size)
    ends = ending(text)
    folded = fold(look)
    tokens = word_keys(folded)
    features = [SIZE_NAMES[bin_], f"ends {ends}", f"{BAND_NAMES[bin_]} words, ends {ends}"]
    hits = phrases.hits(folded, tokens, long=size > SHORT)
    covers, facts = _furniture(look, hits, tokens, size, features)
    if len(tokens) > 2:
        known = sum(map(functions.__contains__, tokens)) / len(tokens)
        features.append(
            share_name("function words", known, (0.01, 0.15, 0.3, 0.42), ("none", "few", "some", "many", "most"))
        )
    breaks = len(SENTENCE_BREAK.findall(look)) if size > 5 else 0
    features.append("sentences 1" if not breaks else "sentences 2" if breaks == 1 else "sentences 3+")
    if size <= MIDDLING:
        _capitals(look, look.split(), features)
        _shapes(look, folded, size, features)
        if not QUOTES.isdisjoint(look):
            features.append("quotation marks")
        if size > 3 and not VERBS.isdisjoint(tokens):
            features.append("verb")
    _voice(look, tokens, size, features)
    anchor = size >= ANCHOR and ends == "stop"
    plain = size >= PLAIN and ends == "stop" and not hits and PLAIN_SIGNS.isdisjoint(look)
    content = [token for token in tokens if len(token) > 2 and token not in functions]
    title = size in TITLE_WORDS and ends in TITLE_ENDS and not text[0].islower() and not covers and not facts
    marks = tuple(mark for mark in MARKS if mark in features) if size <= MIDDLING else ()
    return Line(
        text=text, key=folded, words=size, tokens=tokens, content=content, ends=ends, hits=frozenset(covers),
        facts=frozenset(facts), anchor=anchor, title=title, marks=marks, plain=plain, features=features,
    )  # fmt: skip


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
    if size <= MIDDLING and _social(look, size):
        covers.append("share")
        features.append("share line")
    if covers:
        features.append("furniture line")
    elif size <= SHORT:
        features.append("no furniture, short")
    return covers, facts


def _voice(look: str, tokens: Sequence[str], size: int, features: list[str]) -> None:
    """Who speaks to whom, and how."""
    features += [name for words, name in _PERSONS if not words.isdisjoint(tokens)]
    if tokens and size > 3:
        long_words = sum(map(len, tokens)) / len(tokens)
        features.append(
            share_name(
                "letters per word",
                long_words,
                (3.8, 4.6, 5.4, 6.4),
                ("few", "rather few", "middling", "rather many", "many"),
            )
        )
    if size > 12 and PROFILE.match(look):
        features.append("opens like a profile")
    if "©" in look:
        features.append("copyright sign")


_PERSONS = (
    (frozenset({"you", "your"}), "addresses the reader"),
    (frozenset({"we", "our", "us"}), "says we"),
    (frozenset({"i", "my"}), "says I"),
)
