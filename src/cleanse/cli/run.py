"""`cleanse run`, `cleanse text`, `cleanse check`: cleaning."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import click

from cleanse.cli.common import LOOK, guarded, make_settings, say, settings_options
from cleanse.decisions.settling import State
from cleanse.io.files import find_inputs
from cleanse.io.readers import Refusal, read_all
from cleanse.ledger_io import encode
from cleanse.model import Document
from cleanse.pipeline import Pipeline, Status
from cleanse.running import Summary
from cleanse.running import run as run_folder
from cleanse.visible import visible


@click.command()
@click.argument("source", metavar="IN")
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@settings_options
@click.option("--jobs", "-j", type=click.IntRange(1), default=1, show_default=True, help="Worker processes.")
@click.option("--collection", help="The collection's name in the records. [default: the input folder's name]")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="What reviewers decided: accepted proposals are applied, rejected edits are not. Written by `cleanse review`.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@guarded
def run(
    source: str,
    output: Path,
    jobs: int,
    collection: str | None,
    decisions: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Clean IN into the folder OUT.

    IN is a folder (.txt, .md and .jsonl files in it are read), a file, or a quoted glob. A JSONL line is an
    object with `text` and, optionally, `id`; everything else in it is carried along. OUT must be new, empty, or
    an earlier output of cleanse, and lie outside IN. Inputs are never written to.

    \b
    OUT/clean/…            the clean texts, in the same tree
    OUT/documents.jsonl    one record per document: text and provenance
    OUT/ledger.jsonl       every proposed change, with its place in the raw text, its rule and its reason
    OUT/report.html        the changes, for reading
    OUT/quarantine.jsonl   what could not be read, and why
    OUT/decided.jsonl      with --decisions: what became of each
    OUT/manifest.json      digests of everything; OUT/_SUCCESS is written last
    """
    settings = make_settings(**options)
    with _Progress(show=not quiet) as progress:
        summary = run_folder(
            source, output, settings, jobs=jobs, collection=collection, decisions=decisions, progress=progress
        )
    if not quiet:
        _summarize(summary, output)
    if summary.needs_a_look:
        sys.exit(LOOK)


class _Progress:
    """A bar on a terminal's standard error; silence elsewhere."""

    def __init__(self, *, show: bool) -> None:
        self._show = show and sys.stderr.isatty()
        self._bar: Any = None
        self._done = 0

    def __enter__(self) -> "_Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        if not self._show:
            return
        if self._bar is None:
            self._bar = click.progressbar(length=total, label="cleaning", file=sys.stderr, show_eta=True)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)


def _summarize(summary: Summary, output: Path) -> None:
    tally, edits = summary.tally, summary.tally.edits
    say(f"{tally.documents} documents: {tally.raw_chars:,} characters in, {tally.clean_chars:,} out", err=True)
    for what, told in (
        ("removed", "passages of boilerplate and trailers"),
        ("repaired", "places where text was broken"),
        ("moved", "passages into the provenance record"),
        ("layout", "changes of white space only"),
        ("shown", "doubtful proposals, shown and not applied"),
    ):
        if edits[what]:
            say(f"  {what:9} {edits[what]:6,}  {told}", err=True)
    for refusal in summary.refusals[:10]:
        say(f"  quarantined ({refusal.reason}): {visible(refusal.message)}", err=True)
    if len(summary.refusals) > 10:
        say(f"  … and {len(summary.refusals) - 10} more in {output / 'quarantine.jsonl'}", err=True)
    if tally.statuses["review"]:
        say(
            f"  {tally.statuses['review']} documents need review: cleanse audit {output} --by status",
            err=True,
        )
    _summarize_decisions(summary, output)
    if summary.ignored:
        say(
            f"  {len(summary.ignored)} files of other kinds left alone, {visible(summary.ignored[0])} among them",
            err=True,
        )
    say(f"Read {output / 'report.html'}, or: cleanse diff {output}", err=True)


def _summarize_decisions(summary: Summary, output: Path) -> None:
    states = Counter(row.state for row in summary.settled)
    if states:
        followed = states[State.FOLLOWED] + states[State.FOUND]
        told = ", ".join(f"{states[s]} {s.value}" for s in (State.STALE, State.CONFLICT, State.ABSENT) if states[s])
        say(f"  decisions {followed:6,}  followed{f'; {told}' if told else ''}: {output / 'decided.jsonl'}", err=True)
    for number in summary.torn:
        say(f"  line {number} of the decisions is torn and was not read", err=True)


@click.command()
@settings_options
@click.option("--json", "as_json", is_flag=True, help="Print text, provenance and changes as one JSON object.")
@guarded
def text(as_json: bool, **options: Any) -> None:
    """Clean one text from standard input to standard output.

    \b
    $ printf 'MENU\\n\\n“It is over,“ said the envoy.\\n' | cleanse text
    """
    document = Document("stdin", sys.stdin.buffer.read())
    outcome = Pipeline.default(make_settings(**options)).run(document)
    if as_json:
        changes = [
            {
                "id": record.id, "rule": record.proposal.rule, "raw": list(record.raw),
                "before": record.proposal.edit.before, "after": record.proposal.edit.after,
                "reason": record.proposal.reason,
            }
            for record in outcome.changes
        ]  # fmt: skip
        say(encode({"text": outcome.text, "provenance": outcome.provenance.as_dict(), "changes": changes}))
    else:
        sys.stdout.buffer.write(outcome.text.encode("utf-8"))
        sys.stdout.buffer.flush()
    for fault in outcome.ledger.faults:
        what = f"stage {fault.stage} failed" if outcome.status is Status.REVIEW else "the text is left as it came"
        say(f"cleanse: {what}: {visible(fault.error)}", err=True)
    if outcome.status is not Status.CLEAN:
        sys.exit(LOOK)


@click.command()
@click.argument("source", metavar="IN")
@settings_options
@guarded
def check(source: str, **options: Any) -> None:
    """Say which documents of IN would change, and write nothing.

    Exits with 1 when any document would change, so that it can guard a repository of clean texts.
    """
    pipeline = Pipeline.default(make_settings(**options))
    dirty = 0
    for item in read_all(find_inputs(source)):
        if isinstance(item, Refusal):
            say(f"{visible(item.source)}: cannot be read: {visible(item.message)}")
            dirty += 1
            continue
        outcome = pipeline.run(item.document)
        if outcome.status is Status.QUARANTINED:
            dirty += 1
            say(f"{visible(item.document.id)}: would be quarantined ({visible(outcome.ledger.faults[0].error)})")
        elif outcome.changes:
            dirty += 1
            rules = sorted({record.proposal.rule for record in outcome.changes})
            say(f"{visible(item.document.id)}: {len(outcome.changes)} changes ({', '.join(rules)})")
    if dirty:
        sys.exit(LOOK)
    say("nothing to change", err=True)
