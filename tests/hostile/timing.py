"""CPU time at n and 2n for every family of hostile texts: `make hostile`. For people to read; no test asserts it."""

import gc
import sys
import time

from cleanse.model import Document
from helpers import default
from hostile.make import FAMILIES

_LENGTH = 20_000
_BOUND = 2.6


def seconds(text: str) -> float:
    """CPU time of a cleaning and its proof, the better of two."""
    best = float("inf")
    for _ in range(2):
        document = Document.from_text(text)
        start = time.process_time()
        outcome = default().run(document)
        outcome.ledger.verify(document.raw, outcome.text)
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print one row a family; 1 when one grows too fast."""
    seconds(FAMILIES["prose"](_LENGTH))
    gc.freeze()
    worst = 0.0
    for name, make in FAMILIES.items():
        seconds(make(1_000))
        once, twice = seconds(make(_LENGTH)), seconds(make(2 * _LENGTH))
        ratio = twice / max(once, 0.01)
        worst = max(worst, ratio)
        print(
            f"{name:30} {once:7.3f} s {twice:7.3f} s  x{ratio:.2f}{'  <-- too fast' if ratio >= _BOUND else ''}",
            flush=True,
        )
    print(f"{len(FAMILIES)} families, worst x{worst:.2f}, bound x{_BOUND}")
    return worst >= _BOUND


if __name__ == "__main__":
    sys.exit(main())
