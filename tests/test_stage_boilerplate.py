"""Furniture goes; what only looks like it stays."""

from collections.abc import Iterator

import pytest

import pages
from cleanse import Pipeline
from cleanse.ledger import Verdict
from cleanse.model import Document
from cleanse.settings import Settings
from cleanse.view import Line, View
from helpers import BODY, default, does, outcome, rules_used

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


@pytest.mark.parametrize("known", [True, False])
def test_a_longer_section_name_goes_along_above_a_headline_that_is_known(
    monkeypatch: pytest.MonkeyPatch,
    known: bool,
) -> None:
    def titles(view: View, _: object) -> Iterator[tuple[str, Line, bool]]:
        return (("title", line, known) for line in view.written if line.stripped == TITLE.strip())

    monkeypatch.setattr("cleanse.stages.boilerplate.doubted", lambda *_: {})  # the line model would take it, too
    monkeypatch.setattr("cleanse.stages.boilerplate.headline", titles)
    section = "Research on Regional Transport (RRT)"
    line = f"[-{section}\n-]" if known else f"{section}\n"
    does("boilerplate", f"[-Log In\n-]{line}[-Menu\n-]\n{TITLE}{BODY}")


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


PAGE_TOP = "Log In\nSkip to main content\nMenu\n\n"
PAGE_END = "\nShare on Facebook\n\nRelated articles\n\nPrivacy Policy\n\nTerms of Use\n"


def test_what_the_model_takes_carries_both_judgements_and_reasons() -> None:
    result = outcome("boilerplate", f"{PAGE_TOP}{TITLE}{BODY}{PAGE_END}")
    found = [r.proposal for r in result.changes if r.proposal.rule == "boilerplate/line-model"]
    assert found
    for proposal in found:
        assert set(proposal.evidence) == {"keep", "alone", "neighbours"}
        assert proposal.reason


