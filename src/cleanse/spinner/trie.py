"""Reading a language model of PocketSphinx (`*.lm.bin`, order 3): one, two and three words in a row, with their odds.

The file is the trie of Heafield's KenLM (2011) with quantised values: words in the order of their numbers, then for
each word the words that were met before it, then those before these. Fields are packed without gaps, the lowest
bits first; values are logarithms to the base 1.0001.
"""

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cleanse.errors import UsageError

_MAGIC = b"Trie Language Model\x03"
_NAT = math.log(1.0001)
_BINS = 1 << 16
_QUANT_BITS = 16
_UNIGRAM = struct.Struct("<ffI")


@dataclass(frozen=True)
class _Packed:
    """Fields of a few bits each, side by side."""

    raw: bytes
    offset: int
    """Where they begin, in bytes."""
    width: int
    """Bits of one entry."""

    def field(self, entry: int, first: int, bits: int) -> int:
        """Some bits of an entry."""
        at = entry * self.width + first
        start = self.offset + (at >> 3)
        return int.from_bytes(self.raw[start : start + 8], "little") >> (at & 7) & ((1 << bits) - 1)

    def size(self, entries: int) -> int:
        """Bytes, with the spare ones behind."""
        return ((1 + entries) * self.width + 7) // 8 + 8


@dataclass(frozen=True)
class Trie:
    """An open model. Likelihoods are nats: minus the logarithm of a probability."""

    raw: bytes

    def __post_init__(self) -> None:
        """Raise UsageError for any other file."""
        if not self.raw.startswith(_MAGIC):
            raise UsageError("not a PocketSphinx language model of three words (`en-us.lm.bin` is one)")

    @cached_property
    def _counts(self) -> tuple[int, int, int]:
        one, two, three = struct.unpack_from("<3I", self.raw, len(_MAGIC))
        return one, two, three

    @cached_property
    def _values(self) -> tuple[tuple[float, ...], ...]:
        """What the quantised values stand for: two words, their back-off, three words."""
        start = len(_MAGIC) + 16
        tables = (struct.unpack_from(f"<{_BINS}f", self.raw, start + 4 * _BINS * number) for number in range(3))
        return tuple(tuple(-value * _NAT for value in table) for table in tables)

    @cached_property
    def _unigrams(self) -> list[tuple[float, float, int]]:
        start = len(_MAGIC) + 16 + 12 * _BINS
        size = _UNIGRAM.size * (self._counts[0] + 1)
        return list(_UNIGRAM.iter_unpack(self.raw[start : start + size]))

    @cached_property
    def _packed(self) -> tuple[_Packed, _Packed, int]:
        """Two words, three words, and where the words themselves are written."""
        one, two, three = self._counts
        start = len(_MAGIC) + 16 + 12 * _BINS + _UNIGRAM.size * (one + 1)
        pairs = _Packed(self.raw, start, one.bit_length() + 2 * _QUANT_BITS + three.bit_length())
        triples = _Packed(self.raw, start + pairs.size(two), one.bit_length() + _QUANT_BITS)
        return pairs, triples, triples.offset + triples.size(three) + 4

    @cached_property
    def words(self) -> list[str]:
        """All words; their places are their numbers."""
        return [word.decode() for word in self.raw[self._packed[2] :].split(b"\0")[: self._counts[0]]]

    def own(self) -> list[float]:
        """How likely each word is by itself."""
        return [-value * _NAT for value, _, _ in self._unigrams[: self._counts[0]]]

    def backoffs(self) -> list[float]:
        """What is added for each word before a word that it was never met before."""
        return [-value * _NAT for _, value, _ in self._unigrams[: self._counts[0]]]

    def pairs(self) -> Iterator[tuple[int, int, float, float, range]]:
        """Two words in a row: the first, the second, their likelihood and back-off, and where their triples are."""
        packed, word, pointer = self._packed[0], self._counts[0].bit_length(), self._counts[2].bit_length()
        likelihoods, backoffs, _ = self._values
        for second in range(self._counts[0]):
            for at in range(self._unigrams[second][2], self._unigrams[second + 1][2]):
                yield (
                    packed.field(at, 0, word), second,
                    likelihoods[packed.field(at, word + _QUANT_BITS, _QUANT_BITS)],
                    backoffs[packed.field(at, word, _QUANT_BITS)],
                    range(*(packed.field(at + more, word + 2 * _QUANT_BITS, pointer) for more in (0, 1))),
                )  # fmt: skip

    def before(self, triples: range) -> Iterator[tuple[int, float]]:
        """The words that were met before two words, and how likely the last of the three is behind them."""
        packed, word = self._packed[1], self._counts[0].bit_length()
        for at in triples:
            yield packed.field(at, 0, word), self._values[2][packed.field(at, word, _QUANT_BITS)]
