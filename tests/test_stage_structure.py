"""Lines and paragraphs as the author wrote them: glue, wraps, split words, indentation."""

import textwrap

import pytest

from helpers import does, outcome, shows

PARAGRAPH = (
    "The three harbour towns agreed on Tuesday to share one timetable, which their councils had discussed for most "
    "of the last nine years without any result that anybody on the quay could name."
)


@pytest.mark.parametrize(
    "marked",
    [
        "the ferries of the long war{+ +}Chinese ships had left.",
        "The ferry was late.{+ +}Nobody on the quay was surprised.",
        "“It is over.”{+ +}The captain left.",
        "Updated{+ +}Police Name Two Men Held After Fire in Harbour",
        "Published{+ +}November 3, 2019",
        "The people of the towns at the river{+\n\n+}The people of the towns at the coast met.",
    ],
)
def test_glued_words_and_sentences_come_apart(marked: str) -> None:
    does("structure", marked)


def test_a_glued_function_word_is_only_shown() -> None:
    shows("structure", "She said that{+ +}people would walk home.")


@pytest.mark.parametrize(
    "text",
    [
        "LeBron James, DeSean and McKellen met de Blasio.",
        "The macOS app, an iPhone and eBay.",
        "YouTube and PayPal and LaTeX and GitHub.",
        "Read it at example.com/News.Latest or mail Ann.Porter@example.org.",
        "The U.S.A. and e.g. Portugal, i.e. the south.",
        "version 3.Two of them",
        "Use camelCase once and camelCase twice.",
        "He said “no.” Then he left.",
        'He said "no." Then "Yes!" and left.',
        "anti-German and pro-Kremlin voices",
        "thatch, fromage, thereof, theatre and withdrawal",
        "I waited...Then nobody came....But the ferry did.",
    ],
)
def test_words_that_only_look_glued_stay(text: str) -> None:
    does("structure", text)


@pytest.mark.parametrize(
    "text",
    [
        "Set the backgroundColor property of the element to red.",
        "The userName field and the startDate field are required.",
        "Call string.Format or list.Add to build the line.",
        "Everybody on the quay can add the list.Hello class, or the list.Night class. Hello, he said. Night, she said!",
        "Everybody on the quay can start the test.Hello class.\n\nNobody starts the test.Hello now. Hello, he said!",
        "The branch is set to `updateInstead` before the ferries sail.",
        "PublishedDocument holds the pages that everybody may read.",
        "UpdatedBy Person Date Time",
        "UpdatedDate CreatedDate Type Size",
        "PostedMessage",
        "Set denyCurrentBranch and quoteHighBit; others are updateInstead and usageOnly, unctrl and the rest.",
    ],
)
def test_names_in_code_stay(text: str) -> None:
    does("structure", text)


@pytest.mark.parametrize("width", [45, 60, 72, 80])
def test_a_wrapped_paragraph_is_joined(width: int) -> None:
    lines = textwrap.wrap(PARAGRAPH, width)
    does("structure", "[-\n-]{+ +}".join(lines))


def test_a_word_split_at_the_end_of_a_wrapped_line_is_joined_too() -> None:
    wrapped = textwrap.fill(PARAGRAPH.replace("councils", "coun-cils"), 83)
    assert "coun-\ncils" in wrapped
    assert "councils had" in outcome("structure", wrapped).text


@pytest.mark.parametrize(
    "text",
    [
        "The gulls are gone,\nThe nets are dry,\nAnd no one asks\nThe harbour why.",
        (
            "https://www.example.org/Public/PROGRAMS/\nhttps://www.example.org/Public/cldr/\n"
            "http://site.example.org/boat/download\nTerms of Use"
        ),
        (
            "- bread and butter, and a long rope of hemp for the boat\n- two lamps, with oil for a week or so\n"
            "- and a rope of thirty metres"
        ),
        (
            "  http://www.example.org/tides/tides3028a.zip # DOS binaries\n"
            "  ftp://alpha.example.org/pub/tides/tides-3.02.80.tar.gz        # source\n"
            "  ftp://ftp.example.net/pub/mirrors/tides/v2/tides3028b.zip # binaries"
        ),
        "def total(prices):\n    tax = 0.2\n    return sum(prices) * (1 + tax)",
        "First line that is short.\nsecond line which is much longer than the first one was.\nthird.",
        (
            "the river carries all our lanterns down,\npast every window of the sleeping town,\n"
            "and no one wakes to watch the water burn."
        ),
    ],
)
def test_verse_lists_and_code_keep_their_lines(text: str) -> None:
    does("structure", text)


