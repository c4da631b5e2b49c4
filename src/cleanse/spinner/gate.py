"""Is this text spun? The spinner replaces every occurrence of an original, and that absence is the evidence.

For each original the lexicon knows, the gate compares how often it stands in the text with how often its spun
forms do. In genuine English the share of the spun forms is small and known; in a spun text it is nearly one. The
score is the log-likelihood ratio of the two, summed over originals; the suppression ratio A / (A + B) of the
published prototype (spun forms against surviving originals, at most three of each) is kept beside it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cleanse.rules.lexicon import Lexicon, Sureness
from cleanse.spinner.tokens import split_form

_CAP = 3
"""Occurrences of one word that count: a text about warfare says warfare often."""
_SURVIVES = 0.06
"""Share of originals that a spinner leaves standing."""
_FLOOR = 0.05
"""Occurrences per million words assumed for a form that the background does not have."""
_PHRASE = 4.0
"""Nats for a spun form of several words: hardly one of them stands once in a million genuine words."""
_HOPELESS = 60.0
"""Nats that forms of several words are not expected to make up for."""
_RARER = 3.0
"""An original must be this much more frequent than its spun forms to be evidence."""


class Finding(StrEnum):
    """What the gate makes of a text."""

    CLEAN = "clean"
    SUSPECTED = "suspected"
    SPUN = "spun"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return list(Finding).index(self)


@dataclass(frozen=True)
class Score:
    """The evidence for one family."""

    family: str
    finding: Finding
    score: float
    """Log-likelihood ratio in nats."""
    ratio: float
    """A / (A + B)."""
    hits: int
    """A: spun forms found."""
    kinds: int
    """Different spun forms found."""


@dataclass(frozen=True)
class Gate:
    """The evidence a lexicon gives, prepared once."""

    lexicon: Lexicon

    @property
    def _limits(self) -> tuple[tuple[Finding, Mapping[str, float]], ...]:
        return (Finding.SPUN, self.lexicon.limits["spun"]), (Finding.SUSPECTED, self.lexicon.limits["suspected"])

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """Nats per occurrence of a single word: positive for spun forms, negative for originals."""
        forms: dict[str, dict[str, float]] = defaultdict(dict)
        rates: dict[str, float] = {}
        for row in self.lexicon.rows:
            single = len(split_form(row.spun)) == len(split_form(row.original)) == 1
            if single and row.sureness is not Sureness.FLUENT and row.spun_rate is not None and row.original_rate:
                forms[row.original.lower()][row.spun.lower()] = max(row.spun_rate, _FLOOR)
                rates[row.original.lower()] = row.original_rate
        spun_somewhere = {spun for spuns in forms.values() for spun in spuns}
        weights: dict[str, float] = {}
        for original, spuns in forms.items():
            total = sum(spuns.values())
            if original in spun_somewhere or rates[original] < _RARER * total:
                continue
            share = total / (total + rates[original])
            weights[original] = min(weights.get(original, 0.0), math.log(_SURVIVES / (1 - share)))
            for spun in spuns:
                weights[spun] = max(weights.get(spun, 0.0), math.log((1 - _SURVIVES) / share))
        return {word: weight for word, weight in weights.items() if not (weight < 0 and word in spun_somewhere)}

    @property
    def hopeless(self) -> float:
        """Below this score of single words a text is genuine whatever else it holds."""
        return self.lexicon.limits["suspected"]["score"] - _HOPELESS

    def score(self, words: Counter[str], phrases: int = 0) -> Score:
        """Weigh the words of a text; `phrases` are spun forms of several words that were found in it."""
        total, hits, originals, kinds = 0.0, phrases, 0, phrases
        for word, count in words.items():
            weight = self.weights.get(word)
            if weight is None:
                continue
            counted = min(count, _CAP)
            total += weight * counted
            if weight > 0:
                hits += counted
                kinds += 1
            else:
                originals += counted
        total += phrases * _PHRASE
        ratio = hits / (hits + originals) if hits else 0.0
        finding = next(
            (
                finding
                for finding, limit in self._limits
                if total >= limit["score"]
                and ratio >= limit["ratio"]
                and hits >= limit["hits"]
                and kinds >= limit["kinds"]
            ),
            Finding.CLEAN,
        )
        return Score(self.lexicon.family, finding, round(total, 2), round(ratio, 3), hits, kinds)
