"""Train the weights from labelled dumps, and judge dumps by sites the weights have not seen.

python -m linemodel.train CASES OUT                        all cases -> OUT (a weights.tsv)
python -m linemodel.train CASES OUT --folds 5 --kept DIR   also write what each profile keeps, cross-validated
                                                           by site, as DIR/<profile>/<dump>/<id>.txt
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cleanse.lines.cases import Case, read_cases
from cleanse.lines.judge import judge
from cleanse.lines.learn import Example, Settings, learn_chain, learn_own, measure_text
from cleanse.lines.lexicon import load_lexicon
from cleanse.lines.model import Model, Weights, format_weights, parse_weights
from cleanse.lines.profiles import NAMES, load_profiles

DATA = Path(__file__).parent / "data"

JUDGED = {
    "conservative": ("in-cropped", "in-clean", "in-blocks"),
    "balanced": ("in-blocks", "in-cropped", "in-clean"),
    "thorough": ("in-blocks",),
}
"""Which dumps each profile is judged on."""


@dataclass(frozen=True)
class Measured:
    """A case with its measured lines."""

    case: Case
    example: Example


def measure_cases(cases: Sequence[Case], folder: Path) -> list[Measured]:
    """Measure every case with the lexicons of a folder."""
    lexicon = load_lexicon(folder)
    measured = []
    for case in cases:
        lines, functions = measure_text(case.lines, lexicon)
        measured.append(Measured(case, Example(case.ident, lines, case.keep, functions)))
    return measured


def learn(examples: Sequence[Example], settings: Settings) -> Weights:
    """Both passes, rounded as the table will hold them."""
    weights = learn_chain(examples, learn_own(examples, settings), settings)
    return parse_weights(format_weights(weights))


def fold_of(site: str, folds: int) -> int:
    """The fold of a site: by a hash, so that adding sites moves no other."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def write_kept(measured: Sequence[Measured], model: Model, folder: Path) -> None:
    """Write what every profile keeps of these cases."""
    for name in NAMES:
        for item in measured:
            case = item.case
            if case.dump not in JUDGED[name]:
                continue
            verdicts = judge(case.lines, name, model)
            path = folder / name / case.dump / f"{case.ident}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = [line for line, verdict in zip(case.lines, verdicts, strict=True) if verdict.keep]
            path.write_text("\n".join(kept) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path, help="folder with index.tsv, gold/ and in-*/")
    parser.add_argument("out", type=Path, help="the weights table to write")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the lexicons and profiles")
    parser.add_argument("--rounds", type=int, default=Settings.rounds)
    parser.add_argument("--strength", type=float, default=Settings.strength)
    parser.add_argument("--members", type=int, default=Settings.members)
    parser.add_argument("--folds", type=int, default=0, help="also cross-validate by site")
    parser.add_argument(
        "--kept",
        type=Path,
        help="where to write what is kept: cross-validated with --folds, else by the weights trained on all",
    )
    args = parser.parse_args()
    settings = replace(Settings(), rounds=args.rounds, strength=args.strength, members=args.members)
    measured = measure_cases(list(read_cases(args.cases)), args.data)
    lexicon, profiles = load_lexicon(args.data), load_profiles(args.data)
    if args.folds:
        for fold in range(args.folds):
            seen = [item.example for item in measured if fold_of(item.case.site, args.folds) != fold]
            unseen = [item for item in measured if fold_of(item.case.site, args.folds) == fold]
            weights = learn(seen, settings)
            print(f"fold {fold}: {len(seen)} dumps learned, {len(unseen)} kept back", file=sys.stderr)
            if args.kept:
                write_kept(unseen, Model(weights, lexicon, profiles), args.kept)
    weights = learn([item.example for item in measured], settings)
    args.out.write_text(format_weights(weights), encoding="utf-8")
    if args.kept and not args.folds:
        write_kept(measured, Model(weights, lexicon, profiles), args.kept)


if __name__ == "__main__":
    main()
