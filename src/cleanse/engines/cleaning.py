"""Cleaning one shard: read, clean, prove, write, and say that it is done. Or see that nothing of it has changed."""

import hashlib
import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cleanse.decisions.decision import dump
from cleanse.decisions.settling import Settled
from cleanse.engines.job import Bench, Progress
from cleanse.engines.watching import ShardTask
from cleanse.engines.work import Worker
from cleanse.io.parts import PartWriter, quarantine_line, writer
from cleanse.io.plan import Shard
from cleanse.io.readers import PieceReader
from cleanse.io.work import Marker
from cleanse.io.writing import Sink, remove_files, whole
from cleanse.rendering import Rendered
from cleanse.tally import Tally

DRAWN = 1_000
"""Documents of a run that its report tells of, at most."""
NOT_DONE = "not done"
FEW = 10
"""Refusals that a summary names."""


@dataclass(frozen=True)
class Done:
    """A shard is done."""

    shard: int
    kept: bool
    """Whether an earlier run had done it."""


@dataclass(frozen=True)
class Checked:
    """What has changed since a shard was done: nothing, its `input`, the `settings`, the `files`; or NOT_DONE."""

    shard: int
    what: str
    source: str
    """The first file of the shard."""


@dataclass(frozen=True)
class CheckShard:
    """Say what has changed since a shard was done."""

    shard: int
    rounds: int

    def do(self, bench: Bench) -> Checked:
        """Look, and write nothing."""
        shard = bench.shard(self.shard)
        return Checked(self.shard, self._changed(bench, shard), shard.pieces[0].file.source)

    def _changed(self, bench: Bench, shard: Shard) -> str:
        marker = bench.work.read_marker(self.shard)
        if marker is None:
            return NOT_DONE
        if marker.fingerprint != bench.fingerprint(self.rounds):
            return "settings"
        if marker.input != _digest(reader.skim() for reader in bench.readers(shard)):
            return "input"
        return "" if bench.work.is_whole(marker, bench.job.out) else "files"


@dataclass(frozen=True)
class CleanShard(ShardTask):
    """Clean a shard, unless it is done and nothing has changed."""

    def do(self, bench: Bench) -> Done:
        """Parts first, then the marker that makes them count."""
        if not CheckShard(self.shard, self.rounds).do(bench).what:
            bench.tell(Progress(bench.shard(self.shard).size))
            return Done(self.shard, kept=True)
        remove_files([bench.work.marker(self.shard)])
        bench.work.write_marker(_Cleaning(bench, self).run())
        return Done(self.shard, kept=False)


class _Cleaning:
    """The work on one shard."""

    def __init__(self, bench: Bench, task: CleanShard) -> None:
        self.bench = bench
        self.task = task
        self.shard: Shard = bench.shard(task.shard)
        self.worker: Worker = bench.worker(task.rounds)
        self.quarantine: Sink
        self.inputs: Sink
        self.tally = Tally()
        self.settled: list[Settled] = []
        self.drawn: list[tuple[str, list[Any]]] = []
        self.refusals: list[list[Any]] = []
        self.refused = self.ledger_lines = 0

    def run(self) -> Marker:
        """Clean all documents and write them."""
        bench, number = self.bench, self.shard.number
        parts = writer(bench.job.form, bench.job.out, self.shard, bench.work)
        readers = enumerate(bench.readers(self.shard))
        try:
            with (
                whole(bench.work.part(number, "quarantine"), bench.work.disk) as quarantine,
                whole(bench.work.part(number, "inputs"), bench.work.disk) as inputs,
            ):
                self.quarantine, self.inputs = quarantine, inputs
                digest = _digest(self._piece(index, reader, parts) for index, reader in readers)
            closed = parts.close()
        except BaseException:
            parts.drop()
            raise
        written = {**closed.parts, "quarantine": quarantine.written, "inputs": inputs.written}
        ranged = next((piece.file.clean_name for piece in self.shard.pieces if piece.end is not None), "")
        return Marker(
            shard=number,
            input=digest,
            fingerprint=bench.fingerprint(self.task.rounds),
            documents=self.tally.documents,
            ledger_lines=self.ledger_lines,
            refused=self.refused,
            refusals=self.refusals,
            files={name: file.as_dict() for name, file in closed.files.items()},
            parts={kind: file.as_dict() for kind, file in written.items()},
            clean_name=ranged,
            tally=self.tally.dump(),
            settled=[_dump_settled(row) for row in self.settled],
            drawn=[[*row] for row in heapq.nsmallest(DRAWN, self.drawn)],
        )

    def _piece(self, index: int, reader: PieceReader, parts: PartWriter) -> str:
        """Clean the documents of a piece; the digest of what was read."""
        for item in self.task.items(self.bench, index, reader):
            result = self.worker(item)
            if isinstance(result, Rendered):
                self._take(result, parts.write(result))
            else:
                self.refused += 1
                if len(self.refusals) < FEW:
                    self.refusals.append([result.source, result.reason, result.message])
                self.quarantine.write(quarantine_line(result))
            self.bench.tell(Progress(item.size))
        return reader.digest

    def _take(self, result: Rendered, place: list[Any]) -> None:
        self.inputs.write(f"{result.id}\0{result.raw_digest}\n".encode())
        self.ledger_lines += result.ledger_lines
        self.tally.add(result.tally)
        self.settled += result.settled
        self.drawn.append((result.raw_digest, place))
        if len(self.drawn) > 2 * DRAWN:
            self.drawn = heapq.nsmallest(DRAWN, self.drawn)


def _dump_settled(row: Settled) -> dict[str, Any]:
    return {
        "decision": dump(row.decision), "state": row.state.value, "edit": row.edit, "document": row.document,
        "why": row.why,
    }  # fmt: skip


def _digest(digests: Iterable[str]) -> str:
    """One digest over those of the pieces."""
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
