"""Datelines give places for reading, and stay as they were written."""

import pytest

from cleanse.provenance.places import SEPARATOR, read_dateline


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("LONDON", ["London"]),
        ("MOSCOW and BEIJING", ["Moscow", "Beijing"]),
        ("MOSCOW/KYIV (Reuters)", ["Moscow", "Kyiv"]),
        ("KYIV, Ukraine (AP)", ["Kyiv, Ukraine"]),
        ("WASHINGTON, March 4 (Reuters)", ["Washington"]),
        ("BEIRUT, Lebanon, June 2", ["Beirut, Lebanon"]),
        ("GENEVA, 4 March 2021", ["Geneva"]),
        ("SAN FRANCISCO, March 4, 2021 /PRNewswire/", ["San Francisco"]),
        ("RIO DE JANEIRO", ["Rio de Janeiro"]),
        ("PORT-AU-PRINCE, Haiti", ["Port-au-Prince, Haiti"]),
        ("XI'AN", ["Xi'an"]),
        ("NEW YORK, NY", ["New York, NY"]),
        ("Boston, MA", ["Boston, MA"]),
        ("ST. LOUIS", ["St. Louis"]),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    (reading,) = read_dateline(f" {text} ")
    assert reading.value.split(SEPARATOR) == places
    assert reading.attributes["raw"] == text
    assert (reading.start, reading.end) == (1, 1 + len(text))


@pytest.mark.parametrize("text", ["", "  ", "(AP)"])
def test_what_names_no_place_gives_nothing(text: str) -> None:
    assert read_dateline(text) == []
