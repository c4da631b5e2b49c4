"""`cleanse verify`, `replay`, `revert`: the ledger's promises, kept in front of you."""

from collections.abc import Callable
from pathlib import Path

import click

from cleanse.cli.common import guarded, say
from cleanse.errors import OutputError
from cleanse.io.content import content
from cleanse.io.files import document_file
from cleanse.io.store import Cleaned, Run
from cleanse.ledger_io import encode

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

    Documents of a file of many (JSON lines, WARC, Parquet) come back as JSON lines with their id and raw text, packed
    files unpacked; of a page of HTML the text that was extracted from it comes back.
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
    if target.exists() and any(target.iterdir()):
        raise OutputError(f"{target} is not empty; choose a new folder")
    count = 0
    for cleaned in Run.open(folder).documents():
        source = cleaned.ledger.origin.source
        name, many = document_file(source)
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise OutputError(f"{source!r} would lie outside {target}; the ledger was tampered with")
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content(cleaned)
        if many:
            line = {"id": cleaned.ledger.origin.document, "text": data.decode("utf-8", "surrogatepass")}
            with path.open("ab") as file:
                file.write((encode(line) + "\n").encode("utf-8", "surrogatepass"))
        else:
            path.write_bytes(data)
        count += 1
    say(f"{target}: {count} documents written")
