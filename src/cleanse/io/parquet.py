"""A run's documents and ledgers as Parquet: shards `documents/NNNNNN.parquet` and `ledger/NNNNNN.parquet`.

Shards of one number belong together: the ledger's rows stand in the order of the documents, and each document says
where its own begin. Compressed with zstd, level 3: of what was measured on 5 million rows the smallest but for slower
levels, and the fastest to write. A file appears under its name when it is whole.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleanse.columns import (
    QUARANTINED,
    arrays,
    arrow,
    batch_schema,
    document_schema,
    ledger_lines,
    ledger_row,
    ledger_schema,
    nested,
    record_of_row,
    record_row,
)
from cleanse.errors import LedgerError
from cleanse.io.disk import Disk
from cleanse.io.writing import Sink, whole
from cleanse.ledger import Ledger
from cleanse.ledger_io import assemble
from cleanse.rendering import Rendered

DOCUMENTS, LEDGER = "documents", "ledger"
"""The folders of the shards."""
LEDGER_ROWS = 100_000
"""Rows of a ledger in one row group: at this size counting over all rows and finding one document are both quick."""
_DOCUMENT_ROWS = 1_000
_RENDERED = 256
_READ = 64
"""Documents whose texts are in memory at a time when a run is read."""


def shard_name(folder: str, number: int) -> str:
    """The name of a shard below the output folder."""
    return f"{folder}/{number:06}.parquet"


@dataclass(frozen=True)
class File:
    """A shard's name below the output folder, its size, and its SHA-256."""

    name: str
    size: int
    digest: str


class ShardWriter:
    """Writes one pair of shards, from cleaned batches or from rendered documents."""

    def __init__(self, out: Path, number: int, carried: Any = None, disk: Disk | None = None) -> None:
        disk = disk or Disk()
        self._documents = _Table(out, shard_name(DOCUMENTS, number), document_schema(carried), _DOCUMENT_ROWS, disk)
        self._ledger = _Table(out, shard_name(LEDGER, number), ledger_schema(), LEDGER_ROWS, disk)
        self._rows = 0
        self._rendered: list[Rendered] = []

    def write(self, rendered: Rendered) -> None:
        """Take one rendered document."""
        self._rendered.append(rendered)
        if len(self._rendered) >= _RENDERED:
            self._flush()

    def _flush(self) -> None:
        if not self._rendered:
            return
        pa = arrow()
        schema = batch_schema()
        fields = [field for field in schema if field.name != "ledger"]
        records = [record_row(json.loads(one.record)) for one in self._rendered]
        ledgers = [[ledger_row(json.loads(line)) for line in one.ledger.splitlines()] for one in self._rendered]
        self._rendered.clear()
        columns = [*arrays(records, fields), nested(ledgers, schema.field("ledger").type)]
        self.take(pa.record_batch(columns, schema=schema))

    def take(self, batch: Any) -> None:
        """Take a batch that `clean_batches` gave; rows of quarantined documents are left out."""
        pa = arrow()
        import pyarrow.compute as pc  # noqa: PLC0415 - optional

        batch = batch.filter(pc.not_equal(batch.column("status"), QUARANTINED))
        lists = batch.column("ledger")
        flat = lists.flatten()
        ids = batch.column("source_id").take(pc.list_parent_indices(lists))
        self._ledger.add(pa.record_batch([ids, *flat.flatten()], schema=self._ledger.schema))
        lengths = pc.list_value_length(lists).cast(pa.int64())
        first = pc.add(pc.subtract(pc.cumulative_sum(lengths), lengths), self._rows + 1)
        self._rows += len(flat)
        kind = self._documents.schema.field("ledger").type
        name = pa.array([self._ledger.name] * batch.num_rows, pa.string())
        place = pa.StructArray.from_arrays([name, first, lengths], fields=list(kind))
        columns = [place if field.name == "ledger" else batch.column(field.name) for field in self._documents.schema]
        self._documents.add(pa.record_batch(columns, schema=self._documents.schema))

    def close(self) -> list[File]:
        """Both files are whole and on the medium when this returns."""
        self._flush()
        return [self._documents.close(), self._ledger.close()]

    def drop(self) -> None:
        """Leave nothing half-written."""
        self._documents.drop()
        self._ledger.drop()


