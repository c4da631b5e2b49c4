"""Learning both passes from labelled texts: AdaGrad on the logistic and on the chain likelihood.

Standard library only. The order of texts is fixed by a seeded shuffle, so that the same cases always give the
same table. A text counts with the square root of its length: long menus must not drown short articles.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from cleanse.lines.chain import HEAD, JUNK, KEEP, STEPS, TAIL, Scores, Steps, gold_states, posterior
from cleanse.lines.context import context_features
from cleanse.lines.lexicon import Lexicon
from cleanse.lines.line import Line, measure_line
from cleanse.lines.model import Weights

NOTHING = 1e-4
"""A slope this small, per text, is not worth a step."""


@dataclass(frozen=True)
class Example:
    """A measured text and, per line, whether it belongs to the main text. `ident` is for reports."""

    ident: str
    lines: list[Line]
    keep: list[bool]
    functions: frozenset[str]
    weight: float = 1.0


@dataclass(frozen=True)
class Settings:
    """How to learn. `strength` pulls weights to zero (L2, per text), `least` drops features of fewer lines.

    `hide` is the share of features hidden from the chain each time it sees a text: many features say nearly the
    same, and a chain that may lean on all of them at once grows far too sure of itself. `members` chains, each
    with its own order and hidden features, are learned and their weights averaged: single ones differ by .01 F.
    `crops` are made of every full dump, at other places each: how much furniture stands beside a text is chance.
    """

    rounds: int = 14
    rate: float = 0.25
    strength: float = 1e-3
    least: int = 12
    seed: int = 4
    hide: float = 0.4
    members: int = 3
    crops: int = 2


def measure_text(texts: Sequence[str], lexicon: Lexicon) -> tuple[list[Line], frozenset[str]]:
    """Measure all lines of a text (none may be blank) with the lexicon of its language."""
    language = lexicon.language(texts)
    functions = lexicon.functions.get(language, frozenset())
    phrases = lexicon.phrases(language)
    return [measure_line(text, phrases, functions) for text in texts], functions


def _frequent(feature_lists: Sequence[Sequence[Sequence[str]]], least: int) -> list[str]:
    counts: dict[str, int] = {}
    for lists in feature_lists:
        for names in lists:
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    return sorted(name for name, count in counts.items() if count >= least)


def _scale(example: Example) -> float:
    return example.weight / sqrt(max(len(example.lines), 9))


class _AdaGrad:
    """Adaptive steps over one flat list of weights, with the average of the last rounds' weights as the result."""

    def __init__(self, size: int, rate: float, strength: float) -> None:
        self.values = [0.0] * size
        self.squares = [1e-3] * size
        self.sums = [0.0] * size
        self.rounds = 0
        self.rate = rate
        self.strength = strength

    def step(self, gradient: dict[int, float]) -> None:
        values, squares, rate, strength = self.values, self.squares, self.rate, self.strength
        for at, plain in gradient.items():
            slope = plain + strength * values[at]
            squares[at] += slope * slope
            values[at] -= rate * slope / sqrt(squares[at])

    def remember(self) -> None:
        self.rounds += 1
        self.sums = [total + value for total, value in zip(self.sums, self.values, strict=True)]

    def average(self) -> list[float]:
        return [total / max(self.rounds, 1) for total in self.sums]


def learn_own(examples: Sequence[Example], settings: Settings) -> dict[str, float]:
    """First pass: logistic regression of keep on each line's own features, lines weighted by text."""
    names = _frequent([[line.features for line in example.lines] for example in examples], settings.least)
    index = {name: at for at, name in enumerate(["any line", *names])}
    coded = [
        [[0, *(index[name] for name in line.features if name in index)] for line in example.lines]
        for example in examples
    ]
    learner = _AdaGrad(len(index), settings.rate, settings.strength)
    order = list(range(len(examples)))
    source = random.Random(settings.seed)  # noqa: S311 - no secret: the same cases must give the same table
    for number in range(settings.rounds):
        source.shuffle(order)
        for which in order:
            example = examples[which]
            scale = _scale(example)
            values = learner.values
            gradient: dict[int, float] = {}
            for code, keep in zip(coded[which], example.keep, strict=True):
                score = 0.0
                for at in code:
                    score += values[at]
                slope = (_sigmoid(score) - keep) * scale
                for at in code:
                    gradient[at] = gradient.get(at, 0.0) + slope
            learner.step(gradient)
        if number * 2 >= settings.rounds:
            learner.remember()
    return dict(zip(index, learner.average(), strict=True))


