"""A whole run: inputs, pipeline, workers, output folder, report."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import cleanse
from cleanse.decisions.settling import Settled, complete, counts
from cleanse.engines.local import run_local
from cleanse.engines.work import Result, Worker
from cleanse.io.decisions import read_decisions
from cleanse.io.files import Inputs, find_inputs
from cleanse.io.output import OutputFolder, Sink, refuse_overlap
from cleanse.io.readers import Refusal, Taken, check_ids, read_all
from cleanse.io.store import Run
from cleanse.learning import learned
from cleanse.ledger_io import encode
from cleanse.rendering import LEDGER, Rendered, RunInfo
from cleanse.report import html_report
from cleanse.settings import Settings
from cleanse.tally import Tally


@dataclass
class Summary:
    """What a run did."""

    tally: Tally = field(default_factory=Tally)
    refusals: list[Refusal] = field(default_factory=list)
    ignored: tuple[str, ...] = ()
    settled: list[Settled] = field(default_factory=list)
    """What became of each decision, where decisions were given."""
    torn: tuple[int, ...] = ()
    """Lines of the decisions file that are not whole."""

    @property
    def needs_a_look(self) -> bool:
        """Whether some document was refused or marked for review."""
        return bool(self.refusals) or self.tally.statuses["review"] > 0


def run(  # noqa: PLR0913 - the options of the command
    where: str,
    output: Path,
    settings: Settings,
    *,
    jobs: int = 1,
    collection: str | None = None,
    decisions: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Clean everything `where` names into `output`.

    `decisions` is a reviewer's file, taken as verdicts; `progress` is called with bytes done and bytes in all.
    Raises UsageError, RuleError or OutputError before anything is written; documents that cannot be cleaned are
    quarantined.
    """
    inputs = find_inputs(where)
    refuse_overlap(inputs.root if Path(where).is_dir() else inputs.files[0].path, output)
    check_ids(inputs)
    learner = learned(settings, lambda: _texts(inputs))
    settings, pipeline = learner.settings, learner.pipeline
    stored = read_decisions(decisions) if decisions else None
    if stored:
        pipeline = replace(pipeline, decisions=stored.book)
    options = {**settings.as_dict(), **({"decisions": stored.digest} if stored else {})}
    name = collection_name(collection or inputs.root.resolve().name)
    info = RunInfo.of(cleanse.__version__, pipeline.rules_digest, name, options)
    summary = Summary(ignored=inputs.ignored, torn=stored.torn if stored else ())
    with OutputFolder(output) as folder:
        results = run_local(Worker(pipeline, info), read_all(inputs), jobs)
        digests = _write_all(folder, _watched(results, inputs.size, progress), summary)
        if stored:
            summary.settled = complete(stored.book, summary.settled)
            _write_settled(folder, summary.settled)
        with folder.open("report.html") as sink:
            for piece in html_report(Run(output, {}).documents, summary.tally, info.tool, summary.settled):
                sink.write(piece.encode("utf-8"))
        folder.finish({
            "tool": info.tool,
            "run_id": info.run_id,
            "rules": info.rules_digest,
            "collection": info.collection,
            "options": options,
            "inputs": digests,
            "counts": {**summary.tally.as_dict(), "quarantined": len(summary.refusals)},
            **({"decisions": counts(summary.settled)} if stored else {}),
        })  # fmt: skip
    return summary


def _texts(inputs: Inputs) -> Iterator[str]:
    """All texts of the run, decoded."""
    return (item.document.decoded.text for item in read_all(inputs) if isinstance(item, Taken))


def collection_name(name: str) -> str:
    """A name reduced to what a collection may be called: `[a-z0-9_-]+`."""
    return re.sub(r"[^a-z0-9_-]+", "-", name.lower()).strip("-") or "collection"


def _write_all(folder: OutputFolder, results: Iterable[Result], summary: Summary) -> str:
    """Write records, ledgers, clean texts and quarantine; returns one digest over all raw documents."""
    rows = 0
    digests = hashlib.sha256()
    with (
        folder.open("documents.jsonl") as records,
        folder.open(LEDGER) as ledger,
        _CleanTexts(folder) as texts,
    ):
        for result in results:
            if isinstance(result, Rendered):
                digests.update(f"{result.id}\0{result.raw_digest}\n".encode())
                records.write(result.line(rows + 1).encode("utf-8"))
                rows += result.ledger_lines
                ledger.write(result.ledger.encode("utf-8"))
                texts.write(result)
                summary.tally.add(result.tally)
                summary.settled += result.settled
            else:
                summary.refusals.append(result)
    with folder.open("quarantine.jsonl") as sink:
        for refusal in summary.refusals:
            row = {"source": refusal.source, "reason": refusal.reason, "message": refusal.message}
            sink.write((encode(row) + "\n").encode("utf-8"))
    return digests.hexdigest()


def _write_settled(folder: OutputFolder, settled: Iterable[Settled]) -> None:
    with folder.open("decided.jsonl") as sink:
        for row in settled:
            sink.write((encode(row.as_dict()) + "\n").encode("utf-8"))


def _watched(results: Iterable[Result], total: int, progress: Callable[[int, int], None] | None) -> Iterator[Result]:
    done = 0
    for result in results:
        yield result
        done += result.size
        if progress:
            progress(done, total)


class _CleanTexts:
    """The tree below `clean/`: a file per text file, and one JSONL file per JSONL file."""

    def __init__(self, folder: OutputFolder) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._source = ""
        self._sink: Sink | None = None

    def __enter__(self) -> "_CleanTexts":
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def write(self, result: Rendered) -> None:
        if not result.source.endswith(".jsonl"):
            self._folder.write(f"clean/{result.source}", result.text.encode("utf-8"))
            return
        if self._sink is None or self._source != result.source:
            self._stack.close()
            self._source = result.source
            self._sink = self._stack.enter_context(self._folder.open(f"clean/{result.source}"))
        self._sink.write((encode({"id": result.id, "text": result.text, **result.meta}) + "\n").encode("utf-8"))
