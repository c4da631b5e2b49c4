"""Whole texts through the judge."""

import time
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse.lines import PROFILES, doubted, judge
from cleanse.lines.authored import announced, capital_headings, outline_of
from cleanse.lines.judge import DOUBTED, Alone, LineVerdict, runs
from cleanse.lines.reader import FAR_OFF, HARDLY_A_PAGE, NO_FURNITURE, NO_PAGE, SETTLED, WITHIN, Reader
from pages import BODY, HEAD, TAIL, TITLE, model


def kept(lines: list[str], profile: str) -> list[str]:
    return [line for line, verdict in zip(lines, judge(lines, profile, model()), strict=True) if verdict.keep]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_text_without_furniture_loses_nothing(profile: str) -> None:
    assert kept(BODY, profile) == BODY


@pytest.mark.parametrize("profile", PROFILES)
def test_menus_and_footers_go_and_the_text_stays(profile: str) -> None:
    result = kept([*HEAD, TITLE, *BODY, *TAIL], profile)
    assert [line for line in result if line in HEAD + TAIL] == []
    assert result == [TITLE, *BODY]


@pytest.mark.parametrize(
    "extra",
    [
        ["Roses are red,", "Violets are blue,", "The sea wall is standing,", "And so are you."],
        ["- sandbags", "- shovels", "- two lorries of stone", "- a pump"],
        ["def repair(wall):", "    for stone in wall:", "        stone.fix()", "    return wall"],
        ["Year | Cost | Metres", "2021 | 1.2 | 300", "2022 | 1.6 | 420", "2023 | 1.2 | 350"],
    ],
)
@pytest.mark.parametrize("profile", PROFILES)
def test_poems_lists_code_and_tables_inside_a_clean_text_stay(profile: str, extra: list[str]) -> None:
    lines = [*BODY[:4], *extra, *BODY[4:]]
    assert kept(lines, profile) == lines


@pytest.mark.parametrize("profile", PROFILES)
def test_a_second_run_on_the_result_makes_no_edit(profile: str) -> None:
    once = kept([*HEAD, TITLE, "By Jane Doe", "May 3, 2021", *BODY, *TAIL], profile)
    assert kept(once, profile) == once


def test_byline_and_date_beside_the_text_are_left_to_another_stage() -> None:
    result = kept([*HEAD, TITLE, "By Jane Doe", "May 3, 2021", *BODY, *TAIL], "conservative")
    assert {"By Jane Doe", "May 3, 2021"} <= set(result)


def test_headline_and_standfirst_above_the_text_stay() -> None:
    standfirst = "Residents had asked for the work for years as storms grew stronger along the coast"
    result = kept([*HEAD, TITLE, standfirst, "By", "Jane Doe in Eldmouth", *BODY, *TAIL], "conservative")
    assert result == [TITLE, standfirst, "By", "Jane Doe in Eldmouth", *BODY]


def in_doubt(verdict: LineVerdict) -> bool:
    return not verdict.keep or (
        verdict.probability <= DOUBTED and verdict.final not in {*SETTLED, HARDLY_A_PAGE, FAR_OFF}
    )


def test_runs_are_the_unbroken_stretches() -> None:
    assert [list(run) for run in runs([True, True, False, True, False], range(5))] == [[0, 1], [3]]
    assert [list(run) for run in runs([True, True], [3, 9])] == [[0], [1]]  # not beside one another
    assert list(runs([], [])) == []


GERMAN = """Zum Inhalt springen|Startseite|Politik|Anmelden|Newsletter abonnieren
+Stadtrat beschließt neue Ufermauer|+Von Anna Muster
+Der Stadtrat von Neuhafen hat am Dienstag beschlossen, die alte Ufermauer nach den Stürmen des Winters neu zu bauen.
+Die Arbeiten sollen im Frühjahr beginnen und rund vier Millionen Euro kosten, sagte die Bürgermeisterin danach.
+Wie es weitergeht
+Zunächst werden Ingenieure den Grund untersuchen und dann Pläne zeichnen, die alle in der Bibliothek einsehen können.
+Niemand wurde verletzt.|Artikel teilen|Kommentare|Mehr zum Thema|Impressum|Datenschutz"""
CHINESE = """首页|新闻|登录|+市议会决定重建海堤
+市议会星期二决定在冬季风暴之后重建旧海堤，工程预计将于春季开始，三年内完成，总费用约为四百万英镑。
+议员们表示，工程师将首先调查海床，然后绘制居民可以在图书馆查看并发表意见的计划，最终设计预计年底前决定。
+没有人受伤。|相关阅读|上一篇|下一篇|版权所有 未经授权不得转载"""


