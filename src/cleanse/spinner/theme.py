"""How well an original suits what its text talks about, against the form that stands there: by what words are about.

Banks raise rates, farmers raise cows, and only the first ever lift them: a word points in the direction of the words
that it usually stands near, and of two that may have stood at a place, the one that points where the words around do
is the likelier. As in `wording`, a word around counts as itself and as what it may have been.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import add, sub

from cleanse.spinner.ngrams import words_of
from cleanse.spinner.tokens import TokenText
from cleanse.spinner.vectors import STEPS, Vector, Vectors
from cleanse.spinner.wording import Guess

NEAR = 10
"""Tokens to either side that are near; the nearer, the more they count."""
FAR = 8, 200
"""Tokens between which the others of a text count, all alike."""
UNIT = 10.0
"""What a cosine is counted in: tenths."""
_FAINT = 0.02
"""Probability below which an original does not count."""
_RESTRAINT = 0.3
"""What stands beside the sum of weights, so that a single word around does not say as much as many."""

Sum = list[float]


@dataclass(frozen=True)
class Pull:
    """Where the words around a place point."""

    name: str
    """The evidence that it gives: `suits` by the words near, `theme` by the others of the text."""
    sums: Sum
    total: float

    def of(self, vectors: Sequence[Vector]) -> float:
        """How far some words together point there, in tenths of a cosine."""
        if len(vectors) == 1:
            return UNIT * vectors[0].along(self.sums, self.total)
        together = [0.0] * STEPS
        for vector in vectors:
            together = vector.added_to(together, 1.0)
        length = sum(one * one for one in together) ** 0.5
        return UNIT * sum(one * two for one, two in zip(self.sums, together, strict=True)) / length if length else 0.0


@dataclass(frozen=True)
class Theme:
    """What one text talks about, given what its words may have been."""

    vectors: Vectors
    text: TokenText
    guesses: Iterable[Guess]

    def pulls(self, start: int, end: int) -> tuple[Pull, ...]:
        """Where the words around the tokens `start:end` point, as far as they tell anything."""
        found = (("suits", self._near(start, end)), ("theme", self._far(start, end)))
        return tuple(Pull(name, sums, sum(sums)) for name, sums in found if sums)

    def gains(self, pulls: Iterable[Pull], spun: Sequence[str], original: Sequence[str]) -> Iterator[tuple[str, float]]:
        """By name, how much farther the original points there than the form; nothing if a word of them is unknown."""
        here, there = self._vectors(words_of(spun)), self._vectors(words_of(original))
        if here and there:
            for pull in pulls:
                yield pull.name, pull.of(there) - pull.of(here)

    def _vectors(self, words: Iterable[str]) -> list[Vector]:
        return [vector for word in words if (vector := self.vectors.of(word)) is not None]

    @cached_property
    def _pointing(self) -> Sequence[Sum | None]:
        """Where each token points, if it tells anything: itself and its originals, by their probability."""
        originals: list[list[Guess]] = [[] for _ in self.text.tokens]
        for guess in self.guesses:
            if guess.probability > _FAINT:
                for at in range(guess.start, guess.end):
                    originals[at].append(guess)
        return [self._mixed(token.lower, originals[at]) for at, token in enumerate(self.text.tokens)]

    def _mixed(self, standing: str, guesses: Sequence[Guess]) -> Sum | None:
        own = 1 - sum(guess.probability for guess in guesses)
        readings = [((standing,), own), *((guess.original, guess.probability) for guess in guesses)]
        pointing: Sum | None = None
        for words, probability in readings:
            telling = [vector for vector in self._vectors(words) if vector.tells]
            for vector in telling if probability > _FAINT else ():
                weight = probability * sum(other.tells for other in telling) / len(telling) ** 2
                pointing = vector.added_to(pointing or [0.0] * STEPS, weight)
        return pointing

    @cached_property
    def _before(self) -> Sequence[tuple[Sum, int]]:
        """By token, what all before it point to together, and how many they are."""
        sums: list[tuple[Sum, int]] = [([0.0] * STEPS, 0)]
        for pointing in self._pointing:
            total, count = sums[-1]
            sums.append((list(map(add, total, pointing)), count + 1) if pointing else (total, count))
        return sums

    def _between(self, start: int, end: int) -> tuple[Sum, int]:
        size = len(self.text.tokens)
        (before, few), (through, many) = (self._before[max(0, min(size, at))] for at in (start, end))
        return list(map(sub, through, before)), many - few

    def _near(self, start: int, end: int) -> Sum | None:
        sums, weights = [0.0] * STEPS, _RESTRAINT
        for at in (*range(max(0, start - NEAR), start), *range(end, min(len(self.text.tokens), end + NEAR))):
            if (pointing := self._pointing[at]) is not None:
                weight = 1 / (1 + (start - at if at < start else at - end + 1))
                sums = [one + weight * step for one, step in zip(sums, pointing, strict=True)]
                weights += weight
        return [one / weights for one in sums] if weights > _RESTRAINT else None

    def _far(self, start: int, end: int) -> Sum | None:
        nearest, farthest = FAR
        left = self._between(start - farthest, start - nearest)
        right = self._between(end + nearest, end + farthest)
        if not (count := left[1] + right[1]):
            return None
        return [(one + two) / (_RESTRAINT + count) for one, two in zip(left[0], right[0], strict=True)]
