"""Word diff: what is rendered can be read again."""

import re

import pytest
from hypothesis import assume, given

from cleanse import wdiff
from cleanse.edits import ChangeSet, Edit
from strategies import changed_texts

Changed = tuple[str, list[ChangeSet]]
_SYNTAX = re.compile(r"[\[\]{}+\-]")


@given(changed_texts())
def test_what_is_rendered_reads_as_the_same_change(changed: Changed) -> None:
    text, (changes,) = changed
    assume(not _SYNTAX.search(text) and not any(_SYNTAX.search(e.after) for e in changes.edits))
    assume(not any(a.end == b.start for a, b in zip(changes.edits, changes.edits[1:], strict=False)))
    assert wdiff.parse(wdiff.render(text, changes.edits)) == (text, changes)


@given(changed_texts())
def test_touching_marks_read_as_a_change_of_the_same_effect(changed: Changed) -> None:
    text, (changes,) = changed
    assume(not _SYNTAX.search(text) and not any(_SYNTAX.search(e.after) for e in changes.edits))
    assume(not any(_insertions_meet(a, b) for a, b in zip(changes.edits, changes.edits[1:], strict=False)))
    read, again = wdiff.parse(wdiff.render(text, changes.edits))
    assert read == text
    assert again.apply(text) == changes.apply(text)


def _insertions_meet(one: Edit, two: Edit) -> bool:
    """`[-a-]{+b+}` is one replacement, so a deletion before an insertion reads as one edit: the same effect."""
    return one.start == two.start and not one.before and not two.before


@pytest.mark.parametrize(
    ("marked", "text", "edits"),
    [
        ("a [-crimson-]{+red+} carpet", "a crimson carpet", [Edit(2, "crimson", "red")]),
        ("[-Menu\n-]Text", "Menu\nText", [Edit(0, "Menu\n", "")]),
        ("so{+ +}on", "soon", [Edit(2, "", " ")]),
        ("[-a-][-b-]", "ab", [Edit(0, "a", ""), Edit(1, "b", "")]),
        ("plain", "plain", []),
        ("", "", []),
    ],
)
def test_marks_read_as_edits(marked: str, text: str, edits: list[Edit]) -> None:
    assert wdiff.marks(marked) == (text, edits)
    assert wdiff.render(text, edits) == marked
    assert wdiff.is_marked(marked) is bool(edits)


def test_a_mark_that_changes_nothing_counts_as_a_mark_but_not_as_a_change() -> None:
    assert wdiff.marks("[-a-]{+a+}") == ("a", [Edit(0, "a", "a")])
    assert wdiff.parse("[-a-]{+a+}") == ("a", ChangeSet(1))


@pytest.mark.parametrize("text", ["[- open", "closed -]", "{+ open", "a[0]-b", "{x}+y", "f[-1]"])
def test_halves_of_marks_are_plain_text(text: str) -> None:
    assert wdiff.parse(text) == (text, ChangeSet(len(text)))
