"""What tells the texts of a spinner: words and phrases, each with what one occurrence says, in nats.

They follow from the rows of the lexicons, which takes a third of a second for the shipped ones. So what follows is kept
beside them (`tells.tsv.gz`, made by `cleanse spinner tells`), with the digests of the tables it was made from:

    table <tab> word <tab> nats <tab> word word …
    table <tab> rated <tab> nats <tab> phrase|phrase …
    table <tab> sure <tab> how many forms <tab> phrase|phrase …

A phrase of more than two words begins with the place of the two by which it is looked for.
"""

import gzip
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from sys import intern
from typing import TypeVar

from cleanse.spinner.runs import Phrases, Runs, Words, rarest

SURE = 4.0
"""Nats for a form of several words that nobody writes: hardly one of them stands once in a million genuine words."""
_DIGITS = 2
_WORD, _RATED, _SURE = "word", "rated", "sure"
_MADE_FROM = "# made from"
_Key = TypeVar("_Key", str, Runs)


@dataclass(frozen=True)
class Standing:
    """Which forms of several words stand in a text."""

    rated: Mapping[Runs, float]
    sure: int
    """No more sure forms than this stand there: their runs do, side by side."""
    begins: frozenset[str]
    """The runs by which those begin."""


@dataclass(frozen=True)
class Tells:
    """What tells the texts of one spinner. Nats have two digits behind the point, as they are written."""

    words: Mapping[str, float]
    """Single words: above 0 forms that are commoner in spun text, else originals that are rarer there."""
    rated: Mapping[Runs, float]
    """Forms of several words of which rates are known."""
    sure: Mapping[Runs, int]
    """Runs of forms that nobody writes, and how many forms have them."""
    rare: Mapping[Runs, int]
    """Of forms of more than two words, where the two begin by which they are looked for."""

    @classmethod
    def of(cls, words: Mapping[str, float], rated: Mapping[Runs, float], sure: Mapping[Runs, int]) -> "Tells":
        """With nats as they are written, and the rarest pairs of words."""
        return cls(
            {word: round(nats, _DIGITS) for word, nats in words.items()},
            {runs: round(nats, _DIGITS) for runs, nats in rated.items()},
            sure,
            rarest((*rated, *sure)),
        )

    @cached_property
    def _phrases(self) -> Phrases[None]:
        return Phrases(dict.fromkeys((*self.rated, *self.sure)), self.rare)

    def standing(self, words: Words) -> Standing:
        """Which forms of several words stand in a text."""
        found = [runs for runs, _ in self._phrases.standing(words)]
        rated = {runs: self.rated[runs] for runs in found if runs in self.rated}
        sure = [runs for runs in found if runs in self.sure]
        return Standing(rated, sum(map(self.sure.__getitem__, sure)), frozenset(runs[0] for runs in sure if runs))


def table(tells: Mapping[str, Tells], digests: Mapping[str, str]) -> bytes:
    """The written form, packed; `digests` are those of the tables it follows from."""
    lines = [_head(digests), *(line for name, one in sorted(tells.items()) for line in _lines(name, one))]
    return gzip.compress("\n".join(lines).encode() + b"\n", mtime=0)


def read(raw: bytes, digests: Mapping[str, str]) -> Mapping[str, Sequence[str]]:
    """The written lines of each table; none where the bytes are something else, or were made from other tables."""
    try:
        head, *lines = gzip.decompress(raw).decode().splitlines()
    except (OSError, EOFError, zlib.error, ValueError):
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines if head == _head(digests) else ():
        name, _, said = line.partition("\t")
        found[name].append(said)
    return found


def parse(lines: Iterable[str]) -> Tells:
    """The tells of one table."""
    words: dict[str, float] = {}
    rated: dict[Runs, float] = {}
    sure: dict[Runs, int] = {}
    rare: dict[Runs, int] = {}
    for line in lines:
        kind, nats, items = line.split("\t")
        if kind == _WORD:
            words.update(dict.fromkeys(map(intern, items.split(" ")), float(nats)))
            continue
        phrases: list[Runs] = []
        for item in items.split("|"):
            phrase = item.split(" ")
            if phrase[0].isdecimal():
                phrases.append(runs := tuple(map(intern, phrase[1:])))
                rare[runs] = int(phrase[0])
            else:
                phrases.append(tuple(map(intern, phrase)))
        if kind == _RATED:
            rated.update(dict.fromkeys(phrases, float(nats)))
        else:
            sure.update(dict.fromkeys(phrases, int(nats)))
    return Tells(words, rated, sure, rare)


def _head(digests: Mapping[str, str]) -> str:
    return " ".join((_MADE_FROM, *(f"{name}={digest}" for name, digest in sorted(digests.items()))))


def _lines(name: str, tells: Tells) -> Iterator[str]:
    for nats, words in _by_value(tells.words).items():
        yield f"{name}\t{_WORD}\t{nats:g}\t{' '.join(sorted(words))}"

    def written(runs: Runs) -> str:
        return " ".join((str(tells.rare[runs]), *runs) if runs in tells.rare else runs)

    for kind, phrases in ((_RATED, tells.rated), (_SURE, tells.sure)):
        for value, known in _by_value(phrases).items():
            yield f"{name}\t{kind}\t{value:g}\t{'|'.join(sorted(map(written, known)))}"


def _by_value(said: Mapping[_Key, float]) -> Mapping[float, Sequence[_Key]]:
    by_value: dict[float, list[_Key]] = defaultdict(list)
    for key, value in said.items():
        by_value[value].append(key)
    return dict(sorted(by_value.items()))
