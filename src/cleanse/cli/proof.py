"""`cleanse verify`, `replay`, `revert`: the ledger's promises, kept in front of you."""

import json
import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import click

from cleanse.cli.common import guarded, say
from cleanse.errors import OutputError
from cleanse.io.content import content
from cleanse.io.files import document_file
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Origin
from cleanse.ledger_io import encode

_UNFINISHED = ".unfinished"
"""Below the target: what is being written. It is moved up when all is there."""
_OUT = click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
_TARGET = click.option(
    "-d",
    "--directory",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="A new or empty folder to write to.",
)


@click.command()
@_OUT
@click.option("--digest", is_flag=True, help="Also print one digest over all documents and one over all ledgers.")
@guarded
def verify(folder: Path, digest: bool) -> None:
    """Prove a finished run from its files alone.

    Every file has the digest the manifest gives; every clean text reverts to raw bytes with the digest the
    ledger gives; and those bytes replay to the clean text. Exits with 3 at the first thing that is wrong. The digests
    of --digest are equal for equal results, whatever engine, format, order or number of workers made them.
    """
    run = Run.open(folder)
    count = run.verify()
    say(f"{folder}: {count} documents verified, both ways")
    if digest:
        found = content(run)
        say(f"documents {found.documents}\nledgers   {found.ledgers}")


@click.command()
@_OUT
@_TARGET
@guarded
def revert(folder: Path, target: Path) -> None:
    """Write the raw documents back, byte for byte, from the clean texts and the ledger.

    Documents of a file of many (JSON lines, WARC, Parquet) come back as JSON lines with their id and raw text (or
    `raw_base64`, where the raw bytes are no UTF-8) and nothing else, packed files unpacked; of a page of HTML the text
    that was extracted from it comes back. When one document cannot be had, nothing is written.
    """
    _write_each(folder, target, lambda cleaned: cleaned.raw)


@click.command()
@_OUT
@_TARGET
@guarded
def replay(folder: Path, target: Path) -> None:
    """Make the clean texts again from the raw bytes and the ledger, without running any stage."""
    _write_each(folder, target, lambda cleaned: cleaned.ledger.replay(cleaned.raw).encode("utf-8"))


def _write_each(folder: Path, target: Path, content: Callable[[Cleaned], bytes]) -> None:
    """Write every document below `target`: all of them, or, where one cannot be had, nothing."""
    if target.exists() and any(path.name != _UNFINISHED for path in target.iterdir()):
        raise OutputError(f"{target} is not empty; choose a new folder")
    documents = Run.open(folder).documents()
    unfinished = target / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    count = 0
    try:
        unfinished.mkdir(parents=True)
        for cleaned in documents:
            _write(unfinished, cleaned.ledger.origin, content(cleaned))
            count += 1
        for path in sorted(unfinished.iterdir()):
            path.rename(target / path.name)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    say(f"{target}: {count} documents written")


def _write(target: Path, origin: Origin, data: bytes) -> None:
    """Write one document to its file, or behind the others of its file."""
    name, many = document_file(origin.source)
    path = target / name
    if not path.resolve().is_relative_to(target.resolve()):
        raise OutputError(f"{origin.source!r} would lie outside the folder; the ledger was tampered with")
    path.parent.mkdir(parents=True, exist_ok=True)
    if many:
        with path.open("ab") as file:
            file.write(_line(origin.document, data) + b"\n")
    else:
        path.write_bytes(data)


def _line(name: str, data: bytes) -> bytes:
    """A line of JSON that holds a document: its text, or its bytes where they are no text that JSON could hold."""
    try:
        line = {"id": name, "text": data.decode("utf-8", "surrogatepass")}
    except UnicodeDecodeError:
        line = {"id": name, "raw_base64": b64encode(data).decode("ascii")}
    try:
        return encode(line).encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can hold
        return json.dumps(line, separators=(",", ":")).encode("ascii")