class _Table:
    """One Parquet file being written, in row groups of a set size."""

    def __init__(self, out: Path, name: str, schema: Any, rows: int, disk: Disk) -> None:
        self.name = name
        self.schema = schema
        self._rows = rows
        self._stack = ExitStack()
        self._sink = self._stack.enter_context(whole(out / name, disk))
        self._writer = _writer(self._sink, schema)
        self._waiting: list[Any] = []
        self._held = 0

    def add(self, batch: Any) -> None:
        self._waiting.append(batch)
        self._held += batch.num_rows
        if self._held >= self._rows:
            self._write()

    def _write(self) -> None:
        if self._held:
            table = arrow().Table.from_batches(self._waiting, schema=self.schema)
            self._writer.write_table(table, row_group_size=max(self._rows, self._held))
        self._waiting.clear()
        self._held = 0

    def close(self) -> File:
        self._write()
        self._writer.close()
        self._stack.close()
        return File(self.name, self._sink.size, self._sink.written.sha256)

    def drop(self) -> None:
        with suppress(OSError, ValueError):
            self._writer.close()
        with suppress(ValueError):
            self._stack.__exit__(ValueError, ValueError("given up"), None)


def _writer(stream: Sink, schema: Any) -> Any:
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    return pq.ParquetWriter(
        stream, schema, compression="zstd", compression_level=3, version="2.6", write_page_index=True
    )


def numbers(names: Iterable[str]) -> list[int]:
    """The numbers of the shards of documents among the names of a run's files, in order."""
    head = f"{DOCUMENTS}/"
    return sorted(
        int(name[len(head) :].removesuffix(".parquet"))
        for name in names
        if name.startswith(head) and name.endswith(".parquet")
    )


def read_shard(out: Path, number: int) -> Iterator[tuple[dict[str, Any], Ledger, str]]:
    """Record, ledger and status of each document of a shard. Raises LedgerError where the two files part ways."""
    records = (record_of_row(row) for row in _rows(out / shard_name(DOCUMENTS, number), _READ))
    ledgers = assemble(ledger_lines(_rows(out / shard_name(LEDGER, number), LEDGER_ROWS // 10)))
    for ledger, status in ledgers:
        record = next(records, {})
        if record.get("source_id") != ledger.origin.document:
            raise LedgerError(f"shards {number:06} of documents and ledger part ways at {ledger.origin.document!r}")
        yield record, ledger, status
    if next(records, None):
        raise LedgerError(f"shard {number:06}: more documents than ledgers")


def _rows(path: Path, size: int) -> Iterator[dict[str, Any]]:
    arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    with pq.ParquetFile(path, memory_map=True) as file:
        for batch in file.iter_batches(batch_size=size):
            yield from batch.to_pylist()


def read_records(out: Path, number: int) -> Iterator[dict[str, Any]]:
    """The records of a shard of documents, without their ledgers."""
    return (record_of_row(row) for row in _rows(out / shard_name(DOCUMENTS, number), _READ))


def relabelled(out: Path, number: int, found: Mapping[str, tuple[str | None, str | None]]) -> File:
    """Write a shard of documents anew with `dup_of` and `near_dup_group` as found for each `source_id`."""
    pa = arrow()
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    name = shard_name(DOCUMENTS, number)
    with pq.ParquetFile(out / name) as file:
        table = _Table(out, name, file.schema_arrow, _DOCUMENT_ROWS, Disk())
        for batch in file.iter_batches(batch_size=_DOCUMENT_ROWS):
            pairs = [found.get(name, (None, None)) for name in batch.column("source_id").to_pylist()]
            columns = dict(zip(batch.schema.names, batch.columns, strict=True))
            columns["dup_of"] = pa.array([pair[0] for pair in pairs], pa.string())
            columns["near_dup_group"] = pa.array([pair[1] for pair in pairs], pa.string())
            table.add(pa.record_batch(list(columns.values()), schema=table.schema))
    return table.close()
