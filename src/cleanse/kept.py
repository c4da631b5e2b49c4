"""What is the same in every run, worked out before and kept: values by kind and key, in a packed table beside the code.

Measured: the compiler of the module `regex` is written in Python and takes 2 ms for a pattern, a tenth of a millisecond
to make one again from what it compiled; all patterns of the shipped rules 320 ms, which is 15. The table is made by
`cleanse rules keep` and holds a line of JSON for each value:

    kind <tab> key <tab> value

A value that is not there, as for a user's own rules, is worked out; so is all where the table cannot be read.
"""

import copyreg
import gzip
import json
import sys
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import regex

FILE = "kept.tsv.gz"
"""The table, beside this module."""
PATTERN = f"pattern of regex {regex.__version__} {sys.byteorder}"
"""The kind of compiled patterns: another version has other codes."""
_parts: Callable[["regex.Pattern[str]"], Any] = copyreg.dispatch_table[regex.Pattern]
"""What pickles a pattern: gives what makes it again, and from what."""
_MAKE = _parts(regex.compile(""))[0]


def kept(kind: str, key: object) -> Any:
    """The value of a key; None where none is kept."""
    value = _table().get(_beginning(kind, key))
    return None if value is None else json.loads(value)


def compiled(source: str, flags: int = 0) -> "regex.Pattern[str]":
    """What `regex.compile` gives, made from its kept code if there is one."""
    found = kept(PATTERN, [source, flags])
    if found is None:
        return regex.compile(source, flags)
    number, code, groups, offset, characters, case, count = found
    names = {group: name for name, group in groups.items()}
    code, characters = b64decode(code), tuple(characters)  # as they were: the module does not ask what it is given
    pattern: regex.Pattern[str] = _MAKE(source, number, code, groups, names, {}, [], offset, characters, case, count)
    return pattern


def code_of(pattern: "regex.Pattern[str]") -> Any:
    """What `compiled` makes the pattern again from, as a JSON value: code, groups, and characters it begins with."""
    _, (_, number, code, groups, _, _, _, offset, characters, case, count) = _parts(pattern)
    return [number, b64encode(code).decode(), groups, offset, list(characters), case, count]


def packed(values: Iterable[tuple[str, object, object]]) -> bytes:
    """The table of kinds, keys and values."""
    lines = sorted({f"{_beginning(kind, key)}\t{json.dumps(value)}\n" for kind, key, value in values})
    return gzip.compress("".join(lines).encode(), mtime=0)


def _beginning(kind: str, key: object) -> str:
    return f"{kind}\t{json.dumps(key)}"


def unpacked(raw: bytes) -> Mapping[str, str]:
    """The written values of a table, each by how its line begins; none where the bytes are something else."""
    try:
        lines = gzip.decompress(raw).decode().split("\n")[:-1]
    except (OSError, EOFError, zlib.error, ValueError):
        return {}
    return {beginning: value for beginning, _, value in (line.rpartition("\t") for line in lines)}


@cache
def _table() -> Mapping[str, str]:
    try:
        return unpacked(Path(__file__).with_name(FILE).read_bytes())
    except OSError:  # what is not there is worked out
        return {}
