"""The words that keep company with a form, whatever their endings: what the guards of all its inflections name.

A guard asks for a word directly beside one inflected form. The same word two places off, in another inflection, or
itself replaced, says the same thing more softly. Words are compared by their stems, and a word of the text counts
as itself and as what it may have been.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from cleanse.rules.lexicon import UNSURE
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.tokens import TokenText, split_form

WINDOW = 4
"""Tokens to either side that may speak for an original."""
_MEANINGS = 4
"""Originals that a word of the text may have been."""
_LONGEST = 4
"""Words of an original that is a fixed phrase."""
_ENDINGS = ("ies", "ing", "ied", "es", "ed", "s", "er", "ers", "e")
_SHORTEST = 3
_REMEMBERED = 1 << 13
"""Words whose stems are kept at hand: the first spun text of a run asks about 6,000."""
_LISTS = 1 << 7
"""Lists of guards that are kept at hand: inflections of a word share theirs."""
_AT_HAND = 1 << 6
"""First words whose forms are kept at hand: those of many are asked one after another."""
_HEARD = 1 << 9
"""Forms whose speakers are kept at hand, 4 kB each."""
_SILENT = frozenset(
    "a an the of to in on at by for with from is are was were be been being and or but it its he his she her they "
    "their this that these those we i you as not has have had will would can could may might must should s 's which "
    "who than into over up out about after before if so _".split()
)
"""Words that stand beside anything."""


@lru_cache(_REMEMBERED)
def stem(word: str) -> str:
    """A word without the endings of English inflection, roughly: enough to tell whether two words are one."""
    if word.endswith(_ENDINGS):  # two of three words have none
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
                word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
                break
    return word[:-1] if len(word) > _SHORTEST and word.endswith("e") else word


def _beginning(word: str) -> str:
    """What a word has in common with whatever has its stem: as many letters as every stem keeps."""
    return word[:_SHORTEST]


def _by_beginning(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Words by how they begin."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in words:
        found[_beginning(word)].append(word)
    return dict(found)


def _stems(form: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in split_form(form))


@dataclass(frozen=True)
class Around:
    """The stems around a form: directly beside it, and within the window."""

    beside: frozenset[str]
    within: frozenset[str]
    standing: frozenset[str]
    """Beside it, as the words stand there, without what they may have been."""


@dataclass(frozen=True)
class Company:
    """Which words speak for an original or against a repair, read from the guards of a lexicon."""

    index: FormIndex
    _heard: dict[tuple[str, ...], tuple[Mapping[tuple[str, ...], Collection[str]], Collection[str]]] = field(
        default_factory=dict, compare=False
    )
    _beside: dict[str, Collection[str]] = field(default_factory=dict, compare=False)
    _rows: dict[str, Mapping[tuple[str, ...], Sequence[int]]] = field(default_factory=dict, compare=False)

    @cached_property
    def _firsts(self) -> Mapping[str, Sequence[str]]:
        """First words of forms, by how they begin."""
        return _by_beginning(self.index.firsts())

    def _inflected(self, first: str) -> Mapping[tuple[str, ...], Sequence[int]]:
        """Row numbers by the stems of their form, of forms whose first word has a stem."""
        if first not in self._rows:
            if len(self._rows) >= _AT_HAND:
                self._rows.clear()
            rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for word in self._firsts.get(_beginning(first), ()):
                if stem(word) == first:
                    for number in self.index.numbers(word):
                        rows[_stems(self.index.form(number))].append(number)
            self._rows[first] = dict(rows)
        return self._rows[first]

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[str]]:
        """Originals that are fixed phrases, by each of their words."""
        phrases: dict[str, list[str]] = defaultdict(list)
        for original in {original for original in self.index.originals() if " " in original}:
            if len(words := split_form(original)) <= _LONGEST:
                for word in words:
                    phrases[word].append(original)
        return dict(phrases)

    @cached_property
    def _words(self) -> Mapping[str, Sequence[str]]:
        """The words of fixed phrases, by how they begin."""
        return _by_beginning(self._phrases)

    def _partners(self, word: str) -> Collection[str]:
        """By stem, the others of the fixed phrases it is part of."""
        if word not in self._beside:
            same = (one for one in self._words.get(_beginning(word), ()) if stem(one) == word)
            found = {other for one in same for original in self._phrases[one] for other in _stems(original)}
            self._beside[word] = found - {word} - _SILENT
        return self._beside[word]

    def _speakers(self, spun: tuple[str, ...]) -> tuple[Mapping[tuple[str, ...], Collection[str]], Collection[str]]:
        """For the stems of a form: the words its guards ask for, by original, and those they refuse."""
        heard = self._heard.get(spun)
        if heard is None:
            if len(self._heard) >= _HEARD:
                self._heard.clear()
            asked: dict[tuple[str, ...], set[str]] = defaultdict(set)
            refused: set[str] = set()
            for row in map(self.index.guards, self._inflected(spun[0]).get(spun, ())):
                asked[_stems(row.original)].update(*map(_named, (row.before, row.after, row.near)))
                refused.update(_named(row.unless))
            heard = self._heard[spun] = dict(asked), refused
        return heard

    def around(self, text: TokenText, start: int, end: int) -> Around:
        """The words of the sentence around the tokens `start:end`."""
        places = [
            at
            for at in range(max(0, start - WINDOW), min(len(text.tokens), end + WINDOW))
            if not start <= at < end and text.same_sentence(at, start)
        ]
        beside = [at for at in places if at in (start - 1, end)]
        return Around(
            beside=frozenset(word for at in beside for word in self._meanings(text.tokens[at].lower)),
            within=frozenset(word for at in places for word in self._meanings(text.tokens[at].lower)),
            standing=frozenset(stem(text.tokens[at].lower) for at in beside),
        )

    def _meanings(self, word: str) -> Iterator[str]:
        """The stems of a word and of what it may have been."""
        yield stem(word)
        originals: dict[str, None] = {}
        if form := self.index.of((word,)):
            originals.update((row.original.lower(), None) for row in form.rows if row.sureness not in UNSURE)
        for original in list(originals)[:_MEANINGS]:
            yield from _stems(original)

    def evidence(self, spun: tuple[str, ...], original: str, around: Around) -> Iterator[str]:
        """What the words around say of an original: `company-beside`, `company-near`, `phrase`, `refused`."""
        stems = tuple(stem(word) for word in spun)
        asked, refused = self._speakers(stems)
        words = _stems(original)
        named = asked.get(words, ())
        if not around.beside.isdisjoint(named):
            yield "company-beside"
        if not around.within.isdisjoint(named):
            yield "company-near"
        if len(words) == 1 and not around.beside.isdisjoint(self._partners(words[0])):
            yield "phrase"
        if not around.standing.isdisjoint(refused):
            yield "refused"


@lru_cache(_LISTS)
def _named(items: tuple[str, ...]) -> frozenset[str]:
    """The stems of the words that guards name, silent ones aside."""
    words = {word for item in items for word in item.lower().replace("*", "").split()}
    return frozenset(stem(word) for word in words - _SILENT if not word.startswith("<"))
