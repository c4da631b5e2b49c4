"""`cleanse rules diff`: what a change of rules does to a corpus, before anybody runs it for good."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from cleanse.cli.common import LOOK, guarded, marked, say, say_json
from cleanse.cli.progress import Progress
from cleanse.feedback.comparing import KINDS, Change, Comparison, changes
from cleanse.io.files import Inputs, find_inputs
from cleanse.io.readers import Taken, read_all
from cleanse.learning import learned
from cleanse.pipeline import Pipeline
from cleanse.settings import Settings
from cleanse.visible import visible

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("old", type=_FOLDER)
@click.argument("new", type=_FOLDER)
@click.argument("corpus")
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="Shown per rule and kind.")
@click.option("--layout", is_flag=True, help="Changes of white space too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per difference.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when there is a difference.")
@guarded
def diff(old: Path, new: Path, corpus: str, examples: int, layout: bool, as_json: bool, exit_code: bool) -> None:
    """Clean CORPUS with the rules of OLD and of NEW, and say which edits were gained, lost or changed, by rule.

    OLD and NEW are folders as `--rules` takes them: their tables add to the shipped ones or replace them by name.
    An edit is the same when it does the same at the same place, whatever its rule is called. Nothing is written.

    \b
    git worktree add ../before main
    cleanse rules diff ../before/rules rules corpus/
    """
    inputs = find_inputs(corpus)
    before, after = (_pipeline(folder, inputs) for folder in (old, new))
    comparison = Comparison()
    done = 0
    with Progress(show=True, label="comparing") as progress:
        for item in read_all(inputs):
            done += item.size
            progress(done, max(done, inputs.size))
            if not isinstance(item, Taken):
                say(f"cleanse: {visible(item.message)}", err=True)
                continue
            found = list(changes(before.run(item.document), after.run(item.document), layout=layout))
            comparison.add(found, examples)
            for change in found if as_json else ():
                say_json(change.as_dict())
    if not as_json:
        _tell(comparison)
    if exit_code and comparison.total:
        sys.exit(LOOK)


def _pipeline(folder: Path, inputs: Inputs) -> Pipeline:
    return learned(replace(Settings(), rules=folder), lambda: _texts(inputs)).pipeline


def _texts(inputs: Inputs) -> Iterator[str]:
    return (item.document.decoded.text for item in read_all(inputs) if isinstance(item, Taken))


def _tell(comparison: Comparison) -> None:
    total = comparison.total
    told = ", ".join(f"{total[kind]:,} {kind}" for kind in KINDS)
    say(f"{comparison.documents:,} documents: {told}")
    if not total:
        return
    width = max(len(visible(rule)) for rule in comparison.counts)
    say("  ".join([click.style("rule".ljust(width), bold=True), *(kind.rjust(7) for kind in KINDS)]))
    for rule, counts in sorted(comparison.counts.items(), key=lambda item: (-item[1].total(), item[0])):
        say("  ".join([visible(rule).ljust(width), *(f"{counts[kind]:7,}" for kind in KINDS)]))
        for kind in KINDS:
            for change in comparison.examples[rule, kind]:
                say(f"    {kind:8} {_example(change)}")


def _example(change: Change) -> str:
    edit = change.record.proposal.edit
    where = f"{visible(change.document)} {change.record.raw[0]}-{change.record.raw[1]}"
    if change.kind == "renamed" and change.old:
        return f"{where}  was {visible(change.old.proposal.rule)}  {marked(edit.before, edit.after)}"
    was = (
        f"  (was {marked(change.old.proposal.edit.before, change.old.proposal.edit.after)})"
        if change.kind == "changed" and change.old
        else ""
    )
    return f"{where}  {visible(change.left)}{marked(edit.before, edit.after)}{visible(change.right)}{was}"
