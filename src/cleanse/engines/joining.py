"""The last step of a run: the parts of all shards become the files of the output folder, in the order of the input.

Every part is digested again on the way. One that is not what its marker says is not joined: its shard has to be done
again.
"""

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from cleanse.decisions.decision import load as load_decision
from cleanse.decisions.settling import Settled, State, complete, counts
from cleanse.engines.cleaning import DRAWN, FEW
from cleanse.engines.job import Bench
from cleanse.engines.summary import Summary
from cleanse.errors import OutputError
from cleanse.io.output import CLEAN, OutputFolder
from cleanse.io.parts import JOINED, lines, read_placed
from cleanse.io.store import Cleaned
from cleanse.io.work import Marker
from cleanse.io.writing import Sink, Written, read_checked
from cleanse.ledger_io import encode
from cleanse.rendering import placed
from cleanse.report import html_report
from cleanse.tally import Tally


class PartError(Exception):
    """A part is not what its marker says."""

    def __init__(self, shard: int) -> None:
        super().__init__(shard)
        self.shard = shard


@dataclass(frozen=True)
class Join:
    """Join all parts. Gives the summary, or the number of a shard that has to be done again."""

    rounds: int

    def do(self, bench: Bench) -> Summary | int:
        """Files first, then the manifest, then `_SUCCESS`."""
        try:
            return _Joining(bench, self).run()
        except PartError as error:
            return error.shard


class _Joining:
    def __init__(self, bench: Bench, task: Join) -> None:
        self.bench = bench
        self.task = task
        self.out = bench.job.out
        self.disk = bench.job.disk
        self.fingerprint = bench.fingerprint(task.rounds)
        self.inputs = hashlib.sha256()
        self.lines = 0
        self.tally = Tally()
        self.refused = 0
        self.refusals: list[tuple[str, str, str]] = []
        self.settled: list[Settled] = []
        self.drawn: list[tuple[str, int, list[Any]]] = []
        self.folder = OutputFolder(bench.job.out, bench.job.disk)

    def run(self) -> Summary:
        self._join()
        if self.bench.stored:
            self.settled = complete(self.bench.book, self.settled)
            with self.folder.open("decided.jsonl") as sink:
                for row in self.settled:
                    sink.write((encode(row.as_dict()) + "\n").encode("utf-8"))
        self._report()
        self.folder.finish(self._about(), self._listed())
        return Summary(
            tally=self.tally,
            refused=self.refused,
            refusals=tuple(self.refusals),
            settled=Counter(row.state for row in self.settled),
            torn=self.bench.stored.torn if self.bench.stored else (),
        )

    def _markers(self) -> Iterator[Marker]:
        for number in range(len(self.bench.starts)):
            marker = self.bench.work.read_marker(number)
            if marker is None or marker.fingerprint != self.fingerprint:
                raise PartError(number)
            yield marker

    def _join(self) -> None:
        with ExitStack() as stack:
            kinds = ("documents", "ledger", "quarantine") if self.bench.job.form in JOINED else ("quarantine",)
            sinks = {kind: stack.enter_context(self.folder.open(f"{kind}.jsonl")) for kind in kinds}
            texts = stack.enter_context(_Texts(self.folder))
            for marker in self._markers():
                self._append(marker, sinks)
                texts.append(marker.clean_name, self._part(marker, "clean"))
                self.tally.add(Tally.load(marker.tally))
                self.refused += marker.refused
                room = max(0, FEW - len(self.refusals))
                self.refusals += [(source, reason, why) for source, reason, why in marker.refusals[:room]]
                self.settled += map(_settled, marker.settled)
                rows = ((digest, marker.shard, place) for digest, place in marker.drawn)
                self.drawn = heapq.nsmallest(DRAWN, [*self.drawn, *rows])

    def _append(self, marker: Marker, sinks: Mapping[str, Sink]) -> None:
        for data in self._part(marker, "inputs"):
            self.inputs.update(data)
        for kind, sink in sinks.items():
            if kind != "documents":
                for data in self._part(marker, kind):
                    sink.write(data)
        if "documents" in sinks:
            for line in lines(self._part(marker, "documents")):
                count, _, record = line.partition(b" ")
                sink = sinks["documents"]
                sink.write(placed(record.decode("utf-8"), self.lines + 1, int(count)).encode("utf-8"))
                self.lines += int(count)

    def _part(self, marker: Marker, kind: str) -> Iterator[bytes]:
        """The bytes of a part. Raises PartError when they turn out to be others than were written."""
        if kind in marker.parts:
            row = marker.parts[kind]
            try:
                yield from read_checked(self.bench.work.part(marker.shard, kind), Written(row["bytes"], row["sha256"]))
            except OutputError as error:
                raise PartError(marker.shard) from error

    def _report(self) -> None:
        of = self.tally.documents if self.tally.documents > len(self.drawn) else 0
        most = self.bench.job.settings.limits.report_edits
        tool = self.bench.info(0).tool
        pages = html_report(self._drawn_documents, self.tally, tool, self.settled, drawn_from=of, most=most)
        with self.folder.open("report.html") as sink:
            for piece in pages:
                sink.write(piece.encode("utf-8"))

    def _drawn_documents(self) -> Iterator[Cleaned]:
        """The documents that the report tells of, in the order of the run."""
        for _, shard, place in sorted(self.drawn, key=lambda row: (row[1], row[2])):
            yield read_placed(self.bench.work, shard, place)

    def _listed(self) -> Iterator[tuple[str, Written]]:
        """The files that workers have put in their final places."""
        for marker in self._markers():
            for name, row in marker.files.items():
                yield name, Written(row["bytes"], row["sha256"])

    def _about(self) -> dict[str, object]:
        rounds = self.task.rounds
        info = self.bench.info(rounds)
        return {
            "tool": info.tool,
            "run_id": info.run_id,
            "rules": info.rules_digest,
            "collection": info.collection,
            "format": self.bench.job.form,
            "options": self.bench.options(rounds),
            "inputs": self.inputs.hexdigest(),
            "counts": {**self.tally.as_dict(), "quarantined": self.refused},
            **({"decisions": counts(self.settled)} if self.bench.stored else {}),
        }


class _Texts:
    """Clean texts of files that were cut in ranges: one file each again."""

    def __init__(self, folder: OutputFolder) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._name = ""
        self._sink: Sink | None = None

    def __enter__(self) -> "_Texts":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def append(self, name: str, chunks: Iterator[bytes]) -> None:
        """Append what a shard has of the file."""
        if name != self._name:
            self._stack.close()
            self._sink, self._name = None, name
        for data in chunks:
            if self._sink is None:
                self._sink = self._stack.enter_context(self._folder.open(f"{CLEAN}/{name}"))
            self._sink.write(data)


def _settled(row: Mapping[str, Any]) -> Settled:
    return Settled(load_decision(row["decision"]), State(row["state"]), row["edit"], row["document"], row["why"])
