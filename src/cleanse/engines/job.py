"""What a run is to do, as data that travels to workers; and a worker's bench, where pipeline and knowledge stand.

The process that supervises builds no pipeline: it stays small, whatever the input.
"""

import hashlib
import sys
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import cleanse
from cleanse.decisions.book import Book
from cleanse.engines.work import Worker
from cleanse.io.decisions import Stored, read_decisions
from cleanse.io.disk import Disk
from cleanse.io.files import Inputs
from cleanse.io.plan import SHARD, Shard
from cleanse.io.readers import PieceReader
from cleanse.io.work import Work
from cleanse.io.writing import read_json
from cleanse.learning import Learner
from cleanse.registry import origins
from cleanse.rendering import RunInfo
from cleanse.settings import Settings

_SHAPES_RESULTS = ("regex", "ftfy", "langdetect", "pyspellchecker", "trafilatura", "lxml", "chardet", "pyarrow")
"""Packages whose version, or absence, can change a result."""


@dataclass(frozen=True)
class Patience:
    """How long one document may keep a worker: a last resort that no honest document meets, see `Limit`."""

    seconds: float = 300.0
    """Of processor time, for any document."""
    per_megabyte: float = 120.0
    asleep: float = 10.0
    """How many times as long it may take by the clock."""

    def allowance(self, size: int) -> float:
        """Seconds of processor time for a document of at most so many bytes."""
        return self.seconds + self.per_megabyte * size / 1e6


@dataclass(frozen=True)
class Job:
    """Everything a worker must know."""

    inputs: Inputs
    out: Path
    work: Path
    settings: Settings
    collection: str
    form: str = "text"
    decisions: Path | None = None
    """A copy that nobody writes to any more."""
    disk: Disk = field(default_factory=Disk)
    patience: Patience = field(default_factory=Patience)
    learner: Callable[[Settings], Learner] = Learner.of
    shard_size: int = SHARD
    watched: bool = False
    """Whether somebody wants to see the progress: telling it costs."""


@dataclass(frozen=True)
class At:
    """A worker is about to read and work on this document of its shard."""

    piece: int
    document: int


@dataclass(frozen=True)
class Progress:
    """Bytes of input that a worker has finished since it last said so."""

    size: int


class Bench:
    """Where a worker works. Everything is built when it is first needed."""

    def __init__(self, job: Job, tell: Callable[[At | Progress], None], *, supervised: bool) -> None:
        self.job = job
        self.tell = tell
        """Passes a message to whoever supervises."""
        self.supervised = supervised
        self.work = Work(job.work, job.disk)
        self._learners: list[Learner] = []

    def learner(self, rounds: int) -> Learner:
        """The learner after so many surveys."""
        if not self._learners:
            learner = self.job.learner(self.job.settings)
            if self.stored:
                learner = replace(learner, pipeline=replace(learner.pipeline, decisions=self.stored.book))
            self._learners.append(learner)
        while len(self._learners) <= rounds:
            number = len(self._learners)
            self._learners.append(self._learners[-1].informed(partial(self.work.results, number, len(self.starts))))
        return self._learners[rounds]

    @cached_property
    def stored(self) -> Stored | None:
        """The reviewers' decisions of this run."""
        return read_decisions(self.job.decisions) if self.job.decisions else None

    @property
    def book(self) -> Book:
        """The reviewers' decisions, none if need be."""
        return self.stored.book if self.stored else Book()

    @cached_property
    def starts(self) -> "array[int]":
        """Where the lines of the plan begin."""
        return self.work.plan_starts()

    @cached_property
    def first_lines(self) -> dict[str, int]:
        """By shard, the number of the first line of a range."""
        return read_json(self.work.lines) or {}

    def shard(self, number: int) -> Shard:
        """A shard of the plan."""
        return self.work.shard(self.starts[number])

    def readers(self, shard: Shard, *, counted: bool = True) -> Iterator[PieceReader]:
        """A reader for each piece; `counted` when the lines before it are."""
        first = self.first_lines.get(str(shard.number), 1) if counted else 1
        for piece in shard.pieces:
            yield PieceReader(self.job.inputs.root, piece, self.job.settings.limits, first)

    def options(self, rounds: int) -> dict[str, object]:
        """What the manifest says of the choices of this run."""
        decisions = {"decisions": self.stored.digest} if self.stored else {}
        return {**self.learner(rounds).settings.as_dict(), **decisions}

    def info(self, rounds: int) -> RunInfo:
        """What every record says of the run."""
        digest = self.learner(rounds).pipeline.rules_digest
        return RunInfo.of(cleanse.__version__, digest, self.job.collection, self.options(rounds))

    def worker(self, rounds: int) -> Worker:
        """What is done with one document."""
        return Worker(self.learner(rounds).pipeline, self.info(rounds))

    def fingerprint(self, rounds: int) -> str:
        """SHA-256 over everything but the input that a shard's result depends on."""
        info, learner = self.info(rounds), self.learner(rounds)
        what = [
            info.run_id, learner.digest, self.job.form, str(self.job.shard_size), unicodedata.unidata_version,
            str(sys.version_info[:2]), *(f"{name} {_version(name)}" for name in _SHAPES_RESULTS),
            *origins(learner.settings.stages),
        ]  # fmt: skip
        return hashlib.sha256("\0".join(what).encode()).hexdigest()


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
