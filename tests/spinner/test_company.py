"""The company of a form: what the guards of all its inflections ask for, told by stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.spinner.company import Company, stem
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.tokens import TokenText, split_form
from spinner.tables import lexicon, row


@given(st.one_of(st.text(), st.from_regex(r"[a-z]{1,9}(?:ies|ing|ied|es|ed|s|er|ers|e)", fullmatch=True)))
def test_a_stem_begins_as_its_word(word: str) -> None:
    assert stem(word)[:3] == word[:3]


@pytest.mark.parametrize(
    ("met", "asked", "text", "heard"),
    [
        ("in step with", "in step with", "in step with analysts", {"company-beside", "company-near"}),
        ("vitality", "vitality", "vitality plants", {"company-beside", "company-near"}),
        ("buying", "buys", "buying of the nuclear plant", {"company-near"}),
        ("12 months", "12 months", "12 months sentence", {"refused"}),
        ("vitality", "vitality", "vitality drinks", set()),
        ("vitality", "bodies", "vitality plants", set()),
    ],
)
def test_rows_of_all_inflections_speak(met: str, asked: str, text: str, heard: set[str]) -> None:
    rows = [row(asked, "energy", after="plant|analyst", unless="sentence*"), row("others", "energy", after="drink")]
    tokens = split_form(met)
    company = Company(FormIndex(lexicon(*rows)))
    around = company.around(TokenText(text), 0, len(tokens))
    assert set(company.evidence(tokens, "energy", around)) == heard


def test_words_of_fixed_phrases_keep_each_other_company() -> None:
    company = Company(FormIndex(lexicon(row("nuclear vitality", "nuclear energy"), row("vitality", "energy"))))
    around = company.around(TokenText("nuclear vitality"), 1, 2)
    assert set(company.evidence(("vitality",), "energy", around)) == {"phrase"}
    assert not set(company.evidence(("vitality",), "power", around))
