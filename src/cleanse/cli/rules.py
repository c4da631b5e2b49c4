"""`cleanse rules …`: read, test and tidy rule tables."""

import sys
from pathlib import Path

import click

from cleanse.cli import rule_diff, rule_report
from cleanse.cli.common import LOOK, USAGE, guarded, say
from cleanse.io.readers import read_text
from cleanse.io.writing import write_named
from cleanse.kept import FILE, packed
from cleanse.registry import refuse_idle_tables
from cleanse.rules import load_rules
from cleanse.rules.contract import breaches
from cleanse.rules.docs import markdown
from cleanse.rules.formatting import canonical
from cleanse.rules.keeping import values
from cleanse.rules.loader import parse_table, shipped_folder
from cleanse.rules.telling import told
from cleanse.spinner.contract import breaches as lexicon_breaches
from cleanse.spinner.learn import candidates
from cleanse.visible import visible, visible_lines

_RULES = click.option("--rules", "extra", type=click.Path(path_type=Path), help="A folder of tables of your own.")


@click.group()
def rules() -> None:
    """Read, test and tidy the rule tables.

    A rule is a row of a TOML table with what it finds, what it puts there, and examples of what it changes and
    what it spares. Add a folder of your own tables with --rules: files that end in .toml and begin with `table`, a
    name, and `stage`, who asks the rules: boilerplate, provenance, trailers, spinner or learned. CONTRIBUTING.md has
    a whole table with everything that may stand in it.
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
    """Show one rule, or the rows of a lexicon that know a form, with everything they say.

    \b
    cleanse rules show trailers/hashtag-run
    cleanse rules show spinner-a/12-months
    """
    for heading, facts in told(load_rules(extra), name):
        say(visible(heading))
        for key, value in facts:
            say(f"  {key:9} {visible(value)}")


@rules.command()
@_RULES
@guarded
def test(extra: Path | None) -> None:
    """Check that every rule keeps its contract.

    Each marked example changes exactly as marked, each unmarked one not at all; no guard is idle; no pattern
    runs away on text that almost matches; every table is for a stage that asks rules; lexicon rows come out as
    their examples say. Exits with 2 when one fails. With --rules only the tables of that folder are tested: the
    shipped ones have been.
    """
    book = load_rules(extra, check_shipped=extra is None)
    refuse_idle_tables(book)
    tested = [table for name, table in book.tables.items() if extra is None or name in book.own]
    count = sum(len(table.rules) for table in tested)
    rows = sum(len(table.lexicon.rows) for table in tested if table.lexicon)
    found = [breach for table in tested for rule in table.rules for breach in breaches(rule)]
    found += [breach for table in tested if table.lexicon for breach in lexicon_breaches(table.lexicon)]
    for breach in found:
        say(visible_lines(breach), err=True)
    if found:
        say(f"{len(found)} breaches in {count} rules and {rows} lexicon rows", err=True)
        sys.exit(USAGE)
    say(f"{count} rules and {rows} lexicon rows keep their contract")


@rules.command()
@click.argument("spun", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("original", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--new", is_flag=True, help="Only pairs that no lexicon has yet.")
@_RULES
@guarded
def learn(spun: Path, original: Path, new: bool, extra: Path | None) -> None:
    """Print candidate lexicon rows from a spun text and its original, the most frequent pairs first.

    The rows are TSV in the columns of a lexicon, of class `fluent` until somebody has looked at them: give them
    a class, guards and a counter-example, then add them to a table.
    """
    known = {
        (row.spun.lower(), row.original.lower())
        for table in load_rules(extra).tables.values()
        if table.lexicon
        for row in table.lexicon.rows.briefs()
    }
    found = candidates(read_text(spun), read_text(original))
    rule_report.say_rows(row for row in found if not new or (row.spun.lower(), row.original.lower()) not in known)


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
                write_named(path, tidy)
    if check and changed:
        sys.exit(LOOK)


@rules.command()
@_RULES
@guarded
def docs(extra: Path | None) -> None:
    """Print all tables as Markdown; docs/rules.md is made this way."""
    say(markdown(load_rules(extra)), nl=False)


@rules.command()
@click.argument("out", metavar="OUT", type=click.Path(path_type=Path, exists=True, file_okay=False))
@guarded
def keep(out: Path) -> None:
    """Make OUT/kept.tsv.gz: what follows from the patterns of the shipped rules, so that no run has to work it out.

    A pattern that is not in it, or that another version of `regex` compiled, costs the run two milliseconds. Put it
    into src/cleanse.
    """
    table = packed(values(load_rules()))
    write_named(out / FILE, table)
    say(f"{visible(str(out / FILE))}: {len(table):,} bytes")


rules.add_command(rule_report.report)
rules.add_command(rule_diff.diff)
