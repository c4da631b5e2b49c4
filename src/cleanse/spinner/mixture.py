"""Is this text spun by a machine of which nobody has seen pairs? Weigh its words under two models of the same English.

In genuine English a word or phrase has the rate that the lexicon's row says. A machine that replaces a share of the
known originals, by any of their forms alike, makes every original rarer and every form commoner. The logarithm of how
much commoner or rarer is what one occurrence says (naive Bayes over two unigram models); the sum over a text is the
evidence. It needs no pairs that were met, only their rates, and everyday originals that stand where they always
stood speak against it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cleanse.rules.lexicon import Brief, Lexicon
from cleanse.spinner.company import stem
from cleanse.spinner.gate import Finding, Score, Weight
from cleanse.spinner.runs import RUN, Phrases, Runs, Words

_FLOOR = 0.05
"""Occurrences per million words below which a rate says nothing more."""
_FEWEST_FORMS = 4
"""Forms that share what a machine takes from an original, at least: a table never knows them all."""
_LEAST, _MOST = -1.0, 4.0
"""Nats between which one word counts."""
_CAP = 2
"""Occurrences of one form, in whatever inflection, that count."""
_CAP_ORIGINAL = 3
_TELLING = 0.7
"""Nats from which a form counts as a different one that was found."""
_HOPELESS = 12.0
"""Nats per 100 words that phrases are not expected to make up for."""


@dataclass(frozen=True)
class Mixture:
    """The evidence of a family's own rows, and of these with the rows of the table that it extends."""

    lexicon: Lexicon
    base: Lexicon | None = None

    @cached_property
    def _own(self) -> "_Weights":
        return _Weights.of(self.lexicon.rows.briefs(), self.lexicon.replaces)

    @cached_property
    def _all(self) -> "_Weights":
        base = self.base.rows.briefs() if self.base else ()
        return _Weights.of((*self.lexicon.rows.briefs(), *base), self.lexicon.replaces)

    def weigh(self, words: Words) -> Weight:
        """What the family's own rows say; where they find something, what all rows say."""
        hopeless = self.lexicon.limits["suspected"]["density"] - _HOPELESS
        own = self._own.weigh(words, hopeless)
        if not self.base or Score.of(self.lexicon, own).finding is Finding.CLEAN:
            return own
        return self._all.weigh(words, hopeless)


@dataclass(frozen=True)
class _Weights:
    """What one occurrence says, in nats."""

    forms: Mapping[str, float]
    """Single words that are commoner in spun text."""
    originals: Mapping[str, float]
    """Single words that are rarer there."""
    phrases: Mapping[Runs, float]
    """Forms of several words."""

    @classmethod
    def of(cls, rows: Iterable[Brief], replaces: float) -> "_Weights":
        """Weigh every form and every original of some rows of which both rates are known."""
        genuine: dict[str, float] = {}
        forms: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            if row.spun_rate and row.original_rate:
                spun, original = row.spun.lower(), row.original.lower()
                genuine[spun] = max(float(row.spun_rate), _FLOOR)
                genuine[original] = max(float(row.original_rate), _FLOOR)
                forms[original].add(spun)
        mixed = {form: rate * (1 - replaces if form in forms else 1) for form, rate in genuine.items()}
        for original, known in forms.items():
            for form in known:
                mixed[form] += replaces * genuine[original] / max(_FEWEST_FORMS, len(known))
        words: dict[str, float] = {}
        originals: dict[str, float] = {}
        phrases: dict[Runs, float] = {}
        for form, rate in genuine.items():
            nats = min(_MOST, max(_LEAST, math.log(mixed[form] / rate)))
            runs = RUN.findall(form)
            if runs == [form]:
                (words if nats > 0 else originals)[form] = nats
            elif nats > 0 and " ".join(runs) == form.replace("-", " "):
                phrases[tuple(runs)] = nats
        return cls(words, originals, phrases)

    @cached_property
    def _known(self) -> Phrases:
        return Phrases(tuple(self.phrases))

    def weigh(self, words: Words, hopeless: float) -> Weight:
        """Weigh the words of a text, and its phrases where they can make a difference."""
        counts, length = words.counts, max(1, words.counts.total())
        against = [(word, min(counts[word], _CAP_ORIGINAL)) for word in counts.keys() & self.originals.keys()]
        nats = [self.originals[word] * count for word, count in against]
        found: dict[str, tuple[float, int]] = {}
        for word in counts.keys() & self.forms.keys():
            weight, count = found.get(name := stem(word), (0.0, 0))
            found[name] = max(weight, self.forms[word]), count + counts[word]
        nats += (weight * min(count, _CAP) for weight, count in found.values())
        if 100 * math.fsum(nats) / length > hopeless:
            phrases = {" ".join(runs): self.phrases[runs] for runs in self._known.standing(words)}
            nats += phrases.values()
            found |= {phrase: (weight, 1) for phrase, weight in phrases.items()}
        telling = [min(count, _CAP) for weight, count in found.values() if weight >= _TELLING]
        return Weight(
            nats=math.fsum(nats),
            hits=sum(telling),
            kinds=len(telling),
            originals=sum(count for _, count in against),
            length=length,
        )
