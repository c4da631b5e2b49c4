"""What other documents of the same run say: genuine reports of one event share their phrases.

Before the run, the spun documents say which pairs of adjacent words would help them, and the genuine ones count
those. Where a doubtful form stands beside a word that siblings put beside its original, and never beside the form,
that settles it. The counts are data: the same for any order of documents and any number of workers.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from cleanse.spinner.forms import FormIndex
from cleanse.spinner.tokens import TokenText, split_form

Pair = tuple[str, str]
"""Two adjacent words, lower case."""
MOST_PAIRS = 200_000
"""Pairs a run asks for and counts: bounds the memory where most documents are spun."""

_CONTENT = regex.compile(r"\p{L}{4,}|\p{Lu}\p{L}+")
_EMPTY = frozenset(
    "this that these those with from they them their there then than have been were what when which while will would "
    "could should about after before over under into only also just more most some such very much many other".split()
)
"""Words of four letters and more that stand beside anything."""


@dataclass(frozen=True)
class Siblings:
    """Counts of adjacent words in genuine documents."""

    pairs: Mapping[Pair, int] = field(default_factory=dict)

    def support(self, form: str, text: TokenText, start: int, end: int) -> int:
        """How often siblings have `form` beside the content words that stand around the tokens `start:end`."""
        if not self.pairs:
            return 0
        return sum(self.pairs.get(pair, 0) for pair in _beside(form, text, start, end))


def _beside(form: str, text: TokenText, start: int, end: int) -> Iterator[Pair]:
    """The pairs that `form` would make with the content words around the tokens `start:end`."""
    words = split_form(form)
    if start and _speaks(text.tokens[start - 1].text):
        yield text.tokens[start - 1].lower, words[0]
    if end < len(text.tokens) and _speaks(text.tokens[end].text):
        yield words[-1], text.tokens[end].lower


def _speaks(word: str) -> bool:
    return word.lower() not in _EMPTY and _CONTENT.fullmatch(word) is not None


def asked(text: TokenText, index: FormIndex) -> set[Pair]:
    """The pairs that could settle a form of this spun text."""
    return {
        pair
        for at in range(len(text.tokens))
        for form in index.at(text, at)
        for row in form.rows
        for word in (row.original, row.spun)
        for pair in _beside(word, text, at, at + len(form.tokens))
    }


def counted(text: TokenText, pairs: Collection[Pair]) -> Counter[Pair]:
    """How often each of the pairs stands in a genuine text."""
    return Counter(pair for one, two in pairwise(text.tokens) if (pair := (one.lower, two.lower)) in pairs)
