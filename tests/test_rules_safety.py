"""Patterns that could take for ever are refused; honest ones are not."""

import pytest

from cleanse.limits import DEFAULTS
from cleanse.rules.safety import complaint, runaway
from helpers import rules


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+",
        r"(?:a*)*",
        r"(?:a?b*){2,}",
        r"(?i:\w+\s?)+",
        r"(?P<x>a{1,5})*",
        r"(?:[a-z]+,?){5,}",
        r"(?:(?:ab)+c?)+",
        r"(?:x|y+)*",
        r"(?:a+?)+",
        r"(?:(?:(?:a+)))+",
        r"(?=(?:a+)+b)",
        r"(?:(?>ab|c)*)*",
        r"(?:(?>ab|c)+)+",
    ],
)
def test_a_variable_repeat_inside_an_unbounded_one_is_refused(pattern: str) -> None:
    assert "repeated group" in complaint(pattern)


@pytest.mark.parametrize("pattern", [r"(a)\1", r"(?P<a>x)(?P=a)", r"(?P<a>x)\g<a>"])
def test_back_references_are_refused(pattern: str) -> None:
    assert "back-references" in complaint(pattern)


@pytest.mark.parametrize("pattern", [r"(?:a(?R)?b)", r"(a(?1)?b)", r"(?P<x>a(?&x)?b)"])
def test_recursion_is_refused(pattern: str) -> None:
    assert complaint(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "plain",
        r"\d+\s*\w*",
        r"(?:a++)+",
        r"(?>a+)+",
        r"(?:a+){3}",
        r"(?:ab){2,9}",
        r"[(+*)]+",
        r"\(\w+\)+",
        r"(?:a|b)*",
        r"(?:[^\]]+){0,4}",
        r"(?i)menu|close",
        r"(?:\p{Lu}\p{L}++,)+",
        r"\\1",
    ],
)
def test_linear_patterns_pass(pattern: str) -> None:
    assert complaint(pattern) == ""


@pytest.mark.parametrize("pattern", [r"(?<=a+)b", r"(?<!x{65})b", r"(?<=(?:ab|c{9}){8})d", r"a(?=b(?<![^.]*)c)"])
def test_long_look_behinds_are_refused(pattern: str) -> None:
    assert "look-behind" in complaint(pattern)


@pytest.mark.parametrize("pattern", [r"(?<!\w)b", r"(?<=x{64})b", r"(?<![^\n])By"])
def test_short_look_behinds_pass(pattern: str) -> None:
    assert complaint(pattern) == ""


WHOLE, ANYWHERE = False, True


@pytest.mark.parametrize(
    ("pattern", "search"),
    [
        (r"(a+)+$", WHOLE),
        (r"(a|aa)+$", WHOLE),
        (r"(?:a|a)*", WHOLE),
        (r"(?:a|b|ab)*c", WHOLE),
        (r"(?:a{1,30}){1,30}b", WHOLE),
        (r"Source: (?:\w+\s?)+x", WHOLE),
        (r"(?i:By|From) .*,? .*x", WHOLE),
        (r".*.*=", WHOLE),
        (r"\d+\s*\w*", WHOLE),
        (r"(?:\p{Lu}\p{L}*\s*)+:", WHOLE),
        (r"a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaa", WHOLE),
        (r".*.*=", ANYWHERE),
        (r"\s+$", ANYWHERE),
        (r"\w+@", ANYWHERE),
        (r"a{1,500}b", ANYWHERE),
        (r"\(.*\)x", ANYWHERE),
        (r"“[^”]++”", ANYWHERE),
        (r"x(?=.*y)", ANYWHERE),
    ],
)
def test_work_that_outgrows_the_text_is_refused(pattern: str, *, search: bool) -> None:
    assert "grows faster" in runaway(pattern, search=search)


@pytest.mark.parametrize(
    ("pattern", "search"),
    [
        (r"\s+$", WHOLE),
        (r"(?:a++)+", WHOLE),
        (r"(?>a+)+b", WHOLE),
        (r"[^|]*\|[^|]*\|", WHOLE),
        (r".*foo", WHOLE),
        (r"(?:\p{Lu}\p{L}++,)+", WHOLE),
        (r"\b\w+@", ANYWHERE),
        (r"(?<!\w)\w+@", ANYWHERE),
        (r"(?<!\s)\s++$", ANYWHERE),
        (r"a{1,60}b", ANYWHERE),
        (r"menu|close|(?i)share", ANYWHERE),
        (r"“[^“”]++”", ANYWHERE),
        (r"", ANYWHERE),
        (r"(?:ab?){2,9}?c", ANYWHERE),
        (r"(?#why)a(?=b)(?!c)[]x]\\", ANYWHERE),
    ],
)
def test_work_that_keeps_pace_with_the_text_is_not(pattern: str, *, search: bool) -> None:
    assert runaway(pattern, search=search) == ""


def test_a_pattern_has_a_length() -> None:
    assert complaint("a" * DEFAULTS.pattern_chars) == ""
    assert str(DEFAULTS.pattern_chars) in complaint("a" * (DEFAULTS.pattern_chars + 1))


def test_every_shipped_pattern_passes() -> None:
    for rule in rules().rules:
        for pattern in (rule.find, rule.before, rule.after, *rule.unless):
            assert complaint(pattern) == "", rule.name
