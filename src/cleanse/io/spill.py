"""Sums by key in bounded memory: sorted runs in temporary files, merged at the end.

What does not fit is written sorted to a file that has no name, so that nothing is left behind however a process
ends. The result is the same for any order of what was added.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import IO

_KEYS = 300_000
"""Keys held in memory, about 100 MB of short lines."""
_FILES = 64
"""Runs that are merged into one before there are more: systems allow few open files."""

Row = tuple[str, tuple[int, ...]]


class Spill:
    """Adds numbers up by key."""

    def __init__(self, folder: Path | None = None, keys: int = _KEYS) -> None:
        self._folder = folder
        self._limit = keys
        self._held: dict[str, tuple[int, ...]] = {}
        self._runs: list[IO[str]] = []

    def add(self, key: Iterable[str], *numbers: int) -> None:
        """Add the numbers to those of the key, a tuple of texts."""
        name = json.dumps([*key], ensure_ascii=True)
        before = self._held.get(name)
        self._held[name] = tuple(map(sum, zip(before, numbers, strict=True))) if before else numbers
        if len(self._held) >= self._limit:
            self._write(self._sorted())
            self._held.clear()

    def _sorted(self) -> Iterator[Row]:
        yield from sorted(self._held.items())

    def _write(self, rows: Iterable[Row]) -> None:
        run = tempfile.TemporaryFile("w+", encoding="ascii", newline="\n", dir=self._folder)  # noqa: SIM115 - closed below
        run.writelines(f"{name}\t{' '.join(str(int(number)) for number in numbers)}\n" for name, numbers in rows)
        self._runs.append(run)
        if len(self._runs) >= _FILES:
            old, self._runs = self._runs, []
            self._write(_merged([_read(one) for one in old]))
            for one in old:
                one.close()

    def sums(self) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Every key with its sums, in the order of the keys; may be asked once."""
        try:
            for name, numbers in _merged([*map(_read, self._runs), self._sorted()]):
                yield tuple(json.loads(name)), numbers
        finally:
            for run in self._runs:
                run.close()


def _read(run: IO[str]) -> Iterator[Row]:
    run.seek(0)
    for line in run:
        name, _, numbers = line.rstrip("\n").partition("\t")
        yield name, tuple(map(int, numbers.split()))


def _merged(runs: list[Iterator[Row]]) -> Iterator[Row]:
    for name, rows in groupby(merge(*runs, key=lambda row: row[0]), key=lambda row: row[0]):
        yield name, tuple(map(sum, zip(*(numbers for _, numbers in rows), strict=True)))
