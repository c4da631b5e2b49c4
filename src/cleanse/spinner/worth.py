"""What a pair of form and original is worth beyond all other evidence: how passages have shown it.

The table is sorted lines, searched where it lies and read for the first text that is spun:

    form <tab> original <tab> nats
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cleanse.errors import RuleError
from cleanse.lookup import SortedLines

Pair = tuple[str, str]
"""A form, its tokens in lower case with a space between, and an original."""

HEADER = "# form, original, nats that the pair is worth beyond all other evidence; made by `cleanse spinner fit`"
LEAST = 0.1
"""Nats below which a pair is left out."""


@dataclass(frozen=True)
class Worth:
    """The table at a path; nothing is read before the first question."""

    path: Path

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"path": self.path}

    @cached_property
    def _lines(self) -> SortedLines:
        try:
            return SortedLines(self.path.read_bytes())
        except OSError as error:
            raise RuleError(f"spinner/{self.path.name}: cannot be read: {error.strerror}") from error

    def nats(self, form: str, original: str) -> float:
        """What the pair is worth; 0 where passages have not shown it. Raises RuleError for a table not well formed."""
        found = self._lines.rest(f"{form}\t{original}\t".encode())
        try:
            return float(found) if found else 0.0
        except ValueError as error:
            raise RuleError(f"spinner/{self.path.name}: {form}, {original}: {found!r} is no number") from error


def format_worth(worth: Mapping[Pair, float]) -> bytes:
    """The table of all pairs that are worth anything."""
    lines = sorted(_lines(worth.items()))
    return b"\n".join([HEADER.encode(), *lines]) + b"\n"


def _lines(worth: Iterable[tuple[Pair, float]]) -> Iterable[bytes]:
    for (form, original), nats in worth:
        if abs(nats) >= LEAST:
            yield f"{form}\t{original}\t{nats:+.1f}".encode()
