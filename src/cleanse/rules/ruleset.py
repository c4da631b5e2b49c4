"""Rules that are asked together: one scan of the text says on which lines each of them may match at all."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanse.model import Claim, Proposal
from cleanse.rules.literals import Needs, required
from cleanse.rules.matching import BLOCK_CAP, wishes
from cleanse.rules.schema import Rule, Unit
from cleanse.scanning import Scanner
from cleanse.view import Line, View, Zone


@dataclass(frozen=True)
class Triggers:
    """The literals that all rules of a run require."""

    rules: tuple[Rule, ...]

    @cached_property
    def _needs(self) -> Mapping[str, Needs]:
        """What each rule requires, where it requires something."""
        return {rule.name: needs for rule in self.rules if (needs := required(rule.find))}

    @cached_property
    def _asking(self) -> Mapping[str, Sequence[tuple[str, Unit, float]]]:
        """By literal, the rules that require it, their units and how far they reach before it."""
        asking: dict[str, list[tuple[str, Unit, float]]] = defaultdict(list)
        for rule in self.rules:
            if needs := self._needs.get(rule.name):
                for literal in needs.literals:
                    asking[literal].append((rule.name, rule.unit, min(needs.reach, BLOCK_CAP)))
        return dict(sorted(asking.items()))

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(tuple(self._asking))

    def lines(self, rule: Rule, view: View) -> Sequence[Line]:
        """The written lines of its zone on which the rule may match, in order."""
        if rule.name not in self._needs:
            return view.in_zone(rule.zone)
        found = view.remembered("triggers", lambda: self._found(view)).get(rule.name, ())
        lines = [line for line in map(view.lines.__getitem__, sorted(found)) if line.stripped]
        return lines if rule.zone is Zone.ANY else [line for line in lines if rule.zone in view.zones(line)]

    def _found(self, view: View) -> Mapping[str, set[int]]:
        """By rule, the lines in which a match may begin."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        asking, begins = tuple(self._asking.values()), view.begins
        for number, start, _ in self._scanner.scan(view.folded):
            index = view.index_at(start)
            for name, unit, reach in asking[number]:
                if unit is Unit.INLINE or start - begins[index] <= reach:
                    found[name].add(index)
                if unit is Unit.BLOCK:
                    at = index - 1
                    while at >= 0 and start - begins[at] <= reach:
                        found[name].add(at)
                        at -= 1
        return found


@dataclass(frozen=True)
class RuleSet:
    """Some rules of a run, with the triggers of all."""

    rules: tuple[Rule, ...]
    triggers: Triggers

    def only(self, wanted: Callable[[Rule], bool]) -> "RuleSet":
        """Those of the rules that are wanted."""
        return RuleSet(tuple(rule for rule in self.rules if wanted(rule)), self.triggers)

    def __add__(self, other: "RuleSet") -> "RuleSet":
        return RuleSet((*self.rules, *other.rules), self.triggers)

    def wishes(self, view: View) -> Iterator[Proposal | Claim]:
        """What the rules wish for, rule by rule; asked once per text, whichever stage asks."""
        for rule in self.rules:
            yield from view.remembered(rule.name, lambda: tuple(self._wishes(rule, view)))  # noqa: B023 - called at once

    def _wishes(self, rule: Rule, view: View) -> Iterator[Proposal | Claim]:
        lines = self.triggers.lines(rule, view)
        return wishes(rule, view, lines) if lines else iter(())
