"""Mechanical typing errors, shown and never applied.

pyspellchecker's corrections would change 101 tokens of the five seeds, none of them rightly; its word list is
used as evidence only. A swapped or doubled letter in a long, unknown lower-case word that occurs once, with a
single clear winner, is right in 87 % of the cases seen: worth showing, not worth trusting.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from cleanse.edits import Edit
from cleanse.language import english_share
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.words import Few, frequency, frequent

_SHORTEST, _LONGEST = 6, 24
_TOKEN = regex.compile(r"(?<![\p{L}\p{N}@#/._’'\-&=])\p{Ll}{6,24}(?![\p{L}\p{N}@/_’'\-=]|\.\p{L})")
_CLEAR_WINNER = 1_000
_ENDING = 3
"""Last letters that are left alone: inflections are where a list is most often wrong."""
_ENGLISH = 0.15


@dataclass(frozen=True)
class SpellingStage:
    """Displays likely typing errors in English texts."""

    name: str = "spelling"
    winners: Few[str] = field(default_factory=lambda: Few(_winner), compare=False, repr=False)
    """The likely errors among words."""

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """One display proposal per likely error."""
        likely = self.winners.of(draft.view.words.keys())
        if not likely or english_share(draft.text) < _ENGLISH:
            return
        used = Counter(match.group() for match in _TOKEN.finditer(draft.text))
        for match in _TOKEN.finditer(draft.text):
            word = match.group()
            if used[word] == 1 and word in likely:
                yield Proposal(
                    edit=Edit(match.start(), word, likely[word]),
                    rule="spelling/typing-error",
                    reason="perhaps two letters swapped or one doubled",
                    applicability=Applicability.DISPLAY,
                    evidence={"frequency": frequency(likely[word])},
                )


def _winner(word: str) -> str | None:
    """The single common word that an unknown lower-case one is a mechanical error of."""
    if not (_SHORTEST <= len(word) <= _LONGEST and word.islower()):
        return None
    common = frequent(_CLEAR_WINNER)
    if word in common:
        return None
    winners = common.intersection(_mechanical(word))
    if len(winners) != 1 or frequency(word):  # asked last: it takes as long as all the others
        return None
    return next(iter(winners))


def _mechanical(word: str) -> Iterator[str]:
    """The word with one swap, one doubling or one undoubling of letters before its ending."""
    for i in range(len(word) - _ENDING - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        if word[i] == word[i + 1]:
            yield word[:i] + word[i + 1 :]
        elif word[i] != "l":
            yield word[: i + 1] + word[i:]


def stage(context: StageContext) -> SpellingStage:
    """The stage as the registry wants it."""
    del context
    return SpellingStage()
