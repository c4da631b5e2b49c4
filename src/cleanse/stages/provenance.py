"""Read what the document says of itself, and move it out of the text into the provenance record."""

from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.language import language_of
from cleanse.model import Claim, Draft, Fact, Proposal, Wish
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
            if isinstance(wish, Proposal) and "\n" in draft.text[wish.edit.start : wish.edit.end + 1]:
                first, last = (draft.view.line_at(at).index for at in (wish.edit.start, max(0, wish.edit.end - 1)))
                moved.update(range(first, last + 1))
            yield wish
        for field, line in headline(draft.view, moved):
            span = (line.content_start, line.content_start + len(line.stripped))
            yield Claim(field, " ".join(line.stripped.split()), span, f"provenance/{field}")
        code, score = language_of(draft.text)
        if code != "und":
            yield Fact("language", code)
            yield Fact("language_score", score)


def stage(context: StageContext) -> ProvenanceStage:
    """The stage as the registry wants it."""
    return ProvenanceStage(context.rules.ruleset("provenance"))
