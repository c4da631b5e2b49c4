"""Is this text spun? The spinner replaces every occurrence of an original, and that absence is the evidence.

For each original the lexicon knows, the gate compares how often it stands in the text with how often its spun
forms do. In genuine English the share of the spun forms is small and known; in a spun text it is nearly one. The
score is the log-likelihood ratio of the two, summed over originals; the suppression ratio A / (A + B) of the
published prototype (spun forms against surviving originals, at most three of each) is kept beside it.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cleanse.rules.lexicon import Lexicon, Sureness, odds
from cleanse.spinner.tokens import split_form

_CAP = 3
"""Occurrences of one word that count: a text about warfare says warfare often."""
_SURVIVES = 0.06
"""Share of originals that a spinner leaves standing."""
_PHRASE = 4.0
"""Nats for a spun form of several words: hardly one of them stands once in a million genuine words."""
_HOPELESS = 15.0
"""Nats that forms of several words are not expected to make up for."""
_COMPOSED = 0.3
"""How much less a form counts that was composed and not met."""
_CONTENT_WORD = 4
"""Letters an original must have: shorter ones are replaced in some phrases only."""
_TELLING = 0.7
"""Nats below which a form says nothing: it is nearly as common in genuine text."""


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
        """Nats per occurrence of a single word: positive for spun forms, negative for originals.

        A spun form weighs the logarithm of how much more often it stands in spun text than in genuine. An
        original weighs only where the pair was met in real spun texts: a machine may not know the others.
        """
        spun: dict[str, float] = {}
        seen: dict[str, float] = {}
        met = any(row.seen for row in self.lexicon.rows)
        swapped = {word for row in self.lexicon.rows if row.seen for word in split_form(row.spun)}
        for row in self.lexicon.rows:
            if len(split_form(row.spun)) > 1 or row.sureness is Sureness.FLUENT or row.spun_rate is None:
                continue
            if not met and row.sureness is Sureness.CONTEXTUAL:
                continue  # a family nobody met real texts of is told by what cannot be genuine
            chance = odds(row) if row.seen else _COMPOSED * odds(row)
            word = row.spun.lower()
            spun[word] = max(spun.get(word, 0.0), math.log1p(chance))
            original = row.original.lower()
            if row.seen and len(original) >= _CONTENT_WORD and odds(row) >= 1:
                seen[original] = math.log(_SURVIVES)
        return {word: weight for word, weight in spun.items() if weight >= _TELLING} | {
            word: weight for word, weight in seen.items() if word not in swapped
        }

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