@pytest.mark.parametrize("text", [GERMAN, CHINESE])
def test_furniture_goes_in_other_languages_and_the_text_stays(text: str) -> None:
    marked = text.replace("\n", "|").split("|")
    assert kept([line.removeprefix("+") for line in marked], "conservative") == [
        line[1:] for line in marked if line[0] == "+"
    ]


def test_every_verdict_on_furniture_gives_reasons_in_words() -> None:
    lines = [*HEAD, *BODY, *TAIL]
    for line, verdict in zip(lines, judge(lines, "balanced", model()), strict=True):
        if not verdict.keep:
            assert verdict.reasons, line
            assert verdict.final in {"head", "junk", "tail"}
    first = judge(lines, "balanced", model())[0]
    assert any("words only" in reason for reason in first.reasons), first


def test_blank_lines_are_kept_and_change_nothing() -> None:
    lines = [*HEAD, *BODY, *TAIL]
    spaced = [piece for line in lines for piece in (line, "")]
    assert judge(spaced, "conservative", model())[::2] == judge(lines, "conservative", model())
    assert all(verdict.final == "blank" for verdict in judge(spaced, "conservative", model())[1::2])


@given(
    st.lists(
        st.text(max_size=80).filter(lambda text: "\n" not in text) | st.sampled_from(HEAD + BODY + TAIL), max_size=30
    ),
    st.sampled_from(PROFILES),
)
@settings(max_examples=60, deadline=None)
def test_judging_is_total_and_deterministic(lines: list[str], profile: str) -> None:
    one = judge(lines, profile, model())
    assert len(one) == len(lines)
    assert one == judge(list(lines), profile, model())
    assert all(0 <= verdict.probability <= 1 for verdict in one)


def test_a_line_of_ten_megabytes_costs_no_more_than_a_moment() -> None:
    lines = [*HEAD, "word and more, " * 700_000, *BODY]
    start = time.process_time()
    judge(lines, "balanced", model())
    assert time.process_time() - start < 2


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(KeyError):
        judge(BODY, "reckless", model())


@given(
    st.lists(st.sampled_from([*HEAD, TITLE, *BODY, *TAIL, "", "#a #b", "Search"]), max_size=30),
    st.integers(0, 3 * WITHIN),
    st.sampled_from(PROFILES),
)
def test_the_short_way_says_what_the_long_way_says(lines: list[str], more: int, profile: str) -> None:
    lines = [*BODY, *["Green wall"] * more, *lines, *["Pump"] * more, *BODY]
    slow = {at: verdict for at, verdict in enumerate(judge(lines, profile, model())) if in_doubt(verdict)}
    assert doubted(lines, profile, model()) == slow


def test_doubtful_lines_far_from_any_furniture_stay() -> None:
    verdicts = judge([*BODY, *TAIL, *["Green wall"] * 30, *BODY], "conservative", model())
    assert all(verdict.keep for verdict in verdicts[len(BODY) + len(TAIL) + 12 :])


def test_lines_far_from_furniture_and_edges_are_not_looked_at() -> None:
    lines = [*BODY, *TAIL, *["Green wall"] * 3 * WITHIN, *BODY, *["Green wall"] * WITHIN]
    reader, profiles = Reader(lines, model()), model().profiles
    looked = dict(reader.lines(reader.left(lines, profiles["conservative"]), ()))
    walls = [at for at, line in enumerate(lines) if line == "Green wall"]
    assert [at in looked for at in walls] == [*[True] * WITHIN, *[False] * 2 * WITHIN, *[True] * WITHIN]
    assert set(range(len(BODY) + len(TAIL))) <= looked.keys()
    assert len(dict(reader.lines(reader.left(lines, profiles["balanced"]), ()))) == len(lines)


WRAPPED = """Home
News
Share
The wall was built by the men of the town in a single summer, when the
herring had failed and nobody had anything else to do with his hands than
to carry stones from the quarry down to the shore, where a mason from the
north put one upon the other until the sea could be heard but no longer be
seen from the lower windows of the street.
See also
Later walls were made by machines, and of these there is less to tell, for
nobody remembers who drove them.
Privacy
Terms of Use"""


