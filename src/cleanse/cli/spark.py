"""`cleanse spark`: a run on Apache Spark, for when one machine is not enough."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from cleanse.cli.common import LOOK, guarded, make_settings, say, settings_options
from cleanse.errors import UsageError
from cleanse.visible import visible


@click.command()
@click.argument("source", metavar="IN")
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path))
@settings_options
@click.option("--master", help="Where Spark runs, unless spark-submit says so. [default: local[*,4]]")
@click.option("--id", "id_column", default="id", show_default=True, help="The column with the documents' ids.")
@click.option("--text", "text_column", default="text", show_default=True, help="The column with their text.")
@click.option("--collection", help="The collection's name in the records. [default: the input's name]")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@guarded
def spark(
    source: str,
    output: Path,
    master: str | None,
    id_column: str,
    text_column: str,
    collection: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Clean the Parquet files, or the tree of text files, of IN into OUT on Apache Spark.

    Needs the extra `spark` and Java 17. The result is that of `cleanse run --format parquet`: the same documents and
    ledgers in shards, which verify, revert, diff, audit and export take. IN and OUT must be folders that the driver
    and all workers see under one path. Rows whose id is missing are named FILE:ROW; other columns are carried along.

    A document that kills its worker is quarantined when its task is tried again. On a cluster:

    \b
    spark-submit --master yarn --conf spark.task.maxFailures=8 $(which cleanse) spark /data/in /data/out
    """
    from cleanse.engines.spark import run_spark, session  # noqa: PLC0415 - optional and heavy
    from cleanse.running import collection_name  # noqa: PLC0415 - with it

    settings = make_settings(**options)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    name = collection_name(collection or Path(source).resolve().name)
    running = session(master, progress=not quiet and sys.stderr.isatty())
    try:
        summary = run_spark(running, source, output, settings, collection=name, id=id_column, text=text_column)
    except Exception as error:
        if type(error).__module__.startswith("pyspark"):
            raise UsageError(f"Spark gave up: {str(error).splitlines()[0]}; OUT is not marked as finished") from error
        raise
    finally:
        running.stop()
    if not quiet:
        tally = summary.tally
        say(f"{tally.documents} documents: {tally.raw_chars:,} characters in, {tally.clean_chars:,} out", err=True)
        for refusal in summary.refusals[:10]:
            say(f"  quarantined ({refusal.reason}): {visible(refusal.message)}", err=True)
        say(f"{summary.shards} shards; cleanse audit {output} --by rule, or: cleanse verify {output}", err=True)
    if summary.refusals or summary.tally.statuses["review"]:
        sys.exit(LOOK)
