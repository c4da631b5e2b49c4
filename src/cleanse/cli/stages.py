"""`cleanse stages`: what is installed, and what runs."""

import click

from cleanse.cli.common import guarded, say
from cleanse.registry import DEFAULT_STAGES, available


@click.command()
@guarded
def stages() -> None:
    """List the stages: those that run by default, in their order, and others that are installed.

    A stage of your own is a function in a package that registers it under the entry-point group
    `cleanse.stages`; it runs when --stages or a cleanse.toml names it.
    """
    points = available()
    for number, name in enumerate(DEFAULT_STAGES, 1):
        say(f"{number:2}  {name:12} {points[name].value if name in points else 'not installed'}")
    for name in sorted(set(points) - set(DEFAULT_STAGES)):
        say(f" -  {name:12} {points[name].value}")
