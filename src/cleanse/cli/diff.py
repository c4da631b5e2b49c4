"""`cleanse diff`: changes in their place, as word diff."""

from collections.abc import Iterable
from pathlib import Path

import click
from click.core import ParameterSource

from cleanse.cli.common import guarded, marked, out_argument, say, say_json, where_option
from cleanse.cli.naming import named
from cleanse.edits import ChangeSet
from cleanse.errors import UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Verdict
from cleanse.query import Entry, Query
from cleanse.visible import visible, visible_lines

_OF_LINES = ("rule", "where", "as_json", "layout", "every", "context")
_OF_TEXTS = ("first", "last")
"""What only --full heeds; `_OF_LINES` is what it does not."""


@click.command()
@out_argument
@click.argument("document", metavar="[DOC|ID]", required=False)
@click.option("--rule", "rule", default="*", help="Only rules that match, such as 'provenance/*'.")
@where_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object per change, with its context.")
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
    where: tuple[str, ...],
    as_json: bool,
    layout: bool,
    every: bool,
    context: int,
    full: bool,
    first: str,
    last: str | None,
) -> None:
    """Show changes as word diff, `a [-crimson-]{+red+} carpet`: one line each, in document order.

    DOC is a document's id or a part of it that no other id has; or an edit's id, as every list prints it: six digits
    are enough. A whole id of a document is never taken for an edit's. With --full, --from and --to, the net
    difference between any two stages is marked in the running text; `raw` is the text before all stages.
    """
    _refuse_idle(full=full)
    run = Run.open(folder)
    chosen, only = _chosen(run, document)
    if only:
        layout = every = True
    query = Query.parse((f"rule={rule}", *only, *where, *(() if every else ("verdict=applied",))))
    count = 0
    for cleaned in chosen:
        if full:
            _show_whole(cleaned, first, last)
        else:
            count += _show_edits(cleaned, query, context, layout=layout, as_json=as_json)
    if not full and not count and (where or rule != "*"):
        raise UsageError("no change matches; --layout shows white space too, --all what was not applied")


def _refuse_idle(*, full: bool) -> None:
    """Raise UsageError for the first option given that this form of the command would not heed."""
    asked = click.get_current_context()
    for option in asked.command.params:
        name = option.name or ""
        if asked.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        if full and name in _OF_LINES:
            raise UsageError(f"{option.opts[0]} is for one line a change, --full for the whole text; leave one out")
        if not full and name in _OF_TEXTS:
            raise UsageError(f"{option.opts[0]} marks the difference in the whole text; add --full")


def _chosen(run: Run, name: str | None) -> tuple[Iterable[Cleaned], tuple[str, ...]]:
    """The documents that are asked for, and the clause that leaves one edit of them when an edit is."""
    if name is None:
        return run.documents(), ()
    found = named(run, name)
    if found.offset is not None:
        raise UsageError(f"{name!r} is a place in a document; `cleanse explain {run.folder} {name}` tells of it")
    return [found.document], (f"id={found.edit.id}",) if found.edit else ()


def _show_edits(cleaned: Cleaned, query: Query, context: int, *, layout: bool, as_json: bool) -> int:
    """Show the document's matching changes in the order of its raw text; returns how many there are."""
    name = cleaned.ledger.origin.document
    wanted = [
        record
        for record in cleaned.ledger.records
        if (layout or record.proposal.kind != "layout") and query.holds(Entry(name, cleaned.status, record))
    ]
    if not wanted:
        return 0
    if not as_json:
        say(click.style(visible(name), bold=True))
    before = cleaned.ledger.seen(cleaned.raw)
    for record in sorted(wanted, key=lambda record: (record.raw, record.seq)):
        edit, text = record.proposal.edit, before[record.stage]
        left, right = text[max(0, edit.start - context) : edit.start], text[edit.end : edit.end + context]
        if as_json:
            say_json({
                "id": record.id, "doc": name, "rule": record.proposal.rule, "verdict": record.verdict.value,
                "raw": list(record.raw), "left": left, "before": edit.before, "after": edit.after, "right": right,
            })  # fmt: skip
            continue
        verdict = "" if record.verdict is Verdict.APPLIED else f" ({record.verdict.value})"
        line = f"{visible(left)}{marked(edit.before, edit.after)}{visible(right)}"
        say(f"  {record.id}  {visible(record.proposal.rule)}{verdict}  {line}")
    return len(wanted)


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
        pieces += [visible_lines(texts[first][at : edit.start]), marked(edit.before, edit.after)]
        at = edit.end
    say("".join([*pieces, visible_lines(texts[first][at:])]))
