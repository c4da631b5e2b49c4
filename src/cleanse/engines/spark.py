"""Apache Spark: the Arrow function mapped over a DataFrame, and whole runs that `cleanse verify` understands.

Needs `pyspark` and Java (`pip install 'cleanse[spark]'`). Rules travel in the closure. Where a task is tried again,
it cleans in a child process, so that a document that kills its worker costs one row and not the job.

A run writes in two steps. Spark maps and commits cleaned batches with their nested ledgers, whole or not at all;
then each part is flattened into a pair of shards by one task, under a name that depends on its number only, so that
a task tried twice writes the same file twice. IN and OUT are folders that driver and workers see under one path.
"""

import json
import pickle
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cleanse
from cleanse.columns import INPUT, QUARANTINED, arrow, batch_schema, ledger_lines
from cleanse.engines.batches import Pack, clean_batches, documents, output_schema
from cleanse.engines.isolation import clean_batches_isolated
from cleanse.errors import UsageError
from cleanse.io.files import PARQUET, TEXT, find_inputs
from cleanse.io.output import OutputFolder, refuse_overlap
from cleanse.io.parquet import File, ShardWriter
from cleanse.io.readers import Refusal
from cleanse.io.tables import ROW, SOURCE
from cleanse.learning import Learner
from cleanse.ledger_io import assemble, encode
from cleanse.rendering import RunInfo
from cleanse.settings import Settings
from cleanse.tally import Tally

Batches = Iterable[Any]
_STAGING = "staging"
_CONF = (
    ("spark.sql.execution.arrow.maxRecordsPerBatch", "512"),
    ("spark.sql.execution.arrow.maxBytesPerBatch", "64m"),
    ("spark.sql.files.maxPartitionBytes", "32m"),  # a task is then a minute or so of work
    ("spark.sql.parquet.compression.codec", "zstd"),
    ("spark.ui.enabled", "false"),
    ("spark.log.level", "ERROR"),
)


def spark_fn(pack: Pack) -> Callable[[Batches], Iterator[Any]]:
    """What `DataFrame.mapInArrow` takes: cleaned batches, isolated from the second attempt of a task on."""

    def cleaned(batches: Batches) -> Iterator[Any]:
        from pyspark import TaskContext  # noqa: PLC0415 - optional

        context = TaskContext.get()
        again = context is not None and context.attemptNumber() > 0
        yield from (clean_batches_isolated if again else clean_batches)(batches, pack)

    return cleaned


def spark_schema(frame: Any, pack: Pack) -> Any:
    """The schema of the cleaned rows of a frame, as `mapInArrow` takes it. Raises UsageError without a text column."""
    _spark()
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema  # noqa: PLC0415 - optional

    zone = frame.sparkSession.conf.get("spark.sql.session.timeZone")
    return from_arrow_schema(output_schema(to_arrow_schema(frame.schema, timezone=zone), pack))


def clean_frame(frame: Any, pack: Pack) -> Any:
    """A DataFrame of cleaned rows, one for each row of `frame`."""
    return frame.mapInArrow(spark_fn(pack), spark_schema(frame, pack))


@dataclass
class SparkSummary:
    """What a run on Spark did."""

    tally: Tally = field(default_factory=Tally)
    refusals: list[Refusal] = field(default_factory=list)
    shards: int = 0


def run_spark(  # noqa: PLR0913 - the options of the command
    session: Any,
    where: str,
    output: Path,
    settings: Settings,
    *,
    collection: str,
    id: str = "id",  # noqa: A002
    text: str = "text",
) -> SparkSummary:
    """Clean the Parquet files, or the text files, of `where` into `output`, as `cleanse run --format parquet` does.

    Raises UsageError, RuleError or OutputError before anything is written.
    """
    refuse_overlap([Path(where)], output)
    frame = input_frame(session, where)
    learner = _learned(frame, settings, Pack(b"", id, text))
    info = RunInfo.of(cleanse.__version__, learner.pipeline.rules_digest, collection, learner.settings.as_dict())
    pack = Pack.of(learner.pipeline, info, id=id, text=text)
    summary = SparkSummary()
    with OutputFolder(output) as folder:
        folder.begin()
        staging = output / _STAGING
        clean_frame(frame, pack).write.mode("overwrite").option("compression", "zstd").parquet(
            staging.resolve().as_uri()
        )
        shards = _flattened(session, staging, output)
        shutil.rmtree(staging)
        for shard in shards:
            summary.tally.add(shard.tally)
            summary.refusals += shard.refusals
        summary.shards = len(shards)
        with folder.open("quarantine.jsonl") as sink:
            for refusal in summary.refusals:
                row = {"source": refusal.source, "reason": refusal.reason, "message": refusal.message}
                sink.write((encode(row) + "\n").encode("utf-8"))
        for file in (file for shard in shards for file in shard.files):
            folder.adopt(file.name, file.size, file.digest)
        folder.finish({
            "format": "parquet",
            "tool": info.tool,
            "run_id": info.run_id,
            "rules": info.rules_digest,
            "collection": info.collection,
            "options": learner.settings.as_dict(),
            "counts": {**summary.tally.as_dict(), "quarantined": len(summary.refusals)},
        })  # fmt: skip
    return summary


