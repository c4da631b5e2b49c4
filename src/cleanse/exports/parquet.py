"""Parquet with an explicit schema: no reader has to guess, and no date loses its offset or precision.

Needs `pyarrow` (`pip install cleanse[parquet]`).
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from cleanse.columns import arrow, document_schema, record_row
from cleanse.io.store import Run

_GROUP = 1_000
"""Documents a row group: bounds the memory."""


def write(run: Run, sink: BinaryIO) -> None:
    """All records as one Parquet file. Raises UsageError where pyarrow is not installed."""
    pa = arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    table_schema = document_schema()
    rows = (record_row(cleaned.record) for cleaned in run.documents())
    with pq.ParquetWriter(sink, table_schema, compression="zstd", version="2.6") as writer:
        for group in _groups(rows):
            writer.write_table(pa.Table.from_pylist(group, schema=table_schema))


def _groups(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while group := list(islice(rows, _GROUP)):
        yield group
