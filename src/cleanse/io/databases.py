"""A run as a database: DuckDB reads it where it lies, SQLite is a copy for Datasette and other tools.

Tables: `documents` (the record), `ledger` (a row a line, as docs/ledger.md says) and, as views, `changes` and `claims`.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from cleanse.columns import arrays, arrow, document_schema, ledger_row, ledger_schema, record_row
from cleanse.errors import OutputError, UsageError
from cleanse.io.parquet import DOCUMENTS, LEDGER
from cleanse.io.store import Run
from cleanse.io.writing import named_in_errors, temporary_of
from cleanse.ledger_io import rows

_VIEWS = """
create view changes as select * from ledger where kind = 'change';
create view claims as select * from ledger where kind = 'claim';
"""
_TABLES = "tables are documents, ledger, changes, claims"
_EXAMPLE = "select * from changes limit 9"
_ROWS = 10_000


def ask(run: Run, sql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Names and rows of what a statement gives. Raises UsageError for one that DuckDB refuses.

    Parquet shards are read in place, JSON lines are loaded first. Nothing can be written, and no other file read.
    """
    try:
        import duckdb  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("SQL needs DuckDB: pip install 'cleanse[sql]'") from error
    connection = duckdb.connect()
    try:
        for name, folder in (("documents", DOCUMENTS), ("ledger", LEDGER)):
            if run.is_parquet:
                path = str(run.folder.resolve() / folder / "*.parquet").replace("'", "''")
                connection.execute(f"create view {name} as select * from read_parquet('{path}')")  # noqa: S608 - quoted
            else:
                batches = _documents(run) if name == "documents" else _ledger(run)
                connection.register("incoming", batches)
                connection.execute(f"create table {name} as select * from incoming")  # noqa: S608 - our own names
                connection.unregister("incoming")
        connection.execute(_VIEWS)
        own = str(run.folder.resolve()).replace("'", "''")
        connection.execute(f"set allowed_directories = ['{own}']")
        connection.execute("set enable_external_access = false")
        result = connection.execute(sql)
    except duckdb.Error as error:
        raise UsageError(f"{str(error).splitlines()[0]}; {_TABLES}") from error
    if result is None:  # nothing but blanks, comments and semicolons
        raise UsageError(f"no SQL statement in {sql!r}; write one, such as `{_EXAMPLE}`; {_TABLES}")
    names = [column[0] for column in result.description or []]
    return names, iter(result.fetchone, None)


def _documents(run: Run) -> Any:
    schema = document_schema()
    return _reader((record_row(cleaned.record) for cleaned in run.documents()), schema)


def _ledger(run: Run) -> Any:
    return _reader(ledger_rows(run), ledger_schema())


def ledger_rows(run: Run) -> Iterator[dict[str, Any]]:
    """Every line of every ledger as a row, with the id of its document."""
    for cleaned in run.documents():
        name = cleaned.ledger.origin.document
        for line in rows(cleaned.ledger, cleaned.status, str(cleaned.record["tool"])):
            yield {**ledger_row(line), "document": name}


def _reader(found: Iterator[dict[str, Any]], schema: Any) -> Any:
    pa = arrow()

    def batches() -> Iterator[Any]:
        while some := list(islice(found, _ROWS)):
            yield pa.record_batch(arrays(some, list(schema)), schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


_PLAIN = (
    "document", "kind", "seq", "id", "stage", "rule", "class", "start", "raw_start", "raw_end", "before", "after",
    "verdict", "applicability", "reason", "note", "evidence", "alternatives", "moved", "priority", "field", "name",
    "value", "attributes", "error", "origin", "outcome",
)  # fmt: skip


def write_sqlite(run: Run, path: Path) -> int:
    """Copy a run into a new SQLite file; returns how many rows its ledger has.

    Raises OutputError when the file exists or cannot be written.
    """
    if path.exists():
        raise OutputError(f"{path} exists; choose another name")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first")
    temporary = temporary_of(path)
    try:
        with closing(sqlite3.connect(temporary)) as connection:
            connection.execute("pragma journal_mode = off")
            count = _filled(connection, run)
            connection.commit()
        with named_in_errors(path):
            temporary.replace(path)
    except sqlite3.Error as error:
        raise OutputError(f"{path}: {error}; check the path, its permissions and the room on its disk") from error
    finally:
        temporary.unlink(missing_ok=True)
    return count


def _filled(connection: sqlite3.Connection, run: Run) -> int:
    names = ", ".join(f'"{name}"' for name in _PLAIN)
    connection.execute(f"create table ledger ({names})")
    connection.execute("create table documents (source_id primary key, status, text, record)")
    marks = ", ".join("?" * len(_PLAIN))
    connection.executemany(
        f"insert into ledger values ({marks})",  # noqa: S608 - question marks
        (tuple(_cell(row.get(name)) for name in _PLAIN) for row in ledger_rows(run)),
    )
    connection.executemany(
        "insert or ignore into documents values (?, ?, ?, ?)",
        (
            (c.record["source_id"], c.status, c.text, _cell({k: v for k, v in c.record.items() if k != "text"}))
            for c in run.documents()
        ),
    )
    connection.execute("create index ledger_document on ledger (document, seq)")
    connection.execute("create index ledger_rule on ledger (rule)")
    connection.executescript(_VIEWS)
    count: int = connection.execute("select count(*) from ledger").fetchone()[0]
    return count


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
