"""What other documents of the same run say: genuine reports of one event share their phrases.

From the documents that are not spun, the word pairs around a lexicon's originals are counted once, before the
run. Where a doubtful form stands beside a word that siblings put beside its original, and never beside the form,
that settles it. The table is data: the same for any order of documents and any number of workers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.tokens import TokenText, split_form

_CONTENT = regex.compile(r"\p{L}{4,}|\p{Lu}\p{L}+")
_EMPTY = frozenset(
    "this that these those with from they them their there then than have been were what when which while will would "
    "could should about after before over under into only also just more most some such very much many other".split()
)
"""Words of four letters and more that stand beside anything."""


@dataclass(frozen=True)
class Siblings:
    """Counts of adjacent lower-case words in genuine documents, one of them a lexicon's word."""

    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def support(self, form: str, text: TokenText, start: int, end: int) -> int:
        """How often siblings have `form` beside the content words that stand around the tokens `start:end`."""
        if not self.pairs:
            return 0
        words = split_form(form)
        count = 0
        if start and _speaks(text.tokens[start - 1].text):
            count += self.pairs.get((text.tokens[start - 1].lower, words[0]), 0)
        if end < len(text.tokens) and _speaks(text.tokens[end].text):
            count += self.pairs.get((words[-1], text.tokens[end].lower), 0)
        return count


def _speaks(word: str) -> bool:
    return word.lower() not in _EMPTY and _CONTENT.fullmatch(word) is not None


def survey(texts: Iterable[str], lexicon: Lexicon) -> Siblings:
    """The pairs of genuine texts in which a form or an original of the lexicon stands."""
    known = {word for row in lexicon.rows for form in (row.spun, row.original) for word in split_form(form)}
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        tokens = TokenText(text).tokens
        for one, two in pairwise(tokens):
            if one.is_word and two.is_word and (one.lower in known or two.lower in known):
                pairs[one.lower, two.lower] += 1
    return Siblings(dict(sorted(pairs.items())))
