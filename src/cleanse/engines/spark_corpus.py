"""The corpus passes on Spark: the same counts, pairs and labels as on one machine.

Texts are read where they lie; what comes to the driver is small: lines that are frequent, and pairs that are alike.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from cleanse.columns import arrow
from cleanse.corpus.duplicates import Edge, Label, labels
from cleanse.corpus.minhash import ALIKE, bands, signature, similarity
from cleanse.corpus.repeated import Repeated, lines_of, repeated
from cleanse.engines.batches import Pack, documents
from cleanse.engines.spark import input_frame
from cleanse.io.parquet import DOCUMENTS
from cleanse.rules.sources import source_of

Batches = Iterable[Any]
_LINES = "source string, text string, documents long, outside long, prose long"
_BANDS = "band string, name string, signature binary"


def repeated_lines(session: Any, where: str, by: str, *, at_least: int, share: float) -> tuple[list[Repeated], int]:
    """The repeated lines of an input, and how many documents were counted."""
    from pyspark.sql import functions as sql  # noqa: PLC0415 - optional

    counted = input_frame(session, where).mapInArrow(_lines_fn(Pack(b""), by), _LINES)
    summed = counted.groupBy("source", "text").agg(*(sql.sum(n).alias(n) for n in ("documents", "outside", "prose")))
    summed = summed.filter((sql.col("documents") >= at_least) | sql.col("text").isNull())
    rows = summed.collect()
    sources = Counter({row.source: row.documents for row in rows if row.text is None})
    sums = sorted(((r.source, r.text), (r.documents, r.outside, r.prose)) for r in rows if r.text is not None)
    return list(repeated(sums, sources, at_least=at_least, share=share)), sources.total()


def _lines_fn(pack: Pack, by: str) -> Callable[[Batches], Iterator[Any]]:
    def counted(batches: Batches) -> Iterator[Any]:
        pa = arrow()
        for batch in batches:
            sums: Counter[tuple[str, str | None]] = Counter()
            outside: Counter[tuple[str, str | None]] = Counter()
            prose: Counter[tuple[str, str | None]] = Counter()
            for document in documents(batch, pack):
                source = source_of(document, by)
                if not source:
                    continue
                sums[source, None] += 1
                for text, is_outside, is_prose in lines_of(document.decoded.text):
                    sums[source, text] += 1
                    outside[source, text] += is_outside
                    prose[source, text] += is_prose
            keys = list(sums)
            columns = [[key[0] for key in keys], [key[1] for key in keys]]
            numbers = [[counter[key] for key in keys] for counter in (sums, outside, prose)]
            types = [pa.string()] * 2 + [pa.int64()] * 3
            arrays = [pa.array(values, kind) for values, kind in zip([*columns, *numbers], types, strict=True)]
            yield pa.record_batch(arrays, names=["source", "text", "documents", "outside", "prose"])

    return counted


def find_duplicates(session: Any, output: Path) -> dict[str, Label]:
    """The labels of all documents of a Parquet run that are not alone."""
    from pyspark.sql import Window  # noqa: PLC0415 - optional
    from pyspark.sql import functions as sql  # noqa: PLC0415 - optional

    texts = session.read.parquet(f"file:{(output / DOCUMENTS).resolve()}").select("source_id", "text_sha256", "text")
    first = sql.min("source_id").over(Window.partitionBy("text_sha256")).alias("first")
    named = texts.select("source_id", "text", first)
    same = {
        row.source_id: row.first for row in named.filter("source_id <> first").select("source_id", "first").collect()
    }
    banded = named.filter("source_id = first").select("source_id", "text").mapInArrow(_bands_fn, _BANDS).cache()
    found = banded.filter("signature is not null").select("name", "signature")
    star = sql.min("name").over(Window.partitionBy("band")).alias("of")
    pairs = banded.select("name", star).filter("name <> of").distinct()
    both = pairs.join(found, "name").join(found.select(found.name.alias("of"), found.signature.alias("other")), "of")
    rows = both.select("name", "of", "signature", "other").mapInArrow(_alike_fn, "name string, of string, alike double")
    result = labels(same, [Edge(row.name, row.of, row.alike) for row in rows.collect()])
    banded.unpersist()
    return result


def _bands_fn(batches: Batches) -> Iterator[Any]:
    """A row for each band of each text; the signature stands on the first."""
    pa = arrow()
    for batch in batches:
        rows: list[tuple[str, str, bytes | None]] = []
        for name, text in zip(*(batch.column(at).to_pylist() for at in range(2)), strict=True):
            found = signature(text)
            for number, band in enumerate(bands(found) if found else ()):
                rows.append((band, name, None if number else found))
        values = [[row[at] for row in rows] for at in range(3)]
        arrays = [pa.array(v, kind) for v, kind in zip(values, (pa.string(), pa.string(), pa.binary()), strict=True)]
        yield pa.record_batch(arrays, names=["band", "name", "signature"])


def _alike_fn(batches: Batches) -> Iterator[Any]:
    """The pairs that are alike enough, and how much."""
    pa = arrow()
    for batch in batches:
        columns = [batch.column(at).to_pylist() for at in range(4)]
        pairs = [(name, of, similarity(one, two)) for name, of, one, two in zip(*columns, strict=True)]
        kept = [pair for pair in pairs if pair[2] >= ALIKE]
        values = [[pair[at] for pair in kept] for at in range(3)]
        arrays = [pa.array(v, kind) for v, kind in zip(values, (pa.string(), pa.string(), pa.float64()), strict=True)]
        yield pa.record_batch(arrays, names=["name", "of", "alike"])
