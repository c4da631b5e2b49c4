"""Training from labelled dumps, and judging dumps of sites that the weights have not seen."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from cleanse.lines.cases import Case
from cleanse.lines.judge import judge
from cleanse.lines.learn import Example, Settings, learn_chain, learn_own, measure_text
from cleanse.lines.lexicon import Lexicon
from cleanse.lines.model import Model, Weights, format_weights, parse_weights
from cleanse.lines.profiles import NAMES

JUDGED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "conservative": ("in-cropped", "in-clean", "in-blocks"),
        "balanced": ("in-blocks", "in-cropped", "in-clean"),
        "thorough": ("in-blocks",),
    }
)
"""Which kinds of dump each profile is judged on."""


FULL = "in-blocks"
"""The kind of dump that crops are made of."""
MARGIN = 8
"""Lines above and below the text that a crop has at most."""
CROP_WEIGHT = 0.7


@dataclass(frozen=True)
class Measured:
    """A case with its measured lines."""

    case: Case
    example: Example


def measure_cases(cases: Sequence[Case], lexicon: Lexicon) -> list[Measured]:
    """Measure the lines of every case."""
    measured = []
    for case in cases:
        lines, functions = measure_text(case.lines, lexicon)
        measured.append(Measured(case, Example(case.ident, lines, case.keep, functions)))
    return measured


def examples_of(measured: Sequence[Measured], settings: Settings) -> list[Example]:
    """What is learned from: every dump, and for each full one a few crops of it."""
    crops = (crop for item in measured if item.case.dump == FULL for crop in crops_of(item.example, settings))
    return [*(item.example for item in measured), *crops]


def crops_of(example: Example, settings: Settings) -> Iterator[Example]:
    """The text with some of the lines above and below it: how people copy pages, each time at another place."""
    if True not in example.keep:
        return
    first, behind = example.keep.index(True), len(example.keep) - example.keep[::-1].index(True)
    for number in range(settings.crops):
        source = int(hashlib.sha256(f"{example.ident} {number}".encode()).hexdigest(), 16)
        above, below = source % (MARGIN + 1), source // (MARGIN + 1) % (MARGIN + 1)
        part = slice(max(0, first - above), behind + below)
        yield replace(example, lines=example.lines[part], keep=example.keep[part], weight=CROP_WEIGHT)


def learn(examples: Sequence[Example], settings: Settings) -> Weights:
    """Both passes, rounded as the table will hold them."""
    weights = learn_chain(examples, learn_own(examples, settings), settings)
    return parse_weights(format_weights(weights))


def fold_of(site: str, folds: int) -> int:
    """The fold of a site: by a hash, so that adding sites moves no other."""
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % folds


def cross_validated(
    measured: Sequence[Measured], folds: int, settings: Settings
) -> Iterator[tuple[Weights, list[Measured]]]:
    """Per fold: weights learned from all other sites, and the cases of the sites they have not seen."""
    for fold in range(folds):
        seen = [item for item in measured if fold_of(item.case.site, folds) != fold]
        unseen = [item for item in measured if fold_of(item.case.site, folds) == fold]
        if seen and unseen:
            yield learn(examples_of(seen, settings), settings), unseen


def kept(measured: Sequence[Measured], model: Model) -> Iterator[tuple[str, Case, list[str]]]:
    """What every profile keeps of these cases: its name, the case, the lines."""
    for name in NAMES:
        for item in measured:
            case = item.case
            if case.dump in JUDGED[name]:
                verdicts = judge(case.lines, name, model)
                yield name, case, [line for line, v in zip(case.lines, verdicts, strict=True) if v.keep]


def with_weights(model: Model, weights: Weights) -> Model:
    """The same lexicon and profiles with other weights."""
    return replace(model, weights=weights)
