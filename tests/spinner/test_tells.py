"""What tells a spun text: written and read again, and asked first."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.registry import build_stages
from cleanse.rules import load_rules
from cleanse.spinner.gate import Finding
from cleanse.spinner.runs import Words
from cleanse.spinner.screen import Screen
from cleanse.spinner.tells import Tells, parse, read, table
from cleanse.spinner.told import TABLE, Told, tells_of_all
from cleanse.stages.spinner import Family, SpinnerStage
from spinner.tables import lexicon, row

BOOK = load_rules()
SHIPPED = BOOK.lexicons("spinner")
DIGESTS = {name: BOOK.digests[name] for name in SHIPPED}
TELLS = Tells.of(
    {"abode": 1.234, "house": -0.5}, {("calendar", "year"): 2.0}, {("head", "to", "head"): 2, ("a", "b"): 1}
)


def test_the_shipped_tells_follow_from_the_shipped_tables() -> None:
    """`cleanse spinner tells rules/spinner` makes them anew."""
    wanted = gzip.decompress(table(tells_of_all(SHIPPED), DIGESTS))
    assert gzip.decompress((BOOK.spinner / TABLE).read_bytes()) == wanted


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / TABLE
    path.write_bytes(table({"t": TELLS}, {"t": "12"}))
    return path


def test_what_is_written_is_read_again(written: Path) -> None:
    assert parse(read(written.read_bytes(), {"t": "12"})["t"]) == TELLS


@pytest.mark.parametrize("spoilt", [table({"t": TELLS}, {"t": "12"})[:20], b"", b"else"], ids=["cut", "none", "other"])
def test_what_cannot_be_read_is_worked_out(written: Path, spoilt: bytes) -> None:
    written.write_bytes(spoilt)
    assert not read(written.read_bytes(), {"t": "12"})


def test_tells_of_other_tables_are_not_used(written: Path) -> None:
    assert not read(written.read_bytes(), {"t": "13"})
    assert not read(written.read_bytes(), {"t": "12", "u": "1"})
    city = lexicon(row("metropolis", "city", spun_rate="1", original_rate="300", seen="3"))
    assert Told(written.with_name("none"), {"test": "12"}).of(city) == Told().of(city)
    assert Told(written, {"test": "12"}).of(city).words.keys() == {"metropolis", "city"}


TOLD = Told(BOOK.spinner / TABLE, DIGESTS)
FAMILIES = tuple(Family(lexicon, SHIPPED.get(lexicon.extends), TOLD) for lexicon in SHIPPED.values())
SCREEN = Screen(FAMILIES)
FORMS = sorted(
    {
        form
        for family in FAMILIES
        for form in (*family.tells.words, *map(" ".join, (*family.tells.rated, *family.tells.sure)))
    }
)


@given(st.lists(st.sampled_from(FORMS), min_size=1, max_size=30), st.integers(0, 60))
def test_a_family_that_is_not_asked_would_call_the_text_clean(forms: list[str], others: int) -> None:
    text = " ".join([*forms, *["word"] * others])
    words = Words(text)
    asked = dict(SCREEN.passed(words))
    for number, family in enumerate(FAMILIES):
        score = family.score(text, words)
        if number in asked:
            assert family.score(text, words, asked[number]) == score
        else:
            assert score.finding is Finding.CLEAN


def test_a_genuine_text_is_settled_without_a_score() -> None:
    (stage,) = build_stages(("spinner",), BOOK)
    assert isinstance(stage, SpinnerStage)
    text = "The man said that the house by the river was sold last year, and that nobody knew who had bought it. " * 9
    assert not list(stage.screen.passed(Words(text)))
    assert stage.judge(text)[1].finding is Finding.CLEAN
