"""Patterns that could take for ever are refused; honest ones are not."""

import pytest

from cleanse.limits import DEFAULTS
from cleanse.rules.safety import complaint
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
        r"(?<=a+)b",
        r"\\1",
    ],
)
def test_linear_patterns_pass(pattern: str) -> None:
    assert complaint(pattern) == ""


def test_a_pattern_has_a_length() -> None:
    assert complaint("a" * DEFAULTS.pattern_chars) == ""
    assert str(DEFAULTS.pattern_chars) in complaint("a" * (DEFAULTS.pattern_chars + 1))


def test_every_shipped_pattern_passes() -> None:
    for rule in rules().rules:
        for pattern in (rule.find, rule.before, rule.after, *rule.unless):
            assert complaint(pattern) == "", rule.name
