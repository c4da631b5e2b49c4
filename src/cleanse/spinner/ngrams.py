"""How likely English has a word after the one or two before it: a table of counted phrases, read a line at a time.

The table is sorted, one history a line; of its 170,000 lines a text needs a few hundred, which are searched for in
the unpacked bytes. It is opened for the first text that is spun, and for no other.

    history <tab> back-off <tab> own <tab> nats word word … <tab> nats word …

All numbers are nats, minus the logarithm of a probability. `own` is that of the history's word by itself (empty for
two words); each further cell names the words that follow with one likelihood. A word that is not named after a
history has that of the shorter history plus the back-off (Katz 1987).
"""

import gzip
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cleanse.errors import RuleError

START, END = "<s>", "</s>"
"""What stands before the first word of a sentence and after the last."""
_SMALL = tuple("zero one two three four five six seven eight nine ten eleven twelve".split())
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class _Line:
    """One history."""

    backoff: float
    own: float | None
    following: Mapping[str, float]


@dataclass(frozen=True)
class NGrams:
    """The table at a path; nothing is read before the first question."""

    path: Path
    digest: str
    """SHA-256 of the file, in hexadecimal."""
    _lines: dict[str, _Line | None] = field(default_factory=dict, compare=False, repr=False)
    """The histories met so far."""

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"path": self.path, "digest": self.digest, "_lines": {}}

    @cached_property
    def _table(self) -> bytes:
        try:
            raw = self.path.read_bytes()
        except OSError as error:
            raise RuleError(f"{self.path}: cannot be read: {error.strerror}") from error
        if hashlib.sha256(raw).hexdigest() != self.digest:
            raise RuleError(f"{self.path}: it is not the table that {self.path.stem}.sha256 was written for")
        return b"\n" + gzip.decompress(raw)

    def knows(self, word: str) -> bool:
        """Whether the table has ever counted the word."""
        line = self._line(word)
        return line is not None and line.own is not None

    def nats(self, word: str, history: Sequence[str] = ()) -> float:
        """Minus the logarithm of the probability of a known word behind a history, of which two words count."""
        history = history[-2:]
        if not history:
            own = self._line(word)
            return own.own if own and own.own is not None else 0.0
        line = self._line(" ".join(history))
        if line is None:
            return self.nats(word, history[1:])
        if word in line.following:
            return line.following[word]
        return line.backoff + self.nats(word, history[1:])

    def _line(self, history: str) -> _Line | None:
        if history not in self._lines:
            self._lines[history] = self._search(history)
        return self._lines[history]

    def _search(self, history: str) -> _Line | None:
        """Binary search over bytes: the lines are in the order of their bytes."""
        table, wanted = self._table, f"{history}\t".encode()
        low, high = 0, len(table)
        while low < high:
            start = table.rfind(b"\n", 0, (low + high) // 2 + 1) + 1
            end = table.find(b"\n", start)
            end = len(table) if end < 0 else end
            if table.startswith(wanted, start):
                return _read(table[start:end].decode())
            if table[start : start + len(wanted)] < wanted:
                low = end
            else:
                high = start - 1
        return None


def _read(line: str) -> _Line:
    _, backoff, own, *cells = line.split("\t")
    following: dict[str, float] = {}
    for cell in cells:
        nats, _, words = cell.partition(" ")
        following.update(dict.fromkeys(words.split(" "), float(nats)))
    return _Line(float(backoff), float(own) if own else None, following)


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
