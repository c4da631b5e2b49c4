"""Files as streams of bytes: read once, digested on the way, unpacked with a limit on how much may come out."""

import hashlib
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from cleanse.errors import ReadError, UsageError
from cleanse.limits import Limits, beyond

CHUNK = 2**18
_SIP = 2**10
"""Bytes of zstd that are unpacked at a time: at most 256 blocks of 128 KiB come out of them."""


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


def unpacked(stream: Stream, packing: str, source: str, limits: Limits) -> Iterator[bytes]:
    """What is in the file, in chunks. Raises ReadError for broken or monstrous contents, UsageError.

    As much as one document may have is never too much; text packs about 4:1.
    """
    chunks = _gunzipped(stream) if packing.lower() == ".gz" else _unzstd(stream) if packing else _plain(stream)
    total = 0
    try:
        for chunk in chunks:
            total += len(chunk)
            if packing and total > max(limits.document_bytes, limits.ratio * stream.read_bytes):
                what = f"{source}: unpacks to more than {limits.ratio} times its size; not read on"
                raise ReadError(beyond("ratio", what), "bomb")
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
    """Every frame of a zstd file. Frame by frame: a reader over all of them takes a broken end for the end."""
    zstandard = _zstandard()
    data = stream.read(_SIP)
    if not data:
        raise EOFError("it is empty")
    try:
        while data := data or stream.read(_SIP):
            frame = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
            while not frame.eof:
                if not (data := data or stream.read(_SIP)):
                    raise EOFError("it breaks off")
                yield frame.decompress(data)
                data = frame.unused_data
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from error


def _zstandard() -> Any:
    try:
        import zstandard  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("files packed with zstd need zstandard: pip install 'cleanse[zstd]'") from error
    return zstandard
