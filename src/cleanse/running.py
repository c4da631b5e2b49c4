"""A whole run: inputs, settings, output folder, and the engine that does it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cleanse.engines.job import Job, Patience
from cleanse.engines.local import LocalRun, Share
from cleanse.engines.summary import Summary
from cleanse.io.decisions import copy_decisions
from cleanse.io.disk import Disk
from cleanse.io.files import Inputs, find_inputs
from cleanse.io.output import OutputFolder, refuse_overlap
from cleanse.io.plan import SHARD
from cleanse.io.work import Work
from cleanse.learning import Learner
from cleanse.settings import Settings

RESUME = ("auto", "strict", "no")
"""Where an earlier run broke off: go on and do again what has changed; refuse what has changed; start anew."""


@dataclass(frozen=True)
class Making:
    """What tests and embedders may put in the place of the real thing. Must be picklable for more than one job."""

    learner: Callable[[Settings], Learner] = Learner.of
    disk: Disk = field(default_factory=Disk)
    patience: Patience = field(default_factory=Patience)
    shard_size: int = SHARD


def run(  # noqa: PLR0913 - the options of the command
    where: str,
    output: Path,
    settings: Settings,
    *,
    jobs: int | None = 1,
    collection: str | None = None,
    decisions: Path | None = None,
    form: str = "text",
    resume: str = "auto",
    share: Share | None = None,
    progress: Callable[[int, int], None] | None = None,
    making: Making | None = None,
) -> Summary:
    """Clean everything `where` names into `output`.

    `jobs` 1 works in this very process, more in as many workers, None as it fits. `decisions` is a reviewer's file,
    taken as verdicts. `share` does some of the shards and joins nothing; a run without it
    joins all. `progress` is called with bytes done and bytes in all. Raises UsageError, RuleError or OutputError before
    anything is written; documents that cannot be cleaned are quarantined.
    """
    making = making or Making()
    share = share or Share()
    inputs = find_inputs(where)
    refuse_overlap(_tops(inputs), output)
    with OutputFolder(output, making.disk, shared=share.of > 1) as folder:
        if resume == "no":
            folder.restart()
        work = Work(folder.work, making.disk)
        copied = copy_decisions(decisions, work.decisions, making.disk) if decisions else None
        job = Job(
            inputs=inputs,
            out=output,
            work=folder.work,
            settings=settings,
            collection=collection_name(collection or inputs.root.resolve().name),
            form=form,
            decisions=copied,
            disk=making.disk,
            patience=making.patience,
            learner=making.learner,
            shard_size=making.shard_size,
            watched=progress is not None,
        )
        return LocalRun(job, folder, progress).run(jobs, share, strict=resume == "strict")


def _tops(inputs: Inputs) -> Iterable[Path]:
    """What the output must not lie in, nor hold: the input folder, or each of the files."""
    return [inputs.root] if inputs.names is None else (inputs.root / name for name in inputs.names)


def collection_name(name: str) -> str:
    """A name reduced to what a collection may be called: `[a-z0-9_-]+`."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-") or "collection"
