"""The furniture lexicon and the function words: which phrases of site furniture a line holds.

Both are data: `furniture.tsv` (class, language, phrase) and `function_words.tsv` (language, word). A phrase
is matched on whole words, case-folded, with every number standing for `#`; languages written without
spaces are matched as substrings. Only the languages a document is written in, and English, are consulted.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(r"[^\W\d_]+(?:['’`\u200c-][^\W\d_]+)*|\d+(?:[.,:]\d+)*|[©&]")
"""A word, a number, or one of the two signs that carry meaning in furniture ("© 2020", "News & events")."""

_ASCII_TOKEN = re.compile(r"[a-z]+(?:['-][a-z]+)*|[0-9]+(?:[.,:][0-9]+)*|&")
"""The same in case-folded ASCII, in half the time."""

_LOOSE = re.compile("['0-9&-](?:(?<=[0-9&])|(?![a-z])|(?<![a-z]['-]))")
"""Numbers, and marks that join no two letters; without them words are what stands between other signs."""

_GAPS = "".join(sign if sign.islower() or sign in "'-" else " " for sign in map(chr, range(128)))
"""Other signs as blanks, by their code."""

LONG_PHRASE = 3
"""Words a phrase must have to count in a long line."""

UNSPACED = frozenset({"zh", "ja"})
"""Languages without spaces between words: their phrases are looked up as substrings."""

HANGUL = re.compile(r"[\uac00-\ud7af]")
"""Korean syllables: its particles cling to the words, so that function words are too rare to tell it by."""

SPACED_SCRIPT = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_PIECE = 400
"""Characters of a line that are read to tell the language."""

_ENOUGH_WORDS = 250
"""Words that tell the language of a text."""

_FIRST_HAN = "\u3400"
"""Kana stand before it, Han characters behind."""

FACTS = frozenset({"byline", "credit", "stamp"})
"""Classes that name facts about the text (who, when, whose picture), not furniture: another stage moves them."""


def fold(text: str) -> str:
    """Case-folded text with one kind of apostrophe, the form in which phrases are compared."""
    if text.isascii():
        return text.lower().replace("`", "'")
    return text.casefold().replace("’", "'").replace("`", "'")


def word_keys(text: str) -> list[str]:
    """The words of a case-folded text, numbers as `#`: what phrases are matched on."""
    if not text.isascii():
        return ["#" if word[0].isdigit() else word for word in TOKEN.findall(text)]
    if not _LOOSE.search(text):
        return text.translate(_GAPS).split()
    return ["#" if word[0].isdigit() else word for word in _ASCII_TOKEN.findall(text)]


def tells_language(text: str) -> bool:
    """Is a line long enough to be running text? East Asian scripts say in 20 characters what others say in 60."""
    if len(text) > 60 or len(text) <= 20 or text.isascii():
        return len(text) > 60
    return 2 * (len(SPACED_SCRIPT.findall(text)) + len(HANGUL.findall(text))) > len(text)


@dataclass(frozen=True, slots=True)
class Hit:
    """How much of a line one class of phrases covers: words (or characters, unspaced) of it, and of how many."""

    kind: str
    covered: int
    of: int

    @property
    def whole(self) -> bool:
        """True when the class covers at least 60 % of the line: the line *is* furniture, not a text about it."""
        return self.covered * 10 >= self.of * 6


@dataclass(frozen=True)
class Phrases:
    """The phrases of some languages: which sizes begin with a word, and the classes of each phrase."""

    sizes: Mapping[str, tuple[int, ...]]
    """Words of the phrases that begin with a word, most first."""
    vocabulary: frozenset[str]
    """Their words."""
    alone: frozenset[str]
    """The phrases of one word."""
    pairs: frozenset[tuple[str, str]]
    """The first two words of the others."""
    long: Mapping[tuple[str, str], tuple[int, ...]]
    """The same of phrases with at least `LONG_PHRASE` words, the only ones that count in long lines, by two words."""
    phrases: Mapping[tuple[str, ...], tuple[str, ...]]
    unspaced: re.Pattern[str] | None
    kinds: Mapping[str, tuple[str, ...]]

    def may_cover(self, words: Sequence[str]) -> bool:
        """Whether phrases may cover 60 % of a line; False is sure."""
        return self.unspaced is not None or 10 * sum(map(self.vocabulary.__contains__, words)) >= 6 * len(words)

    def hits(self, text: str, words: Sequence[str], *, long: bool) -> list[Hit]:
        """Classes found in a folded text with these words, in fixed order; in `long` texts by long phrases only."""
        covered = self._long(words) if long else self._spaced(words)
        total = len(words)
        if covered:
            return [Hit(kind, count, total) for kind, count in covered.items()]
        if self.unspaced is not None and SPACED_SCRIPT.search(text):
            return self._substrings(text, self.unspaced)
        return []

    def _spaced(self, words: Sequence[str]) -> dict[str, int]:
        covered: dict[str, int] = {}
        if self.alone.isdisjoint(words) and self.pairs.isdisjoint(zip(words, words[1:])):  # noqa: RUF007, B905 - faster
            return covered
        free, sizes = 0, self.sizes
        for at, word in enumerate(words):
            if word in sizes and at >= free:
                free = self._cover(words, at, sizes[word], covered)
        return covered

    def _long(self, words: Sequence[str]) -> dict[str, int]:
        covered: dict[str, int] = {}
        free, sizes = 0, self.long
        if sizes.keys().isdisjoint(zip(words, words[1:])):  # noqa: RUF007, B905 - faster than pairwise
            return covered
        for at, pair in enumerate(zip(words, words[1:])):  # noqa: RUF007, B905 - a third faster than pairwise
            if pair in sizes and at >= free:
                free = self._cover(words, at, sizes[pair], covered)
        return covered

    def _cover(self, words: Sequence[str], at: int, sizes: Sequence[int], covered: dict[str, int]) -> int:
        """Count the longest phrase that begins here; where the next one may begin."""
        for size in sizes:
            kinds = self.phrases.get(tuple(words[at : at + size]))
            if kinds is not None and at + size <= len(words):
                for kind in kinds:
                    covered[kind] = covered.get(kind, 0) + size
                return at + size
        return at

    def _substrings(self, text: str, pattern: re.Pattern[str]) -> list[Hit]:
        covered: dict[str, int] = {}
        for match in pattern.finditer(text):
            for kind in self.kinds[match[0]]:
                covered[kind] = covered.get(kind, 0) + len(match[0])
        letters = sum(map(str.isalpha, text))
        return [Hit(kind, count, max(letters, 1)) for kind, count in covered.items()]


@dataclass(frozen=True)
class Lexicon:
    """All rows of both tables, and the phrases prepared for a language, together with English, when it is met."""

    rows: Mapping[str, Sequence[tuple[str, str, str]]]
    """Class, language and phrase, for each language of the table with those of English."""
    functions: Mapping[str, frozenset[str]]
    speakers: Mapping[str, tuple[str, ...]]
    """The languages each function word belongs to."""
    _prepared: dict[str, Phrases] = field(default_factory=dict, compare=False)

    def phrases(self, language: str) -> Phrases:
        """The phrases to consult in a document of this language; English ones when the language is unknown."""
        known = language if language in self.rows else "en"
        if known not in self._prepared:
            self._prepared[known] = _prepare(self.rows[known], known)
        return self._prepared[known]

    def language(self, lines: Iterable[str]) -> str:
        """The language whose function words are most frequent in these lines, "" when none is plain."""
        counts = dict.fromkeys(self.functions, 0)
        speakers = self.speakers
        seen = kana = han = hangul = 0
        for line in lines:
            piece = line[:_PIECE]
            if not tells_language(piece):
                continue
            if not piece.isascii():
                unspaced = SPACED_SCRIPT.findall(piece)
                kana += sum(sign < _FIRST_HAN for sign in unspaced)
                han += len(unspaced)
                hangul += len(HANGUL.findall(piece))
            words = piece.casefold().split()
            seen += len(words)
            for word in filter(speakers.__contains__, words):
                for language in speakers[word]:
                    counts[language] += 1
            if seen > _ENOUGH_WORDS or han > 2 * _ENOUGH_WORDS:
                break
        if han > 2 * seen:
            return "ja" if kana * 10 > han else "zh"
        if hangul > seen and "ko" in counts:
            return "ko"
        best = max(counts, key=lambda name: counts[name])
        return best if counts[best] * 10 > seen else ""


def _prepare(rows: Sequence[tuple[str, str, str]], language: str) -> Phrases:
    spaced: dict[tuple[str, ...], list[str]] = {}
    kinds: dict[str, list[str]] = {}
    for kind, owner, phrase in rows:
        if owner not in {language, "en"}:
            continue
        if owner in UNSPACED and SPACED_SCRIPT.search(phrase):
            kinds.setdefault(phrase.replace(" ", ""), []).append(kind)
            continue
        key = tuple(word_keys(fold(phrase).replace("#", "0")))
        if key:
            same = spaced.setdefault(key, [])
            if kind not in same:
                same.append(kind)
    pattern = re.compile("|".join(map(re.escape, sorted(kinds, key=lambda p: (-len(p), p))))) if kinds else None
    sizes: dict[str, set[int]] = {}
    long: dict[tuple[str, str], set[int]] = {}
    for key in spaced:
        sizes.setdefault(key[0], set()).add(len(key))
        if len(key) >= LONG_PHRASE:
            long.setdefault((key[0], key[1]), set()).add(len(key))
    return Phrases(
        sizes={first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()},
        vocabulary=frozenset(word for key in spaced for word in key),
        alone=frozenset(key[0] for key in spaced if len(key) == 1),
        pairs=frozenset((key[0], key[1]) for key in spaced if len(key) > 1),
        long={pair: tuple(sorted(found, reverse=True)) for pair, found in long.items()},
        phrases={key: tuple(found) for key, found in spaced.items()},
        unspaced=pattern,
        kinds={phrase: tuple(names) for phrase, names in kinds.items()},
    )


def _rows(table: str) -> list[list[str]]:
    return [line.split("\t") for line in table.splitlines()[1:] if line]


def parse_lexicon(furniture: str, function_words: str) -> Lexicon:
    """The lexicon from the texts of `furniture.tsv` and `function_words.tsv`."""
    rows = [(kind, language, phrase) for kind, language, phrase in _rows(furniture)]
    functions: dict[str, set[str]] = {}
    for language, word in _rows(function_words):
        functions.setdefault(language, set()).add(word)
    speakers: dict[str, tuple[str, ...]] = {}
    for language in sorted(functions):
        for word in sorted(functions[language]):
            speakers[word] = (*speakers.get(word, ()), language)
    return Lexicon(
        {
            name: [row for row in rows if row[1] in {name, "en"}]
            for name in sorted({language for _, language, _ in rows})
        },
        {name: frozenset(words) for name, words in sorted(functions.items())},
        speakers,
    )
