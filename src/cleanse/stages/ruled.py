"""A stage that is nothing but its rule tables, and the piece of others that is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cleanse.model import Claim, Draft, Proposal, Wish
from cleanse.rules import Rule
from cleanse.rules.matching import wishes


@dataclass(frozen=True)
class RuledStage:
    """Proposes what its rules find."""

    name: str
    rules: tuple[Rule, ...]

    def propose(self, draft: Draft) -> Iterable[Wish]:
        """All wishes of all rules; overlaps are the pipeline's business."""
        return from_rules(self.rules, draft)


def from_rules(rules: Iterable[Rule], draft: Draft) -> Iterator[Proposal | Claim]:
    """What the rules wish for this draft."""
    for rule in rules:
        yield from wishes(rule, draft.view)
