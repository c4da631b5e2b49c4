"""`cleanse run`, `cleanse text`, `cleanse check`: cleaning."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from cleanse.cli.common import (
    LOOK,
    ended_by_sigterm,
    guarded,
    make_settings,
    say,
    say_json,
    settings_options,
    standard_input,
    standard_output,
)
from cleanse.cli.progress import Progress
from cleanse.decisions.settling import State
from cleanse.engines.local import Share
from cleanse.engines.summary import Summary
from cleanse.errors import UsageError
from cleanse.io.files import find_inputs
from cleanse.io.parts import FORMATS
from cleanse.io.readers import Refusal, read_all
from cleanse.model import Document
from cleanse.pipeline import Pipeline, Status
from cleanse.running import RESUME
from cleanse.running import run as run_folder
from cleanse.visible import visible


def _share(context: click.Context, parameter: click.Parameter, value: str | None) -> Share | None:  # noqa: ARG001 - click's
    if value is None:
        return None
    part, _, of = value.partition("/")
    if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of)):
        raise click.BadParameter(f"{value!r} is not like 3/8, the third of eight")
    return Share(int(part), int(of))


@click.command()
@click.argument("source", metavar="IN")
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@settings_options
@click.option("--jobs", "-j", type=click.IntRange(1), help="Worker processes. [default: as the input asks for]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="text: a tree of clean texts beside the records; jsonl: records alone, with their texts; parquet: as shards.",
)
@click.option("--collection", help="The collection's name in the records. [default: the input folder's name]")
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    help="What reviewers decided: accepted proposals are applied, rejected edits are not. Written by `cleanse review`.",
)
@click.option(
    "--demote",
    type=click.FloatRange(0, 1, min_open=True),
    metavar="BOUND",
    help="With --decisions: a rule with a rejection whose precision cannot be claimed to reach BOUND only proposes.",
)
@click.option(
    "--resume",
    type=click.Choice(RESUME),
    default="auto",
    show_default=True,
    help="Where an earlier run broke off: auto does again what has changed, strict refuses it, no starts anew.",
)
@click.option(
    "--shard",
    "share",
    metavar="I/N",
    callback=_share,
    help="Do the I-th of N shares, for job arrays. When all are done, run once more without it.",
)
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@guarded
def run(source: str, output: Path, *, demote: float | None, quiet: bool, **options: Any) -> None:
    """Clean IN into the folder OUT.

    IN is a folder, a file, or a quoted glob. Read are texts (.txt, .md), JSON lines (.jsonl: an object with `text`
    and, optionally, `id`; everything else in it is carried along, fractions as doubles, of keys that are repeated
    the last), WARC and WET files, and HTML pages, also packed (.gz, .zst). OUT must be new, empty, or an earlier output
    of cleanse, and lie outside IN. Inputs are never written to. A run that broke off goes on where it stopped when it
    is started again.

    \b
    OUT/clean/…            the clean texts, in the same tree
    OUT/documents.jsonl    one record per document: text and provenance
    OUT/ledger.jsonl       every proposed change, with its place in the raw text, its rule and its reason
    OUT/report.html        the changes, for reading
    OUT/quarantine.jsonl   what could not be read, and why
    OUT/decided.jsonl      with --decisions: what became of each
    OUT/manifest.json      digests of everything; OUT/_SUCCESS is written last
    """
    mine = ("jobs", "form", "collection", "decisions", "resume", "share")
    chosen = {name: options.pop(name) for name in mine}
    if demote and not chosen["decisions"]:
        raise UsageError("--demote judges rules by what reviewers decided; give --decisions too")
    settings = replace(make_settings(**options), demote=demote or 0.0)
    with ended_by_sigterm(), Progress(show=not quiet) as progress:
        seen = progress if progress.shown else None
        summary = run_folder(source, output, settings, progress=seen, **chosen)
    if not quiet:
        _summarize(summary, output)
    if summary.needs_a_look:
        sys.exit(LOOK)


def _summarize(summary: Summary, output: Path) -> None:
    if summary.kept:
        say(f"{summary.kept} shards were done already", err=True)
    if not summary.joined:
        say("this share is done; when all are, run once more without --shard", err=True)
        return
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
    for _, reason, message in summary.refusals:
        say(f"  quarantined ({reason}): {visible(message)}", err=True)
    if summary.refused > len(summary.refusals):
        more = summary.refused - len(summary.refusals)
        say(f"  … and {more} more in {output / 'quarantine.jsonl'}", err=True)
    if tally.statuses["review"]:
        say(
            f"  {tally.statuses['review']} documents need review: cleanse audit {output} --by status",
            err=True,
        )
    _summarize_decisions(summary, output)
    if summary.ignored:
        say(
            f"  {summary.ignored} files of other kinds left alone, {visible(summary.first_ignored)} among them",
            err=True,
        )
    say(f"Read {output / 'report.html'}, or: cleanse diff {output}. Decide: cleanse review {output}", err=True)


def _summarize_decisions(summary: Summary, output: Path) -> None:
    states = summary.settled
    if states:
        followed = states.get(State.FOLLOWED, 0) + states.get(State.FOUND, 0)
        told = ", ".join(f"{states[s]} {s.value}" for s in (State.STALE, State.CONFLICT, State.ABSENT) if states.get(s))
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
    source, target = standard_input(), standard_output()
    document = Document("stdin", source.read())
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
        say_json({"text": outcome.text, "provenance": outcome.provenance.as_dict(), "changes": changes})
    else:
        target.write(outcome.text.encode("utf-8"))
        target.flush()
    for fault in outcome.ledger.faults:
        what = f"stage {fault.stage} failed" if outcome.status is Status.REVIEW else "the text is left as it came"
        say(f"cleanse: {what}: {visible(fault.error)}", err=True)
    if outcome.status is not Status.CLEAN:
        sys.exit(LOOK)


@click.command()
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@settings_options
@guarded
def check(sources: tuple[str, ...], **options: Any) -> None:
    """Say which documents of IN would change, and write nothing.

    Exits with 1 when any document would change, so that it can guard a repository of clean texts.
    """
    pipeline = Pipeline.default(make_settings(**options))
    dirty = 0
    found = [find_inputs(source) for source in sources]
    for root, item in ((inputs.root, item) for inputs in found for item in read_all(inputs, pipeline.limits)):
        if isinstance(item, Refusal):
            say(f"{visible(str(root / item.source))}: cannot be read: {visible(item.message)}")
            dirty += 1
            continue
        place = visible(_place(root, item.document))
        outcome = pipeline.run(item.document)
        if outcome.status is Status.QUARANTINED:
            dirty += 1
            say(f"{place}: would be quarantined ({visible(outcome.ledger.faults[0].error)})")
        elif outcome.changes:
            dirty += 1
            rules = sorted({record.proposal.rule for record in outcome.changes})
            say(f"{place}: {len(outcome.changes)} changes ({', '.join(rules)})")
    if dirty:
        sys.exit(LOOK)
    say("nothing to change", err=True)


def _place(root: Path, document: Document) -> str:
    """The document's file as the user would name it, and its id where that says more."""
    if document.id == document.source or document.id.startswith(f"{document.source}:"):
        return str(root / document.id)
    return f"{root / document.source}: {document.id}"