@pytest.mark.parametrize(
    "marked",
    [
        "The govern[--\n-]ment fell.",
        "The govern[-‐\n-]ment fell.",
        "A long[--\n-]{+-+}term plan.",
        "The gover[-- -]nment fell.",
    ],
)
def test_split_words_are_joined(marked: str) -> None:
    does("structure", marked)


@pytest.mark.parametrize(
    "text",
    [
        "two- and three-year plans",
        "pre- and post-war boats",
        "He left- and she stayed.",
        "pages 3-\n5",
        "Smith-\nJones",
        "xq-\nzzt",
    ],
)
def test_other_hyphens_stay(text: str) -> None:
    does("structure", text)


def test_a_common_indentation_goes() -> None:
    does("structure", "[-    -]The ferry was late again.\n\n[-    -]Nobody on the quay was surprised.")


@pytest.mark.parametrize(
    "text",
    [
        "The ferry was late again.\n\n    Nobody on the quay was surprised.",
        "The loop reads:\n\n    for boat in boats:\n        boat.leave()\n\nIt ends when all boats have left.",
        "    one\n    two\n    three",
    ],
)
def test_an_indentation_that_means_something_stays(text: str) -> None:
    does("structure", text)


@pytest.mark.parametrize(
    "text",
    [
        (
            "As plovers cross the dusk, so this morning's king-\n  dom come, a hawk upon the wind's high rein,\n"
            "  Riding; and how he rang upon the rein\nOf air, and turned, and turned again."
        ),
        (
            "The miller was a man of means and of some learn-\ning, went out on the river to row;\n"
            "He dined on a perch, and he sank in the church-\nyard, the way that good millers go."
        ),
    ],
)
def test_verse_keeps_words_that_the_poet_divided(text: str) -> None:
    does("structure", text)


@pytest.mark.parametrize(
    "marked",
    [
        "He said to-day, and he will come to-[-\n-]day at noon.",
        "He said to-morrow, and he will come to-[-\n-]day at noon.",
        "A north-east wind, and it has been south-[-\n-]west all week.",
        "The half-hearted and the half-[-\n-]hearted are in bed.",
        "The Zibbelmoor, and again the Zibbel[--\n-]moor at noon.",
        "It was late in the after[--\n-]noon.",
    ],
)
def test_a_split_word_is_spelt_as_the_text_spells_it(marked: str) -> None:
    text = marked.replace("[-\n-]", "\n").replace("[--\n-]", "-\n")
    wanted = marked.replace("[-\n-]", "").replace("[--\n-]", "")
    assert outcome("structure", text).text == wanted


@pytest.mark.parametrize(
    "text",
    [
        (
            "Als im April der erste Zug nach dem Kriege wie-\nder verkehrte, war die Strecke in einem Zustand, den\n"
            "der Meister in seinem Tagebuch nur als\nschlecht bezeichnete. Von den ehemals drei"
        ),
        "Sallow Press\nisolde.farr@hurdygurdy-makers.example.net\nhttp://www.hurdygurdy-makers.example.net/",
        "________________________________________\nhurdygurdy mailing list, for makers and\nplayers of the instrument",
        "Cookie         Purpose             Ends\nbasket         The contents        a day\nconsent        own choice",
    ],
)
def test_a_paragraph_is_joined_whole_or_not_at_all(text: str) -> None:
    does("structure", text)


def test_an_ideographic_space_is_the_sign_of_a_paragraph() -> None:
    does("structure", "\u3000古人講甘苦，原是一把刀。刀口朝裏是分享。\n\n\u3000我的祖父是個木匠。他有一把刨子。")
