"""Labelled dumps: which lines of a dump belong to the gold text.

A line belongs to it when most of its words lie on the longest common subsequence of the dump's and the gold's words.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
MOST = 0.6
"""Share of its words that must lie in the gold for a line of more than `FEW` words to belong to it."""
FEW = 3


@dataclass(frozen=True)
class Case:
    """One dump: its lines without blanks, and per line whether it belongs to the main text."""

    ident: str
    group: str
    site: str
    dump: str
    lines: list[str]
    keep: list[bool]


def case_words(text: str) -> list[str]:
    """Words of a text as the scorer counts them; unspaced scripts one character each."""
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def matched(gold: Sequence[str], dump: Sequence[str]) -> set[int]:
    """Positions of `dump` on one longest common subsequence with `gold` (bit-parallel, then walked back)."""
    if not gold or not dump:
        return set()
    masks: dict[str, int] = defaultdict(int)
    for at, word in enumerate(gold):
        masks[word] |= 1 << at
    full = (1 << len(gold)) - 1
    row, rows = full, []
    for word in dump:
        found = masks.get(word)
        if found:
            both = row & found
            row = ((row + both) | (row - both)) & full
        rows.append(row)
    result, at = set(), len(gold) - 1
    for place in range(len(dump) - 1, -1, -1):
        while at >= 0 and (rows[place] >> at) & 1:
            at -= 1
        if at < 0:
            break
        if place == 0 or (rows[place - 1] >> at) & 1:
            result.add(place)
            at -= 1
    return result


def label(lines: Sequence[str], gold: str) -> list[bool]:
    """Which lines belong to the gold: 60 % of their words (all of at most three).

    Wordless lines follow their neighbours.
    """
    words: list[str] = []
    owners: list[int] = []
    for number, line in enumerate(lines):
        found = case_words(line)
        words += found
        owners += [number] * len(found)
    total, hits = [0] * len(lines), [0] * len(lines)
    for owner in owners:
        total[owner] += 1
    for place in matched(case_words(gold), words):
        hits[owners[place]] += 1
    flags = [
        None if not all_ else hit >= (MOST * all_ if all_ > FEW else all_)
        for all_, hit in zip(total, hits, strict=True)
    ]
    before: list[bool] = []
    for flag in flags:
        before.append(flag if flag is not None else bool(before and before[-1]))
    after: list[bool] = []
    for flag in reversed(flags):
        after.append(flag if flag is not None else bool(after and after[-1]))
    return [one and other for one, other in zip(before, reversed(after), strict=True)]
