"""Whether one id stands for two texts, for any number of documents in bounded memory.

Each shard leaves a file of rows, sorted: eight bytes of a hash of the id, eight of the text's. All files are then read
once, side by side, range of hashes by range of hashes.
"""

import hashlib
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleanse.io.disk import Disk
from cleanse.io.writing import write_whole
from cleanse.model import Document

_ROW = 16
_HELD = 200_000
"""Rows compared at a time: about 30 MB."""


class IdRows:
    """The rows of one shard."""

    def __init__(self) -> None:
        self._rows: set[bytes] = set()

    def add(self, document: Document) -> None:
        """Take in a document. Also one that is called by its place: another may claim that as its id."""
        self._rows.add(id_hash(document.id) + bytes.fromhex(document.digest[:16]))

    def write(self, path: Path, disk: Disk) -> None:
        """Write the rows."""
        write_whole(path, b"".join(sorted(self._rows)), disk)


def id_hash(name: str) -> bytes:
    """Eight bytes that stand for an id."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def clashes(files: Sequence[Path]) -> Iterator[tuple[bytes, int, int]]:
    """Hashes of ids that stand for several texts, with the numbers of two files that hold them."""
    rows = sum(path.stat().st_size for path in files) // _ROW
    passes = rows // _HELD + 1
    starts = array("q", bytes(8 * len(files)))
    for number in range(1, passes + 1):
        border = (number * 2**64 // passes).to_bytes(9, "big")
        seen: dict[bytes, tuple[bytes, int]] = {}
        for index, path in enumerate(files):
            with path.open("rb") as file:
                file.seek(starts[index])
                while (row := file.read(_ROW)) and b"\0" + row[:8] < border:
                    starts[index] += _ROW
                    text, first = seen.setdefault(row[:8], (row[8:], index))
                    if text != row[8:]:
                        yield row[:8], first, index
