"""Paired measurement: every contender runs over every block, in random order, in one process; CPU time only."""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from statistics import mean

from contenders import CONTENDERS, Work

BLOCKS = 8
RESAMPLED = 2_000

Times = Mapping[str, Sequence[float]]


def paired(works: Mapping[str, Work], documents: Sequence[str], blocks: int = BLOCKS) -> dict[str, list[float]]:
    """Seconds of CPU per megabyte, by contender, block by block."""
    draw = random.Random(1)
    times: dict[str, list[float]] = {name: [] for name in works}
    for block in range(blocks):
        texts = list(documents[block::blocks])
        size = sum(len(text.encode("utf-8")) for text in texts) / 1e6
        for name in draw.sample(list(works), len(works)):
            start = time.process_time()
            works[name](texts)
            times[name].append((time.process_time() - start) / size)
    return times


def ratio(slower: Sequence[float], faster: Sequence[float]) -> tuple[float, float, float]:
    """How many times as fast, with a 95 % bootstrap interval over blocks."""
    draw = random.Random(2)
    pairs = list(zip(slower, faster, strict=True))
    means = sorted(_ratio(draw.choices(pairs, k=len(pairs))) for _ in range(RESAMPLED))
    return _ratio(pairs), means[RESAMPLED // 40], means[-RESAMPLED // 40]


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return mean(slow for slow, _ in pairs) / mean(fast for _, fast in pairs)


def peak_memory(name: str, corpus: str, megabytes: float) -> float:
    """Megabytes a process of its own takes at most, corpus included."""
    command = [sys.executable, __file__, name, corpus, str(megabytes)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1])


if __name__ == "__main__":
    from pathlib import Path

    from corpus import build

    CONTENDERS[sys.argv[1]]()(build(Path(sys.argv[2]) if sys.argv[2] else None, float(sys.argv[3])))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
