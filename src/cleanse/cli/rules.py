"""`cleanse rules …`: read, test and tidy rule tables."""

import sys
from pathlib import Path

import click

from cleanse.cli.common import LOOK, USAGE, guarded, say
from cleanse.rules import load_rules
from cleanse.rules.contract import breaches
from cleanse.rules.docs import markdown
from cleanse.rules.formatting import canonical
from cleanse.rules.loader import parse_table, shipped_folder
from cleanse.rules.schema import Rule
from cleanse.visible import visible

_RULES = click.option("--rules", "extra", type=click.Path(path_type=Path), help="A folder of tables of your own.")


@click.group()
def rules() -> None:
    """Read, test and tidy the rule tables.

    A rule is a row of a TOML table with what it finds, what it puts there, and examples of what it changes and
    what it spares. Add a folder of your own tables with --rules.
    """


@rules.command("list")
@_RULES
@guarded
def list_rules(extra: Path | None) -> None:
    """List every rule with its note."""
    for rule in load_rules(extra).rules:
        say(f"{rule.name:32} {visible(rule.note)}")


@rules.command()
@click.argument("name")
@_RULES
@guarded
def show(name: str, extra: Path | None) -> None:
    """Show one rule with everything it says."""
    rule = load_rules(extra).rule(name)
    say(f"{rule.name}: {visible(rule.note)}")
    for key, value in _facets(rule):
        say(f"  {key:9} {visible(value)}")
    for example in rule.examples:
        say(f"  example   {visible(example)}")


def _facets(rule: Rule) -> list[tuple[str, str]]:
    put = {None: "(claims only)", "": "(removes it)"}.get(rule.put, rule.put or "")
    facets = [
        ("find", rule.find), ("unit", rule.unit.value), ("zone", rule.zone.value), ("put", put),
        ("apply", rule.apply.label), ("before", rule.before), ("after", rule.after),
        *(("unless", pattern) for pattern in rule.unless),
        *(("claims", f"{field} = {template}") for field, template in rule.claims.items()),
    ]  # fmt: skip
    return [(key, value) for key, value in facets if value]


@rules.command()
@_RULES
@guarded
def test(extra: Path | None) -> None:
    """Check that every rule keeps its contract.

    Each marked example changes exactly as marked, each unmarked one not at all; no guard is idle; no pattern
    runs away on text that almost matches. Exits with 2 when a rule fails.
    """
    count = 0
    failed = 0
    for rule in load_rules(extra).rules:
        count += 1
        for breach in breaches(rule):
            failed += 1
            say(breach, err=True)
    if failed:
        say(f"{failed} breaches in {count} rules", err=True)
        sys.exit(USAGE)
    say(f"{count} rules keep their contract")


@rules.command("fmt")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a table is not in canonical form.")
@guarded
def format_tables(folder: Path | None, check: bool) -> None:
    """Bring the tables of FOLDER (by default the shipped ones) into canonical form: rules by id, keys in order."""
    changed = 0
    for path in sorted((folder or shipped_folder()).glob("*.toml")):
        raw = path.read_bytes()
        tidy = canonical(raw, parse_table(raw, str(path), path.parent))
        if tidy != raw:
            changed += 1
            say(f"{path}: {'would be' if check else ''} reformatted".replace("  ", " "))
            if not check:
                path.write_bytes(tidy)
    if check and changed:
        sys.exit(LOOK)


@rules.command()
@_RULES
@guarded
def docs(extra: Path | None) -> None:
    """Print all tables as Markdown; docs/rules.md is made this way."""
    say(markdown(load_rules(extra)), nl=False)
