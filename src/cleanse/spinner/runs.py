"""The words of a text as the gates see them, and which of many phrases stand among them."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

RUN = re.compile(r"[a-z]+")
Runs = tuple[str, ...]
"""Lower-case runs of ASCII letters, one after another."""
_GLUED = re.compile("[0-9\x80-\U0010ffff](?<=\\d)(?:st|nd|rd|th)[a-z]")  # a plain class is found five times as fast
_APART = bytes(byte if byte in b"abcdefghijklmnopqrstuvwxyz" else ord(" ") for byte in range(256))
"""Leaves nothing but the runs."""


class Words:
    """The lower-case runs of ASCII letters of a text: what a gate weighs."""

    def __init__(self, text: str) -> None:
        self._lower = text.lower()
        parted = self._lower.encode("utf-8", "surrogatepass").translate(_APART)  # a third of the time of a pattern
        self._runs = parted.decode("ascii").split()
        self.counts = Counter(self._runs)

    @cached_property
    def pairs(self) -> frozenset[Runs]:
        """Those that stand side by side."""
        return frozenset(pairwise(self._runs))

    @cached_property
    def _running(self) -> str:
        return f" {' '.join(self._runs)} "

    def run_on(self, runs: Runs) -> bool:
        """Whether these stand side by side somewhere."""
        if len(runs) < 2:
            return all(run in self.counts for run in runs)
        if not self.pairs.issuperset(pairwise(runs)):
            return False
        return len(runs) == 2 or f" {' '.join(runs)} " in self._running  # a tenth of the time goes into the last

    @cached_property
    def glued(self) -> bool:
        """Whether a word is stuck to an ordinal (`2ndmost`), where runs are not what tokens are made of."""
        return _GLUED.search(self._lower) is not None


@dataclass(frozen=True)
class Phrases:
    """Many phrases, each looked for by two of its runs side by side that few others hold."""

    phrases: Sequence[Runs]

    @cached_property
    def _by_pair(self) -> Mapping[Runs, Sequence[Runs]]:
        shared: Counter[Runs] = Counter(pair for runs in self.phrases for pair in pairwise(runs))
        found: dict[Runs, list[Runs]] = defaultdict(list)
        for runs in self.phrases:
            pairs: list[Runs] = list(pairwise(runs))
            found[min(pairs, key=shared.__getitem__) if pairs else runs].append(runs)
        return found

    @cached_property
    def _pairs(self) -> frozenset[Runs]:
        """What tells them: two sets meet in less time than a set and a mapping."""
        return frozenset(self._by_pair)

    @cached_property
    def _lone(self) -> frozenset[Runs]:
        """Those of a single run, or of none: these stand everywhere."""
        return frozenset(runs for runs in self._by_pair if len(runs) < 2)

    def standing(self, words: Words) -> list[Runs]:
        """Those that stand in a text, each as often as it was given."""
        near = [*(words.pairs & self._pairs), *self._lone]
        return [runs for pair in near for runs in self._by_pair[pair] if words.run_on(runs)]
