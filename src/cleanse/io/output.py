"""The output folder: ours or empty, locked while a run writes, whole or visibly not.

Last come `manifest.json` with the digest of every file, and `_SUCCESS` with the digest of the manifest: without a
matching `_SUCCESS` nobody takes the folder for finished. What a run needs to go on after a crash lies in `.work`.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cleanse.errors import OutputError, UsageError
from cleanse.io import lock
from cleanse.io.disk import FULL, Disk
from cleanse.io.writing import (
    TEMPORARY,
    Sink,
    Written,
    remove_files,
    remove_folder,
    remove_temporaries,
    whole,
    write_whole,
)

MARKER = ".cleanse"
"""Names a folder as ours, and carries the lock."""
WORK = ".work"
MANIFEST = "manifest.json"
SUCCESS = "_SUCCESS"
CLEAN = "clean"
_FOLDERS = (CLEAN, "documents", "ledger", "staging")
_LINES = ("documents.jsonl", "ledger.jsonl", "quarantine.jsonl", "decided.jsonl", "drop.jsonl")
_FILES = (*_LINES, "report.html", MANIFEST, SUCCESS)
_OURS = (*_FOLDERS, *_FILES, WORK, MARKER)


class OutputFolder:
    """A folder one run writes into, as a context manager; with `shared`, one of several jobs of a run."""

    def __init__(self, folder: Path, disk: Disk | None = None, *, shared: bool = False) -> None:
        self.folder = folder
        self.disk = disk or Disk()
        self._shared = shared
        self._made = False
        self._goes_on = False
        self._files: dict[str, Written] = {}
        self._lock: BinaryIO | None = None

    @property
    def work(self) -> Path:
        """Where parts, surveys and markers of an unfinished run lie."""
        return self.folder / WORK

    def __enter__(self) -> "OutputFolder":
        _refuse_foreign(self.folder)
        try:
            self._made = not self.folder.exists()
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = lock.take(self.folder / MARKER, shared=self._shared)
        except OSError as error:
            if error.errno in FULL:
                raise
            raise OutputError(f"{self.folder}: cannot be written: {error.strerror}") from error
        self._goes_on = self.work.is_dir()
        if not self._shared:  # else they may be those of a job that is at work
            for folder in (self.folder, self.work, self.work / "parts"):
                remove_temporaries(folder)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._lock:
            if not self._shared:
                self._lock.truncate(0)  # who held it concerns nobody any more
            self._lock.close()

    def restart(self) -> None:
        """Do not go on from what an earlier run left."""
        remove_folder(self.work)
        self._goes_on = False

    def forget(self) -> None:
        """The request made no sense: leave the folder as it was found."""
        if self._shared or self._goes_on:
            return
        remove_folder(self.work)
        if self._made:
            remove_files([self.folder / MARKER])
            self.folder.rmdir()

    def begin(self) -> None:
        """From here on the folder is not finished. Take away what an earlier, finished run left; `_SUCCESS` first."""
        remove_files(self.folder / name for name in reversed(_FILES))
        if not (self._goes_on or self._shared):
            for name in _FOLDERS:
                shutil.rmtree(self.folder / name, ignore_errors=True)

    @contextmanager
    def open(self, name: str) -> Iterator[Sink]:
        """Write a file of the run; it is listed in the manifest once it is whole."""
        with whole(self.folder / name, self.disk) as sink:
            yield sink
        self._files[name] = sink.written

    def adopt(self, name: str, size: int, digest: str) -> None:
        """Take in a file that somebody else wrote whole, under its name in the folder."""
        self._files[name] = Written(size, digest)

    def finish(self, about: Mapping[str, object], files: Iterable[tuple[str, Written]] = ()) -> None:
        """Write the manifest and mark the folder as whole. `files`: those it does not know yet, never held."""
        root = hashlib.sha256(b"{")
        with whole(self.folder / MANIFEST, self.disk) as sink:
            head = json.dumps({"v": 1, **about}, ensure_ascii=False, indent=1).removesuffix("\n}")
            sink.write(f'{head},\n "files": {{'.encode())
            comma = ""
            listed: set[int] = set()
            for name, written in chain(files, sorted(self._files.items())):
                listed.add(hash(name))
                row = f"{json.dumps(name, ensure_ascii=False)}: {json.dumps(written.as_dict())}"
                root.update(f"{comma} {row}"[not comma :].encode())
                sink.write(f"{comma}\n  {row}".encode())
                comma = ","
            root.update(b"}")
            sink.write(f'\n }},\n "root": "{root.hexdigest()}"\n}}\n'.encode())
        self._sweep(listed)
        write_whole(self.folder / SUCCESS, f"{sink.written.sha256}\n".encode(), self.disk)
        remove_folder(self.work)

    def _sweep(self, listed: set[int]) -> None:
        """Take away texts of an earlier, unfinished run whose inputs are no more, and halves that dead workers left."""
        for folder in _FOLDERS:
            for base, _, names in os.walk(self.folder / folder, topdown=False):
                for name in names:
                    path = Path(base) / name
                    if hash(path.relative_to(self.folder).as_posix()) not in listed:
                        remove_files([path])
                if not any(Path(base).iterdir()):
                    Path(base).rmdir()


def refuse_overlap(inputs: Iterable[Path], output: Path) -> None:
    """Raise UsageError when the output lies in the input, or any of the input in the output."""
    target = output.resolve()
    for path in inputs:
        source = path.resolve()
        if target == source or source in target.parents or target in source.parents:
            raise UsageError(
                f"{output} and the input {path} lie in one another; choose an output folder beside the input"
            )


def _refuse_foreign(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder} is a file; the output must be a folder")
    names = {path.name for path in folder.iterdir()}
    foreign = sorted(n for n in names if n not in _OURS and not (n.startswith(".") and n.endswith(TEMPORARY)))
    if foreign or (names and MARKER not in names):
        what = foreign[0] if foreign else min(names)
        raise OutputError(f"{folder} holds something that is not cleanse's ({what}); choose an empty or a new folder")
