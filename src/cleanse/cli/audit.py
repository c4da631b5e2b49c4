"""`cleanse audit`: every proposal of a run and what became of it, listed, counted or sampled."""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from types import MappingProxyType

import click

from cleanse import wdiff
from cleanse.cli.common import DefaultGroup, guarded, out_argument, say, say_json, where_option
from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.edits import Edit
from cleanse.errors import UsageError
from cleanse.io.databases import ask, write_sqlite
from cleanse.io.decisions import read_decisions
from cleanse.io.store import Cleaned, Run
from cleanse.query import Entry, Query
from cleanse.sarif import Finding, sarif
from cleanse.signoff.sampling import sample
from cleanse.visible import visible

_BY = ("rule", "table", "stage", "doc", "class", "effect", "verdict", "applicability", "status")
_SHOWN = ("id", "doc", "raw", "stage", "rule", "class", "effect", "verdict", "before", "after", "reason")
_WIDTHS: Mapping[str, int] = MappingProxyType({"before": 30, "after": 30, "reason": 40, "example": 60})
_WIDTH = 36
_NUMBERS = ("edits", "documents", "kinds")
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet calculates; wide forms count in some locales."""
_NOTHING = "no record matches; `cleanse audit OUT --by rule` shows what there is"


Row = dict[str, object]
"""One line of an answer; a place in a text is a pair of numbers."""


@click.group(cls=DefaultGroup, default="list")
def audit() -> None:
    """List, count or query every proposal of a run and what became of it.

    \b
    cleanse audit OUT [--by …] [--where …]      list or count; `cleanse audit list --help` says more
    cleanse audit sql OUT 'select …'            SQL by DuckDB (extra `sql`)
    cleanse audit sqlite OUT audit.db           a copy for Datasette and other tools

    \b
    cleanse audit out/ --by rule
    cleanse audit out/ --where rule='spelling/*' --where verdict=withheld
    cleanse audit out/ --where 'chars>200' --where after= --sample 20
    """


@audit.command("sql")
@out_argument
@click.argument("statement")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True)
@guarded
def ask_sql(folder: Path, statement: str, form: str) -> None:
    """Ask a run in SQL: tables documents, ledger, changes and claims.

    \b
    cleanse audit sql out/ 'select rule, count(*) from changes group by 1 order by 2 desc'

    Columns are those of docs/ledger.md. Parquet shards are read in place. Needs the extra `sql`. With --format jsonl
    numbers, lists and null are JSON's own; what JSON has no form for, such as a date, is text.
    """
    names, found = ask(Run.open(folder), statement)
    _print((dict(zip(names, row, strict=True)) for row in found), form)


@audit.command("sqlite")
@out_argument
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
@guarded
def copy_sqlite(folder: Path, target: Path) -> None:
    """Copy a run into a new SQLite file, with the same tables: datasette TARGET shows it.

    Lists and structures are JSON text.
    """
    run = Run.open(folder)
    if target.resolve().is_relative_to(folder.resolve()):
        raise UsageError(
            f"{target} lies in {folder}, which would no longer be what the run wrote; choose another place"
        )
    say(f"{target}: {write_sqlite(run, target):,} rows of the ledger")


@audit.command("list")
@out_argument
@click.option("--by", type=click.Choice(_BY), help="Count by this.")
@where_option
@click.option("--sample", "size", type=click.IntRange(1), help="So many changes, drawn evenly by the run's own hash.")
@click.option(
    "--format", "form", type=click.Choice(["table", "jsonl", "csv", "sarif"]), default="table", show_default=True
)
@click.option("--decisions", type=click.Path(path_type=Path), help="With sarif: rejections become suppressions.")
@guarded
def list_audit(
    folder: Path, by: str | None, where: tuple[str, ...], size: int | None, form: str, decisions: Path | None
) -> None:
    """List or count every proposal of a run and what became of it.

    \b
    cleanse audit out/ --by rule
    cleanse audit out/ --where rule='spelling/*' --where verdict=withheld
    cleanse audit out/ --where 'chars>200' --where after= --sample 20
    cleanse audit out/ --where doc='*000*' --format csv > edits.csv

    The first column is the edit's id, which diff, explain and review take. What reviewers said of each rule is in
    `cleanse rules report`.
    """
    query = Query.parse(where)
    if form == "sarif" and by:
        raise UsageError("--by counts and SARIF lists; choose one of them")
    run = Run.open(folder)
    if run.is_parquet and form != "sarif":
        if not _print(_of_columns(run, query, by, size), form):
            raise UsageError(_NOTHING)
        return
    chosen = set(sample(run.seed, (e.record.id for _, e in _entries(run, query)), size)) if size else None
    found = ((c, e) for c, e in _entries(run, query) if chosen is None or e.record.id in chosen)
    if form == "sarif":
        book = read_decisions(decisions).book if decisions else Book()
        findings = list(_findings(found))
        if not findings:
            raise UsageError(_NOTHING)
        log = sarif(findings, str(run.manifest["tool"]), book)
        say_json(log)
        return
    rows = _counted(found, by) if by else (_row(entry) for _, entry in found)
    if not _print(rows, form):
        raise UsageError(_NOTHING)


def _entries(run: Run, query: Query) -> Iterator[tuple[Cleaned, Entry]]:
    for cleaned in run.documents():
        for record in cleaned.ledger.records:
            entry = Entry(cleaned.ledger.origin.document, cleaned.status, record)
            if query.holds(entry):
                yield cleaned, entry


def _row(entry: Entry) -> Row:
    words: Row = {**entry.words(), "raw": entry.record.raw}
    return {key: words[key] for key in _SHOWN}


def _of_columns(run: Run, query: Query, by: str | None, size: int | None) -> Iterator[Row]:
    """The same rows from the columns of a Parquet run."""
    from cleanse.io.asking import counted, ids, listed  # noqa: PLC0415 - optional

    chosen = set(sample(run.seed, ids(run, query), size)) if size else None
    if by:
        for row in counted(run, query, by, chosen):
            example = {"example": wdiff.mark(Edit(0, row["before"], row["after"]))} if by == "rule" else {}
            yield {by: row["key"], **{name: row[name] for name in _NUMBERS}, **example}
        return
    for row in listed(run, query, [*(key for key in _SHOWN if key != "raw"), "start", "end"], chosen):
        words = {**row, "raw": (row["start"], row["end"])}
        yield {key: words[key] for key in _SHOWN}


@dataclass
class _Sum:
    """One line of a count."""

    edits: int = 0
    documents: set[str] = field(default_factory=set)
    kinds: set[tuple[str, str, str]] = field(default_factory=set)
    example: str = ""


def _counted(found: Iterator[tuple[Cleaned, Entry]], by: str) -> Iterator[Row]:
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for _, entry in found:
        edit, total = entry.record.proposal.edit, sums[entry.words()[by]]
        total.edits += 1
        total.documents.add(entry.document)
        total.kinds.add((entry.record.proposal.rule, edit.before, edit.after))
        total.example = total.example or wdiff.mark(edit)
    for key, total in sorted(sums.items(), key=lambda item: (-item[1].edits, item[0])):
        row: Row = {by: key, "edits": total.edits, "documents": len(total.documents), "kinds": len(total.kinds)}
        yield row | ({"example": total.example} if by == "rule" else {})


def _findings(found: Iterator[tuple[Cleaned, Entry]]) -> Iterator[Finding]:
    last, raw = None, Raw("")
    for cleaned, entry in found:
        if cleaned is not last:
            last, raw = cleaned, Raw(cleaned.ledger.decode(cleaned.raw).text)
        yield Finding(cleaned.ledger, raw, entry.record)


def _print(rows: Iterator[Row], form: str) -> bool:
    """Print the rows, with JSON's own values as JSON lines and as text otherwise; False when there is none."""
    first = next(rows, None)
    if first is None:
        return False
    if form == "jsonl":
        for row in chain([first], rows):
            say_json({key: _as_json(value) for key, value in row.items()})
    elif form == "csv":
        say(_csv_line(first), nl=False)
        for row in chain([first], rows):
            say(_csv_line(map(_as_cell, row.values())), nl=False)
    else:
        _print_table([{key: _as_text(value) for key, value in row.items()} for row in chain([first], rows)])
    return True


