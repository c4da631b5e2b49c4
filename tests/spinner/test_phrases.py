"""Making the table of counted phrases from a language model in the format of PocketSphinx."""

import gzip
import hashlib
import math
import struct
from pathlib import Path

import pytest

from cleanse.errors import UsageError
from cleanse.spinner.ngrams import NGrams
from cleanse.spinner.packed import PackedLines
from cleanse.spinner.phrases import HEADER, named, table
from cleanse.spinner.trie import Trie
from spinner.tables import lexicon, row

NAT = math.log(1.0001)
WORDS = ["</s>", "<s>", "a", "a's", "ago", "month", "year"]
OWN = [2.0, 2.0, 3.0, 9.0, 7.0, 7.0, 6.0]
# By last word: the words before it with likelihood and back-off; by these: the words before, with likelihood.
PAIRS: dict[str, dict[str, tuple[float, float, dict[str, float]]]] = {
    "ago": {"year": (2.0, 0.5, {"a": 1.0}), "month": (4.0, 0.25, {})},
    "year": {"a": (3.0, 1.0, {}), "a's": (1.0, 0.0, {})},
    "month": {"a": (3.5, 0.0, {})},
}


def packed(rows: list[list[tuple[int, int]]]) -> bytes:
    """Fields of (value, bits), the lowest bits first, without gaps; eight spare bytes."""
    total = at = 0
    for fields in rows:
        for value, bits in fields:
            total |= value << at
            at += bits
    width = sum(bits for _, bits in rows[0])
    return total.to_bytes(((1 + len(rows)) * width + 7) // 8 + 8, "little")


def model() -> bytes:
    """The same as PocketSphinx writes it."""
    counts = len(WORDS), sum(map(len, PAIRS.values())), 1
    word, pointer = counts[0].bit_length(), counts[2].bit_length()
    values: list[list[float]] = [[], [], []]

    def bin_of(table: int, nats: float) -> int:
        values[table].append(-nats / NAT)
        return len(values[table]) - 1

    unigrams, pairs, triples = b"", list[list[tuple[int, int]]](), list[list[tuple[int, int]]]()
    for at, last in enumerate(WORDS):
        unigrams += struct.pack("<ffI", -OWN[at] / NAT, 0.0, len(pairs))
        for before, (nats, backoff, firsts) in sorted(PAIRS.get(last, {}).items()):
            fields = (WORDS.index(before), word), (bin_of(1, backoff), 16), (bin_of(0, nats), 16)
            pairs.append([*fields, (len(triples), pointer)])
            triples += [[(WORDS.index(first), word), (bin_of(2, n), 16)] for first, n in firsts.items()]
    unigrams += struct.pack("<ffI", 0.0, 0.0, len(pairs))
    end = [(0, word), (0, 16), (0, 16), (len(triples), pointer)]
    size = ((1 + len(pairs)) * (word + 32 + pointer) + 7) // 8 + 8
    tables = b"".join(struct.pack("<65536f", *found, *[0.0] * (65536 - len(found))) for found in values)
    raw = b"Trie Language Model\x03" + struct.pack("<3I", *counts) + bytes(4) + tables + unigrams
    raw += packed([*pairs, end])[:size] + packed(triples)
    return raw + bytes(4) + b"".join(name.encode() + b"\0" for name in WORDS)


def test_a_model_is_read_as_it_was_written() -> None:
    trie = Trie(model())
    assert trie.words == WORDS
    assert trie.own() == pytest.approx(OWN, abs=1e-3)
    found: dict[str, dict[str, object]] = {}
    for first, second, nats, backoff, behind in trie.pairs():
        firsts = {trie.words[number]: pytest.approx(n, abs=1e-3) for number, n in trie.before(behind)}
        pair = pytest.approx(nats, abs=1e-3), pytest.approx(backoff, abs=1e-3), firsts
        found.setdefault(trie.words[second], {})[trie.words[first]] = pair
    assert found == PAIRS


def test_another_file_is_refused() -> None:
    with pytest.raises(UsageError, match="not a PocketSphinx language model"):
        Trie(b"Trie Language Model\x02")


def made(tmp_path: Path, *rows: dict[str, str], least: float = 0.0) -> NGrams:
    raw = table(Trie(model()), [lexicon(*rows)], least)
    assert raw == table(Trie(model()), [lexicon(*rows)], least)
    assert gzip.decompress(raw).decode().startswith("\n".join(HEADER))
    (tmp_path / "ngrams.tsv.gz").write_bytes(raw)
    return NGrams(PackedLines(tmp_path / "ngrams.tsv.gz", hashlib.sha256(raw).hexdigest()))


def test_the_words_of_forms_and_originals_are_named() -> None:
    assert named([lexicon(row("12 months", "year", others="calendar year"))]) == {
        "twelve",
        "months",
        "year",
        "calendar",
    }


def test_phrases_without_a_named_word_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanse.spinner.phrases._EMPTY_WORDS", 3)
    ngrams = made(tmp_path, row("12 months", "year"))
    assert ngrams.knows("year")
    assert not ngrams.knows("a's")
    assert not ngrams.knows("month")
    assert ngrams.nats("ago", ("year",)) == 2.0
    assert ngrams.nats("ago", ("a", "year")) == 1.0


def test_what_is_left_out_is_given_by_the_rest(tmp_path: Path) -> None:
    """The words behind a history and all others through the back-off have a probability of one together."""
    ngrams = made(tmp_path, row("month", "year"))
    named_there = {"ago": 2.0}
    rest = 1 - sum(math.exp(-own) for own in (7.0,))
    backoff = ngrams.nats("month", ("year",)) - 7.0
    assert sum(math.exp(-nats) for nats in named_there.values()) + rest * math.exp(-backoff) == pytest.approx(
        1, abs=0.3
    )
    assert made(tmp_path, row("month", "year"), least=1.0).knows("year")
    assert not made(tmp_path, row("month", "year"), least=1.0).knows("ago")
