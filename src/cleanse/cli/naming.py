"""What a user names of a run by a word: a document, one of its characters, or an edit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cleanse.errors import UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record

_EDIT_ID = re.compile(r"[0-9a-f]{6,12}")


@dataclass(frozen=True)
class Named:
    """A document and, where that was named, a character of its clean text or an edit."""

    document: Cleaned
    offset: int | None = None
    edit: Record | None = None


def named(run: Run, word: str) -> Named:
    """The document of this whole id; else an edit by its id; else DOC:OFFSET; else a document by a part of its id.

    So every document can be named, whatever its id looks like. Of DOC:OFFSET, DOC may be a part of an id too, unless
    the word with its number is one. Raises UsageError when the word names nothing, or several.
    """
    near = run.near(word)
    if _is_whole(near, word):
        return Named(near[0])
    if _EDIT_ID.fullmatch(word) and (found := run.find_edits([word], missing_ok=True)):
        document, record = found[word]
        return Named(document, edit=record)
    name, _, offset = word.rpartition(":")
    if name and offset.isdecimal():
        there = run.near(name)
        if _is_whole(there, name) or not near:
            return Named(_only(run, name, there), int(offset))
    return Named(_only(run, word, near))


def _is_whole(near: Sequence[Cleaned], name: str) -> bool:
    return any(cleaned.ledger.origin.document == name for cleaned in near)


def _only(run: Run, name: str, near: Sequence[Cleaned]) -> Cleaned:
    if not near:
        what = "no edit and no document" if _EDIT_ID.fullmatch(name) else "no document"
        raise UsageError(f"{run.folder} holds {what} {name!r}; `cleanse audit {run.folder} --by doc` lists them")
    if len(near) > 1:
        names = ", ".join(cleaned.ledger.origin.document for cleaned in near[:5])
        raise UsageError(f"{name!r} names several documents: {names}; give the whole id")
    return near[0]
