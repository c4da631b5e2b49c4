"""How the input is cut into shards: by bytes and lines only, so that the number of workers changes nothing.

A shard is the unit of work, of failure and of resume: a run of files, or a range of a file of lines. The plan is a
file of its own, one shard a line; nobody holds all of it.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleanse.io.files import LINES, PARQUET, SourceFile

SHARD = 2**20
"""Bytes of input in a shard, about: a second to minutes of work. Of 12 MB two workers get 17 shards, and wait for one
another a hundredth of the time; of 4 MiB each they got 6, and waited a sixth."""
_UNPACKS = 4
"""Text bytes per packed byte, about."""
_PART, _ONE_IN = SHARD // 2, 16
"""A shard of files also ends, once it is half full, behind a name whose hash says so: a file that is added or
taken away moves the borders of its own shard and few others."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A whole file, or the lines or row groups of it that begin in a range of bytes."""

    file: SourceFile
    start: int = 0
    end: int | None = None
    """None: the whole file, whatever its size is by then."""

    @property
    def size(self) -> int:
        """Bytes to read, as the file was when the plan was made."""
        return (self.file.size if self.end is None else self.end) - self.start


@dataclass(frozen=True, slots=True)
class Shard:
    """Some pieces of input, and their number in the order of the run."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """Bytes to read, as the files were when the plan was made."""
        return sum(piece.size for piece in self.pieces)

    def dump(self) -> bytes:
        """One line of the plan."""
        rows = [
            [p.file.path, p.file.source, p.file.size, p.file.kind, p.file.packing, p.start, p.end] for p in self.pieces
        ]
        return json.dumps({"n": self.number, "pieces": rows}, separators=(",", ":")).encode("ascii") + b"\n"

    @classmethod
    def load(cls, line: bytes) -> "Shard":
        """The inverse of `dump`."""
        row = json.loads(line)
        return cls(row["n"], tuple(Piece(SourceFile(*file), start, end) for *file, start, end in row["pieces"]))


def cut(files: Iterable[SourceFile], size: int = SHARD) -> Iterator[Shard]:
    """The shards of files that come in the order of their names."""
    for number, pieces in enumerate(_groups(files, size)):
        yield Shard(number, pieces)


def _groups(files: Iterable[SourceFile], size: int) -> Iterator[tuple[Piece, ...]]:
    group: list[Piece] = []
    filled = 0
    for file in files:
        weight = file.size * _UNPACKS if file.packing else file.size
        if group and filled + weight > size:
            yield tuple(group)
            group, filled = [], 0
        if file.kind in (LINES, PARQUET) and not file.packing and file.size > size:
            for start in range(0, file.size, size):
                yield (Piece(file, start, min(start + size, file.size)),)
            continue
        group.append(Piece(file))
        filled += weight
        if filled >= size * _PART // SHARD and _draws(file.source):
            yield tuple(group)
            group, filled = [], 0
    if group:
        yield tuple(group)


def _draws(source: str) -> bool:
    """Whether a shard may end behind this name; no plain checksum, which has patterns where names are numbered."""
    return hashlib.blake2b(source.encode(), digest_size=1).digest()[0] % _ONE_IN == 0
