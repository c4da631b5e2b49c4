"""Sign-off: bounds against known tables, samples nobody can choose, certificates that only the truth keeps."""

import json
import random
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.decisions.book import Book
from cleanse.decisions.decision import Anchor, Decision, Word
from cleanse.signoff.bounds import EProcess, at_most, lower, needed, upper
from cleanse.signoff.certificate import Item, Plan, Standing
from cleanse.signoff.sampling import Draw, rank, sample

MILLION = 1_000_000


@pytest.mark.parametrize(
    ("limit", "sizes"),
    [
        (0.05, (59, 93, 124, 153)),
        (0.02, (149, 236, 313, 386)),
        (0.01, (299, 473, 628, 773)),
        (0.005, (598, 947, 1258, 1549)),
        (0.001, (2995, 4742, 6294, 7752)),
    ],
)
def test_how_many_looks_a_claim_needs(limit: float, sizes: tuple[int, ...]) -> None:
    """The table of acceptance sampling for 0, 1, 2 and 3 defects at 95 %."""
    assert tuple(needed(limit, defects) for defects in range(4)) == sizes


@given(st.integers(1, 400), st.data())
def test_the_exact_bound_is_where_so_few_defects_become_unlikely(count: int, data: st.DataObject) -> None:
    defects = data.draw(st.integers(0, count - 1))
    bound = upper(defects, count)
    assert at_most(defects, count, bound) == pytest.approx(0.05, abs=1e-6)
    assert lower(count - defects, count) == pytest.approx(1 - bound)


def test_the_exact_bound_is_that_of_clopper_and_pearson() -> None:
    assert upper(0, 300) == pytest.approx(1 - 0.05 ** (1 / 300), abs=1e-9)
    assert upper(3, 50) == pytest.approx(0.14784, abs=1e-5)  # scipy.stats.beta.ppf(.95, 4, 47)
    assert upper(0, 0) == upper(5, 5) == 1.0


def test_looking_after_every_item_signs_wrongly_in_at_most_one_case_of_twenty() -> None:
    chance = random.Random(1)  # noqa: S311 - the same each time, not secret
    wrong = 0
    for _ in range(400):
        process = EProcess(0.01)
        for _ in range(1_200):
            process.add(bad=chance.random() < 0.01)
            if process.suffices():
                wrong += 1
                break
    assert wrong / 400 <= 0.05 + 0.02  # two standard errors of 400 runs


@given(st.lists(st.booleans(), max_size=200))
def test_what_an_e_process_still_needs_is_what_it_then_takes(answers: list[bool]) -> None:
    process = EProcess(0.05, len(answers), sum(answers))
    more = process.more(0.05)
    for _ in range(more - 1):
        process.add(bad=False)
    assert more == 0 or not process.suffices()
    process.add(bad=False)
    assert process.suffices()


T = TypeVar("T")


def draw(seed: str, items: Iterable[tuple[str, T]], size: int) -> tuple[int, list[T]]:
    made: Draw[T] = Draw(seed, size)
    for name, one in items:
        made.add(name, one)
    return made.population, made.drawn()


NAMES = st.lists(st.text("0123456789abcdef", min_size=12, max_size=12), max_size=60)


@given(NAMES, st.integers(1, 30), st.text(max_size=5))
def test_a_draw_is_the_sample_of_the_distinct_names(names: list[str], size: int, seed: str) -> None:
    population, drawn = draw(seed, ((name, name.upper()) for name in names), size)
    assert population == len(set(names))
    assert drawn == [name.upper() for name in sample(seed, names, size)]


@given(NAMES, st.randoms(use_true_random=False))
def test_order_and_repetition_change_no_draw(names: list[str], chance: random.Random) -> None:
    again = names * 2
    chance.shuffle(again)
    assert draw("seed", zip(names, names, strict=True), 9) == draw("seed", zip(again, again, strict=True), 9)


def test_another_run_draws_another_sample() -> None:
    names = [f"{number:012x}" for number in range(5_000)]
    one, two = (set(sample(seed, names, 300)) for seed in ("one", "two"))
    assert len(one & two) < 60  # 18 expected


def test_after_more_documents_most_of_the_sample_stays() -> None:
    names = [f"{number:012x}" for number in range(5_500)]
    before, after = set(sample("seed", names[:5_000], 300)), set(sample("seed", names, 300))
    assert len(before & after) > 240


def test_ranks_are_even() -> None:
    ranks = [rank("seed", str(number)) / 2**64 for number in range(4_000)]
    tenths = [sum(int(r * 10) == tenth for r in ranks) for tenth in range(10)]
    assert all(320 < number < 480 for number in tenths)  # 400 expected, four standard errors


