"""The command line. Only this package prints, exits, or reads the environment."""

from importlib import import_module
from types import MappingProxyType

import click

from cleanse import __version__
from cleanse.garbage import look_seldom

_COMMANDS = MappingProxyType({
    "run": "run", "text": "run", "filter": "filter", "check": "run", "diff": "diff", "audit": "audit",
    "explain": "explain",
    "review": "review", "signoff": "signoff", "verify": "proof", "replay": "proof", "revert": "proof",
    "rules": "rules", "lines": "lines", "provenance": "provenance", "export": "export", "limits": "limits",
    "spinner": "spinner", "corpus": "corpus", "spark": "spark", "fix": "fix",
    "stages": "stages",
})  # fmt: skip
"""Each command and the module of this package that has it; a module is loaded when its command is asked for."""


class _Commands(click.Group):
    """Commands in the order of the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, those added by hand last."""
        return [*_COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module."""
        if cmd_name not in _COMMANDS:
            return super().get_command(ctx, cmd_name)
        command: click.Command = getattr(import_module(f"cleanse.cli.{_COMMANDS[cmd_name]}"), cmd_name)
        return command


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
