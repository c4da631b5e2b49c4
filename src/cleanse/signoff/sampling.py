"""Samples nobody can choose: the items with the smallest hash of the run's manifest and their name.

The manifest holds the digest of every file of a run, so whoever changes a rule, a document or a decision draws
another sample; nobody can mend the sampled items alone and sign off the rest.
"""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

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


class Draw(Generic[T]):
    """The items whose names `sample` would choose, gathered one by one.

    Of a name that comes more than once, the first item counts. Names are hexadecimal: so a million of them take
    fifty megabytes, not a hundred and twenty.
    """

    def __init__(self, seed: str, size: int) -> None:
        self._seed = seed
        self._size = size
        self._seen: set[int] = set()
        # A heap with the item on top that is to go next: ranks and names are negated.
        self._chosen: list[tuple[int, int, T]] = []

    def add(self, name: str, item: T) -> None:
        """Take an item in."""
        number = int(name, 16)
        if number in self._seen:
            return
        self._seen.add(number)
        entry = (-rank(self._seed, name), -number, item)
        if len(self._chosen) < self._size:
            heapq.heappush(self._chosen, entry)
        elif entry > self._chosen[0]:
            heapq.heapreplace(self._chosen, entry)

    @property
    def population(self) -> int:
        """How many names there are."""
        return len(self._seen)

    def drawn(self) -> list[T]:
        """The chosen items, the smallest rank first."""
        return [item for *_, item in sorted(self._chosen, key=lambda entry: entry[:2], reverse=True)]


def prefix(order: Sequence[str], answered: Iterable[str]) -> Iterator[str]:
    """The answered items from the start of the order, up to the first open one: the only ones that bound anything.

    Whoever could leave items out would choose the sample.
    """
    known = set(answered)
    for name in order:
        if name not in known:
            return
        yield name
