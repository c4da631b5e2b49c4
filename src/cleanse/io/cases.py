"""Labelled dumps on disk: CASES/index.tsv, CASES/gold/ID.txt, and one folder per kind of dump.

The index has at least the columns `id`, `set` and `site`; the kinds of dump are `in-blocks` (a page with all its
menus), `in-cropped` (a little of them) and `in-clean` (the main text only), each as far as it is there.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cleanse.errors import UsageError
from cleanse.io.writing import write_named
from cleanse.lines.cases import Case, label

DUMPS = ("in-blocks", "in-cropped", "in-clean")
_COLUMNS = frozenset({"id", "set", "site"})


def read_cases(folder: Path, dumps: Sequence[str] = DUMPS) -> Iterator[Case]:
    """All labelled dumps of a folder, in the order of its index. Raises UsageError for one that is not in this form."""
    rows = _text(folder / "index.tsv").rstrip("\n").split("\n")
    columns = rows[0].split("\t")
    if missing := sorted(_COLUMNS - set(columns)):
        raise UsageError(f"{folder / 'index.tsv'}: no column {missing[0]!r}")
    for number, row in enumerate(rows[1:], 2):
        entry = dict(zip(columns, row.split("\t"), strict=False))
        if not set(entry) >= _COLUMNS:
            raise UsageError(f"{folder / 'index.tsv'}:{number}: too few columns")
        gold = _text(folder / "gold" / f"{entry['id']}.txt")
        for dump in dumps:
            path = folder / dump / f"{entry['id']}.txt"
            if path.is_file():
                lines = [line for line in _text(path).split("\n") if line.strip()]
                if lines:
                    yield Case(entry["id"], entry["set"], entry["site"], dump, lines, label(lines, gold))


def write_kept(folder: Path, profile: str, case: Case, kept: Iterable[str]) -> None:
    """Write what a profile keeps of a dump as FOLDER/profile/dump/ID.txt."""
    text = "".join(f"{line}\n" for line in kept)
    write_named(folder / profile / case.dump / f"{case.ident}.txt", text.encode())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}") from error
