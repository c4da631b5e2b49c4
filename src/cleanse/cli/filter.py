"""`cleanse filter`: JSON lines in, JSON lines out, for pipes."""

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

import click

import cleanse
from cleanse.cli.common import LOOK, guarded, make_settings, say, settings_options, standard_input, standard_output
from cleanse.engines.work import Worker
from cleanse.errors import UsageError
from cleanse.io.lines import Line, read_record, split, with_text
from cleanse.io.packing import CHUNK
from cleanse.io.taking import Refusal
from cleanse.io.writing import named
from cleanse.ledger_io import dump
from cleanse.limits import beyond
from cleanse.pipeline import Outcome, Pipeline
from cleanse.rendering import RunInfo
from cleanse.visible import visible


@click.command()
@settings_options
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    help="Write the ledger of all changes to this file, which the lines neither come from nor go to.",
)
@guarded
def filter(ledger: Path | None, **options: Any) -> None:  # noqa: A001 - the command's name
    """Clean JSON lines from standard input to standard output.

    Each line is an object with `text`, which comes out clean; everything else in it stays as it is, byte for byte. A
    line that is broken or cannot be cleaned passes through untouched, is named on standard error, and makes the exit
    code 1. No line waits for another: nothing is learned from the whole, as `cleanse run` does.

    \b
    $ zstdcat x.jsonl.zst | cleanse filter --ledger x.ledger.jsonl | zstd > clean.jsonl.zst
    """
    pipeline = Pipeline.default(make_settings(**options))
    worker = Worker(pipeline, RunInfo.of(cleanse.__version__, pipeline.rules_digest, "filter", {}))
    source, target = standard_input(), standard_output()
    if ledger:
        _refuse_stream(ledger, source, target)
    untouched = 0
    with ExitStack() as stack:
        sink = stack.enter_context(named(ledger)) if ledger else None
        for number, line in enumerate(split(_chunks(source, target), pipeline.limits.held), 1):
            result = _cleaned(worker, number, line)
            if isinstance(result, Refusal):
                untouched += 1
                say(f"cleanse: {visible(result.message)}; passed through untouched", err=True)
            if not isinstance(result, Outcome):
                target.write(line.data or b"")
                continue
            target.write(with_text(line.data or b"", result.text))
            if sink:
                for row in dump(result.ledger, result.status.value, worker.run.tool):
                    sink.write(f"{row}\n".encode())
    target.flush()
    if untouched:
        sys.exit(LOOK)


def _refuse_stream(ledger: Path, source: BufferedReader, target: BinaryIO) -> None:
    """The ledger is neither the file that is read nor the one that the lines go to. Raises UsageError."""
    if not ledger.is_file():
        return
    for stream in (source, target):
        try:
            state = os.fstat(stream.fileno())
        except OSError:  # no file of the system
            continue
        if stat.S_ISREG(state.st_mode) and os.path.samestat(state, ledger.stat()):
            what = "read" if stream is source else "written to"
            raise UsageError(f"{ledger} is being {what}; choose another file for the ledger")


def _chunks(source: BufferedReader, target: BinaryIO) -> Iterator[bytes]:
    """What comes in; what was cleaned goes out before more is waited for."""
    while data := source.read1(CHUNK):
        yield data
        target.flush()


def _cleaned(worker: Worker, number: int, line: Line) -> Outcome | Refusal | None:
    """What became of a line; None for an empty one. Raises UsageError for one that is too long to be held."""
    if line.data is None:
        raise UsageError(beyond("document_bytes", f"line {number} has {line.size:,} bytes; split it"))
    if not line.data.strip():
        return None
    item = read_record("stdin", number, line.data, worker.pipeline.limits)
    return item if isinstance(item, Refusal) else worker.proven(item, lambda outcome: outcome)
