"""The command line. Only this package prints, exits, or reads the environment."""

import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from types import MappingProxyType
from typing import Any

import click

from cleanse import __version__
from cleanse.garbage import look_seldom

_COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "run": ("run", "Clean IN into the folder OUT."),
    "text": ("run", "Clean one text from standard input to standard output."),
    "filter": ("filter", "Clean JSON lines from standard input to standard output."),
    "check": ("run", "Say which documents of IN would change, and write nothing."),
    "diff": ("diff", "Show changes as word diff, `a [-crimson-]{+red+} carpet`: one line each, in document order."),
    "audit": ("audit", "List, count or query every proposal of a run and what became of it."),
    "explain": (
        "explain",
        "Say what became of a document, why the character at OFFSET of its clean text is there, or what edit ID did.",
    ),
    "review": ("review", "Decide about edits: right, or must not happen here."),
    "signoff": ("signoff", 'Sign a run off: "at most 1 % of its edits are wrong", from a sample of them.'),
    "verify": ("proof", "Prove a finished run from its files alone."),
    "replay": ("proof", "Make the clean texts again from the raw bytes and the ledger, without running any stage."),
    "revert": ("proof", "Write the raw documents back, byte for byte, from the clean texts and the ledger."),
    "rules": ("rules", "Read, test and tidy the rule tables."),
    "lines": ("lines", "Train the line model of the boilerplate stage, and read its weights."),
    "provenance": ("provenance", "Measure how provenance is read."),
    "export": ("export", "Write a finished run in a form that others read."),
    "limits": ("limits", "List the limits of documents, rules and reports, with their values."),
    "spinner": (
        "spinner", "Teach the repair of spun texts: the weights of its evidence, and what English has beside what."
    ),
    "corpus": ("corpus", "Find what only many documents together show: repeated lines, and duplicates."),
    "spark": ("spark", "Clean the Parquet files, or the tree of text files, of IN into OUT on Apache Spark."),
    "fix": ("fix", "Mend text files where they are, when told so with --in-place."),
    "stages": ("stages", "List the stages: those that run by default, in their order, and others that are installed."),
})  # fmt: skip
"""Each command, the module of this package that has it, and the first sentence of its help.

A module is loaded when its command is asked for; the list of all of them, which would take a third of a second to load,
is told from here.
"""


class _Commands(click.Group):
    """Commands in the order of the table."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Begin. What the output's encoding has no sign for is written by its number, as on standard error."""
        if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors == "strict":
            sys.stdout.reconfigure(errors="backslashreplace")
        return super().main(*args, **options)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those added by hand last."""
        return [*_COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"cleanse.cli.{module}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """The list of commands; none of the table's is loaded for it."""
        added = {name: command.get_short_help_str() for name, command in self.commands.items()}
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()] + list(added.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cleanse")
def main() -> None:
    """Clean text for a corpus, and show, prove and undo every change.

    \b
    Start here:
      cleanse run seeds/ out/      clean a folder; read out/clean/, open out/report.html
      cleanse diff out/            every change, one line each
      cleanse verify out/          prove that the log turns raw into clean and back

    \b
    Exit codes: 0 done; 1 done, but some documents were quarantined or need review; 2 the request, settings
    or rules make no sense, nothing was written; 3 the output was refused or does not verify; 4 out of disk or
    memory; 130 interrupted, 143 terminated: run again to go on.
    """
    look_seldom()
