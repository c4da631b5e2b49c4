"""`cleanse review`: decide about edits and about what was kept, one at a time or by id from scripts."""

import getpass
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from cleanse.cli.common import INTERRUPTED, DefaultGroup, decisions_option, fail, guarded, out_argument, say, say_json
from cleanse.cli.deciding import WORDS, IdsCommand, decide
from cleanse.cli.decisions import export_decisions, import_decisions, merge_decisions
from cleanse.cli.progress import watched
from cleanse.cli.standing import standings
from cleanse.decisions.making import Said
from cleanse.errors import UsageError
from cleanse.io.catalogue import Catalogue, located
from cleanse.io.store import Run
from cleanse.review.session import Session
from cleanse.rules import RuleBook, load_rules
from cleanse.signoff.certificate import Plan


@click.group(cls=DefaultGroup, default="page", subcommand_metavar="OUT [OPTIONS] | COMMAND [ARGS]…")
def review() -> None:
    """Decide about edits: right, or must not happen here. The next run follows (`cleanse run --decisions`).

    \b
    cleanse review OUT                              a local page, one edit at a time; then what was kept
    cleanse review OUT --accept e7f3a1 --reject 90ab12 77c0de --note "a name"
    cleanse review OUT --json                       how far it has come, what is supported so far
    cleanse audit OUT --where rule='spelling/*' --format jsonl | jq -r .id | cleanse review OUT --reject -

    Decisions are appended to a file, reviews/decisions.jsonl, and never change OUT. `cleanse review OUT --help`
    shows the options.
    """


@review.command(cls=IdsCommand)
@out_argument
@click.option(
    "--accept",
    multiple=True,
    metavar="ID…",
    help="These edits are right; what was only proposed is to be applied. - reads ids from stdin.",
)
@click.option("--reject", multiple=True, metavar="ID…", help="These must not happen here, whatever rule asks.")
@click.option("--keep", multiple=True, metavar="ID…", help="Of kept lines: right as they are.")
@click.option("--missed", multiple=True, metavar="ID…", help="Of kept lines: they should have gone.")
@click.option("--wrong", multiple=True, metavar="ID…", help="Of kept lines: something in them is wrong.")
@click.option("--skip", multiple=True, metavar="ID…", help="Cannot tell; counts as a defect in the strict bound.")
@click.option("--withdraw", multiple=True, metavar="ID…", help="Take back what was said about these.")
@click.option("--note", default="", help="Why; kept with every decision.")
@click.option(
    "--by", default="", envvar="CLEANSE_REVIEWER", show_envvar=True, show_default="your login", help="Who decides."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per decision; without ids, how far it has come.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, show_default="a free one", help="Of the page, on 127.0.0.1."
)
@click.option("--tty", is_flag=True, help="The same in this terminal instead, one key at a time.")
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@click.option("--rules", "extra", type=click.Path(path_type=Path), help="The folder of tables the run was given.")
@decisions_option
@guarded
def page(
    folder: Path,
    note: str,
    by: str,
    as_json: bool,
    port: int,
    tty: bool,
    browse: bool,
    extra: Path | None,
    decisions_file: Path,
    **ids: tuple[str, ...],
) -> None:
    """Decide about the edits of OUT: on a local page, or by id, as diff, audit and the report show them.

    Without ids the page's address is printed; the page needs the extra `review`. It is for this machine alone, has a
    key for everything (? shows them), and keeps every decision before it shows the next edit; Ctrl-C ends it. With
    --tty the same keys work in the terminal, for example over ssh, and no extra is needed.

    Of ids six digits are enough; `cleanse signoff OUT --of kept --json` lists those of the kept lines to judge.
    """
    run = Run.open(folder)
    if any(ids.values()):
        said = partial(Said, by=by or _login(), at=_now(), note=note)
        decide(run, decisions_file, {name: ids[name] for name in WORDS}, said, as_json=as_json)
    elif note:
        raise UsageError("--note goes with ids: give --accept ID…, --reject ID…, --skip ID… or --withdraw ID…")
    elif as_json:
        for standing in standings(run, decisions_file, Plan()).values():
            say_json({**standing.certificate(), "open": [item.id for item in standing.open]})
    elif tty:
        _at_terminal(partial(_session, run, decisions_file, by), partial(load_rules, extra))
    else:
        _serve(partial(_session, run, decisions_file, by), port, partial(load_rules, extra), browse=browse)


def _at_terminal(begin: Callable[[], Session], rules: Callable[[], RuleBook]) -> None:
    from cleanse.cli.review_tty import Terminal  # noqa: PLC0415 - what only this needs

    if not sys.stdin.isatty():
        raise UsageError("--tty needs a terminal; from scripts, decide by id: --accept ID…")
    session = begin()
    try:
        Terminal(session, rules).run()
    finally:
        session.catalogue.close()
        say(_went(session), err=True)


def _serve(begin: Callable[[], Session], port: int, rules: Callable[[], RuleBook], *, browse: bool) -> NoReturn:
    """The page, until Ctrl-C."""
    try:
        from cleanse.review.server import HOST, application, listen, server  # noqa: PLC0415 - optional, and slow
    except ImportError as error:
        raise UsageError(f"the page needs {error.name}: pip install 'cleanse[review]'; or decide by id") from error
    session = begin()
    listening = listen(port)
    host, token = f"{HOST}:{listening.getsockname()[1]}", secrets.token_urlsafe(24)
    address = f"http://{host}/?token={token}"
    say(address)
    say("for you alone, on this machine; Ctrl-C ends it", err=True)
    if browse:
        click.launch(address)
    try:
        server(application(session, host, token, rules)).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
        session.catalogue.close()
    fail(_went(session), INTERRUPTED)


def _went(session: Session) -> str:
    again = f"`cleanse review {session.catalogue.run.folder}` goes on, `cleanse run IN OUT --decisions` follows them"
    return f"{session.decided} decided in {session.file}; {again}"


def _session(run: Run, decisions_file: Path, by: str) -> Session:
    """A session that goes on where the decisions end. Raises UsageError where they would lie in the run."""
    if decisions_file.resolve().is_relative_to(run.folder.resolve()):
        raise UsageError(f"{decisions_file} lies in {run.folder}, where only a run writes; choose another place")
    by = by or _login()
    return Session.begin(Catalogue.of(run, located(run, watched(run, "reading"))), decisions_file, by, _now)


def _login() -> str:
    """Who is at work. Raises UsageError where the system has no name for them: nobody's decisions are told apart."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError) as error:  # by version and system
        raise UsageError("the system has no name for who decides; give --by NAME, or set CLEANSE_REVIEWER") from error


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


for command in (export_decisions, import_decisions, merge_decisions):
    review.add_command(command)
