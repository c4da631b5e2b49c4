"""Scanning: both engines find what a naive search finds, and folding keeps every place."""

import pickle
import sys

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleanse.scanning import Scanner, fold, trie

LETTERS = st.text("abß -ж#", min_size=1, max_size=4)


@pytest.mark.parametrize("fast", [True, False])
@given(literals=st.sets(LETTERS, max_size=8), text=st.text("abß -ж#", max_size=40))
def test_every_occurrence_is_found(*, fast: bool, literals: set[str], text: str) -> None:
    known = sorted(literals)
    wanted = {
        (number, at, at + len(literal))
        for number, literal in enumerate(known)
        for at in range(len(text))
        if text.startswith(literal, at)
    }
    found = list(Scanner(known, fast=fast).scan(text))
    assert set(found) == wanted
    assert len(found) == len(wanted)


def test_a_scanner_travels_to_workers() -> None:
    scanner = Scanner(("ab", "b"))
    assert list(scanner.scan("xab")) == list(pickle.loads(pickle.dumps(scanner)).scan("xab"))  # noqa: S301 - our own


def test_a_trie_takes_the_longest() -> None:
    assert regex.fullmatch(trie(["a", "abc", "x.y"]), "abc")
    assert regex.findall(trie(["a", "abc"]), "abd abc") == ["a", "abc"]
    assert regex.fullmatch(trie(["a", "abc", "x.y"]), "xzy") is None


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_whatever_matches_without_regard_to_case_is_equal_when_folded() -> None:
    letters = [c for c in map(chr, range(sys.maxunicode + 1)) if c.lower() != c or c.upper() != c]
    everything = "".join(letters)
    assert len(fold(everything)) == len(everything)
    for letter in letters:
        alike = regex.findall(f"(?i){regex.escape(letter)}", everything)
        assert {fold(other) for other in alike} == {fold(letter)}, letter
