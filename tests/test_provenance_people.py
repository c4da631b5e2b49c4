"""Names are read whole, as written, or not at all."""

import pytest
from hypothesis import given

from cleanse.provenance.candidates import NO_PEOPLE
from cleanse.provenance.people import read_people
from strategies import texts

People = list[tuple[str, str | None]]


def people(text: str) -> People:
    found = read_people(text)
    assert all(" ".join(text[r.start : r.end].split()).casefold() == r.value.casefold() for r in found)
    readings = [r for r in found if r.attributes["kind"] not in NO_PEOPLE]
    return [(r.value, r.attributes.get("location")) for r in readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Martha Ellison", [("Martha Ellison", None)]),
        ("김민수", [("김민수", None)]),
        ("أحمد سالم", [("أحمد سالم", None)]),
        ("अनिल वर्मा", [("अनिल वर्मा", None)]),
        ("अनिल", []),
        ("김민수, 박지은", [("김민수", None), ("박지은", None)]),
        ("Martha Ellison and Ravi Prakash", [("Martha Ellison", None), ("Ravi Prakash", None)]),
        ("A. B. Carter, Li Wei and Ravi Prakash", [("A. B. Carter", None), ("Li Wei", None), ("Ravi Prakash", None)]),
        ("Ann Porter & Bo Chen", [("Ann Porter", None), ("Bo Chen", None)]),
        ("Katrin Vogt und Jan Roe", [("Katrin Vogt", None), ("Jan Roe", None)]),
        ("Jeanne Roe et Luc Doe", [("Jeanne Roe", None), ("Luc Doe", None)]),
        ("Marina Teles e Rui Costa", [("Marina Teles", None), ("Rui Costa", None)]),
        ("Ann Porter in Porto", [("Ann Porter", "Porto")]),
        ("Ann Porter, New Delhi", [("Ann Porter", "New Delhi")]),
        ("Ann Porter and Bo Chen, London", [("Ann Porter", None), ("Bo Chen", "London")]),
        ("李晓红、王小明", [("李晓红", None), ("王小明", None)]),
        ("Ann Porter in Porto and Bo Chen in New York", [("Ann Porter", "Porto"), ("Bo Chen", "New York")]),
        ("Ann and Bo reported from Lisbon, Portugal", [("Ann", "Lisbon, Portugal"), ("Bo", "Lisbon, Portugal")]),
        ("Zoë O’Brien-Núñez", [("Zoë O’Brien-Núñez", None)]),
        ("Ludwig van der Berg", [("Ludwig van der Berg", None)]),
        ("Мария Иванова", [("Мария Иванова", None)]),
        ("Jean-Luc d'Arcy", [("Jean-Luc d'Arcy", None)]),
        ("ANN O'MARA AND JEAN-LUC DE LA CRUZ", [("Ann O'Mara", None), ("Jean-Luc de la Cruz", None)]),
        ("A.J. MCKAY", [("A.J. McKay", None)]),
        ("Ann Porter, Staff Writer", [("Ann Porter", None)]),
        ("Ann Porter\nAssociated Press", [("Ann Porter", None)]),
        ("Ann Porter, Ph.D.", [("Ann Porter", None)]),
        ("Ann Porter in Porto and agencies", [("Ann Porter", "Porto")]),
        ("Ann Porter in Boise, Idaho", [("Ann Porter", "Boise, Idaho")]),
        (
            "Ann Porter in Lima, Peru, and Bo Chen in St. Louis, Mo.",
            [("Ann Porter", "Lima, Peru"), ("Bo Chen", "St. Louis, Mo.")],
        ),
        ("Ann Porter contributed reporting from Porto", [("Ann Porter", "Porto")]),
    ],
)
def test_names_and_their_places(text: str, expected: People) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "FOLLOW US ON TWITTER",
        "Case Study",
        "Juan Costa en Nueva York",  # Dutch would have two people here, Spanish one and where he is
        "José Ortega y Gasset",  # one name or two people, nobody knows
        "Της Μαρίας Παπαδοπούλου",
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


def test_letters_behind_a_name_are_no_second_person() -> None:
    (reading,) = read_people("Ann Porter, MBBS, FRCGP")
    assert reading.attributes["role"] == "MBBS, FRCGP"


def test_a_role_is_kept_with_the_name() -> None:
    (reading,) = read_people("Ann Porter, Chief Political Correspondent")
    assert reading.attributes["role"] == "Chief Political Correspondent"


def test_a_shared_place_has_the_whole_clause_for_evidence() -> None:
    text = "Ann and Bo reported from Lisbon"
    clauses = [r for r in read_people(text) if r.attributes["kind"] == "clause"]
    assert [(r.start, r.end) for r in clauses] == [(0, len(text))]


@given(texts)
def test_any_text_is_a_list_of_names_or_nothing(text: str) -> None:
    people(text)
