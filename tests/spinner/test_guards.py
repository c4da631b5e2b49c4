"""Lists of guards: asked all at once, they say what their items say one by one."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cleanse.rules.lexicon import Row
from cleanse.spinner.guards import holds, is_vetoed
from cleanse.spinner.tokens import TokenText
from spinner.tables import lexicon, row

ROW = lexicon(row("x", "y")).rows[0]
WORDS = ["x", "members", "Kitchen", "well-known", "the", "3", "Hotels", ".", "*", "'s"]
ITEMS = st.lists(
    st.sampled_from([
        "members", "kitchen", "well-known", "the", "hotel*", "<num>", "<det>", "<cap>", "<plural>", "<start>", "<end>",
        "the members", "<det> kitchen", "3", "*",
    ]),
    max_size=5,
    unique=True,
)  # fmt: skip
UNLESS = st.lists(
    st.sampled_from([
        "members", "_ members", "members _", "hotel*", "_ hotel*", "<det> _", "_ <num>", "kitchen the", "_ <end>",
        "<start> _", "_ the members", "the _ members", "<start> _ <num>", "well-known", "_ well-known", "Kitchen",
    ]),
    max_size=5,
    unique=True,
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), UNLESS, st.data())
def test_a_list_vetoes_where_one_of_its_items_does(words: str, unless: list[str], data: st.DataObject) -> None:
    text = TokenText(words)
    at = data.draw(st.integers(0, len(text.tokens) - 1))
    one_by_one = [is_vetoed(replace(ROW, unless=(item,)), text, at, at + 1) for item in unless]
    assert is_vetoed(replace(ROW, unless=tuple(unless)), text, at, at + 1) == any(one_by_one)


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), ITEMS, ITEMS, st.data())
def test_a_list_holds_where_one_of_its_items_does(
    words: str, before: list[str], after: list[str], data: st.DataObject
) -> None:
    text = TokenText(words)
    at = data.draw(st.integers(0, len(text.tokens) - 1))

    def one_by_one(items: list[str], *, ahead: bool) -> bool:
        rows = [replace(ROW, after=(item,)) if ahead else replace(ROW, before=(item,)) for item in items]
        return not items or any(holds(one, text, at, at + 1) for one in rows)

    asked: Row = replace(ROW, before=tuple(before), after=tuple(after))
    assert holds(asked, text, at, at + 1) == (one_by_one(before, ahead=False) and one_by_one(after, ahead=True))


def test_a_word_is_told_from_a_beginning_and_from_a_class() -> None:
    text = TokenText("the x members met 3 hotels")
    vetoes = {
        "members": True, "member": False, "member*": True, "_ members": True, "members _": False, "the _": True,
        "<det> _": True, "<num>": False, "hotels the": True, "_ <plural>": True, "_ <num>": False,
        "the _ members": True, "the _ hotels": False,
        "3 _ members": False, "<start> _ <plural>": False, "<det> _ members met": True,
    }  # fmt: skip
    assert {item: is_vetoed(replace(ROW, unless=(item,)), text, 1, 2) for item in vetoes} == vetoes
