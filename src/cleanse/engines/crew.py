"""Worker processes on this machine, supervised by ourselves.

The standard pools lose every task in flight, or hang, when one worker dies. Here each worker has a pipe of its own
and one shard at a time. When it dies, a fresh one does the shard again, closely watched: it announces each document.
A document on which two watched workers died is refused, and all others of its shard are delivered. Workers end with
the process that started them, however it ends.
"""

import multiprocessing
import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from cleanse.engines.job import At, Bench, Job, Progress
from cleanse.engines.watching import ALL, ShardTask, Teller
from cleanse.errors import ResourceError
from cleanse.garbage import look_seldom

_DEATHS = 2
"""So many watched workers must die on a document before it is refused: the first may have died of something else."""
_FALSE_STARTS = 3
"""Workers that die one after the other before they do anything: then it is not the documents."""
_KILLED_BY_TIMER = (-signal.SIGPROF, -signal.SIGALRM)


class Task(Protocol):
    """Something a worker can do. Must be picklable, as its result must be."""

    def do(self, bench: Bench) -> Any:
        """Do it."""
        ...


@dataclass
class _Trouble:
    """What is known of a shard whose worker died."""

    deaths: Counter[tuple[int, int]] = field(default_factory=Counter)
    culprits: dict[tuple[int, int], str] = field(default_factory=dict)


class _Member:
    """A worker process, its pipe, and what it is working on."""

    def __init__(self, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(job, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.at: tuple[int, int] | None = None
        self.has_worked = False

    def give(self, task: Task) -> None:
        self.task, self.at = task, None
        self.pipe.send(task)

    def stop(self) -> int:
        """End the process; the code it ended with."""
        self.pipe.close()
        self.process.terminate()
        self.process.join()
        return self.process.exitcode or 0


class Crew:
    """Some workers. A context manager: leaving it ends them."""

    def __init__(self, job: Job, size: int, progress: "ProgressCounter") -> None:
        self._job = job
        self._size = size
        self._progress = progress
        self._members: list[_Member] = []
        self._queue: deque[Task] = deque()
        self._troubles: dict[tuple[type, int], _Trouble] = {}
        self._false_starts = 0

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *error: object) -> None:
        for member in self._members:
            member.stop()

    def ready(self, tasks: int) -> None:
        """Start workers for so many tasks that are to come: they load while the first of them concludes."""
        while len(self._members) < min(self._size, tasks):
            self._members.append(_Member(self._job))

    def do(self, task: Task) -> Any:
        """Have one task done."""
        return next(self.each([task]))

    def each(self, tasks: Iterable[Task]) -> Iterator[Any]:
        """The results of tasks, as they come. Raises what a task raised, and ResourceError when workers cannot live."""
        coming = iter(tasks)
        while True:
            exhausted = self._assign(coming)
            if exhausted and not any(member.task for member in self._members):
                return
            busy = {member.pipe: member for member in self._members if member.task}
            for pipe in wait(list(busy)):
                yield from self._hear(busy[pipe])  # type: ignore[index]

    def _assign(self, coming: Iterator[Task]) -> bool:
        """Give every free worker something to do; whether nothing is left to give."""
        while True:
            member = next((member for member in self._members if member.task is None), None)
            if member is None and len(self._members) >= self._size:
                return False
            task = self._queue.popleft() if self._queue else next(coming, None)
            if task is None:
                return True
            if member is None:
                member = _Member(self._job)
                self._members.append(member)
            try:
                member.give(task)
            except OSError:
                self._bury(member)

    def _hear(self, member: _Member) -> Iterator[Any]:
        try:
            kind, value = member.pipe.recv()
        except (EOFError, OSError):
            self._bury(member)
            return
        member.has_worked = True
        self._false_starts = 0
        if kind == "error":
            raise value
        if kind == "result":
            member.task = None
            yield value
        elif isinstance(value, At):
            member.at = (value.piece, value.document)
        elif isinstance(value, Progress):
            self._progress.add(value.size)

    def _bury(self, member: _Member) -> None:
        """A worker died: what it was doing goes to a fresh one."""
        code = member.stop()
        self._members.remove(member)
        task = member.task
        if not member.has_worked:
            self._false_starts += 1
            if self._false_starts >= _FALSE_STARTS:
                raise ResourceError(
                    f"workers die before they can work (code {code}); "
                    "give them more memory, or fewer --jobs, and run again"
                )
        if isinstance(task, ShardTask):
            task = self._closely(task, member.at, "hang" if code in _KILLED_BY_TIMER else "crash")
        if task is not None:
            self._queue.appendleft(task)

    def _closely(self, task: ShardTask, at: tuple[int, int] | None, fate: str) -> ShardTask:
        """The shard's next attempt."""
        trouble = self._troubles.setdefault((type(task), task.shard), _Trouble())
        if task.closely:
            place = at or (-1, ALL)
            trouble.deaths[place] += 1
            if at is None and trouble.deaths[place] > _DEATHS:
                raise ResourceError(f"workers die on shard {task.shard} outside of its documents; run again")
            if at is not None and trouble.deaths[at] >= _DEATHS:
                # one that kills again though it was not cleaned kills when it is read: leave its whole file
                trouble.culprits[at if at not in trouble.culprits else (at[0], ALL)] = fate
        return replace(task, closely=True, culprits=dict(trouble.culprits))


@dataclass
class ProgressCounter:
    """Bytes done, of bytes in all; tells whoever wants to know."""

    total: int = 0
    done: int = 0
    show: Any = None
    """Called with both, or None."""

    def add(self, size: int) -> None:
        """So many more are done. What is done again after a crash is not counted beyond the total."""
        self.done = min(self.done + size, self.total)
        if self.show:
            self.show(self.done, self.total)


def _serve(job: Job, pipe: Connection) -> None:
    """The life of a worker process. The parent alone answers to the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    look_seldom()
    for timer in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(timer, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    tell = Teller(lambda message: pipe.send(("message", message)), watched=job.watched)
    bench = Bench(job, tell, supervised=True)
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            result = task.do(bench)
            tell.flush()
            pipe.send(("result", result))
        except (BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:  # noqa: BLE001 - the parent decides what it means
            pipe.send(("error", error))


def _end_with_parent() -> None:
    """Not one more file is written once nobody waits for it: a later run may be at work already."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGKILL)
