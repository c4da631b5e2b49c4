"""`cleanse fix`: text files mended where they are, for pre-commit and editors."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cleanse import __version__
from cleanse.cli.common import LOOK, guarded, make_settings, say, settings_options
from cleanse.errors import LedgerError, ReadError, UsageError
from cleanse.io.fixing import judged, replace, take_back, text_files
from cleanse.pipeline import Pipeline, Status
from cleanse.visible import visible

LEDGER = ".cleanse-fix.jsonl"


@click.command()
@click.argument("names", metavar="[FILE]...", nargs=-1)
@click.option("--in-place", is_flag=True, help="Write to the files. Without it, only say what would change.")
@click.option(
    "--ledger",
    default=LEDGER,
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where changes are recorded.",
)
@click.option("--undo", is_flag=True, help="Give the files of the ledger, or those named, their old bytes back.")
@settings_options
@guarded
def fix(names: tuple[str, ...], in_place: bool, ledger: Path, undo: bool, **options: Any) -> None:
    """Mend text files where they are, when told so with --in-place.

    No other command writes to what it reads. Every change is in the ledger before a file is touched, and --undo takes
    all of them back, or those of the files it names, byte for byte, from files that nobody changed since. Files are
    named in the ledger from its own folder, so that --undo finds them from everywhere. Documents that need review are
    left alone. Exits with 1 when a file was changed, or would be: what pre-commit expects.

    \b
    cleanse fix --in-place notes/*.txt
    cleanse fix --undo notes/one.txt
    cleanse fix --undo
    """
    if undo:
        _undo(ledger, names)
        return
    if not names:
        raise UsageError("no file was named; cleanse fix --in-place FILE...")
    pipeline = Pipeline.default(make_settings(**options))
    dirty = 0
    for path in text_files(names):
        try:
            outcome = judged(path, pipeline)
        except (ReadError, LedgerError) as error:
            say(f"{visible(str(path))}: left alone: {visible(str(error))}")
            dirty += 1
            continue
        if outcome.status is not Status.CLEAN:
            say(f"{visible(str(path))}: needs review, left alone")
            dirty += 1
        elif outcome.changes:
            dirty += 1
            if in_place:
                replace(path, outcome, ledger, f"cleanse {__version__}")
            rules = ", ".join(sorted({record.proposal.rule for record in outcome.changes}))
            say(f"{visible(str(path))}: {len(outcome.changes)} changes{'' if in_place else ' to make'} ({rules})")
    if dirty and not in_place:
        say("nothing was written; --in-place writes", err=True)
    if dirty:
        sys.exit(LOOK)


def _undo(ledger: Path, names: Sequence[str]) -> None:
    """Take back what is asked for; what could not be taken back stays in the ledger."""
    left = False
    for undone in take_back(ledger, names):
        say(f"{visible(undone.where)}: {visible(undone.what)}")
        left |= not undone.done
    if left:
        sys.exit(LOOK)
