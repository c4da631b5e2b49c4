"""What a word is about: a vector of small whole steps, from a table that is searched where it lies.

Words that stand near the same words have vectors of one direction (GloVe, Pennington, Socher and Manning 2014). The
table is sorted lines, a word each; a letter counts steps from `H`, and the figure before them says how much the word
tells where it stands beside others: from 0, everybody's word, to 9.

    word <tab> figure letters
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import mul

from cleanse.spinner.packed import PackedLines

STEPS = 97
"""Steps of a vector: see `directions`."""
ZERO = ord("H")
MOST = 7
"""Steps to either side of none."""
MOST_TELLING = 9
_REMEMBERED = 1 << 12
"""Words kept at hand, 0.2 kB each."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Where a word points."""

    letters: bytes
    length: float
    """In steps."""
    tells: float
    """How much it says of what is talked of, from 0 to 1."""

    def added_to(self, sum_: Sequence[float], weight: float) -> list[float]:
        """The sum with this one, taken to the length of the weight."""
        scale = weight / self.length
        return [one + scale * (letter - ZERO) for one, letter in zip(sum_, self.letters, strict=True)]

    def along(self, other: Sequence[float], total: float) -> float:
        """The part of another vector that points where this one does; `total` is the sum of the other's steps."""
        products: Iterable[float] = map(mul, other, self.letters)
        return (sum(products) - ZERO * total) / self.length


@dataclass(frozen=True)
class Vectors:
    """The words of a table."""

    table: PackedLines
    _words: dict[str, Vector | None] = field(default_factory=dict, compare=False, repr=False)
    """Words met lately."""

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"table": self.table, "_words": {}}

    def of(self, word: str) -> Vector | None:
        """The vector of a word in lower case; None where the table has none."""
        if word not in self._words:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            line = self.table.rest(word.encode() + b"\t")
            self._words[word] = _read(line) if line else None
        return self._words[word]


def _read(line: bytes) -> Vector | None:
    letters = line[1:]
    length = math.hypot(*(letter - ZERO for letter in letters))
    return Vector(letters, length, (line[0] - ord("0")) / MOST_TELLING) if length else None
