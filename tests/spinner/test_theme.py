"""What a text talks about, and which of two words suits it."""

import gzip
import hashlib
import math
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.errors import UsageError
from cleanse.rules.loader import shipped_folder
from cleanse.spinner.directions import HEADER, LEFT_OUT, table
from cleanse.spinner.model import load_models
from cleanse.spinner.packed import PackedLines, pack
from cleanse.spinner.theme import Theme
from cleanse.spinner.tokens import TokenText
from cleanse.spinner.vectors import STEPS, ZERO, Vector, Vectors
from cleanse.spinner.wording import Guess
from spinner.tables import lexicon, row

MONEY, FARM = 0, 1


def line(word: str, axis: int, tells: int = 9) -> bytes:
    """A word that points along one axis."""
    steps = [0] * STEPS
    steps[axis] = 7
    return f"{word}\t{tells}".encode() + bytes(ZERO + step for step in steps)


LINES = (
    line("bank", MONEY), line("cows", FARM), line("interest", MONEY), line("lift", MONEY), line("rear", FARM),
    line("the", MONEY, 0),
)  # fmt: skip


@pytest.fixture
def vectors(tmp_path: Path) -> Vectors:
    raw = pack(b"\n".join(LINES))
    (tmp_path / "vectors.tsv.gz").write_bytes(raw)
    return Vectors(PackedLines(tmp_path / "vectors.tsv.gz", hashlib.sha256(raw).hexdigest()))


def gains(vectors: Vectors, text: str, *guesses: Guess) -> dict[str, float]:
    """What the words around say of `lift`, where `rear` stands at the third token."""
    theme = Theme(vectors, TokenText(text), guesses)
    return dict(theme.gains(theme.pulls(2, 3), ("rear",), ("lift",)))


def test_the_words_near_pull_towards_what_they_are_about(vectors: Vectors) -> None:
    money, farm = gains(vectors, "The bank rear interest"), gains(vectors, "The cows rear them")
    assert money["suits"] > 5
    assert farm["suits"] < -5
    assert "theme" not in money


def test_a_word_around_counts_as_what_it_may_have_been(vectors: Vectors) -> None:
    assert gains(vectors, "The shore rear it") == {}
    assert gains(vectors, "The shore rear it", Guess(1, 2, ("bank",), 0.9))["suits"] > 5
    doubtful = gains(vectors, "The cows rear it", Guess(1, 2, ("bank",), 0.5))
    assert abs(doubtful["suits"]) < 0.1


def test_the_rest_of_the_text_speaks_apart_from_the_words_near(vectors: Vectors) -> None:
    far = "It may rear . " + "So on and on . " * 3 + "A bank has interest ."
    assert gains(vectors, far)["theme"] > 5
    assert "suits" not in gains(vectors, far)


def test_words_without_a_vector_or_of_everybody_say_nothing(vectors: Vectors) -> None:
    assert gains(vectors, "The the rear the the") == {}
    theme = Theme(vectors, TokenText("The bank rear interest"), ())
    assert dict(theme.gains(theme.pulls(2, 3), ("rear",), ("hoist",))) == {}


def test_nothing_read_is_sent_to_workers(vectors: Vectors) -> None:
    assert vectors.of("bank") is not None
    assert vectors.of("banks") is None
    assert len(pickle.dumps(vectors)) < 500


@given(
    st.lists(st.integers(-7, 7), min_size=STEPS, max_size=STEPS).filter(any),
    st.lists(st.floats(-9, 9), min_size=STEPS, max_size=STEPS),
)
def test_a_part_along_a_vector_is_a_product_by_its_length(steps: list[int], other: list[float]) -> None:
    vector = Vector(bytes(ZERO + step for step in steps), math.hypot(*steps), 1.0)
    wanted = sum(one * two for one, two in zip(steps, other, strict=True)) / math.hypot(*steps)
    assert vector.along(other, sum(other)) == pytest.approx(wanted, abs=1e-6)
    assert vector.added_to([0.0] * STEPS, 2.0) == pytest.approx([2 * step / math.hypot(*steps) for step in steps])


def test_the_table_is_made_from_published_vectors() -> None:
    size = STEPS + LEFT_OUT
    words = [f"{one}{two}" for one in "abcdefghij" for two in "klmnopqrstuvw"]
    wave = {word: [math.sin(1 + at * (number + 1)) for at in range(size)] + [0.0] for number, word in enumerate(words)}
    model = {"dimensions": size, "words": [*words, "x-y"], "vectors": {**wave, "x-y": wave["ak"]}}
    raw = table(model, [lexicon(row("aw", "city"))])
    assert raw == table(model, [lexicon(row("aw", "city"))])
    made = gzip.decompress(raw).decode().splitlines()
    assert made[: len(HEADER)] == list(HEADER)
    assert [line.partition("\t")[0] for line in made[len(HEADER) :]] == sorted(words)
    tells = {line.partition("\t")[0]: int(line.partition("\t")[2][0]) for line in made[len(HEADER) :]}
    assert tells["ak"] == 0
    assert tells["jw"] == 5
    assert {len(line.partition("\t")[2]) for line in made[len(HEADER) :]} == {1 + STEPS}
    with pytest.raises(UsageError, match="not word vectors"):
        table({"words": ["a"]}, [])
    with pytest.raises(UsageError, match="dimensions are needed"):
        table(model | {"dimensions": size - 1}, [])


def test_the_shipped_table_knows_what_banks_do() -> None:
    model = load_models(shipped_folder() / "spinner", ["spinner-a"])["spinner-a"]
    assert model.vectors is not None
    text = TokenText("The central bank stored interest prices on hold to curb inflation")
    theme = Theme(model.vectors, text, ())
    suits = dict(theme.gains(theme.pulls(5, 6), ("prices",), ("rates",)))
    against = dict(theme.gains(theme.pulls(5, 6), ("prices",), ("tariffs",)))
    assert suits["suits"] > against["suits"]
