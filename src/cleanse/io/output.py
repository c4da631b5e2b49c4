"""The output folder: ours or empty, locked while a run writes, whole or visibly not.

Every file is written under a temporary name in its own folder, flushed, synced, and renamed. Last come
`manifest.json` with the digest of every file, and `_SUCCESS` with the digest of the manifest: without a matching
`_SUCCESS` nobody takes the folder for finished.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleanse.errors import OutputError

MARKER = ".cleanse"
"""Names a folder as ours, and carries the lock."""
MANIFEST = "manifest.json"
SUCCESS = "_SUCCESS"
_OURS = (
    "clean",
    "documents",
    "ledger",
    "staging",
    "documents.jsonl",
    "ledger.jsonl",
    "report.html",
    "quarantine.jsonl",
    "decided.jsonl",
    MANIFEST,
    SUCCESS,
    MARKER,
)
_TEMPORARY = ".tmp"


class OutputFolder:
    """A folder one run writes into; use as a context manager, and `finish` it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, dict[str, object]] = {}
        self._lock: BinaryIO | None = None

    def __enter__(self) -> "OutputFolder":
        _refuse_foreign(self.folder)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = (self.folder / MARKER).open("ab")
        except OSError as error:
            raise OutputError(f"{self.folder}: cannot be written: {error.strerror}") from error
        try:
            _take_lock(self._lock, self.folder)
        except OutputError:
            self._lock.close()
            raise
        self._clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock:
            self._lock.close()

    def _clear(self) -> None:
        """Take away what an earlier run of ours left; `_SUCCESS` goes first."""
        for name in reversed(_OURS):
            path = self.folder / name
            if name == MARKER:
                continue
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()
        for stale in self.folder.glob(f"*{_TEMPORARY}"):
            stale.unlink()

    @contextmanager
    def open(self, name: str) -> Iterator["Sink"]:
        """Write a file; it appears under its name when the block ends well, and not at all otherwise."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + _TEMPORARY)
        with temporary.open("wb") as file:
            sink = Sink(file)
            try:
                yield sink
            except BaseException:
                file.close()
                temporary.unlink(missing_ok=True)
                raise
            file.flush()
            os.fsync(file.fileno())
        if temporary.stat().st_size != sink.size:
            raise OutputError(f"{path}: only {temporary.stat().st_size} of {sink.size} bytes were written")
        temporary.replace(path)
        self._files[name] = {"bytes": sink.size, "sha256": sink.digest}

    def write(self, name: str, data: bytes) -> None:
        """Write a whole file."""
        with self.open(name) as sink:
            sink.write(data)

    def adopt(self, name: str, size: int, digest: str) -> None:
        """Take in a file that somebody else wrote whole, under its name in the folder."""
        self._files[name] = {"bytes": size, "sha256": digest}

    def finish(self, about: Mapping[str, object]) -> None:
        """Write the manifest and mark the folder as whole."""
        files = dict(sorted(self._files.items()))
        root = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
        manifest = json.dumps({"v": 1, **about, "files": files, "root": root}, ensure_ascii=False, indent=1) + "\n"
        self.write(MANIFEST, manifest.encode())
        self.write(SUCCESS, (hashlib.sha256(manifest.encode()).hexdigest() + "\n").encode())


class Sink:
    """A file being written, with its size and digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append bytes."""
        self._file.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def digest(self) -> str:
        """SHA-256 of what was written so far."""
        return self._hash.hexdigest()


def refuse_overlap(inputs: Path, output: Path) -> None:
    """Raise OutputError when the output lies in the input, or the input in the output."""
    source, target = inputs.resolve(), output.resolve()
    if target == source or source in target.parents or target in source.parents:
        raise OutputError(
            f"{output} and the input {inputs} lie in one another; choose an output folder beside the input"
        )


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file; the output must be a folder")
    names = {path.name for path in folder.iterdir()}
    foreign = sorted(n for n in names if n not in _OURS and not n.endswith(_TEMPORARY))
    if foreign or (names and MARKER not in names):
        what = foreign[0] if foreign else min(names)
        raise OutputError(f"{folder} holds something that is not cleanse's ({what}); choose an empty or a new folder")


def _take_lock(file: BinaryIO, folder: Path) -> None:
    try:
        import fcntl  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise OutputError(f"{folder}: another run is writing here; wait for it, or choose another folder") from error


@contextmanager
def locked(file: BinaryIO) -> Iterator[None]:
    """Hold an exclusive lock on an open file, waiting for it; freed even by a crash. Without flock, no lock."""
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
