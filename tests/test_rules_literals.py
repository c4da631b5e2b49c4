"""Required literals: derived soundly, and rules asked through them say what they say without."""

from collections.abc import Iterator

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cleanse import scanning, wdiff
from cleanse.rules import ruleset
from cleanse.rules.literals import Needs, required
from cleanse.rules.matching import wishes
from cleanse.rules.ruleset import RuleSet, Triggers
from cleanse.rules.schema import Rule
from cleanse.scanning import fold
from cleanse.view import View
from helpers import rules

RULES = tuple(rules().rules)
ALL = RuleSet(RULES, Triggers(RULES))
EXAMPLES = sorted({wdiff.marks(example)[0] for rule in RULES for example in rule.examples})
PROSE = "The pact was signed on Monday after three years of talks, officials of both sides said in Geneva."


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("skip to|jump to", {"skip to", "jump to"}),
        (r"(?i)(?:last )?Updated on \d+", {"updated on ", "last updated on "}),
        (r"\p{Lu}\w+ (?:AP|AFP)\b", {" ap", " afp"}),
        (r"(?:a|b)?cfoo*d*e{2}", {"cfo", "acfo", "bcfo"}),
        (r"[ab]x", {"ax", "bx"}),
        (r"[^ab]x?y+", {"y"}),
        (r"[^\n]{20}y", None),
        (r"[^ab]x?(?:yes|no)+", {"yes", "no"}),
        (r"to(?= to\b) ", {"to to"}),
        (r"(?<!no )spam(?! eggs)", {"spam"}),
        (r"\{(?P<kept>that|which)\}", {"{that}", "{which}"}),
        (r"x{0,3}", None),
        (r"\p{L}+", None),
        (r"(?x) a b", None),
        (r"(a)\1", None),
        (r"a|\d", None),
        (r"µ", {"μ"}),
        (r"\x41\u0042", {"ab"}),
        (r"(?:the )+end", {"the "}),
        (r"#{2,}", {"#"}),
    ],
)
def test_what_a_pattern_requires(pattern: str, literals: set[str] | None) -> None:
    needs = required(pattern)
    assert (needs and set(needs)) == literals


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("spam", {"spam": 0}),
        (r"\W{0,4}(?:the )?spam", {"spam": 4, "the spam": 4}),
        (r"\W{0,4}(?:\d )?spam", {"spam": 6}),
        (r".*spam", {"spam": float("inf")}),
        (r"(?:ab|\d)?(?:spam|x{3}eggs)", {"spam": 2, "eggs": 5}),
        (r"spam|\d+spam|\deggs", {"spam": float("inf"), "eggs": 1}),
    ],
)
def test_how_far_into_a_match_it_stands(pattern: str, needs: Needs) -> None:
    assert required(pattern) == needs


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_example_that_a_rule_changes_holds_a_literal_of_it(rule: Rule) -> None:
    needs = required(rule.find)
    for marked in EXAMPLES if needs else ():
        if found := rule.pattern.search(marked):
            assert holds(needs, marked[found.start() :]), marked


def holds(needs: Needs | None, text: str) -> bool:
    """Whether a literal stands within reach of the text's beginning."""
    assert needs is not None
    folded = fold(text)
    return any(0 <= folded.find(literal) <= reach for literal, reach in needs.items())


ATOMS = st.sampled_from(["a", "B", "k", "\\.", "[ab]", "[^a]", "\\d", "(?i:S)", "ab", " ", "é"])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "??", "++"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"(?!{part})"),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("abBkKsS\u017f\u212a.1 éÉ", max_size=12))
def test_no_match_is_without_a_required_literal(pattern: str, text: str) -> None:
    needs = required(pattern)
    if needs is not None and (found := regex.search(pattern, text)):
        assert holds(needs, text[found.start() :])


TEXTS = st.lists(st.one_of(st.sampled_from(EXAMPLES), st.just(PROSE), st.just("")), max_size=8).map("\n".join)


HEADERS_BELOW_THE_HEAD = (
    f"{PROSE}\n{PROSE}\nDate: Tue, 4 Mar 2003 14:22:10 +0000\nFrom: Ann <a@example.org>\nSubject: Boats\n\n"
)


@given(TEXTS)
@example(HEADERS_BELOW_THE_HEAD + PROSE)
def test_rules_asked_together_say_what_each_says_alone(text: str) -> None:
    alone = [wish for rule in RULES for wish in wishes(rule, View(text))]
    assert list(ALL.wishes(View(text))) == alone


@pytest.fixture(scope="module")
def by_trie() -> Iterator[RuleSet]:
    """The rules as they are asked where the extra `speed` is not installed."""
    assert list(ALL.wishes(View("\n".join(EXAMPLES))))  # asked now, so that what asks them is built as it always is
    with pytest.MonkeyPatch.context() as patch:
        for module in (scanning, ruleset):
            patch.setattr(module, "is_fast", lambda: False)
        yield RuleSet(RULES, Triggers(RULES))


@given(TEXTS)
@settings(max_examples=30)
def test_without_the_extra_they_say_the_same(by_trie: RuleSet, text: str) -> None:
    assert list(by_trie.wishes(View(text))) == list(ALL.wishes(View(text)))
