"""What a reviewer looks at, in which order. Three queues that never mix.

*sample*: drawn evenly by the run's own hash; only it bounds the share of wrong changes. *hunt*: what is most likely
wrong, a few of each rule in turn, doubtful proposals first; it finds bad rules and bounds nothing. *kept*: lines
that nobody touched, drawn evenly; edits alone measure precision only, and nobody would see what was missed.
"""

import heapq
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, zip_longest

from cleanse.io.catalogue import Catalogue
from cleanse.ledger import Verdict

LONGEST = 3_000
"""A queue's length. More than any plan needs: 2,995 clean looks support "at most 0.1 % wrong"."""
KEPT = 500
NAMES = ("sample", "hunt", "kept")


def sample_queue(catalogue: Catalogue, seed: str) -> list[int]:
    """Numbers of edits: the population in the order of its ranks."""
    ranked = heapq.nsmallest(LONGEST, catalogue.ranked(catalogue.population(), seed))
    return [number for _, number in ranked]


def hunt_queue(catalogue: Catalogue) -> list[int]:
    """Numbers of edits: rules in turn, and of each first what was held back, then what was applied.

    Within a rule, one edit per kind before any kind comes twice.
    """
    by_rule: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number in range(len(catalogue)):
        if not catalogue.of_substance(number) or catalogue.verdict(number) is Verdict.SHADOWED:
            continue
        held = catalogue.verdict(number) is not Verdict.WITHHELD
        kind = catalogue.kind(number)
        best = by_rule[catalogue.rule(number)]
        entry = (-held, -kind, -number)  # a heap keeps the largest: hold the smallest by their negatives
        if len(best) < LONGEST:
            heapq.heappush(best, entry)
        else:
            heapq.heappushpop(best, entry)
    queues = [list(_kinds_in_turn(sorted((-a, -b, -c) for a, b, c in best))) for _, best in sorted(by_rule.items())]
    queues.sort(key=lambda queue: catalogue.verdict(queue[0]) is not Verdict.WITHHELD)
    turns = (number for turn in zip_longest(*queues) for number in turn if number is not None)
    return list(islice(turns, LONGEST))


def _kinds_in_turn(entries: list[tuple[int, int, int]]) -> Iterator[int]:
    """Held back before applied, and within these every kind once before any comes twice."""
    kinds: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for applied, kind, number in entries:
        kinds[applied, kind].append(number)
    for applied in (0, 1):
        groups = [numbers for (state, _), numbers in kinds.items() if state == applied]
        yield from (number for turn in zip_longest(*groups) for number in turn if number is not None)


def kept_queue(catalogue: Catalogue, seed: str) -> list[int]:
    """Numbers of written lines of the clean texts, drawn evenly."""
    total = catalogue.kept_lines
    return random.Random(seed).sample(range(total), min(KEPT, total))  # noqa: S311 - even, not secret
