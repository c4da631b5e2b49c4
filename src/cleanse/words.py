"""English word frequencies, as evidence only: cleanse never corrects a word because a list does not know it.

The counts are pyspellchecker's. Its list is read at the first question, and searched as it lies in its file: making
a dictionary of its 160,000 words takes 0.1 s, which is longer than cleaning a page.
"""

import gzip
import pkgutil
import re
from collections.abc import Callable, KeysView
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

from cleanse.lookup import SortedLines, pieces

_KNOWN = 30
"""Occurrences in pyspellchecker's corpus from which a word counts as known; rarer ones include typos."""
_REMEMBERED = 1 << 13
"""Words whose counts are kept at hand; running text repeats itself."""
_ASKED = 1 << 14
"""Words that are known to have no answer, at most."""

T = TypeVar("T")


class Few(Generic[T]):
    """A question about single words that few have an answer to: those that have none are not asked about again."""

    def __init__(self, ask: Callable[[str], T | None]) -> None:
        self._ask = ask
        self._without: set[str] = set()

    def __reduce__(self) -> tuple[Any, ...]:
        return Few, (self._ask,)

    def of(self, words: KeysView[str]) -> dict[str, T]:
        """The answers, by word."""
        if len(self._without) > _ASKED:
            self._without.clear()
        found: dict[str, T] = {}
        for word in set(words).difference(self._without):  # `words - …` would go through all that have none
            answer = self._ask(word)
            if answer is None:
                self._without.add(word)
            else:
                found[word] = answer
        return found


@cache
def _entries() -> SortedLines:
    """The members of the list's JSON object, `"word": count`, a line each, with or without a comma."""
    packed = pkgutil.get_data("spellchecker", "resources/en.json.gz") or b""
    members = gzip.decompress(packed).strip(b"{}\n")
    if not _are_lines(members):
        members = b"\n".join(sorted(member.strip() for member in members.split(b",")))
    return SortedLines(members)


def _are_lines(members: bytes) -> bool:
    """Whether the members stand in lines of their own and in order, as they do in the versions known."""
    last = b""
    for piece in pieces(members):
        lines = piece.split(b"\n")
        if lines != sorted(lines) or lines[0] < last:
            return False
        last = lines[-1]
    return members.count(b",") == members.count(b"\n")


@lru_cache(_REMEMBERED)
def _count(word: str) -> int:
    return int((_entries().rest(f'"{word}":'.encode("utf-8", "surrogatepass")) or b"0").strip(b" ,"))


def frequency(word: str) -> int:
    """How often the word occurs in the list's corpus; 0 for one it does not have."""
    return _count(word.lower().replace("’", "'"))


@cache
def frequent(least: int) -> frozenset[str]:
    """The words that occur at least so often; 16,000 occur 1,000 times, which are 1.4 MB and take 0.02 s to read."""
    found = re.finditer(rb'"([^"]*)": *([1-9][0-9]{%d,})' % (len(str(least)) - 1), _entries().lines)
    return frozenset(member[1].decode() for member in found if int(member[2]) >= least)


def is_known(word: str) -> bool:
    """Whether the word is common enough not to be a typo of the list's own sources."""
    return frequency(word) >= _KNOWN
