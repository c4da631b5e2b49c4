"""JSON lines: each a document, from a byte range of a file or from a stream. A broken line costs itself alone."""

import hashlib
import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from cleanse.decoding import without_surrogates
from cleanse.errors import ReadError
from cleanse.io.packing import CHUNK
from cleanse.io.taking import Item, Refusal, Taken, check
from cleanse.ledger_io import encode
from cleanse.limits import Limits, beyond
from cleanse.model import Document

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its newline, and where it begins; no data when it is too long to be held."""

    start: int
    data: bytes | None
    size: int


def split(chunks: Iterable[bytes], held_bytes: int, start: int = 0, stop: int | None = None) -> Iterator[Line]:
    """The lines that begin before `stop`; `start` is the place of the first byte. Longer ones than held have no data.

    A line without an end is given up at `stop` only when it began before `start`'s range, see `in_range`.
    """
    held: list[bytes] = []
    size, begin = 0, start
    for chunk in chunks:
        at = 0
        while (end := chunk.find(b"\n", at) + 1) > 0:
            size += end - at
            held.append(chunk[at:end])
            yield Line(begin, b"".join(held) if size <= held_bytes else None, size)
            begin, at, size = begin + size, end, 0
            held.clear()
            if stop is not None and begin >= stop:
                return
        size += len(chunk) - at
        if size <= held_bytes:
            held.append(chunk[at:])
        else:
            held.clear()
    if size:
        yield Line(begin, b"".join(held) if size <= held_bytes else None, size)


def in_range(file: BinaryIO, start: int, end: int, held_bytes: int) -> Iterator[Line]:
    """The lines of a file that begin in a range of bytes: ranges side by side give every line once."""
    begin = start
    if start:
        begin = _next_line(file, start, end)
        if begin >= end:
            return
    file.seek(begin)
    yield from split(iter(lambda: file.read(CHUNK), b""), held_bytes, begin, end)


def _next_line(file: BinaryIO, start: int, end: int) -> int:
    """Where the first line at or after `start` begins; `end` when there is none before it."""
    file.seek(start - 1)
    at = start - 1
    while at < end:
        chunk = file.read(min(CHUNK, end - at))
        if not chunk:
            break
        if (found := chunk.find(b"\n")) >= 0:
            return at + found + 1
        at += len(chunk)
    return end


class Counted:
    """Lines on their way: counted, and digested each by itself, so that a range's digest is that of its lines."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._hash = hashlib.sha256()
        self.count = 0

    def __iter__(self) -> Iterator[Line]:
        for line in self._lines:
            self.count += 1
            self._hash.update(line.data if line.data is not None else f"{line.size} bytes".encode())
            yield line

    def drain(self) -> str:
        """Read what is left; SHA-256 over all lines."""
        for _ in self:
            pass
        return self._hash.hexdigest()


def read_lines(lines: Iterable[Line], source: str, limits: Limits, first: int = 1) -> Iterator[Item]:
    """The documents of lines, the first of which has the number `first`. Empty lines are none."""
    for number, line in enumerate(lines, first):
        if line.data is None:
            message = beyond("document_bytes", f"{source}:{number}: a line of {line.size:,} bytes; split it")
            yield Refusal(f"{source}:{number}", "too-large", message, line.size)
        elif line.data.strip():
            yield read_record(source, number, line.data, limits)


def read_record(source: str, number: int, line: bytes, limits: Limits) -> Item:
    """The document of one line, or why there is none."""
    place = f"{source}:{number}"
    try:
        record = json.loads(line, parse_constant=_no_number, parse_float=_finite)
        document = _document(record, source, place)
        check(document, limits)
    except ReadError as error:
        return Refusal(place, error.reason, str(error), len(line))
    except json.JSONDecodeError as error:
        return Refusal(place, "broken-line", f"{place}: no JSON: {error.msg} at character {error.pos + 1}", len(line))
    except (ValueError, RecursionError) as error:
        return Refusal(place, "broken-line", f"{place}: {error}", len(line))
    return Taken(document, len(line))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _document(record: Any, source: str, place: str) -> Document:
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ReadError(f"{place}: no JSON object with a `text`", "broken-line")
    rest = without_surrogates({key: value for key, value in record.items() if key not in ("id", "text")})
    name = without_surrogates(str(record["id"])) if record.get("id") is not None else place
    raw = record["text"].encode("utf-8", "surrogatepass")
    return Document(name, raw, source, {**rest, "_place": place}, "utf-8")


def with_text(line: bytes, text: str) -> bytes:
    """The line of a record with another `text`; every other byte stays. Of several, the last is what was read."""
    encoding = json.detect_encoding(line)
    record = line.decode(encoding, "surrogatepass")
    start, end = _span_of_text(record)
    if json.loads(record[start:end]) == text:
        return line
    return f"{record[:start]}{encode(text)}{record[end:]}".encode(encoding, "surrogatepass")


def _span_of_text(record: str) -> tuple[int, int]:
    """Where the value of the last `text` of a JSON object stands."""
    found = (0, 0)
    at = _past_space(record, 0)
    while record[at] in "{,":
        key, end = _DECODER.raw_decode(record, _past_space(record, at + 1))
        start = _past_space(record, _past_space(record, end) + 1)  # behind the colon
        _, end = _DECODER.raw_decode(record, start)
        if key == "text":
            found = (start, end)
        at = _past_space(record, end)
    return found


def _past_space(record: str, at: int) -> int:
    space = _SPACE.match(record, at)
    return space.end() if space else at
