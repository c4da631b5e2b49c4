"""The decisions file: appended to, one line per write, never rewritten.

A line counts once it is whole and synced. A line torn by a crash is left where it is, is not read, and does not
touch its neighbours; two reviewers may append to one file at a time.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, dump, load
from cleanse.errors import OutputError, UsageError
from cleanse.io.appending import append
from cleanse.io.disk import Disk
from cleanse.io.writing import write_whole


@dataclass(frozen=True)
class Stored:
    """What a decisions file holds."""

    book: Book
    digest: str
    """SHA-256 of the file as it was read."""
    torn: tuple[int, ...] = ()
    """Numbers of lines that are not whole, and were not read."""


def read_decisions(path: Path, *, missing_ok: bool = False) -> Stored:
    """The decisions of a file. Raises UsageError when it cannot be read or is of another version."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        if missing_ok:
            return Stored(Book(), hashlib.sha256(b"").hexdigest())
        raise UsageError(f"{path}: no such file; `cleanse review` makes one") from None
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error
    history: list[Decision] = []
    torn: list[int] = []
    for number, line in enumerate(raw.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            history.append(load(line.decode("utf-8")))
        except UsageError as error:
            raise UsageError(f"{path}:{number}: {error}") from error
        except ValueError:
            torn.append(number)
    if torn and not history and not _begun(raw):
        raise UsageError(f"{path}:{torn[0]}: not a decisions file: one JSON object per line is expected")
    return Stored(Book(tuple(history)), hashlib.sha256(raw).hexdigest(), tuple(torn))


def _begun(raw: bytes) -> bool:
    """Whether this is the beginning of a first line that a crash cut short."""
    start = b'{"v":1,"key":"k1:'
    return b"\n" not in raw and raw[: len(start)] == start[: len(raw)]


def copy_decisions(path: Path, copy: Path, disk: Disk) -> Path:
    """What the file holds now, where no reviewer writes any more. Raises UsageError when it cannot be read."""
    read_decisions(path)
    write_whole(copy, path.read_bytes(), disk)
    return copy


def append_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Append, and return when the lines are on the disk. Raises OutputError when they are not."""
    data = "".join(f"{dump(decision)}\n" for decision in decisions).encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        append(path, data)
    except OSError as error:
        raise OutputError(f"{path}: the decision was not saved: {error.strerror}") from error


def write_new(path: Path, lines: Iterable[str]) -> None:
    """Write a file that must not be there yet. Raises OutputError when it is."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise OutputError(f"{path} exists; choose another name: what was decided is never overwritten") from None
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror}") from error
