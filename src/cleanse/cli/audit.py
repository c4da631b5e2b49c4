"""`cleanse audit`: every proposal of a run and what became of it, listed or counted."""

import csv
import fnmatch
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from cleanse.cli.common import guarded, out_argument, say
from cleanse.errors import UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record
from cleanse.ledger_io import encode
from cleanse.tally import effect
from cleanse.visible import visible

_KEYS = ("rule", "stage", "doc", "class", "effect", "verdict", "status", "id")


@click.command()
@out_argument
@click.option(
    "--by",
    type=click.Choice(["rule", "stage", "doc", "class", "effect", "verdict", "status"]),
    help="Count by this.",
)
@click.option(
    "--where",
    multiple=True,
    metavar="KEY=PATTERN",
    help=f"Keep only matching records; keys: {', '.join(_KEYS)}.",
)
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
@guarded
def audit(folder: Path, by: str | None, where: tuple[str, ...], form: str) -> None:
    """List or count every proposal of a run and what became of it.

    \b
    cleanse audit out/ --by rule
    cleanse audit out/ --where rule='spelling/*' --where verdict=withheld
    cleanse audit out/ --where doc='*000*' --format csv > edits.csv
    """
    filters = [_parsed_filter(text) for text in where]
    rows = (row for row in _rows(Run.open(folder)) if all(fnmatch.fnmatch(row[k], p) for k, p in filters))
    if by:
        counted = Counter(row[by] for row in rows).most_common()
        _print([{by: key, "edits": str(n)} for key, n in sorted(counted, key=lambda i: (-i[1], i[0]))], form)
    else:
        _print(list(rows), form)


def _parsed_filter(text: str) -> tuple[str, str]:
    key, equals, pattern = text.partition("=")
    if not equals or key not in _KEYS:
        raise UsageError(f"--where takes KEY=PATTERN with KEY one of {', '.join(_KEYS)}, not {text!r}")
    return key, pattern


def _rows(run: Run) -> Iterator[dict[str, str]]:
    for cleaned in run.documents():
        for record in cleaned.ledger.records:
            yield _row(cleaned, record)


def _row(cleaned: Cleaned, record: Record) -> dict[str, str]:
    proposal = record.proposal
    return {
        "id": record.id,
        "doc": cleaned.ledger.origin.document,
        "raw": f"{record.raw[0]}-{record.raw[1]}",
        "stage": record.stage,
        "rule": proposal.rule,
        "class": proposal.kind,
        "effect": effect(record),
        "verdict": record.verdict.value,
        "status": cleaned.status,
        "before": proposal.edit.before,
        "after": proposal.edit.after,
        "reason": "; ".join(filter(None, (proposal.reason, record.note))),
    }


def _print(rows: list[dict[str, str]], form: str) -> None:
    if not rows:
        say("no record matches", err=True)
        return
    if form == "jsonl":
        for row in rows:
            say(encode(row))
    elif form == "csv":
        buffer = io.StringIO()
        writer = csv.DictWriter(buffer, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: _as_cell(value) for key, value in row.items()} for row in rows)
        say(buffer.getvalue(), nl=False)
    else:
        _print_table(rows)


def _as_cell(value: str) -> str:
    """A spreadsheet must not take a document's text for a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else value


def _print_table(rows: list[dict[str, str]]) -> None:
    shown = [
        {key: _cut(visible(value)) for key, value in row.items() if key != "status"}
        if len(row) > 2
        else {k: visible(v) for k, v in row.items()}
        for row in rows
    ]
    widths = {key: max(len(key), *(len(row[key]) for row in shown)) for key in shown[0]}
    say("  ".join(click.style(key.ljust(width), bold=True) for key, width in widths.items()).rstrip())
    for row in shown:
        say("  ".join(row[key].ljust(width) for key, width in widths.items()).rstrip())


def _cut(text: str, width: int = 36) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
