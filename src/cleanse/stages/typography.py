"""The canonical form: marks that pair, white space that carries nothing gone, one paragraph per line."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleanse.edits import ChangeSet
from cleanse.model import Draft, Wish
from cleanse.registry import StageContext
from cleanse.stages.quotes import quotes
from cleanse.stages.spacing import around_lines, inside_lines
from cleanse.stages.wraps import indents
from cleanse.view import View


@dataclass(frozen=True)
class TypographyStage:
    """Proposes the last touches; after them a second run has nothing left to say."""

    name: str = "typography"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Marks first, white space after; they do not meet. An indentation may be shared now that lines are gone.

        What of the white space is layout is asked once that is gone, as a second run would.
        """
        yield from quotes(draft)
        dedents = list(indents(draft.view))
        yield from dedents
        if not dedents:
            yield from inside_lines(draft.view)
            yield from around_lines(draft.view)
            return
        change = ChangeSet.of(len(draft.text), (proposal.edit for proposal in dedents))
        back, view = change.invert(), View(change.apply(draft.text))
        for proposal in (*inside_lines(view), *around_lines(view)):
            yield replace(proposal, edit=replace(proposal.edit, start=back.map(proposal.edit.start, -1)))


def stage(context: StageContext) -> TypographyStage:
    """The stage as the registry wants it."""
    del context
    return TypographyStage()
