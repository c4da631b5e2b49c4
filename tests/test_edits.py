"""Laws of the edit algebra."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.edits import ChangeSet, Edit, first_overlap
from cleanse.errors import EditError
from strategies import change_sets, changed_texts, texts

Changed = tuple[str, list[ChangeSet]]


def slow_map(changes: ChangeSet, position: int, side: int) -> int:
    """`map` as its docstring says it, one edit at a time."""
    shift = 0
    for edit in changes.edits:
        if edit.start > position or (edit.start == position and not edit.before and side < 0):
            break
        if edit.start <= position < edit.end:
            inside = position > edit.start and side >= 0
            return edit.start + shift + (len(edit.after) if inside else 0)
        shift += edit.delta
    return position + shift


@given(changed_texts())
def test_inverting_undoes(changed: Changed) -> None:
    text, (changes,) = changed
    assert changes.invert().apply(changes.apply(text)) == text


@given(changed_texts())
def test_inverting_twice_changes_nothing(changed: Changed) -> None:
    _, (changes,) = changed
    assert changes.invert().invert() == changes


@given(changed_texts())
def test_new_length_is_the_length_of_the_new_text(changed: Changed) -> None:
    text, (changes,) = changed
    assert len(changes.apply(text)) == changes.new_length


@given(changed_texts(rounds=2))
def test_composing_is_applying_twice(changed: Changed) -> None:
    text, (one, two) = changed
    assert one.compose(two).apply(text) == two.apply(one.apply(text))


@given(changed_texts(rounds=3))
def test_composition_associates_in_effect(changed: Changed) -> None:
    text, (one, two, three) = changed
    left, right = one.compose(two).compose(three), one.compose(two.compose(three))
    assert left.apply(text) == right.apply(text) == three.apply(two.apply(one.apply(text)))


@given(changed_texts())
def test_composed_with_its_inverse_a_change_leaves_every_text_as_it_was(changed: Changed) -> None:
    text, (changes,) = changed
    assert changes.compose(changes.invert()).apply(text) == text
    assert changes.invert().compose(changes).apply(changes.apply(text)) == changes.apply(text)


@given(changed_texts(rounds=2))
def test_the_inverse_of_a_composition_undoes_both(changed: Changed) -> None:
    text, (one, two) = changed
    assert one.compose(two).invert().apply(two.apply(one.apply(text))) == text


@given(changed_texts(), st.sampled_from([-1, 1]))
def test_map_is_monotone_and_stays_in_range(changed: Changed, side: int) -> None:
    text, (changes,) = changed
    mapped = [changes.map(position, side) for position in range(len(text) + 1)]
    assert mapped == sorted(mapped)
    assert mapped[0] >= 0
    assert mapped[-1] <= changes.new_length


@given(changed_texts(), st.sampled_from([-1, 1]), st.integers(0, 1))
def test_map_agrees_with_the_slow_reference(changed: Changed, side: int, inverse: int) -> None:
    text, (changes,) = changed
    if inverse:
        text, changes = changes.apply(text), changes.invert()
    for position in range(len(text) + 1):
        assert changes.map(position, side) == slow_map(changes, position, side)


@given(changed_texts())
def test_the_two_sides_never_cross(changed: Changed) -> None:
    text, (changes,) = changed
    assert all(changes.map(i, -1) <= changes.map(i, 1) for i in range(len(text) + 1))


@given(changed_texts(), st.data())
def test_the_image_of_an_untouched_span_holds_equal_text(changed: Changed, data: st.DataObject) -> None:
    text, (changes,) = changed
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    if any(e.start < end and start < e.end for e in changes.edits):
        return
    left, right = changes.image(start, end)
    assert changes.apply(text)[left:right] == text[start:end]


@given(changed_texts(), st.data())
def test_images_lie_in_the_new_text_and_grow_with_the_span(changed: Changed, data: st.DataObject) -> None:
    text, (changes,) = changed
    outer = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    inner = sorted(data.draw(st.tuples(*[st.integers(outer[0], outer[1])] * 2)))
    left, right = changes.image(*outer)
    assert 0 <= left <= right <= changes.new_length
    if inner[0] < inner[1]:
        a, b = changes.image(*inner)
        assert left <= a <= b <= right


@given(changed_texts())
def test_a_replacement_s_image_is_its_replacement(changed: Changed) -> None:
    text, (changes,) = changed
    new = changes.apply(text)
    for edit in changes.edits:
        if edit.before and edit.after:
            left, right = changes.image(edit.start, edit.end)
            assert new[left:right] == edit.after


@given(texts, st.data())
def test_of_does_not_care_for_order_and_drops_what_changes_nothing(text: str, data: st.DataObject) -> None:
    changes = data.draw(change_sets(text))
    shuffled = data.draw(st.permutations([*changes.edits, Edit(0, text[:1], text[:1])]))
    assert ChangeSet.of(len(text), shuffled) == changes


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, "ab", "x"), Edit(1, "bc", "y")],
        [Edit(0, "abc", ""), Edit(1, "", "y")],
        [Edit(1, "", "x"), Edit(1, "", "y")],
        [Edit(1, "b", "x"), Edit(1, "b", "y")],
        [Edit(0, "abcd", "x"), Edit(1, "b", "y"), Edit(2, "", "z")],
    ],
)
def test_overlaps_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError, match="overlap"):
        ChangeSet.of(4, edits)


@pytest.mark.parametrize("edit", [Edit(-1, "a", ""), Edit(3, "de", ""), Edit(5, "", "x")])
def test_places_outside_the_text_are_refused(edit: Edit) -> None:
    with pytest.raises(EditError, match="outside"):
        ChangeSet.of(4, [edit])


def test_adjacent_edits_and_insertions_at_borders_are_legal() -> None:
    edits = [Edit(0, "", "<"), Edit(0, "ab", "x"), Edit(2, "", "|"), Edit(2, "cd", "y"), Edit(4, "", ">")]
    assert ChangeSet.of(4, edits).apply("abcd") == "<x|y>"


def test_an_edit_checks_the_text_it_is_applied_to() -> None:
    with pytest.raises(EditError, match="at 1 the text has 'b', not 'x'"):
        ChangeSet.of(3, [Edit(1, "x", "")]).apply("abc")


def test_a_change_set_checks_the_length_of_its_text() -> None:
    with pytest.raises(EditError, match="for 3 characters"):
        ChangeSet.of(3, [Edit(1, "b", "")]).apply("abcd")


def test_sets_of_different_lengths_do_not_compose() -> None:
    with pytest.raises(EditError, match="cannot compose"):
        ChangeSet.of(3, [Edit(0, "a", "")]).compose(ChangeSet(3))


def test_sets_that_disagree_about_the_middle_do_not_compose() -> None:
    with pytest.raises(EditError, match="disagree"):
        ChangeSet.of(1, [Edit(0, "a", "b")]).compose(ChangeSet.of(1, [Edit(0, "x", "")]))


@given(texts)
def test_an_empty_change_set_is_false_and_changes_nothing(text: str) -> None:
    assert not ChangeSet(len(text))
    assert ChangeSet(len(text)).apply(text) == text


@given(st.lists(st.tuples(st.integers(0, 6), st.text("ab", max_size=3)), max_size=5))
def test_edits_overlap_somewhere_just_when_neighbours_do(places: list[tuple[int, str]]) -> None:
    placed = sorted((Edit(start, before, "x") for start, before in places), key=lambda edit: (edit.start, edit.end))
    conflicts = any(one.conflicts(two) for one, two in combinations(placed, 2))
    assert (first_overlap(placed) is not None) == conflicts