def item(number: int) -> Item:
    return Item(f"{number:012x}", "doc", ("digest", number, number + 1, ""), "table/rule", "x")


def said(one: Item, word: Word = Word.ACCEPT, **more: object) -> Decision:
    doc, start, end, after = one.place
    anchor = Anchor(doc, one.document, start, end, "", "", "")
    return replace(Decision(anchor, one.before, after, word, one.rule, by="ann"), **more)  # type: ignore[arg-type]


def standing(plan: Plan, words: dict[int, Word] | None = None, population: int = 1_000, **more: object) -> Standing:
    """Every sampled item accepted, but for those whose place in the draw has another word."""
    count, drawn = draw("seed", ((item(n).id, item(n)) for n in range(population)), plan.size)
    decisions = [said(one, (words or {}).get(number, Word.ACCEPT), **more) for number, one in enumerate(drawn)]
    return Standing(plan, "seed", count, drawn, Book(tuple(decisions)))


def also(one: Standing, decision: Decision) -> Standing:
    assert isinstance(one.book, Book)
    return replace(one, book=Book((*one.book.history, decision)))


def test_a_million_edits_are_signed_off_by_looking_at_three_hundred() -> None:
    items = ((f"{number:012x}", number) for number in range(MILLION))
    population, drawn = draw("manifest", items, Plan().size)
    looked = [item(number) for number in drawn]
    signed = Standing(Plan(), "manifest", population, looked, Book(tuple(said(one) for one in looked)))
    assert (population, len(looked)) == (MILLION, 299)
    assert signed.signed
    assert signed.bound < 0.01
    assert upper(0, 300) < 0.01
    assert not Standing(Plan(), "manifest", population, looked, Book(tuple(map(said, looked[1:])))).signed


def test_one_wrong_edit_is_one_too_many_unless_the_plan_allowed_it() -> None:
    assert standing(Plan(), {7: Word.REJECT}).hopeless
    assert not standing(Plan(), {7: Word.EDIT}).signed
    allowing = standing(Plan(allowed=1), {7: Word.REJECT})
    assert len(allowing.sample) == 473
    assert allowing.signed
    assert allowing.bound < 0.01


def test_what_was_skipped_counts_as_wrong_in_the_bound() -> None:
    skipped = standing(Plan(), {3: Word.SKIP})
    assert skipped.hopeless
    assert skipped.lenient < 0.01 < skipped.bound


def test_what_was_accepted_with_others_of_its_kind_was_not_looked_at() -> None:
    bulk = standing(Plan(), scope="kind", members={"count": 1_000, "digest": ""})
    assert not bulk.signed
    assert len(bulk.open) == 299
    assert standing(Plan(), {0: Word.REJECT}, scope="kind").defects == 1


def test_an_anytime_plan_counts_no_further_than_the_first_gap() -> None:
    plan = Plan("anytime")
    whole = standing(plan, population=20_000)
    assert whole.signed
    first = whole.sample[0]
    gap = also(whole, replace(said(first), word=Word.WITHDRAW))
    assert gap.counted == ()
    assert gap.open == [first]
    untouched = replace(whole, book=Book())
    assert untouched.open == list(whole.sample[:323])


def test_an_anytime_plan_bears_defects_that_enough_good_edits_outweigh() -> None:
    assert standing(Plan("anytime"), {5: Word.REJECT, 900: Word.REJECT}, population=20_000).signed
    assert not standing(Plan("anytime"), dict.fromkeys(range(0, 6_000, 50), Word.REJECT), population=20_000).signed


def test_where_everything_was_looked_at_nothing_is_left_to_bound() -> None:
    small = standing(Plan(), {3: Word.REJECT}, population=120)
    assert small.whole
    assert small.bound == pytest.approx(1 / 120)
    assert small.signed


def test_a_certificate_can_be_recomputed() -> None:
    made = standing(Plan()).certificate()
    assert json.loads(json.dumps(made)) == standing(Plan()).certificate()
    assert made["signed"]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: replace(s, seed="another run"),
        lambda s: replace(s, population=s.population + 1),
        lambda s: replace(s, sample=s.sample[1:]),
        lambda s: also(s, said(s.sample[0], Word.REJECT)),
        lambda s: also(s, said(s.sample[0], note="looked again")),
    ],
)
def test_a_certificate_of_something_else_is_another(change) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    signed = standing(Plan())
    assert change(signed).certificate() != signed.certificate()


def test_decisions_on_other_edits_do_not_touch_a_certificate() -> None:
    signed = standing(Plan())
    outside = next(item(n) for n in range(1_000) if item(n) not in signed.sample)
    more = also(signed, said(outside, Word.REJECT))
    assert more.certificate() == signed.certificate()
