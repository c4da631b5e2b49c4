"""Site furniture around the text: rules name it, neighbours explain more of it, and a line model knows the rest.

Lines that a later stage moves into the provenance record are left to it: furniture is thrown away, provenance is kept.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TypeGuard

from cleanse.edits import Edit
from cleanse.lines import HELD, Model, doubted, load_model
from cleanse.lines.gate import is_underlined
from cleanse.lines.written import is_heading
from cleanse.model import FURNITURE, Applicability, Draft, Fact, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.rules.loader import shipped_folder
from cleanse.rules.schema import Announces
from cleanse.stages.company import Beside, Keepsakes, Rest, Text, covered
from cleanse.stages.contents import lists_of_contents
from cleanse.stages.headline import headline
from cleanse.stages.related import Related, related_lists
from cleanse.view import Line, View, Zone

_LABEL_WORDS = 3
_SECTION_WORDS = 6
"""Words of a section's name at most, where the headline is known to stand below it."""
_TITLE_WORDS = 3
_GOING_ON = 4
"""Words of a line in which a sentence goes on."""
_NEAR = 2
_ROUNDS = 4
"""How often what is left is asked again at most; real pages need one or two."""


@dataclass(frozen=True)
class BoilerplateStage:
    """Proposes the removal of furniture lines."""

    rules: RuleSet
    keepsakes: Keepsakes
    model_folder: Path
    profile: str
    name: str = "boilerplate"

    @cached_property
    def model(self) -> Model:
        """The line model, loaded when the first text is judged."""
        return load_model(self.model_folder)

    @cached_property
    def _announcing(self) -> Mapping[str, Announces]:
        """The rules whose lines announce what stands below them."""
        return {rule.name: rule.announces for rule in self.rules.rules if rule.announces is not Announces.NOTHING}

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """What rules know for sure, what its neighbours explain, and what the model makes of the rest.

        What stands at an edge, and beside what, changes with every line that goes. So what is left is asked again,
        until nothing more goes: a second run must find nothing to do.
        """
        text = Text(draft.view, self.keepsakes)
        gone: set[int] = set()
        for wish in self._wishes(text):
            if _removes(wish):
                gone.update(covered(draft.view, wish.edit))
            yield wish
        if gone:
            yield from self._again(draft, text.moved, gone)
            yield Fact(FURNITURE, len(gone))

    def _again(self, draft: Draft, moved: frozenset[int], gone: set[int]) -> Iterator[Wish]:
        """What is said of what is left without the lines `gone`, to which it is added."""
        for _ in range(_ROUNDS):
            before, moved = moved, self._still_moved(draft, gone, moved)
            rest = Rest(draft.view, gone | moved)
            left = Text(rest.view, self.keepsakes)
            if moved == before and not any(map(_removes, self._by_rules(left))):
                return
            for wish in self._wishes(left):
                if _removes(wish):
                    for line in rest.lines(wish.edit):
                        gone.add(line.index)
                        yield replace(wish, edit=Edit(line.start, draft.text[line.start : line.stop], ""))

    def _still_moved(self, draft: Draft, gone: set[int], moved: frozenset[int]) -> frozenset[int]:
        """Of the lines `moved`, those that a later stage takes out when the lines `gone` are."""
        if not moved - gone:
            return moved
        rest = Rest(draft.view, gone)
        found = Text(rest.view, self.keepsakes).moved
        return moved & {rest.kept[index].index for index in found}

    def _wishes(self, text: Text) -> Iterator[Wish]:
        """One look at a text: rules, neighbours, model."""
        view, furniture = text.view, set[int]()
        explained = list(self._explained(text))
        for wish in explained:
            if _removes(wish):
                furniture.update(covered(view, wish.edit))
        labels = {
            line: self._announcing[wish.rule]
            for wish in explained
            if isinstance(wish, Proposal) and wish.rule in self._announcing
            for line in covered(view, wish.edit)
        }
        lists = related_lists(view, labels, furniture, text.recorded | text.authored) if labels else ()
        others = {found.label.index: found for found in lists}
        asides = {label for label, found in others.items() if found.is_aside}
        furniture -= asides
        for wish in explained:
            yield _with_its_list(wish, view, others, furniture)
        for proposal in (*_related(view, others.values(), furniture), *_listed(text, furniture)):
            if _removes(proposal):
                furniture.update(covered(view, proposal.edit))
            yield proposal
        for proposal in _enclosed(text, furniture):
            furniture.update(covered(view, proposal.edit))
            yield proposal
        yield from self._judged(text, furniture, asides)

    def _by_rules(self, text: Text) -> Sequence[Wish]:
        """What the rules wish for, but of an author's headings, lists, half sentences, and of what the record keeps."""
        view, wishes = text.view, list(self.rules.wishes(text.view))
        if not wishes:
            return ()
        held = text.recorded | text.authored
        return [
            wish
            for wish in wishes
            if not isinstance(wish, Proposal)
            or (
                held.isdisjoint(lines := covered(view, wish.edit))
                and not _is_heading(view, lines[-1])
                and not _goes_on(view, lines[-1])
            )
        ]

    def _explained(self, text: Text) -> Iterator[Wish]:
        """What the rules wish for; doubtful lines beside sure ones go."""
        view, wishes = text.view, self._by_rules(text)
        beside = frozenset(index for wish in wishes if _removes(wish) for index in covered(view, wish.edit))
        for wish in wishes:
            if (
                isinstance(wish, Proposal)
                and wish.applicability is Applicability.DISPLAY
                and _is_beside(view, covered(view, wish.edit), beside)
            ):
                yield replace(wish, applicability=Applicability.SAFE, evidence={"beside": "site furniture"})
            else:
                yield wish

    def _judged(self, text: Text, furniture: Collection[int], asides: Collection[int]) -> Iterator[Proposal]:
        """What the line model says of lines that nothing else explains; `asides` stay with the title they invite to."""
        lines = text.view.written
        sure = frozenset(at for at, line in enumerate(lines) if line.index in furniture)
        company = Beside(text, sure)
        for at, verdict in doubted([line.text for line in lines], self.profile, self.model, company).items():
            line = lines[at]
            if at in sure or at in company.moved or line.index in asides or verdict.final == HELD:
                continue
            yield Proposal(
                edit=Edit(line.start, text.view.text[line.start : line.stop], ""),
                rule="boilerplate/line-model",
                reason="; ".join(verdict.reasons),
                applicability=Applicability.DISPLAY if verdict.keep else Applicability.SAFE,
                evidence={"keep": round(verdict.probability, 3), "alone": verdict.own, "neighbours": verdict.final},
            )


