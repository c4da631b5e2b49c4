"""Packed tables of sorted lines: proven by their digest, opened at the first question, searched where they lie."""

import gzip
import hashlib
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cleanse.errors import RuleError
from cleanse.lookup import SortedLines

_GZIP = 31
"""What zlib calls the format. Its last four bytes say how long the table is: so it is not copied while it grows."""


@dataclass(frozen=True)
class PackedLines:
    """The table at a path; nothing is read before the first question."""

    path: Path
    digest: str
    """SHA-256 of the file, in hexadecimal."""

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"path": self.path, "digest": self.digest}

    @cached_property
    def _lines(self) -> SortedLines:
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            raise RuleError(f"{self.path}: cannot be read: {error.strerror}") from error
        if hashlib.sha256(raw).hexdigest() != self.digest:
            digests = self.path.name.partition(".")[0] + ".sha256"
            raise RuleError(f"{self.path}: it is not the table that {digests} was written for")
        return SortedLines(zlib.decompress(raw, wbits=_GZIP, bufsize=int.from_bytes(raw[-4:], "little")))

    def rest(self, beginning: bytes) -> bytes | None:
        """What follows `beginning` in the one line that begins so; None where there is no such line.

        Raises RuleError when the file cannot be read, or is another one.
        """
        return self._lines.rest(beginning)


def pack(lines: bytes) -> bytes:
    """Lines as the table's file has them; the same lines give the same bytes."""
    return gzip.compress(lines, mtime=0)
