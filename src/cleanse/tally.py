"""Counts over ledgers: what was removed, repaired, moved, laid out, and what was only shown."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cleanse.ledger import Ledger, Record, Verdict


def effect(record: Record) -> str:
    """What an edit did, in one word: moved, layout, removed, repaired; or shown, when it was not applied."""
    proposal = record.proposal
    if record.verdict is not Verdict.APPLIED:
        return "shown" if record.verdict is Verdict.WITHHELD else record.verdict.value
    if proposal.claims:
        return "moved"
    if proposal.kind == "layout":
        return "layout"
    return "repaired" if proposal.edit.after or not proposal.edit.before.strip() else "removed"


@dataclass
class Tally:
    """Sums that can be added in any order."""

    documents: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    edits: Counter[str] = field(default_factory=Counter)
    """Records by effect."""
    characters: Counter[str] = field(default_factory=Counter)
    """Characters taken out, by effect."""
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Records by rule and effect."""
    raw_chars: int = 0
    clean_chars: int = 0
    faults: int = 0

    @classmethod
    def of(cls, ledger: Ledger, status: str, clean_chars: int) -> "Tally":
        """The counts of one document."""
        tally = cls(documents=1, statuses=Counter([status]), raw_chars=ledger.origin.length)
        tally.clean_chars = clean_chars
        tally.faults = len(ledger.faults)
        for record in ledger.records:
            what = effect(record)
            tally.edits[what] += 1
            tally.rules[record.proposal.rule, what] += 1
            tally.characters[what] += len(record.proposal.edit.before)
        return tally

    def add(self, other: "Tally") -> None:
        """Take another's counts in."""
        self.documents += other.documents
        self.statuses += other.statuses
        self.edits += other.edits
        self.characters += other.characters
        self.rules += other.rules
        self.raw_chars += other.raw_chars
        self.clean_chars += other.clean_chars
        self.faults += other.faults

    def as_dict(self) -> dict[str, object]:
        """The counts a manifest records."""
        return {
            "documents": self.documents,
            "statuses": dict(sorted(self.statuses.items())),
            "edits": dict(sorted(self.edits.items())),
            "raw_chars": self.raw_chars,
            "clean_chars": self.clean_chars,
            "faults": self.faults,
        }

    def dump(self) -> dict[str, Any]:
        """Everything as a JSON value, for `load`."""
        rules = [[rule, what, number] for (rule, what), number in sorted(self.rules.items())]
        return {**self.as_dict(), "characters": dict(sorted(self.characters.items())), "rules": rules}

    @classmethod
    def load(cls, value: Mapping[str, Any]) -> "Tally":
        """The inverse of `dump`."""
        return cls(
            documents=value["documents"],
            statuses=Counter(value["statuses"]),
            edits=Counter(value["edits"]),
            characters=Counter(value["characters"]),
            rules=Counter({(rule, what): number for rule, what, number in value["rules"]}),
            raw_chars=value["raw_chars"],
            clean_chars=value["clean_chars"],
            faults=value["faults"],
        )
