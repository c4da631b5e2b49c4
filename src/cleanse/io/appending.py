"""Files that only grow, a line at a time: what was appended is on the medium, and no torn line swallows it.

Several processes may append to one file; whoever writes it anew does so under the same lock, and is waited for.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleanse.io.disk import Disk
from cleanse.io.lock import locked
from cleanse.io.writing import named_in_errors


def append(path: Path, data: bytes) -> None:
    """Append whole lines, and return when they are on the medium. A torn line before them is ended first."""
    fresh = not path.exists()
    with named_in_errors(path), alone(path) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                data = b"\n" + data
        Disk().write(file, data)
        Disk().sync(file)
    if fresh:
        Disk().sync_folder(path.parent)


@contextmanager
def alone(path: Path) -> Iterator[BinaryIO]:
    """The file, made when it is missing, for one process at a time; it has its name when the block begins."""
    while True:
        with path.open("ab+") as file, locked(file):
            if _is_there(path, file):
                yield file
                return


def _is_there(path: Path, file: BinaryIO) -> bool:
    """Whether the name still means this file: while the lock was waited for, another may have got it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
