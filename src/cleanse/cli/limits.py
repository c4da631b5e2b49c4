"""`cleanse limits`: how much cleanse takes on."""

from dataclasses import asdict
from pathlib import Path

import click

from cleanse.cli.common import guarded, say, say_json
from cleanse.settings import Settings, read_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--config", type=click.Path(path_type=Path), help="A cleanse.toml whose [limits] count.")
@guarded
def limits(as_json: bool, config: Path | None) -> None:
    """List the limits of documents, rules and reports, with their values.

    What lies beyond one is refused with a reason, the same on every machine: a document goes to
    OUT/quarantine.jsonl and the others are done, a rule table stops the run before it begins. Set another value
    under [limits] in a cleanse.toml.

    \b
    $ printf '[limits]\\nline_chars = 10_000\\n' > cleanse.toml
    $ cleanse run IN OUT --config cleanse.toml
    """
    chosen = (read_settings(config) if config else Settings()).limits
    if as_json:
        say_json(asdict(chosen))
        return
    for name, value, meaning in chosen.described():
        say(f"{name:15} {value:>12,}  {meaning}")
