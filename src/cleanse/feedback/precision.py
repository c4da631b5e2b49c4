"""What each rule has to show: its uses, what reviewers said of them, and the precision that can be claimed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cleanse.decisions.book import DEMOTED
from cleanse.decisions.decision import Place, Word
from cleanse.feedback.uses import Use
from cleanse.ledger import Verdict
from cleanse.signoff.bounds import ALPHA, lower, needed

SURE, DOUBTFUL = 0.95, 0.90
"""A rule may be relied on from the first bound on (59 looks without a defect), and after a rejection should only
propose below the second."""
_BAD = (Word.REJECT, Word.EDIT)


@dataclass
class Card:
    """One rule's record."""

    rule: str
    edits: int = 0
    """Proposals of substance that lost no overlap."""
    applied: int = 0
    shown: int = 0
    """How many were withheld."""
    demoted: bool = False
    documents: set[str] = field(default_factory=set)
    first: tuple[str, str] = ("", "")
    """Before and after of the first use."""
    _looks: dict[Place, Use] = field(default_factory=dict)

    @property
    def decided(self) -> list[Use]:
        """Uses that were looked at. A decision that is found in several copies of a text was one look."""
        return list(self._looks.values())

    def _count(self, *words: Word) -> int:
        return sum(use.decision is not None and use.decision.word in words for use in self._looks.values())

    @property
    def accepted(self) -> int:
        """Uses that are right."""
        return self._count(Word.ACCEPT)

    @property
    def rejected(self) -> int:
        """Rejected, or answered with what should have come instead."""
        return self._count(*_BAD)

    @property
    def skipped(self) -> int:
        """Uses that nobody could judge."""
        return self._count(Word.SKIP)

    @property
    def example(self) -> tuple[str, str]:
        """Before and after: of a rejected use if there is one, else of the first."""
        for use in self._looks.values():
            if use.decision and use.decision.word in _BAD:
                return use.record.proposal.edit.before, use.record.proposal.edit.after
        return self.first

    @property
    def reviewed(self) -> int:
        """Uses with an answer, skipped ones among them."""
        return self.accepted + self.rejected + self.skipped

    @property
    def precision(self) -> float | None:
        """The share of accepted uses among those that could be judged."""
        judged = self.accepted + self.rejected
        return self.accepted / judged if judged else None

    @property
    def bound(self) -> float | None:
        """The exact lower bound on precision at 95 %, with skipped uses as wrong."""
        return lower(self.accepted, self.reviewed, ALPHA) if self.reviewed else None

    @property
    def state(self) -> str:
        """`on`; `demoted` by its record; `shown` only; or `off`, where reviewers rejected every use."""
        if self.demoted:
            return "demoted"
        return "on" if self.applied else "shown" if self.shown else "off"

    @property
    def advice(self) -> str:
        """What its record says should be done."""
        if self.bound is None:
            return ""
        if self.bound >= SURE:
            return "sure" if self.state == "on" else "could be applied"
        if self.rejected and self.bound < DOUBTFUL:
            return "guard or demote" if self.state == "on" else "guard"
        return f"{needed(1 - SURE, self.rejected + self.skipped) - self.reviewed} more looks"

    def add(self, use: Use) -> None:
        """Take a use in."""
        edit = use.record.proposal.edit
        self.first = self.first if self.edits else (edit.before, edit.after)
        self.edits += 1
        self.applied += use.record.verdict is Verdict.APPLIED
        self.shown += use.record.verdict is Verdict.WITHHELD
        self.demoted |= use.record.note.startswith(DEMOTED)
        self.documents.add(use.document)
        if use.decision:
            self._looks.setdefault(use.decision.place, use)

    def as_dict(self) -> dict[str, object]:
        """One row, for programs."""
        return {
            "rule": self.rule, "edits": self.edits, "documents": len(self.documents), "reviewed": self.reviewed,
            "rejected": self.rejected, "skipped": self.skipped, "precision": self.precision, "bound": self.bound,
            "state": self.state, "advice": self.advice, "before": self.example[0], "after": self.example[1],
        }  # fmt: skip


def cards(uses: Iterable[Use]) -> list[Card]:
    """A card for every rule that proposed something: rejected ones first, then the most used."""
    found: dict[str, Card] = {}
    for use in uses:
        found.setdefault(use.rule, Card(use.rule)).add(use)
    return sorted(found.values(), key=lambda card: (-card.rejected, -card.reviewed, -card.edits, card.rule))
