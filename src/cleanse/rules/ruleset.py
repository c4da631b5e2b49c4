"""Rules that are asked together: one scan of the text says on which lines each of them may match at all."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from cleanse.model import Claim, Proposal
from cleanse.rules.literals import Needs, needs
from cleanse.rules.matching import BLOCK_CAP, wishes
from cleanse.rules.outlines import Outline, by_first
from cleanse.rules.schema import Rule, Unit
from cleanse.scanning import Scanner, fold, is_fast
from cleanse.view import Line, View, Zone

_ENDLESS = float("inf")
_BEGINNING = 40
"""Characters of a line, from its first written one on, that hold nine of ten literals where they are wanted."""


class _Asker(NamedTuple):
    """A rule that requires a literal."""

    rule: str
    unit: Unit
    reach: float
    """How far behind the beginning of a line, or of a block, the literal can stand."""


Asking = Mapping[str, Sequence[_Asker]]
"""Who asks for each literal."""
Found = Mapping[str, set[int]]
"""By rule, the lines in which a match may begin."""
_Near = Sequence[tuple[float, str]]
"""How far from the beginning of its line a literal is wanted, and by which rule."""


@dataclass(frozen=True)
class _Beginnings:
    """Literals that rules for whole lines want near the beginning of a line: nine of ten, and nobody looks further.

    So they are sought in half of a text broken at 70 characters, in a tenth of one with a paragraph a line. By the
    trie the scan takes 0.4 seconds for a megabyte, not 0.7; Aho-Corasick is as fast in one go for all.
    """

    asking: Asking

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(tuple(self.asking))

    @cached_property
    def _wanted(self) -> Sequence[_Near]:
        return [_near(askers) for askers in self.asking.values()]

    def find(self, zone: Sequence[Line], found: Found) -> None:
        """Add to the rules' lines those of the zone in which a match may begin."""
        beginnings = [line.stripped[:_BEGINNING] for line in zone]
        starts = [0, *accumulate([len(beginning) + 1 for beginning in beginnings])]
        wanted = self._wanted
        for number, at, _ in self._scanner.scan(fold("\n".join(beginnings))):
            place = bisect_right(starts, at) - 1
            distance = at - starts[place]
            for reach, rule in wanted[number]:
                if distance <= reach:
                    found[rule].add(zone[place].index)


@dataclass(frozen=True)
class _Anywhere:
    """Literals that may stand far from where a line begins, or in a line below it."""

    asking: Asking

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(tuple(self.asking))

    @cached_property
    def _wanted(self) -> Sequence[tuple[float, _Near, Sequence[_Asker]]]:
        """By literal: how far from its line's beginning anybody wants it; who does; whose match may begin above."""
        return [
            (
                max([reach for reach, _ in near]) if all(asker.unit is Unit.LINE for asker in askers) else _ENDLESS,
                near,
                [asker for asker in askers if asker.unit is Unit.BLOCK],
            )
            for askers in self.asking.values()
            for near in (_near(askers),)
        ]

    @cached_property
    def _beyond(self) -> int:
        """How far behind the zone a match can go on that begins in it."""
        return BLOCK_CAP if any(blocks for *_, blocks in self._wanted) else 0

    def find(self, view: View, zone: Sequence[Line], found: Found) -> None:
        """Add to the rules' lines those of the zone in which a match may begin."""
        starts, begins, last, offset = view.starts, view.content_starts, zone[-1].index, zone[0].start
        wanted = self._wanted
        for number, at, _ in self._scanner.scan(view.folded[offset : zone[-1].end + self._beyond]):
            index = bisect_right(starts, offset + at) - 1
            distance = offset + at - begins[index]
            furthest, near, blocks = wanted[number]
            if distance > furthest:
                continue  # most are dismissed here
            if index <= last:
                for reach, rule in near:
                    if distance <= reach:
                        found[rule].add(index)
            for rule, _, reach in blocks:
                above = min(index - 1, last)
                while above >= zone[0].index and offset + at - begins[above] <= reach:
                    found[rule].add(above)
                    above -= 1


def _near(askers: Sequence[_Asker]) -> _Near:
    """How far from its beginning each rule wants a literal in a line."""
    return [(_ENDLESS if asker.unit is Unit.INLINE else asker.reach, asker.rule) for asker in askers]


