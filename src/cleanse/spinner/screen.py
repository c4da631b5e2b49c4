"""Which families a text may have been spun by at all: one look at its words and phrases for all of them.

The forms of a family alone, without anything that speaks against it, are a bound of its score, and with the originals
that survive a closer one. Nearly every genuine text stays below the limits, whatever the gates would find.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.gate import CAP, lowest
from cleanse.spinner.mixture import INFLECTED, most_of_each
from cleanse.spinner.runs import Phrases, Runs, Words
from cleanse.spinner.tells import SURE, Standing, Tells

_ROUNDING = 1e-6
_Says = Sequence[tuple[int, float, int]]
"""Of each family that knows a phrase: its number, nats if it has a rate, and how many sure forms it is."""


class Family(Protocol):
    """A lexicon and what its rows say, read at the first question."""

    @property
    def lexicon(self) -> Lexicon:
        """The rows and the limits."""
        ...

    @property
    def tells(self) -> Tells:
        """What the rows say."""
        ...


@dataclass(frozen=True)
class Screen:
    """The bounds of all families, prepared once."""

    families: Sequence[Family]

    @cached_property
    def _forms(self) -> Mapping[str, Sequence[tuple[int, float, int]]]:
        """By word, the families it is a form of: nats of one occurrence, and how many occurrences count."""
        forms: dict[str, list[tuple[int, float, int]]] = defaultdict(list)
        for number, family in enumerate(self.families):
            spun: Mapping[str, float] = {word: nats for word, nats in family.tells.words.items() if nats > 0}
            cap = CAP
            if family.lexicon.replaces:
                spun, cap = most_of_each(spun), INFLECTED
            for word, nats in spun.items():
                forms[word].append((number, nats, cap))
        return dict(forms)

    @cached_property
    def _originals(self) -> Sequence[Mapping[str, float]]:
        """Of each family, the words that speak against it."""
        return [{word: nats for word, nats in family.tells.words.items() if nats <= 0} for family in self.families]

    @cached_property
    def _phrases(self) -> Phrases[_Says]:
        same: dict[_Says, _Says] = {}
        said: dict[Runs, _Says] = {}
        for number, family in enumerate(self.families):
            for runs, nats in family.tells.rated.items():
                says = (*said.get(runs, ()), (number, nats, 0))
                said[runs] = same.setdefault(says, says)
            for runs, count in family.tells.sure.items():
                says = (*said.get(runs, ()), (number, 0.0, count))
                said[runs] = same.setdefault(says, says)
        return Phrases(said, {runs: at for family in self.families for runs, at in family.tells.rare.items()})

    @cached_property
    def _limits(self) -> Sequence[tuple[float, float]]:
        """Of each family, the score and the density from which a text is anything but clean."""
        limits = (lowest(family.lexicon) for family in self.families)
        return [(limit["score"], limit["density"]) for limit in limits]

    def passed(self, words: Words) -> Iterator[tuple[int, Standing]]:
        """The families whose limits a text may reach, with the phrases of theirs that stand in it."""
        most = [0.0] * len(self.families)
        counts = words.counts
        for word in counts.keys() & self._forms.keys():
            for family, nats, cap in self._forms[word]:
                most[family] += nats * min(counts[word], cap)
        rated: list[dict[Runs, float]] = [{} for _ in self.families]
        sure = [0] * len(self.families)
        begins: list[set[str]] = [set() for _ in self.families]
        for runs, says in self._phrases.standing(words):
            for family, nats, count in says:
                if count:
                    sure[family] += count
                    begins[family].update(runs[:1])
                else:
                    rated[family][runs] = nats
        for family, (score, density) in enumerate(self._limits):
            bound = most[family] + sum(rated[family].values()) + SURE * sure[family] + _ROUNDING
            needed = max(score, density * len(words.runs) / 100)
            if bound >= needed and bound + self._against(family, words) >= needed:
                yield family, Standing(rated[family], sure[family], frozenset(begins[family]))

    def _against(self, family: int, words: Words) -> float:
        """What the surviving originals of a family say."""
        originals, counts = self._originals[family], words.counts
        return sum(originals[word] * min(counts[word], CAP) for word in counts.keys() & originals.keys())
