"""What each weight means: the table as sentences, strongest first.

cleanse lines report [FOLDER]
"""

import argparse
from math import exp
from pathlib import Path

from cleanse.lines.chain import STEPS
from cleanse.lines.explain import in_words
from cleanse.lines.model import Weights, parse_weights

DATA = Path(__file__).parent / "data"


def odds(weight: float) -> str:
    """A weight as what it does to the odds."""
    return f"× {exp(weight):.3g}" if weight >= 0 else f"÷ {exp(-weight):.3g}"


def report(weights: Weights) -> str:
    """One line per feature: the odds of keeping by the line alone, and of head, junk and tail against keeping."""
    lines = ["Steps of the chain (higher: likelier)"]
    lines += [f"  {name:12s} {value:+.2f}" for name, value in zip(STEPS, weights.steps.values, strict=True)]
    lines.append("First pass: what a line shows by itself, odds of being text")
    for name in sorted(weights.own, key=lambda key: (-abs(weights.own[key]), key)):
        lines.append(f"  {odds(weights.own[name]):>9s}  {in_words(name)}  [{name}]")
    lines.append("Second pass: odds of head noise, junk inside and trailer against text")
    for name in sorted(weights.states, key=lambda key: (-max(map(abs, weights.states[key])), key)):
        head, junk, tail = weights.states[name]
        lines.append(
            f"  head {odds(head):>8s}  junk {odds(junk):>8s}  tail {odds(tail):>8s}  {in_words(name)}  [{name}]"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description="Say what each weight of the line model means.")
    parser.add_argument("folder", type=Path, nargs="?", default=DATA, help="folder with weights.tsv")
    folder: Path = parser.parse_args().folder
    print(report(parse_weights((folder / "weights.tsv").read_text(encoding="utf-8"))), end="")


if __name__ == "__main__":
    main()
