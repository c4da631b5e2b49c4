"""English word frequencies, as evidence only: cleanse never corrects a word because a list does not know it.

The counts are pyspellchecker's, loaded at the first question, since loading takes longer than cleaning a page.
"""

from collections.abc import Mapping
from functools import cache

_KNOWN = 30
"""Occurrences in pyspellchecker's corpus from which a word counts as known; rarer ones include typos."""


@cache
def _counts() -> Mapping[str, int]:
    from spellchecker import SpellChecker  # noqa: PLC0415 - slow to load, often not needed

    counts: Mapping[str, int] = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return counts


def frequency(word: str) -> int:
    """How often the word occurs in the list's corpus; 0 for one it does not have."""
    return _counts().get(word.lower().replace("’", "'"), 0)


def is_known(word: str) -> bool:
    """Whether the word is common enough not to be a typo of the list's own sources."""
    return frequency(word) >= _KNOWN
