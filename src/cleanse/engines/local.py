"""Worker processes on this machine, supervised by ourselves.

The standard pools lose every document in flight, or hang, when one worker dies. Here each worker has its own
pipe and at most one document; when it dies, a fresh one gets the document once more, and a second death
quarantines that document and nothing else. Results come in the order of the items, whatever the number of
workers.
"""

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from cleanse.engines.work import Result, Worker
from cleanse.io.readers import Item, Refusal, Taken

_ATTEMPTS = 2
_AHEAD = 4
"""Results per worker that may wait for an earlier one: bounds the memory."""


def run_local(worker: Worker, items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """Results in the order of the items; one job works in this very process."""
    if jobs <= 1:
        yield from map(worker, items)
        return
    crew = _Crew(worker, jobs)
    try:
        yield from crew.results(items)
    finally:
        crew.dismiss()


class _Member:
    """A worker process, its pipe, and what it is working on."""

    def __init__(self, worker: Worker) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_serve, args=(worker, theirs), daemon=True)
        self.process.start()
        theirs.close()
        self.task: tuple[int, Taken, int] | None = None

    def give(self, index: int, item: Taken, attempt: int) -> None:
        self.task = (index, item, attempt)
        self.pipe.send(item)

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join()


class _Crew:
    def __init__(self, worker: Worker, jobs: int) -> None:
        self.worker = worker
        self.members = [_Member(worker) for _ in range(jobs)]
        self.done: dict[int, Result] = {}

    def results(self, items: Iterable[Item]) -> Iterator[Result]:
        queue = enumerate(items)
        exhausted = False
        given = delivered = 0
        while True:
            while not exhausted and given - delivered < _AHEAD * len(self.members):
                free = next((member for member in self.members if member.task is None), None)
                if free is None:
                    break
                try:
                    index, item = next(queue)
                except StopIteration:
                    exhausted = True
                    break
                given = index + 1
                if isinstance(item, Refusal):
                    self.done[index] = item
                else:
                    self._give(free, index, item, 1)
            while delivered in self.done:
                yield self.done.pop(delivered)
                delivered += 1
            if exhausted and delivered == given:
                return
            self._collect()

    def _give(self, member: _Member, index: int, item: Taken, attempt: int) -> None:
        try:
            member.give(index, item, attempt)
        except OSError:
            self._replace(member)

    def _collect(self) -> None:
        busy = {member.pipe: member for member in self.members if member.task}
        if not busy:
            return
        for pipe in wait(list(busy)):
            member = busy[pipe]  # type: ignore[index]
            try:
                result: Result = member.pipe.recv()
            except (EOFError, OSError):
                self._replace(member)
                continue
            if member.task:
                self.done[member.task[0]] = result
            member.task = None

    def _replace(self, member: _Member) -> None:
        """A worker died: a fresh one takes over its document, unless it has killed one before."""
        member.stop()
        fresh = _Member(self.worker)
        self.members[self.members.index(member)] = fresh
        if member.task is None:
            return
        index, item, attempt = member.task
        if attempt < _ATTEMPTS:
            self._give(fresh, index, item, attempt + 1)
        else:
            name = item.document.id
            self.done[index] = Refusal(name, "crash", f"{name}: the worker died on it twice", item.size)

    def dismiss(self) -> None:
        for member in self.members:
            member.stop()


def _serve(worker: Worker, pipe: Connection) -> None:
    """The life of a worker process. The parent alone answers to the keyboard."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            item = pipe.recv()
        except EOFError:
            return
        pipe.send(worker(item))
