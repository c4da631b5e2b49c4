"""Files that are whole or not there: written under another name, flushed, synced, read again, renamed.

The temporary name lies in the same folder and says which process is at work. Size and digest are read back before
the rename: a disk that writes short without an error was met in practice.
"""

import errno
import hashlib
import io
import json
import os
import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from cleanse.errors import OutputError
from cleanse.io.disk import Disk

TEMPORARY = ".tmp"
"""How names of unfinished files end."""
_CHUNK = 2**18


@dataclass(frozen=True)
class Written:
    """Size and SHA-256 of a file, as it was written and read back."""

    bytes: int
    sha256: str

    def as_dict(self) -> dict[str, object]:
        """What a manifest says of a file."""
        return {"bytes": self.bytes, "sha256": self.sha256}


class Sink(io.RawIOBase):
    """A file being written, with its size and digest; others' libraries write to it as to any file."""

    def __init__(self, file: BinaryIO, disk: Disk, name: Path) -> None:
        super().__init__()
        self._file = file
        self._disk = disk
        self._name = name
        self._hash = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Append bytes, or what holds bytes."""
        data = bytes(data)
        with named_in_errors(self._name):
            self._disk.write(self._file, data)
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    @property
    def written(self) -> Written:
        """Size and digest of what was written so far."""
        return Written(self.size, self._hash.hexdigest())


@contextmanager
def whole(path: Path, disk: Disk, name: Path | None = None) -> Iterator[Sink]:
    """Write a file; it appears under its name when the block ends well, and not at all otherwise.

    `name` is what errors call the file, where that is not its path.
    """
    name = name or path
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = temporary_of(path)
    try:
        with _opened(temporary, name) as file:
            sink = Sink(file, disk, name)
            yield sink
            with named_in_errors(name):
                disk.sync(file)
        _check(temporary, name, sink.written)
        with named_in_errors(name):
            disk.rename(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    disk.sync_folder(path.parent)


def write_whole(path: Path, data: bytes, disk: Disk) -> Written:
    """Write a whole file at once."""
    with whole(path, disk) as sink:
        sink.write(data)
    return sink.written


@contextmanager
def named(path: Path) -> Iterator[Sink]:
    """Write a file that a user named: whole or not at all, and in a folder that is there.

    What has the name stays what it is: a pipe or a device gets the bytes as they come, a link leads to its file still.
    """
    if path.exists() and not path.is_file():
        with _opened(path, path) as file:
            yield Sink(file, Disk(), path)
        return
    target = path.resolve()
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    with whole(target, Disk(), path) as sink:
        yield sink


def write_named(path: Path, data: bytes) -> None:
    """Write a file that a user named at once; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with named(path) as sink:
        sink.write(data)


def write_json(path: Path, value: Mapping[str, Any], disk: Disk) -> Written:
    """Write a JSON object that only programs read; what cannot be UTF-8 in it is escaped."""
    return write_whole(path, (json.dumps(value, separators=(",", ":")) + "\n").encode("ascii"), disk)


def read_json(path: Path) -> dict[str, Any] | None:
    """The JSON object of a file; None when there is none, or no whole one."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return value if isinstance(value, dict) else None


@dataclass
class Batch:
    """Many small files that become visible together: synced one after the other, each folder only once."""

    disk: Disk
    _files: list[tuple[Path, Path, Written]] = field(default_factory=list)
    _folders: set[Path] = field(default_factory=set)

    def add(self, path: Path, data: bytes) -> Written:
        """Write a file under a temporary name."""
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        written = Written(len(data), hashlib.sha256(data).hexdigest())
        temporary = temporary_of(path)
        self._files.append((temporary, path, written))
        with named_in_errors(path), temporary.open("wb") as file:
            self.disk.write(file, data)
        return written

    def commit(self) -> None:
        """Give all files their names; they are on the medium when this returns."""
        for temporary, path, written in self._files:
            with named_in_errors(path), temporary.open("rb+") as file:
                self.disk.sync(file)
            _check(temporary, path, written)
        for temporary, path, _ in self._files:
            with named_in_errors(path):
                self.disk.rename(temporary, path)
        for folder in sorted(self._folders):
            self.disk.sync_folder(folder)
        self._files.clear()

    def drop(self) -> None:
        """Take the unfinished files away."""
        for temporary, _, _ in self._files:
            temporary.unlink(missing_ok=True)


def digest_of(path: Path) -> Written | None:
    """Size and digest of a file as it lies there; None when it cannot be read."""
    state, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                state.update(chunk)
                size += len(chunk)
    except OSError:
        return None
    return Written(size, state.hexdigest())


def read_checked(path: Path, wanted: Written) -> Iterator[bytes]:
    """A file in chunks. Raises OutputError, at its end, when it is not the file that is wanted."""
    state, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                state.update(chunk)
                size += len(chunk)
                yield chunk
    except FileNotFoundError as error:
        raise OutputError(f"{path} is gone") from error
    if Written(size, state.hexdigest()) != wanted:
        raise OutputError(f"{path} is not what was written")


def read_slice(path: Path, start: int, size: int) -> bytes:
    """Some bytes of a file."""
    with path.open("rb") as file:
        file.seek(start)
        return file.read(size)


def remove_temporaries(folder: Path) -> None:
    """Take away what dead processes left half-written directly in a folder."""
    if folder.is_dir():
        for stale in folder.glob(f".*{TEMPORARY}"):
            if stale.is_dir():
                shutil.rmtree(stale, ignore_errors=True)
            else:
                stale.unlink(missing_ok=True)


def remove_folder(folder: Path) -> None:
    """Take a folder away at once: whoever is killed while it goes leaves none that looks whole and is not."""
    if folder.is_dir():
        gone = folder.with_name(f".{folder.name.lstrip('.')}.{os.getpid()}{TEMPORARY}")
        folder.replace(gone)
        shutil.rmtree(gone, ignore_errors=True)


def remove_files(paths: Iterable[Path]) -> None:
    """Take files away, as far as they are there."""
    for path in paths:
        path.unlink(missing_ok=True)


def temporary_of(path: Path) -> Path:
    """A short name, so that a long one still has room for it; no process of another machine makes the same."""
    name = hashlib.blake2b(os.fsencode(f"{socket.gethostname()}/{path.name}"), digest_size=8).hexdigest()
    return path.with_name(f".{name}.{os.getpid()}{TEMPORARY}")


@contextmanager
def named_in_errors(name: Path) -> Iterator[None]:
    """Let the system's errors name the file that was asked for: on their own they name another, or none."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(name), None
        raise


@contextmanager
def _opened(path: Path, name: Path) -> Iterator[BinaryIO]:
    """A new file, which errors call `name`; what goes wrong in the block for other reasons is left as it is."""
    with named_in_errors(name):
        file = path.open("wb")
    try:
        yield file
    finally:
        with named_in_errors(name):  # what was not written yet is now
            file.close()


def _check(temporary: Path, path: Path, wanted: Written) -> None:
    found = digest_of(temporary)
    if found != wanted:
        size = found.bytes if found else 0
        raise OutputError(f"{path}: the disk holds {size} of {wanted.bytes} bytes, or others than were written")
