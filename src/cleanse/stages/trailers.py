"""Off-topic tails, from the end only: the first line that is none of them ends the search."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from cleanse.edits import Edit
from cleanse.language import is_foreign, script_of
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import Rule
from cleanse.stages.ruled import from_rules
from cleanse.view import Line, View

_BODY_LINES = 2
"""Prose lines that must remain before a tail."""
_DOUBTFUL_WORDS = 20
"""A foreign line this long that ends a sentence may be somebody's text: it is shown, not removed."""
_PICTOGRAPH = regex.compile(r"[\p{Extended_Pictographic}--\p{ASCII}]", regex.V1)


@dataclass(frozen=True)
class TrailersStage:
    """Proposes the removal of closing lines that do not belong to the text."""

    rules: tuple[Rule, ...]
    name: str = "trailers"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Walk up from the last line while each line is explained."""
        by_line: dict[int, list[Wish]] = defaultdict(list)
        for wish in from_rules(self.rules, draft):
            if isinstance(wish, Proposal):
                by_line[draft.view.line_at(wish.edit.start).index].append(wish)
        main_script = script_of(draft.text)
        for line in reversed(draft.view.written):
            if draft.view.prose_before(line) < _BODY_LINES:
                return
            explained = by_line.get(line.index) or _foreign(draft.view, line, main_script)
            if not explained:
                return
            yield from explained


def _foreign(view: View, line: Line, main_script: str | None) -> list[Wish]:
    if not is_foreign(line.stripped, main_script):
        return []
    doubtful = line.ends_sentence and line.words >= _DOUBTFUL_WORDS
    pictographs = len(_PICTOGRAPH.findall(line.text))
    return [
        Proposal(
            edit=Edit(line.start, view.text[line.start : line.stop], ""),
            rule="trailers/foreign-tail",
            reason="a closing line in another script or language than the text",
            applicability=Applicability.DISPLAY if doubtful else Applicability.SAFE,
            evidence={
                "script": script_of(line.stripped),
                "text_script": main_script,
                "pictographs": pictographs,
            },
        )
    ]


def stage(context: StageContext) -> TrailersStage:
    """The stage as the registry wants it."""
    return TrailersStage(context.rules.for_stage("trailers"))
