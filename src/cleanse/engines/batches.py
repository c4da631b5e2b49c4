"""The pipeline as one pure function over Arrow record batches: what Spark, Ray and every other engine maps.

One output row for each input row, in their order: the columns of the record, the ledger as a nested list, and for
a document that could not be cleaned the status `quarantined` and why. A document never raises.
"""

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cleanse
from cleanse.columns import INPUT, QUARANTINED, arrays, arrow, batch_schema, ledger_row, nested, plain, record_row
from cleanse.engines.work import Worker
from cleanse.errors import UsageError
from cleanse.io.tables import ROW, SOURCE, items
from cleanse.io.taking import Item, Refusal, Taken
from cleanse.ledger_io import rows
from cleanse.limits import DEFAULTS, Limits
from cleanse.model import Document
from cleanse.pipeline import Outcome, Pipeline
from cleanse.rendering import RunInfo, check_whole, record_of
from cleanse.settings import Settings

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
    worker = pack.worker
    for batch in batches:
        for piece in pieces(batch):
            yield _built(piece, pack, [_row(worker, item) for item in _items(piece, pack, worker.pipeline.limits)])


def refused_batch(batch: Any, pack: Pack, reason: str, message: str) -> Any:
    """The batch of rows that say why nothing of it could be cleaned."""
    names = [item.source if isinstance(item, Refusal) else item.document.id for item in _items(batch, pack, DEFAULTS)]
    return _built(batch, pack, [(_refused(Refusal(name, reason, f"{name}: {message}")), []) for name in names])


def documents(batch: Any, pack: Pack, limits: Limits = DEFAULTS) -> Iterator[Document]:
    """The documents of a batch that would be cleaned."""
    return (item.document for item in _items(batch, pack, limits) if isinstance(item, Taken))


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


def _items(batch: Any, pack: Pack, limits: Limits) -> Iterator[Item]:
    """The documents of a batch, or why a row is none."""
    return items(batch, pack.id, pack.text, [field.name for field in _carried(batch.schema, pack) or ()], limits)


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
