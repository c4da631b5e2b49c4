"""What is kept is what would be worked out."""

import pickle

import pytest
import regex

from cleanse.kept import PATTERN, code_of, compiled, kept, packed, unpacked
from cleanse.rules import Rule, load_rules
from cleanse.rules.keeping import values
from cleanse.rules.literals import NEEDS, needs, required
from cleanse.wdiff import marks

BOOK = load_rules()
TEXTS = [marks(example)[0] for rule in BOOK.rules for example in rule.examples][::20]
"""What others' patterns meet: equal code finds the same, and dear patterns take long where they find nothing."""


def test_the_table_follows_from_the_shipped_rules() -> None:
    """`make kept` makes it anew; codes of one pattern may differ from process to process in the order of a class."""
    for kind, key, value in values(BOOK):
        there = kept(kind, key)
        assert there is not None, f"{kind}: {key} is not kept: make kept"
        assert kind == PATTERN or there == value, f"{kind}: {key}: make kept"


@pytest.mark.parametrize("rule", list(BOOK.rules), ids=lambda rule: rule.name)
def test_a_pattern_made_again_is_the_pattern(rule: Rule) -> None:
    made, worked_out = compiled(rule.find), regex.compile(rule.find)
    _, _, *parts = code_of(worked_out)
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - what was pickled just now
    for one in (made, again):
        assert code_of(one)[2:] == parts
        assert (one.pattern, one.flags, one.groupindex) == (worked_out.pattern, worked_out.flags, worked_out.groupindex)
        for text in (*(marks(example)[0] for example in rule.examples), *TEXTS):
            found = [(match.span(), match.groupdict()) for match in worked_out.finditer(text)]
            assert [(match.span(), match.groupdict()) for match in one.finditer(text)] == found
    assert needs(rule.find) == required(rule.find)


def test_a_pattern_that_is_not_kept_is_compiled() -> None:
    assert kept(PATTERN, ["(?P<a>x)+ never kept", 0]) is None
    assert compiled("(?P<a>X)+ never kept", regex.IGNORECASE).fullmatch("xx NEVER kept")
    assert needs("never kept") == required("never kept")


def test_what_is_written_is_read_again() -> None:
    assert unpacked(packed([(NEEDS, "a\tb\u2028", {"c\n": float("inf")})])) == {
        'needs\t"a\\tb\\u2028"': '{"c\\n": Infinity}'
    }


@pytest.mark.parametrize("spoilt", [packed([(NEEDS, "a", {})])[:15], b"", b"else"], ids=["cut", "none", "other"])
def test_a_table_that_cannot_be_read_keeps_nothing(spoilt: bytes) -> None:
    assert not unpacked(spoilt)
