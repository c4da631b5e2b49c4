"""Fitting the weights of the evidence to passages of which both is known: what was put there, and what stood there.

Penalised maximum likelihood: in each passage, every form was put there for the original that stood, or is the
author's own. Newton's steps, with the curvature of all originals, known or not, and none longer than a nat.
"""

import hashlib
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleanse import wdiff
from cleanse.edits import ChangeSet, Edit
from cleanse.model import Applicability
from cleanse.spinner.company import Company
from cleanse.spinner.evidence import Evidence
from cleanse.spinner.forms import FormIndex, in_case_of
from cleanse.spinner.gate import Finding
from cleanse.spinner.model import FITTED, Model, Weight
from cleanse.spinner.repair import Repairer
from cleanse.spinner.tokens import TokenText

LEVELS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Probabilities from which repairs may be applied, to choose among."""
STRENGTH = 1.0
"""What pulls weights to 0: half the sum of their squares, times this."""
_STEPS = 50
_LONGEST = 1.0
"""Nats that a weight may move in one step."""
_STILL = 1e-4
"""Nats by which no weight may move in a step for the fit to be done."""
_LARGEST = 30.0
"""Nats beyond which a probability is 0 or 1."""


@dataclass(frozen=True)
class Passage:
    """A spun text and the edits that restore it; passages with one `group` are versions of one text."""

    group: str
    text: str
    edits: tuple[Edit, ...]

    def stood(self, start: int, end: int) -> str | None:
        """What stood where the text has `start:end`; None where an edit reaches over its border."""
        inside = [edit for edit in self.edits if edit.start < end and start < edit.end]
        if any(edit.start < start or edit.end > end for edit in inside):
            return None
        own = [replace(edit, start=edit.start - start) for edit in inside]
        return ChangeSet.of(end - start, own).apply(self.text[start:end])


@dataclass(frozen=True)
class Choice:
    """A form at a place: the evidence for each original, and which of them stood there (all False: none)."""

    features: tuple[Mapping[str, float], ...]
    stood: tuple[bool, ...]


@dataclass(frozen=True)
class Score:
    """What repairs from a probability on are worth."""

    spun: float
    """The probability from which they are applied."""
    right: int
    wrong: int
    units: int
    """Words and phrases that were put there."""

    @property
    def precision(self) -> float:
        """Of the repairs."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Of what was put there."""
        return self.right / max(1, self.units)


def read_passage(name: str, marked: str) -> Passage:
    """A passage in word diff; its group is its name up to the first dot."""
    text, edits = wdiff.marks(marked)
    return Passage(name.partition(".")[0], text, tuple(edits))


def choices(passage: Passage, index: FormIndex, company: Company, model: Model) -> Iterator[Choice]:
    """Every form of a passage that was its author's own, or was put there for an original that is offered.

    One that was put there for another original says nothing: it is no evidence for the author's own word.
    """
    text = TokenText(passage.text)
    evidence = Evidence(index, text, company, model)
    for at in range(len(text.tokens)):
        for form in index.at(text, at):
            candidates = tuple(evidence.candidates(form, at))
            start, end = text.tokens[at].start, text.tokens[at + len(form.tokens) - 1].end
            standing, stood = passage.text[start:end], passage.stood(start, end)
            if not candidates or stood is None:
                continue
            restored = [in_case_of(candidate.original, standing) for candidate in candidates]
            true = tuple(_same(after, stood) and after != standing for after in restored)
            if any(true) or _same(standing, stood):
                yield Choice(tuple(candidate.features for candidate in candidates), true)


def _same(one: str, two: str) -> bool:
    return one.replace("’", "'") == two.replace("’", "'")


