"""Entities become characters where that is harmless."""

import pytest
from hypothesis import given

from helpers import clean, does, outcome, shows
from strategies import texts


@pytest.mark.parametrize(
    "marked",
    [
        "Salt [-&amp;-]{+&+} pepper",
        "It[-&#8217;-]{+’+}s [-&ldquo;-]{+“+}new[-&rdquo;-]{+”+}",
        "5[-&nbsp;-]{+\xa0+}km and [-&#x20AC;-]{+€+} 3",
        "[-&hellip;-]{+…+}and[-&mdash;-]{+—+}then",
        "[-&eacute;-]{+é+}t[-&Eacute;-]{+É+}",
    ],
)
def test_leaked_entities_are_read(marked: str) -> None:
    does("residue", marked)


@pytest.mark.parametrize(
    "text",
    [
        "&lt;b&gt; stays",
        "&#60;script&#62;",
        "&amp;lt; stays since it would become an entity",
        "&amp;amp; too",
        "&#38;lt; too",
        "AT&T; and R&D; and Q&A;",
        "?a=1&copy=2&reg=3",
        "&nosuchname; and &;",
        "&lt;&gt; and &#0;",
        "fish & chips",
    ],
)
def test_others_stay(text: str) -> None:
    does("residue", text)


@pytest.mark.parametrize(
    "marked",
    [
        "In HTML, write [-&eacute;-]{+é+} for the letter.",
        "The ampersand is written [-&amp;-]{+&+} there.",
        "The entity [-&nbsp;-]{+\xa0+} is a space.",
    ],
)
def test_lines_about_markup_are_only_shown(marked: str) -> None:
    shows("residue", marked)


def test_a_line_about_markup_does_not_shield_the_next() -> None:
    does("residue", "In HTML it is so.\nSalt [-&amp;-]{+&+} pepper")


@given(texts)
def test_a_second_pass_finds_nothing(text: str) -> None:
    once = outcome("residue", text).text
    assert outcome("residue", once).text == once


@given(texts)
def test_no_live_markup_appears(text: str) -> None:
    once = outcome("residue", text).text
    assert once.count("<") == text.count("<")
    assert once.count(">") == text.count(">")


def test_two_entities_do_not_make_a_third() -> None:
    once = outcome("residue", "&am&#112;; so").text
    assert outcome("residue", once).text == once


def test_a_carriage_return_written_as_an_entity_does_not_enter_the_text() -> None:
    assert "\r" not in outcome("residue", "One.&#13;\nTwo.&#xD;\nThree.").text


@pytest.mark.parametrize(
    "marked",
    [
        "one[-\x00-] and[-\x07\x08-] two",
        "a [-\x1b[31m-]red[-\x1b[0m-] word",
        "One, [-\ufeff-]two, in[-\u200b-]side",
    ],
)
def test_what_carries_no_text_goes(marked: str) -> None:
    does("residue", marked)


def test_a_mark_behind_a_control_character_is_composed_at_once() -> None:
    assert clean("caf e\x00\u0301 end").text == "caf é end\n"
