"""`cleanse review`: decide about edits, one at a time on a local page, or by id from scripts."""

import re
import secrets
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import click

from cleanse.cli.common import (
    INTERRUPTED,
    DefaultGroup,
    decisions_option,
    fail,
    guarded,
    out_argument,
    say,
    say_json,
)
from cleanse.cli.decisions import export_decisions, import_decisions, merge_decisions
from cleanse.cli.progress import watched
from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, Word
from cleanse.decisions.making import Said, on_record, taken_back
from cleanse.errors import UsageError
from cleanse.io.catalogue import Catalogue, located
from cleanse.io.decisions import append_decisions, read_decisions
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record
from cleanse.visible import visible

_ID = re.compile(r"[0-9a-f]{4,12}")
_WORDS: Mapping[str, Word] = MappingProxyType({
    "accept": Word.ACCEPT, "reject": Word.REJECT, "skip": Word.SKIP, "withdraw": Word.WITHDRAW
})  # fmt: skip
_MANY = frozenset(f"--{name}" for name in _WORDS)


class _IdsCommand(click.Command):
    """A command whose options may be followed by several ids: `--accept e7f3a1 90ab12`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_repeated(args)))


def _repeated(args: Sequence[str]) -> Iterable[str]:
    """The arguments with the option said before each further id."""
    option, known = "", 0
    for arg in args:
        if arg.startswith("-"):
            option, known = (arg if arg in _MANY else ""), 0
        elif option and known and _ID.fullmatch(arg):
            yield option
        else:
            known += 1
            option = option if known == 1 else ""
        yield arg


@click.group(cls=DefaultGroup, default="page", subcommand_metavar="OUT [OPTIONS] | COMMAND [ARGS]…")
def review() -> None:
    """Decide about edits: right, or must not happen here. The next run follows (`cleanse run --decisions`).

    \b
    cleanse review OUT                              a local page, one edit at a time
    cleanse review OUT --accept e7f3a1 --reject 90ab12 77c0de --note "a name"
    cleanse audit OUT --where rule='spelling/*' --format jsonl | jq -r .id | cleanse review OUT --reject -

    Decisions are appended to a file, reviews/decisions.jsonl, and never change OUT. `cleanse review OUT --help`
    shows the options.
    """


@review.command(cls=_IdsCommand)
@out_argument
@click.option(
    "--accept",
    multiple=True,
    metavar="ID…",
    help="These edits are right; what was only proposed is to be applied. - reads ids from stdin.",
)
@click.option("--reject", multiple=True, metavar="ID…", help="These must not happen here, whatever rule asks.")
@click.option("--skip", multiple=True, metavar="ID…", help="Cannot tell; counts as a defect in the strict bound.")
@click.option("--withdraw", multiple=True, metavar="ID…", help="Take back what was said about these.")
@click.option("--note", default="", help="Why; kept with every decision.")
@click.option("--by", default="", envvar=["CLEANSE_REVIEWER", "USER"], show_default="your login", help="Who decides.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per decision.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=0, show_default="a free one", help="Of the page, on 127.0.0.1."
)
@click.option("--open", "browse", is_flag=True, help="Open the page in a browser.")
@decisions_option
@guarded
def page(
    folder: Path,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    skip: tuple[str, ...],
    withdraw: tuple[str, ...],
    note: str,
    by: str,
    as_json: bool,
    port: int,
    browse: bool,
    decisions_file: Path,
) -> None:
    """Decide about the edits of OUT: on a local page, or by id, as diff, audit and the report show them.

    Without ids the page's address is printed; the page needs the extra `review`. It is for this machine alone, has a
    key for everything (? shows them), and keeps every decision before it shows the next edit; Ctrl-C ends it. Of ids
    six digits are enough.
    """
    run = Run.open(folder)
    if not any((accept, reject, skip, withdraw)):
        if as_json or note:
            raise UsageError(
                "--json and --note go with ids: give --accept ID…, --reject ID…, --skip ID… or --withdraw ID…"
            )
        _serve(run, decisions_file, by, port, browse=browse)
    words = _words({"accept": accept, "reject": reject, "skip": skip, "withdraw": withdraw})
    found = run.find_edits(words)
    _refuse_twice(found)
    book = read_decisions(decisions_file, missing_ok=True).book
    now = _now()
    decided = [
        (record, _decided(cleaned, record, Said(words[name], by, now, note), book))
        for name, (cleaned, record) in found.items()
    ]
    append_decisions(decisions_file, (decision for _, decision in decided))
    for record, decision in decided:
        if as_json:
            say_json({
                "id": record.id, "doc": decision.anchor.document, "rule": decision.rule, "key": decision.key,
                "before": decision.before, "after": decision.after, "decision": decision.word.value,
            })  # fmt: skip
        else:
            say(f"{record.id}  {decision.word.value}  {visible(decision.rule)}  {visible(decision.anchor.document)}")
    if not as_json:
        say(f"{len(decided)} decided in {decisions_file}; `cleanse run IN OUT --decisions` follows them", err=True)


def _serve(run: Run, decisions_file: Path, by: str, port: int, *, browse: bool) -> NoReturn:
    """The page, until Ctrl-C."""
    try:
        from cleanse.review.server import HOST, application, listen, server  # noqa: PLC0415 - optional, and slow
        from cleanse.review.session import Session  # noqa: PLC0415 - the same
    except ImportError as error:
        raise UsageError(f"the page needs {error.name}: pip install 'cleanse[review]'; or decide by id") from error
    if decisions_file.resolve().is_relative_to(run.folder.resolve()):
        raise UsageError(f"{decisions_file} lies in {run.folder}, where only a run writes; choose another place")
    catalogue = Catalogue.of(run, located(run, watched(run, "reading")))
    session = Session.begin(catalogue, decisions_file, by, _now)
    listening = listen(port)
    host, token = f"{HOST}:{listening.getsockname()[1]}", secrets.token_urlsafe(24)
    address = f"http://{host}/?token={token}"
    say(address)
    say("for you alone, on this machine; Ctrl-C ends it", err=True)
    if browse:
        click.launch(address)
    try:
        server(application(session, host, token)).run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
        catalogue.close()
    fail(
        f"{session.decided} decided in {decisions_file}; `cleanse review {run.folder}` goes on, `cleanse run IN OUT "
        "--decisions` follows them",
        INTERRUPTED,
    )


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _words(options: Mapping[str, tuple[str, ...]]) -> dict[str, Word]:
    """What is said of each id. Raises UsageError when nothing is, or two things of one."""
    words: dict[str, Word] = {}
    for name, ids in options.items():
        for one in _listed(ids):
            if not _ID.fullmatch(one):
                raise UsageError(f"--{name} {one!r}: an id is 4 to 12 hex digits, as `cleanse audit` lists them")
            if words.setdefault(one, _WORDS[name]) is not _WORDS[name]:
                raise UsageError(f"{one} is both {words[one].value} and {name}; say one of them")
    if not words:
        raise UsageError("nothing to decide: give --accept ID…, --reject ID…, --skip ID… or --withdraw ID…")
    return words


def _listed(ids: Iterable[str]) -> Iterable[str]:
    for one in ids:
        yield from (sys.stdin.read() if one == "-" else one).replace(",", " ").split()


def _refuse_twice(found: Mapping[str, tuple[Cleaned, Record]]) -> None:
    names: dict[str, str] = {}
    for name, (_, record) in found.items():
        if record.id in names:
            raise UsageError(f"{names[record.id]} and {name} are one edit; name it once")
        names[record.id] = name


def _decided(cleaned: Cleaned, record: Record, said: Said, book: Book) -> Decision:
    decision = on_record(cleaned.ledger, Raw(cleaned.ledger.decode(cleaned.raw).text), record, said)
    if said.word is not Word.WITHDRAW:
        return decision
    if decision.place not in book.current:
        raise UsageError(f"nothing was said about {record.id}; there is nothing to withdraw")
    return taken_back(book.current[decision.place], said)


for command in (export_decisions, import_decisions, merge_decisions):
    review.add_command(command)
