"""Languages are named only where the text says enough, and always the same way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse.language import english_share, is_foreign, language_of, script_of
from helpers import BODY
from strategies import texts

GERMAN = (
    "Der Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen, nachdem die Räte neun Jahre lang darüber "
    "gestritten hatten. Niemand am Kai schien überrascht zu sein, denn die Fähren sind immer zu spät gekommen, und "
    "die Züge sind immer pünktlich abgefahren."
)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ferry", "Latin"),
        ("Zoë", "Latin"),
        ("паром", "Cyrillic"),
        ("渡船", "Han"),
        ("قایق", "Arabic"),
        ("πλοίο", "Greek"),
        ("צה״ל", "Hebrew"),
        ("123 …", None),
        ("", None),
        ("🌊", None),
        ("ferry паром паром", "Cyrillic"),
    ],
)
def test_the_script_is_the_one_most_letters_are_in(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_english_is_known_by_its_function_words() -> None:
    assert language_of(BODY) == ("en", None)
    assert english_share(BODY) > 0.3
    assert english_share(GERMAN) < 0.1
    assert english_share("") == 0.0


def test_other_languages_are_named_with_a_probability() -> None:
    code, score = language_of(GERMAN)
    assert code == "de"
    assert score is not None
    assert score > 0.9


def test_chinese_in_traditional_characters_is_not_korean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleanse.detecting.detected", lambda _: ("ko", 0.9))
    assert language_of("渡船" * 100) == ("zh-Hant", 0.9)
    assert language_of("나룻배" * 100) == ("ko", 0.9)


def test_little_text_is_not_named() -> None:
    assert language_of("Der Fahrplan") == ("und", None)


def test_a_name_is_the_same_every_time() -> None:
    mixed = f"{GERMAN[:120]} Le bateau est en retard. El barco llega tarde. {GERMAN[120:]}"
    assert len({language_of(mixed) for _ in range(5)}) == 1


@given(st.one_of(texts, st.text(min_size=200, max_size=260)))
@settings(max_examples=50)
def test_every_text_has_an_answer(text: str) -> None:
    code, score = language_of(text)
    assert code
    assert score is None or 0 <= score <= 1
    assert is_foreign(text, "Latin") in (True, False)


@pytest.mark.parametrize("letter", ["\u13a0", "\u1401", "\u2d30", "\U00010400"])
def test_a_script_without_statistics_is_undetermined(letter: str) -> None:
    assert language_of(f"{letter}{letter} " * 150) == ("und", None)


@pytest.mark.parametrize(
    "line",
    [
        "Паром снова опоздал.",
        "#پارو #دریا برای مردم",
        "Der Fahrplan der drei Hafenstädte wurde am Dienstag nach neun Jahren beschlossen.",
    ],
)
def test_foreign_lines_are_foreign_to_an_english_text(line: str) -> None:
    assert is_foreign(line, "Latin")


@pytest.mark.parametrize(
    "line",
    [
        "",
        "🌊🌊🌊",
        "12:30 – 14:00",
        "By Reid",
        "Sept. 13, 2022 7:42 am ET",
        "Muhammad ibn Musa al-Khwarizmi",
        "spaghetti alle vongole",
        "Villefranche-sur-Mer, Alpes-Maritimes",
        "https://example.org/der/fahrplan/der/drei/staedte",
        "Skip to main content",
        "caffeine, theobromine, theophylline and paraxanthine",
    ],
)
def test_names_numbers_addresses_and_labels_are_not_foreign(line: str) -> None:
    assert not is_foreign(line, "Latin")
