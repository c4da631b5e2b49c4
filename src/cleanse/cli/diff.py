"""`cleanse diff`: changes in their place, as word diff."""

import fnmatch
from pathlib import Path

import click

from cleanse.cli.common import guarded, marked, out_argument, say
from cleanse.edits import ChangeSet
from cleanse.errors import UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Verdict
from cleanse.visible import visible


@click.command()
@out_argument
@click.argument("document", metavar="[DOC]", required=False)
@click.option("--rule", "rule", default="*", help="Only rules that match, such as 'provenance/*'.")
@click.option("--layout", is_flag=True, help="Changes of white space too.")
@click.option("--all", "every", is_flag=True, help="Proposals that were not applied too.")
@click.option(
    "--context",
    type=click.IntRange(0, 1000),
    default=40,
    show_default=True,
    help="Characters around a change.",
)
@click.option("--full", is_flag=True, help="The whole text with its changes marked.")
@click.option(
    "--from",
    "first",
    default="raw",
    show_default=True,
    help="With --full: the text before this stage's successor.",
)
@click.option("--to", "last", help="With --full: the text after this stage. [default: the last]")
@guarded
def diff(
    folder: Path,
    document: str | None,
    rule: str,
    layout: bool,
    every: bool,
    context: int,
    full: bool,
    first: str,
    last: str | None,
) -> None:
    """Show changes as word diff, `a [-crimson-]{+red+} carpet`: one line each, in document order.

    DOC is a document's id or a part of it that no other id has. With --full, --from and --to, the net
    difference between any two stages is marked in the running text; `raw` is the text before all stages.
    """
    run = Run.open(folder)
    for cleaned in [run.find(document)] if document else run.documents():
        if full:
            _show_whole(cleaned, first, last)
        else:
            _show_edits(cleaned, rule, context, layout=layout, every=every)


def _show_edits(cleaned: Cleaned, rule: str, context: int, *, layout: bool, every: bool) -> None:
    wanted = [
        record
        for record in cleaned.ledger.records
        if fnmatch.fnmatch(record.proposal.rule, rule)
        and (layout or record.proposal.kind != "layout")
        and (every or record.verdict is Verdict.APPLIED)
    ]
    if not wanted:
        return
    say(click.style(visible(cleaned.ledger.origin.document), bold=True))
    before = cleaned.ledger.seen(cleaned.raw)
    for record in sorted(wanted, key=lambda record: (record.raw, record.seq)):
        edit, text = record.proposal.edit, before[record.stage]
        left = visible(text[max(0, edit.start - context) : edit.start])
        right = visible(text[edit.end : edit.end + context])
        verdict = "" if record.verdict is Verdict.APPLIED else f" ({record.verdict.value})"
        say(f"  {record.id}  {record.proposal.rule}{verdict}  {left}{marked(edit.before, edit.after)}{right}")


def _show_whole(cleaned: Cleaned, first: str, last: str | None) -> None:
    texts = dict(cleaned.ledger.texts(cleaned.raw))
    steps = list(cleaned.ledger.steps())
    last = last or steps[-1][0]
    names = list(texts)
    for name in (first, last):
        if name not in texts:
            raise UsageError(f"no stage is called {name!r}; this run has {', '.join(names)}")
    if names.index(first) > names.index(last):
        raise UsageError(f"{first!r} comes after {last!r}; swap --from and --to")
    net = ChangeSet(len(texts[first]))
    for name, changes in steps:
        if names.index(first) < names.index(name) <= names.index(last):
            net = net.compose(changes)
    say(click.style(visible(cleaned.ledger.origin.document), bold=True))
    at = 0
    pieces: list[str] = []
    for edit in net.edits:
        pieces += [_lines(texts[first][at : edit.start]), marked(edit.before, edit.after)]
        at = edit.end
    say("".join([*pieces, _lines(texts[first][at:])]))


def _lines(text: str) -> str:
    """Visible text that keeps its lines."""
    return "\n".join(visible(line) for line in text.split("\n"))
