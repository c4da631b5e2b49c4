"""Sorted lines are found by what they begin with, wherever a block ends."""

from hypothesis import given
from hypothesis import strategies as st

from cleanse.lookup import SortedLines, pieces

WORDS = st.dictionaries(st.text(st.characters(exclude_characters="\n\t", codec="utf-8"), max_size=400), st.integers())


@given(WORDS, st.data())
def test_every_line_is_found_and_no_other(table: dict[str, int], data: st.DataObject) -> None:
    lines = SortedLines("\n".join(sorted(f"{word}\t{number}" for word, number in table.items())).encode())
    for word, number in table.items():
        assert lines.rest(f"{word}\t".encode()) == str(number).encode()
    other = data.draw(st.text(max_size=3))
    assert (lines.rest(f"{other}\t".encode()) is not None) == (other in table)


def test_of_no_lines_none_is_found() -> None:
    assert SortedLines(b"").rest(b"a") is None


@given(
    st.lists(st.text(st.characters(exclude_characters="\n", codec="utf-8"), max_size=9), max_size=9),
    st.integers(1, 30_000),
)
def test_pieces_are_the_lines(lines: list[str], times: int) -> None:
    raw = ("\n".join(lines) * times).encode()
    assert b"\n".join(pieces(raw)) == raw
