"""Our own MinHash, with a version: an upgrade of a library must not change which documents count as duplicates.

One hash per shingle of five words; its upper bits choose one of 128 bins, its lower bits compete for the smallest in
it (Li, Owen and Zhang 2012); an empty bin takes the value of the first bin that is not, in an order of its own
(Shrivastava 2017). The share of equal bins estimates the Jaccard similarity of two texts' shingles with a standard
error of about sqrt(J(1-J)/128), more for texts of fewer than some hundred words.
"""

import struct
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b

import regex

SCHEME = "cleanse-minhash-1"
"""Changes with anything that changes a signature."""
BINS = 128
BANDS = 16
"""Texts that agree in all eight bins of one of the bands are compared: at a similarity of 0.9 all but one in 10,000
are, at 0.8 all but 5 in 100, at 0.5 6 in 100 (1 - (1 - J^8)^16)."""
ALIKE = 0.7
"""Share of equal bins from which two texts are near-duplicates."""
_ROWS = BINS // BANDS
_SHINGLE = 5
_EMPTY = 2**32
_VALUE = 2**32 - 1
_FORM = struct.Struct(f">{BINS}I")
SIZE = _FORM.size
"""Bytes of a signature."""
# Scripts without spaces between words: each character counts as one.
_WORD = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{M}\p{N}]+")


def shingles(text: str) -> set[str]:
    """Every five words in a row, or all of a shorter text, without case and marks."""
    words: list[str] = _WORD.findall(text.casefold())
    if len(words) < _SHINGLE:
        return {" ".join(words)} if words else set()
    return {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}


def signature(text: str) -> bytes | None:
    """The signature of a text; None for one without words."""
    found = shingles(text)
    return sketch(found) if found else None


def sketch(items: set[str]) -> bytes:
    """The signature of a set that is not empty."""
    bins = [_EMPTY] * BINS
    for item in items:
        value = int.from_bytes(blake2b(item.encode(), digest_size=8).digest())
        at, low = value >> 57, value & _VALUE
        bins[at] = min(bins[at], low)
    if _EMPTY in bins:
        bins = [value if value != _EMPTY else next(bins[j] for j in _walk(i) if bins[j] != _EMPTY)
                for i, value in enumerate(bins)]  # fmt: skip
    return _FORM.pack(*bins)


@lru_cache(maxsize=BINS)
def _walk(start: int) -> tuple[int, ...]:
    """All bins in the order in which an empty one asks them."""
    return tuple(sorted(range(BINS), key=lambda at: blake2b(struct.pack(">HH", start, at), digest_size=8).digest()))


def similarity(one: bytes, two: bytes) -> float:
    """The estimate of how alike two texts are, from 0 to 1."""
    return sum(map(int.__eq__, _FORM.unpack(one), _FORM.unpack(two))) / BINS


def bands(found: bytes) -> Iterator[str]:
    """Keys that texts share which must be compared."""
    width = _ROWS * 4
    for number in range(BANDS):
        piece = found[number * width : (number + 1) * width]
        yield f"{number:02}{blake2b(piece, digest_size=12).hexdigest()}"
