"""What fault tests share: a small input in several shards, disks and stages that fail, what must hold afterwards."""

import errno
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cleanse import Pipeline, Settings
from cleanse.engines.summary import Summary
from cleanse.io.disk import Disk
from cleanse.learning import Learner
from cleanse.model import Draft, Wish
from cleanse.running import Making, run

BARE = Settings(stages=("decode", "typography"), date_order="none")
SMALL = 600
"""Bytes in a shard: a dozen short documents make several."""
TEXT = "“It is over,“ said the envoy, and the ferry number {} left at noon without him.\n"


def make_input(folder: Path, count: int = 12) -> Path:
    """A tree of texts and a file of JSON lines, which is cut in ranges."""
    (folder / "deep").mkdir(parents=True)
    for number in range(count):
        name = f"deep/{number:03}.txt" if number % 3 else f"{number:03}.txt"
        (folder / name).write_text(TEXT.format(number) * 2, encoding="utf-8")
    lines = [f'{{"text": "Line {number}. {"The ferry left at noon. " * 6}", "n": {number}}}\n' for number in range(9)]
    (folder / "lines.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def go(source: Path, out: Path, *, jobs: int = 1, making: Making | None = None, **options: str) -> Summary:
    """A run over shards of a few documents."""
    settings = options.pop("settings", None) or BARE
    return run(str(source), out, settings, jobs=jobs, making=making or Making(shard_size=SMALL), **options)  # type: ignore[arg-type]


def digests(folder: Path) -> dict[str, str]:
    """Every visible file of a folder; what is hidden is not finished and nobody's."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in found}
    return {n: sha256(p.read_bytes()).hexdigest() for n, p in names.items() if not n.startswith(".") and "/." not in n}


def torn(out: Path, reference: dict[str, str]) -> list[str]:
    """Visible files that are not, byte for byte, what an undisturbed run writes."""
    return [name for name, digest in digests(out).items() if reference.get(name) != digest] if out.exists() else []


@dataclass(frozen=True)
class FailingDisk(Disk):
    """Fails at the `at`th operation of a kind, counted from 1 in each process."""

    kind: str = "write"
    at: int = 0
    how: str = "full"
    seen: list[str] = field(default_factory=list)

    def write(self, file: BinaryIO, data: bytes) -> None:
        if self._fails("write"):
            data = data[: len(data) // 2]  # a short write, and nobody says so
        super().write(file, data)

    def sync(self, file: BinaryIO) -> None:
        self._fails("sync")
        super().sync(file)

    def rename(self, source: Path, target: Path) -> None:
        self._fails("rename")
        super().rename(source, target)

    def _fails(self, kind: str) -> bool:
        self.seen.append(kind)
        if kind != self.kind or self.seen.count(kind) != self.at:
            return False
        if self.how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.how == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return True


@dataclass(frozen=True)
class Poison:
    """A stage that does something terrible at some documents."""

    what: str
    victims: tuple[str, ...]
    name: str = "poison"

    def propose(self, draft: Draft) -> list[Wish]:
        if draft.document.id in self.victims:
            if self.what == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            if self.what == "spin":
                while True:
                    pass
            if self.what == "sleep":
                time.sleep(3600)
            if self.what == "memory":
                raise MemoryError
        return []


def _poisoned(what: str, victims: tuple[str, ...], settings: Settings) -> Learner:
    pipeline = Pipeline.default(settings)
    stages = (*pipeline.stages, Poison(what, victims))
    return Learner(settings, Pipeline(stages, settings.threshold, settings.guards, rules_digest=pipeline.rules_digest))


def poisoned(what: str, *victims: str) -> Callable[[Settings], Learner]:
    """A pipeline with a poisonous stage, that workers can build."""
    return partial(_poisoned, what, victims)


def killed(source: Path, out: Path, disk: FailingDisk, *, jobs: int = 1) -> int:
    """Run in a child process that the disk kills; the signal that ended it, 0 when it came to its end."""
    child = os.fork()
    if child == 0:
        try:
            go(source, out, jobs=jobs, making=Making(disk=disk, shard_size=SMALL))
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