@pytest.mark.parametrize("profile", PROFILES)
def test_a_text_whose_sentences_run_on_over_lines_is_no_page(profile: str) -> None:
    lines = WRAPPED.split("\n") * 3
    assert kept(lines, profile) == lines
    assert NO_PAGE in {verdict.final for verdict in judge(lines, profile, model())}


MANUAL = """NAME
ferry - move people over water
SYNOPSIS
ferry [options]
DESCRIPTION
The command moves everybody who stands on the quay to the other side, unless the captain says that the sea is too rough.
--comment
A word for the captain, which is written into the log and read to nobody else as long as the ferry is at sea.
SEE ALSO"""


@pytest.mark.parametrize("last", ["boat(1), quay(8), sea(5)", "boat(1)", "The other commands of the harbour."])
def test_a_page_of_a_manual_keeps_its_headings(last: str) -> None:
    lines = [*MANUAL.split("\n"), last]
    assert kept(lines, "conservative") == lines


@pytest.mark.parametrize("last", ["boat(1), quay(8), sea(5)", "boat(1)"])
def test_a_page_that_names_others_of_the_manual_is_no_page_of_the_web(last: str) -> None:
    lines = [*MANUAL.replace("DESCRIPTION", "Share").replace("NAME", "Log In").split("\n"), last]
    assert {verdict.final for verdict in judge(lines, "conservative", model())} <= {"keep", NO_PAGE}


def test_the_running_head_of_a_manual_tells_it() -> None:
    page = MANUAL.replace("SYNOPSIS", "SYNTAX").replace("SEE ALSO", "Log In\nShare")
    lines = ["FERRY(3)        BOATS        FERRY(3)", *page.split("\n")]
    assert {verdict.final for verdict in judge(lines, "conservative", model())} <= {"keep", NO_PAGE}


SOURCE = """---
title: The ferry
description: A word of everybody
---
### Description
The command moves everybody who stands on the quay to the other side, unless the captain says that the sea is too rough.
```bash
ferry --comment
```
### See Also
* [boat](/boat)"""


def test_a_text_in_a_markup_for_authors_is_no_page_of_the_web() -> None:
    lines = SOURCE.split("\n")
    assert kept(lines, "conservative") == lines
    plain = [line for line in lines if line[0] not in "-`#"]
    page = ["Share this article", *plain, "Sign up for our newsletter", "Log In"]
    assert kept(page, "conservative") != page


def test_labels_in_capitals_that_stand_together_are_no_headings() -> None:
    assert capital_headings([*map(str.upper, HEAD), *BODY, *map(str.upper, TAIL)]) == frozenset()
    parted = [line for text in BODY[:5] for line in ("NEWS AT SEA", text)]
    assert capital_headings(parted) == {0, 2, 4, 6, 8}


class Moving:
    """Counts how often it is asked which lines a later stage takes out."""

    def __init__(self, lines: Collection[int]) -> None:
        self.lines = lines
        self.asked = 0

    sure: Collection[int] = ()

    def held(self, *_: object) -> Collection[int]:
        return ()

    @property
    def moved(self) -> Collection[int]:
        self.asked += 1
        return self.lines


def test_a_text_that_is_far_from_a_page_is_settled_whatever_moves() -> None:
    company = Moving((0,))
    assert doubted(WRAPPED.split("\n") * 3, "conservative", model(), company) == {}
    assert company.asked == 0


def test_a_text_that_is_hardly_a_page_is_asked_again_without_the_lines_that_move() -> None:
    run_on = [f"The wall of the town was built in the year {year} and it was" for year in range(1810, 1860, 10)]
    broken = [part for line in run_on for part in (line, "taken down again.")]
    lines = [*HEAD, *broken, *BODY, *TAIL]
    assert HARDLY_A_PAGE in {verdict.final for verdict in judge(lines, "conservative", model())}
    company = Moving([lines.index(line) for line in run_on])
    gone = [lines[at] for at, verdict in doubted(lines, "conservative", model(), company).items() if not verdict.keep]
    assert set(gone) >= {"Skip to main content", "Subscribe", "Share on Facebook"}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_list_is_no_page(profile: str) -> None:
    lines = ["Home", "Search", "Share", "og", "i", "jeg", "det", "at", "Log in", "en", "Contact us", "til", "er"] * 5
    assert kept(lines, profile) == lines


def test_what_an_author_indented_stays_and_so_does_the_line_that_announces_it() -> None:
    listing = ["Output::", "    {", '        "Related": [', '            "Walls"', "        ]", "    }"]
    assert kept([*HEAD, *listing, *BODY, *TAIL], "balanced") == [*listing, *BODY]


