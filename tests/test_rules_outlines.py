"""Outlines of rules: derived soundly, so that no line is left out that the rule matches."""

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleanse import wdiff
from cleanse.rules.outlines import Outline, by_first
from cleanse.rules.schema import Rule, Unit
from cleanse.view import View
from helpers import rules
from strategies import texts

RULES = tuple(rule for rule in rules().rules if rule.unit is not Unit.INLINE)
EXAMPLES = sorted({wdiff.marks(example)[0] for rule in rules().rules for example in rule.examples})
EVERY = ["The end", "the end", "Été", "12 a", "(the end", "#tag", "“12"]


def fitting(find: str, text: str, unit: Unit = Unit.LINE) -> list[str]:
    """The lines that a rule of this pattern would be asked about."""
    return [line.text for line in Outline(Rule("t", "r", find, unit=unit)).fitting(by_first(View(text).written))]


@pytest.mark.parametrize(
    ("find", "left"),
    [
        (r"\p{Lu}\w+", ["The end", "Été"]),
        (r"(?:\p{Lu}|\d)+", ["The end", "Été", "12 a"]),
        (r"(?=\S)(?<!x)\(?the end", ["the end", "(the end"]),
        (r"(?i)the end", ["The end", "the end"]),
        (r"(?i:T)he|#", ["The end", "the end", "#tag"]),
        (r"[^\p{L}]{0,3}#\w", ["12 a", "(the end", "#tag", "“12"]),
        (r".{0,9}\d+", ["12 a", "“12"]),
        (r".\d?", EVERY),
        (r"(?:a|b{0,2}|\d{2,})?(?:e|t)", ["the end", "12 a"]),
        (r"(?>(?P<x>#)|(?:1))(?#note)", ["12 a", "#tag"]),
        (r"\x54he|\#", ["The end", "#tag"]),
        (r"(?x) a b", EVERY),
        (r"(#)\1", EVERY),
        (r"(?P<x>#)(?P=x)", EVERY),
    ],
)
def test_which_lines_a_pattern_may_match(find: str, left: list[str]) -> None:
    assert fitting(find, "\n".join(EVERY)) == left


def test_what_matches_anywhere_in_a_line_has_no_outline() -> None:
    assert fitting(r"\d", "The 12", Unit.INLINE) == ["The 12"]


def test_a_block_may_hold_its_digit_in_a_later_line() -> None:
    assert fitting(r"\p{Lu}\w+\n\d+", "The\n12", Unit.BLOCK) == ["The"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_line_of_an_example_that_a_rule_matches_fits_it(rule: Rule) -> None:
    outline = Outline(rule)
    for example in EXAMPLES:
        view = View(example)
        kept = {line.index for line in outline.fitting(by_first(view.written))}
        for line in view.written:
            if line.index not in kept:
                assert not matches(
                    rule.pattern, example, line.content_start, line.start + len(line.text.rstrip()), rule
                )


def matches(pattern: "regex.Pattern[str]", text: str, start: int, end: int, rule: Rule) -> bool:
    """Whether the rule matches the line, or begins in it."""
    if rule.unit is Unit.BLOCK:
        return pattern.match(text, start) is not None
    return pattern.fullmatch(text, start, end) is not None


ATOMS = st.sampled_from([
    "a", "B", "#", " ", ".", r"\d", r"\w", r"\p{Lu}", "[ab]", "[^ab]", "(?=b)", "(?!b)", "(?<=a)", r"\b", "^", "(?i:b)",
    "12",
])  # fmt: skip
FINDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{0,2}", "{2}", "?+"])).map(lambda p: f"(?:{p[0]}){p[1]}"),
        inner.map(lambda part: f"(?={part})"),
    ),
    max_leaves=6,
)


@given(find=FINDS, text=st.text(alphabet="abB1# \n", max_size=30) | texts)
def test_no_line_that_matches_is_left_out(find: str, text: str) -> None:
    pattern, view = regex.compile(find), View(text)
    kept = fitting(find, text)
    for line in view.written:
        if pattern.fullmatch(text, line.content_start, line.content_start + len(line.stripped)):
            assert line.text in kept
