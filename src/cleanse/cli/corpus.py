"""`cleanse corpus …`: what only many documents together show."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from cleanse.cli.common import guarded, out_argument, say
from cleanse.corpus.repeated import count, repeated
from cleanse.corpus.table import is_sure, learned_table
from cleanse.errors import OutputError
from cleanse.io.files import find_inputs
from cleanse.io.labels import find_duplicates, write_labels
from cleanse.io.readers import Taken, read_all
from cleanse.io.spill import Spill
from cleanse.io.store import Run
from cleanse.io.writing import write_named

_ENGINE = click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True, help="Where texts are read."
)


@click.group()
def corpus() -> None:
    """Find what only many documents together show: repeated lines, and duplicates.

    Neither changes a text. Lines become a table of rules for you to read, and for the next run to use; duplicates
    become labels in the records, and a list of what may be dropped.
    """


@corpus.command()
@click.argument("source", metavar="IN")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The table: a new .toml file.")
@click.option(
    "--by",
    default="url",
    show_default=True,
    help="What tells a source: a column (of an address, its host), or folder.",
)
@click.option("--min-documents", type=click.IntRange(2), default=5, show_default=True, help="Fewest documents.")
@click.option("--min-share", type=click.FloatRange(0, 1), default=0.02, show_default=True, help="Smallest share.")
@_ENGINE
@guarded
def lines(source: str, output: Path, by: str, min_documents: int, min_share: float, engine: str) -> None:
    """Learn a table of rules from the lines that sources repeat in IN.

    Read the table before you use it: each row says in how many documents the line stands. Lines of few documents,
    lines inside the text and lines that read like its sentences are marked `display`: shown, not taken out.

    \b
    cleanse corpus lines crawl.jsonl --by url -o learned/learned.toml
    cleanse run crawl.jsonl out/ --rules learned/
    """
    if output.exists():
        raise OutputError(f"{output} exists; a table that was learned is never overwritten, choose another name")
    output.parent.mkdir(parents=True, exist_ok=True)
    if engine == "spark":
        from cleanse.engines import spark_corpus  # noqa: PLC0415 - optional

        with _session() as session:
            found, documents = spark_corpus.repeated_lines(session, source, by, at_least=min_documents, share=min_share)
    else:
        spill = Spill(output.parent)
        taken = (item.document for item in read_all(find_inputs(source)) if isinstance(item, Taken))
        sources = count(taken, by, spill)
        found, documents = (
            list(repeated(spill.sums(), sources, at_least=min_documents, share=min_share)),
            sources.total(),
        )
    if not documents:
        say(f"no document tells its source by {by!r}; try --by folder, or a column that names the site", err=True)
    write_named(output, learned_table(found, by, documents))
    sure = sum(map(is_sure, found))
    say(f"{output}: {len(found)} lines of {documents:,} documents, {sure} of them sure, {len(found) - sure} only shown")


@corpus.command()
@out_argument
@_ENGINE
@guarded
def duplicates(folder: Path, engine: str) -> None:
    """Label exact and near-duplicates in the records of a finished run.

    `dup_of` names the document whose very text it repeats, `near_dup_group` the group of those that are much alike
    (a similarity of 0.7 and more, by MinHash of five words in a row). OUT/drop.jsonl lists what may be left out: of
    each group all but the document with the smallest name. No text and no ledger changes.
    """
    run = Run.open(folder)
    if engine == "spark":
        from cleanse.engines import spark_corpus  # noqa: PLC0415 - optional

        if not run.is_parquet:
            raise OutputError(f"{folder} holds JSON lines; Spark reads runs with --format parquet")
        with _session() as session:
            found = spark_corpus.find_duplicates(session, folder)
    else:
        found = find_duplicates(run)
    dropped = write_labels(run, found)
    exact = sum(label.dup_of is not None for label in found.values())
    groups = len({label.group for label in found.values() if label.group})
    say(f"{folder}: {exact} exact duplicates, {groups} groups of near-duplicates; {dropped} documents in drop.jsonl")


@contextmanager
def _session() -> Iterator[Any]:
    """A Spark session, ended with the block."""
    from cleanse.engines.spark import session  # noqa: PLC0415 - optional

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    running = session()
    try:
        yield running
    finally:
        running.stop()
