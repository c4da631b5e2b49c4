"""Guards over all stages: how much a stage may take out of a document before nobody trusts it.

A breach costs the stage its removals, never the document its text: the offending proposals are withheld with
the reason, and the document is marked `review`. Layout and text that moved into the provenance record do not
count as removed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from cleanse.errors import UsageError
from cleanse.model import Proposal


@dataclass(frozen=True)
class Guards:
    """Budgets of removed characters, and text that must stay."""

    document_share: float = 0.5
    """Of the decoded text, over all stages."""
    stage_share: float = 0.4
    """Of the text the stage saw."""
    free: int = 400
    """Characters that may always go: shares say little about short texts."""
    page: int = 1_600
    """Characters of furniture that a page has around a text however short it is; so many may go."""
    page_share: float = 0.6
    """But no greater share than this."""
    longest: int = 2_000
    """Characters that a single edit may remove."""
    protect: tuple[str, ...] = ()
    """Literal strings no edit may touch."""

    def __post_init__(self) -> None:
        """Raises UsageError for values that make no sense; a list of texts is taken for a tuple of them."""
        for name in ("document_share", "stage_share", "page_share"):
            value = getattr(self, name)
            if not is_share(value):
                raise UsageError(f"`{name}` must be a share from 0 to 1, not {value!r}")
        for name in ("free", "page", "longest"):
            value = getattr(self, name)
            if not _is_number(value) or not value >= 0:
                raise UsageError(f"`{name}` must be a number of characters, 0 or more, not {value!r}")
        if not are_texts(self.protect):
            raise UsageError(f"`protect` must be a list of texts, not {self.protect!r}")
        object.__setattr__(self, "protect", tuple(self.protect))

    def screen(self, text: str, proposals: Sequence[Proposal]) -> dict[int, str]:
        """Which proposals, by index, must be withheld for themselves alone, and why."""
        protected = _Spans(text, self.protect) if self.protect else None
        withheld: dict[int, str] = {}
        for index, proposal in enumerate(proposals):
            edit = proposal.edit
            if len(edit.before) > self.longest and removed(proposal) > self.longest:
                withheld[index] = f"budget: removes {len(edit.before)} characters at once"
            elif protected and proposal.kind != "layout" and protected.meet(edit.start, edit.end):
                withheld[index] = "protected text"
        return withheld

    def breach(self, stage_total: int, stage_length: int, total: int, length: int) -> str:
        """Why a stage that removes `stage_total` characters goes too far, or an empty string."""
        if stage_total <= self.free:
            return ""
        if stage_total > self._most(self.stage_share, stage_length):
            return f"budget: the stage removes {stage_total} of {stage_length} characters"
        if total > self._most(self.document_share, length):
            return f"budget: {total} of the document's {length} characters would be gone"
        return ""

    def _most(self, share: float, length: int) -> float:
        """The characters that may go from a text of a length: a share of it, or what a page has around any text."""
        return max(share * length, min(self.page, self.page_share * length))


def are_texts(value: object) -> TypeGuard[tuple[str, ...] | list[str]]:
    """Whether a value is a list of texts; one text alone would be taken for its letters."""
    return isinstance(value, tuple | list) and all(isinstance(item, str) for item in value)


def is_share(value: object) -> bool:
    """Whether a value is a number from 0 to 1."""
    return _is_number(value) and 0 <= value <= 1


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def removed(proposal: Proposal) -> int:
    """How many characters of substance the proposal takes out for good."""
    if proposal.kind == "layout" or proposal.claims:
        return 0
    return max(0, len(proposal.edit.before) - len(proposal.edit.after))


class _Spans:
    """Where protected literals stand, overlapping ones as one span; sorted, so that a question is one bisection."""

    def __init__(self, text: str, literals: Sequence[str]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((at, at + len(literal)) for literal in literals for at in _occurrences(text, literal)):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Whether an edit of `start:end` would touch a span; an insertion does so inside one, not at its border."""
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end


def _occurrences(text: str, literal: str) -> list[int]:
    found: list[int] = []
    at = text.find(literal) if literal else -1
    while at >= 0:
        found.append(at)
        at = text.find(literal, at + 1)
    return found
