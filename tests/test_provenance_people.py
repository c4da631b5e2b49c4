"""Names are read whole, as written, or not at all."""

import pytest
from hypothesis import given

from cleanse.provenance.people import read_people
from strategies import texts

People = list[tuple[str, str | None]]


def people(text: str) -> People:
    readings = read_people(text)
    assert all(text[r.start : r.end] == r.value for r in readings)
    return [(r.value, r.attributes.get("location")) for r in readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Martha Ellison", [("Martha Ellison", None)]),
        ("Martha Ellison and Ravi Prakash", [("Martha Ellison", None), ("Ravi Prakash", None)]),
        ("A. B. Carter, Li Wei and Ravi Prakash", [("A. B. Carter", None), ("Li Wei", None), ("Ravi Prakash", None)]),
        ("Ann Porter & Bo Chen", [("Ann Porter", None), ("Bo Chen", None)]),
        ("Ann Porter in Porto", [("Ann Porter", "Porto")]),
        ("Ann Porter in Porto and Bo Chen in New York", [("Ann Porter", "Porto"), ("Bo Chen", "New York")]),
        ("Ann and Bo reported from Lisbon, Portugal", [("Ann", "Lisbon, Portugal"), ("Bo", "Lisbon, Portugal")]),
        ("Zoë O’Brien-Núñez", [("Zoë O’Brien-Núñez", None)]),
        ("Ludwig van der Berg", [("Ludwig van der Berg", None)]),
        ("Мария Иванова", [("Мария Иванова", None)]),
        ("Jean-Luc d'Arcy", [("Jean-Luc d'Arcy", None)]),
    ],
)
def test_names_and_their_places(text: str, expected: People) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "the sea",
        "Monday",
        "Early May",
        "Martha Ellison wrote this",
        "Martha Ellison and",
        "Martha Ellison, 42",
        "The Harbour",
        "his own account",
        "#tag",
    ],
)
def test_what_is_no_list_of_names_gives_nothing(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "partial"),
    [
        ("Reuters", "org", None),
        ("The Associated Press", "org", None),
        ("Harbour Post Staff", "org", None),
        ("Martha Ellison", "person", None),
        ("Martha", "person", "yes"),
    ],
)
def test_people_and_desks_are_told_apart(text: str, kind: str, partial: str | None) -> None:
    (reading,) = read_people(text)
    assert (reading.attributes["kind"], reading.attributes.get("partial")) == (kind, partial)


@given(texts)
def test_any_text_is_a_list_of_names_or_nothing(text: str) -> None:
    people(text)
