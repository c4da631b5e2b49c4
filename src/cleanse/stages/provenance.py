"""Read what the document says of itself, and move it out of the text into the provenance record."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cleanse.language import language_of
from cleanse.model import DOUBTFUL, FURNITURE, Applicability, Claim, Draft, Fact, Proposal, Wish
from cleanse.provenance.belonging import grants, in_front_matter, of_itself
from cleanse.provenance.dates import read_date
from cleanse.provenance.entries import by_days
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
        said = _without_entries(list(self.rules.wishes(draft.view)), draft)
        wishes = of_itself(said, draft, lambda wish: _whole_lines(wish, draft))
        moves = [wish for wish in wishes if isinstance(wish, Proposal)]
        has_text = any(line.is_prose for line in draft.view.written)
        moved = {index for wish in moves for index in _whole_lines(wish, draft)} if has_text else set()
        for wish in wishes:
            if isinstance(wish, Proposal) and not (has_text and _may_go(wish, draft, moved)):
                yield from wish.claims  # said, and left where it stands
            else:
                yield wish
        for field, line, sure in headline(draft.view, moved):
            span = (line.content_start, line.content_start + len(line.stripped))
            doubt = {} if sure else {DOUBTFUL: "yes"}
            yield Claim(field, " ".join(line.stripped.split()), span, f"provenance/{field}", doubt)
        code, score = language_of(draft.text)
        if code != "und":
            yield Fact("language", code)
            yield Fact("language_score", score)


def _without_entries(wishes: Sequence[Wish], draft: Draft) -> Sequence[Wish]:
    """The wishes, but for dates that head the parts of a text: a diary's days, the stations of a chronicle."""
    if any(_is_day(wish, draft) for wish in wishes) and by_days(draft.view):
        return [wish for wish in wishes if not _is_day(wish, draft)]
    return wishes


def _may_go(proposal: Proposal, draft: Draft, moved: Collection[int]) -> bool:
    """Whether what says a fact stands in a page's apparatus: a whole line does, a sentence's beginning may not.

    A dateline is the author's first words. Where a byline, a date or furniture stood above them it goes with those;
    from a text that shows nothing of a page nothing is taken, and the record only says where the dateline stands.
    A licence keeps the notice that it speaks of, and a source text its front matter.
    """
    if {"copyright_notice", "license"} & {claim.field for claim in proposal.claims} and grants(draft):
        return False
    if in_front_matter(proposal, draft):
        return False
    shown = proposal.applicability is Applicability.DISPLAY
    if shown or FURNITURE in draft.facts or _whole_lines(proposal, draft):
        return True
    return any(index < draft.view.line_at(proposal.edit.start).index for index in moved)


def _is_day(wish: Wish, draft: Draft) -> bool:
    """Whether a wish takes away a line that is nothing but a day, with or without its time."""
    return isinstance(wish, Proposal) and bool(read_date(wish.edit.before)) and bool(_whole_lines(wish, draft))


def _whole_lines(proposal: Proposal, draft: Draft) -> range:
    """The indices of the lines that a proposal takes away from end to end."""
    first = draft.view.line_at(proposal.edit.start)
    last = draft.view.line_at(max(proposal.edit.start, proposal.edit.end - 1))
    whole = proposal.edit.start <= first.content_start and proposal.edit.end >= last.start + len(last.text.rstrip())
    return range(first.index, last.index + 1) if whole else range(0)


def stage(context: StageContext) -> ProvenanceStage:
    """The stage as the registry wants it."""
    return ProvenanceStage(context.rules.ruleset("provenance"))
