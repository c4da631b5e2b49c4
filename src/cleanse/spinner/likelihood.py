"""The weights that make what stood in passages likeliest: penalised maximum likelihood of a choice among originals.

Every form was put there for the original that stood, or is the author's own, which counts as 0 nats. An original has
the sum of its weighed evidence and of what its own pair is worth: one effect for the pair as it stands, one for all
inflections of it, both pulled to 0, so that only pairs that were met often say much (random effects). The weights
take Newton's steps, with the curvature of all originals, known or not; the effects, which are thousands, each its own.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cleanse.spinner.company import stem
from cleanse.spinner.worth import Pair

STRENGTH = 1.0
"""What pulls weights and effects to 0: half the sum of their squares, times this."""
_STEPS = 60
_LONGEST = 1.0
"""Nats that a weight or an effect may move in one step."""
_CAUTION = 0.5
"""What an effect takes of its step: the effects of a pair and of its kin move at once."""
_SURE = 0.1
"""The least that one occurrence adds to the curvature of an effect: where all probabilities are 0 or 1 there is none,
and a step would go beyond all bounds."""
_STILL = 1e-3
"""Nats by which no weight may move in a step for the fit to be done; an effect may move ten times as far."""
_LARGEST = 30.0
"""Nats beyond which a probability is 0 or 1."""


@dataclass(frozen=True)
class Choice:
    """A form at a place: the evidence for each original, and which of them stood there (all False: none)."""

    features: tuple[Mapping[str, float], ...]
    stood: tuple[bool, ...]
    pairs: tuple[Pair, ...] = ()
    """The form with each original; none where pairs have no effect."""


@dataclass(frozen=True)
class Fitted:
    """What was learned."""

    weights: Mapping[str, float]
    _effects: Mapping[Pair, float]

    def worth(self, form: str, original: str) -> float:
        """Nats that a pair is worth, by itself and by its inflections."""
        pair = form, original
        return self._effects.get(pair, 0.0) + self._effects.get(kin(pair), 0.0)


def kin(pair: Pair) -> Pair:
    """What all inflections of a pair have in common: no pair of words, as its stems bear a mark."""
    spun, original = ("~" + " ".join(map(stem, words.lower().split())) for words in pair)
    return spun, original


@dataclass
class _Candidate:
    """An original of a choice."""

    row: list[tuple[int, float]]
    """Its evidence, by the number of the weight."""
    fixed: float
    """Nats of weights that are set."""
    effects: tuple[Pair, ...]
    stood: bool
    nats: float = 0.0


def fit(found: Iterable[Choice], free: Sequence[str], fixed: Mapping[str, float], strength: float = STRENGTH) -> Fitted:
    """Weights of the evidence named in `free`, and effects of all pairs, where `fixed` evidence keeps its nats."""
    numbers = {name: at for at, name in enumerate(free)}
    coded = [_coded(choice, numbers, fixed) for choice in found]
    values, effects = [0.0] * len(free), defaultdict[Pair, float](float)
    for _ in range(_STEPS):
        for candidate in (candidate for candidates in coded for candidate in candidates):
            nats = candidate.fixed + sum(values[at] * value for at, value in candidate.row)
            nats += sum(effects[effect] for effect in candidate.effects)
            candidate.nats = max(-_LARGEST, min(_LARGEST, nats))
        tally = _Tally(values, strength)
        for candidates in coded:
            tally.add(candidates)
        step = _solved(tally.curve, tally.slope)
        shorter = _LONGEST / max(_LONGEST, *map(abs, step), 0.0)
        values = [value + shorter * more for value, more in zip(values, step, strict=True)]
        moved = max(map(abs, step), default=0.0)
        for effect, (slope, curve) in tally.effects.items():
            more = _CAUTION * (slope - strength * effects[effect]) / (curve + strength)
            more = max(-_LONGEST, min(_LONGEST, more))
            effects[effect] += more
            moved = max(moved, abs(more) / 10)
        if moved < _STILL:
            break
    return Fitted(dict(zip(free, values, strict=True)), dict(effects))


def _coded(choice: Choice, numbers: Mapping[str, int], fixed: Mapping[str, float]) -> list[_Candidate]:
    pairs: Sequence[Pair | None] = choice.pairs or [None] * len(choice.features)
    return [
        _Candidate(
            row=[(numbers[name], value) for name, value in features.items() if name in numbers],
            fixed=sum(fixed.get(name, 0.0) * value for name, value in features.items()),
            effects=(pair, kin(pair)) if pair else (),
            stood=stood,
        )
        for features, stood, pair in zip(choice.features, choice.stood, pairs, strict=True)
    ]


class _Tally:
    """The gradient of the penalised logarithm of the likelihood, and its curvature."""

    def __init__(self, values: Sequence[float], strength: float) -> None:
        size = len(values)
        self.slope = [-strength * value for value in values]
        self.curve = [[strength if one == two else 0.0 for two in range(size)] for one in range(size)]
        self.effects: dict[Pair, list[float]] = defaultdict(lambda: [0.0, 0.0])

    def add(self, candidates: Sequence[_Candidate]) -> None:
        """Count one choice."""
        scores = [math.exp(candidate.nats) for candidate in candidates]
        total = 1 + sum(scores)
        true = sum(score for score, candidate in zip(scores, candidates, strict=True) if candidate.stood)
        mean: dict[int, float] = defaultdict(float)
        for score, candidate in zip(scores, candidates, strict=True):
            expected = score / total
            missing = (score / true if candidate.stood else 0.0) - expected
            for at, value in candidate.row:
                self.slope[at] += missing * value
                mean[at] += expected * value
                line = self.curve[at]
                for other, second in candidate.row:
                    line[other] += expected * value * second
            for effect in candidate.effects:
                tally = self.effects[effect]
                tally[0] += missing
                tally[1] += max(_SURE, expected * (1 - expected))
        for at, value in mean.items():
            for other, second in mean.items():
                self.curve[at][other] -= value * second


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a system of equations whose matrix is positive definite, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = rows[at]
        for below in rows[at + 1 :]:
            if factor := below[at] / pivot[at]:
                for column in range(at, size + 1):
                    below[column] -= factor * pivot[column]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][column] * solution[column] for column in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution
