"""The same cleaned batches from a child process, so that a document that kills or hangs its process costs one row.

A child takes a piece of a batch and has a deadline for it. When it dies or is late, it is replaced and the piece is
halved, until the one document is found that does it: its row is quarantined as `crash` or `timeout`, all others are
cleaned. An engine uses this where a task has failed before, so that runs without such a document pay nothing.
"""

import os
import pickle
import select
import struct
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from types import MappingProxyType
from typing import Any, BinaryIO

from cleanse.columns import arrow
from cleanse.engines.batches import Pack, clean_batches, default_pack, pieces, refused_batch

_PATIENCE = 60.0
"""Seconds for any piece."""
_START = 600.0
"""Seconds for a child to load its rules on a busy machine."""
_PACE = 20_000
"""Bytes a second that even the slowest document makes: a tenth of the slowest measured."""
_HEADER = struct.Struct("<Q")
_CHILD = "import sys; sys.path[:] = {path!r}; from cleanse.engines.isolation import serve; serve()"


class _LostError(Exception):
    """The child died or was late; says which, in one word."""


def clean_batches_isolated(
    batches: Iterable[Any], pack: Pack | None = None, patience: float = _PATIENCE
) -> Iterator[Any]:
    """What `clean_batches` gives, from a child process; needs a system with `select` on pipes (not Windows).

    `patience`: seconds a single short document may take.
    """
    pack = pack or default_pack()
    child: list[_Child] = []
    try:
        for batch in batches:
            for piece in pieces(batch):
                yield from _cleaned(piece, pack, child, patience)
    finally:
        _dismiss(child)


def _cleaned(piece: Any, pack: Pack, child: list["_Child"], patience: float) -> Iterator[Any]:
    """The piece, cleaned; in halves where it costs the child."""
    if not child:
        child.append(_Child(pack))
    try:
        yield from child[0].clean(piece, patience + piece.nbytes / _PACE)
    except _LostError as why:
        _dismiss(child)
        if piece.num_rows <= 1:
            yield refused_batch(piece, pack, str(why), f"its worker {_FATES[str(why)]} on it")
            return
        middle = piece.num_rows // 2
        yield from _cleaned(piece.slice(0, middle), pack, child, patience)
        yield from _cleaned(piece.slice(middle), pack, child, patience)


_FATES = MappingProxyType({"crash": "died", "timeout": "did not come to an end"})


def _dismiss(child: list["_Child"]) -> None:
    while child:
        child.pop().stop()


class _Child:
    """A process that cleans what it is sent."""

    def __init__(self, pack: Pack) -> None:
        # Not multiprocessing: engines run us in daemonic workers, which may have no children of that kind.
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", _CHILD.format(path=sys.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._send(pickle.dumps(pack))
        self._answer(_START)

    def clean(self, piece: Any, seconds: float) -> list[Any]:
        """The cleaned piece. Raises _LostError."""
        self._send(_packed([piece]))
        return _unpacked(self._answer(seconds))

    def _answer(self, seconds: float) -> bytes:
        (length,) = _HEADER.unpack(self._receive(_HEADER.size, seconds))
        return self._receive(length, seconds)

    def _send(self, data: bytes) -> None:
        if self._process.stdin is None:
            raise _LostError("crash")
        try:
            self._process.stdin.write(_HEADER.pack(len(data)) + data)
            self._process.stdin.flush()
        except OSError:
            raise _LostError("crash") from None

    def _receive(self, length: int, seconds: float) -> bytes:
        if self._process.stdout is None:
            raise _LostError("crash")
        handle = self._process.stdout.fileno()
        data = bytearray()
        while len(data) < length:
            if not select.select([handle], [], [], seconds)[0]:
                raise _LostError("timeout")
            more = os.read(handle, length - len(data))
            if not more:
                raise _LostError("crash")
            data += more
        return bytes(data)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()


def serve() -> None:
    """The life of a child: a pack, then batches, until its input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what anything prints must not stand between the batches
    pack: Pack = pickle.loads(_message(source) or b"")  # noqa: S301 - our parent's bytes
    answer = pack.worker.run.run_id.encode()  # loads the rules
    while True:
        sink.write(_HEADER.pack(len(answer)) + answer)
        sink.flush()
        data = _message(source)
        if data is None:
            return
        answer = _packed(clean_batches(_unpacked(data), pack))


def _message(source: BinaryIO) -> bytes | None:
    header = source.read(_HEADER.size)
    return source.read(_HEADER.unpack(header)[0]) if len(header) == _HEADER.size else None


def _packed(batches: Iterable[Any]) -> bytes:
    """Batches of one schema as an Arrow stream."""
    pa = arrow()
    found = list(batches)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, found[0].schema) as writer:
        for batch in found:
            writer.write_batch(batch)
    return bytes(sink.getvalue())


def _unpacked(data: bytes) -> list[Any]:
    return list(arrow().ipc.open_stream(data))
