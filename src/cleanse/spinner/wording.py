"""How well an original goes with the words around it, against the form that stands there, by counted phrases.

`a 12 months in the past` is hardly ever said, `a year ago` always: with each original in its place, the sentence is
as likely as its words behind one another. What stands around may be spun, too. So each word around counts as
itself and as what it may have been, each with the probability that all other evidence gives it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleanse.spinner.ngrams import END, START, NGrams, words_of
from cleanse.spinner.tokens import TokenText

REACH = 2
"""Words to either side that a table of three words in a row can tell of."""
MOST = 8.0
"""Nats that a place may give: beyond, the table only says that it has not met the words."""
_MEANINGS = 3
"""Originals that a form around may have been."""
_FAINT = 0.03
"""Probability below which they do not count."""
_STANDING = 0.05
"""Probability at least that a word around is the author's own."""
_VARIANTS = 4
"""Ways to read one side; more change no figure measured."""

Words = tuple[str, ...]
Reading = tuple[Words, float]
"""Words that may stand on one side of a place, and the probability that they did."""


@dataclass(frozen=True)
class Guess:
    """An original that may have stood at the tokens `start:end`."""

    start: int
    end: int
    original: Words
    probability: float


@dataclass(frozen=True)
class Wording:
    """The likelihood of originals in one text, given what its other words may have been."""

    ngrams: NGrams
    text: TokenText
    guesses: Iterable[Guess]
    _left: dict[int, Sequence[Reading]] = field(default_factory=dict, compare=False)
    _right: dict[int, Sequence[Reading]] = field(default_factory=dict, compare=False)
    _asked: dict[tuple[str, Words], float] = field(default_factory=dict, compare=False)
    """What the table said: a text asks the same four times."""
    _known: dict[tuple[Words, int, int], float] = field(default_factory=dict, compare=False)
    """Likelihoods by words and place: the form that stands there is held against each of its originals."""

    @cached_property
    def _steps(self) -> Mapping[int, Sequence[Guess]]:
        """By token, what may have begun there: a few originals, and the word that stands there."""
        by_form: dict[tuple[int, int], list[Guess]] = defaultdict(list)
        for guess in self.guesses:
            by_form[guess.start, guess.end].append(guess)
        steps: dict[int, list[Guess]] = defaultdict(list)
        for (start, _), guesses in by_form.items():
            likeliest = sorted(guesses, key=lambda guess: -guess.probability)[:_MEANINGS]
            steps[start] += [guess for guess in likeliest if guess.probability > _FAINT]
        for at, token in enumerate(self.text.tokens):
            rest = 1 - sum(guess.probability for guess in steps[at])
            steps[at].append(Guess(at, at + 1, words_of([token.lower]), max(_STANDING, rest)))
        return dict(steps)

    @cached_property
    def _ending(self) -> Mapping[int, Sequence[Guess]]:
        """The same by the token behind."""
        ending: dict[int, list[Guess]] = defaultdict(list)
        for guesses in self._steps.values():
            for guess in guesses:
                ending[guess.end].append(guess)
        return dict(ending)

    def gain(self, spun: Sequence[str], original: Sequence[str], start: int, end: int) -> float | None:
        """Nats by which the original goes better than the form at the tokens `start:end`; None if a word is unknown."""
        here, there = words_of(spun), words_of(original)
        if not here or not there or not all(map(self.ngrams.knows, here + there)):
            return None
        return max(-MOST, min(MOST, self._likelihood(there, start, end) - self._likelihood(here, start, end)))

    def _likelihood(self, words: Words, start: int, end: int) -> float:
        """The logarithm of the probability of the words and of those behind them, over all readings of both sides."""
        place = words, start, end
        if place not in self._known:
            total = 0.0
            for before, left in self._before(start):
                own, history = self._follow(words, before)
                for after, right in self._after(end):
                    total += left * right * math.exp(own + self._follow(after, history)[0])
            self._known[place] = math.log(total) if total else -math.inf
        return self._known[place]

    def _follow(self, words: Words, history: Words) -> tuple[float, Words]:
        """The logarithm of the probability of words behind a history, and the history behind them."""
        nats = 0.0
        for word in words:
            asked = word, history
            if asked not in self._asked:
                self._asked[asked] = self.ngrams.nats(word, history)
            nats -= self._asked[asked]
            history = (*history, word)[-REACH:]
        return nats, history

    def _before(self, at: int) -> Sequence[Reading]:
        if at not in self._left:
            self._left[at] = _likeliest((words[-REACH:], p) for words, p in self._back(at, REACH))
        return self._left[at]

    def _back(self, at: int, wanted: int) -> Iterator[Reading]:
        if wanted <= 0:
            yield (), 1.0
        elif not at or (at < len(self.text.tokens) and not self.text.same_sentence(at - 1, at)):
            yield (START,), 1.0
        else:
            for guess in self._ending[at]:
                for words, probability in self._back(guess.start, wanted - len(guess.original)):
                    yield (*words, *guess.original), probability * guess.probability

    def _after(self, at: int) -> Sequence[Reading]:
        if at not in self._right:
            self._right[at] = _likeliest((words[:REACH], p) for words, p in self._ahead(at, REACH))
        return self._right[at]

    def _ahead(self, at: int, wanted: int) -> Iterator[Reading]:
        if wanted <= 0:
            yield (), 1.0
        elif at >= len(self.text.tokens) or not self.text.same_sentence(at - 1, at):
            yield (END,), 1.0
        else:
            for guess in self._steps[at]:
                for words, probability in self._ahead(guess.end, wanted - len(guess.original)):
                    yield (*guess.original, *words), probability * guess.probability


def _likeliest(readings: Iterable[Reading]) -> Sequence[Reading]:
    """The likeliest readings of a side, equal ones together; their probabilities add up to one."""
    sums: dict[Words, float] = defaultdict(float)
    for words, probability in readings:
        sums[words] += probability
    likeliest = sorted(sums.items(), key=lambda reading: -reading[1])[:_VARIANTS]
    total = sum(probability for _, probability in likeliest)
    return [(words, probability / total) for words, probability in likeliest]
