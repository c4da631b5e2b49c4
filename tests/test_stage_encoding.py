"""Characters become the ones that were meant; correct ones stay."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.edits import ChangeSet
from cleanse.stages import mojibake
from helpers import does, outcome, shows
from strategies import texts


@pytest.mark.parametrize(
    "marked",
    [
        "The captain didn[-â€™-]{+’+}t answer.",
        "A [-Ã©-]{+é+}t[-Ã©-]{+é+} in Paris",
        "[-â€œ-]{+“+}Never,[-â€\x9d-]{+”+} she said.",
        "[-â€œ-]{+“+}Never,[-â€-]{+”+} she said. [-â€œ-]{+“+}It isn[-â€™-]{+’+}t mine.[-â€-]{+”+}",
        "See the note [-â€ -]{+†+} below the caf[-Ã©-]{+é+}",
        "5 [-\x80-]{+€+} and [-\x93-]{+“+}no[-\x94-]{+”+}",
        "One line.[-\u2028-]{+\n+}Another line",
        "one sentence[-\u2028-]{+ +}that goes on",
        "The [-ﬁ-]{+fi+}rst o[-ﬃ-]{+ffi+}cial",
        "caf[-e\u0301-]{+é+}",
        "They do su[-ﬀ-]{+ff+}er from ice.",
        "in par[-\u00ad-]ticular",
        "well-known and Wohn[-\u00ad-]zimmer",
        "page one[-\x0c-]{+\n+}Page two",
    ],
)
def test_repairs(marked: str) -> None:
    does("encoding", marked)


@pytest.mark.parametrize(
    "text",
    [
        "Zoë’s naïve façade — “très bien” … 5 €",
        "ÄÖÜ äöü ß ÀÉÎ ÃO Ã não",
        "The word ﬁn, once.",
        "ＦＵＬＬ width, x² and ½, № 5",
        "می‌خواهم",
        "👩\u200d🚀 and 🇺🇦 and ✊🏽",
        "שלום \u200fעולם",
        "soft\u00adhyphen",
        "long\u00adterm and lock\u00adkeeper",
        "a\tb",
        "â is a letter, and so is Ã.",
        "Ελληνικά, русский, 中文, 日本語, 한국어",
        "R€DUCED £5 ¥7",
    ],
)
def test_correct_text_stays(text: str) -> None:
    does("encoding", text)


def test_a_line_about_encodings_is_only_shown() -> None:
    shows("encoding", "With the wrong charset one reads [-â€™-]{+’+} there.")


def test_a_line_about_encodings_does_not_shield_the_next() -> None:
    does("encoding", "Unicode is old.\nIt didn[-â€™-]{+’+}t.")


def test_twice_misread_characters_are_mended_at_once() -> None:
    twice = "didn’t".encode().decode("cp1252").encode().decode("cp1252")
    assert outcome("encoding", f"It {twice} end.").text == "It didn’t end."


@given(texts)
def test_afterwards_the_text_is_in_nfc(text: str) -> None:
    once = outcome("encoding", text).text
    assert normalize("NFC", once) == once or not once.strip()


def test_a_line_separator_behind_a_repaired_character_goes_too() -> None:
    assert "\u2029" not in outcome("encoding", "One\x85\u2029İki").text


WORDS = (
    "Été", "ÉCOLE", "naïve", "Ångström", "São", "NÃO", "ça", "über", "Größe", "señor", "œuvre", "l’île", "d’Été",
    "“Oui”", "«Non»", "€5", "5€", "—", "…", "£3", "½", "20°C", "Łódź", "Škoda", "Đà Nẵng", "’tis", "À",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join))
def test_correct_western_text_is_never_touched(text: str) -> None:
    assert outcome("encoding", text).text == text


@given(st.text(alphabet="ab é’“”…ñü", min_size=1, max_size=30), st.text(alphabet="ab é’“â€™Ã©", max_size=30))
def test_located_edits_turn_one_line_into_the_other(before: str, after: str) -> None:
    found = mojibake.edits(before, after)
    assert ChangeSet.of(len(before), found).apply(before) == after


@given(st.text(alphabet="abc déñ’“”", max_size=20))
def test_a_misread_line_is_mended_in_place(text: str) -> None:
    damaged = text.encode().decode("cp1252", "replace")
    if damaged != text:
        assert all(edit.before != edit.after for edit in mojibake.edits(damaged, text))


@given(texts)
def test_ascii_lines_are_left_to_themselves(text: str) -> None:
    ascii_only = text.encode("ascii", "ignore").decode()
    assert mojibake.repaired(ascii_only) == ascii_only
