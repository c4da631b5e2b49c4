"""Site furniture around the text: rules name it, neighbours explain more of it, and a line model knows the rest.

Lines that a later stage moves into the provenance record are left to it: furniture is thrown away, provenance is kept.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from cleanse.edits import Edit
from cleanse.lines import Model, doubted, load_model
from cleanse.model import Applicability, Claim, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.stages.headline import possible
from cleanse.view import Line, View, Zone

_LABEL_WORDS = 8
_NEAR = 2


@dataclass(frozen=True)
class BoilerplateStage:
    """Proposes the removal of furniture lines."""

    rules: RuleSet
    keepsakes: RuleSet
    """Rules of later stages, which know their lines better: provenance and trailers."""
    model_folder: Path
    profile: str
    name: str = "boilerplate"

    @cached_property
    def model(self) -> Model:
        """The line model, loaded when the first text is judged."""
        return load_model(self.model_folder)

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """First what rules know for sure, then what its neighbours explain, then what the model makes of the rest."""
        wishes = self._known(draft)
        furniture: set[int] = set()
        for wish in wishes:
            if isinstance(wish, Proposal) and wish.applicability is Applicability.SAFE and not wish.edit.after:
                furniture.update(_covered(draft.view, wish.edit))
        beside = frozenset(furniture)
        for wish in wishes:
            if isinstance(wish, Proposal) and wish.applicability is Applicability.DISPLAY:
                lines = _covered(draft.view, wish.edit)
                if _is_beside(draft.view, lines, beside):
                    furniture.update(lines)
                    yield replace(wish, applicability=Applicability.SAFE, evidence={"beside": "site furniture"})
                    continue
            yield wish
        for proposal in _enclosed(draft.view, furniture):
            furniture.update(_covered(draft.view, proposal.edit))
            yield proposal
        yield from self._judged(draft, furniture)

    def _known(self, draft: Draft) -> list[Proposal | Claim]:
        """What the rules wish for, without the lines that a later stage's rule knows better."""
        wishes = list(self.rules.wishes(draft.view))
        held = self._provenance(draft) if wishes else set()
        return [w for w in wishes if not isinstance(w, Proposal) or held.isdisjoint(_covered(draft.view, w.edit))]

    def _provenance(self, draft: Draft) -> set[int]:
        held = (wish for wish in self.keepsakes.wishes(draft.view) if isinstance(wish, Proposal))
        return {index for wish in held for index in _covered(draft.view, wish.edit)}

    def _judged(self, draft: Draft, furniture: Collection[int]) -> Iterator[Proposal]:
        """What the line model says of lines that nothing else explains."""
        lines = draft.view.written
        sure = frozenset(at for at, line in enumerate(lines) if line.index in furniture)
        verdicts = doubted([line.text for line in lines], self.profile, self.model, sure)
        if not verdicts:
            return
        settled = {*furniture, *possible(draft.view, furniture), *self._provenance(draft)}
        for at, verdict in verdicts.items():
            line = lines[at]
            if line.index in settled:
                continue
            yield Proposal(
                edit=Edit(line.start, draft.text[line.start : line.stop], ""),
                rule="boilerplate/line-model",
                reason="; ".join(verdict.reasons),
                applicability=Applicability.DISPLAY if verdict.keep else Applicability.SAFE,
                evidence={"keep": round(verdict.probability, 3), "alone": verdict.own, "neighbours": verdict.final},
            )


def _is_beside(view: View, lines: range, furniture: Collection[int]) -> bool:
    """Whether furniture stands next to the lines, with at most one other written line between."""
    first, last = view.rank[lines[0]], view.rank[lines[-1]]
    near = (*view.written[max(0, first - _NEAR) : first], *view.written[last + 1 : last + 1 + _NEAR])
    return any(line.index in furniture for line in near)


def _covered(view: View, edit: Edit) -> range:
    return range(view.line_at(edit.start).index, view.line_at(max(edit.start, edit.end - 1)).index + 1)


def _enclosed(view: View, furniture: set[int]) -> Iterator[Proposal]:
    """Short labels above all prose with furniture directly before and behind: the host's section names."""
    head = takewhile(lambda line: line.index in furniture or not line.is_prose, view.in_zone(Zone.HEAD))
    for before, line, after in _neighbours(tuple(head)):
        wedged = before.index in furniture and after.index in furniture and line.index not in furniture
        if wedged and line.words <= _LABEL_WORDS and not line.ends_sentence:
            yield Proposal(
                edit=Edit(line.start, view.text[line.start : line.stop], ""),
                rule="boilerplate/enclosed",
                reason="a short label between two lines of site furniture, above the text",
                evidence={"words": line.words, "above": before.stripped[:80], "below": after.stripped[:80]},
            )


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line, Line]]:
    return zip(lines, lines[1:], lines[2:], strict=False)


def stage(context: StageContext) -> BoilerplateStage:
    """The stage as the registry wants it."""
    others = context.rules.ruleset("provenance") + context.rules.ruleset("trailers")
    return BoilerplateStage(
        rules=context.rules.ruleset("boilerplate"),
        keepsakes=others.only(lambda rule: rule.put is not None),
        model_folder=context.rules.lines,
        profile=str(context.options.get("profile", "conservative")),
    )
