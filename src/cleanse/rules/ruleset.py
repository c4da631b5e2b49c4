"""Rules that are asked together: one scan of the text says on which lines each of them may match at all."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleanse.model import Claim, Proposal
from cleanse.rules.literals import required
from cleanse.rules.matching import BLOCK_CAP, wishes
from cleanse.rules.schema import Rule, Unit
from cleanse.scanning import Scanner
from cleanse.view import Line, View, Zone


@dataclass(frozen=True)
class Triggers:
    """The literals that all rules of a run require."""

    rules: tuple[Rule, ...]

    @cached_property
    def _by_literal(self) -> Mapping[str, Sequence[Rule]]:
        by_literal: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            for literal in required(rule.find) or ():
                by_literal[literal].append(rule)
        return dict(sorted(by_literal.items()))

    @cached_property
    def _gated(self) -> frozenset[str]:
        return frozenset(rule.name for rules in self._by_literal.values() for rule in rules)

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(tuple(self._by_literal))

    @cached_property
    def _asking(self) -> Sequence[tuple[Sequence[str], Sequence[str]]]:
        """By literal, the names of the rules that match in one line, and of those that match in several."""
        return [
            (
                [rule.name for rule in rules if rule.unit is not Unit.BLOCK],
                [rule.name for rule in rules if rule.unit is Unit.BLOCK],
            )
            for rules in self._by_literal.values()
        ]

    def lines(self, rule: Rule, view: View) -> Sequence[Line]:
        """The written lines of its zone on which the rule may match, in order."""
        if rule.name not in self._gated:
            return view.in_zone(rule.zone)
        found = view.remembered("triggers", lambda: self._found(view)).get(rule.name, ())
        lines = [line for line in map(view.lines.__getitem__, sorted(found)) if line.stripped]
        return lines if rule.zone is Zone.ANY else [line for line in lines if rule.zone in view.zones(line)]

    def _found(self, view: View) -> Mapping[str, set[int]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        asking, index_at = self._asking, view.index_at
        for number, start, end in self._scanner.scan(view.folded):
            in_line, in_block = asking[number]
            last = index_at(start)
            for name in in_line:
                found[name].add(last)
            if in_block:  # a block begins at most so far before what it needs
                first = index_at(max(0, end - BLOCK_CAP))
                for name in in_block:
                    found[name].update(range(first, last + 1))
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
