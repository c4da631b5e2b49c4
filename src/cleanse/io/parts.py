"""What a worker writes of a shard: lines to be joined later, and clean texts in their final place.

A writer for another output format has the same three methods, see `PartWriter`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from cleanse.io.disk import Disk
from cleanse.io.files import HTML, TEXT, SourceFile
from cleanse.io.output import CLEAN
from cleanse.io.parquet import ShardWriter
from cleanse.io.plan import Shard
from cleanse.io.store import Cleaned
from cleanse.io.taking import Refusal
from cleanse.io.work import Work
from cleanse.io.writing import Batch, Sink, Written, read_slice, whole
from cleanse.ledger_io import encode, load
from cleanse.rendering import Rendered

JOINED = ("text", "jsonl")
"""`text` writes a tree of clean texts beside records and ledger; `jsonl` leaves it out, the records hold the texts."""
FORMATS = (*JOINED, "parquet")
"""`parquet` writes records and ledgers as shards of their own, for large runs."""


@dataclass(frozen=True)
class Closed:
    """What a writer has written."""

    files: Mapping[str, Written] = field(default_factory=dict)
    """In their final place, by name below the output folder."""
    parts: Mapping[str, Written] = field(default_factory=dict)
    """To be joined, by kind."""


class PartWriter(Protocol):
    """Writes the documents of one shard."""

    def write(self, rendered: Rendered) -> list[Any]:
        """Take a document; returns where it is, as JSON values that the reader of this format understands."""
        ...

    def close(self) -> Closed:
        """All documents are written: everything is on the medium, under its name, when this returns."""
        ...

    def drop(self) -> None:
        """The shard is given up: leave nothing half-written."""
        ...


class LineParts:
    """Records and ledger as JSON lines, clean texts in a tree."""

    def __init__(self, out: Path, shard: Shard, work: Work, *, tree: bool) -> None:
        self._stack = ExitStack()
        self._records = self._stack.enter_context(whole(work.part(shard.number, "documents"), work.disk))
        self._ledger = self._stack.enter_context(whole(work.part(shard.number, "ledger"), work.disk))
        self._texts = _Texts(out, shard, work, self._stack) if tree else None

    def write(self, rendered: Rendered) -> list[Any]:
        """Take a document; its place is start and length of its record and of its ledger in the parts."""
        record = rendered.record.encode("utf-8") + b"\n"
        ledger = rendered.ledger.encode("utf-8")
        prefix = b"%d " % rendered.ledger_lines  # the joiner says where these lines are, once it knows
        place = [self._records.size + len(prefix), len(record), self._ledger.size, len(ledger)]
        self._records.write(prefix + record)
        self._ledger.write(ledger)
        if self._texts:
            self._texts.write(rendered)
        return place

    def close(self) -> Closed:
        """Clean texts first, then the parts."""
        files = self._texts.close() if self._texts else {}
        self._stack.close()
        parts = {"documents": self._records.written, "ledger": self._ledger.written}
        if self._texts and self._texts.part:
            parts["clean"] = self._texts.part.written
        return Closed(files, parts)

    def drop(self) -> None:
        """Take the unfinished files away."""
        if self._texts:
            self._texts.drop()
        _abandon(self._stack)


class ParquetParts:
    """Records and ledger as a pair of Parquet shards. The lines beside them are for the report, and go in the end."""

    def __init__(self, out: Path, shard: Shard, work: Work, lines: LineParts) -> None:
        self._lines = lines
        self._shards = ShardWriter(out, shard.number, disk=work.disk)

    def write(self, rendered: Rendered) -> list[Any]:
        """Take a document."""
        self._shards.write(rendered)
        return self._lines.write(rendered)

    def close(self) -> Closed:
        """Both shards are on the medium when this returns."""
        files = {file.name: Written(file.size, file.digest) for file in self._shards.close()}
        return Closed(files, self._lines.close().parts)

    def drop(self) -> None:
        """Take the unfinished files away."""
        self._lines.drop()
        self._shards.drop()


class _Texts:
    """The tree below `clean/`: a file per text, and one file of JSON lines per file of many documents."""

    def __init__(self, out: Path, shard: Shard, work: Work, stack: ExitStack) -> None:
        self._out = out
        self._disk: Disk = work.disk
        self._sources = {piece.file.source: piece.file for piece in shard.pieces}
        self._files: dict[str, Written] = {}
        self._many = ExitStack()
        self._at = ""
        self._sink: Sink
        self.batch = Batch(work.disk)
        ranged = next((piece.file for piece in shard.pieces if piece.end is not None), None)
        self.part = stack.enter_context(whole(work.part(shard.number, "clean"), work.disk)) if ranged else None

    def write(self, rendered: Rendered) -> None:
        file = self._sources[rendered.source]
        if file.kind in (TEXT, HTML):
            name = f"{CLEAN}/{file.clean_name}"
            self._files[name] = self.batch.add(self._out / name, rendered.text.encode("utf-8"))
            return
        line = encode({"id": rendered.id, "text": rendered.text, **rendered.meta}) + "\n"
        (self.part or self._of(file)).write(line.encode("utf-8"))

    def _of(self, file: SourceFile) -> Sink:
        """The file for the documents of a source: they come together, and no more than one is open at a time."""
        name = f"{CLEAN}/{file.clean_name}"
        if name != self._at:
            self._finish()
            self._sink, self._at = self._many.enter_context(whole(self._out / name, self._disk)), name
        return self._sink

    def _finish(self) -> None:
        if self._at:
            self._many.close()
            self._files[self._at], self._at = self._sink.written, ""

    def close(self) -> dict[str, Written]:
        self._finish()
        self.batch.commit()
        return self._files

    def drop(self) -> None:
        self.batch.drop()
        _abandon(self._many)


def _abandon(stack: ExitStack) -> None:
    """Leave the files of a stack unfinished."""
    with suppress(ValueError):
        stack.__exit__(ValueError, ValueError("given up"), None)


def quarantine_line(refusal: Refusal) -> bytes:
    """One line of `quarantine.jsonl`."""
    row = {"source": refusal.source, "reason": refusal.reason, "message": refusal.message}
    return (encode(row) + "\n").encode("utf-8")


def writer(form: str, out: Path, shard: Shard, work: Work) -> PartWriter:
    """The writer of a format."""
    lines = LineParts(out, shard, work, tree=form == "text")
    return ParquetParts(out, shard, work, lines) if form == "parquet" else lines


def read_placed(work: Work, shard: int, place: list[Any]) -> Cleaned:
    """The document that a writer put there, from the parts of a run that is not finished."""
    start, size, ledger_start, ledger_size = place
    record = read_slice(work.part(shard, "documents"), start, size)
    ledger = read_slice(work.part(shard, "ledger"), ledger_start, ledger_size).decode("utf-8")
    loaded, status = next(load(ledger.splitlines()))
    return Cleaned(json.loads(record), loaded, status)


def lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines in chunks of bytes, without their ends."""
    held: list[bytes] = []
    for chunk in chunks:
        *whole_lines, rest = chunk.split(b"\n")
        for line in whole_lines:
            yield b"".join((*held, line))
            held.clear()
        held.append(rest)
