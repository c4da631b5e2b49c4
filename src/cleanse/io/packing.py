"""Files as streams of bytes: read once, digested on the way, unpacked with a limit on how much may come out."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from cleanse.errors import ReadError, UsageError
from cleanse.limits import DEFAULTS

CHUNK = 2**18
BOMB_FREE = DEFAULTS.document_bytes
"""Unpacked bytes that are never too many."""
BOMB_RATIO = DEFAULTS.ratio
"""Unpacked bytes per packed byte beyond which a file is no text but a bomb: text packs about 4:1."""


class Stream:
    """A file read in order, its bytes counted and digested."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.read_bytes = 0

    def read(self, size: int = CHUNK) -> bytes:
        """At most `size` bytes; none at the end."""
        data = self._file.read(size)
        self._hash.update(data)
        self.read_bytes += len(data)
        return data

    def drain(self) -> str:
        """Read to the end; SHA-256 of the whole file."""
        while self.read():
            pass
        return self._hash.hexdigest()


def unpacked(stream: Stream, packing: str, source: str) -> Iterator[bytes]:
    """What is in the file, in chunks. Raises ReadError for broken or monstrous contents, UsageError."""
    chunks = _gunzipped(stream) if packing.lower() == ".gz" else _unzstd(stream) if packing else _plain(stream)
    total = 0
    try:
        for chunk in chunks:
            total += len(chunk)
            if packing and total > max(BOMB_FREE, BOMB_RATIO * stream.read_bytes):
                raise ReadError(f"{source}: unpacks to more than {BOMB_RATIO} times its size; not read on", "bomb")
            yield chunk
    except (zlib.error, EOFError) as error:
        raise ReadError(f"{source}: cannot be unpacked: {error}", "broken-packing") from error


def _plain(stream: Stream) -> Iterator[bytes]:
    while data := stream.read():
        yield data


def _gunzipped(stream: Stream) -> Iterator[bytes]:
    """Every member of a gzip file; zeros behind the last one are padding."""
    data = stream.read()
    if not data:
        raise EOFError("it is empty")
    while data := data.lstrip(b"\0") or stream.read():
        member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        while not member.eof:
            yield member.decompress(data, CHUNK)
            data = member.unconsumed_tail or member.unused_data
            if not data and not member.eof:
                data = stream.read()
                if not data:
                    raise EOFError("it breaks off")


def _unzstd(stream: Stream) -> Iterator[bytes]:
    zstandard = _zstandard()
    with zstandard.ZstdDecompressor(max_window_size=2**27).stream_reader(stream, read_across_frames=True) as reader:
        try:
            while data := reader.read(CHUNK):
                yield data
        except zstandard.ZstdError as error:
            raise EOFError(str(error)) from error


def _zstandard() -> Any:
    try:
        import zstandard  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("files packed with zstd need zstandard: pip install 'cleanse[zstd]'") from error
    return zstandard
