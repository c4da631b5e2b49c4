"""A run on this machine, step by step: plan, survey, clean, join. In this very process, or by workers.

Every step leaves files that the next one reads, so that a run can be broken off anywhere and gone on with. The number
of workers decides who does what, and nothing else.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

from cleanse.engines.cleaning import NOT_DONE, Checked, CheckShard, CleanShard
from cleanse.engines.crew import Crew, ProgressCounter, Task
from cleanse.engines.job import At, Bench, Job, Progress
from cleanse.engines.joining import Join
from cleanse.engines.planning import MakePlan, Planned
from cleanse.engines.summary import Summary
from cleanse.engines.surveying import Conclude, SurveyShard
from cleanse.engines.watching import ShardTask
from cleanse.errors import OutputError, RuleError, UsageError
from cleanse.io.output import OutputFolder

_TOLD = 20
"""Changed shards that are named one by one."""
_AGAIN = 3
"""Times that parts found broken when they are joined are made anew."""


class Hands(Protocol):
    """Whoever does tasks."""

    def ready(self, tasks: int) -> None:
        """Get ready for so many tasks."""
        ...

    def do(self, task: Task) -> Any:
        """Have one task done."""
        ...

    def each(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """The results of tasks, as they come."""
        ...


@dataclass(frozen=True)
class Share:
    """Which shards are this run's: the `part`th of `of` jobs that share the work, or all."""

    part: int = 1
    of: int = 1

    def has(self, shard: int) -> bool:
        """Whether a shard is ours."""
        return shard % self.of == self.part - 1


class Here:
    """No worker but the process itself. A document that kills it kills the run; then a worker does that shard."""

    def __init__(self, job: Job, progress: ProgressCounter) -> None:
        self._job = job
        self._progress = progress
        self._bench = Bench(job, self._hear, supervised=False)

    def ready(self, tasks: int) -> None:
        """Nobody else has to come."""

    def do(self, task: Task) -> Any:
        """Do one task."""
        if not isinstance(task, ShardTask):
            return task.do(self._bench)
        with self._bench.work.begun(task.shard, type(task).__name__) as died_before:
            if died_before:
                with Crew(self._job, 1, self._progress) as crew:
                    return crew.do(replace(task, closely=True))
            return task.do(self._bench)

    def each(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """Do one task after the other."""
        return map(self.do, tasks)

    def _hear(self, message: At | Progress) -> None:
        if isinstance(message, Progress):
            self._progress.add(message.size)


@dataclass
class LocalRun:
    """One run into one folder, which is locked already."""

    job: Job
    folder: OutputFolder
    progress: Callable[[int, int], None] | None = None

    def run(self, jobs: int | None, share: Share, *, strict: bool) -> Summary:
        """Do all that is left to do. Only a run without a share joins the parts.

        `jobs` None: as many as there are processors, where the input is more than one shard. Raises UsageError or
        RuleError before anything of an earlier run is touched.
        """
        counter = ProgressCounter(show=self.progress)
        if jobs is None:
            jobs = self._fitting()
        if jobs > 1:
            with Crew(self.job, jobs, counter) as crew:
                return self._steps(crew, counter, share, strict=strict)
        return self._steps(Here(self.job, counter), counter, share, strict=strict)

    def _fitting(self) -> int:
        """One worker for what is one shard at most: starting more would cost more than it saves."""
        size = 0
        for file in self.job.inputs.walk():
            size += file.size
            if size > self.job.shard_size:
                return _processors()
        return 1

    def _steps(self, hands: Hands, counter: ProgressCounter, share: Share, *, strict: bool) -> Summary:
        try:
            planned: Planned = hands.do(MakePlan())
            hands.ready(planned.shards)
            rounds = _survey(hands, planned)
        except (UsageError, RuleError):
            self.folder.forget()
            raise
        if strict:
            _refuse_changes(hands, planned, rounds)
        self.folder.begin()
        counter.total = planned.size
        for _ in range(_AGAIN):
            tasks = (CleanShard(number, rounds) for number in range(planned.shards) if share.has(number))
            kept = sum(done.kept for done in hands.each(tasks))
            if share.of > 1:
                return Summary(joined=False, kept=kept)
            result: Summary | int = hands.do(Join(rounds))
            if isinstance(result, Summary):
                return replace(result, kept=kept, ignored=planned.ignored, first_ignored=planned.first_ignored)
        raise OutputError(f"{self.folder.folder}: what is written to shard {result} reads back as something else")


def _processors() -> int:
    """How many processors this process may use, where the system tells; else how many there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _survey(hands: Hands, planned: Planned) -> int:
    """Survey the run as often as somebody is curious; how often that was."""
    rounds = 0
    wanted = hands.do(Conclude(0)) or planned.has_records
    while wanted:
        deque(hands.each(SurveyShard(number, rounds) for number in range(planned.shards)), maxlen=0)
        rounds += 1
        wanted = hands.do(Conclude(rounds))
    return rounds


def _refuse_changes(hands: Hands, planned: Planned, rounds: int) -> None:
    """Raise OutputError naming every shard that was done and would not come out the same."""
    checks: Iterator[Checked] = hands.each(CheckShard(number, rounds) for number in range(planned.shards))
    changed = sorted((c.shard, c.what, c.source) for c in checks if c.what not in ("", NOT_DONE))
    if changed:
        told = "; ".join(f"shard {shard} from {source}: {what}" for shard, what, source in changed[:_TOLD])
        more = f"; and {len(changed) - _TOLD} more" if len(changed) > _TOLD else ""
        raise OutputError(
            f"{len(changed)} shards have changed since they were done: {told}{more}; "
            "without --resume=strict they are done again"
        )
