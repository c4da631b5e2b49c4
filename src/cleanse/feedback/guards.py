"""Guards to consider: what stands beside the rejected uses of a rule and not beside the accepted ones.

Candidates with their counts, for a person to judge and to put into the rule with an example; never applied.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cleanse.decisions.decision import Word
from cleanse.feedback.uses import Use

_MOST = 3
"""Candidates per rule."""
_COST = 0.2
"""A guard that would stop more than this share of the accepted uses is not worth looking at."""
_QUOTES = re.compile('[“”"«»]')


@dataclass(frozen=True)
class Guard:
    """A condition under which the rule would stand down."""

    where: str
    """`before`, `after` (words directly beside the use), or `inside` (quotation marks)."""
    words: tuple[str, ...]
    spared: int
    """Rejected uses it would have spared, of `rejected`."""
    rejected: int
    lost: int
    """Accepted uses it would have cost, of `accepted`."""
    accepted: int

    def in_lexicon(self) -> str:
        """As the `unless` column of a lexicon writes it."""
        if self.where == "inside":
            return ""
        return "|".join(f"{word} _" if self.where == "before" else f"_ {word}" for word in self.words)

    def in_table(self) -> str:
        """As a rule of a table writes it."""
        some = "|".join(re.escape(word).replace(r"\ ", r"\s{1,4}") for word in self.words)
        if self.where == "inside":
            return ""
        if self.where == "before":
            return rf"before = '(?<!\b(?i:{some})\W{{1,4}})'"
        return rf"after = '(?!\W{{1,4}}(?i:{some})\b)'"


def guards(uses: Iterable[Use]) -> list[Guard]:
    """The best candidates for one rule, from its decided uses: those that spare most and cost least first."""
    decided = [use for use in uses if use.decision]
    bad = [use for use in decided if use.decision and use.decision.word in (Word.REJECT, Word.EDIT)]
    good = [use for use in decided if use.decision and use.decision.word is Word.ACCEPT]
    if not bad or not good:
        return []
    found = {
        Guard(where, words, _met(bad, sees, words), len(bad), _met(good, sees, words), len(good))
        for where, sees in (("before", _before), ("after", _after), ("inside", _inside))
        for words in _choices(bad, good, sees)
    }
    worth = [guard for guard in found if guard.lost <= _COST * guard.accepted]
    return sorted(worth, key=lambda g: (g.lost - g.spared, len(g.words), g.where, g.words))[:_MOST]


def _choices(bad: Sequence[Use], good: Sequence[Use], sees: Callable[[Use], set[str]]) -> Iterable[tuple[str, ...]]:
    """Each thing seen beside a rejected use; and all those together that are seen beside no accepted one."""
    seen = {word for use in bad for word in sees(use)}
    yield from ((word,) for word in seen)
    free = seen - {word for use in good for word in sees(use)}
    single = sorted(word for word in free if " " not in word)
    if len(single) > 1:
        yield tuple(single)


def _met(uses: Sequence[Use], sees: Callable[[Use], set[str]], words: tuple[str, ...]) -> int:
    return sum(not sees(use).isdisjoint(words) for use in uses)


def _before(use: Use) -> set[str]:
    words = use.words_before()[:2]
    return {words[0], " ".join(reversed(words))} if words else set()


def _after(use: Use) -> set[str]:
    words = use.words_after()[:2]
    return {words[0], " ".join(words)} if words else set()


def _inside(use: Use) -> set[str]:
    """Whether the nearest quotation mark to the left opens, and the nearest to the right closes."""
    left = _QUOTES.findall(use.left.rpartition("\n")[2])
    right = _QUOTES.findall(use.right.partition("\n")[0])
    return {"quotation marks"} if left and right and left[-1] in '“«"' and right[0] in '”»"' else set()
