"""Page numbers and running heads."""

import pytest

from cleanse.stages.pages import page_marks
from cleanse.view import View

ONE = "The keeper told the inquiry that he had heard a noise like a door closing.\n"
TWO = "He had rung the bell, and nobody on the boats below the lock was there to hear it.\n"
HEAD = "REPORT OF THE INQUIRY\n"


def left(text: str) -> str:
    view, kept, at = View(text), [], 0
    for proposal in sorted(page_marks(view), key=lambda proposal: proposal.edit.start):
        kept.append(text[at : proposal.edit.start])
        at = proposal.edit.start + len(proposal.edit.before)
    return "".join([*kept, text[at:]])


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("12\n" + HEAD, "13\n" + HEAD),
        (HEAD + "- 12 -\n", HEAD + "- 13 -\n"),
        ("Page 2 of 9\n" + HEAD, "Page 3 of 9\n" + HEAD),
    ],
)
def test_numbers_that_rise_beside_one_head_go(one: str, two: str) -> None:
    assert left(ONE + one + TWO + two + ONE) == ONE + TWO + ONE


def test_left_and_right_pages_have_heads_of_their_own() -> None:
    other = "CHAPTER THREE: THE KEEPERS\n"
    text = "24\n" + HEAD + ONE + "25\n" + other + TWO + "26\n" + HEAD + ONE + "27\n" + other + TWO
    assert left(text) == ONE + TWO + ONE + TWO


@pytest.mark.parametrize(
    "text",
    [
        ONE + "12\n" + TWO + "13\n" + ONE,  # chapters, verses
        "1\n" + HEAD + ONE + "2\n" + HEAD + TWO,  # questions
        "1913\n" + HEAD + ONE + "1914\n" + HEAD + TWO,  # years
        ONE + "12\n" + HEAD + "13\n" + HEAD + TWO,  # a list
        ONE + "12\n" + HEAD + TWO + "14\n" + HEAD + ONE,  # scores
        ONE + "12\nThe end of it.\n" + TWO + "13\nThe end of it.\n" + ONE,  # a refrain
    ],
)
def test_other_numbers_stay(text: str) -> None:
    assert left(text) == text
