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


@pytest.mark.parametrize(
    "text",
    [
        "1.\tThis is a claim for an injunction.\n",
        "3.  The pie is to report to me.\n",
        "§ 31.1   Scope.\n",
        "GRICE.               Nay, I wake.\n",
        "OPTIONS\n       -c     Print only a count.\n",
        "1841     Railway opens.\n14 Aug. 1870   Railway closes.\nSummer 1871   Mill closes.\n1926     Last barge.\n",
        "Press +       The time goes up.\nPress and hold the key    the time changes quickly.\n",
        'P. D. Quayle         | "Hot glass looks cold."\npdq@cs.example.ac.uk |  Same for steel.      My views.\n',
        "国　名　　　人口　　　首都\n日　本　　　一億　　　東京\n",
        "阅十余岁（　　）\n",
        "1877　　312　　　205　　　88\n",
    ],
)
def test_rows_labels_and_indented_lines_keep_their_runs(text: str) -> None:
    does("typography", text)


@pytest.mark.parametrize(
    "marked",
    [
        "The ferry was late.[-  -]Nobody on the quay[-  -]spoke.\n",
        "Wind and[-  -]a[-  -]wind that cannot make up its mind.\n",
        "The council wrote to us[-    -]again in May.\n",
        "a stray[-\u3000-]{+ +}space between words\n".replace("[-  -]", "[-  -]{+ +}"),
    ],
)
def test_runs_inside_a_sentence_go(marked: str) -> None:
    does("typography", marked.replace("  -]", "  -]{+ +}"))


@pytest.mark.parametrize(
    "text",
    [
        "Bylo to v\xa0Žitné ulici, řekl pán a\xa0stiskl knoflík.\n",
        "Der Verein führt den Zusatz „e.\u202fV.“ im Namen.\n",
        "Er kam am 3.\xa0Mai mit M.\xa0Dupont und Karl\xa0Marx.\n",
    ],
)
def test_no_break_spaces_of_a_typesetter_stay(text: str) -> None:
    does("typography", text)


def test_no_break_spaces_strewn_anywhere_go_all() -> None:
    does("typography", "Wipe[-\xa0-]{+ +}the blade[-\xa0-]{+ +}after use and it[-\xa0-]{+ +}will outlive you.\n")


def test_latex_keeps_its_layout() -> None:
    source = f"{LONG}\n\\begin{{equation}}\n  h(0)  =  h_0 .\n\\end{{equation}}\n{LONG}\n"
    does("typography", source)
    does("structure", source)


def test_no_blank_line_comes_into_a_sentence() -> None:
    half = LONG.rstrip(".")
    does("typography", f"{half}\nand nobody asked why; {half}.\n{{+\n+}}{LONG}\n{{+\n+}}{LONG}\n")


def test_a_mark_stays_with_the_item_on_the_next_line() -> None:
    does("typography", f"{LONG}\n{{+\n+}}{LONG}\n{{+\n+}}{LONG}\n{{+\n+}}-\n{LONG}\n{{+\n+}}-\n{LONG}\n")


def test_lines_beside_a_sentence_that_runs_over_three_are_not_set_apart() -> None:
    """Apart from the others it would be a wrapped paragraph in the next run."""
    broken = (
        "The boats are old, the quay is older and it gets even\n"
        "older below. What makes it last so long is the way it\n"
        "was built:"
    )
    does("typography", f"{LONG}\n{LONG}\n{broken}\n{LONG}\n{LONG}\n")


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