def _is_near(literal: str, askers: Sequence[_Asker]) -> bool:
    return all(asker.unit is Unit.LINE and asker.reach + len(literal) <= _BEGINNING for asker in askers)


class _Zoned:
    """What the rules of one zone require: nobody looks for it anywhere else."""

    def __init__(self, asking: Asking) -> None:
        near = (
            {} if is_fast() else {literal: asking[literal] for literal in asking if _is_near(literal, asking[literal])}
        )
        self._beginnings = _Beginnings(near)
        self._anywhere = _Anywhere({literal: askers for literal, askers in asking.items() if literal not in near})

    def find(self, view: View, zone: Sequence[Line], found: Found) -> None:
        """Add to the rules' lines those of the zone in which a match may begin."""
        if self._beginnings.asking:
            self._beginnings.find(zone, found)
        self._anywhere.find(view, zone, found)


@dataclass(frozen=True)
class Triggers:
    """The literals that all rules of a run require."""

    rules: tuple[Rule, ...]

    @cached_property
    def _needs(self) -> Mapping[str, Needs]:
        """What each rule requires, where it requires something."""
        return {rule.name: found for rule in self.rules if (found := needs(rule.find))}

    @cached_property
    def _zones(self) -> Mapping[Zone, _Zoned]:
        asking: dict[Zone, dict[str, list[_Asker]]] = defaultdict(lambda: defaultdict(list))
        for rule in self.rules:
            for literal, reach in self._needs.get(rule.name, {}).items():
                asking[rule.zone][literal].append(_Asker(rule.name, rule.unit, min(reach, BLOCK_CAP)))
        return {zone: _Zoned(dict(sorted(literals.items()))) for zone, literals in asking.items()}

    def requires(self, rule: Rule) -> bool:
        """Whether the rule can only match where `found` says."""
        return rule.name in self._needs

    @cached_property
    def _outlines(self) -> Mapping[str, Outline]:
        return {rule.name: Outline(rule) for rule in self.rules if not self.requires(rule)}

    def fitting(self, rule: Rule, view: View) -> Sequence[Line]:
        """For a rule of which no literal is known: the lines of its zone that look like its own."""
        zone = view.in_zone(rule.zone)
        if not zone:
            return ()
        begun = view.remembered("first characters", lambda: by_first(view.written))
        first, last = zone[0].index, zone[-1].index
        return [line for line in self._outlines[rule.name].fitting(begun) if first <= line.index <= last]

    def found(self, view: View) -> Mapping[str, Sequence[Line]]:
        """The rules that may match, each with the written lines of its zone in which a match may begin, in order."""
        return view.remembered("triggers", lambda: self._found(view))

    def _found(self, view: View) -> Mapping[str, Sequence[Line]]:
        found: defaultdict[str, set[int]] = defaultdict(set)
        for zone, zoned in self._zones.items():
            if zone_lines := view.in_zone(zone):
                zoned.find(view, zone_lines, found)
        lines = view.lines
        placed = {
            rule: [lines[index] for index in sorted(places) if lines[index].stripped] for rule, places in found.items()
        }
        return {rule: written for rule, written in placed.items() if written}


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

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {rule.name: place for place, rule in enumerate(self.rules)}

    @cached_property
    def _untold(self) -> frozenset[str]:
        """Rules of which no literal is known."""
        return frozenset(rule.name for rule in self.rules if not self.triggers.requires(rule))

    def wishes(self, view: View) -> Iterator[Proposal | Claim]:
        """What the rules wish for, rule by rule; asked once per text, whichever stage asks."""
        found = self.triggers.found(view)
        for name in sorted((found.keys() & self._places.keys()) | self._untold, key=self._places.__getitem__):
            yield from view.remembered(name, lambda: self._wishes(name, view, found))  # noqa: B023 - called at once

    def _wishes(self, name: str, view: View, found: Mapping[str, Sequence[Line]]) -> Sequence[Proposal | Claim]:
        rule = self.rules[self._places[name]]
        lines = found[name] if name in found else self.triggers.fitting(rule, view)
        return tuple(wishes(rule, view, lines)) if lines else ()