def _removes(wish: Wish) -> TypeGuard[Proposal]:
    """Whether a wish takes lines out, and is sure of it."""
    return isinstance(wish, Proposal) and wish.applicability is Applicability.SAFE and not wish.edit.after


def _is_heading(view: View, index: int) -> bool:
    """Whether a line is a heading, by its own signs or a line of them below it, as authors of plain text make them."""
    line, below = view.lines[index], view.lines[index + 1 : index + 2]
    return bool(line.stripped) and (
        is_heading(line.stripped) or any(rule.stripped and is_underlined(line.text, rule.text) for rule in below)
    )


def _goes_on(view: View, index: int) -> bool:
    """Whether a line in small letters goes on in the next: a command that a manual sets on a line of its own."""
    if not view.lines[index].stripped[:1].islower():
        return False
    behind = view.rank[index] + 1
    return any(line.stripped[0].islower() and line.words >= _GOING_ON for line in view.written[behind : behind + 1])


def _is_beside(view: View, lines: range, furniture: Collection[int]) -> bool:
    """Whether furniture stands next to the lines, with at most one other written line between."""
    first, last = view.rank[lines[0]], view.rank[lines[-1]]
    near = (*view.written[max(0, first - _NEAR) : first], *view.written[last + 1 : last + 1 + _NEAR])
    return any(line.index in furniture for line in near)


