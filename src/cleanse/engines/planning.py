"""The first step of a run: walk the input and cut it into shards."""

from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.engines.job import Bench
from cleanse.io.files import MANY, OTHER, SourceFile
from cleanse.io.plan import Shard, cut


@dataclass(frozen=True)
class Planned:
    """What the plan says, in figures."""

    shards: int
    size: int
    """Bytes of input."""
    has_records: bool
    """Whether any file holds many documents, whose ids may clash."""
    ignored: int
    """Files that are left alone."""
    first_ignored: str


@dataclass(frozen=True)
class MakePlan:
    """Write the plan into the work folder."""

    def do(self, bench: Bench) -> Planned:
        """Nothing of the tree is held, however many files it has."""
        counting = _Counting(bench)
        bench.work.write_plan(counting.shards())
        return Planned(counting.number, counting.size, counting.has_records, counting.ignored, counting.first_ignored)


class _Counting:
    def __init__(self, bench: Bench) -> None:
        self._job = bench.job
        self.number = self.size = self.ignored = 0
        self.has_records = False
        self.first_ignored = ""

    def shards(self) -> Iterator[Shard]:
        for shard in cut(self._files(), self._job.shard_size):
            self.number += 1
            self.size += shard.size
            yield shard

    def _files(self) -> Iterator[SourceFile]:
        for file in self._job.inputs.walk():
            if file.kind == OTHER:
                self.ignored += 1
                self.first_ignored = self.first_ignored or file.source
            else:
                self.has_records |= file.kind in MANY
                yield file
