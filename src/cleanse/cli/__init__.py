"""The command line. Only this package prints, exits, or reads the environment."""

import click

from cleanse import __version__
from cleanse.cli.audit import audit
from cleanse.cli.diff import diff
from cleanse.cli.explain import explain
from cleanse.cli.export import export
from cleanse.cli.lines import lines
from cleanse.cli.proof import replay, revert, verify
from cleanse.cli.provenance import provenance
from cleanse.cli.review import review
from cleanse.cli.rules import rules
from cleanse.cli.run import check, run, text
from cleanse.cli.stages import stages


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
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
    memory; 130 interrupted.
    """


for command in (
    run,
    text,
    check,
    diff,
    audit,
    explain,
    review,
    verify,
    replay,
    revert,
    rules,
    lines,
    provenance,
    export,
    stages,
):
    main.add_command(command)
