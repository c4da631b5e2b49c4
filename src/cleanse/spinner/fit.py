"""Fitting the weights of the evidence to passages of which both is known: what was put there, and what stood there."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleanse import wdiff
from cleanse.edits import ChangeSet, Edit
from cleanse.model import Applicability
from cleanse.spinner.company import Company
from cleanse.spinner.evidence import Evidence
from cleanse.spinner.forms import FormIndex, in_case_of
from cleanse.spinner.gate import Finding
from cleanse.spinner.likelihood import STRENGTH, Choice, Fitted
from cleanse.spinner.likelihood import fit as likeliest
from cleanse.spinner.model import FITTED, Model, Weight
from cleanse.spinner.repair import Repairer
from cleanse.spinner.tokens import TokenText, split_form
from cleanse.spinner.worth import Pair

LEVELS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Probabilities from which repairs may be applied, to choose among."""

MET = -1.0
"""Nats that a pair of real spun texts is worth at least. From 0 on the harm to passages doubles, from -2 on a real
spun article gets less back."""


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

    One that was put there for another original says nothing: it is no evidence for the author's own word. What the
    model knows pairs to be worth is part of the evidence, so that only what is beyond it is learned.
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
            restored = [in_case_of(evidence.written(candidate.original), standing) for candidate in candidates]
            true = tuple(_same(after, stood) and after != standing for after in restored)
            if any(true) or _same(standing, stood):
                said = tuple(candidate.features for candidate in candidates)
                yield Choice(said, true, tuple((" ".join(form.tokens), candidate.original) for candidate in candidates))


def _same(one: str, two: str) -> bool:
    return one.replace("’", "'") == two.replace("’", "'")


def fit(found: Iterable[Choice], weights: Sequence[Weight], strength: float = STRENGTH) -> tuple[list[Weight], Fitted]:
    """The same rows with new nats where they are fitted; and what pairs are worth."""
    free = [weight.evidence for weight in weights if weight.how == FITTED]
    fixed = {weight.evidence: weight.nats for weight in weights if weight.how != FITTED}
    fitted = likeliest(found, free, fixed, strength)
    nats = {**{weight.evidence: weight.nats for weight in weights}, **fitted.weights}
    return [replace(weight, nats=round(nats[weight.evidence], 2)) for weight in weights], fitted


def worth(index: FormIndex, fitted: Fitted, model: Model) -> Mapping[Pair, float]:
    """What every pair that a lexicon offers is worth: what the model knew, and what was `fitted` beyond it.

    One that was met in real spun texts is worth `MET` at least, and no other original of its form is worth more.
    Passages are composed: what their authors do does not outweigh what a machine did.
    """
    beyond = _beyond(model, fitted)
    nats: dict[Pair, float] = {}
    met: set[Pair] = set()
    for row in index.rows():
        spun = " ".join(split_form(row.spun))
        originals = [model.american(original) for original in (row.original, *row.others)]
        if row.seen:
            met.add((spun, originals[0]))
        nats.update({(spun, original): beyond(spun, original) for original in originals})
    best: dict[str, float] = {}
    for spun, original in met:
        nats[spun, original] = max(MET, nats[spun, original])
        best[spun] = max(best.get(spun, MET), nats[spun, original])
    return {(spun, original): min(worth, best.get(spun, worth)) for (spun, original), worth in nats.items()}


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
        rows, learned = fit(seen, weights)
        nats = {weight.evidence: weight.nats for weight in rows}
        models.append(replace(model, weights=nats, worth=_beyond(model, learned)))
    for level in LEVELS:
        lexicon = replace(index.lexicon, apply={**index.lexicon.apply, "spun": level})
        sure = FormIndex(lexicon, index.base)
        outcomes = [
            _outcome(passage, Repairer(sure, TokenText(passage.text), Finding.SPUN, models[number], company=company))
            for passage, number in zip(passages, numbers, strict=True)
        ]
        right, wrong = (sum(counts) for counts in zip(*outcomes, strict=True))
        yield Score(level, right, wrong, sum(len(passage.edits) for passage in passages))


def _beyond(model: Model, fitted: Fitted) -> Callable[[str, str], float]:
    """What a pair is worth by both."""
    known = model.worth
    return (lambda spun, original: known(spun, original) + fitted.worth(spun, original)) if known else fitted.worth


def _outcome(passage: Passage, repairer: Repairer) -> tuple[int, int]:
    """How many repairs are right, and how many wrong."""
    edits = [repair.edit for repair in repairer.repairs() if repair.applicability > Applicability.DISPLAY]
    right = sum(edit.after == passage.stood(edit.start, edit.end) for edit in edits)
    return right, len(edits) - right


def fold_of(group: str, folds: int) -> int:
    """The fold of a group: by a hash, so that adding passages moves no other."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % folds
