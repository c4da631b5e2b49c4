"""Files mended in place, for those who ask for it by name: every change in a ledger that takes it back.

This is the one way in which cleanse writes to what it read. The ledger's rows are on the medium before the file is
touched; the file is replaced whole; and it is replaced only where the ledger proves both ways. Files are named by
their place below the ledger's folder, so that they are found from every working directory.
"""

import dataclasses
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleanse.errors import LedgerError, ReadError, UsageError
from cleanse.io.appending import alone, append
from cleanse.io.disk import Disk
from cleanse.io.files import TEXT, find_inputs
from cleanse.io.readers import read_bytes
from cleanse.io.taking import check
from cleanse.io.writing import write_whole
from cleanse.ledger import Ledger, digest
from cleanse.ledger_io import dump, load
from cleanse.model import Document
from cleanse.pipeline import Outcome, Pipeline, Status


def text_files(names: Sequence[str]) -> list[Path]:
    """The text files that the names stand for. Raises UsageError for what is missing and for files of other kinds."""
    return [path for name in names for path in _text_files(name)]


def _text_files(name: str) -> Iterator[Path]:
    inputs = find_inputs(name)
    for file in inputs.walk():
        if file.kind == TEXT and not file.packing:
            yield inputs.root / file.path
        elif not Path(name).is_dir():
            raise UsageError(f"{name} is no text file; only those are mended in place, use `cleanse run`")


def judged(path: Path, pipeline: Pipeline) -> Outcome:
    """What the pipeline makes of a file; its ledger proves it. Raises ReadError or LedgerError."""
    document = Document(path.as_posix(), read_bytes(path, str(path), pipeline.limits), path.as_posix())
    check(document, pipeline.limits)
    outcome = pipeline.run(document)
    if outcome.status is not Status.QUARANTINED:
        outcome.ledger.prove(document.raw, outcome.text)
    return outcome


def replace(path: Path, outcome: Outcome, ledger: Path, tool: str) -> None:
    """Append the outcome's ledger, and then put its text in the place of the file's."""
    place = Path(os.path.relpath(path.resolve(), ledger.resolve().parent)).as_posix()
    origin = dataclasses.replace(outcome.ledger.origin, document=place, source=place)
    named = dataclasses.replace(outcome.ledger, origin=origin)
    rows = "".join(f"{line}\n" for line in dump(named, outcome.status.value, tool))
    # A name whose bytes are no UTF-8 has half surrogate pairs, and their escapes are those of JSON.
    append(ledger, rows.encode("utf-8", "backslashreplace"))
    _write(path, outcome.text.encode("utf-8"))


@dataclass(frozen=True)
class Undone:
    """What came of one entry of the ledger."""

    where: str
    what: str
    done: bool
    """Whether the file has the bytes of before; if not, the entry stays in the ledger."""


@dataclass(frozen=True)
class _Entry:
    """One change of one file, as its lines stand in the ledger."""

    lines: tuple[bytes, ...]
    first: int
    """The number of the first line."""
    ledger: Ledger | None
    """None where the lines do not tell a whole change."""

    @property
    def never_made(self) -> bool:
        """Whether the lines end before their end was written: then the file was not touched either."""
        return self.ledger is None and _kind(self.lines[-1]) != "end"


def take_back(ledger: Path, names: Sequence[str] = ()) -> Iterator[Undone]:
    """Give files their old bytes back, the last change first: those named, or below a named folder, or all.

    A file that was changed since is left alone. What was taken back leaves the ledger, and the last of it takes the
    ledger away. Raises ReadError where the ledger cannot be read, UsageError for a name that it does not know.
    """
    if not ledger.is_file():
        raise UsageError(f"{ledger}: no such ledger; `cleanse fix --in-place` makes one")
    with alone(ledger):
        base = ledger.resolve().parent
        entries = list(_entries(read_bytes(ledger, str(ledger))))
        chosen = _chosen(entries, base, names)
        kept: list[_Entry] = []
        for entry in reversed(entries):
            undone = _undone(entry, base) if entry.first in chosen else None
            if undone:
                yield undone
            if not (undone and undone.done):
                kept.append(entry)
        if kept:
            lines = b"".join(line + b"\n" for entry in reversed(kept) for line in entry.lines)
            write_whole(ledger.resolve(), lines, Disk())
        else:
            ledger.resolve().unlink()


def _chosen(entries: Sequence[_Entry], base: Path, names: Sequence[str]) -> set[int]:
    """Where the entries of the named files begin; without names, all of them."""
    if not names:
        return {entry.first for entry in entries}
    chosen = set[int]()
    for name in names:
        wanted = Path(name).resolve()
        found = {e.first for e in entries if e.ledger and _place(e.ledger, base).is_relative_to(wanted)}
        if not found:
            raise UsageError(f"{name}: the ledger holds no change of it")
        chosen |= found
    return chosen


def _place(entry: Ledger, base: Path) -> Path:
    return Path(os.path.normpath(base / entry.origin.source))


def _undone(entry: _Entry, base: Path) -> Undone:
    """Take one change back."""
    if entry.ledger is None:
        lines = f"lines {entry.first} to {entry.first + len(entry.lines) - 1} of the ledger"
        if entry.never_made:
            return Undone(lines, "torn before their change was made; nothing to take back", done=True)
        return Undone(lines, "left alone: they tell no whole change", done=False)
    path = _place(entry.ledger, base)
    shown = os.path.relpath(path)
    try:
        data = read_bytes(path, shown)
        if hashlib.sha256(data).hexdigest() == entry.ledger.origin.digest:
            return Undone(shown, "has its old bytes already", done=True)
        text = data.decode("utf-8")
        if digest(text) != entry.ledger.clean_digest:
            return Undone(shown, "was changed since; left alone", done=False)
        _write(path, entry.ledger.revert(text))
    except (ReadError, LedgerError, UnicodeDecodeError) as error:
        return Undone(shown, f"left alone: {error}", done=False)
    return Undone(shown, "has its old bytes back", done=True)


def _entries(data: bytes) -> Iterator[_Entry]:
    """The ledger cut where an entry begins or has ended, so that a torn line costs its own entry alone."""
    held: list[bytes] = []
    first = 1
    for number, line in enumerate(data.split(b"\n"), 1):
        if held and (_kind(line) == "document" or _kind(held[-1]) == "end"):
            yield _entry(held, first)
            held = []
        if not line.strip():
            continue
        first = first if held else number
        held.append(line)
    if held:
        yield _entry(held, first)


def _entry(lines: Sequence[bytes], first: int) -> _Entry:
    try:
        (ledger, _), *_ = load(line.decode("utf-8") for line in lines)
    except (LedgerError, ValueError):
        return _Entry(tuple(lines), first, None)
    return _Entry(tuple(lines), first, ledger)


def _kind(line: bytes) -> str:
    """What a line of a ledger is; nothing for a torn one."""
    try:
        value = json.loads(line)
    except ValueError:
        return ""
    return str(value.get("kind", "")) if isinstance(value, dict) else ""


def _write(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode
    write_whole(path, data, Disk())
    path.chmod(mode)