def _sigmoid(score: float) -> float:
    return Weights({"any line": score}, {}, Steps(())).own_probability(())


def learn_chain(examples: Sequence[Example], own: dict[str, float], settings: Settings) -> Weights:
    """Second pass: the chain's weights for own and context features together, given the first pass."""
    first = Weights(own, {}, Steps((0.0,) * len(STEPS)))
    lists = []
    for example in examples:
        probabilities = [first.own_probability(line.features) for line in example.lines]
        context = context_features(example.lines, probabilities)
        lists.append([line.features + names for line, names in zip(example.lines, context, strict=True)])
    names = _frequent(lists, settings.least)
    index = {name: at * 3 for at, name in enumerate(names)}
    base = 3 * len(names)
    coded = [[[index[name] for name in features if name in index] for features in rows] for rows in lists]
    del lists
    golds = [gold_states(example.keep) for example in examples]
    task = _Task(coded, golds, [_scale(example) for example in examples], base)
    members = [_learn_member(task, settings, number) for number in range(settings.members)]
    values = [sum(same) / len(members) for same in zip(*members, strict=True)]
    shown = 1.0 - settings.hide
    states = {name: (values[at] * shown, values[at + 1] * shown, values[at + 2] * shown) for name, at in index.items()}
    return Weights(own, states, Steps(tuple(values[base:])))


@dataclass(frozen=True)
class _Task:
    """Coded texts, the states they pass through, and how much each text counts; `base` weights, then the steps."""

    coded: list[list[list[int]]]
    golds: list[list[int]]
    scales: list[float]
    base: int


def _learn_member(task: _Task, settings: Settings, number: int) -> list[float]:
    """One chain: its flat weights, three per feature and then one per step."""
    learner = _AdaGrad(task.base + len(STEPS), settings.rate, settings.strength)
    order = list(range(len(task.coded)))
    source = random.Random(settings.seed + number)  # noqa: S311 - no secret: the same cases must give the same table
    for round_ in range(settings.rounds):
        source.shuffle(order)
        for which in order:
            hidden = {at for at in range(0, task.base, 3) if source.random() < settings.hide}
            shown = [[at for at in row if at not in hidden] for row in task.coded[which]]
            learner.step(_chain_gradient(shown, task.golds[which], learner.values, task.base, task.scales[which]))
        if round_ * 2 >= settings.rounds:
            learner.remember()
    return learner.average()


def _chain_gradient(
    code: list[list[int]], gold: list[int], values: list[float], base: int, scale: float
) -> dict[int, float]:
    """Gradient of minus the log likelihood of one text, only where it is not zero."""
    scores: list[Scores] = []
    for row in code:
        head = junk = tail = 0.0
        for at in row:
            head += values[at]
            junk += values[at + 1]
            tail += values[at + 2]
        scores.append((head, junk, tail))
    found = posterior(scores, Steps(tuple(values[base:])), count_steps=True)
    gradient: dict[int, float] = {}
    get = gradient.get
    for row, (p_head, _, p_junk, p_tail), state in zip(code, found.states, gold, strict=True):
        head = (p_head - (state == HEAD)) * scale
        junk = (p_junk - (state == JUNK)) * scale
        tail = (p_tail - (state == TAIL)) * scale
        if abs(head) + abs(junk) + abs(tail) < NOTHING * scale:
            continue
        for at in row:
            gradient[at] = get(at, 0.0) + head
            gradient[at + 1] = get(at + 1, 0.0) + junk
            gradient[at + 2] = get(at + 2, 0.0) + tail
    for number, (expected, actual) in enumerate(zip(found.steps, count_gold_steps(gold), strict=True)):
        gradient[base + number] = (expected - actual) * scale
    return gradient


def count_gold_steps(gold: Sequence[int]) -> list[float]:
    """How often each legal step occurs in a sequence of states."""
    pairs = {
        (HEAD, HEAD): 2,
        (HEAD, KEEP): 3,
        (KEEP, KEEP): 4,
        (KEEP, JUNK): 5,
        (KEEP, TAIL): 6,
        (JUNK, JUNK): 7,
        (JUNK, KEEP): 8,
        (TAIL, TAIL): 9,
    }
    counts = [0.0] * len(STEPS)
    if gold:
        counts[0 if gold[0] == HEAD else 1] += 1
    for pair in pairwise(gold):
        counts[pairs[pair]] += 1
    return counts
