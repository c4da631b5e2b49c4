"""Lexicons: read strictly, held to their contract."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.errors import RuleError
from cleanse.rules import load_rules
from cleanse.rules.lexicon import COLUMNS, Lexicon, odds, parse_lexicon
from cleanse.spinner.contract import breaches
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.learn import candidates
from cleanse.spinner.tokens import TokenText, split_form
from spinner.tables import LIMITS, lexicon, row

SHIPPED = tuple(load_rules().lexicons("spinner").values())


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: table.name)
def test_shipped_rows_keep_their_contract(table: Lexicon) -> None:
    assert list(breaches(table)) == []


def test_the_first_family_is_covered() -> None:
    (table,) = (table for table in SHIPPED if table.family == "A")
    assert len(table.rows) >= 4_000
    assert sum(bool(row.examples) for row in table.rows) > len(table.rows) / 2


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a\tb", r"test\.tsv:2: 2 cells, not 12"),
        ("a\ta\t\tcertain\t\t\t\t\t\t\t0\t", "another original"),
        ("a\tb\t\tsure\t\t\t\t\t\t\t0\t", "sure"),
        ("a\tb\t\tcertain\t\t\t\t\tx\t\t0\t", "x"),
    ],
)
def test_a_broken_row_is_named_by_file_and_line(line: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        parse_lexicon(("\t".join(COLUMNS) + "\n" + line).encode(), "test", "T", "test.tsv", LIMITS)


def test_other_columns_are_refused() -> None:
    with pytest.raises(RuleError, match="columns"):
        parse_lexicon(b"spun\toriginal\n", "test", "T", "test.tsv", LIMITS)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([row("b", "x"), row("a", "x")], "out of order"),
        ([row("a", "x"), row("a", "x")], "stands already"),
        ([row("a", "x", before="<nope>")], "no guard class"),
        ([row("a", "x", before="the _")], "only what stands in `unless`"),
        ([row("a", "x", unless="_ and _")], "the form stands in one place"),
        ([row("a", "x", before="the")], "needs examples"),
        ([row("a", "x", before="the", examples="the [-a-]{+y+} b")], "comes out as"),
        ([row("a", "x", before="the", examples="the [-a-]{+x+} b | the a c")], "comes out as"),
    ],
)
def test_breaches_are_found(rows: list[dict[str, str]], complaint: str) -> None:
    assert any(complaint in breach for breach in breaches(lexicon(*rows)))


def test_a_good_row_has_no_breach() -> None:
    good = row("level", "point", before="percentage", examples="a percentage [-level-]{+point+} up | a sea level")
    assert list(breaches(lexicon(good))) == []


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: table.name)
def test_every_row_is_found_by_its_form(table: Lexicon) -> None:
    """Forms are looked for by their first token, read before the rest of the row is."""
    index = FormIndex(table)
    for one in table.rows[::11]:
        form = index.of(split_form(one.spun))
        assert form is not None
        assert one in form.rows


def test_rows_of_a_base_stand_behind_a_table_s_own() -> None:
    index = FormIndex(lexicon(row("hub", "node")), lexicon(row("hub", "centre"), row("kid", "child", seen="2")))
    assert [one.original for one in index.of(("hub",)).rows] == ["node", "centre"]  # type: ignore[union-attr]
    assert index.of(("kid",)) is not None
    assert index.of(("lad",)) is None
    assert list(index.originals()) == ["node", "centre", "child"]
    assert index.replaced == {"child"}


COMPOSED = [table for table in SHIPPED if table.composed]
PATTERN = "They wrote of [-{spun}-]{+{original}+} there."


def test_tables_whose_rows_were_composed_say_how_and_give_every_row_an_example() -> None:
    assert {table.family for table in COMPOSED} >= {"C", "E"}
    assert all(table.examples(row) for table in COMPOSED for row in table.rows)


@pytest.mark.parametrize("table", COMPOSED, ids=lambda table: table.name)
def test_composed_words_are_no_names(table: Lexicon) -> None:
    """Names are restored by phrases that name them."""
    assert [row.spun for row in table.rows if row.spun.isalpha() and row.original[0].isupper()] == []


@pytest.mark.parametrize("table", COMPOSED, ids=lambda table: table.name)
def test_composed_words_are_inflected_as_their_originals_are(table: Lexicon) -> None:
    """One form never stands for a verb and for its -ing or -ed form (but for verbs such as put)."""
    forms: dict[str, set[str]] = {}
    for brief in table.rows.briefs():
        forms.setdefault(brief.original, set()).add(brief.spun)
    wrong = [
        (form, original)
        for original, found in forms.items()
        for ending in ("ing", "ed")
        if original.endswith(ending)
        for stem in (original.removesuffix(ending), original.removesuffix(ending) + "e")
        for form in found & forms.get(stem, set())
        if form.isalpha() and form not in {"put", "set", "cut", "hit", "read", "let", "cost", "shut", "shed", "spread"}
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("spun", "original", "complaint"),
    [("PC", "computer", "comes out as"), ("hub", "node", None), ("PC link", "net", None)],
)
def test_a_pattern_tries_every_row_in_small_and_capital_letters(
    spun: str, original: str, complaint: str | None
) -> None:
    found = list(breaches(replace(lexicon(row(spun, original)), pattern=PATTERN)))
    assert any(complaint in breach for breach in found) if complaint else found == []


def test_a_row_s_own_examples_go_before_the_pattern() -> None:
    table = replace(lexicon(row("hub", "node", examples="a [-hub-]{+node+}"), row("x", "y")), pattern=PATTERN)
    assert [table.examples(one) for one in table.rows] == [
        ("a [-hub-]{+node+}",), ("They wrote of [-x-]{+y+} there.",)
    ]  # fmt: skip


def test_candidates_are_learned_from_a_pair_of_texts() -> None:
    spun = "The metropolis met greater than 40 leaders.\nThe metropolis slept, he mentioned at last."
    original = "Preface.\nThe city met more than 40 leaders.\nThe city slept, he said at last."
    found = {(c.spun, c.original): c.count for c in candidates(spun, original)}
    assert found == {("metropolis", "city"): 2, ("greater", "more"): 1, ("mentioned", "said"): 1}
    assert candidates(original, original) == []


def test_rows_are_read_one_by_one_or_in_slices_with_their_lines() -> None:
    rows = lexicon(row("a", "x"), row("b", "y", seen="2"), row("c", "z")).rows
    assert [(r.spun, r.line) for r in rows[1:]] == [("b", 3), ("c", 4)]
    assert rows[-1] == rows[2]
    assert [(brief.spun, brief.original, brief.met) for brief in rows.briefs()] == [
        ("a", "x", False),
        ("b", "y", True),
        ("c", "z", False),
    ]
    with pytest.raises(IndexError):
        rows[3]


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: table.name)
def test_the_short_way_to_read_a_row_agrees_with_the_long_one(table: Lexicon) -> None:
    for brief, whole in zip(table.rows.briefs(), table.rows, strict=True):
        assert (brief.spun, brief.original, brief.sureness) == (whole.spun, whole.original, whole.sureness)
        assert (brief.met, brief.odds) == (whole.seen > 0, odds(whole))


def test_an_unchecked_lexicon_complains_when_the_row_is_read() -> None:
    raw = ("\t".join(COLUMNS) + "\na\tb\t\tsure\t\t\t\t\t\t\t0\t").encode()
    table = parse_lexicon(raw, "test", "T", "test.tsv", LIMITS, check=False)
    with pytest.raises(RuleError, match=r"test\.tsv:2: .*sure"):
        table.rows[0]


@given(st.text("aéZ’' -12\u0301", max_size=12))
def test_a_form_is_split_the_same_way_fast_and_slow(form: str) -> None:
    assert split_form(form) == tuple(token.lower for token in TokenText(form).tokens)
