"""What an author wrote or placed stays, whatever words of furniture it holds; the same words on a page go."""

import pytest

from cleanse.rules.authored import is_authored
from cleanse.rules.references import heads_references
from cleanse.view import View


def authored(text: str, wanted: str) -> bool:
    view = View(text)
    line = next(line for line in view.written if line.stripped == wanted)
    return is_authored(view, line, line)


@pytest.mark.parametrize(
    "line",
    ["“Help!”", "'Home?'", "«Accueil ?»", "— Home.", '- "Share this post"', "Log in,", "「ホーム」", "Log in;"],
)
def test_speech_and_what_goes_on_is_the_authors(line: str) -> None:
    assert authored(f"She put her head out of the window.\n\n{line}\n\nNobody looked up.", line)


@pytest.mark.parametrize(
    "line",
    ["Log in", "« Previous | Next »", "— Advertisement —", "Read more…", "Ξεχάσατε τον κωδικό σας;", "3. Log in"],
)
def test_labels_are_not(line: str) -> None:
    assert not authored(f"She put her head out of the window.\n\n{line}\n\nNobody looked up.", line)


@pytest.mark.parametrize("below", ["cries the wind at the door.", "said the board.", "and then all wrongs too"])
def test_a_sentence_goes_on_in_small_letters(below: str) -> None:
    assert authored(f"He wrote it in red:\n\nLog in\n\n{below}", "Log in")


@pytest.mark.parametrize("below", ["share", "iPhone owners will hear of it first.", "by e-mail"])
def test_small_letters_of_menus_and_names_do_not(below: str) -> None:
    assert not authored(f"He wrote it in red.\n\nLog in\n\n{below}", "Log in")


def test_what_interrupts_a_sentence_is_no_part_of_it() -> None:
    assert not authored("The boat that had left on Monday with the mail\n\nLog in\n\ncame back on Friday.", "Log in")


def test_a_list_belongs_to_the_sentence_that_goes_on_below_it() -> None:
    assert authored("Verbs\n\nShare\nPrint\nSave\n\nsaid the teacher, pointing.", "Share")


def test_a_cue_is_speech() -> None:
    assert authored("5\n00:00:10,000 --> 00:00:11,000\nLog in\n\n6", "Log in")
    assert not authored("5\n00:00:10,000 --> 00:00:11,000\n\nLog in\n\n6", "Log in")


def test_a_stanza_is_told_by_its_label_or_its_commas() -> None:
    assert authored("[Chorus]\nSign me up\nFor the promised land", "Sign me up")
    assert authored("Sign me up\nSign me up, boys,\nSign me out", "Sign me up")
    assert not authored("Verse\nSign me up\nSign me out", "Sign me up")


def test_an_indented_block_between_paragraphs_is_an_example() -> None:
    text = "The text below is taken from the page of a newspaper.\n\n{}Log in\n{}Search\n\nQuestion 1"
    assert authored(text.format("    ", "    "), "Log in")
    assert not authored(text.format("", ""), "Log in")


def test_a_number_in_a_row_makes_a_heading_and_a_clause() -> None:
    text = "1. Reading\n\nRead it aloud.\n\n2. Comments\n\nIf you have any comments, please contact us at the office."
    assert authored(text, "2. Comments")
    assert authored(text, "If you have any comments, please contact us at the office.")
    assert not authored(text.replace("1. Reading", "Reading"), "2. Comments")
    assert not authored("1. Reading\n2. Comments", "2. Comments")


def test_a_field_is_told_by_the_fields_beside_it() -> None:
    assert authored("Reference: 14\nCategory: Near miss", "Category: Near miss")
    assert not authored("Reference: 14\n\nCategory: News", "Category: News")
    assert not authored("Author: Ann Porter\nCategory: News", "Category: News")


def test_front_matter_is_the_authors() -> None:
    assert authored("---\ntags: nets\n---\nIt rained.", "tags: nets")
    assert not authored("tags: nets\n---\nIt rained.", "tags: nets")


def test_a_word_among_headings_of_its_shape_is_one() -> None:
    paragraph = "\n\nTwo letters were read, and neither of them was answered.\n\n"
    text = paragraph.join(("Newsletter", "Advertisement", "Correspondence", ""))
    assert authored(text, "Advertisement")
    assert not authored(text.replace("Correspondence", "Advertisement"), "Advertisement")
    assert not authored(text.replace("Correspondence", "CORRESPONDENCE"), "Advertisement")


@pytest.mark.parametrize(
    "reference",
    [
        "Karl Weber: Der Fluß, Lohr 1931",
        "Marsh, O. Pots. London, 1931.",
        "Knives, p. 12",
        "陳鴻圖《臺灣水利史》",
        "太田花『木と水』",
        "Orde, J. (1987). Lights of the West.",
    ],
)
def test_a_label_above_references_is_the_authors(reference: str) -> None:
    view = View(f"Further reading\n{reference}\n{reference}")
    assert heads_references(view, view.written[0])


@pytest.mark.parametrize(
    "headline",
    [
        "The ferries run again, 5 May 2018",
        "The best boats of 2018",
        "《水圳的故事》導演談新作",
        "Ferries, boats and nets",
    ],
)
def test_a_label_above_headlines_is_not(headline: str) -> None:
    view = View(f"Further reading\n{headline}\n{headline}")
    assert not heads_references(view, view.written[0])


def test_see_also_before_other_apparatus_is_the_authors() -> None:
    view = View("See also\nList of harbours\n\nReferences\n\nMunro")
    assert heads_references(view, view.written[0])
    view = View("See also\nList of harbours\n\nRecipes\n\nMunro")
    assert not heads_references(view, view.written[0])
