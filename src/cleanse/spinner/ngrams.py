"""How likely English has a word after the one or two before it: a table of counted phrases, searched where it lies.

The table is sorted lines, of which a text needs a few thousand of 360,000; they stay the bytes they are, 12 MB. It is
opened for the first text that is spun, and for no other. A word has a line of its own, which gives it a code of three
capitals; histories are one or two codes, and behind them stand the codes of the words that follow, by likelihood:

    word <tab> code <tab> back-off <tab> own
    code or two <tab> back-off <tab> step code code … <space> step code …

Back-off and own likelihood are nats, minus the logarithm of a probability; a step is a sign that counts half nats from
`0`. A word that is not named behind a history has the likelihood of the shorter one plus the back-off (Katz 1987).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleanse.spinner.packed import PackedLines

START, END = "<s>", "</s>"
"""What stands before the first word of a sentence and after the last."""
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.:"
"""What codes are written with: no letter that a word begins with, so that no line is taken for another."""
CODE = 3
"""Letters of a code: enough for 64,000 words."""
STEP = 0.5
"""Nats of a step."""
ZERO = ord("0")
_REMEMBERED = 1 << 14
"""Words kept at hand."""
_SMALL = tuple("zero one two three four five six seven eight nine ten eleven twelve".split())
_YEAR_DIGITS = 4


class _Word(NamedTuple):
    """The line of a word."""

    code: bytes
    backoff: float
    own: float


@dataclass(frozen=True)
class NGrams:
    """What a table says."""

    table: PackedLines
    _words: dict[str, _Word | None] = field(default_factory=dict, compare=False, repr=False)
    """Words met lately."""

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"table": self.table, "_words": {}}

    def knows(self, word: str) -> bool:
        """Whether the table has ever counted the word."""
        return self._word(word) is not None

    def nats(self, word: str, history: Sequence[str] = ()) -> float:
        """Minus the logarithm of the probability of a known word behind a history, of which two words count."""
        found = self._word(word)
        if found is None:
            return 0.0
        last = self._word(history[-1]) if history else None
        if last is None:
            return found.own
        passed = 0.0
        if len(history) > 1 and (first := self._word(history[-2])) is not None:
            step, backoff = self._behind(first.code + last.code, found.code)
            if step is not None:
                return step
            passed = backoff or 0.0
        step, backoff = self._behind(last.code, found.code)
        if step is not None:
            return passed + step
        return passed + (last.backoff if backoff is None else backoff) + found.own

    def _behind(self, history: bytes, code: bytes) -> tuple[float | None, float | None]:
        """The likelihood of a word behind a history, else its back-off; neither where the history has no line."""
        line = self.table.rest(history + b"\t")
        if line is None:
            return None, None
        backoff, _, cells = line.partition(b"\t")
        step = _step(cells, code)
        return (None, float(backoff)) if step is None else (step * STEP, None)

    def _word(self, word: str) -> _Word | None:
        if word not in self._words:
            if len(self._words) >= _REMEMBERED:
                self._words.clear()
            line = self.table.rest(word.encode() + b"\t")
            cells = line.split(b"\t") if line else []
            self._words[word] = _Word(cells[0], float(cells[1]), float(cells[2])) if len(cells) == 3 else None
        return self._words[word]


def _step(cells: bytes, code: bytes) -> int | None:
    """The step of the cell that names a code; None where none does."""
    at = cells.find(code)
    while at >= 0:
        start = cells.rfind(b" ", 0, at) + 1
        if (at - start) % CODE == 1:
            return cells[start] - ZERO
        at = cells.find(code, at + 1)
    return None


def code_of(number: int) -> str:
    """The code of a word by its number."""
    letters = ""
    for _ in range(CODE):
        number, letter = divmod(number, len(LETTERS))
        letters = LETTERS[letter] + letters
    if number:
        raise ValueError(f"more than {len(LETTERS) ** CODE:,} words have no code")
    return letters


def words_of(tokens: Sequence[str]) -> tuple[str, ...]:
    """Lower-case tokens as the words that were counted: without marks and possessive endings, numbers spelt out."""
    return tuple(_counted(tokens))


def _counted(tokens: Sequence[str]) -> Iterator[str]:
    for token in tokens:
        if token.isalpha() or (token[0].isalpha() and token not in {"'s", "’s"}):
            yield token
        elif token[0].isdigit():
            yield _number(token)


def _number(token: str) -> str:
    """A word that stands where such a number does: what is counted was speech."""
    if token.isdecimal() and int(token) < len(_SMALL):
        return _SMALL[int(token)]
    if len(token) == _YEAR_DIGITS and token[:2] in {"19", "20"}:
        return "ninety"
    return "twentieth" if token.endswith(("st", "nd", "rd", "th")) else "fifty"
