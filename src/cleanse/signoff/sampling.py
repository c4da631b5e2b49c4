"""Samples nobody can choose: the items with the smallest hash of the run's manifest and their name.

The manifest holds the digest of every file of a run, so whoever changes a rule, a document or a decision draws
another sample; nobody can mend the sampled items alone and sign off the rest.
"""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from cleanse.ledger import Record, Verdict

T = TypeVar("T")


def counts(record: Record) -> bool:
    """Whether a record is of the population that a sign-off is about: an applied edit that is more than white space.

    The population's items are the ids of these records, each once.
    """
    return record.verdict is Verdict.APPLIED and record.proposal.kind != "layout"


def rank(seed: str, name: str) -> int:
    """Where an item stands: uniform over 64 bits, fixed by seed and name."""
    return int.from_bytes(hashlib.blake2b(f"{seed}\0{name}".encode(), digest_size=8).digest(), "big")


def sample(seed: str, names: Iterable[str], size: int) -> list[str]:
    """The `size` names with the smallest ranks, smallest first; each name once."""
    return [name for _, name in heapq.nsmallest(size, ((rank(seed, name), name) for name in set(names)))]


def draw(seed: str, items: Iterable[tuple[str, T]], size: int) -> tuple[int, list[T]]:
    """How many names there are, and the items whose names `sample` would choose, in its order; read only once.

    Of a name that comes more than once, the first item counts. Names are hexadecimal: so a million of them take
    fifty megabytes, not a hundred and twenty.
    """
    seen: set[int] = set()

    def fresh() -> Iterator[tuple[int, str, T]]:
        for name, item in items:
            number = int(name, 16)
            if number not in seen:
                seen.add(number)
                yield rank(seed, name), name, item

    chosen = heapq.nsmallest(size, fresh(), key=lambda entry: entry[:2])
    return len(seen), [item for _, _, item in chosen]


def prefix(order: Sequence[str], answered: Iterable[str]) -> Iterator[str]:
    """The answered items from the start of the order, up to the first open one: the only ones that bound anything.

    Whoever could leave items out would choose the sample.
    """
    known = set(answered)
    for name in order:
        if name not in known:
            return
        yield name
