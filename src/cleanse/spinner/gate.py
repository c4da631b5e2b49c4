"""Is this text spun? The spinner replaces every occurrence of an original, and that absence is the evidence.

For each original the lexicon knows, the gate compares how often it stands in the text with how often its spun
forms do. In genuine English the share of the spun forms is small and known; in a spun text it is nearly one. The
score is the log-likelihood ratio of the two, summed over originals; the suppression ratio A / (A + B) of the
published prototype (spun forms against surviving originals, at most three of each) is kept beside it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cleanse.rules.lexicon import NEVER_WRITTEN, Brief, Lexicon, Sureness
from cleanse.spinner.runs import RUN, Runs
from cleanse.spinner.tells import SURE, Tells
from cleanse.spinner.tokens import split_form

CAP = 3
"""Occurrences of one word that count: a text about warfare says warfare often."""
_SURVIVES = 0.06
"""Share of originals that a spinner leaves standing."""
_HOPELESS = 15.0
"""Nats that forms of several words are not expected to make up for."""
_COMPOSED = 0.3
"""How much less a form counts that was composed and not met."""
_CONTENT_WORD = 4
"""Letters an original must have: shorter ones are replaced in some phrases only."""
_TELLING = 0.7
"""Nats below which a form says nothing: it is nearly as common in genuine text."""


class Finding(StrEnum):
    """What the gate makes of a text."""

    CLEAN = "clean"
    DOUBTFUL = "doubtful"
    """What its repairs must decide: see `stages/spinner`."""
    SUSPECTED = "suspected"
    SPUN = "spun"

    @property
    def rank(self) -> int:
        """Higher is worse."""
        return list(Finding).index(self)


class Weight(NamedTuple):
    """What the words of a text say for one family."""

    nats: float
    hits: int
    """Spun forms, each at most three times."""
    kinds: int
    """Different ones."""
    originals: int
    """Originals, each at most three times."""
    length: int
    """Runs of the whole text."""


def lowest(lexicon: Lexicon) -> Mapping[str, float]:
    """The limits that a text must reach to be anything but clean."""
    return lexicon.limits.get(Finding.DOUBTFUL.value) or lexicon.limits[Finding.SUSPECTED.value]


@dataclass(frozen=True)
class Score:
    """The evidence for one family."""

    family: str
    finding: Finding
    score: float
    """Log-likelihood ratio in nats."""
    ratio: float
    """A / (A + B)."""
    hits: int
    """A: spun forms found."""
    kinds: int
    """Different spun forms found."""
    repairs: float | None = None
    """Different repairs that are sure, in 100 words; None where nobody looked for them."""

    @classmethod
    def none(cls, family: str) -> "Score":
        """What is made of a text that does not come near the limits."""
        return cls(family, Finding.CLEAN, 0.0, 0.0, 0, 0)

    @classmethod
    def of(cls, lexicon: Lexicon, weight: Weight) -> "Score":
        """What the limits of a lexicon make of it."""
        nats, hits, kinds, originals, length = weight
        ratio = hits / (hits + originals) if hits else 0.0
        found = {
            "score": nats, "ratio": ratio, "hits": hits, "kinds": kinds,
            "density": 100 * nats / length, "variety": 100 * kinds / length,
        }  # fmt: skip
        finding = next(
            (
                finding
                for finding in (Finding.SPUN, Finding.SUSPECTED, Finding.DOUBTFUL)
                if (limits := lexicon.limits.get(finding.value))
                and all(value >= limits[name] for name, value in found.items() if name in limits)
            ),
            Finding.CLEAN,
        )
        return cls(lexicon.family, finding, round(nats, 2), round(ratio, 3), hits, kinds)


def _runs(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The runs of ASCII letters in lower-case tokens."""
    joined = "".join(tokens)
    return tokens if joined.isascii() and joined.isalpha() else tuple(RUN.findall(" ".join(tokens)))


def sure_phrases(rows: Iterable[Brief]) -> Counter[Runs]:
    """The runs of every sure form of several tokens; what a phrase with a rate says, a mixture of rates says."""
    forms = {split_form(row.spun) for row in rows if row.sureness in NEVER_WRITTEN and not row.spun_rate}
    return Counter(_runs(tokens) for tokens in forms if len(tokens) > 1)


def tells(lexicon: Lexicon) -> Tells:
    """What the rows of a lexicon whose pairs were met say.

    A spun form weighs the logarithm of how much more often it stands in spun text than in genuine. An original
    weighs only where the pair was met in real spun texts: a machine may not know the others.
    """
    spun: dict[str, float] = {}
    seen: dict[str, float] = {}
    rows = tuple(lexicon.rows.briefs())
    met = any(row.met for row in rows)
    swapped = {word for row in rows if row.met for word in split_form(row.spun)}
    for row in rows:
        if " " in row.spun or not row.spun_rate or row.sureness == Sureness.FLUENT or len(split_form(row.spun)) > 1:
            continue
        if not met and row.sureness == Sureness.CONTEXTUAL:
            continue  # a family nobody met real texts of is told by what cannot be genuine
        odds = row.odds
        word = row.spun.lower()
        spun[word] = max(spun.get(word, 0.0), math.log1p(odds if row.met else _COMPOSED * odds))
        original = row.original.lower()
        if row.met and len(original) >= _CONTENT_WORD and odds >= 1:
            seen[original] = math.log(_SURVIVES)
    words = {word: weight for word, weight in spun.items() if weight >= _TELLING}
    words |= {word: weight for word, weight in seen.items() if word not in swapped}
    return Tells.of(words, {}, sure_phrases(rows))


@dataclass(frozen=True)
class Gate:
    """The evidence a lexicon gives, prepared once."""

    lexicon: Lexicon
    tells: Tells

    @property
    def hopeless(self) -> float:
        """Below this score of single words a text is genuine whatever else it holds."""
        return lowest(self.lexicon)["score"] - _HOPELESS

    def weigh(self, counts: Counter[str]) -> Weight:
        """What the single words of a text say."""
        weights = self.tells.words
        found = [(weights[word], min(counts[word], CAP)) for word in counts.keys() & weights.keys()]
        spun = [counted for weight, counted in found if weight > 0]
        return Weight(
            nats=math.fsum(weight * counted for weight, counted in found),  # the same in whatever order they come
            hits=sum(spun),
            kinds=len(spun),
            originals=sum(counted for _, counted in found) - sum(spun),
            length=max(1, counts.total()),
        )

    def score(self, weight: Weight, phrases: int = 0) -> Score:
        """The finding, where `phrases` spun forms of several words were found, too."""
        more = weight._replace(
            nats=weight.nats + phrases * SURE, hits=weight.hits + phrases, kinds=weight.kinds + phrases
        )
        return Score.of(self.lexicon, more)
