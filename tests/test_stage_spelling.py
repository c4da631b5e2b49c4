"""Likely typing errors are shown, never applied."""

import pytest
from hypothesis import given

from helpers import BODY, does, outcome, shows
from strategies import documents


@pytest.mark.parametrize(
    "marked",
    [
        "The [-govenrment-]{+government+} fell, and nobody on the quay was surprised.",
        "It was the most [-beatuiful-]{+beautiful+} boat in the harbour, she said.",
    ],
)
def test_a_likely_error_is_shown(marked: str) -> None:
    shows("spelling", marked)


@pytest.mark.parametrize(
    "text",
    [
        "The govenrment fell and the govenrment rose again in the town.",
        "Le gouvernmeent du port a decide de fermer le pont pour deux hivers.",
        "The colour of the theatre was grey, and so was the harbour.",
        "Mr Govenrment went home to the sea.",
        "See example.com/govenrment and #govenrment for it.",
        "",
    ],
)
def test_repeated_foreign_capitalised_and_technical_words_are_not(text: str) -> None:
    assert outcome("spelling", text).ledger.records == ()


@given(documents())
def test_nothing_is_ever_changed(text: str) -> None:
    assert outcome("spelling", text).text == text


def test_good_prose_shows_nothing() -> None:
    does("spelling", BODY)
    assert outcome("spelling", BODY).ledger.records == ()