@pytest.mark.parametrize(
    "block",
    [
        "The keel",
        "“We have waited long enough for this wall.”",
        "- sandbags\n- shovels\n- a pump",
        "Roses are red,\nViolets are blue,\nThe sea wall is standing,\nAnd so are you.",
        "Year | Cost | Metres\n2021 | 1.2 | 300\n2022 | 1.6 | 420",
        "def repair(wall):\n    return wall",
        "Subscribe to our newsletter, said the sign, and nobody did.",
        "Nobody was hurt.",
    ],
)
def test_on_a_page_full_of_furniture_the_text_keeps_its_parts(block: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    result = outcome("boilerplate", f"{PAGE_TOP}{TITLE}{first}\n\n{block}\n\n{rest}{PAGE_END}")
    assert result.text.strip() == f"{TITLE}{first}\n\n{block}\n\n{rest}".strip()


def test_one_doubtful_line_is_no_page_of_furniture() -> None:
    does("boilerplate", f"{TITLE}{BODY}\nHouseplant tips, growing guides, and inspiration\n")


def test_a_page_of_nothing_but_furniture_breaches_the_guards_and_is_marked() -> None:
    page = "\n".join(f"Log in\nShare on Facebook\nPrivacy Policy\nRelated articles\nStory {n}" for n in range(40))
    result = default().run(Document.from_text(f"{page}\n{BODY}"))
    assert result.status == "review"
    assert "Privacy Policy" in result.text
    withheld = [r for r in result.ledger.records if r.verdict is Verdict.WITHHELD and r.stage == "boilerplate"]
    assert any("budget" in r.note for r in withheld)


def test_what_is_left_is_asked_again() -> None:
    """The label of the standfirst stands below the headline only once the paragraphs of the banner are gone."""
    banner = "We use cookies to improve your experience on our site and to show you what you like.\n\n"
    raw = f"{banner}{banner}{TITLE}Summary\n\nThe towns will share one timetable from the first of May\n\n{BODY}"
    once = outcome("boilerplate", raw).text
    assert "Summary" not in once
    assert outcome("boilerplate", once).text == once


def test_a_byline_that_was_none_but_for_the_menu_above_it_goes_at_once() -> None:
    """Two labels read like a name and a post while another stands above them; without it nothing would move them."""
    raw = "\n\n".join([*pages.HEAD, "Most read this week", "Harbour Directory", "Faculty & Staff", *pages.BODY])
    pipeline = Pipeline.default(Settings().with_profile("balanced"))
    once = pipeline.run(Document.from_text(raw)).text
    assert once == "\n\n".join(pages.BODY) + "\n"
    assert pipeline.run(Document.from_text(once)).changes == ()


@pytest.mark.parametrize(
    "label",
    [
        "Seite 2 von 5", "Temps de lecture : 4 minutes", "Estás aquí: Inicio", "Já é assinante? Faça login",
        "Accetta tutto", "Kopieer link", "12 komentarzy", "Теги: порт, море", "Коментарі (12)", "تحميل التطبيق",
        "برچسب‌ها: بندر", "下一页", "続きを読む",
    ],
)  # fmt: skip
def test_labels_go_in_the_large_languages_of_the_web(label: str) -> None:
    first, rest = BODY.split("\n\n", 1)
    does("boilerplate", f"{TITLE}{first}\n\n[-{label}\n-]\n{rest}")


PARTS = ["The ferries", "2. The trains", "The old bridge", "The library"]
SECTIONS = "\n\n".join(f"{part}\n\n{text}" for part, text in zip(PARTS, BODY.split("\n\n"), strict=True))


def _listed(*label: str, items: list[str] = PARTS) -> str:
    return "".join(f"[-{line}\n-]" for line in (*label, *items))


@pytest.mark.parametrize(
    "label", ["In this article", "On this page:", "Jump to:", "Table of Contents Show", "Sommaire [afficher]"]
)
def test_the_contents_of_a_page_go_for_every_line_stands_again_as_a_heading(label: str) -> None:
    does("boilerplate", f"{TITLE}{_listed(label)}\n{SECTIONS}")


def test_contents_that_fold_are_those_of_a_page_though_numbered_in_another_way() -> None:
    items = ["1 The ferries", "2 The trains", "3 The old bridge"]
    does("boilerplate", f"{TITLE}{_listed('Contents', 'Toggle', items=items)}\n{SECTIONS}")


def test_the_contents_of_a_text_go_only_from_a_page() -> None:
    plain = f"{TITLE}Table of Contents\n{chr(10).join(PARTS)}\n\n{SECTIONS}"
    does("boilerplate", plain)
    does("boilerplate", f"[-Log in\n-]{TITLE}{_listed('Table of Contents')}\n{SECTIONS}")


def test_contents_whose_lines_do_not_come_back_stay() -> None:
    does("boilerplate", f"{TITLE}In this article\nThe harbour\nThe pier\nThe quay\n\n{SECTIONS}")


def test_contents_with_one_heading_twice_go_whole_and_leave_the_first_heading() -> None:
    twice = ["The ferries", "Costs", "The trains", "Costs", "The old bridge"]
    sections = "\n\n".join(f"{part}\n\n{text}" for part, text in zip(twice, (BODY + BODY).split("\n\n"), strict=False))
    does("boilerplate", f"{TITLE}{_listed('On this page', items=twice)}\n{sections}")


def test_the_contents_of_a_book_stay_on_a_page() -> None:
    chapters = ["Chapter 1", "Chapter 2 The trains", "Chapter 3 The bridge"]
    text = "\n\n".join(f"{part}\n\n{text}" for part, text in zip(chapters, BODY.split("\n\n"), strict=False))
    left = outcome("boilerplate", f"Log in\n{TITLE}Contents\n{chr(10).join(chapters)}\n\n{text}").text
    assert [left.count(chapter) for chapter in chapters] == [2, 2, 2]


def test_a_line_that_the_trailers_would_take_at_the_end_alone_goes_by_its_own_rule() -> None:
    """Below it stands more furniture: from the end up, the trailers would never come to it."""
    ending = "[-Like this story? Share it with a friend!\n-][-Follow us on\n-]"
    does("boilerplate", f"{TITLE}{BODY}\n{ending}")


PARAGRAPHS = BODY.rstrip("\n").split("\n\n")
OTHERS = ["Ferries threaten to stop in the winter", "Why did nobody ask the crews?"]


def _gone(*lines: str) -> str:
    return "".join(f"[-{line}\n-]" for line in lines)


def _inset(below: str, *, sections: bool = False) -> str:
    """A page with something below its first paragraph; with sections, each other paragraph has a heading."""
    first, *rest = PARAGRAPHS
    text = "\n\n".join(f"What comes next {at}\n\n{part}" if sections else part for at, part in enumerate(rest))
    return f"[-Log in\n-]{TITLE}{first}\n\n{below}\n{text}\n"


@pytest.mark.parametrize(
    "label", ["Related articles", "Most read in Sport", "Trending News", "Mehr zum Thema", "Related"]
)
def test_titles_of_other_articles_go_with_their_label(label: str) -> None:
    does("boilerplate", _inset(_gone(label, *OTHERS)))


def test_numbers_and_capitals_above_the_titles_go_along() -> None:
    does("boilerplate", _inset(_gone("Most read", "1", "SHIPPING NEWS", OTHERS[0], "2", OTHERS[1])))


def test_the_last_title_above_a_paragraph_stays_where_the_text_has_headings_like_it() -> None:
    does("boilerplate", _inset(_gone("Related articles", OTHERS[0]), sections=True))


@pytest.mark.parametrize("heading", ["Related links", "More information", "Leave a comment"])
def test_what_an_author_underlined_is_a_heading(heading: str) -> None:
    does("boilerplate", f"[-Log in\n-]{TITLE}{BODY}\n{heading}\n{'-' * len(heading)}\n{PARAGRAPHS[0]}\n")


def test_what_stands_in_capitals_above_a_heading_stays_with_it() -> None:
    does("boilerplate", _inset(_gone("Related articles", *OTHERS) + "THE CREWS\nWhat they say now\n"))


def test_a_label_that_invites_to_one_article_stays_with_its_title() -> None:
    does("boilerplate", _inset(f"Read also\n{OTHERS[0]}\n"))
    does("boilerplate", _inset(_gone("Read also", *OTHERS)))


def test_titles_stay_in_a_text_without_other_furniture() -> None:
    first, *rest = PARAGRAPHS
    others = "\n".join(OTHERS)
    does("boilerplate", f"{first}\n\n{_gone('Related articles')}{others}\n\n" + "\n\n".join(rest) + "\n")


def test_what_is_kept_in_the_record_ends_a_list() -> None:
    line = "© 2021 The Example Times Group of Towns. All rights reserved"
    text = f"[-Log in\n-]{TITLE}{BODY}\n{_gone('Related articles', *OTHERS)}{line}\n"
    does("boilerplate", text)


def test_sentences_below_a_label_are_no_titles() -> None:
    does("boilerplate", _inset(_gone("More stories")))


def test_a_command_on_a_line_of_its_own_goes_on() -> None:
    does("boilerplate", f"{BODY}\nThe program\nlogin\nis used by nobody on the quay.\n\n{BODY}")
    does("boilerplate", f"{BODY}\n[-login\n-]\n{BODY}")


def test_see_also_goes_with_titles_below_it_alone() -> None:
    does("boilerplate", f"{BODY}\nZOBACZ TAKŻE\n\nferry(1)\n")


def test_a_dropped_capital_makes_no_list_where_no_line_is_blank() -> None:
    first, rest = BODY.split("\n\n", 1)
    note = "Your browser does not support the audio element."
    does("boilerplate", f"[-{note}\n-]{first[0]}\n{first[1:]}\n{rest.replace(chr(10) * 2, chr(10))}")


ESSAY = """People who write below articles are asked for an address, and hardly anybody reads what is said about it.
Nobody else asks so nicely. Compare the usual line under an article:
Your email address will not be published. Required fields are marked *
Who wrote that sentence first, and for whom, is a question that nobody has been able to answer to this day.
Another one that I love:
Be the first to comment!
It sounds like an offer, but it is a confession, and everybody who has ever kept a diary on the net knows it well."""


def test_an_example_that_the_text_announces_is_no_furniture() -> None:
    does("boilerplate", ESSAY)