def test_in_a_text_that_is_indented_itself_indents_mean_nothing() -> None:
    lines = [f"   {line}" for line in [*HEAD, TITLE, *BODY, *TAIL]]
    assert kept(lines, "conservative") == [f"   {line}" for line in [TITLE, *BODY]]


def test_underlined_headings_stay() -> None:
    headings = ["NAME", "====", "wall - keep the sea out of a town", "SYNOPSIS", "--------"]
    assert set(headings) - {headings[2]} <= set(kept([*HEAD, *headings, *BODY, *TAIL], "balanced"))


def review(count: int) -> list[str]:
    """So many items of a list article: a name, a place, a paragraph, and a button."""
    names = ["Harbour View", "The Anchor", "Sail Loft", "Old Quay", "Blue Boat", "Salt House", "Net Store", "Pier Six"]
    lines = []
    for at in range(count):
        lines += [f"{names[at % 8]} {at + 1}", "Eldmouth", BODY[at % 3], "Book now", "Share on Facebook"]
    return [BODY[0], *lines, BODY[1]]


def test_names_between_many_paragraphs_stay_and_the_buttons_beside_them_go() -> None:
    lines = [*HEAD, *review(16), *TAIL]
    result = kept(lines, "conservative")
    assert [line for line in review(16) if line not in {"Book now", "Share on Facebook"}] == result


@pytest.mark.parametrize("profile", PROFILES)
def test_underlined_headings_are_no_evidence_of_furniture(profile: str) -> None:
    name = ["wall", "====", "wall - keep the sea out of a town", "-" * 24, "wall --build"]
    lines = [*name, "DESCRIPTION", "-" * 11, *BODY[:3], "OPTIONS", "-" * 7, *BODY[4:]]
    assert kept(lines, profile) == lines


def test_a_heading_with_a_word_of_furniture_between_paragraphs_is_no_furniture() -> None:
    lines = [*BODY[:3], "Search", *BODY[4:6], "Contact us", BODY[0], "News", BODY[1]]
    assert {verdict.final for verdict in judge(lines, "conservative", model())} <= {"keep", NO_FURNITURE}


def test_what_stands_right_above_a_known_byline_is_the_headline() -> None:
    title, standfirst = "Petrie's Last Run", "For sixty years a Petrie has rowed the mail; in April that ends"
    lines = [*HEAD, title, standfirst, "By Jane Doe", *BODY, *TAIL]
    byline = lines.index("By Jane Doe")
    for moved in ((byline,), ()):
        result = judge(lines, "conservative", model(), Alone(moved=moved))
        assert result[byline - 2].keep == bool(moved)
        assert result[byline - 1].keep  # of six words and more, above the text


@pytest.mark.parametrize(("profile", "stays"), [("conservative", True), ("balanced", False)])
def test_a_line_of_some_words_above_the_text_stays_unless_it_is_marked(profile: str, *, stays: bool) -> None:
    title, bar = "Why nobody mends the old weathercock", "Share this story on Facebook and Twitter now"
    lines = [*HEAD, title, *HEAD, bar, *BODY, *TAIL]
    result = judge(lines, profile, model())
    assert result[len(HEAD)].keep is stays
    assert not result[lines.index(bar)].keep


def test_a_title_with_known_furniture_alone_between_it_and_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = """Jump to Recipe
Print Recipe
Grandmother's plum dumplings
4.8 from 132 votes
These are the dumplings my grandmother made in the last week of August, when the stones fall out on their own.
The dough is made of potatoes. Boil them the day before, or it will be sticky and you will hate me.
Ingredients
1 kg floury potatoes
250 g plain flour
1 egg
16 small plums
16 sugar cubes
100 g breadcrumbs
50 g butter
Instructions
1. Boil the potatoes in their skins, peel and rice them while warm, and let them cool.
2. Knead with flour, egg and a pinch of salt. Do not overwork the dough.
3. Put a sugar cube into each plum and wrap it in dough.
4. Simmer for ten minutes and roll in buttered breadcrumbs.
Did you make this recipe?
Tag @plumandrye on Instagram and hashtag it #plumandrye
Pin this for later!
Filed Under: Desserts, Austrian
Leave a Reply Cancel reply
Your email address will not be published. Required fields are marked *""".splitlines()
    company = Alone(sure=(0, 1, 3, 19, 20, 21, 22, 24))
    assert judge(lines, "conservative", model(), company)[2].keep
    monkeypatch.setattr("cleanse.lines.titles.TITLE_KEEP", 2)
    assert not judge(lines, "conservative", model(), company)[2].keep


