"""Nothing invisible, and nothing that acts on a terminal, reaches a reader."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.visible import visible
from strategies import texts


@given(st.one_of(texts, st.text(max_size=40)))
def test_nothing_that_acts_or_hides_is_left(text: str) -> None:
    shown = visible(text)
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")}
    assert left <= {"\u200c", "\u200d"}
    assert "\n" not in shown


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "M"]), max_size=40))
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a⏎b⇥c"),
        ("\u202eevil", "<U+202E>evil"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("a\xa0b", "a<U+00A0>b"),
        ("\r", "<U+000D>"),
        ("\ud800", "<U+D800>"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("\U000e0041", "<U+E0041>"),
    ],
)
def test_labels(text: str, shown: str) -> None:
    assert visible(text) == shown
