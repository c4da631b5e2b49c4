"""What was kept: the lines of the clean texts, as a population of their own.

Edits measure precision alone. Whether something should have gone, or is still wrong, only the lines that were kept can
say; a sample of them bounds it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from cleanse.edits import Edit
from cleanse.errors import UsageError
from cleanse.ledger import Ledger, edit_id
from cleanse.view import View


@dataclass(frozen=True, slots=True)
class Passage:
    """A line of a clean text that is not blank: in the canonical form, a paragraph."""

    id: str
    """Names the text and its place in the raw text, as the id of an edit does."""
    start: int
    end: int
    """In the clean text."""
    raw: tuple[int, int]


class _Cleaned(Protocol):
    @property
    def ledger(self) -> Ledger: ...
    @property
    def text(self) -> str: ...


C = TypeVar("C", bound=_Cleaned)


def passages(ledger: Ledger, clean: str) -> Iterator[Passage]:
    """The lines of a clean text, in its order."""
    for line in View(clean).lines:
        if line.stripped:
            raw = ledger.raw_span(line.start, line.end)
            yield Passage(edit_id(ledger.origin.digest, raw, Edit(0, line.text, line.text)), line.start, line.end, raw)


def find(documents: Iterable[C], names: Iterable[str]) -> dict[str, tuple[C, Passage]]:
    """The passage whose id begins with each of `names`, in one walk.

    Raises UsageError when a name begins no id of a kept line, or several different ones.
    """
    found: dict[str, dict[str, tuple[C, Passage]]] = {name: {} for name in names}
    lengths = {len(name) for name in found}
    if not found:
        return {}
    for cleaned in documents:
        for passage in passages(cleaned.ledger, cleaned.text):
            for name in {passage.id[:length] for length in lengths} & found.keys():
                found[name].setdefault(passage.id, (cleaned, passage))
    for name, ones in found.items():
        if not ones:
            raise UsageError(
                f"no kept line is called {name!r}; `cleanse signoff OUT --of kept --json` lists the sample"
            )
        if len(ones) > 1:
            raise UsageError(f"{name!r} begins {len(ones)} ids; give more of its digits")
    return {name: next(iter(ones.values())) for name, ones in found.items()}


def lines_gone(ledger: Ledger) -> int:
    """How many lines went as a whole: those that applied removals hold, each with its line break.

    The last line of a text may have none and is then not counted: what this says of recall is on the safe side.
    """
    return sum(
        bool(line.strip())
        for record in ledger.applied
        if not record.proposal.edit.after.strip()
        for line in record.proposal.edit.before.split("\n")[:-1]
    )
