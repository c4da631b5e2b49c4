"""Give the text back its lines and paragraphs, so that later stages see what the author wrote."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cleanse.model import Draft, Wish
from cleanse.registry import StageContext
from cleanse.stages.glue import GlueFinder, suspicious
from cleanse.stages.pages import page_marks
from cleanse.stages.spacing import inside_lines
from cleanse.stages.wraps import indents, joins
from cleanse.words import Few


@dataclass(frozen=True)
class StructureStage:
    """Proposes joins, breaks and the removal of page numbers and of a common indentation."""

    name: str = "structure"
    suspects: Few[bool] = field(default_factory=lambda: Few(suspicious), compare=False, repr=False)
    """Words that may be two."""

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Everything that is about lines, not about words.

        Spaces inside lines come here and again at the end: rules that know a line word by word read what a second
        run would, and what later stages bring together is mended, too.
        """
        yield from GlueFinder(draft, self.suspects).proposals()
        yield from inside_lines(draft.view)
        yield from page_marks(draft.view)
        joined = list(joins(draft.view))
        yield from joined
        yield from indents(draft.view, [proposal.edit for proposal in joined])


def stage(context: StageContext) -> StructureStage:
    """The stage as the registry wants it."""
    del context
    return StructureStage()
