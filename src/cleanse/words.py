"""English word frequencies, as evidence only: cleanse never corrects a word because a list does not know it.

The counts are pyspellchecker's. Its list is read at the first question, and searched as it lies in its file: making
a dictionary of its 160,000 words takes 0.1 s and 25 MB, which is longer than cleaning a page.
"""

import gzip
import pkgutil
from bisect import bisect_left
from collections.abc import Callable, KeysView
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar

_KNOWN = 30
"""Occurrences in pyspellchecker's corpus from which a word counts as known; rarer ones include typos."""
_REMEMBERED = 1 << 15
"""Words whose counts are kept at hand; running text repeats itself."""
_ASKED = 1 << 16
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
        for word in words - self._without:  # at a tenth of the cost of looking at each word
            answer = self._ask(word)
            if answer is None:
                self._without.add(word)
            else:
                found[word] = answer
        return found


@cache
def _entries() -> tuple[list[str], str]:
    """The members of the list's JSON object, `"word": count`, sorted, and the white space before each."""
    packed = pkgutil.get_data("spellchecker", "resources/en.json.gz") or b""
    first, *rest = gzip.decompress(packed).decode("utf-8").strip().strip("{}").split(",")
    space = rest[0][: rest[0].index('"')]
    return sorted([space + first.lstrip(), *rest]), space


@lru_cache(_REMEMBERED)
def _count(word: str) -> int:
    entries, space = _entries()
    wanted = f'{space}"{word}"'
    at = bisect_left(entries, wanted)
    if at == len(entries) or not entries[at].startswith(wanted):
        return 0
    return int(entries[at].rpartition(":")[2])


def frequency(word: str) -> int:
    """How often the word occurs in the list's corpus; 0 for one it does not have."""
    return _count(word.lower().replace("’", "'"))


def is_known(word: str) -> bool:
    """Whether the word is common enough not to be a typo of the list's own sources."""
    return frequency(word) >= _KNOWN
