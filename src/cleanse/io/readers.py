"""Documents from files. What cannot be read becomes a refusal with its reason, and the run goes on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanse.errors import ReadError, UsageError
from cleanse.io.files import Inputs, SourceFile
from cleanse.limits import DEFAULTS
from cleanse.model import Document

MAX_BYTES = DEFAULTS.document_bytes
"""Largest document, in bytes."""
MAX_CHARS = DEFAULTS.document_chars
"""Longest document, in code points."""
_SNIFFED = 8_192
_CONTROL_SHARE = 0.02
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1b")


@dataclass(frozen=True)
class Refusal:
    """Something that was not taken in, for `quarantine.jsonl`."""

    source: str
    reason: str
    """One word: unreadable, too-large, binary, broken-line, crash, fault."""
    message: str
    size: int = 0


@dataclass(frozen=True)
class Taken:
    """A document that was read, and how many bytes of input it stands for."""

    document: Document
    size: int


Item = Taken | Refusal


def read_all(inputs: Inputs) -> Iterator[Item]:
    """Every document of every file, in order."""
    for file in inputs.files:
        if file.path.suffix.lower() == ".jsonl":
            yield from _read_jsonl(file)
        else:
            yield _read_text(file)


def check_ids(inputs: Inputs) -> None:
    """Raise UsageError when one id stands for two different texts; the same text twice is no conflict."""
    seen: dict[str, tuple[str, str]] = {}
    for file in inputs.files:
        if file.path.suffix.lower() != ".jsonl":
            continue
        for item in _read_jsonl(file):
            if isinstance(item, Refusal):
                continue
            document = item.document
            place = str(document.meta.get("_place"))
            first = seen.setdefault(document.id, (document.digest, place))
            if first[0] != document.digest:
                raise UsageError(f"two texts share the id {document.id!r}: {first[1]} and {place}; make the ids unique")


def read_bytes(path: Path, source: str) -> bytes:
    """The bytes of a file. Raises ReadError when it is too large or cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{source}: larger than {MAX_BYTES // 2**20} MiB; split it", "too-large")
        with path.open("rb") as file:
            return file.read()
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}") from error


def read_text(path: Path) -> str:
    """The text of one file, decoded as documents are. Raises ReadError."""
    return Document(path.name, read_bytes(path, path.name)).decoded.text


def _read_text(file: SourceFile) -> Item:
    try:
        document = Document(file.source, read_bytes(file.path, file.source), file.source)
        check(document)
    except ReadError as error:
        return Refusal(file.source, error.reason, str(error), file.size)
    return Taken(document, file.size)


def check(document: Document) -> None:
    """Raise ReadError for what is no text or too much of it."""
    if len(document.raw) > MAX_BYTES:
        raise ReadError(f"{document.id}: larger than {MAX_BYTES // 2**20} MiB; split it", "too-large")
    sample = document.decoded.text[:_SNIFFED]
    controls = sum(ord(character) in _CONTROLS for character in sample.rstrip("\x00"))
    if controls > max(1, _CONTROL_SHARE * len(sample)):
        raise ReadError(f"{document.id}: looks like a binary file, not text", "binary")
    if len(document.decoded.text) > MAX_CHARS:
        raise ReadError(f"{document.id}: more than {MAX_CHARS:,} characters; split it", "too-large")


def _read_jsonl(file: SourceFile) -> Iterator[Item]:
    try:
        with file.path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _read_record(file.source, number, line)
    except OSError as error:
        yield Refusal(file.source, "unreadable", f"{file.source}: {error.strerror or error}", file.size)


def _read_record(source: str, number: int, line: bytes) -> Item:
    place = f"{source}:{number}"
    try:
        document = _document(json.loads(line), source, place)
        check(document)
    except ReadError as error:
        return Refusal(place, error.reason, str(error), len(line))
    except ValueError as error:
        return Refusal(place, "broken-line", f"{place}: {error}", len(line))
    return Taken(document, len(line))


def _document(record: Any, source: str, place: str) -> Document:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ReadError(f"{place}: no JSON object with a `text`", "broken-line")
    rest = {key: value for key, value in record.items() if key not in ("id", "text")}
    name = str(record["id"]) if record.get("id") is not None else place
    raw = record["text"].encode("utf-8", "surrogatepass")
    return Document(name, raw, source, {**rest, "_place": place})
