"""Making the table of counted phrases: of a language model of English, the part that tells about lexicons.

Kept are phrases of two and three words with a word that some lexicon names, as far as shorter ones get them wrong:
the rest is left to the back-off. How often a phrase occurs does not matter: each place is decided by its own words,
and rare ones decide surest. Values are rounded to half a nat.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.ngrams import STEP, ZERO, code_of, words_of
from cleanse.spinner.packed import pack
from cleanse.spinner.tokens import split_form
from cleanse.spinner.trie import Trie

HEADER = (
    "# likelihood of English words behind others: words with their codes, then histories; see spinner/ngrams.py",
    "# derived from the US English language model of PocketSphinx (en-us.lm.bin)",
    "# Copyright (c) 1999-2016 Carnegie Mellon University. All rights reserved.",
    "# Its licence (BSD, two clauses) is pocketsphinx.txt beside this table.",
)
LEAST = 0.8
"""Nats by which shorter phrases must get a phrase wrong. Measured on 128 passages, held out (see docs/spinner.md): a
table weighed by how often phrases occur, too (relative entropy pruning, Stolcke 1998), of 8.4 MB in the plain notation
loses 28 nats against this one of 9.0 MB."""
_EMPTY_WORDS = 150
"""Commonest words, which tell about a lexicon only beside others it names."""
_MOST_BACKOFF, _LEAST_BACKOFF = 3.0, -1.0


def named(lexicons: Collection[Lexicon]) -> frozenset[str]:
    """The words of all forms and originals."""
    forms = (form for lexicon in lexicons for row in lexicon.rows for form in (row.spun, row.original, *row.others))
    return frozenset(word for form in forms for word in words_of(split_form(form)))


@dataclass
class _Kept:
    """The phrases to keep, by history."""

    pairs: dict[int, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))
    triples: dict[tuple[int, int], dict[int, float]] = field(default_factory=lambda: defaultdict(dict))


def table(trie: Trie, lexicons: Collection[Lexicon], least: float = LEAST) -> bytes:
    """The table, packed; the same model and lexicons give the same bytes."""
    telling = _Telling(trie, named(lexicons))
    kept = _keep(trie, telling, least)
    lines = sorted(line.encode() for line in _lines(trie, telling, kept))
    return pack("\n".join(HEADER).encode() + b"\n" + b"\n".join(lines))


class _Telling:
    """Which words of a model tell about the lexicons."""

    def __init__(self, trie: Trie, named_words: Collection[str]) -> None:
        common = sorted(range(len(trie.words)), key=trie.own().__getitem__)[:_EMPTY_WORDS]
        self.named = [word in named_words for word in trie.words]
        self.content = list(self.named)
        for number in common:
            self.content[number] = False
        self.possessive = [word.endswith("'s") for word in trie.words]

    def keeps(self, *words: int) -> bool:
        """Whether a phrase is about the lexicons: one telling word, or all named; possessives are read without."""
        if any(self.possessive[word] for word in words):
            return False
        return any(self.content[word] for word in words) or all(self.named[word] for word in words)


def _keep(trie: Trie, telling: _Telling, least: float) -> _Kept:
    own, backoffs = trie.own(), trie.backoffs()
    known: dict[tuple[int, int], tuple[float, float]] = {}
    kept = _Kept()
    for first, second, nats, backoff, _ in trie.pairs():
        known[first, second] = nats, backoff
        if abs(backoffs[first] + own[second] - nats) > least and telling.keeps(first, second):
            kept.pairs[first][second] = nats
    for second, third, nats, _, behind in trie.pairs():
        for first, likelihood in trie.before(behind):
            before = known.get((first, second))
            if before is None or not telling.keeps(first, second, third):
                continue
            if abs(before[1] + nats - likelihood) > least:
                kept.triples[first, second][third] = likelihood
    return kept


def _lines(trie: Trie, telling: _Telling, kept: _Kept) -> Iterator[str]:
    words, own = trie.words, [_rounded(nats) for nats in trie.own()]
    used = {number for number, is_named in enumerate(telling.named) if is_named and not telling.possessive[number]}
    for first, seconds in kept.pairs.items():
        used |= {first, *seconds}
    for history, thirds in kept.triples.items():
        used |= {*history, *thirds}
    codes = {number: code_of(at) for at, number in enumerate(sorted(used, key=words.__getitem__))}
    backoff = {first: _backoff(seconds, {word: own[word] for word in seconds}) for first, seconds in kept.pairs.items()}
    for number in used:
        yield f"{words[number]}\t{codes[number]}\t{backoff.get(number, 0.0):g}\t{own[number]:g}"
    for first, seconds in kept.pairs.items():
        yield f"{codes[first]}\t{backoff[first]:g}\t{_cells(seconds, codes)}"
    for (first, second), thirds in kept.triples.items():
        seconds = kept.pairs.get(second, {})
        shorter = {third: seconds.get(third, backoff.get(second, 0.0) + own[third]) for third in thirds}
        yield f"{codes[first]}{codes[second]}\t{_backoff(thirds, shorter):g}\t{_cells(thirds, codes)}"


def _backoff(following: Mapping[int, float], shorter: Mapping[int, float]) -> float:
    """What makes the probabilities behind a history add up to one, when all others come from the shorter one."""
    left = 1 - sum(math.exp(-nats) for nats in following.values())
    given = 1 - sum(math.exp(-nats) for nats in shorter.values())
    return _rounded(min(_MOST_BACKOFF, max(_LEAST_BACKOFF, math.log(max(given, 0.01) / max(left, 0.01)))))


def _cells(following: Mapping[int, float], codes: Mapping[int, str]) -> str:
    by_step: dict[int, list[str]] = defaultdict(list)
    for number, nats in following.items():
        by_step[round(_rounded(nats) / STEP)].append(codes[number])
    return " ".join(chr(ZERO + step) + "".join(sorted(found)) for step, found in sorted(by_step.items()))


def _rounded(nats: float) -> float:
    """To the step, without a negative nothing."""
    return round(nats / STEP) * STEP + 0.0
