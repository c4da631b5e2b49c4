"""`cleanse export`: a finished run in the forms that others read."""

import gzip
from pathlib import Path
from typing import BinaryIO, cast

import click

from cleanse.cli.common import guarded, out_argument, say, standard_output
from cleanse.errors import OutputError
from cleanse.exports.kinds import KINDS, kind
from cleanse.io.store import Run
from cleanse.io.writing import named

_LIST = "\n".join(f"      {known.name:14} {known.about}" for known in KINDS)


@click.command(
    help=f"""Write a finished run in a form that others read.

    \b
    Forms:
{_LIST}

    Exports are made from the records, the ledger and the manifest alone; two exports of equal runs are equal.
    """
)
@out_argument
@click.option("--as", "form", required=True, metavar="KIND", help="Which form.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file. [default: standard output]"
)
@guarded
def export(folder: Path, form: str, output: Path | None) -> None:
    """Open the run, and hand its export to a file or to standard output."""
    chosen = kind(form)
    run = Run.open(folder)
    if output is None:
        target = standard_output()
        chosen.write(run, target)
        target.flush()
        return
    if output.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            f"{output} lies in {folder}, which would no longer be what the run wrote; choose another place"
        )
    with named(output) as sink:
        if output.suffix == ".gz":
            # Without name and time, so that equal exports are equal bytes.
            with gzip.GzipFile(filename="", mode="wb", fileobj=cast("BinaryIO", sink), mtime=0) as packed:
                chosen.write(run, cast("BinaryIO", packed))
        else:
            chosen.write(run, cast("BinaryIO", sink))
    say(f"{output}: {chosen.name} of {folder}", err=True)
