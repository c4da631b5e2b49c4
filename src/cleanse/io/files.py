"""Which files a run takes in: a folder tree, one file, or a glob; regular files only, in a fixed order.

The tree is walked, never held: names come one after the other, sorted as whole paths in NFC.
"""

import glob
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleanse.errors import UsageError

TEXT, LINES, HTML, WARC, PARQUET, OTHER, CLOSED = "text", "lines", "html", "warc", "parquet", "", "closed"
"""What a file is read as; a closed folder is one that cannot be listed."""
MANY = frozenset({LINES, WARC, PARQUET})
"""Kinds of files that hold many documents."""
_BY_ENDING = (
    (".txt", TEXT), (".md", TEXT), (".jsonl", LINES), (".ndjson", LINES), (".html", HTML), (".htm", HTML),
    (".warc", WARC), (".wet", WARC), (".parquet", PARQUET),
)  # fmt: skip
PACKED = (".gz", ".zst")
"""Endings of packed files; the ending before it says what is inside."""
KINDS = tuple(ending for ending, _ in _BY_ENDING)
"""Endings that are read, packed or not; other files are left alone and counted."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file and the name by which the run knows it: its path below the input, with `/`, in NFC, as valid UTF-8."""

    path: str
    """Below the root, as the system has it."""
    source: str
    size: int
    kind: str
    packing: str = ""

    @property
    def clean_name(self) -> str:
        """Where its clean text goes, below `clean/`."""
        name = self.source.removesuffix(self.packing)
        return {HTML: f"{name}.txt", WARC: f"{name}.jsonl", PARQUET: f"{name}.jsonl"}.get(self.kind, name)


@dataclass(frozen=True)
class Inputs:
    """What `where` names: a tree, or some files."""

    root: Path
    names: tuple[str, ...] | None = None
    """Files below the root; None for all of it."""
    any_kind: bool = False
    """Whether a file of another ending is read as text: one that was named itself."""

    def walk(self) -> Iterator[SourceFile]:
        """Every file, sorted by its name in the run. Raises UsageError where two would be written to one place."""
        for path in _tree(self.root) if self.names is None else self.names:
            yield self._file(path)

    def _file(self, path: str) -> SourceFile:
        source = _source(path.removesuffix("/"))
        if path.endswith("/"):
            return SourceFile(path, source, 0, CLOSED)
        kind, packing = _kind(source)
        try:
            state = (self.root / path).lstat()
        except OSError:
            return SourceFile(path, source, 0, kind, packing)  # reading it will say why
        if not stat.S_ISREG(state.st_mode):
            return SourceFile(path, source, 0, OTHER)
        return SourceFile(path, source, state.st_size, kind or (TEXT if self.any_kind else OTHER), packing)

    @property
    def size(self) -> int:
        """Bytes to read: walks all of it."""
        return sum(file.size for file in self.walk() if file.kind)


def find_inputs(where: str) -> Inputs:
    """Find what `where` names. Raises UsageError when there is nothing to read."""
    path = Path(where)
    if path.is_dir():
        inputs = Inputs(path)
    elif path.is_file():
        inputs = Inputs(path.parent, (path.name,), any_kind=True)
    elif glob.has_magic(where):
        found = [Path(name) for name in glob.glob(where, recursive=True)]  # noqa: PTH207 - the pattern may be absolute
        found = [name for name in found if name.is_file() and not name.is_symlink()]
        root = Path(os.path.commonpath([str(f.parent) for f in found])) if found else Path()
        _refuse_twins(str(f.relative_to(root)) for f in found)
        inputs = Inputs(root, tuple(sorted((str(f.relative_to(root)) for f in found), key=_source)))
    else:
        raise UsageError(
            f"{where}: no such file or folder; give a folder, a file, or a quoted glob such as 'in/**/*.txt'"
        )
    if not any(file.kind for file in inputs.walk()):
        raise UsageError(f"{where}: nothing to read; cleanse takes {', '.join(KINDS)} files, found none")
    return inputs


def _tree(root: Path) -> Iterator[str]:
    """Every file below the root, in the order of whole paths; a folder that cannot be listed ends with a `/`."""
    waiting = [""]
    while waiting:
        path = waiting.pop()
        if path and not path.endswith("/"):
            yield path
            continue
        try:
            waiting += reversed(_listed(root, path))
        except OSError:
            yield path


def _listed(root: Path, folder: str) -> list[str]:
    """What is in a folder, folders with a `/` at the end."""
    with os.scandir(root / folder) as entries:
        names = [
            f"{folder}{entry.name}{'/' if entry.is_dir(follow_symlinks=False) else ''}"
            for entry in entries
            if not entry.name.startswith(".")
        ]
    _refuse_twins(names)
    return sorted(names, key=_source)


def _refuse_twins(names: Iterable[str]) -> None:
    """Names that come out the same, by the make-up of their letters or by their endings, would overwrite each other."""
    seen: dict[str, str] = {}
    for name in names:
        source = _source(name)
        kind, packing = _kind(source)
        if kind or name.endswith("/"):
            clean = SourceFile(name, source, 0, kind, packing).clean_name.removesuffix("/")
            if seen.setdefault(clean, name) != name:
                raise UsageError(f"{seen[clean]} and {name} would both be written to clean/{clean}; rename one of them")


def _source(name: str) -> str:
    """The name as the run knows it. Bytes of a name that are no UTF-8 are shown as escapes."""
    return (
        unicodedata.normalize("NFC", os.fspath(name).replace(os.sep, "/")).encode("utf-8", "backslashreplace").decode()
    )


def _kind(source: str) -> tuple[str, str]:
    lowered = source.lower()
    packing = next((ending for ending in PACKED if lowered.endswith(ending)), "")
    inner = lowered.removesuffix(packing)
    kind = next((kind for ending, kind in _BY_ENDING if inner.endswith(ending)), OTHER)
    if kind == PARQUET and packing:
        return OTHER, ""  # it is packed inside
    return kind, source[len(inner) :] if kind and packing else ""


def clean_file(source: str) -> str | None:
    """The file below `clean/` that holds the one document of a source; None for a source of many documents."""
    name, many = document_file(source)
    return None if many else name


def document_file(source: str) -> tuple[str, bool]:
    """The name of a file for the documents of a source, unpacked, and whether they are many: JSON lines then."""
    kind, packing = _kind(source)
    return SourceFile(source, source, 0, kind or TEXT, packing).clean_name, kind in MANY
