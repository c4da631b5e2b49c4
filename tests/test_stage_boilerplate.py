"""Furniture goes; what only looks like it stays."""

import pytest

from helpers import BODY, does, outcome, rules_used

TITLE = "Harbour towns agree on a common timetable\n\n"


@pytest.mark.parametrize(
    "label",
    ["Menu", "MENU", "  • Menu", "Log In", "Sign up", "Skip to main content", "Advertisement", "Read more »"],
)
def test_menu_labels_above_the_text_go(label: str) -> None:
    does("boilerplate", f"[-{label}\n-]\n{TITLE}{BODY}")


@pytest.mark.parametrize("label", ["Advertisement", "Read more", "Share this article"])
def test_labels_between_paragraphs_go(label: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    does("boilerplate", f"{TITLE}{first}\n\n[-{label}\n-]\n{rest}")


def test_a_label_wedged_between_furniture_goes_along() -> None:
    does("boilerplate", f"[-Log In\n-][-World News\n-][-Menu\n-]\n{TITLE}{BODY}")
    result = outcome("boilerplate", f"Log In\nWorld News\nMenu\n\n{TITLE}{BODY}")
    assert "boilerplate/enclosed" in rules_used(result)


def test_a_headline_between_furniture_and_text_stays() -> None:
    does("boilerplate", f"[-Menu\n-]\n{TITLE}{BODY}")


@pytest.mark.parametrize(
    "line",
    [
        "Log in to vote, she said.",
        "The menu was short.",
        "Search and rescue",
        "Close to home",
        "Print is not dead",
        "Share of the catch",
        "Register of ships",
        "She asked them to make a donation to the museum, and they did.",
        "The sign read [sic] banner.",
        "Summary of the ruling",
    ],
)
def test_lines_that_begin_like_furniture_stay(line: str) -> None:
    does("boilerplate", f"{TITLE}{line}\n\n{BODY}")


def test_the_items_of_a_list_in_the_text_stay() -> None:
    first, rest = BODY.split("\n\n", 1)
    does("boilerplate", f"{TITLE}{first}\n\nThe door has four buttons:\n\n- Search\n- Print\n- Close\n- Menu\n\n{rest}")


@pytest.mark.parametrize("heading", ["Search", "Close", "Navigation", "Register", "Overview", "Summary"])
def test_a_one_word_heading_inside_the_text_stays(heading: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    does("boilerplate", f"{TITLE}{first}\n\n{rest}\n{heading}\n\n{BODY}")


def test_a_text_that_is_nothing_but_a_label_stays() -> None:
    does("boilerplate", "Menu\n")
