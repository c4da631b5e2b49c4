"""Section 5 of the reference: every span and value of the five seeds, as a person read them."""

from functools import cache
from pathlib import Path

import pytest

from cleanse.model import Document
from cleanse.provenance.record import Dateline, Organisation, Person, Provenance
from helpers import default

SEEDS = Path(__file__).parent.parent / "seeds"
SPANS = [
    ("000", "title", 0, 68),
    ("000", "contributors", 7209, 7224),
    ("001", "title", 116, 190),
    ("001", "authors", 195, 208),
    ("001", "date_published", 209, 227),
    ("001", "url", 8443, 8529),
    ("001", "copyright_year", 8545, 8549),
    ("001", "copyright_holder", 8551, 8563),
    ("001", "copyright_notice", 8531, 8678),
    ("001", "usage_terms", 8564, 8628),
    ("001", "publisher", 8551, 8563),
    ("001", "publisher", 97, 114),
    ("001", "republisher", 8689, 8707),
    ("002", "title", 0, 101),
    ("002", "authors", 222, 232),
    ("002", "authors", 250, 266),
    ("002", "date_published", 277, 302),
    ("003", "title", 66, 138),
    ("003", "date_page", 36, 60),
    ("003", "authors", 8565, 8604),
    ("003", "contributors", 8606, 8614),
    ("003", "contributors", 8628, 8646),
    ("004", "image_credits", 0, 24),
    ("004", "dateline", 25, 43),
    ("004", "authors", 7838, 7852),
    ("004", "authors", 7875, 7887),
]
VALUES = [
    ("000", "title", "China’s Xi Jinping and Russia’s Vladimir Putin showcase growing ties"),
    ("000", "authors", ()),
    ("000", "contributors", (Person("Charles Hutzler"),)),
    ("000", "date_published", None),
    ("000", "publisher", None),
    ("001", "title", "What We Know About The Russia-China Partnership After The Xi-Putin Meeting"),
    ("001", "authors", (Person("Reid Standish"),)),
    ("001", "date_published", "2022-09-15"),
    ("001", "date_precision", "day"),
    ("001", "url", "https://www.rferl.org/a/what-we-know-about-the-russia-china-partnership/32035626.html"),
    ("001", "url_raw", "https://www.rferl.org/a/what-we-know-about-the- russia-china-partnership/32035626.html"),
    ("001", "copyright_year", 2022),
    ("001", "copyright_holder", "RFE/RL, Inc."),
    ("001", "usage_terms", "Reprinted with the permission of Radio Free Europe/Radio Liberty"),
    ("001", "publisher", Organisation("RFE/RL", "rferl.org")),
    ("001", "republisher", Organisation("GlobalSecurity.org", "globalsecurity.org")),
    ("001", "derivation", "syndicated"),
    ("002", "authors", (Person("Keith Zhai", location="Singapore"), Person("Evan Gershkovich", location="Moscow"))),
    ("002", "date_published", "2022-09-13T07:42:00-04:00"),
    ("002", "date_precision", "minute"),
    ("002", "publisher", None),
    ("003", "date_page", "2024-06-19"),
    ("003", "date_published", None),
    (
        "003",
        "authors",
        tuple(Person(name, location="Taipei, Taiwan", name_is_partial=True) for name in ("Lee", "Wu")),
    ),
    (
        "003",
        "contributors",
        (Person("Lyric Li", location="Seoul"), Person("Natalia Abbakumova", location="Riga, Latvia")),
    ),
    ("004", "image_credits", ("Contributor/Getty Photos",)),
    ("004", "dateline", Dateline(("Moscow", "Beijing"), "MOSCOW and BEIJING")),
    ("004", "authors", (Person("Charles Maynes", location="Moscow"), Person("John Ruwitch", location="Beijing"))),
    ("004", "publisher", None),
    ("004", "derivation", "machine-paraphrased"),
]


@cache
def record(seed: str) -> Provenance:
    (path,) = SEEDS.glob(f"{seed}_*.txt")
    return default().run(Document(path.name, path.read_bytes(), path.name)).provenance


@pytest.mark.parametrize(("seed", "field", "start", "end"), SPANS)
def test_spans(seed: str, field: str, start: int, end: int) -> None:
    assert (start, end) in [(e.start, e.end) for e in record(seed).evidence if e.field == field]


@pytest.mark.parametrize(("seed", "field", "value"), VALUES)
def test_values(seed: str, field: str, value: object) -> None:
    assert getattr(record(seed), field) == value


@pytest.mark.parametrize(
    ("seed", "field", "reason"),
    [
        ("000", "date_published", "not-found"),
        ("000", "authors", "not-found"),
        ("000", "publisher", "not-found"),
        ("003", "date_published", "page-date-only"),
        ("004", "date_published", "not-found"),
    ],
)
def test_reasons(seed: str, field: str, reason: str) -> None:
    assert [m.reason for m in record(seed).missing if m.field == field] == [reason]


@pytest.mark.parametrize(
    ("seed", "value", "spans"), [("002", "Journal", [(4385, 4409)]), ("004", "NPR", [(4920, 4932), (5447, 5459)])]
)
def test_hints_at_the_publisher_are_alternatives_only(seed: str, value: str, spans: list[tuple[int, int]]) -> None:
    hints = [a for a in record(seed).alternatives if a.field == "publisher"]
    assert [(a.value, a.start, a.end) for a in hints] == [(value, *span) for span in spans]


def test_the_url_was_joined_by_a_rule() -> None:
    assert record("001").url_raw != record("001").url
