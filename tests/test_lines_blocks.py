"""What an author says line by line stays beside furniture: facts, figures, years, lists, verse, a title of one word."""

import pytest

from cleanse.lines import judge
from cleanse.lines.authored import described, outline_of, verses
from pages import BODY, model

TOP = ["Share on Facebook"]
MENU = ["Skip to main content", "Log In", "Subscribe", "Menu", "Home", "News"]
INSET = ["Advertisement", "Sign up for our newsletter"]
FOOT = ["Share this article", "Sign up for our newsletter", "Facebook", "Twitter", "Privacy Policy"]
PAINTER = "Harald Brennick was a painter who spent most of his life on the coast, where he drew the old villages."

INFOBOX = "Born|12 March 1901|Tarn, Denmark|Died|4 May 1977|Occupation|painter"
FINANCES = "2019|2018|Revenue|$1,234,567|$1,034,111|Other|12,001|9,877|Net income|$889,566|$702,211"
RATINGS = "Dahl|6|Berg|7|Porter|9"
CHRONOLOGY = "1868|Railway|1901|Electric light|1944|Occupied|1953|A marina"
NEEDED = "Ingredients:|4 salted herrings|2 apples|1½ onions|200 g sour cream|Directions:"
PERSON = "Born: 1961|Lives: Tarn|Family: none|Favourite book: the tide tables"
LINKS = (
    "Reviews|* Harbour – a library that reads tide tables|* Quay: bindings for signal masts"
    "|* Lamp, which draws charts from soundings"
)


def kept(lines: list[str]) -> list[str]:
    return [line for line, verdict in zip(lines, judge(lines, "conservative", model()), strict=True) if verdict.keep]


@pytest.mark.parametrize("block", [INFOBOX, NEEDED])
def test_a_block_of_the_authors_above_the_text_stays(block: str) -> None:
    lines = block.split("|")
    assert kept([*TOP, *lines, *BODY, *FOOT]) == [*lines, *BODY]


@pytest.mark.parametrize("block", [FINANCES, RATINGS, CHRONOLOGY, "Reviews|Salt for a week", "Turnout|Others|64"])
def test_figures_years_and_single_words_inside_the_text_stay(block: str) -> None:
    lines = ["What the clerk has counted", *block.split("|")]
    assert kept([*MENU, *BODY[:2], *INSET, *lines, *BODY[2:], *FOOT]) == [*BODY[:2], *lines, *BODY[2:]]


@pytest.mark.parametrize("block", [CHRONOLOGY, PERSON, LINKS])
def test_a_block_of_the_authors_below_the_text_stays(block: str) -> None:
    lines = block.split("|")
    assert kept([*MENU, *BODY, *lines, *FOOT]) == [*BODY, *lines]


def test_what_stands_between_the_text_and_a_block_below_it_is_inside() -> None:
    lines = ["Contact", "Lars Menk", *PERSON.split("|")]
    assert kept([*MENU, *BODY, *lines, *FOOT]) == [*BODY, *lines]


@pytest.mark.parametrize("inset", ["Share|12|Comments|5", "Search|Search|Search", "Log In|12|Tweet"])
def test_a_pages_own_words_and_their_figures_go(inset: str) -> None:
    assert kept([*MENU, *BODY[:2], *inset.split("|"), *BODY[2:], *FOOT]) == BODY


def test_the_years_of_an_archive_are_no_chronology() -> None:
    archive = ["Archives", "2021", "2020", "2019", "2018"]
    assert kept([*MENU, *BODY, *FOOT, *archive]) == BODY


def test_a_last_name_above_the_text_that_names_its_bearer_is_its_title() -> None:
    assert kept([*TOP, "Brennick", "Print", PAINTER, *BODY, *FOOT]) == ["Brennick", PAINTER, *BODY]
    assert kept([*TOP, "Holm", "Print", PAINTER, *BODY, *FOOT]) == [PAINTER, *BODY]


@pytest.mark.parametrize("title", ["Obituary", "Editorial", "Letter to the editor"])
def test_a_kind_of_text_is_its_title_where_it_has_no_other(title: str) -> None:
    assert kept([*TOP, title, *BODY, *FOOT]) == [title, *BODY]
    headline = "Nobody on the island has ever seen such a storm"
    assert kept([*TOP, "Editorial", headline, *BODY, *FOOT]) == [headline, *BODY]


def test_the_title_of_a_work_stands_above_what_it_is() -> None:
    titles = ["The Light", "A play in one act"]
    assert kept([*MENU, *titles, "Print", *BODY, *FOOT]) == [*titles, *BODY]
    assert kept([*MENU, "The Light", "A play ground", "Print", *BODY, *FOOT]) == BODY


@pytest.mark.parametrize("farewell", ["Yours faithfully,", "Your loving brother,", "Mit freundlichen Grüßen"])
def test_who_signs_a_letter_stays(farewell: str) -> None:
    signed = [farewell, "Jens Holm", "Tarn"]
    assert kept([*MENU, *BODY, *INSET, *signed, *FOOT]) == [*BODY, *signed]


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (LINKS.split("|"), {0, 1, 2, 3}),
        (["Related", "* Ferry strike: what we know", "* Why the lighthouse was sold"], set()),
        (["More", "* Ferry strike enters its third day", "* The Light, which burns", "* A quay", "* Fog"], set()),
        (["* Ferry strike – a day later", "* Why the lighthouse was sold"], set()),
    ],
)
def test_links_with_a_description_are_the_authors(lines: list[str], places: set[int]) -> None:
    assert described(lines, list(map(outline_of, lines))) == places


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (["the grey water", "carries me", "Home", "is where the lamp is", "and the lamp"], {2}),
        (["Search", "the far bank", "you will see", "nobody"], {0}),
        (["Home", "is where the lamp is"], set()),
        (["Home", "news", "sport", "weather"], set()),
        (["Home", "by Ann Porter", "on the ferry"], set()),
        (["Home.", "is where the lamp is", "and the lamp"], set()),
    ],
)
def test_a_word_among_verses_in_small_letters_is_theirs(lines: list[str], places: set[int]) -> None:
    assert verses(lines, list(map(outline_of, lines))) == places
