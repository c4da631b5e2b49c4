"""Parquet with an explicit schema: no reader has to guess, and no date loses its offset or precision.

Needs `pyarrow` (`pip install cleanse[parquet]`).
"""

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from cleanse.errors import UsageError
from cleanse.io.store import Run
from cleanse.records import arrow_fields

_GROUP = 1_000
"""Documents a row group: bounds the memory."""


def write(run: Run, sink: BinaryIO) -> None:
    """All records as one Parquet file. Raises UsageError where pyarrow is not installed."""
    pa, pq = _arrow()
    table_schema = schema()
    rows = (_row(cleaned.record) for cleaned in run.documents())
    with pq.ParquetWriter(sink, table_schema, compression="zstd", version="2.6") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=table_schema))


def schema() -> Any:
    """The Arrow schema of the records, as shipped in `schemas/document.arrow.json`."""
    pa, _ = _arrow()
    return pa.schema([(name, _type(pa, kind)) for name, kind in arrow_fields().items()])


def _type(pa: Any, kind: Any) -> Any:
    if isinstance(kind, str):
        return pa.string() if kind == "json" else pa.type_for_alias(kind)
    if "list" in kind:
        return pa.list_(_type(pa, kind["list"]))
    return pa.struct([(name, _type(pa, inner)) for name, inner in kind["struct"].items()])


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its free parts as JSON text."""
    return {
        name: json.dumps(record[name], ensure_ascii=False, sort_keys=True) if kind == "json" else record[name]
        for name, kind in arrow_fields().items()
    }


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
        import pyarrow.parquet as pq  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("Parquet needs pyarrow: pip install 'cleanse[parquet]'") from error
    return pa, pq
