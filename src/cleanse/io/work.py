"""The work folder of a run: plan, surveys, parts and done-markers, so that a run can go on where it stopped.

A shard is done if its marker says so for the very same input, rules, options and version, and its files are what the
marker says they are. Nothing here is ever trusted for being there.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cleanse.io.disk import Disk
from cleanse.io.plan import Shard
from cleanse.io.writing import Written, digest_of, read_json, whole, write_json

VERSION = 1
PARTS = ("documents", "ledger", "quarantine", "inputs", "clean")
"""Kinds of parts: lines for the files of these names; digests of the inputs; clean texts of a file cut in ranges."""


@dataclass(frozen=True)
class Marker:
    """What became of a shard."""

    shard: int
    input: str
    """SHA-256 over the pieces and their bytes, as they were read."""
    fingerprint: str
    """SHA-256 over version, rules, options and what the run learned."""
    documents: int = 0
    ledger_lines: int = 0
    refused: int = 0
    refusals: list[list[Any]] = field(default_factory=list)
    """The first few, for the summary."""
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Files that are in their final place, with bytes and sha256."""
    parts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Files that are still to be joined with those of other shards."""
    clean_name: str = ""
    """The file that the part `clean` belongs to."""
    tally: dict[str, Any] = field(default_factory=dict)
    settled: list[dict[str, Any]] = field(default_factory=list)
    """What became of reviewers' decisions."""
    drawn: list[list[Any]] = field(default_factory=list)
    """Documents that the report may tell of: a digest that draws them, and where they are."""


@dataclass(frozen=True)
class Work:
    """Names and contents of a work folder."""

    folder: Path
    disk: Disk = field(default_factory=Disk)

    @property
    def plan(self) -> Path:
        """One shard a line."""
        return self.folder / "plan.jsonl"

    @property
    def decisions(self) -> Path:
        """The copy of the reviewers' decisions that the run goes by."""
        return self.folder / "decisions.jsonl"

    @property
    def lines(self) -> Path:
        """For ranges of files of lines: the number of their first line."""
        return self.folder / "lines.json"

    def part(self, shard: int, kind: str) -> Path:
        """Where a part of a shard lies."""
        return self.folder / "parts" / f"{shard:06}.{kind}"

    def marker(self, shard: int) -> Path:
        """Where the done-marker of a shard lies."""
        return self.folder / "parts" / f"{shard:06}.done"

    @contextmanager
    def begun(self, shard: int, task: str) -> Iterator[bool]:
        """Note what this very process does with a shard. Gives whether another one did, and came to a violent end."""
        note = self.folder / "begun" / f"{shard:06}.{task}"
        died_before = note.exists()
        note.parent.mkdir(parents=True, exist_ok=True)
        note.touch()
        try:
            yield died_before
        finally:
            note.unlink(missing_ok=True)

    def survey(self, number: int, shard: int) -> Path:
        """Where a survey's result for a shard lies; surveys are numbered from 1."""
        return self.folder / f"survey-{number}" / f"{shard:06}.json"

    def write_plan(self, shards: Iterable[Shard]) -> None:
        """Write the plan."""
        with whole(self.plan, self.disk) as sink:
            for shard in shards:
                sink.write(shard.dump())

    def plan_starts(self) -> "array[int]":
        """Where each shard's line begins in the plan."""
        starts = array("q")
        at = 0
        with self.plan.open("rb") as file:
            for line in file:
                starts.append(at)
                at += len(line)
        return starts

    def shard(self, start: int) -> Shard:
        """The shard whose line begins there."""
        with self.plan.open("rb") as file:
            file.seek(start)
            return Shard.load(file.readline())

    def write_marker(self, marker: Marker) -> None:
        """Say that a shard is done."""
        write_json(self.marker(marker.shard), {"v": VERSION, **asdict(marker)}, self.disk)

    def read_marker(self, shard: int) -> Marker | None:
        """What a shard's marker says; None when there is none of this version."""
        found = read_json(self.marker(shard))
        if not found or found.pop("v", None) != VERSION:
            return None
        try:
            return Marker(**found)
        except TypeError:
            return None

    def is_whole(self, marker: Marker, out: Path) -> bool:
        """Whether every file of a shard is what the marker says."""
        listed = [(out / name, row) for name, row in marker.files.items()]
        listed += [(self.part(marker.shard, kind), row) for kind, row in marker.parts.items()]
        return all(digest_of(path) == Written(row["bytes"], row["sha256"]) for path, row in listed)

    def results(self, number: int, shards: int) -> Iterator[Mapping[str, Any]]:
        """What the shards said in a survey."""
        for shard in range(shards):
            result = read_json(self.survey(number, shard))
            if result is None:
                raise FileNotFoundError(2, "a survey's result is gone", str(self.survey(number, shard)))
            yield result
