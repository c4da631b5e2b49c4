"""`cleanse provenance score`: how well provenance is read, measured on labelled documents."""

import sys
from pathlib import Path
from typing import Any

import click

from cleanse.cli.common import LOOK, guarded, make_settings, say, settings_options
from cleanse.pipeline import Pipeline
from cleanse.scoring import read_cases, score, table
from cleanse.visible import visible


@click.group()
def provenance() -> None:
    """Measure how provenance is read."""


@provenance.command("score")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--errors", type=click.IntRange(0), default=0, help="Show this many errors.")
@click.option("--min-precision", type=click.FloatRange(0, 1), default=0.0, help="Exit with 1 below this, in any field.")
@click.option("--min-recall", type=click.FloatRange(0, 1), default=0.0, help="Exit with 1 below this, in any field.")
@settings_options
@guarded
def score_file(file: Path, errors: int, min_precision: float, min_recall: float, **options: Any) -> None:
    """Print precision and recall per field over the labelled documents of FILE.

    \b
    A line of FILE is a JSON object:
      text   the document
      want   field to value or values, in normal form; fields that are not named must stay empty
      gone   passages that must leave the text
      kind   `lookalike` where nothing may leave the text; anything else names a style
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    total = score(read_cases(lines, file.name), Pipeline.default(make_settings(**options)))
    say(", ".join(f"{count} {kind}" for kind, count in sorted(total.kinds.items())))
    for line in table(total):
        say(line)
    for error in total.errors[:errors]:
        say(visible(error))
    low = [
        name
        for name, count in total.counts.items()
        if (count.precision if count.precision is not None else 1.0) < min_precision
        or (count.recall if count.recall is not None else 1.0) < min_recall
    ]
    if low:
        say(f"below the bar: {', '.join(low)}", err=True)
        sys.exit(LOOK)
