"""Candidate rows from a spun text and its original: what was put where, and how often.

The two are aligned token by token, paragraph by paragraph; what differs between two stretches that agree is a
pair. A person reviews the candidates, gives them guards and examples, and adds them to a lexicon.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from cleanse.spinner.tokens import Token, TokenText

_WORD_FOR_WORD = 3
_LONGEST = 5
"""Tokens of either side: longer stretches are rewritten, not substituted."""
_ALIGNED = 0.5
"""Share of tokens that must agree for two paragraphs to be versions of one another."""


@dataclass(frozen=True, order=True)
class Candidate:
    """A spun form, the original that stood in its place, how often, and the first sentence it was met in."""

    spun: str
    original: str
    count: int
    example: str


def candidates(spun: str, original: str) -> list[Candidate]:
    """Pairs of the two texts, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for there, here in _paragraphs(spun, original):
        for pair, example in _pairs(there, here):
            counts[pair] += 1
            examples.setdefault(pair, example)
    found = [Candidate(*pair, count, examples[pair]) for pair, count in counts.items()]
    return sorted(found, key=lambda candidate: (-candidate.count, candidate.spun, candidate.original))


def _paragraphs(spun: str, original: str) -> Iterator[tuple[TokenText, TokenText]]:
    """Each spun paragraph with the original one that agrees with it best, if any does."""
    originals = [TokenText(line) for line in original.split("\n") if line.strip()]
    for line in spun.split("\n"):
        text = TokenText(line)
        best = max(originals, key=lambda other: _agreement(text, other), default=None)
        if text.tokens and best is not None and _agreement(text, best) >= _ALIGNED:
            yield text, best


def _agreement(one: TokenText, two: TokenText) -> float:
    """Share of tokens of the shorter text that stand in both, order aside."""
    mine, theirs = (Counter(token.lower for token in text.tokens) for text in (one, two))
    smaller = min(mine.total(), theirs.total())
    return (mine & theirs).total() / smaller if smaller else 0.0


def _pairs(spun: TokenText, original: TokenText) -> Iterator[tuple[tuple[str, str], str]]:
    matcher = SequenceMatcher(
        None, [token.lower for token in spun.tokens], [token.lower for token in original.tokens], autojunk=False
    )
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "replace" or b - a > _LONGEST or d - c > _LONGEST:
            continue
        # Most substitutions are word for word, so stretches of one length are taken apart.
        step = 1 if b - a == d - c <= _WORD_FOR_WORD else max(b - a, d - c)
        for there, here in zip(range(a, b, step), range(c, d, step), strict=True):
            pair = _pair(
                spun, spun.tokens[there : min(b, there + step)], original, original.tokens[here : min(d, here + step)]
            )
            if pair:
                yield pair


def _pair(
    spun: TokenText, there: Sequence[Token], original: TokenText, here: Sequence[Token]
) -> tuple[tuple[str, str], str] | None:
    pair = _form(spun, there), _form(original, here)
    return (pair, _sentence(spun, there[0], there[-1], pair[1])) if all(pair) else None


def _form(text: TokenText, tokens: Sequence[Token]) -> str:
    """The stretch as a lexicon writes it: lower case unless all its words are names; empty without a letter."""
    if not any(token.is_word for token in tokens):
        return ""
    stretch = text.text[tokens[0].start : tokens[-1].end]
    named = all(token.text[0].isupper() for token in tokens if token.is_word) and len(tokens) > 1
    return stretch if named else stretch.lower()


def _sentence(text: TokenText, first: Token, last: Token, original: str) -> str:
    """The words around a pair, marked as an example."""
    left = text.text[max(0, first.start - 40) : first.start].split(" ", 1)[-1]
    right = text.text[last.end : last.end + 40].rsplit(" ", 1)[0]
    return f"{left}[-{text.text[first.start : last.end]}-]{{+{original}+}}{right}".replace("\t", " ").replace("|", "/")
