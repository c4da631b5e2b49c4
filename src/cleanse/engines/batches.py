"""The pipeline as one pure function over Arrow record batches: what Spark, Ray and every other engine maps.

One output row for each input row, in their order: the columns of the record, the ledger as a nested list, and for
a document that could not be cleaned the status `quarantined` and why. A document never raises.
"""

import base64
import math
import pickle
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import cleanse
from cleanse.columns import INPUT, QUARANTINED, arrays, arrow, batch_schema, ledger_row, nested, plain, record_row
from cleanse.engines.work import Worker
from cleanse.errors import ReadError, UsageError
from cleanse.io.readers import Item, Refusal, Taken, check
from cleanse.ledger_io import rows
from cleanse.model import Document
from cleanse.pipeline import Outcome, Pipeline
from cleanse.rendering import RunInfo, check_whole, record_of
from cleanse.settings import Settings

SOURCE, ROW = "cleanse_source", "cleanse_row"
"""Columns an engine may add: the file a row came from, and its number there, counted from 1, if it has any."""
_ROWS = 512
_BYTES = 64 * 2**20
"""At most so much text in one output batch: Arrow's plain strings end at 2 GiB, memory far earlier."""
_SAMPLE = "The pact was signed on Monday by the two leaders.\n"


@dataclass(frozen=True)
class Pack:
    """Rules and settings as they travel to where batches are cleaned; built once per process that unpacks them."""

    packed: bytes
    id: str = "id"
    """The input column with the documents' ids; where it is missing or null, the raw text's digest is the id."""
    text: str = "text"
    """The input column with their text, as strings or bytes."""

    @classmethod
    def of(cls, pipeline: Pipeline, info: RunInfo, *, id: str = "id", text: str = "text") -> "Pack":  # noqa: A002
        """Pack a pipeline. One text is cleaned first, so that what stages load at first use travels along."""
        pipeline.run(Document.from_text(_SAMPLE))
        return cls(zlib.compress(pickle.dumps(Worker(pipeline, info)), 1), id, text)

    @classmethod
    def default(
        cls,
        settings: Settings | None = None,
        *,
        collection: str = "collection",
        id: str = "id",  # noqa: A002
        text: str = "text",
    ) -> "Pack":
        """The shipped rules, or what `settings` make of them. Raises UsageError or RuleError."""
        settings = settings or Settings()
        pipeline = Pipeline.default(settings)
        info = RunInfo.of(cleanse.__version__, pipeline.rules_digest, collection, settings.as_dict())
        return cls.of(pipeline, info, id=id, text=text)

    @property
    def worker(self) -> Worker:
        """What cleans a document in this process."""
        return _unpacked(self.packed)


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Worker:
    worker = pickle.loads(zlib.decompress(packed))  # noqa: S301 - our own bytes
    if not isinstance(worker, Worker):
        raise TypeError("a pack holds a worker")
    return worker


@lru_cache(maxsize=1)
def default_pack() -> Pack:
    """The shipped rules; made once per process."""
    return Pack.default()


def output_schema(schema: Any, pack: Pack) -> Any:
    """The columns of `clean_batches` for input of this schema. Raises UsageError where there is no text column."""
    return batch_schema(_carried(schema, pack))


def _carried(schema: Any, pack: Pack) -> Any:
    """The type of the struct that carries the other columns; None where there are none."""
    pa = arrow()
    if pack.text not in schema.names:
        raise UsageError(f"no column {pack.text!r} among {', '.join(schema.names)}; say which one holds the text")
    taken = {pack.id, pack.text, SOURCE, ROW}
    fields = [pa.field(field.name, plain(field.type), field.nullable) for field in schema if field.name not in taken]
    return pa.struct(fields) if fields else None


def clean_batches(batches: Iterable[Any], pack: Pack | None = None) -> Iterator[Any]:
    """Cleaned record batches, a row for each input row and in their order.

    Large batches come out as several smaller ones.
    """
    pack = pack or default_pack()
    for batch in batches:
        for piece in pieces(batch):
            yield _built(piece, pack, [_row(pack.worker, item) for item in _items(piece, pack)])


