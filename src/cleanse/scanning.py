"""Where any of many literal strings stands in a text, in one pass: the gate before every dearer question.

Two engines give the same answer: a trie folded into one pattern of the standard library, and Aho-Corasick of the
extra `speed`, ten times as fast, where it is installed. Both look at folded text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from typing import Any

_ODD = re.compile(
    "[\u00b5\u0130\u0131\u017f\u0345\u0370-\u03ff\u1c80-\u1c88\u1e60\u1e61\u1e9b\u1f00-\u1fff\ufb05\ufb06]"
)
"""Where none of these stands, the lower case is enough."""
_BEFORE = str.maketrans("\u0130\u0131\u017f\u1c80\u1c81\u1c82\u1c83\u1c84\u1c85\u1c86\u1c87\u1c88", "iisвдосттъѣꙋ")
"""The letters that a pattern without regard to case takes for another letter than their lower case."""
_BEHIND = str.maketrans("\u00b5\u0345\u1fbeςϐϑϕϖϰϱϵ\u1fd3\u1fe3\u1e9b\ufb05", "μιισβθφπκρε\u0390\u03b0\u1e61\ufb06")
"""Of the letters with several lower-case forms, most of them Greek, all but one."""

Hit = tuple[int, int, int]
"""Which literal, where it starts, where it ends."""


def fold(text: str) -> str:
    """The text in lower case, character by character: whatever matches without regard to case is equal in it."""
    if text.isascii() or not _ODD.search(text):
        return text.lower()
    return text.translate(_BEFORE).lower().translate(_BEHIND)


def is_fast() -> bool:
    """Whether the extra `speed` is installed."""
    return find_spec("ahocorasick_rs") is not None


class Scanner:
    """Finds every occurrence of every literal, overlapping ones too. Literals are folded and not empty."""

    def __init__(self, literals: Sequence[str], *, fast: bool = True) -> None:
        self.literals = tuple(literals)
        self.fast = fast

    def __reduce__(self) -> tuple[Any, ...]:
        return _scanner, (self.literals, self.fast)

    def scan(self, folded: str) -> Iterable[Hit]:
        """The hits in a folded text, in no particular order."""
        if not self.literals:
            return ()
        if self._automaton is not None:
            found: Iterable[Hit] = self._automaton.find_matches_as_indexes(folded, overlapping=True)
            return found
        return self._by_trie(folded)

    @cached_property
    def _automaton(self) -> Any:
        """The Aho-Corasick automaton, or None without the extra."""
        if not self.fast or not is_fast():
            return None
        from ahocorasick_rs import AhoCorasick  # noqa: PLC0415 - the extra `speed`

        return AhoCorasick(self.literals)

    @cached_property
    def _trie(self) -> "re.Pattern[str]":
        return re.compile(trie(self.literals))

    @cached_property
    def _within(self) -> Mapping[str, tuple[int, ...]]:
        """For each literal, itself and all that it begins with."""
        numbers = {literal: number for number, literal in enumerate(self.literals)}
        return {
            literal: tuple(numbers[part] for end in range(len(literal)) if (part := literal[: end + 1]) in numbers)
            for literal in self.literals
        }

    def _by_trie(self, folded: str) -> Iterator[Hit]:
        """The longest literal at every place; those it begins with stand there too."""
        search, within, literals = self._trie.search, self._within, self.literals
        found = search(folded)
        while found:
            start = found.start()
            for number in within[found.group()]:
                yield number, start, start + len(literals[number])
            found = search(folded, start + 1)


def _scanner(literals: Sequence[str], fast: bool) -> Scanner:  # noqa: FBT001 - what pickle calls
    return Scanner(literals, fast=fast)


def trie(literals: Iterable[str]) -> str:
    """A pattern for the longest of the literals, their common beginnings folded."""
    root: dict[str, Any] = {}
    for literal in sorted(set(literals)):
        node = root
        for character in literal:
            node = node.setdefault(character, {})
        node[""] = {}
    return _pattern(root)


def _pattern(node: dict[str, Any]) -> str:
    ends = "" in node
    branches = [re.escape(character) + _pattern(child) for character, child in node.items() if character]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
