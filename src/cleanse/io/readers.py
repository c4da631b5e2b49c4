"""Documents from files. What cannot be read becomes a refusal with its reason, and the run goes on."""

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cleanse.errors import CleanseError, ReadError
from cleanse.io.files import CLOSED, HTML, LINES, MANY, PARQUET, WARC, Inputs, SourceFile
from cleanse.io.html import extracted
from cleanse.io.lines import Counted, in_range, read_lines, split
from cleanse.io.packing import CHUNK, Stream, unpacked
from cleanse.io.plan import Piece
from cleanse.io.tables import read_parquet
from cleanse.io.taking import Item, Refusal, Taken, check
from cleanse.io.warc import read_warc
from cleanse.limits import DEFAULTS, Limits, beyond
from cleanse.model import Document

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_FOOTER = 2**16
"""Bytes at the end of a Parquet file that are part of every range's digest."""
__all__ = ["Item", "PieceReader", "Refusal", "Taken", "check", "read_all", "read_bytes", "read_text"]


def read_all(inputs: Inputs, limits: Limits = DEFAULTS) -> Iterator[Item]:
    """Every document of every file, in order."""
    for file in inputs.walk():
        if file.kind:
            yield from PieceReader(inputs.root, Piece(file), limits).items()


class PieceReader:
    """The documents of a piece, and, once it is read, the digest of its bytes."""

    def __init__(self, root: Path, piece: Piece, limits: Limits = DEFAULTS, first: int = 1) -> None:
        self._piece = piece
        self._limits = limits
        self._path = root / piece.file.path
        self._first = first
        self._digest = ""
        self._trouble = ""
        self.lines = 0
        """Lines that begin in the piece, once it is read."""

    @property
    def source(self) -> str:
        """The file's name in the run."""
        return self._piece.file.source

    @property
    def size(self) -> int:
        """Bytes to read, as they were when the plan was made."""
        return self._piece.size

    @property
    def is_one_document(self) -> bool:
        """Whether the file is a document, not many."""
        return self._piece.file.kind not in MANY

    @property
    def digest(self) -> str:
        """SHA-256 over the name, the range and the bytes that were read; tells also whether they could be read."""
        file, piece = self._piece.file, self._piece
        what = (file.source, file.kind, file.packing, piece.start, piece.end, self._first, self._digest, self._trouble)
        return hashlib.sha256("\0".join(map(str, what)).encode()).hexdigest()

    def items(self) -> Iterator[Item]:
        """Every document, in order."""
        file = self._piece.file
        self._trouble = ""
        if file.kind == CLOSED:
            yield Refusal(file.source, "unreadable", f"{file.source}: this folder cannot be listed")
            return
        try:
            with _regular(self._path) as opened:
                before = _state(opened)
                for item in self._opened(opened):
                    yield item if file.kind in MANY or _state(opened) == before else self._changed()
                if file.kind in MANY and (_state(opened) != before or not self._is_as_planned(before[0])):
                    yield self._changed()
        except OSError as error:
            self._trouble += f" {error.errno}"
            yield Refusal(file.source, "unreadable", f"{file.source}: {error.strerror or error}", file.size)
        except (CleanseError, MemoryError):
            raise
        except Exception as error:  # noqa: BLE001 - whatever a reader of somebody else's makes of hostile bytes
            self._trouble += f" {type(error).__name__}"
            why = f"{file.source}: what comes here cannot be read: {type(error).__name__}: {error}"
            yield Refusal(file.source, "fault", why, file.size)

    def skim(self) -> str:
        """The digest, without looking into the documents."""
        self._trouble = ""
        try:
            with _regular(self._path) as opened:
                if self._piece.file.kind == LINES and not self._piece.file.packing:
                    self._digest = self._counted(opened).drain()
                    if not self._is_as_planned(_state(opened)[0]):
                        self._changed()
                elif self._piece.file.kind == PARQUET:
                    self._digest = self._ranged(opened)
                else:
                    self._digest = Stream(opened).drain()
        except OSError as error:
            self._trouble += f" {error.errno}"
        return self.digest

    def _is_as_planned(self, size: int) -> bool:
        return self._piece.end is None or size == self._piece.file.size

    def _changed(self) -> Refusal:
        self._trouble += " changed"
        source = self._piece.file.source
        return Refusal(source, "changed", f"{source}: it changed while it was being read", self._piece.file.size)

    def _counted(self, opened: BinaryIO) -> Counted:
        end = sys.maxsize if self._piece.end is None else self._piece.end
        return Counted(in_range(opened, self._piece.start, end, self._limits.held))

    def _ranged(self, opened: BinaryIO) -> str:
        """SHA-256 over the bytes of the range, and over the end of the file, which says where everything lies."""
        start = self._piece.start
        end = self._piece.file.size if self._piece.end is None else self._piece.end
        state = hashlib.sha256()
        for first, last in ((start, end), (max(end, _state(opened)[0] - _FOOTER), sys.maxsize)):
            opened.seek(first)
            while chunk := opened.read(min(CHUNK, last - opened.tell())):
                state.update(chunk)
        return state.hexdigest()

    def _opened(self, opened: BinaryIO) -> Iterator[Item]:
        file = self._piece.file
        if file.kind == PARQUET:
            end = sys.maxsize if self._piece.end is None else self._piece.end
            self._digest = self._ranged(opened)
            try:
                yield from read_parquet(opened, file.source, self._limits, self._piece.start, end)
            except ReadError as error:
                yield Refusal(file.source, error.reason, str(error), self._piece.size)
            return
        if file.kind == LINES and not file.packing:
            counted = self._counted(opened)
            yield from read_lines(counted, file.source, self._limits, self._first)
            self._digest, self.lines = counted.drain(), counted.count
            return
        stream = Stream(opened)
        try:
            chunks = unpacked(stream, file.packing, file.source, self._limits)
            if file.kind == LINES:
                yield from read_lines(split(chunks, self._limits.held), file.source, self._limits)
            elif file.kind == WARC:
                yield from read_warc(chunks, file.source, self._limits)
            else:
                yield _whole(file, stream, chunks, self._limits)
        except ReadError as error:
            yield Refusal(file.source, error.reason, str(error), file.size)
        self._digest = stream.drain()


