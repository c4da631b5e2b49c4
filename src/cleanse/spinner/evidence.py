"""How likely each original is at one place: evidence weighed in nats, as the gate weighs it.

In a text that is proven to be spun, a form was either put there or is the author's own. Every original the lexicon
offers for it collects weights: for what the table says of the pair at this place, for how much more frequent the
original is, for the article before it, for what stands elsewhere in the text, for the words around. Their sums give
the probability of each original and of none (the author's own word counts as 0 nats).

The weights are a table of the family (`rules/spinner/weights-TABLE.tsv`), fitted to passages that were spun by hand;
see `fit`.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cleanse.rules.lexicon import UNSURE, Row, Sureness, odds
from cleanse.spinner.company import Company
from cleanse.spinner.counting import NAMED, counts
from cleanse.spinner.forms import Form, FormIndex, fits_case
from cleanse.spinner.guards import holds, is_vetoed
from cleanse.spinner.model import Model
from cleanse.spinner.ngrams import words_of
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.theme import Theme
from cleanse.spinner.tokens import TokenText, split_form
from cleanse.spinner.wording import Guess, Wording

_STANDINGS = (
    "guard-certain", "guard-contextual", "bare-certain", "bare-contextual", "vetoed", "other", "elsewhere", "fluent",
    "other-elsewhere", "listed",
)  # fmt: skip
"""What the rows may say of a pair at a place; the one that stands first counts."""
PAIR = "pair"
"""The evidence that passages have given of the pair itself."""
_CONSONANT_SOUND = ("uni", "use", "usu", "eu", "one", "once", "ubiq", "ute", "util")
_VOWEL_SOUND = ("hour", "honest", "honor", "honour", "heir")
_FEWEST, _MOST = -3.0, 4.0
"""Nats between which the odds of a pair count."""
_SURVIVORS = 3
_MOST_AGAIN = 4.0
"""Nats that all other places of a form may give."""


Place = tuple[int, int]
"""The tokens from one to before another."""


@dataclass(frozen=True)
class Candidate:
    """An original that may have stood at a place."""

    original: str
    """In American spelling."""
    row: Row
    features: Mapping[str, float]


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
    model: Model
    siblings: Siblings = field(default_factory=Siblings)

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(token.lower for token in self.text.tokens)

    @cached_property
    def _running(self) -> str:
        """All tokens in lower case, one space between, for counting forms of several words."""
        return " " + " ".join(token.lower for token in self.text.tokens) + " "

    @cached_property
    def _forms(self) -> Mapping[Place, Sequence[Candidate]]:
        """All forms of the text, with what speaks for their originals but for the words around."""
        return {
            (at, at + len(form.tokens)): tuple(self._candidates(form, at))
            for at in range(len(self.text.tokens))
            for form in self.index.at(self.text, at)
        }

    @cached_property
    def _guesses(self) -> Sequence[Guess]:
        """What the other evidence makes of each word."""
        guesses: list[Guess] = []
        for (start, end), candidates in self._forms.items():
            scores = [math.exp(self.model.nats(candidate.features)) for candidate in candidates]
            for candidate, score in zip(candidates, scores, strict=True):
                words = words_of(split_form(candidate.original))
                guesses.append(Guess(start, end, words, score / (1 + sum(scores))))
        return guesses

    @cached_property
    def _wording(self) -> Wording | None:
        return Wording(self.model.ngrams, self.text, self._guesses) if self.model.ngrams else None

    @cached_property
    def _theme(self) -> Theme | None:
        return Theme(self.model.vectors, self.text, self._guesses) if self.model.vectors else None

    def weigh(self, form: Form, at: int) -> Weighed | None:
        """The candidates for a form that stands at a token; None where no row may stand there."""
        weighed = sorted(
            ((self.model.nats(candidate.features), candidate) for candidate in self.candidates(form, at)),
            key=lambda pair: -pair[0],
        )
        if not weighed:
            return None
        scores = [math.exp(nats) for nats, _ in weighed]
        return Weighed(tuple(candidate for _, candidate in weighed), 1 - 1 / (1 + sum(scores)), scores[0] / sum(scores))

    @cached_property
    def _told(self) -> Mapping[Place, Sequence[Candidate]]:
        """The same with the words around."""
        return {place: tuple(self._with_words_around(candidates, *place)) for place, candidates in self._forms.items()}

    def _with_words_around(self, candidates: Iterable[Candidate], start: int, end: int) -> Iterator[Candidate]:
        spun = tuple(token.lower for token in self.text.tokens[start:end])
        pulls = self._theme.pulls(start, end) if self._theme else ()
        for candidate in candidates:
            original, said = split_form(candidate.original), dict[str, float]()
            if self._wording:
                gain = self._wording.gain(spun, original, start, end)
                said |= {"uncounted": 1.0} if gain is None else {"wording": gain}
            if self._theme:
                said |= self._theme.gains(pulls, spun, original)
            yield replace(candidate, features={**candidate.features, **said})

    @cached_property
    def _places(self) -> Mapping[tuple[str, ...], Sequence[Place]]:
        """Where else a form stands."""
        places: dict[tuple[str, ...], list[Place]] = defaultdict(list)
        for start, end in self._told:
            places[tuple(token.lower for token in self.text.tokens[start:end])].append((start, end))
        return dict(places)

    def candidates(self, form: Form, at: int) -> Iterator[Candidate]:
        """Every original with all its evidence, in the order of the rows."""
        here = at, at + len(form.tokens)
        others = [place for place in self._places[form.tokens] if place != here]
        for candidate in self._told[here]:
            again = sum(
                self.model.nats(other.features)
                for place in others
                for other in self._told[place]
                if other.original == candidate.original
            )
            said = {"again": max(-_MOST_AGAIN, min(_MOST_AGAIN, again))} if again else {}
            yield replace(candidate, features={**candidate.features, **said})

    def _candidates(self, form: Form, at: int) -> Iterator[Candidate]:
        """Every original that a row offers here, in the order of the rows."""
        end = at + len(form.tokens)
        known: dict[str, tuple[str, Row]] = {}
        for row in form.rows:
            if not fits_case(row, self.text, at, end):
                continue
            standing = _standing(row, self.text, at, end)
            self._keep(known, row.original, standing, row)
            for other in row.others:
                self._keep(known, other, "other-elsewhere" if standing == "elsewhere" else "other", row)
        around = self.company.around(self.text, at, end) if known else None
        for original, (standing, row) in known.items():
            if agreement(original, row.spun, self.text, at) < 0:
                continue
            features = {"base": 1.0, standing: 1.0} | dict(self._of_pair(form, original, row))
            features |= dict(self._of_place(form, original, row, at))
            if around is not None:
                features |= dict.fromkeys(self.company.evidence(form.tokens, original, around), 1.0)
            yield Candidate(original, row, features)

    def _keep(self, known: dict[str, tuple[str, Row]], original: str, standing: str, row: Row) -> None:
        """Remember the row that says most for an original, however it spells it."""
        original = self.model.american(original)
        first = original not in known or _STANDINGS.index(standing) < _STANDINGS.index(known[original][0])
        if first and self.written(original) != row.spun:
            known[original] = standing, row

    @cached_property
    def written(self) -> Callable[[str], str]:
        """How the text spells an original."""
        return self.model.spellings.of(self._words) if self.model.spellings else str

    def _of_pair(self, form: Form, original: str, row: Row) -> Iterator[tuple[str, float]]:
        """What is so wherever the pair stands."""
        spun = " ".join(form.tokens)
        first = self.model.american(row.original) == original
        if first and odds(row):
            yield "odds", max(_FEWEST, min(_MOST, math.log(3 * odds(row))))
        if len(form.tokens) > 1:
            yield ("two-words" if len(form.tokens) == 2 else "three-words"), 1.0
        if self.model.worth and (nats := self.model.worth(spun, original)):
            yield PAIR, nats
        if habit := self.index.habits.get(spun):
            yield habit, 1.0
        if spun in self.index.replaced:
            yield "replaced", 1.0
            if row.seen and not row.guarded and first:
                yield "swapped", 1.0

    def _of_place(self, form: Form, original: str, row: Row, at: int) -> Iterator[tuple[str, float]]:
        """What is so here."""
        token, end = self.text.tokens[at], at + len(form.tokens)
        if agreement(original, row.spun, self.text, at) > 0:
            yield "article-for", 1.0
        if NAMED.get(token.text) == original and counts(self.text, at):
            yield "counting", 1.0
        capital = token.text[0].isupper() and not (token.text.isupper() and len(token.text) > 1)
        if capital and original.islower() and not self.text.starts_sentence(at):
            yield "named", 1.0
        stands = self._count(form.tokens)
        words = split_form(original)
        survives = self._count(words) - stands * _times_inside(original, form)
        if survives > 0 and self.index.of(words) is None:
            yield "survives", min(_SURVIVORS, survives) / stands
        if self._is_hyphenated(at, end):
            yield "hyphenated", 1.0
        if self.siblings.support(original, self.text, at, end) and not self.siblings.support(
            row.spun, self.text, at, end
        ):
            yield "siblings", 1.0

    def _is_hyphenated(self, at: int, end: int) -> bool:
        """Whether the form is a part of a longer word: `web-site` stands, even where the spinner replaces `site`."""
        tokens = self.text.tokens
        before = at > 1 and tokens[at - 1].text == "-" and tokens[at - 2].end == tokens[at].start - 1
        behind = end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end - 1].end == tokens[end + 1].start - 1
        return before or behind

    def _count(self, form: tuple[str, ...]) -> int:
        return self._words[form[0]] if len(form) == 1 else self._running.count(f" {' '.join(form)} ")


def _standing(row: Row, text: TokenText, start: int, end: int) -> str:
    """What a row says of its pair at a place; what it refuses counts only where the row would hold without."""
    if not holds(row, text, start, end):
        return "elsewhere"
    if is_vetoed(row, text, start, end):
        return "vetoed"
    if row.sureness in UNSURE:
        return row.sureness.value
    sureness = "certain" if row.sureness is Sureness.ARTEFACT else row.sureness.value
    return f"{'guard' if row.guarded else 'bare'}-{sureness}"


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
