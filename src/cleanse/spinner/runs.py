"""The words of a text as the gates see them, and which of many phrases stand among them."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress, count, pairwise
from typing import Generic, TypeVar

RUN = re.compile(r"[a-z]+")
Runs = tuple[str, ...]
"""Lower-case runs of ASCII letters, one after another."""
_APART = bytes(byte if byte in b"abcdefghijklmnopqrstuvwxyz" else ord(" ") for byte in range(256))
"""Leaves nothing but the runs."""
_PAIR = 2
Said = TypeVar("Said")


class Words:
    """The lower-case runs of ASCII letters of a text: what a gate weighs."""

    def __init__(self, text: str) -> None:
        parted = text.lower().encode("utf-8", "surrogatepass").translate(_APART)  # a third of the time of a pattern
        self.runs = parted.decode("ascii").split()
        self.counts = Counter(self.runs)


@dataclass(frozen=True)
class Phrases(Generic[Said]):
    """Many phrases, with what is said of each."""

    said: Mapping[Runs, Said]
    rare: Mapping[Runs, int]
    """Of those of more than two runs, where the two begin by which they are looked for; see `rarest`."""

    @cached_property
    def _longer(self) -> Mapping[Runs, Sequence[Runs]]:
        """Those of more than two runs, by two side by side."""
        found: dict[Runs, list[Runs]] = {}
        for runs, at in self.rare.items():
            found.setdefault(runs[at : at + _PAIR], []).append(runs)
        return found

    @cached_property
    def _pairs(self) -> frozenset[Runs]:
        """What is looked for."""
        return frozenset((*(runs for runs in self.said if len(runs) == _PAIR), *self._longer))

    @cached_property
    def _lone(self) -> Sequence[Runs]:
        """Those of a single run, or of none: these stand everywhere."""
        return [runs for runs in self.said if len(runs) < _PAIR]

    def standing(self, words: Words) -> Iterator[tuple[Runs, Said]]:
        """Those that stand in a text."""
        is_pair = map(self._pairs.__contains__, pairwise(words.runs))
        places = [(at, (words.runs[at], words.runs[at + 1])) for at in compress(count(), is_pair)]  # few of very many
        for pair in {pair for _, pair in places}:
            if pair in self.said:
                yield pair, self.said[pair]
        longer = {runs for at, pair in places for runs in self._longer.get(pair, ()) if self._stands(runs, words, at)}
        yield from ((runs, self.said[runs]) for runs in longer)
        for runs in self._lone:
            if words.counts.keys() >= set(runs):
                yield runs, self.said[runs]

    def _stands(self, runs: Runs, words: Words, at: int) -> bool:
        """Whether a phrase stands where its pair does."""
        begin = at - self.rare[runs]
        return begin >= 0 and tuple(words.runs[begin : begin + len(runs)]) == runs


def rarest(phrases: Iterable[Runs]) -> dict[Runs, int]:
    """Of every phrase of more than two runs, where the two side by side begin that texts and phrases hold least.

    Measured on manuals and books: every letter makes a pair rarer by a third, near enough.
    """
    longer = [runs for runs in phrases if len(runs) > _PAIR]
    shared: Counter[Runs] = Counter(pair for runs in longer for pair in pairwise(runs))
    return {runs: min(enumerate(pairwise(runs)), key=lambda one: _common(one[1], shared))[0] for runs in longer}


def _common(pair: Runs, shared: Mapping[Runs, int]) -> float:
    return shared[pair] * math.pow(2 / 3, len(pair[0]) + len(pair[1]))