def fit(found: Sequence[Choice], weights: Sequence[Weight], strength: float = STRENGTH) -> list[Weight]:
    """The same rows with new nats where they are fitted."""
    free = {weight.evidence: at for at, weight in enumerate(w for w in weights if w.how == FITTED)}
    set_by_hand = {weight.evidence: weight.nats for weight in weights if weight.how != FITTED}
    coded = [_coded(choice, free, set_by_hand) for choice in found]
    values = [0.0] * len(free)
    for _ in range(_STEPS):
        slope, curve = _slope(coded, values, strength)
        step = _solved(curve, slope)
        shorter = _LONGEST / max(_LONGEST, *map(abs, step))
        values = [value + shorter * more for value, more in zip(values, step, strict=True)]
        if max(map(abs, step)) < _STILL:
            break
    return [
        replace(weight, nats=round(values[free[weight.evidence]], 2)) if weight.evidence in free else weight
        for weight in weights
    ]


_Coded = tuple[tuple[tuple[tuple[tuple[int, float], ...], float], ...], tuple[bool, ...]]
"""Per original its fitted features by number and the sum of the others; and which originals stood there."""


def _coded(choice: Choice, free: Mapping[str, int], set_by_hand: Mapping[str, float]) -> _Coded:
    rows = tuple(
        (
            tuple((free[name], value) for name, value in features.items() if name in free),
            sum(set_by_hand.get(name, 0.0) * value for name, value in features.items()),
        )
        for features in choice.features
    )
    return rows, choice.stood


def _slope(coded: Sequence[_Coded], values: Sequence[float], strength: float) -> tuple[list[float], list[list[float]]]:
    """The gradient of the penalised logarithm of the likelihood, and its curvature."""
    size = len(values)
    slope = [-strength * value for value in values]
    curve = [[strength if one == two else 0.0 for two in range(size)] for one in range(size)]
    for rows, stood in coded:
        scores = [
            math.exp(max(-_LARGEST, min(_LARGEST, rest + sum(values[at] * value for at, value in row))))
            for row, rest in rows
        ]
        total = 1 + sum(scores)
        true = sum(score for score, was in zip(scores, stood, strict=True) if was)
        mean: dict[int, float] = defaultdict(float)
        for (row, _), score, was in zip(rows, scores, stood, strict=True):
            expected = score / total
            wanted = score / true if was else 0.0
            for at, value in row:
                slope[at] += (wanted - expected) * value
                mean[at] += expected * value
                line = curve[at]
                for other, second in row:
                    line[other] += expected * value * second
        for at, value in mean.items():
            for other, second in mean.items():
                curve[at][other] -= value * second
    return slope, curve


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a system of equations whose matrix is positive definite, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = rows[at]
        for below in rows[at + 1 :]:
            if factor := below[at] / pivot[at]:
                for column in range(at, size + 1):
                    below[column] -= factor * pivot[column]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][column] * solution[column] for column in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution


def held_out(
    passages: Sequence[Passage], index: FormIndex, model: Model, weights: Sequence[Weight], folds: int
) -> Iterator[Score]:
    """By probability from which repairs are applied, what weights fitted to the other folds make of each passage."""
    company = Company(index)
    found = [tuple(choices(passage, index, company, model)) for passage in passages]
    numbers = [fold_of(passage.group, folds) for passage in passages]
    models = []
    for fold in range(folds):
        seen = [choice for few, number in zip(found, numbers, strict=True) if number != fold for choice in few]
        models.append(replace(model, weights={weight.evidence: weight.nats for weight in fit(seen, weights)}))
    for level in LEVELS:
        lexicon = replace(index.lexicon, apply={**index.lexicon.apply, "spun": level})
        sure = FormIndex(lexicon, index.base)
        outcomes = [
            _outcome(passage, Repairer(sure, TokenText(passage.text), Finding.SPUN, models[number], company=company))
            for passage, number in zip(passages, numbers, strict=True)
        ]
        right, wrong = (sum(counts) for counts in zip(*outcomes, strict=True))
        yield Score(level, right, wrong, sum(len(passage.edits) for passage in passages))


def _outcome(passage: Passage, repairer: Repairer) -> tuple[int, int]:
    """How many repairs are right, and how many wrong."""
    edits = [repair.edit for repair in repairer.repairs() if repair.applicability > Applicability.DISPLAY]
    right = sum(edit.after == passage.stood(edit.start, edit.end) for edit in edits)
    return right, len(edits) - right


def fold_of(group: str, folds: int) -> int:
    """The fold of a group: by a hash, so that adding passages moves no other."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds
