"""The shapes of short and middling lines: dates, addresses, lists, code, labels.

Before every pattern stands a cheap look at the line that a match cannot escape (tests/test_lines_line.py).
"""

import re
from collections.abc import Sequence

BULLET = re.compile(r"[•·●◦▪■►▶–—*+→»-]\s?")
NUMBERED = re.compile(r"(?:\(?\d{1,3}[.):]|#\d+|[A-Za-z][.)])\s")
MONTHS = (
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october "
    "nov november dec december januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre "
    "dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro januari februari maart "
    "mei augustus stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia января февраля марта апреля мая июня июля августа сентября октября ноября декабря січня лютого "
    "березня квітня травня червня липня серпня вересня жовтня листопада грудня يناير فبراير مارس أبريل مايو يونيو "
    "يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
).split()
MONTH = "|".join(sorted(MONTHS, key=lambda name: -len(name)))
ANY_MONTH = frozenset(MONTHS)
DATE_SIGN = re.compile("[-'\u200c/.年月]")
"""Without it, a date has a month among its words."""
DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:{MONTH})\b|(?:{MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?"
    rf"|(?:{MONTH})\s+\d{{4}}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}})|\d{{1,4}}[年月]\d{{1,2}}"
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b|uhr|h\b)?")
AGO = re.compile(r"\b\d+\s?(?:h|hrs?|hours?|d|days?|min(?:ute)?s?|weeks?|months?|years?|yrs?)\s+ago\b")
URL = re.compile(r"https?://|www\.|\b[\w-]+\.(?:com|org|net|co\.uk|de|fr|it|es|ru|info|gov|edu)\b")
URL_HINT = re.compile(r"\.(?:com|org|net|co\.uk|de|fr|it|es|ru|info|gov|edu)\b")
"""Without it, "www." and "://" there is no `URL`."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w")
HANDLE = re.compile(r"(?:^|[\s(])@\w{2,}|\w{2,}@(?=\s|$)")
HASHTAG = re.compile(r"(?<!\w)#\s?[^\W\d_]\w*")
PRICE = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[€£₽₴]|usd\b|eur\b|zł)")
PRICE_HINT = re.compile("[$€£¥₹₽₴]|usd|eur|zł")
PHONE_DIGITS = 10
PHONE = re.compile(r"(?:\+?\d{1,3}[\s.-])?\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}\b|\+\d[\d\s()-]{8,}")
CHAIN = re.compile(r"\s[|/>›»·•→]\s|\s::\s")
CHAIN_SIGN = re.compile("[|/>›»·•→:]")
BYLINE_BEGINS = frozenset({"by", "vo", "pa", "po", "di", "do"})
"""The first letters of whatever `BYLINE` matches in ASCII."""
BYLINE = re.compile(r"(?:by|von|par|por|di|door)\s+(?:[A-ZÀ-ÞА-Я][\w'’.-]+\s*){1,5}", re.IGNORECASE)
LABEL = re.compile(r"[^\W\d_][\w\s&'’-]{1,28}:\s+\S")
CODE = re.compile(
    r"[{};]\s*$|^\s*</?\w+[\s>]|[\w)\]]\s*(?:==?|=>|->|:=)\s*[\w\"'(\[]|\w\(\w*\)|</\w+>|^\s*(?:def|import|class|#include)\s"
)
CODE_SIGN = re.compile("[{};=<>(]")
CODE_WORDS = ("def", "import", "class", "#include")
"""What every match of `CODE` holds, or begins with."""
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
GLUED = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ](?:(?<=[a-zà-ÿ][A-ZÀ-Þ][a-zà-ÿ])|(?<=\d[A-Z][a-z]))")
"""A capital inside a word; it comes first, since a capital is rarer than the small letter before it."""
NUMBER_GLUED = re.compile(r"[a-z]\d+$")
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|mp[34]|docx?|zip|webm|exr|tiff?)\b")
FILE_SIZE = re.compile(r"\b\d+(?:\.\d+)?\s?[km]b\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHAPED = re.compile(r"[^A-Za-z ]")
"""Without such a sign an ASCII line can show no shape but glued words and a byline."""
DIGIT = re.compile(r"\d")


def is_social(text: str, size: int) -> bool:
    """Whether a line is nothing but hashtags and handles: a social trailer in whatever script."""
    if "#" not in text and "@" not in text:
        return False
    marks = len(HASHTAG.findall(text)) + len(HANDLE.findall(text))
    return marks >= 2 and marks * 3 >= size


def add_shapes(text: str, folded: str, tokens: Sequence[str], size: int, features: list[str]) -> None:
    """Marks that short lines of furniture, lists and facts carry."""
    is_ascii = text.isascii()
    if not is_ascii or SHAPED.search(text):
        _signs(text, folded, tokens, features)
    elif text.startswith(CODE_WORDS) and CODE.search(text):
        features.append("code")
    if GLUED.search(text) or (text[-1].isdigit() and NUMBER_GLUED.search(text)):
        features.append("glued words")
    if size <= 6 and (not is_ascii or folded[:2] in BYLINE_BEGINS) and BYLINE.fullmatch(text):
        features.append("byline shape")


def _signs(text: str, folded: str, tokens: Sequence[str], features: list[str]) -> None:
    """The marks that a line of nothing but letters cannot carry."""
    if DIGIT.search(text) or not text.isascii():
        _digits(text, folded, tokens, features)
    if "." in folded:
        _dotted(folded, features)
    if "@" in folded or "#" in folded:
        features += [name for name, pattern in _SOCIAL_SHAPES if pattern.search(folded)]
    if CHAIN_SIGN.search(folded) and CHAIN.search(folded):
        features.append("separators")
    if (CODE_SIGN.search(text) or text.startswith(CODE_WORDS)) and CODE.search(text):
        features.append("code")
    if not text.isascii() and EMOJI.search(text):
        features.append("emoji")
    _edges(text, features)


def _edges(text: str, features: list[str]) -> None:
    """How the line begins, and how it ends."""
    if text[0] in "[({" and text[-1] in "])}":
        features.append("in brackets")
    if text[-1] == "?":
        features.append("question")
    if "!" in text:
        features.append("exclaims")
    if not text[0].isalpha() and BULLET.match(text):
        features.append("bullet")
    elif NUMBERED.match(text):
        features.append("numbered")
    if ":" in text and LABEL.match(text):
        features.append("label and value")


def _dotted(folded: str, features: list[str]) -> None:
    """Addresses and names of files."""
    if ("://" in folded or "www." in folded or URL_HINT.search(folded)) and URL.search(folded):
        features.append("web address")
    if FILE.search(folded) or (("kb" in folded or "mb" in folded) and FILE_SIZE.search(folded)):
        features.append("file")


def _digits(text: str, folded: str, tokens: Sequence[str], features: list[str]) -> None:
    digits = sum(map(str.isdigit, text))
    if not digits:
        return
    if (DATE_SIGN.search(folded) or not ANY_MONTH.isdisjoint(tokens)) and DATE.search(folded):
        features.append("date")
    if (":" in folded or "." in folded) and CLOCK.search(folded):
        features.append("clock time")
    if "ago" in folded and AGO.search(folded):
        features.append("so long ago")
    if PRICE_HINT.search(folded) and PRICE.search(folded):
        features.append("price")
    if (digits >= PHONE_DIGITS or "+" in folded) and PHONE.search(folded):
        features.append("phone number")
    if ("19" in folded or "20" in folded) and YEAR.search(folded):
        features.append("year")
    spread = digits / len(text)
    features.append("digits most" if spread > 0.5 else "digits many" if spread > 0.15 else "digits few")
    if text[0].isdigit():
        features.append("starts with a digit")
    if spread == 1:
        features.append("bare number")


_SOCIAL_SHAPES = (("e-mail address", EMAIL), ("handle", HANDLE), ("hashtag", HASHTAG))
