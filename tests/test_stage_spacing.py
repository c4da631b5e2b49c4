"""White space in its canonical form, and nowhere else."""

import re

import pytest
from hypothesis import given

from helpers import BODY, does, outcome
from strategies import documents, texts

LONG = (
    "The three harbour towns agreed on Tuesday to share one timetable, which their councils had discussed for most "
    "of the last nine years without any result."
)


@pytest.mark.parametrize(
    "marked",
    [
        "The[-\xa0-]{+ +}ferry was late[-\u2003-]{+ +}again.\n",
        "The ferry[-  -]{+ +}was[-\t-]{+ +}late again.\n",
        "The ferry was late.[-  -]\nNobody spoke.\n",
        "The ferry was late.[-\n\n\n\n-]{+\n\n+}Nobody spoke.\n",
        "[-\n\n-]The ferry was late.\n",
        "The ferry was late.{+\n+}",
        "The ferry was late.[-\n\n \n-]{+\n+}",
        f"{LONG}\n{{+\n+}}{LONG}\n",
    ],
)
def test_white_space_that_carries_nothing_goes(marked: str) -> None:
    does("typography", marked)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("The ferry was late. \n\n\nNobody spoke.\n", "The ferry was late.\n\nNobody spoke.\n"),
        ("The ferry was late.\xa0\nNobody spoke.\n", "The ferry was late.\nNobody spoke.\n"),
        ("The ferry was late.\n\n\xa0\n\nNobody spoke.\n", "The ferry was late.\n\nNobody spoke.\n"),
        ("The ferry was late.\n\u3000\nNobody spoke.\n", "The ferry was late.\n\nNobody spoke.\n"),
        ("The ferry was late.\xa0 Nobody spoke.\n", "The ferry was late. Nobody spoke.\n"),
        ("The ferry was late. \xa0 \xa0Nobody spoke.\n", "The ferry was late. Nobody spoke.\n"),
    ],
)
def test_mixed_white_space_is_gone_at_once(text: str, clean: str) -> None:
    assert outcome("typography", text).text == clean


@pytest.mark.parametrize(
    "text",
    [
        "« Non\u202f», dit-elle à 5\xa0km\xa0; 10\u202f000 €.\n",
        "彼は\u3000言った。\n",
        "Town      Boats   Trains\nNorthey      12       30\nSoutham       7       41\n",
        "def total(prices):\n    tax = 0.2\n    return sum(prices) * (1 + tax)\n",
        "| town | boats |\n| --- | --- |\n| Northey | 12 |\n",
        "- bread\n- butter\n  - salted\n  - sweet\n",
        "The gulls are gone,\nThe nets are dry,\nAnd no one asks\nThe harbour why.\n",
        "a\u200db and می‌خواهم\n",
    ],
)
def test_white_space_that_carries_something_stays(text: str) -> None:
    does("typography", text)


@pytest.mark.parametrize(
    "text",
    [
        "int    boats  = 10;\nint    towns  = 3;\nreturn boats   * towns;\n",
        "total = 0     # running total of the boats.\ncount = 10    # number of the boats.\n",
        "Monday     The library is closed.\nTuesday    The library is open.\n",
    ],
)
def test_columns_of_code_and_tables_stay(text: str) -> None:
    does("typography", text)


def _canonical(text: str) -> None:
    assert text == "" or text.endswith("\n")
    assert not re.search(r"\n\s*\n\s*\n", text)
    assert not re.search(r"[ \t\xa0]\n", text)
    assert not text.startswith(("\n", " \n"))
    assert not text.endswith("\n\n")


@given(documents())
def test_articles_come_out_in_canonical_form(text: str) -> None:
    _canonical(outcome("typography", text.replace("\r\n", "\n")).text)


@given(texts)
def test_a_second_pass_moves_nothing(text: str) -> None:
    once = outcome("typography", text).text
    assert outcome("typography", once).text == once


@given(texts)
def test_letters_and_marks_are_never_lost(text: str) -> None:
    text = "é" + text.replace("\x00", "")  # nothing that looks like a mark or like UTF-16
    once = outcome("typography", text).text
    assert re.sub(r"[\s\"“”{}]", "", once) == re.sub(r"[\s\"“”{}]", "", text)


def test_white_space_alone_is_no_text() -> None:
    assert outcome("typography", " \n\t\n").text == ""


def test_prose_in_canonical_form_stays() -> None:
    does("typography", BODY)