def _as_json(value: object) -> object:
    """The value, for a program: what is a number to a database is one here, and what JSON has no form for is text."""
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list | tuple):
        return [_as_json(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _as_json(part) for key, part in value.items()}
    return value if value is None or isinstance(value, str | int) else str(value)


def _as_text(value: object) -> str:
    """The value, for people and spreadsheets."""
    if isinstance(value, tuple):  # a span
        return "-".join(map(str, value))
    return "" if value is None else str(value)


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _as_cell(value: object) -> str:
    """A spreadsheet must not take a document's text for a formula, nor a terminal for a command."""
    text = _as_text(value)
    return visible(f"'{text}" if text.startswith(_FORMULA) else text)


def _print_table(rows: list[dict[str, str]]) -> None:
    shown = [{key: _cut(visible(value), _WIDTHS.get(key, _WIDTH)) for key, value in row.items()} for row in rows]
    widths = {key: max(len(key), *(len(row[key]) for row in shown)) for key in shown[0]}
    say(click.style(_aligned({key: key for key in widths}, widths), bold=True))
    for row in shown:
        say(_aligned(row, widths))


def _aligned(row: Mapping[str, str], widths: Mapping[str, int]) -> str:
    cells = (row[key].rjust(width) if key in _NUMBERS else row[key].ljust(width) for key, width in widths.items())
    return "  ".join(cells).rstrip()


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
