"""Lines that a survey found in many documents of one source: a table that `cleanse corpus lines` learned.

The stage is in a run only where a table is for it. It comes behind the stages that know what a line is, so that a
byline is moved into the record by its own rule even where it stands in every document of its source.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from cleanse.model import Draft, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.rules.sources import source_of


@dataclass(frozen=True)
class LearnedStage:
    """Proposes what the rules of the document's own source find."""

    by_source: Mapping[tuple[str, str], RuleSet]
    """The rules, by how a source is told and which one it is; both empty for rules of every source."""
    name: str = "learned"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """The rules of every source, then those of this one."""
        for by in dict.fromkeys(by for by, _ in self.by_source):
            known = self.by_source.get((by, source_of(draft.document, by) if by else ""))
            if known:
                yield from known.wishes(draft.view)


def stage(context: StageContext) -> LearnedStage:
    """The stage as the registry wants it."""
    rules = context.rules.ruleset("learned")
    sources = dict.fromkeys(rule.source for rule in rules.rules)
    return LearnedStage({
        (source.partition("=")[0], source.partition("=")[2]): rules.only(lambda rule, one=source: rule.source == one)  # type: ignore[misc]
        for source in sources
    })  # fmt: skip
