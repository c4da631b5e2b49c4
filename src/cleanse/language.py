"""Which language a text or a line is in, with the statistics kept away from whatever needs none.

langdetect calls `By` Welsh and `Sept. 13, 2022 7:42 am ET` German with certainty 1.00, so it is asked last and
only about long enough text: the script of the letters and the share of English function words decide first. How it
is asked, with a seed of its own for each text, is in `detecting`.
"""

import re
import string
from collections import Counter
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from types import MappingProxyType

import regex

MIN_LETTERS = 200
"""Below this many letters a text's language is not named."""
_SAMPLE = 1_000
"""Code points langdetect is shown: more costs time and changes next to nothing."""
_ENGLISH_SHARE = 0.15
_RUNNING = 4
"""Lower-case words from which a line is running text."""
_EAST_ASIAN = frozenset({"Han", "Hiragana", "Katakana", "Hangul"})
_FUNCTION_WORDS = frozenset(
    "the of and to in a is that it was for on as with he be at by this had not are but from or have an they which "
    "one you were her all she there would their we him been has when who will more no if out so said what up its "
    "about into than them can only other new some could time these two may then do first any my now such like our "
    "over me even most made after also did many before must through back years where much your way well down should "
    "because each just those people how too little us state good very still being own".split()
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’']*")
_ASCII_WORD = re.compile(r"[a-z][a-z'’]*")
_OTHER_LETTERS = re.compile("[^\x00-\x7f\u2000-\u206f]")
"""Where this does not match, all letters are ASCII: the rest are dashes, quotation marks and the like."""
_BEGINNINGS = 8
"""Beginnings of texts whose share of English is kept at hand: several stages ask for the same one."""
_ASCII = bytes(range(128))
_NO_LETTERS = bytes(set(range(128)) - set(string.ascii_letters.encode()))
_CODE = re.compile(r"[=_{}<>\\]|\]\(|\w\(|\)\.\w")
"""Signs of source code, of a link in Markdown, of a page of a manual: `f(x).y`, `[text](/page)`, `ls(1)`."""
_MARKUP = re.compile(r"https?://\S+|www\.\S+|\S*@\S*|#\s?\w+")
_SCRIPTS = tuple(
    (name, regex.compile(rf"\p{{Script={name}}}"))
    for name in (
        "Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Han", "Hiragana", "Katakana", "Hangul", "Devanagari",
        "Bengali", "Thai", "Armenian", "Georgian", "Tamil", "Telugu",
    )
)  # fmt: skip
# langdetect's codes that are not BCP-47 as they stand.
_CODES = MappingProxyType({"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"})
_HANGUL = regex.compile(r"\p{Hangul}")


def script_of(text: str) -> str | None:
    """The script most letters are in; None without letters."""
    if text.isascii():
        return "Latin" if any(character.isalpha() for character in text) else None
    ascii_text = text.encode("ascii", "ignore")
    letters = len(ascii_text.translate(None, _NO_LETTERS))
    if letters > len(text) - len(ascii_text):
        return "Latin"  # more ASCII letters than all other characters together
    counts = {name: 0 for name, _ in _SCRIPTS} | {"Latin": letters}
    others = text.encode("utf-8", "surrogatepass").translate(None, _ASCII).decode("utf-8", "surrogatepass")
    for character, times in Counter(others).items():
        if script := _script(character):
            counts[script] += times
    name, count = max(counts.items(), key=itemgetter(1))
    return name if count else None


@lru_cache(1 << 12)  # a text holds some dozens of different characters
def _script(character: str) -> str | None:
    return next((name for name, pattern in _SCRIPTS if pattern.match(character)), None)


def english_share(text: str) -> float:
    """Share of English function words among the words."""
    if text.isascii() or not _OTHER_LETTERS.search(text):  # a third of the time
        words = _ASCII_WORD.findall(text.lower())
    else:
        words = [word.lower() for word in _WORD.findall(text)]
    return sum(map(_FUNCTION_WORDS.__contains__, words)) / len(words) if words else 0.0


@lru_cache(_BEGINNINGS)
def _begins_english(beginning: str) -> bool:
    return english_share(beginning) >= _ENGLISH_SHARE


def language_of(text: str) -> tuple[str, float | None]:
    """BCP-47 code and, where langdetect had to be asked, its probability; `und` for too little text."""
    letters = (character for character in text[: 4 * _SAMPLE] if character.isalpha())
    if next(islice(letters, MIN_LETTERS - 1, None), None) is None:
        return "und", None
    if script_of(text[: 4 * _SAMPLE]) == "Latin" and is_english(text):
        return "en", None
    return _detected(text[:_SAMPLE])


def is_foreign(line: str, main_script: str | None, *, english: bool = True) -> bool:
    """Whether a line is surely in another language than the text around it.

    A majority of letters in another script decides alone; in a text of another script than Latin, where names of
    people and products stand in Latin letters, only if it is running text. Within one script only lines of an
    `english` text can be told: langdetect must be sure at .95, and is asked only about lines of at least four
    lower-case words that hold few English words, and are neither code nor a list with commas: 0 of 6,186 real English
    menu, title, name and news lines were called foreign that way.
    """
    core = _MARKUP.sub(" ", line)
    script = script_of(core)
    words = [word for word in _WORD.findall(core) if word[0].islower()]
    if script and main_script and _family(script) != _family(main_script):
        return script != "Latin" or (len(words) >= _RUNNING and not _is_listing(core, len(words)))
    letters = sum(len(word) for word in words)
    if not english or len(words) < _RUNNING or letters < 15 or english_share(core) >= _ENGLISH_SHARE:
        return False
    if _is_listing(core, len(words)) or _known_share(words) >= 0.6:
        return False
    code, score = _detected(core)
    return code != "en" and (score or 0) >= 0.95


def _is_listing(line: str, words: int) -> bool:
    """Whether a line is code, or a list with commas."""
    return 2 * line.count(",") >= words or _CODE.search(line) is not None


def is_english(text: str) -> bool:
    """Whether a text holds as many English function words as English texts do, by its beginning."""
    return _begins_english(text[: 4 * _SAMPLE])


def _family(script: str) -> str:
    """Scripts that one language writes side by side count as one."""
    return "East Asian" if script in _EAST_ASIAN else script


def _known_share(words: list[str]) -> float:
    from cleanse.words import is_known  # noqa: PLC0415 - the word list is slow to load

    return sum(is_known(word) for word in words) / len(words)


def _detected(text: str) -> tuple[str, float | None]:
    from cleanse.detecting import detected  # noqa: PLC0415 - its profiles are slow to load

    found = detected(text)
    if found is None:  # too little text, or a script it has no statistics of
        return "und", None
    code, chance = found
    if code == "ko" and not _HANGUL.search(text):  # what it calls much Chinese in traditional characters
        code = "zh-tw"
    return _CODES.get(code, code), round(chance, 4)
