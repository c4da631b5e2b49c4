"""Read what the document says of itself, and move it out of the text into the provenance record."""

from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.language import language_of
from cleanse.model import DOUBTFUL, Claim, Draft, Fact, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.stages.headline import headline


@dataclass(frozen=True)
class ProvenanceStage:
    """Claims with their spans, and the removal of the lines that hold nothing else."""

    rules: RuleSet
    name: str = "provenance"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Rules first; headline and standfirst are the lines above the text that no rule explains."""
        moved: set[int] = set()
        has_text = any(line.is_prose for line in draft.view.written)
        for wish in self.rules.wishes(draft.view):
            if isinstance(wish, Proposal) and not has_text:
                yield from wish.claims  # nothing is moved out of a text that would have nothing left
                continue
            if isinstance(wish, Proposal):
                moved.update(_whole_lines(wish, draft))
            yield wish
        for field, line, sure in headline(draft.view, moved):
            span = (line.content_start, line.content_start + len(line.stripped))
            doubt = {} if sure else {DOUBTFUL: "yes"}
            yield Claim(field, " ".join(line.stripped.split()), span, f"provenance/{field}", doubt)
        code, score = language_of(draft.text)
        if code != "und":
            yield Fact("language", code)
            yield Fact("language_score", score)


def _whole_lines(proposal: Proposal, draft: Draft) -> range:
    """The indices of the lines that a proposal takes away from end to end."""
    first = draft.view.line_at(proposal.edit.start)
    last = draft.view.line_at(max(proposal.edit.start, proposal.edit.end - 1))
    whole = proposal.edit.start <= first.content_start and proposal.edit.end >= last.start + len(last.text.rstrip())
    return range(first.index, last.index + 1) if whole else range(0)


def stage(context: StageContext) -> ProvenanceStage:
    """The stage as the registry wants it."""
    return ProvenanceStage(context.rules.ruleset("provenance"))
