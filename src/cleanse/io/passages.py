"""Spun passages on disk, in word diff: FOLDER/NAME.txt."""

from collections.abc import Iterator
from pathlib import Path

from cleanse.errors import EditError, UsageError
from cleanse.spinner.fit import Passage, read_passage


def read_passages(folder: Path) -> Iterator[Passage]:
    """All passages of a folder, by name. Raises UsageError for one that cannot be read or marks nothing."""
    for path in sorted(folder.glob("*.txt")):
        try:
            passage = read_passage(path.name, path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, EditError) as error:
            raise UsageError(f"{path}: cannot be read as a passage: {error}") from error
        if not passage.edits:
            raise UsageError(f"{path}: it marks nothing; write [-spun-]{{+original+}} for what was put there")
        yield passage
