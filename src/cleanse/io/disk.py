"""The few operations of a disk that a promise hangs on, in one place, so that tests can let each of them fail.

Everything cleanse writes goes through here. Tests hand in a disk that is full, that breaks or that kills the
process at its n-th operation; what is then on the real disk must still be whole or absent.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

FULL = (28, 122, 27)
"""Error numbers that mean: no room (ENOSPC, EDQUOT, EFBIG). Such a run can be resumed once there is room."""


@dataclass(frozen=True)
class Disk:
    """The disk as it is."""

    def write(self, file: BinaryIO, data: bytes) -> None:
        """Hand bytes over. `file` is buffered: its `write` never writes short without an error."""
        file.write(data)

    def sync(self, file: BinaryIO) -> None:
        """Return when all of the file is on the medium."""
        file.flush()
        os.fsync(file.fileno())

    def rename(self, source: Path, target: Path) -> None:
        """Put a file under its final name in one step, replacing what was there."""
        source.replace(target)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in the folder are on the medium. A file system that cannot say so is believed."""
        try:
            handle = os.open(folder, os.O_RDONLY)
        except PermissionError:  # not on every system can a folder be opened
            return
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