def refused_batch(batch: Any, pack: Pack, reason: str, message: str) -> Any:
    """The batch of rows that say why nothing of it could be cleaned."""
    names = [item.source if isinstance(item, Refusal) else item.document.id for item in _items(batch, pack)]
    return _built(batch, pack, [(_refused(Refusal(name, reason, f"{name}: {message}")), []) for name in names])


def documents(batch: Any, pack: Pack) -> Iterator[Document]:
    """The documents of a batch that would be cleaned."""
    return (item.document for item in _items(batch, pack) if isinstance(item, Taken))


def pieces(batch: Any) -> Iterator[Any]:
    """The batch in slices of bounded size; an empty batch is one."""
    per_row = max(1, batch.nbytes // max(1, batch.num_rows))
    step = max(1, min(_ROWS, _BYTES // per_row))
    for start in range(0, max(1, batch.num_rows), step):
        yield batch.slice(start, step)


def _built(batch: Any, pack: Pack, results: Sequence[tuple[dict[str, Any], list[dict[str, Any]]]]) -> Any:
    """The output batch of these rows and their ledgers, with what the input batch carries."""
    pa = arrow()
    schema = output_schema(batch.schema, pack)
    fields = [field for field in schema if field.name not in ("ledger", INPUT)]
    columns = dict(zip((f.name for f in fields), arrays([row for row, _ in results], fields), strict=True))
    columns["ledger"] = nested([lines for _, lines in results], schema.field("ledger").type)
    if INPUT in schema.names:
        inner = list(schema.field(INPUT).type)
        cast = [batch.column(field.name).cast(field.type) for field in inner]
        columns[INPUT] = pa.StructArray.from_arrays(cast, fields=inner)
    return pa.record_batch([columns[name] for name in schema.names], schema=schema)


def _items(batch: Any, pack: Pack) -> Iterator[Item]:
    """The documents of a batch, or why a row is none."""
    pa = arrow()
    carried = _carried(batch.schema, pack)
    found = batch.column(pack.text).cast(plain(batch.schema.field(pack.text).type))
    raws = found.cast(pa.binary()).to_pylist() if pa.types.is_string(found.type) else found.to_pylist()

    def optional(name: str) -> list[Any]:
        return batch.column(name).to_pylist() if name in batch.schema.names else [None] * batch.num_rows

    others = {field.name: batch.column(field.name).to_pylist() for field in carried or ()}
    for at, (raw, name, source, row) in enumerate(
        zip(raws, optional(pack.id), optional(SOURCE), optional(ROW), strict=True)
    ):
        meta = {key: _as_json(values[at]) for key, values in others.items()}
        yield _item(raw, name, source or "", row, meta)


def _item(raw: Any, name: Any, source: str, row: int | None, meta: Mapping[str, object]) -> Item:
    place = (f"{source}:{row}" if row is not None else source) or None
    ident = str(name) if name is not None else place
    if not isinstance(raw, bytes):
        return Refusal(ident or "", "no-text", f"{ident or 'a row without id'}: the text is missing", 0)
    document = Document(ident or "", raw, source, {**meta, **({"_place": place} if row is not None else {})})
    if ident is None:
        document = Document(f"sha256:{document.digest}", raw, source, document.meta)
    try:
        check(document)
    except ReadError as error:
        return Refusal(document.id, error.reason, str(error), len(raw))
    return Taken(document, len(raw))


def _row(worker: Worker, item: Item) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of a document and the rows of its ledger."""
    done = item if isinstance(item, Refusal) else worker.proven(item, lambda outcome: _rendered(outcome, worker.run))
    return (_refused(done), []) if isinstance(done, Refusal) else done


def _rendered(outcome: Outcome, run: RunInfo) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    record = record_of(outcome, run)
    lines = [ledger_row(line) for line in rows(outcome.ledger, outcome.status.value, run.tool)]
    check_whole(record, outcome, len(lines))
    return record_row(record), lines


def _refused(refusal: Refusal) -> dict[str, Any]:
    """The row of a document that could not be cleaned."""
    why = {"reason": refusal.reason, "message": refusal.message}
    return {"source_id": refusal.source, "status": QUARANTINED, **why}


def _as_json(value: Any) -> Any:
    """A value of a column as the record's `meta` holds it; times in ISO form, bytes in base 64, decimals as text."""
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
