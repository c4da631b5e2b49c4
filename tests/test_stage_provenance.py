"""What the document says of itself moves into the record; what only looks like it stays."""

import pytest

import cleanse
from cleanse.provenance.record import Dateline, Person
from helpers import BODY, does, outcome

TITLE = "Harbour towns agree on a common timetable\n\n"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("By Martha Ellison", "authors", (Person("Martha Ellison"),)),
        ("By A. J. Carter", "authors", (Person("A. J. Carter"),)),
        ("By Martha Ellison and Ravi Prakash", "authors", (Person("Martha Ellison"), Person("Ravi Prakash"))),
        ("By\nMartha Ellison in Porto", "authors", (Person("Martha Ellison", location="Porto"),)),
        ("March 4, 2021", "date_published", "2021-03-04"),
        ("Published on March 4, 2021 at 7:42 am ET", "date_published", "2021-03-04T07:42:00-05:00"),
        ("Ann Porter/Getty Images", "image_credits", ("Ann Porter/Getty Images",)),
    ],
)
def test_head_lines_move_into_the_record(line: str, field: str, value: object) -> None:
    does("provenance", f"{TITLE}[-{line}\n-]\n{BODY}")
    assert getattr(outcome("provenance", f"{TITLE}{line}\n\n{BODY}").provenance, field) == value


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("© 2021 The Harbour Post. All rights reserved.", "copyright_year", 2021),
        ("Copyright 2021 Harbour Post", "copyright_holder", "Harbour Post"),
        ("Ann Porter contributed to this report.", "contributors", (Person("Ann Porter"),)),
        ("Source: https://www.example.org/ferries/", "url", "https://www.example.org/ferries/"),
    ],
)
def test_tail_lines_move_into_the_record(line: str, field: str, value: object) -> None:
    does("provenance", f"{TITLE}{BODY}\n[-{line}-]")
    assert getattr(outcome("provenance", f"{TITLE}{BODY}\n{line}").provenance, field) == value


DATED = f"LISBON, Portugal — {BODY}"
LISBON = Dateline(("Lisbon, Portugal",), "LISBON, Portugal")


def test_a_dateline_below_a_byline_moves_with_it_and_leaves_its_paragraph() -> None:
    does("provenance", f"{TITLE}[-By Martha Ellison\n-]\n[-LISBON, Portugal — -]{BODY}")
    assert outcome("provenance", f"{TITLE}By Martha Ellison\n\n{DATED}").provenance.dateline == LISBON


@pytest.mark.parametrize("tail", ["", "\n© 2021 The Harbour Post. All rights reserved."])
def test_a_dateline_below_nothing_of_a_page_is_read_and_stays(tail: str) -> None:
    result = outcome("provenance", f"{TITLE}{DATED}{tail}")
    assert DATED in result.text
    assert result.provenance.dateline == LISBON
    (evidence,) = (item for item in result.provenance.evidence if item.field == "dateline")
    assert evidence.exact == "LISBON, Portugal"


def test_a_dateline_moves_out_of_a_text_that_came_with_furniture() -> None:
    whole = cleanse.clean(f"Skip to main content\n\n{TITLE}{DATED}")
    assert whole.provenance.dateline == LISBON
    assert whole.text == f"{TITLE}{BODY}"
    assert whole.ledger.facts["furniture"] == 1


def test_headline_and_standfirst_are_claims_and_stay() -> None:
    standfirst = "Three towns on the coast want ferries that wait for one another"
    result = outcome("provenance", f"{TITLE}{standfirst}\n\n{BODY}")
    assert result.changes == ()
    assert (result.provenance.title, result.provenance.subtitle) == (TITLE.strip(), standfirst)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the talks had ended.",
        "By the sea, in the north of the country, people waited.",
        "March 4, 2021 was a Thursday.",
        "February 30, 2021",
        "Friday, March 4, 2021",
        "NATO — The alliance met on Monday.",
        "Copyright law changed in 2021, and nobody knew.",
        "Source: the harbour master, who knows.",
        "The picture was bought from Getty Images.",
    ],
)
def test_lines_that_only_begin_alike_stay(line: str) -> None:
    does("provenance", f"{TITLE}{line}\n\n{BODY}")


@pytest.mark.parametrize("line", ["By Martha Ellison", "March 4, 2021", "LISBON — The ferry was late."])
def test_nothing_moves_from_the_middle_of_a_text(line: str) -> None:
    does("provenance", f"{TITLE}{BODY}\n{line}\n\n{BODY}")


@pytest.mark.parametrize("label", ["Released: ", "Published ", ""])
def test_the_releases_of_a_list_of_changes_keep_their_days(label: str) -> None:
    releases = [("1.2", "2022-12-01"), ("1.1", "2021-03-22"), ("1.0", "2018-04-23")]
    text = "".join(f"Version {number}\n{label}{day}\n\n - a boat (Martha Ellison)\n\n" for number, day in releases)
    found = outcome("provenance", f"{text}{BODY}")
    assert not found.changes
    assert found.provenance.date_published is None


@pytest.mark.parametrize("headline", ["By Design", "By Popular Demand", "By Any Other Name"])
def test_a_headline_that_begins_with_by_stays(headline: str) -> None:
    does("provenance", f"{headline}\n\n{BODY}")


@pytest.mark.parametrize("line", ["CHAPTER ONE — The boy", "PART TWO — The Return"])
def test_headings_of_chapters_are_no_datelines(line: str) -> None:
    does("provenance", f"{line}\n\n{BODY}")


@pytest.mark.parametrize("text", ["By Martha Ellison\n", "March 4, 2021\n", "© 2021 The Harbour Post.\n"])
def test_a_text_that_is_nothing_else_keeps_its_lines(text: str) -> None:
    does("provenance", text)


def test_the_language_is_a_fact() -> None:
    assert outcome("provenance", BODY).ledger.facts["language"] == "en"


@pytest.mark.parametrize(
    "passage",
    [
        "These tables are made available under the Apache License, Version 2.0. For more\ninformation ask us.",
        "Licensed under the Apache License, Version 2.0 (the “License”);\n\nyou may not use these tables at sea.",
        "The tables of the harbour are distributed under the terms of the MIT license and\nunder no other terms.",
        "Ask for what is said in the office of the\nlicense: Creative Commons Attribution 4.0",
    ],
)
def test_half_a_sentence_is_no_line_of_a_rule(passage: str) -> None:
    does("provenance", f"{TITLE}{BODY}\n{passage}\n")
