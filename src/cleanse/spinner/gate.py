"""Is this text spun? The spinner replaces every occurrence of an original, and that absence is the evidence.

For each original the lexicon knows, the gate compares how often it stands in the text with how often its spun
forms do. In genuine English the share of the spun forms is small and known; in a spun text it is nearly one. The
score is the log-likelihood ratio of the two, summed over originals; the suppression ratio A / (A + B) of the
published prototype (spun forms against surviving originals, at most three of each) is kept beside it.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from cleanse.rules.lexicon import Lexicon, Sureness
from cleanse.spinner.tokens import split_form

_RUN = re.compile(r"[a-z]+")
_GLUED = re.compile(r"\d(?:st|nd|rd|th)[a-z]")
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


class Words:
    """The lower-case runs of ASCII letters of a text: what a gate weighs."""

    def __init__(self, text: str) -> None:
        self._lower = text.lower()
        self._runs = _RUN.findall(self._lower)
        self.counts = Counter(self._runs)

    @cached_property
    def running(self) -> str:
        """All of them in order, a space around each."""
        return f" {' '.join(self._runs)} "

    @cached_property
    def glued(self) -> bool:
        """Whether a word is stuck to an ordinal (`2ndmost`), where runs are not what tokens are made of."""
        return _GLUED.search(self._lower) is not None


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
        rows = tuple(self.lexicon.rows.briefs())
        met = any(row.met for row in rows)
        swapped = {word for row in rows if row.met for word in split_form(row.spun)}
        for row in rows:
            if " " in row.spun or not row.spun_rate or row.sureness == Sureness.FLUENT or len(split_form(row.spun)) > 1:
                continue
            if not met and row.sureness == Sureness.CONTEXTUAL:
                continue  # a family nobody met real texts of is told by what cannot be genuine
            odds = row.odds
            word = row.spun.lower()
            spun[word] = max(spun.get(word, 0.0), math.log1p(odds if row.met else _COMPOSED * odds))
            original = row.original.lower()
            if row.met and len(original) >= _CONTENT_WORD and odds >= 1:
                seen[original] = math.log(_SURVIVES)
        return {word: weight for word, weight in spun.items() if weight >= _TELLING} | {
            word: weight for word, weight in seen.items() if word not in swapped
        }

    @cached_property
    def _phrases(self) -> Mapping[str, Sequence[tuple[str, ...]]]:
        """The runs of every sure form of several tokens, by the longest of them; the empty run where there is none."""
        phrases: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for row in self.lexicon.rows.briefs():
            if row.sureness in (Sureness.CERTAIN, Sureness.ARTEFACT) and len(split_form(row.spun)) > 1:
                runs = tuple(_RUN.findall(row.spun.lower()))
                phrases[max(runs, key=len, default="")].append(runs)
        return phrases

    def phrases_at_most(self, words: Words) -> int:
        """No more sure forms of several tokens than this stand in the text: their runs do, side by side."""
        if words.glued or "" in self._phrases:
            return sum(map(len, self._phrases.values()))
        return sum(
            all(run in words.counts for run in runs) and f" {' '.join(runs)} " in words.running
            for longest in self._phrases.keys() & words.counts.keys()
            for runs in self._phrases[longest]
        )

    @property
    def hopeless(self) -> float:
        """Below this score of single words a text is genuine whatever else it holds."""
        return self.lexicon.limits["suspected"]["score"] - _HOPELESS

    def score(self, words: Counter[str], phrases: int = 0) -> Score:
        """Weigh the words of a text; `phrases` are spun forms of several words that were found in it."""
        total, hits, originals, kinds = 0.0, phrases, 0, phrases
        length = max(1, words.total())
        weights = self.weights
        for word in [word for word in words if word in weights]:
            weight, count = weights[word], words[word]
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
                and 100 * total / length >= limit["density"]
            ),
            Finding.CLEAN,
        )
        return Score(self.lexicon.family, finding, round(total, 2), round(ratio, 3), hits, kinds)
