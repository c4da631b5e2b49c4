"""Samples nobody can choose: the items with the smallest hash of the run's manifest and their name.

The manifest holds the digest of every file of a run, so whoever changes a rule, a document or a decision draws
another sample; nobody can mend the sampled items alone and sign off the rest.
"""

import hashlib
import heapq
from collections.abc import Iterable, Iterator, Sequence

from cleanse.ledger import Record, Verdict


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


def prefix(order: Sequence[str], answered: Iterable[str]) -> Iterator[str]:
    """The answered items from the start of the order, up to the first open one: the only ones that bound anything.

    Whoever could leave items out would choose the sample.
    """
    known = set(answered)
    for name in order:
        if name not in known:
            return
        yield name