def _whole(file: SourceFile, stream: Stream, chunks: Iterator[bytes], limits: Limits) -> Item:
    """The one document that a file is. Raises ReadError."""
    raw = bytearray()
    for chunk in chunks:
        raw += chunk
        limits.check_bytes(file.source, len(raw))
        if file.packing and stream.read_bytes > limits.packed_bytes:
            what = f"{file.source}: larger than {limits.packed_bytes:,} bytes, packed; split it"
            raise ReadError(beyond("packed_bytes", what), "too-large")
    if file.kind == HTML:
        text, how = extracted(bytes(raw), file.source)
        document = Document(file.source, text.encode("utf-8"), file.source, how, "utf-8")
    else:
        document = Document(file.source, bytes(raw), file.source)
    check(document, limits)
    return Taken(document, file.size)


def _state(file: BinaryIO) -> tuple[int, int]:
    """Size and time of the last change."""
    state = os.fstat(file.fileno())
    return state.st_size, state.st_mtime_ns


def _regular(path: Path) -> BinaryIO:
    """A file that was regular when the input was listed, and still is: no link is followed, no pipe waited for."""
    file = os.fdopen(os.open(path, _FLAGS), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no regular file any more")
    return file


def read_bytes(path: Path, source: str, limits: Limits = DEFAULTS) -> bytes:
    """The bytes of a file. Raises ReadError when it is too large or cannot be read."""
    try:
        limits.check_bytes(source, path.stat().st_size)
        with path.open("rb") as file:
            return file.read()
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """The text of one file, decoded as documents are. Raises ReadError."""
    return Document(path.name, read_bytes(path, path.name)).decoded.text
