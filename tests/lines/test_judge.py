"""Whole texts through the judge."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import DATA

from cleanse.lines import PROFILES, judge, load_model
from cleanse.lines.judge import _drop_run, _runs

BODY = [
    "The harbour town of Eldmouth voted on Tuesday to rebuild its old sea wall after a winter of storms that damaged dozens of homes.",
    "Council members said the work would begin in the spring and would cost about four million pounds over three years.",
    "“We have waited long enough for this wall,” said Ruth Amblin, who has lived on the front since she was a child.",
    "What happens next",
    "Engineers will first survey the sea bed, and then draw up plans that residents can read and comment on in the library.",
    "A decision on the final design is expected before the end of the year, according to the council’s own timetable.",
    "Nobody was hurt.",
]
HEAD = ["Skip to main content", "Log In", "Subscribe", "Menu", "Home", "News", "Sport", "Weather"]
TAIL = [
    "Share on Facebook",
    "Share on Twitter",
    "Related articles",
    "Read more",
    "Sign up for our newsletter",
    "Privacy Policy",
    "Terms of Use",
    "© 2021 All rights reserved",
]
TITLE = "Eldmouth council votes to rebuild sea wall"


def kept(lines, profile, model):
    return [line for line, verdict in zip(lines, judge(lines, profile, model), strict=True) if verdict.keep]


@pytest.mark.parametrize("profile", PROFILES)
def test_a_text_without_furniture_loses_nothing(model, profile):
    assert kept(BODY, profile, model) == BODY


@pytest.mark.parametrize("profile", PROFILES)
def test_menus_and_footers_go_and_the_text_stays(model, profile):
    result = kept([*HEAD, TITLE, *BODY, *TAIL], profile, model)
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
def test_poems_lists_code_and_tables_inside_a_clean_text_stay(model, profile, extra):
    lines = [*BODY[:4], *extra, *BODY[4:]]
    assert kept(lines, profile, model) == lines


@pytest.mark.parametrize("profile", PROFILES)
def test_a_second_run_on_the_result_makes_no_edit(model, profile):
    once = kept([*HEAD, TITLE, "By Jane Doe", "May 3, 2021", *BODY, *TAIL], profile, model)
    assert kept(once, profile, model) == once


def test_byline_and_date_beside_the_text_are_left_to_another_stage(model):
    result = kept([*HEAD, TITLE, "By Jane Doe", "May 3, 2021", *BODY, *TAIL], "conservative", model)
    assert "By Jane Doe" in result and "May 3, 2021" in result


def test_headline_and_standfirst_above_the_text_stay(model):
    standfirst = "Residents had asked for the work for years as storms grew stronger along the coast"
    result = kept([*HEAD, TITLE, standfirst, "By", "Jane Doe in Eldmouth", *BODY, *TAIL], "conservative", model)
    assert result == [TITLE, standfirst, "By", "Jane Doe in Eldmouth", *BODY]


def test_doubtful_lines_far_from_any_furniture_stay(model):
    knobs = model.profiles["conservative"]
    drop, notes = [False] * 12, [""] * 12
    evidence = [True] + [False] * 11
    _drop_run(range(12), [0.3] * 12, evidence, knobs, drop, notes)
    assert drop == [True] + [False] * 11
    assert notes[1] == "kept: too little furniture beside it"
    assert notes[11] == "kept: no furniture beside it"


def test_runs_are_the_unbroken_stretches():
    assert [list(run) for run in _runs([True, True, False, True, False])] == [[0, 1], [3]]
    assert list(_runs([])) == []


GERMAN = """Zum Inhalt springen|Startseite|Politik|Anmelden|Newsletter abonnieren|+Stadtrat beschließt neue Ufermauer|+Von Anna Muster
+Der Stadtrat von Neuhafen hat am Dienstag beschlossen, die alte Ufermauer nach den Stürmen des Winters neu zu bauen.
+Die Arbeiten sollen im Frühjahr beginnen und rund vier Millionen Euro kosten, sagte die Bürgermeisterin nach der Sitzung.
+Wie es weitergeht
+Zunächst werden Ingenieure den Grund untersuchen und dann Pläne zeichnen, die alle Bürger in der Bibliothek einsehen können.
+Niemand wurde verletzt.|Artikel teilen|Kommentare|Mehr zum Thema|Impressum|Datenschutz"""
CHINESE = """首页|新闻|登录|+市议会决定重建海堤
+市议会星期二决定在冬季风暴之后重建旧海堤，工程预计将于春季开始，三年内完成，总费用约为四百万英镑。
+议员们表示，工程师将首先调查海床，然后绘制居民可以在图书馆查看并发表意见的计划，最终设计预计年底前决定。
+没有人受伤。|相关阅读|上一篇|下一篇|版权所有 未经授权不得转载"""


@pytest.mark.parametrize("text", [GERMAN, CHINESE])
def test_furniture_goes_in_other_languages_and_the_text_stays(model, text):
    marked = text.replace("\n", "|").split("|")
    assert kept([line.removeprefix("+") for line in marked], "conservative", model) == [
        line[1:] for line in marked if line[0] == "+"
    ]


def test_every_verdict_on_furniture_gives_reasons_in_words(model):
    lines = [*HEAD, *BODY, *TAIL]
    for line, verdict in zip(lines, judge(lines, "balanced", model), strict=True):
        if not verdict.keep:
            assert verdict.reasons, line
            assert verdict.final in {"head", "junk", "tail"}
    first = judge(lines, "balanced", model)[0]
    assert any("words only" in reason for reason in first.reasons), first


def test_blank_lines_are_kept_and_change_nothing(model):
    lines = [*HEAD, *BODY, *TAIL]
    spaced = [piece for line in lines for piece in (line, "")]
    assert judge(spaced, "conservative", model)[::2] == judge(lines, "conservative", model)
    assert all(verdict.final == "blank" for verdict in judge(spaced, "conservative", model)[1::2])


@given(
    st.lists(
        st.text(max_size=80).filter(lambda text: "\n" not in text) | st.sampled_from(HEAD + BODY + TAIL), max_size=30
    ),
    st.sampled_from(PROFILES),
)
@settings(max_examples=60, deadline=None)
def test_judging_is_total_and_deterministic(lines, profile):
    one = judge(lines, profile, SHARED)
    assert len(one) == len(lines)
    assert one == judge(list(lines), profile, load_model(DATA))
    assert all(0 <= verdict.probability <= 1 for verdict in one)


SHARED = load_model(DATA)


def test_a_line_of_ten_megabytes_costs_no_more_than_a_moment(model):
    lines = [*HEAD, "word and more, " * 700_000, *BODY]
    start = time.process_time()
    judge(lines, "balanced", model)
    assert time.process_time() - start < 2


def test_an_unknown_profile_is_refused(model):
    with pytest.raises(KeyError):
        judge(BODY, "reckless", model)
