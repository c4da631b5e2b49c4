"""The chain against brute force over all legal sequences."""

from itertools import pairwise, product
from math import exp, inf, isclose

from hypothesis import given
from hypothesis import strategies as st

from cleanse.lines.chain import HEAD, JUNK, KEEP, STEPS, TAIL, Scores, Steps, gold_states, posterior, viterbi
from cleanse.lines.learn import count_gold_steps

PAIRS = {
    (HEAD, HEAD): 2,
    (HEAD, KEEP): 3,
    (KEEP, KEEP): 4,
    (KEEP, JUNK): 5,
    (KEEP, TAIL): 6,
    (JUNK, JUNK): 7,
    (JUNK, KEEP): 8,
    (TAIL, TAIL): 9,
}
number = st.floats(-4, 4)
scores_of = st.lists(st.tuples(number, number, number), min_size=1, max_size=5)
steps_of = st.tuples(*[number] * len(STEPS)).map(Steps)


def total(path: tuple[int, ...], scores: list[Scores], steps: Steps) -> float:
    if path[0] not in (HEAD, KEEP) or path[-1] == JUNK:
        return -inf
    score = steps.values[path[0]]
    for pair in pairwise(path):
        if pair not in PAIRS:
            return -inf
        score += steps.values[PAIRS[pair]]
    return score + sum((row[0], 0.0, row[1], row[2])[state] for row, state in zip(scores, path, strict=True))


@given(scores_of, steps_of)
def test_posterior_is_the_sum_over_legal_sequences(scores: list[Scores], steps: Steps) -> None:
    found = posterior(scores, steps, count_steps=True)
    paths = [(path, exp(total(path, scores, steps))) for path in product(range(4), repeat=len(scores))]
    whole = sum(weight for _, weight in paths)
    for at, row in enumerate(found.states):
        for state in range(4):
            expected = sum(weight for path, weight in paths if path[at] == state) / whole
            assert isclose(row[state], expected, abs_tol=1e-9)
    for step, expected_count in enumerate(found.steps[2:], 2):
        counted = (
            sum(weight * sum(PAIRS.get(pair) == step for pair in pairwise(path)) for path, weight in paths) / whole
        )
        assert isclose(expected_count, counted, abs_tol=1e-9)


@given(scores_of, steps_of)
def test_viterbi_finds_a_best_legal_sequence(scores: list[Scores], steps: Steps) -> None:
    best = max(total(path, scores, steps) for path in product(range(4), repeat=len(scores)))
    assert isclose(total(tuple(viterbi(scores, steps)), scores, steps), best, abs_tol=1e-9)


def test_scores_far_out_of_range_give_numbers() -> None:
    rows = posterior([(1e9, -1e9, 1e9), (-1e9, 1e9, 1e9)] * 500, Steps((-50.0,) * len(STEPS))).states
    assert all(0 <= p <= 1 for row in rows for p in row)


@given(st.lists(st.booleans(), max_size=12))
def test_gold_states_are_legal_and_keep_what_is_kept(keep: list[bool]) -> None:
    states = gold_states(keep)
    assert [state == KEEP for state in states] == keep
    assert sum(count_gold_steps(states)) == len(keep)


def test_no_sequence_is_so_lopsided_that_every_path_vanishes() -> None:
    steps = Steps((-1, -1, 0, -3, 0, -4, -4, 0, -3, 0))
    scores: list[Scores] = [(-25.0, -25.0, 25.0)] * 60
    scores += [(-25.0, -25.0, -25.0)] * 60 + [(25.0, 25.0, 25.0)] * 40
    found = posterior(scores, steps, count_steps=True)
    assert all(isclose(sum(row), 1) for row in found.states)
    assert isclose(sum(found.steps), len(scores))
