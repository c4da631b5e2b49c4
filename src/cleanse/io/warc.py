"""WARC and WET files, read as a stream: the text of `conversion` records, and of HTML `response` records.

Only what a corpus needs of ISO 28500: records one after the other, a header block, `Content-Length` bytes, two line
breaks. Other records (requests, metadata, revisits) are no documents and are passed over.
"""

from collections.abc import Iterable, Iterator, Mapping

from cleanse.errors import ReadError
from cleanse.io.html import extracted
from cleanse.io.taking import Item, Refusal, Taken, check
from cleanse.limits import Limits, beyond
from cleanse.model import Document

_LONGEST_HEADER = 2**16
"""Bytes of a header, and of a line of it."""
_MAGIC = b"WARC/1."


class _Buffer:
    """Chunks of bytes, taken out line by line or by size."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._data = bytearray()

    def _more(self) -> bool:
        chunk = next(self._chunks, b"")
        self._data += chunk
        return bool(chunk)

    def line(self) -> bytes:
        """The next line without its end; nothing at the end. Raises ReadError for one that is no header."""
        while (end := self._data.find(b"\n")) < 0:
            if len(self._data) > _LONGEST_HEADER or not self._more():
                break
        if end > _LONGEST_HEADER or (end < 0 and self._data):
            raise ReadError("no line of a WARC header", "broken-warc")
        line = bytes(self._data[: end + 1])
        del self._data[: end + 1]
        return line

    def take(self, size: int, most: int) -> bytes | None:
        """The next `size` bytes; None when they are more than `most`, and passed over. Raises ReadError at the end."""
        kept = bytearray()
        left = size
        while left:
            if not self._data and not self._more():
                raise ReadError("the file breaks off inside a record", "broken-warc")
            part = self._data[:left]
            del self._data[: len(part)]
            left -= len(part)
            if size <= most:
                kept += part
        return bytes(kept) if size <= most else None


def read_warc(chunks: Iterable[bytes], source: str, limits: Limits) -> Iterator[Item]:
    """The documents of a WARC file. What is no WARC ends it with a refusal; what came before stays."""
    buffer = _Buffer(chunks)
    number = 0
    try:
        while (header := _header(buffer)) is not None:
            number += 1
            size = int(header.get("content-length", ""))
            if size < 0:
                raise ValueError("a negative length")  # noqa: TRY301 - one refusal for every broken header
            payload = buffer.take(size, limits.document_bytes)
            if _is_text(header):
                yield _record(header, payload, source, number, size, limits)
    except ReadError as error:
        yield Refusal(f"{source}:{number}", error.reason, f"{source}, record {number}: {error}")
    except ValueError as error:
        yield Refusal(f"{source}:{number}", "broken-warc", f"{source}, record {number}: {error}")


def _header(buffer: _Buffer) -> Mapping[str, str] | None:
    """The fields of the next record, names in lower case; None at the end of the file."""
    line = buffer.line()
    while line and not line.strip():
        line = buffer.line()
    if not line:
        return None
    if not line.startswith(_MAGIC):
        raise ReadError("no WARC record begins here", "broken-warc")
    fields: dict[str, str] = {}
    size = 0
    while (line := buffer.line()).strip():
        size += len(line)
        if size > _LONGEST_HEADER:
            raise ReadError("no WARC header is so long", "broken-warc")
        name, _, value = line.decode("utf-8", "replace").partition(":")
        fields[name.strip().lower()] = value.strip()
    return fields


def _is_text(header: Mapping[str, str]) -> bool:
    kind = header.get("warc-type", "").lower()
    content = header.get("content-type", "").lower()
    return (kind == "conversion" and content.startswith("text/plain")) or (
        kind == "response" and content.startswith("application/http")
    )


def _record(  # noqa: PLR0913, PLR0917 - what is known of it
    header: Mapping[str, str], payload: bytes | None, source: str, number: int, size: int, limits: Limits
) -> Item:
    place = f"{source}:{number}"
    name = header.get("warc-record-id", "") or place
    meta: dict[str, object] = {
        key: header[field]
        for key, field in (("url", "warc-target-uri"), ("warc_date", "warc-date"), ("warc_record_id", "warc-record-id"))
        if field in header
    }
    if payload is None:
        return Refusal(place, "too-large", beyond("document_bytes", f"{place}: a record of {size:,} bytes"), size)
    try:
        if header["warc-type"].lower() == "response":
            text, how = extracted(_body(payload), place)
            document = Document(name, text.encode("utf-8"), source, {**meta, **how, "_place": place}, "utf-8")
        else:
            document = Document(name, payload, source, {**meta, "_place": place})
        check(document, limits)
    except ReadError as error:
        return Refusal(place, error.reason, str(error), size)
    return Taken(document, size)


def _body(response: bytes) -> bytes:
    """The page of an HTTP response. Raises ReadError for one that is no plain HTML page."""
    head, found, body = response.partition(b"\r\n\r\n")
    lowered = head.lower()
    if not found or b"html" not in lowered:
        raise ReadError("no HTML page", "no-text")
    if b"\ncontent-encoding:" in lowered or b"\ntransfer-encoding: chunked" in lowered:
        raise ReadError("the page is packed or chunked; unpack the WARC file's payloads first", "broken-packing")
    return body
