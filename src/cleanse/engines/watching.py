"""Going through the documents of a shard so that whoever supervises can tell which of them killed the worker."""

import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType
from typing import Any

from cleanse.engines.job import At, Bench, Progress
from cleanse.io.readers import PieceReader
from cleanse.io.taking import Item, Refusal

ALL = -1
"""Instead of a document's number: the whole piece, whose very reading kills."""
_EVERY = 0.5
"""Seconds between two reports of progress."""
_FATES: Mapping[str, str] = MappingProxyType({
    "crash": "the worker died on it twice",
    "hang": "it kept a worker beyond all patience, twice; on a faster machine it might not",
})  # fmt: skip


class Teller:
    """Passes messages on; progress only now and then, so that supervising costs next to nothing."""

    def __init__(self, send: Any, *, watched: bool) -> None:
        self._send = send
        self._watched = watched
        self._size = 0
        self._last = time.monotonic()

    def __call__(self, message: At | Progress) -> None:
        """Send the message, or remember it."""
        if isinstance(message, At):
            self._send(message)
            return
        self._size += message.size
        if time.monotonic() - self._last > _EVERY:
            self.flush()

    def flush(self) -> None:
        """Send what was remembered."""
        if self._size and self._watched:
            self._send(Progress(self._size))
        self._size, self._last = 0, time.monotonic()


@dataclass(frozen=True)
class ShardTask:
    """Something to be done with a shard. `closely` announces each document; `culprits` are refused unseen."""

    shard: int
    rounds: int
    """Surveys that the run is informed of."""
    closely: bool = False
    culprits: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def do(self, bench: Bench) -> object:
        """Do it."""
        raise NotImplementedError

    def items(self, bench: Bench, index: int, reader: PieceReader) -> Iterator[Item]:
        """The documents of a piece. What is done with each, until the next is asked for, is timed with it."""
        fate = self.culprits.get((index, 0 if reader.is_one_document else ALL))
        if fate:
            reader.skim()
            yield _refused(reader.source, fate, reader.size)
            return
        items = reader.items()
        for number in count():
            if self.closely:
                bench.tell(At(index, number))
            with _on_time(bench, reader):
                try:
                    item = next(items, None)
                except MemoryError:
                    reader.skim()
                    item = Refusal(reader.source, "memory", f"{reader.source}: not enough memory to read it")
                    items = iter(())
                if item is None:
                    return
                fate = self.culprits.get((index, number))
                yield _refused(_name(item), fate, item.size) if fate else item


@contextmanager
def _on_time(bench: Bench, reader: PieceReader) -> Iterator[None]:
    """Let the system end this process if one document takes absurdly long: even a loop inside C, even a sleep.

    Processor time, the system's too, so that a busy machine changes nothing; the clock only for one that sleeps.
    """
    if not bench.supervised:
        yield
        return
    seconds = bench.job.patience.allowance(reader.size)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * bench.job.patience.asleep)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _refused(name: str, fate: str, size: int) -> Refusal:
    return Refusal(name, fate, f"{name}: {_FATES[fate]}", size)


def _name(item: Item) -> str:
    return item.source if isinstance(item, Refusal) else item.document.id
