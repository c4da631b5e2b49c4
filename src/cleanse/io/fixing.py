"""Files mended in place, for those who ask for it by name: every change in a ledger that takes it back.

This is the one way in which cleanse writes to what it read. The ledger's rows are on the medium before the file is
touched; the file is replaced whole; and it is replaced only where the ledger proves both ways.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from cleanse.errors import LedgerError, ReadError, UsageError
from cleanse.io.disk import Disk
from cleanse.io.files import TEXT, find_inputs
from cleanse.io.readers import read_bytes
from cleanse.io.taking import check
from cleanse.io.writing import write_whole
from cleanse.ledger import Ledger, digest
from cleanse.ledger_io import dump, load
from cleanse.model import Document
from cleanse.pipeline import Outcome, Pipeline, Status


def text_files(names: list[str]) -> Iterator[Path]:
    """The text files that the names stand for. Raises UsageError for files of other kinds."""
    for name in names:
        inputs = find_inputs(name)
        for file in inputs.walk():
            if file.kind == TEXT and not file.packing:
                yield inputs.root / file.path
            elif not Path(name).is_dir():
                raise UsageError(f"{name} is no text file; only those are mended in place, use `cleanse run`")


def judged(path: Path, pipeline: Pipeline) -> Outcome:
    """What the pipeline makes of a file; its ledger proves it. Raises ReadError or LedgerError."""
    document = Document(path.as_posix(), read_bytes(path, str(path), pipeline.limits), path.as_posix())
    check(document, pipeline.limits)
    outcome = pipeline.run(document)
    if outcome.status is not Status.QUARANTINED:
        outcome.ledger.prove(document.raw, outcome.text)
    return outcome


def replace(path: Path, outcome: Outcome, ledger: Path, tool: str) -> None:
    """Append the outcome's ledger, and then put its text in the place of the file's."""
    rows = "".join(f"{line}\n" for line in dump(outcome.ledger, outcome.status.value, tool)).encode("utf-8")
    with ledger.open("ab") as file:
        file.write(rows)
        file.flush()
        os.fsync(file.fileno())
    _write(path, outcome.text.encode("utf-8"))


def take_back(ledger: Path) -> Iterator[tuple[Path, str]]:
    """Give every file its old bytes back, the last change first; yields each with what came of it.

    Raises ReadError or LedgerError where the ledger cannot be read. A file that was changed since is left alone.
    """
    lines = read_bytes(ledger, str(ledger)).decode("utf-8").splitlines()
    found: list[tuple[Ledger, str]] = list(load(lines))
    for entry, _ in reversed(found):
        path = Path(entry.origin.source)
        try:
            text = read_bytes(path, str(path)).decode("utf-8")
            if digest(text) != entry.clean_digest:
                yield path, "was changed since; left alone"
                continue
            _write(path, entry.revert(text))
        except (ReadError, LedgerError, UnicodeDecodeError) as error:
            yield path, f"left alone: {error}"
        else:
            yield path, "has its old bytes back"


def _write(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode
    write_whole(path, data, Disk())
    path.chmod(mode)
