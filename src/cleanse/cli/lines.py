"""`cleanse lines …`: train the line model, and say what its weights mean."""

from dataclasses import replace
from pathlib import Path

import click

from cleanse.cli.common import guarded, say
from cleanse.errors import UsageError
from cleanse.io.cases import read_cases, write_kept
from cleanse.io.writing import write_named
from cleanse.lines.learn import Settings
from cleanse.lines.model import Model, format_weights, load_model, load_weights
from cleanse.lines.report import report as weights_report
from cleanse.lines.train import Measured, cross_validated, examples_of, kept, learn, measure_cases, with_weights
from cleanse.rules.loader import shipped_folder
from cleanse.visible import visible

_DEFAULTS = Settings()
_TABLES = click.option(
    "--tables",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder with furniture.tsv, function_words.tsv, profiles.toml and weights.tsv.  [default: the shipped one]",
)


@click.group()
def lines() -> None:
    """Train the line model of the boilerplate stage, and read its weights."""


@lines.command()
@click.argument("folder", metavar="CASES", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@_TABLES
@click.option("--folds", type=click.IntRange(min=0), default=0, help="Also judge sites that were not learned from.")
@click.option("--kept", "kept_folder", type=click.Path(path_type=Path), help="Where to write what each profile keeps.")
@click.option("--rounds", type=click.IntRange(min=1), default=_DEFAULTS.rounds, show_default=True)
@click.option("--strength", type=click.FloatRange(min=0), default=_DEFAULTS.strength, show_default=True)
@click.option("--members", type=click.IntRange(min=1), default=_DEFAULTS.members, show_default=True)
@click.option("--crops", type=click.IntRange(min=0), default=_DEFAULTS.crops, show_default=True, help="Of each dump.")
@guarded
def train(
    folder: Path,
    out: Path,
    tables: Path | None,
    folds: int,
    kept_folder: Path | None,
    rounds: int,
    strength: float,
    members: int,
    crops: int,
) -> None:
    """Learn the weights from the labelled dumps in CASES and write them to OUT.

    CASES holds index.tsv (columns id, set, site, …), gold/ID.txt, and in-blocks/, in-cropped/, in-clean/ with
    ID.txt. With --folds, what --kept writes is judged by weights learned from the other sites; the weights
    written to OUT are always learned from all of them. The same cases give the same weights.
    """
    settings = replace(_DEFAULTS, rounds=rounds, strength=strength, members=members, crops=crops)
    model = load_model(tables or shipped_folder() / "lines")
    measured = measure_cases(list(read_cases(folder)), model.lexicon)
    if not measured:
        raise UsageError(f"{folder}: its index names no dump that is there")
    for number, (weights, unseen) in enumerate(cross_validated(measured, folds, settings), 1):
        say(f"fold {number} of {folds}: {len(measured) - len(unseen)} dumps learned, {len(unseen)} kept back", err=True)
        _write(unseen, with_weights(model, weights), kept_folder)
    weights = learn(examples_of(measured, settings), settings)
    write_named(out, format_weights(weights).encode())
    if not folds:
        _write(measured, with_weights(model, weights), kept_folder)
    say(f"{visible(str(out))}: {len(weights.states)} features from {len(measured)} dumps")


def _write(measured: list[Measured], model: Model, folder: Path | None) -> None:
    if folder:
        for profile, case, text in kept(measured, model):
            write_kept(folder, profile, case, text)


@lines.command()
@_TABLES
@guarded
def report(tables: Path | None) -> None:
    """Say what every weight means, strongest first."""
    say(weights_report(load_weights(tables or shipped_folder() / "lines")), nl=False)
