"""Which files a run takes in: a folder tree, one file, or a glob; regular files only, in a fixed order."""

import glob
import os
import stat
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from cleanse.errors import UsageError

KINDS = (".txt", ".md", ".jsonl")
"""Endings that are read; other files are left alone and counted."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file and the name by which the run knows it: its path below the input, with `/`, in NFC."""

    path: Path
    source: str
    size: int


@dataclass(frozen=True)
class Inputs:
    """The files of a run, sorted by source name."""

    root: Path
    files: tuple[SourceFile, ...]
    ignored: tuple[str, ...] = ()
    """Names of files that are not read: of other kinds, or no regular files."""

    @property
    def size(self) -> int:
        """Bytes to read."""
        return sum(file.size for file in self.files)


def find_inputs(where: str) -> Inputs:
    """List what `where` names. Raises UsageError when there is nothing to read."""
    path = Path(where)
    if path.is_dir():
        return _listed(path, sorted(_walk(path)), where)
    if path.is_file():
        return _listed(path.parent, [path], where, any_kind=True)
    if glob.has_magic(where):
        found = [Path(name) for name in sorted(glob.glob(where, recursive=True)) if Path(name).is_file()]  # noqa: PTH207 - the pattern may be absolute
        if found:
            root = Path(os.path.commonpath([str(f.parent) for f in found]))
            return _listed(root, found, where)
    raise UsageError(f"{where}: no such file or folder; give a folder, a file, or a quoted glob such as 'in/**/*.txt'")


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for base, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(base) / name for name in names if not name.startswith(".")]
    return found


def _listed(root: Path, paths: list[Path], where: str, *, any_kind: bool = False) -> Inputs:
    files: list[SourceFile] = []
    ignored: list[str] = []
    for path in paths:
        source = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
        state = path.lstat()
        if (any_kind or path.suffix.lower() in KINDS) and stat.S_ISREG(state.st_mode):
            files.append(SourceFile(path, source, state.st_size))
        else:
            ignored.append(source)
    if not files:
        raise UsageError(f"{where}: nothing to read; cleanse takes {', '.join(KINDS)} files, found none")
    files.sort(key=lambda file: file.source)
    _refuse_twins(files)
    return Inputs(root, tuple(files), tuple(sorted(ignored)))


def _refuse_twins(files: list[SourceFile]) -> None:
    """Names that differ only in how their letters are composed would overwrite each other in the output."""
    for one, two in pairwise(files):
        if one.source == two.source:
            raise UsageError(f"{one.path} and {two.path} have the same name in NFC; rename one of them")