def test_inside_the_text_only_what_is_marked_as_furniture_goes() -> None:
    inset = ["Share this story on Facebook", "Kilns of the north", "Ash and lime", "Follow us on Twitter"]
    lines = [*HEAD, *BODY[:2], *inset, *BODY[2:], *TAIL]
    at = len(HEAD) + 2
    kept = {
        profile: [verdict.keep for verdict in judge(lines, profile, model())[at : at + len(inset)]]
        for profile in ("conservative", "balanced")
    }
    assert kept == {"conservative": [False, True, True, False], "balanced": [False] * len(inset)}


ANSWERS = """Can I bring my dog?
Yes.
Can I bring two dogs?
None.
How do I contact you?
By letter to the harbour office. We have no telephone, and the clerk has no computer, and that is how it has been."""

FORM = """MONTHLY RETURN OF THE HARBOUR
Newsletter
Mrs Dunmow will write about the ferry before the end of the month, and will ask the vicar for a page.
Search
A cleaner is wanted for the hall, and the clerk will put a card in the window of the shop.
Contact
Two letters were read, and neither was answered, the committee being content with the one."""

MENU_IN_A_MANUAL = """The program moves people over the water, and everybody on the quay may ask it for a boat.
The buttons below the boat are, from left to right:
Sign in
Print
Share this page
If you press one of them, the program asks whether you are sure, since the captain does not like to be asked twice."""


REVIEW = """Title: The Salt Road
Author: Ellen Marsh
Publisher: Harbour Press
Pages: 312
ISBN: 978-0-00-000000-2
Genre: Historical fiction
Rating: 4 stars
Sign up for our newsletter
I read this in two evenings and then sat looking at the wall, since nobody writes about cold better than she does."""


@pytest.mark.parametrize("text", [ANSWERS, FORM, MENU_IN_A_MANUAL])
def test_answers_headings_and_announced_items_are_their_authors(text: str) -> None:
    lines = text.split("\n")
    assert kept(lines, "conservative") == lines


def test_a_line_that_breaks_in_below_a_colon_is_announced_by_nobody() -> None:
    lines = ["The captain said in the end:", "Advertisement", BODY[0]]
    assert announced(lines, list(map(outline_of, lines))) == frozenset()
    lines[1] = "Tags: tides"
    assert announced(lines, list(map(outline_of, lines))) == {1}
    lines[2:] = ["Replace the tides with those of your harbour, as described in", "the almanac."]
    assert announced(lines, list(map(outline_of, lines))) == {1}


def test_what_somebody_says_in_a_comment_stays_however_short() -> None:
    thread = ["3 comments:", "Anonymous said...", "Thanks!", "March 9, 2011 at 1:12 AM", "Brent said...", "Same here."]
    lines = [
        TITLE,
        *BODY,
        *thread,
        "Post a Comment",
        "Newer Post Older Post Home",
        "Subscribe to: Post Comments (Atom)",
    ]
    assert {"Anonymous said...", "Thanks!", "Brent said...", "Same here."} <= set(kept(lines, "conservative"))


def test_what_a_review_says_of_its_book_stays() -> None:
    lines = ["Share this article", "Log In", *REVIEW.split("\n"), *BODY]
    assert set(REVIEW.split("\n")[:7]) <= set(kept(lines, "conservative"))


def test_a_day_above_the_text_stays_beside_strokes() -> None:
    lines = ["Share this article", "Log In", "Ferries | 4 March 2021 | Ann Porter", *BODY, "Sign up for our newsletter"]
    assert kept(lines, "conservative") == ["Ferries | 4 March 2021 | Ann Porter", *BODY]


def test_a_single_word_of_furniture_is_no_evidence() -> None:
    lines = ["Contact", "Home", *BODY, "Search", "Print"]
    assert kept(lines, "conservative") == lines
    page = ["Contact", "Home", *BODY, "Share this article", "Sign up for our newsletter"]
    assert kept(page, "conservative") == BODY


def test_the_title_with_whose_words_a_text_begins_stays() -> None:
    text = "Ferry Light is a lighthouse on the head of the island, which was built in two years and has been lit since."
    lines = ["Share this article", "Log In", "Ferry Light", "Print", text, *BODY[:2], "Sign up for our newsletter"]
    assert "Ferry Light" in kept(lines, "conservative")
