"""Is this text spun by a machine of which nobody has seen pairs? Weigh its words under two models of the same English.

In genuine English a word or phrase has the rate that the lexicon's row says. A machine that replaces a share of the
known originals, by any of their forms alike, makes every original rarer and every form commoner. The logarithm of how
much commoner or rarer is what one occurrence says (naive Bayes over two unigram models); the sum over a text is the
evidence. It needs no pairs that were met, only their rates, and everyday originals that stand where they always
stood speak against it.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cleanse.rules.lexicon import Brief, Lexicon
from cleanse.spinner.company import stem
from cleanse.spinner.gate import CAP, Finding, Score, Weight, lowest, sure_phrases
from cleanse.spinner.runs import RUN, Runs, Words
from cleanse.spinner.tells import Standing, Tells

_FLOOR = 0.05
"""Occurrences per million words below which a rate says nothing more."""
_FEWEST_FORMS = 4
"""Forms that share what a machine takes from an original, at least: a table never knows them all."""
_LEAST, _MOST = -1.0, 4.0
"""Nats between which one word counts."""
INFLECTED = 2
"""Occurrences of one form, in whatever inflection, that count."""
_TELLING = 0.7
"""Nats from which a form counts as a different one that was found."""
_HOPELESS = 12.0
"""Nats per 100 words that phrases are not expected to make up for."""


@dataclass(frozen=True)
class Mixture:
    """The evidence of a family's own rows, and of these with the rows of the table that it extends."""

    lexicon: Lexicon
    own: Tells
    both: Callable[[], Tells] | None = None
    """What all rows say; they are read when a text asks for them."""

    @cached_property
    def _all(self) -> Tells | None:
        return self.both() if self.both else None

    def weigh(self, words: Words, standing: Standing | None = None) -> Weight:
        """What the family's own rows say; where they find something, what all rows say.

        `standing` are the phrases of its own that stand in the text, where somebody has looked for them already.
        """
        hopeless = lowest(self.lexicon)["density"] - _HOPELESS
        own = _weigh(self.own, words, hopeless, standing)
        if Score.of(self.lexicon, own).finding is Finding.CLEAN or not self._all:
            return own
        return _weigh(self._all, words, hopeless, None)


def tells(rows: Iterable[Brief], replaces: float) -> Tells:
    """Weigh every form and every original of some rows of which both rates are known."""
    rows = tuple(rows)
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
    phrases: dict[Runs, float] = {}
    for form, rate in genuine.items():
        nats = min(_MOST, max(_LEAST, math.log(mixed[form] / rate)))
        runs = RUN.findall(form)
        if runs == [form]:
            words[form] = nats
        elif nats > 0 and " ".join(runs) == form.replace("-", " "):
            phrases[tuple(runs)] = nats
    return Tells.of(words, phrases, sure_phrases(rows))


def most_of_each(forms: Mapping[str, float]) -> Mapping[str, float]:
    """The forms with the most that any inflection of theirs says: what all of them together say counts by that."""
    most: dict[str, float] = defaultdict(float)
    for form, nats in forms.items():
        most[stem(form)] = max(most[stem(form)], nats)
    return {form: most[stem(form)] for form in forms}


def _weigh(tells: Tells, words: Words, hopeless: float, standing: Standing | None) -> Weight:
    """Weigh the words of a text, and its phrases where they can make a difference."""
    counts, length = words.counts, max(1, words.counts.total())
    nats: list[float] = []
    found: dict[str, tuple[float, int]] = {}
    originals = 0
    for word in counts.keys() & tells.words.keys():
        weight, count = tells.words[word], counts[word]
        if weight > 0:
            most, so_far = found.get(name := stem(word), (0.0, 0))
            found[name] = max(most, weight), so_far + count
        else:
            nats.append(weight * min(count, CAP))
            originals += min(count, CAP)
    nats += (weight * min(count, INFLECTED) for weight, count in found.values())
    if 100 * math.fsum(nats) / length > hopeless:
        phrases = (standing or tells.standing(words)).rated
        nats += phrases.values()
        found |= {" ".join(runs): (weight, 1) for runs, weight in phrases.items()}
    telling = [min(count, INFLECTED) for weight, count in found.values() if weight >= _TELLING]
    return Weight(math.fsum(nats), hits=sum(telling), kinds=len(telling), originals=originals, length=length)