def input_frame(session: Any, where: str) -> Any:
    """The input with the name of each row's file and its number there: the same names as in a local run."""
    from pyspark.sql import functions as sql  # noqa: PLC0415 - optional

    inputs = find_inputs(where)
    files = [file for file in inputs.walk() if file.kind]
    kinds = {file.kind for file in files if not file.packing}
    paths = [_address(inputs.root / file.path) for file in files]
    if kinds == {PARQUET}:
        frame, columns = session.read.parquet(*paths), [sql.col("*")]
        row = sql.col("_metadata.row_index").cast("int") + 1
    elif kinds == {TEXT} and not any(file.packing for file in files):
        frame, columns = session.read.format("binaryFile").load(paths), [sql.col("content").alias("text")]
        row = sql.lit(None).cast("int")
    else:
        raise UsageError(f"{where}: Spark takes .parquet files or a tree of text files; for others: cleanse run")
    path = sql.url_decode(sql.replace(sql.col("_metadata.file_path"), sql.lit("+"), sql.lit("%2B")))
    below = sql.substring(sql.regexp_replace(path, "^file:/+", "/"), len(str(inputs.root.resolve())) + 2, 2**15)
    return frame.select(*columns, below.alias(SOURCE), row.alias(ROW))


def _address(path: Path) -> str:
    """A path as Spark takes it: the marks of its patterns escaped."""
    return "file:" + re.sub(r"([\\*?\[\]{}])", r"\\\1", str(path.resolve()))


def _learned(frame: Any, settings: Settings, pack: Pack) -> Learner:
    """What a run learns from all documents, survey by survey, each partition by itself."""
    learner = Learner.of(settings)
    while learner.curious:
        found = frame.mapInArrow(_survey_fn(pickle.dumps(learner), pack), "result string").collect()
        results = [json.loads(row.result) for row in found]
        learner = learner.informed(lambda results=results: results)  # type: ignore[misc]
    return learner


def _survey_fn(learner: bytes, pack: Pack) -> Callable[[Batches], Iterator[Any]]:
    def surveyed(batches: Batches) -> Iterator[Any]:
        asks: Learner = pickle.loads(learner)  # noqa: S301 - our own bytes
        survey = asks.survey()
        for batch in batches:
            for document in documents(batch, pack, asks.settings.limits):
                survey.see(document.decoded.text)
        yield arrow().record_batch({"result": [json.dumps(survey.result())]})

    return surveyed


@dataclass(frozen=True)
class _Shard:
    """What one task flattened."""

    files: list[File]
    tally: Tally
    refusals: list[Refusal]


def _flattened(session: Any, staging: Path, output: Path) -> list[_Shard]:
    """Every committed part as a pair of shards."""
    parts = sorted(str(path) for path in staging.resolve().glob("part-*.parquet"))
    target = str(output.resolve())
    tasks = session.sparkContext.parallelize(list(enumerate(parts)), max(1, len(parts)))
    found: list[_Shard] = tasks.map(lambda task: _flatten(task[1], target, task[0])).collect()
    return found


def _flatten(part: str, output: str, number: int) -> _Shard:
    """A part as a pair of shards; its ledgers are read back on the way, and must be whole."""
    import pyarrow.parquet as pq  # noqa: PLC0415 - optional

    tally = Tally()
    refusals: list[Refusal] = []
    with pq.ParquetFile(part) as file:
        carried = file.schema_arrow.field(INPUT).type if INPUT in file.schema_arrow.names else None
        schema = batch_schema(carried)
        writer = ShardWriter(Path(output), number, carried)
        for batch in file.iter_batches(batch_size=256):
            plain = arrow().record_batch([batch.column(f.name).cast(f.type) for f in schema], schema=schema)
            writer.take(plain)
            _count(plain, tally, refusals)
    return _Shard(writer.close(), tally, refusals)


def _count(batch: Any, tally: Tally, refusals: list[Refusal]) -> None:
    for row in batch.select(["source_id", "text", "status", "reason", "message", "ledger"]).to_pylist():
        if row["status"] == QUARANTINED:
            refusals.append(Refusal(row["source_id"], row["reason"], row["message"]))
            continue
        lines = ledger_lines({**line, "document": row["source_id"]} for line in row["ledger"])
        for ledger, status in assemble(lines):
            tally.add(Tally.of(ledger, status, len(row["text"])))


def _spark() -> None:
    """Raise UsageError where pyspark is not installed."""
    try:
        import pyspark  # noqa: F401, PLC0415 - optional
    except ImportError as error:
        raise UsageError("Spark needs pyspark and Java: pip install 'cleanse[spark]'") from error


def session(master: str | None = None, *, progress: bool = False) -> Any:
    """A session with settings that suit texts; those of spark-submit or of a running session come first.

    Raises UsageError where pyspark or Java is missing.
    """
    _spark()
    from pyspark import SparkConf  # noqa: PLC0415 - optional
    from pyspark.errors import PySparkException  # noqa: PLC0415 - optional
    from pyspark.sql import SparkSession  # noqa: PLC0415 - optional

    given = SparkConf()
    builder = SparkSession.builder.appName("cleanse")
    if master or not given.contains("spark.master"):
        builder = builder.master(master or "local[*,4]")
    for key, value in (*_CONF, ("spark.ui.showConsoleProgress", str(progress).lower())):
        if not given.contains(key):
            builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except PySparkException as error:
        raise UsageError(
            f"Spark does not start: {str(error).splitlines()[0]}; is Java 17 or later installed?"
        ) from error
