"""Lines cover the text; zones follow prose."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.view import Line, View, Zone
from helpers import BODY
from strategies import texts


def one(text: str) -> Line:
    return View(text).lines[0]


@given(texts)
def test_lines_cover_the_text_without_gap_or_overlap(text: str) -> None:
    lines = View(text).lines
    assert "".join(text[line.start : line.stop] for line in lines) == text
    assert all(text[line.start : line.end] == line.text for line in lines)
    assert [line.index for line in lines] == list(range(len(lines)))


@given(texts, st.data())
def test_every_position_lies_in_its_line(text: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(text)))
    line = View(text).line_at(position)
    assert line.start <= position <= line.stop
    assert line.index == text.count("\n", 0, position)


@given(texts)
def test_stripped_content_stands_where_the_line_says(text: str) -> None:
    for line in View(text).written:
        assert text[line.content_start : line.content_start + len(line.stripped)] == line.stripped


@given(texts)
def test_every_line_is_in_some_zone_and_the_body_is_neither_head_nor_tail(text: str) -> None:
    view = View(text)
    for line in view.written:
        zones = view.zones(line)
        assert Zone.ANY in zones
        assert len(zones) > 1
        assert (Zone.BODY in zones) == (not zones & {Zone.HEAD, Zone.TAIL})
        assert all((line in view.in_zone(zone)) == (zone in zones) for zone in Zone)


def test_zones_of_a_text_with_four_paragraphs() -> None:
    view = View(BODY)
    first, second, third, fourth = view.written
    assert Zone.HEAD in view.zones(first)
    assert Zone.TAIL not in view.zones(first)
    assert {Zone.HEAD, Zone.TAIL} <= view.zones(second)
    assert Zone.TAIL in view.zones(third)
    assert Zone.HEAD not in view.zones(third)
    assert Zone.TAIL in view.zones(fourth)


def test_the_middle_of_a_long_text_is_body() -> None:
    view = View(BODY * 2)
    assert view.zones(view.written[3]) == {Zone.BODY, Zone.ANY}


@pytest.mark.parametrize("text", ["It rained.", "“No!”", "Why?’)", "终于。", "…", "Really?!”"])
def test_marks_at_the_end_end_a_sentence(text: str) -> None:
    assert one(text).ends_sentence


@pytest.mark.parametrize("text", ["", "  ", "No end", "3.5", "and so,", "#tag"])
def test_other_lines_end_none(text: str) -> None:
    assert not one(text).ends_sentence


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("one", 1), ("  two  words ", 2), ("渡船今天又晚了", 4), ("a 中文 b", 4)]
)
def test_two_unspaced_characters_count_as_a_word(text: str, words: int) -> None:
    assert one(text).words == words


def test_prose_is_a_sentence_of_some_words_or_very_many_words() -> None:
    assert one("It rained on the quay and on the boats.").is_prose
    assert not one("It rained.").is_prose
    assert not one("Harbour towns agree on a common timetable for ferries").is_prose
    assert one("word " * 30).is_prose


def test_what_was_found_out_in_looking_ahead_is_known_when_the_text_has_become_so() -> None:
    view = View("menu\nA text.\nmore\n")
    ahead = view.ahead("menu\nA text.\n")
    further = view.ahead("A text.\n")
    assert ahead.remembered("answer", lambda: 1) == 1
    now = view.become("menu\nA text.\n")
    assert now.remembered("answer", lambda: 2) == 1
    assert now.become("A text.\n") is further


def test_a_text_that_nobody_looked_ahead_to_is_seen_anew() -> None:
    view = View("one\ntwo\n")
    view.ahead("one\n")
    assert view.become("two\n").text == "two\n"
