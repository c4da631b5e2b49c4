"""What the answers of a session support so far, under both plans: what `cleanse signoff` would say now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from cleanse.decisions.decision import Decision, Place, Word
from cleanse.signoff.certificate import KEPT, Item, Plan, Standing, Subject

FIXED, ANYTIME = Plan("fixed"), Plan("anytime")
DRAWN = max(FIXED.size, ANYTIME.size)
"""How many items of a draw either plan may ask for."""


@dataclass(frozen=True)
class Sample:
    """The draw from one population, by id, in its order."""

    of: Subject
    seed: str
    population: int
    ids: Sequence[str]
    gone: int = 0
    """Of kept lines: how many others went."""

    def figures(self, said: Mapping[str, Decision]) -> dict[str, Any]:
        """Where both plans stand after what was said, by id.

        Nothing but the answers themselves is asked for: a document is not opened to count what was said about it.
        """
        fixed = self._standing(FIXED, [name for name in self.ids[: FIXED.size] if name in said], said)
        anytime = self._standing(ANYTIME, list(takewhile(said.__contains__, self.ids)), said)
        needed = min(FIXED.size, self.population)
        figures: dict[str, Any] = {
            "population": self.population,
            "tolerance": FIXED.tolerance,
            "judged": len(fixed.counted),
            "needed": needed,
            "wrong": fixed.count(*self.of.wrong),
            "skipped": fixed.count(Word.SKIP),
            "bound": fixed.bound if fixed.counted else 1.0,
            "signed": fixed.signed if fixed.whole else len(fixed.counted) == needed and not fixed.hopeless,
            "anytime": {
                "judged": len(anytime.counted),
                "bound": anytime.bound if anytime.counted else 1.0,
                "more": 0 if anytime.signed else min(anytime.more, self.population - len(anytime.counted)),
                "signed": anytime.signed,
            },
        }
        if self.of is KEPT:
            figures |= {"missed": fixed.count(Word.MISSED), "gone": self.gone, "recall": fixed.recall}
        return figures

    def _standing(self, plan: Plan, ids: Sequence[str], said: Mapping[str, Decision]) -> Standing:
        places = {name: said[name].place for name in ids}
        items = [Item(name, place[0], place, "", "") for name, place in places.items()]
        words = _Words({place: said[name] for name, place in places.items()})
        return Standing(plan, self.seed, self.population, items, words, self.of, self.gone)


@dataclass(frozen=True)
class _Words:
    current: Mapping[Place, Decision]
