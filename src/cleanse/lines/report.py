"""What each weight means: the table as sentences, strongest first."""

from math import exp

from cleanse.lines.chain import STEPS
from cleanse.lines.explain import in_words
from cleanse.lines.model import Weights

_MARKED = 0.005
"""A weight that rounds to less than this says nothing."""


def odds(weight: float) -> str:
    """A weight as what it does to the odds."""
    return f"× {exp(weight):.3g}" if weight >= 0 else f"÷ {exp(-weight):.3g}"


def report(weights: Weights) -> str:
    """One line per feature: the odds of keeping by the line alone, and of head, junk and tail against keeping."""
    lines = ["Steps of the chain (higher: likelier)"]
    lines += [f"  {name:12s} {value:+.2f}" for name, value in zip(STEPS, weights.steps.values, strict=True)]
    lines.append("First pass: what a line shows by itself, odds of being text")
    for name in sorted(weights.own, key=lambda key: (-abs(weights.own[key]), key)):
        if abs(weights.own[name]) < _MARKED:
            continue
        lines.append(f"  {odds(weights.own[name]):>9s}  {in_words(name)}  [{name}]")
    lines.append("Second pass: odds of head noise, junk inside and trailer against text")
    for name in sorted(weights.states, key=lambda key: (-max(map(abs, weights.states[key])), key)):
        head, junk, tail = weights.states[name]
        lines.append(
            f"  head {odds(head):>8s}  junk {odds(junk):>8s}  tail {odds(tail):>8s}  {in_words(name)}  [{name}]"
        )
    return "\n".join(lines) + "\n"
