"""One run at a time in one folder: an advisory lock on an open file, freed even by `kill -9`.

The file also says who holds it, so that a second run can name the first. Where the system has no `flock`, there is
no lock.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cleanse.errors import OutputError


def take(path: Path, *, shared: bool = False) -> BinaryIO:
    """The lock as an open file: close it to free it. Raises OutputError naming who has it.

    `shared`: several of a kind may hold it (jobs of an array), but nobody alone.
    """
    file = path.open("ab+")
    try:
        _flock(file, shared=shared)
    except OSError as error:
        file.seek(0)
        holder = file.read(200).decode("utf-8", "replace").strip() or "unknown"
        file.close()
        raise OutputError(
            f"{path.parent}: another run is writing here ({holder}); wait for it, or choose another folder"
        ) from error
    file.truncate(0)
    file.write(f"process {os.getpid()} on {socket.gethostname()}\n".encode())
    file.flush()
    return file


def _flock(file: BinaryIO, *, shared: bool) -> None:
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


@contextmanager
def locked(file: BinaryIO) -> Iterator[None]:
    """Hold an exclusive lock on an open file, waiting for it."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        yield
        return
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)
