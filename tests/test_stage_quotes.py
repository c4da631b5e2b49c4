"""Only quotation marks that do not pair are mended, and only in a curly text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import does, outcome

CURLY = "“We agree,” she said. “It is over.”\n\n"


@pytest.mark.parametrize(
    "marked",
    [
        "“The talks failed,[-“-]{+”+} said the envoy.",
        "[-”-]{+“+}The talks failed,” said the envoy.",
        '“Nothing will change.[-"-]{+”+}',
        'He called it [-"-]{+“+}fragile[-"-]{+”+} and “doomed.”',
    ],
)  # fmt: skip
def test_marks_that_do_not_pair_are_mended(marked: str) -> None:
    does("typography", f"{CURLY}{marked}\n")


@pytest.mark.parametrize(
    "text",
    [
        'All of it is straight: "We agree," she said. "It is over."',
        '“Curly here,” she said.\n\nAnd "straight" in another paragraph.',
        "“The first paragraph of a long quotation has no closing mark.\n\n“The second one opens again and closes.”",
        "“No,” she said. “He told me ‘never’ and left.”",
        'A 12" board, and “that” is all.',
        "„Nie” – powiedział.",
        '« Non », dit-elle, “no” and "no".',
        "The dogs’ dinner and James’ bowl, ’tis the ’90s.",
        "“One mark alone, and no end to it.",
        'She typed “print("x")” twice.',
        "5′10″ tall",
        '”چراغ کتنے کا ہے؟“ لڑکے نے پوچھا۔\n\nHe has a 12" board.',
        "Say ”hej” and ”då” in Swedish.",
        'Set the “mode” in "/etc/ferries", and "late" is gone.',
        'The “mode” is {"late": 1} or "never".',
    ],
)  # fmt: skip
def test_correct_or_doubtful_marks_stay(text: str) -> None:
    does("typography", f"{text}\n")


@given(st.lists(st.sampled_from(["“", "”", '"', "word", " ", ",", ".", "\n\n", "’"]), max_size=25).map("".join))
def test_a_second_pass_mends_nothing_more(text: str) -> None:
    once = outcome("typography", text).text
    assert outcome("typography", once).text == once
