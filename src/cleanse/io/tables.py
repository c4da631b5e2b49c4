"""Documents from rows: of Arrow batches, and of Parquet files in row groups.

A column holds the text, as strings or bytes, another the id; what else is in a row is carried along, as the record's
`meta` can hold it: times in ISO form, bytes in base 64, decimals and what is no number as text.
"""

import base64
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, BinaryIO

from cleanse.columns import arrow, plain
from cleanse.errors import ReadError
from cleanse.io.taking import Item, Refusal, Taken, check
from cleanse.limits import Limits
from cleanse.model import Document

SOURCE, ROW = "cleanse_source", "cleanse_row"
"""Columns an engine may add: the file a row came from, and its number there, counted from 1, if it has any."""
_BATCH = 256


def read_parquet(file: BinaryIO, source: str, limits: Limits, start: int, end: int) -> Iterator[Item]:
    """The documents of the row groups that begin in a range of bytes: ranges side by side give every row once.

    Raises ReadError for what is no Parquet file, or has no column `text`; UsageError where pyarrow is not installed.
    """
    pa = arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    try:
        with pq.ParquetFile(file) as table:
            _check_names(table.schema_arrow.names, source)
            row = 1
            for number in range(table.num_row_groups):
                group = table.metadata.row_group(number)
                if start <= _begins(group) < end:
                    size = max(1, group.total_byte_size // max(1, group.num_rows))
                    for item in _group_items(table, number, source, limits, row):
                        yield replace(item, size=size)
                row += group.num_rows
    except pa.ArrowException as error:
        raise ReadError(f"{source}: {error}", "broken-parquet") from error
    except OSError as error:
        raise ReadError(f"{source}: {error.strerror or error}", "broken-parquet") from error


def _begins(group: Any) -> int:
    """The first byte of a row group."""
    column = group.column(0)
    first: int = column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
    return first


def _check_names(names: Sequence[str], source: str) -> None:
    if "text" not in names:
        raise ReadError(f"{source}: no column `text` among {', '.join(names)}", "no-text")
    if twice := next((name for name, count in Counter(names).items() if count > 1), None):
        raise ReadError(f"{source}: {twice!r} is the name of several columns", "broken-parquet")


def _group_items(table: Any, number: int, source: str, limits: Limits, row: int) -> Iterator[Item]:
    pa = arrow()
    for batch in table.iter_batches(batch_size=_BATCH, row_groups=[number]):
        length = batch.num_rows
        theirs = [name for name in batch.schema.names if name not in (SOURCE, ROW)]
        placed = pa.record_batch(
            [
                *map(batch.column, theirs),
                pa.array([source] * length, pa.string()),
                pa.array(range(row, row + length), pa.int64()),
            ],
            names=[*theirs, SOURCE, ROW],
        )
        others = [name for name in theirs if name not in ("id", "text")]
        yield from items(placed, "id", "text", others, limits)
        row += length


def items(batch: Any, id: str, text: str, others: Sequence[str], limits: Limits) -> Iterator[Item]:  # noqa: A002
    """The documents of a batch with these columns, or why a row is none."""
    pa = arrow()
    found = batch.column(text).cast(plain(batch.schema.field(text).type))
    encoding = "utf-8" if pa.types.is_string(found.type) else ""
    raws = found.cast(pa.binary()).to_pylist() if encoding else found.to_pylist()

    def optional(name: str) -> list[Any]:
        return _values(batch.column(name)) if name in batch.schema.names else [None] * batch.num_rows

    carried = {name: _values(batch.column(name)) for name in others}
    for at, (raw, name, source, row) in enumerate(
        zip(raws, optional(id), optional(SOURCE), optional(ROW), strict=True)
    ):
        place = (f"{source or ''}:{row}" if row is not None else source) or None
        ident = str(name) if name is not None else place
        if not isinstance(raw, bytes):
            yield Refusal(ident or "", "no-text", f"{ident or 'a row without id'}: the text is missing", 0)
            continue
        meta = {key: _as_json(values[at]) for key, values in carried.items()}
        meta |= {"_place": place} if row is not None else {}
        yield _taken(Document(ident or "", raw, source or "", meta, encoding), limits, named=ident is not None)


def _taken(document: Document, limits: Limits, *, named: bool) -> Item:
    """The document, if it can be; one without a name is called by its digest."""
    document = document if named else replace(document, id=f"sha256:{document.digest}")
    try:
        check(document, limits)
    except ReadError as error:
        return Refusal(document.id, error.reason, str(error), len(document.raw))
    return Taken(document, len(document.raw))


def _values(column: Any) -> list[Any]:
    """The values as Python's; what Python has none for, a date beyond its years or bytes that are no UTF-8, as text."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    pa = arrow()
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        if isinstance(scalar, pa.StringScalar | pa.LargeStringScalar | pa.StringViewScalar):
            return scalar.as_buffer().to_pybytes().decode("utf-8", "replace")
        return str(scalar.cast(pa.string()))


def _as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(inner) for inner in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    return str(value)
