"""What of the white space in a text is the author's: columns, labels, indentation, the source of a document.

Runs of spaces in one line stand or fall together, and so do those of lines near that look alike: half a table is no
table. Only those runs are noise that a typist or a web page leaves between two words of one sentence, or behind one.
"""

import re
from collections.abc import Sequence

import regex

from cleanse.view import Line, View

RUN = regex.compile(r"(?<=\S)[^\S\n]+(?=\S)")
_WIDE = 3
"""Spaces that nobody types between two words."""
_NEAR = 3
"""Written lines on either side in which the rest of a table is looked for."""
_SEEN = 80
"""Code points before a run that are looked at."""
_LABEL = regex.compile(r"\p{N}[^\s\p{Ll}]*+$|(?:^|\s)\(?\p{L}[.)]$")
"""How the number of a section or of an item ends: `§ 3.1`, `(a)`."""
_LABEL_WORDS = 3
"""Words from which it is no label what stands before a run."""
_SENTENCE_END = regex.compile(r"[\p{Ll}\p{M}\p{N})\]%’'\"”»][.!?…]++[\"'”’»)\]]*+$")
_SENTENCE_BEGINS = regex.compile(r"[\"'“‘„«(\[]?[\p{Lu}\p{Lo}]")
_WORD_ENDS = regex.compile(r"(?:[\p{Ll}\p{M}]|\p{L}{2})[,;]?$")
_WORD_BEGINS, _GOES_ON = regex.compile(r"[\"“‘(]?\p{L}"), regex.compile(r"[\"“‘(]?\p{Ll}")
_SOURCE = re.compile(r"\\(?:documentclass\b|begin\{|end\{)")


def is_source(view: View) -> bool:
    """Whether the text is LaTeX, in which a blank line, the end of a line and an indentation may mean something."""
    return view.remembered("is source", lambda: "\\" in view.text and _SOURCE.search(view.text) is not None)


class Layout:
    """Which lines of a text are laid out with runs of spaces."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._runs: dict[int, list[regex.Match[str]]] = {}

    def keeps_runs(self, place: int) -> bool:
        """Whether the runs of the written line at this place carry something, or may."""
        line = self._lines[place]
        if line.indent or any(not _is_noise(line.text, run) for run in self._of(place)):
            return True
        ends = {run.end() for run in self._of(place)}
        if any(run.end() in ends for other in (place - 1, place + 1) for run in self._of(other)):
            return True
        near = range(place - _NEAR, place + _NEAR + 1)
        return any(map(_is_wide, self._of(place))) and any(map(self._has_columns, near))

    def _of(self, place: int) -> "list[regex.Match[str]]":
        """The runs of a line, without single spaces of whatever kind; none, where there is no line."""
        if not 0 <= place < len(self._lines):
            return []
        if place not in self._runs:
            found = RUN.finditer(self._lines[place].text)
            self._runs[place] = [run for run in found if len(run.group()) > 1 or run.group() == "\t"]
        return self._runs[place]

    def _has_columns(self, place: int) -> bool:
        return any(_is_wide(run) and not _is_noise(run.string, run) for run in self._of(place))


def _is_wide(run: "regex.Match[str]") -> bool:
    return len(run.group()) >= _WIDE or "\t" in run.group()


def _is_noise(text: str, run: "regex.Match[str]") -> bool:
    """Whether a run stands between two words of a sentence or behind a sentence, and not behind a label."""
    before = text[max(0, run.start() - _SEEN) : run.start()]
    is_label = len(before.split()) < _LABEL_WORDS
    if "\u3000" in run.group() or (is_label and _LABEL.search(before)):
        return False
    is_wide = _is_wide(run) and run.group() != "\t"
    if is_wide and is_label:
        return False
    if _SENTENCE_END.search(before):
        return _SENTENCE_BEGINS.match(text, run.end()) is not None
    begins = _GOES_ON if is_wide else _WORD_BEGINS
    return _WORD_ENDS.search(before) is not None and begins.match(text, run.end()) is not None
