"""Which lines are the headline and the standfirst: by their place above the text and their shape."""

from collections.abc import Collection, Iterator

import regex

from cleanse.view import Line, View

_TITLE_WORDS = range(2, 31)
_STANDFIRST_WORDS = range(7, 61)
_LONGEST = 300
_NO_TITLE = regex.compile(r"(?:https?://|www\.)\S+$|[\W\d_]+$|(?:[-*•·‣>|]|\d{1,3}[.)])\s")
_LABEL = regex.compile(r"[\p{L} ]{2,20}:?")
_SEARCHED = 6
"""Lines above the first prose line that may hold a headline."""


def headline(view: View, skip: Collection[int]) -> Iterator[tuple[str, Line]]:
    """(`title`, line) and (`subtitle`, line), where the document has them. `skip` are lines that something explains."""
    first_prose = next((line for line in view.written if line.is_prose and line.index not in skip), None)
    if first_prose is None:
        return
    above = [line for line in view.written if line.index < first_prose.index and line.index not in skip]
    title: Line | None = None
    for line in above[-_SEARCHED:]:
        if title is None and _is_title(line):
            title = line
            yield "title", line
        elif title is not None and _is_standfirst(line):
            yield "subtitle", line
            return


def _is_title(line: Line) -> bool:
    """A few words that end no sentence; question and exclamation marks are allowed."""
    core = line.stripped
    return (
        line.words in _TITLE_WORDS
        and len(core) <= _LONGEST
        and not core.endswith((".", ":", ";", ","))
        and not _NO_TITLE.match(core)
        and any(character.isupper() or not character.isascii() for character in core)
    )


def _is_standfirst(line: Line) -> bool:
    core = line.stripped
    return (
        line.words in _STANDFIRST_WORDS
        and not line.ends_sentence
        and not _NO_TITLE.match(core)
        and not _LABEL.fullmatch(core)
    )
