"""How likely each original is at one place: evidence weighed in nats, as the gate weighs it.

In a text that is proven to be spun, a form was either put there or is the author's own. Every original the lexicon
offers for it collects weights: for what the table says of the pair at this place, for how much more frequent the
original is, for the article before it, for what stands elsewhere in the text, for the words around. Their sums give
the probability of each original and of none (the author's own word counts as 0 nats).

The weights were fitted by penalised maximum likelihood on 128 passages of 100 to 130 words that were spun by hand
after the habits of `spinner-a`, and chosen among by five-fold cross-validation over passages.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from cleanse.rules.lexicon import Row, Sureness, odds
from cleanse.spinner.company import Company
from cleanse.spinner.forms import Form, FormIndex, fits_case
from cleanse.spinner.guards import allows, is_vetoed
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.tokens import TokenText, split_form

WEIGHTS: Mapping[str, float] = MappingProxyType({
    "base": 0.81,
    # What the table says of the pair at this place; the best of its rows counts.
    "guard-certain": 2.56,
    "guard-contextual": 1.92,
    "bare-certain": 1.4,
    "bare-contextual": 0.84,
    "fluent": -1.24,
    "other": -0.9,  # named as another original of a row that applies
    "elsewhere": -1.01,  # its rows ask for another place
    "vetoed": -0.29,
    "other-elsewhere": -2.1,
    # The pair.
    "odds": 0.25,  # per nat by which the original is more frequent in genuine English, from -3 to 4
    "two-words": 0.88,
    "three-words": 1.23,
    "always": 1.08,  # the habits of the lexicon's header
    "often": 0.34,
    "seldom": -1.08,
    "replaced": 0.82,  # the form is a word that the spinner itself replaces
    "swapped": 1.5,  # not fitted: and the pair was met in real spun texts, bare (power for energy, energy for power)
    # The place.
    "article-for": 1.61,
    "named": -1.16,  # capitalised within a sentence
    "survives": -0.2,  # not fitted (passages are too short): per time the original stands elsewhere, up to 3
    "company-beside": 0.92,
    "company-near": 0.54,
    "phrase": 0.96,
    "refused": -1.07,
    "siblings": 3.0,  # not fitted: genuine documents of the run have the original here and never the form
})  # fmt: skip
_CONSONANT_SOUND = ("uni", "use", "usu", "eu", "one", "once", "ubiq", "ute", "util")
_VOWEL_SOUND = ("hour", "honest", "honor", "honour", "heir")
_FEWEST, _MOST = -3.0, 4.0
"""Nats between which the odds of a pair count."""
_SURVIVORS = 3


@dataclass(frozen=True)
class Candidate:
    """An original that may have stood at a place."""

    original: str
    row: Row
    features: Mapping[str, float]

    @property
    def nats(self) -> float:
        """The sum of what speaks for it."""
        return sum(WEIGHTS[name] * value for name, value in self.features.items())


@dataclass(frozen=True)
class Weighed:
    """All originals of a form at one place, the likeliest first."""

    candidates: tuple[Candidate, ...]
    spun: float
    """The probability that the form was put there."""
    share: float
    """The probability of the first original, if it was."""


@dataclass(frozen=True)
class Evidence:
    """Weighs the forms of one lexicon in one text."""

    index: FormIndex
    text: TokenText
    company: Company
    siblings: Siblings = field(default_factory=Siblings)

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(token.lower for token in self.text.tokens)

    @cached_property
    def _running(self) -> str:
        """All tokens in lower case, one space between, for counting forms of several words."""
        return " " + " ".join(token.lower for token in self.text.tokens) + " "

    def weigh(self, form: Form, at: int) -> Weighed | None:
        """The candidates for a form that stands at a token; None where no row may stand there."""
        candidates = sorted(self.candidates(form, at), key=lambda candidate: -candidate.nats)
        if not candidates:
            return None
        scores = [math.exp(candidate.nats) for candidate in candidates]
        return Weighed(tuple(candidates), 1 - 1 / (1 + sum(scores)), scores[0] / sum(scores))

    def candidates(self, form: Form, at: int) -> Iterator[Candidate]:
        """Every original with its evidence, in the order of the rows."""
        end = at + len(form.tokens)
        known: dict[str, tuple[str, Row]] = {}
        for row in form.rows:
            if not fits_case(row, self.text, at, end):
                continue
            vetoed = is_vetoed(row, self.text, at, end)
            standing = _standing(row, vetoed=vetoed, holds=not vetoed and allows(row, self.text, at, end))
            _keep(known, row.original, standing, row)
            for other in row.others:
                _keep(known, other, "other-elsewhere" if standing == "elsewhere" else "other", row)
        around = self.company.around(self.text, at, end) if known else None
        for original, (standing, row) in known.items():
            if agreement(original, row.spun, self.text, at) < 0:
                continue
            features = {"base": 1.0, standing: 1.0} | dict(self._of_pair(form, original, row))
            features |= dict(self._of_place(form, original, row, at))
            if around is not None:
                features |= dict.fromkeys(self.company.evidence(form.tokens, original, around), 1.0)
            yield Candidate(original, row, features)

    def _of_pair(self, form: Form, original: str, row: Row) -> Iterator[tuple[str, float]]:
        """What is so wherever the pair stands."""
        spun = " ".join(form.tokens)
        if row.original == original and odds(row):
            yield "odds", max(_FEWEST, min(_MOST, math.log(3 * odds(row))))
        if len(form.tokens) > 1:
            yield ("two-words" if len(form.tokens) == 2 else "three-words"), 1.0
        if habit := self.index.habits.get(spun):
            yield habit, 1.0
        if spun in self.index.replaced:
            yield "replaced", 1.0
            if row.seen and not row.guarded and original == row.original:
                yield "swapped", 1.0

    def _of_place(self, form: Form, original: str, row: Row, at: int) -> Iterator[tuple[str, float]]:
        """What is so here."""
        token, end = self.text.tokens[at], at + len(form.tokens)
        if agreement(original, row.spun, self.text, at) > 0:
            yield "article-for", 1.0
        capital = token.text[0].isupper() and not (token.text.isupper() and len(token.text) > 1)
        if capital and original.islower() and not self.text.starts_sentence(at):
            yield "named", 1.0
        stands = self._count(form.tokens)
        words = split_form(original)
        survives = self._count(words) - stands * _times_inside(original, form)
        if survives > 0 and self.index.of(words) is None:
            yield "survives", min(_SURVIVORS, survives) / stands
        if self.siblings.support(original, self.text, at, end) and not self.siblings.support(
            row.spun, self.text, at, end
        ):
            yield "siblings", 1.0

    def _count(self, form: tuple[str, ...]) -> int:
        return self._words[form[0]] if len(form) == 1 else self._running.count(f" {' '.join(form)} ")


def _standing(row: Row, *, vetoed: bool, holds: bool) -> str:
    if vetoed:
        return "vetoed"
    if not holds:
        return "elsewhere"
    if row.sureness is Sureness.FLUENT:
        return "fluent"
    sureness = "certain" if row.sureness is Sureness.ARTEFACT else row.sureness.value
    return f"{'guard' if row.guarded else 'bare'}-{sureness}"


def _keep(known: dict[str, tuple[str, Row]], original: str, standing: str, row: Row) -> None:
    """Remember the row that says most for an original."""
    if original not in known or WEIGHTS[standing] > WEIGHTS[known[original][0]]:
        known[original] = standing, row


def _times_inside(original: str, form: Form) -> int:
    """How often the original stands within its own spun form: `campaign` in `marketing campaign`."""
    return f" {' '.join(form.tokens)} ".count(f" {' '.join(split_form(original))} ")


def agreement(original: str, spun: str, text: TokenText, at: int) -> int:
    """1 where the article before a form agrees with the original alone, -1 with the form alone, else 0.

    The spinner leaves articles as they were: with the form alone means that nobody put it there.
    """
    article = text.tokens[at - 1].lower if at else ""
    if article not in {"a", "an"} or _opens_with_vowel(original) == _opens_with_vowel(spun):
        return 0
    return 1 if _opens_with_vowel(original) == (article == "an") else -1


def _opens_with_vowel(word: str) -> bool:
    lowered = word.lower()
    if lowered.startswith(_VOWEL_SOUND):
        return True
    return lowered[0] in "aeiou" and not lowered.startswith(_CONSONANT_SOUND)
