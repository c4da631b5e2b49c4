"""Phrases stand where their words stand side by side."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cleanse.spinner.runs import Phrases, Words, rarest

RUNS = st.lists(st.sampled_from(["a", "bb", "the", "of"]), max_size=4).map(tuple)


@given(st.lists(RUNS, max_size=12), st.lists(st.sampled_from(["a", "bb", "the", "of", "x"]), max_size=30))
def test_phrases_found_by_a_rare_pair_are_those_that_stand_there(
    phrases: list[tuple[str, ...]], words: list[str]
) -> None:
    running = f" {' '.join(words)} "
    wanted = [runs for runs in phrases if not runs or f" {' '.join(runs)} " in running]
    found = Phrases(Counter(phrases), rarest(phrases)).standing(Words(", ".join(words)))
    assert Counter(dict(found)) == Counter(wanted)