def _listed(text: Text, furniture: Collection[int]) -> Iterator[Proposal]:
    """The page's lists of contents; one that a book may bear goes only where other furniture shows a page."""
    for found in lists_of_contents(text.view):
        sure = found.of_page or bool(furniture)
        for line in found.lines:
            yield Proposal(
                edit=Edit(line.start, text.view.text[line.start : line.stop], ""),
                rule="boilerplate/contents",
                reason="a list of contents whose lines all stand again further down, as headings",
                applicability=Applicability.SAFE if sure else Applicability.DISPLAY,
                evidence={"label": found.label, "lines": len(found.lines)},
            )


def _with_its_list(wish: Wish, view: View, lists: Mapping[int, Related], furniture: Collection[int]) -> Wish:
    """A wish as it came, but for a label: it goes with a list, and stays with a title that stays."""
    found = lists.get(covered(view, wish.edit)[0]) if isinstance(wish, Proposal) else None
    if found is None or not isinstance(wish, Proposal):
        return wish
    if found.is_aside:
        return replace(wish, applicability=Applicability.DISPLAY, evidence={"announces": "one title, which stays"})
    if found.titles and _is_of_page(found, furniture):
        return replace(wish, applicability=Applicability.SAFE, evidence={"announces": len(found.titles)})
    return wish


def _is_of_page(found: Related, furniture: Collection[int]) -> bool:
    """Whether there is furniture besides the label: a text without any keeps its lists of titles."""
    return any(index != found.label.index for index in furniture)


def _related(view: View, lists: Iterable[Related], furniture: Collection[int]) -> Iterator[Proposal]:
    """The titles of other articles below their labels."""
    for found in lists:
        sure = found.titles if _is_of_page(found, furniture) else ()
        for line in (*found.titles, *found.doubtful):
            yield Proposal(
                edit=Edit(line.start, view.text[line.start : line.stop], ""),
                rule="boilerplate/related",
                reason="in a list of other articles, below the label that announces them",
                applicability=Applicability.SAFE if line in sure else Applicability.DISPLAY,
                evidence={"label": found.label.stripped, "titles": len(found.titles)},
            )


def _enclosed(text: Text, furniture: set[int]) -> Iterator[Proposal]:
    """Short labels above all prose with furniture directly before and behind: the host's section names."""
    view = text.view
    head = tuple(takewhile(lambda line: line.index in furniture or not line.is_prose, view.in_zone(Zone.HEAD)))
    for before, line, after in _neighbours(head):
        wedged = before.index in furniture and after.index in furniture and line.index not in furniture
        if wedged and not line.ends_sentence and _is_section(line, view, head, furniture | text.moved):
            yield Proposal(
                edit=Edit(line.start, view.text[line.start : line.stop], ""),
                rule="boilerplate/enclosed",
                reason="a short label between two lines of site furniture, above the text",
                evidence={"words": line.words, "above": before.stripped[:80], "below": after.stripped[:80]},
            )


def _is_section(line: Line, view: View, head: Sequence[Line], explained: Collection[int]) -> bool:
    """Whether a line may name a section: few words, and the headline stands below it."""
    if line.words <= _LABEL_WORDS:
        return not _is_last_title(line, head, explained)
    if line.words > _SECTION_WORDS:
        return False
    return any(
        field == "title" and sure and line.index < title.index for field, title, sure in headline(view, explained)
    )


def _is_last_title(line: Line, head: Sequence[Line], explained: Collection[int]) -> bool:
    """Whether a line of some words is the last such above the text: a headline stands below the host's section."""
    titles = [other for other in head if other.words >= _TITLE_WORDS and other.index not in explained]
    return bool(titles) and titles[-1] is line


def _neighbours(lines: Sequence[Line]) -> Iterator[tuple[Line, Line, Line]]:
    return zip(lines, lines[1:], lines[2:], strict=False)


def stage(context: StageContext) -> BoilerplateStage:
    """The stage as the registry wants it. Raises RuleError for a user's line tables that are not well formed."""
    if context.rules.lines != shipped_folder() / "lines":
        load_model(context.rules.lines)  # theirs are checked before any text is touched; ours are part of the package
    return BoilerplateStage(
        rules=context.rules.ruleset("boilerplate"),
        keepsakes=Keepsakes(context.rules.ruleset("provenance"), context.rules.ruleset("trailers")),
        model_folder=context.rules.lines,
        profile=str(context.options.get("profile", "conservative")),
    )
