"""Word diff: the one notation for changes in rule examples, diffs, goldens and review.

`a [-crimson-]{+red+} carpet` reads: `crimson` goes, `red` comes, as `git diff --word-diff` prints it. It is
for people: a text may itself contain `[-`, so the ledger's JSON, not this, is the truth.
"""

import re
from collections.abc import Iterable

from cleanse.edits import ChangeSet, Edit

_MARK = re.compile(r"\[-(?P<gone>.*?)-\](?:\{\+(?P<instead>.*?)\+\})?|\{\+(?P<added>.*?)\+\}", re.DOTALL)


def marks(marked: str) -> tuple[str, list[Edit]]:
    """The text before the change, and every mark as an edit, those that change nothing included."""
    pieces: list[str] = []
    edits: list[Edit] = []
    at = length = 0
    for found in _MARK.finditer(marked):
        kept = marked[at : found.start()]
        before = found["gone"] or ""
        pieces += [kept, before]
        length += len(kept)
        edits.append(Edit(length, before, found["instead"] or found["added"] or ""))
        length += len(before)
        at = found.end()
    pieces.append(marked[at:])
    return "".join(pieces), edits


def parse(marked: str) -> tuple[str, ChangeSet]:
    """The text before the change, and the change."""
    text, edits = marks(marked)
    return text, ChangeSet.of(len(text), edits)


def is_marked(text: str) -> bool:
    """Whether the text shows a change at all."""
    return _MARK.search(text) is not None


def render(text: str, edits: Iterable[Edit]) -> str:
    """The text with sorted, disjoint edits marked."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.start], mark(edit)]
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def mark(edit: Edit) -> str:
    """One edit in word diff notation."""
    gone = f"[-{edit.before}-]" if edit.before else ""
    come = f"{{+{edit.after}+}}" if edit.after else ""
    return gone + come
