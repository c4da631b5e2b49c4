"""The chain H* (K (J* K)*) T*: head noise, text with junk lines inside, trailer.

States are numbered HEAD, KEEP, JUNK, TAIL. Emissions are log scores relative to KEEP (whose own score is 0),
so that a line costs three numbers. Everything runs on plain floats in one fixed order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

STATES = ("head", "keep", "junk", "tail")
HEAD, KEEP, JUNK, TAIL = range(4)

STEPS = (
    "start head",
    "start keep",
    "head head",
    "head keep",
    "keep keep",
    "keep junk",
    "keep tail",
    "junk junk",
    "junk keep",
    "tail tail",
)
"""The legal steps; each has one weight."""

LIMIT = 25.0
"""Scores are clipped to ± this, so that no product of a step can vanish."""

FLOOR = 1e-140
"""The least a state may count while it is possible: two of them multiplied are still more than nothing."""

Scores = tuple[float, float, float]
"""Score of head, junk and tail against keep, for one line."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Log weights of the legal steps, in the order of `STEPS`."""

    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Posterior:
    """Per line the probabilities of the four states; for training also the expected count of every step."""

    states: list[tuple[float, float, float, float]]
    steps: list[float]


def _weights(scores: Sequence[Scores]) -> list[Scores]:
    return [
        (exp(max(-LIMIT, min(LIMIT, h))), exp(max(-LIMIT, min(LIMIT, j))), exp(max(-LIMIT, min(LIMIT, t))))
        for h, j, t in scores
    ]


def posterior(scores: Sequence[Scores], steps: Steps, *, count_steps: bool = False) -> Posterior:
    """Forward-backward. The chain may end in any state but an unfinished JUNK run."""
    start_h, start_k, hh, hk, kk, kj, kt, jj, jk, tt = map(exp, steps.values)
    weights = _weights(scores)
    h, k, j, t = 0.0, 0.0, 0.0, 0.0
    forward: list[tuple[float, float, float, float]] = []
    for at, (eh, ej, et) in enumerate(weights):
        if at:
            h, k, j, t = h * hh * eh, h * hk + k * kk + j * jk, (k * kj + j * jj) * ej, (k * kt + t * tt) * et
        else:
            h, k = start_h * eh, start_k
        scale = 1.0 / (h + k + j + t)
        h, k, j, t = h * scale, k * scale + FLOOR, j * scale, t * scale
        forward.append((h, k, j, t))
    bh, bk, bj, bt = 1.0, 1.0, 0.0, 1.0
    states: list[tuple[float, float, float, float]] = []
    counts = [0.0] * len(STEPS)
    for at in range(len(weights) - 1, -1, -1):
        fh, fk, fj, ft = forward[at]
        ph, pk, pj, pt = fh * bh, fk * bk, fj * bj, ft * bt
        scale = 1.0 / (ph + pk + pj + pt)
        states.append((ph * scale, pk * scale, pj * scale, pt * scale))
        eh, ej, et = weights[at]
        wh, wj, wt = eh * bh, ej * bj, et * bt
        if at and count_steps:
            fh, fk, fj, ft = forward[at - 1]
            flows = (
                fh * hh * wh,
                fh * hk * bk,
                fk * kk * bk,
                fk * kj * wj,
                fk * kt * wt,
                fj * jj * wj,
                fj * jk * bk,
                ft * tt * wt,
            )
            scale = 1.0 / sum(flows)
            for number, flow in enumerate(flows, 2):
                counts[number] += flow * scale
        bh, bk, bj, bt = hh * wh + hk * bk, kk * bk + kj * wj + kt * wt, jj * wj + jk * bk, tt * wt
        scale = 1.0 / (bh + bk + bj + bt)
        bh, bk, bj, bt = bh * scale, bk * scale + FLOOR, bj * scale, bt * scale
    states.reverse()
    if states and count_steps:
        counts[0], counts[1] = states[0][HEAD], states[0][KEEP]
    return Posterior(states, counts)


def viterbi(scores: Sequence[Scores], steps: Steps) -> list[int]:
    """The most probable legal sequence of states; ties go to the lower-numbered state."""
    if not scores:
        return []
    start_h, start_k, hh, hk, kk, kj, kt, jj, jk, tt = steps.values
    none = float("-inf")
    best = [start_h + scores[0][0], start_k, none, none]
    back: list[tuple[int, int, int, int]] = []
    for eh, ej, et in scores[1:]:
        h, k, j, t = best
        to_keep = max((h + hk, -HEAD), (k + kk, -KEEP), (j + jk, -JUNK))
        to_junk = max((k + kj, -KEEP), (j + jj, -JUNK))
        to_tail = max((k + kt, -KEEP), (t + tt, -TAIL))
        best = [h + hh + eh, to_keep[0], to_junk[0] + ej, to_tail[0] + et]
        back.append((HEAD, -to_keep[1], -to_junk[1], -to_tail[1]))
    best[JUNK] = none
    state = max(range(4), key=lambda s: (best[s], -s))
    path = [state]
    for row in reversed(back):
        state = row[state]
        path.append(state)
    return path[::-1]


def gold_states(keep: Sequence[bool]) -> list[int]:
    """The states a labelled text passes through; without any kept line all is head noise."""
    if True not in keep:
        return [HEAD] * len(keep)
    first, last = list(keep).index(True), len(keep) - 1 - list(keep)[::-1].index(True)
    return [KEEP if flag else HEAD if at < first else TAIL if at > last else JUNK for at, flag in enumerate(keep)]


def logit(probability: float) -> float:
    """Log odds, clipped."""
    probability = min(max(probability, 1e-9), 1 - 1e-9)
    return log(probability / (1 - probability))
