"""The survey of a run before it cleans anything: line numbers, ids, and what stages want to know.

Each shard is surveyed by itself; `conclude` brings the results together. The first survey also refuses ids that
stand for two texts, before anything is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.engines.job import Bench
from cleanse.engines.watching import ShardTask
from cleanse.errors import UsageError
from cleanse.io.ids import IdRows, clashes, id_hash
from cleanse.io.plan import Shard
from cleanse.io.taking import Taken
from cleanse.io.writing import read_json, write_json
from cleanse.model import Document


@dataclass(frozen=True)
class SurveyShard(ShardTask):
    """Ask one shard, in the survey after so many rounds."""

    def do(self, bench: Bench) -> None:
        """Leave the shard's answer in the work folder, unless a still valid one lies there."""
        shard = bench.shard(self.shard)
        number = self.rounds + 1
        learner = bench.learner(self.rounds)
        asked = f"{learner.digest} {bench.fingerprint(0)}"
        path = bench.work.survey(number, self.shard)
        there = read_json(path) if number > 1 or path.with_suffix(".ids").exists() else None
        readers = list(bench.readers(shard, counted=False))
        if there and there.get("asked") == asked and there.get("input") == [reader.skim() for reader in readers]:
            return
        survey, rows = learner.survey(), IdRows()
        for index, reader in enumerate(readers):
            for item in self.items(bench, index, reader):
                if isinstance(item, Taken):
                    rows.add(item.document)
                    survey.see(item.document.decoded.text)
        if number == 1:
            rows.write(path.with_suffix(".ids"), bench.work.disk)
        lines = sum(reader.lines for reader in readers)
        result = {"asked": asked, "input": [reader.digest for reader in readers], "lines": lines, **survey.result()}
        write_json(path, result, bench.work.disk)


@dataclass(frozen=True)
class Conclude:
    """Bring a survey's answers together. Gives whether another survey is wanted."""

    number: int

    def do(self, bench: Bench) -> bool:
        """Raises UsageError for an id that stands for two texts."""
        if self.number == 1:
            _number_lines(bench)
            _check_ids(bench)
        return bench.learner(self.number).curious


def _number_lines(bench: Bench) -> None:
    """Give each range of a file the number of its first line."""
    numbers: dict[str, int] = {}
    last, line = "", 1
    for number, result in enumerate(bench.work.results(1, len(bench.starts))):
        piece = bench.shard(number).pieces[0]
        if piece.end is not None:
            line = line if piece.file.source == last else 1
            numbers[str(number)] = line
            last, line = piece.file.source, line + result["lines"]
    write_json(bench.work.lines, numbers, bench.work.disk)


def _check_ids(bench: Bench) -> None:
    files = [bench.work.survey(1, number).with_suffix(".ids") for number in range(len(bench.starts))]
    for name, one, two in clashes(files):
        texts: dict[str, tuple[str, str]] = {}
        for shard in sorted({one, two}):
            for document in _named(bench, bench.shard(shard), name):
                place = str(document.meta.get("_place", document.source))
                first, where = texts.setdefault(document.id, (document.digest, place))
                if first != document.digest:
                    raise UsageError(
                        f"two texts share the id {document.id!r}: {where} and {place}; make the ids unique"
                    )


def _named(bench: Bench, shard: Shard, name: bytes) -> Iterator[Document]:
    for reader in bench.readers(shard):
        for item in reader.items():
            if isinstance(item, Taken) and id_hash(item.document.id) == name:
                yield item.document
