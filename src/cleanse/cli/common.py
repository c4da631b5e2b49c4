"""What all commands share: errors into exit codes, options, and colours that know where they are."""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from io import BufferedReader
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, NoReturn, ParamSpec, TypeVar, cast

import click

from cleanse.errors import CleanseError, LedgerError, OutputError, ResourceError, RuleError, UsageError
from cleanse.ledger_io import encode
from cleanse.query import EVIDENCE, NUMBERS, WORDS
from cleanse.settings import PROFILES, Settings, parse_threshold, read_settings
from cleanse.visible import disarmed, visible, visible_json, visible_lines

out_argument = click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))

P = ParamSpec("P")
R = TypeVar("R")

DONE, LOOK, USAGE, OUTPUT, RESOURCES, INTERRUPTED, TERMINATED = 0, 1, 2, 3, 4, 130, 143
_CODES: Mapping[type[BaseException], int] = MappingProxyType({
    UsageError: USAGE, RuleError: USAGE, OutputError: OUTPUT, LedgerError: OUTPUT,
    ResourceError: RESOURCES, CleanseError: LOOK
})  # fmt: skip


class DefaultGroup(click.Group):
    """A group whose first word may be an argument, such as a folder: then its `default` command is meant."""

    def __init__(self, *args: Any, default: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.default = default

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front of words that begin with no command of the group."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [self.default, *args]
        return super().parse_args(ctx, args)


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Turn every error of ours into one line and its exit code; `| head` closing the pipe is no error."""

    @wraps(command)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except CleanseError as error:
            code = next(code for kind, code in _CODES.items() if isinstance(error, kind))
            fail(str(error), code)
        except BrokenPipeError:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - the interpreter closes it
            sys.exit(DONE)
        except MemoryError:
            fail("out of memory; give fewer --jobs or smaller documents and run again", RESOURCES)
        except OSError as error:
            full = error.errno in (28, 122, 27)  # no space, quota, file size limit
            hint = "make room and run again" if full else "check the path and its permissions"
            fail(
                f"{error.filename or ''}: {error.strerror}; {hint}".lstrip(": "),
                RESOURCES if full else OUTPUT,
            )
        except KeyboardInterrupt:
            fail("interrupted; what is done stays done, run again to go on", INTERRUPTED)
        except Terminated:
            fail("terminated; what is done stays done, run again to go on", TERMINATED)

    return inner


class Terminated(BaseException):
    """The system asks the process to end (SIGTERM)."""


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """Let SIGTERM end the block as an exception, so that workers are stopped and nothing is left half-written."""

    def end(*_: object) -> NoReturn:
        raise Terminated

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def fail(message: str, code: int) -> NoReturn:
    """One line on standard error, and out; names of files and rules in it may be anything."""
    say(f"cleanse: {visible_lines(message)}", err=True)
    sys.exit(code)


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print; colours only on a terminal and not where NO_COLOR is set.

    Document text in it must be visible already; a path or a rule's name can do no harm either.
    """
    click.echo(disarmed(text), err=err, nl=nl, color=False if os.environ.get("NO_COLOR") else None)


def say_json(value: Mapping[str, object]) -> None:
    """Print one JSON line: exact for programs, whatever the output's encoding lacks, and safe on a terminal."""
    line = visible_json(encode(value))
    try:
        line.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        line = visible_json(json.dumps(value, separators=(",", ":")))
    say(line)


def standard_input() -> BufferedReader:
    """Standard input, as bytes. Raises UsageError where whoever started the process closed it."""
    if sys.stdin is None:
        raise UsageError("standard input is closed, and that is where the text is read")
    return cast("BufferedReader", sys.stdin.buffer)


def standard_output() -> BinaryIO:
    """Standard output, as bytes. Raises OutputError where whoever started the process closed it."""
    if sys.stdout is None:
        raise OutputError("standard output is closed, and that is where the result is written")
    return sys.stdout.buffer


def paint(text: str, colour: str) -> str:
    """Document text, made visible, in a colour."""
    return click.style(visible(text), fg=colour)


def marked(before: str, after: str) -> str:
    """An edit as coloured word diff."""
    gone = paint(f"[-{before}-]", "red") if before else ""
    come = paint(f"{{+{after}+}}", "green") if after else ""
    return gone + come


where_option = click.option(
    "--where",
    multiple=True,
    metavar="KEY=PATTERN",
    help="Keep only what meets this; given several times, all must hold. = and != compare the whole value with a "
    "PATTERN, in which * is any text, ? one character, [ab] one of these; ~ asks whether it holds a text, in which "
    f"nothing is special; < <= > >= compare numbers. Keys: {', '.join(WORDS)}; numbers: {', '.join(NUMBERS)}; and "
    f"{EVIDENCE}NAME for what a rule measured.",
)
decisions_option = click.option(
    "--decisions",
    "decisions_file",
    default="reviews/decisions.jsonl",
    show_default=True,
    type=click.Path(path_type=Path),
    help="The file reviewers' decisions are appended to.",
)


def settings_options(command: Callable[P, R]) -> Callable[P, R]:
    """The options that choose how to clean."""
    for option in (
        click.option(
            "--config",
            type=click.Path(path_type=Path),
            help="A cleanse.toml with [run], [guards], [stages.NAME].",
        ),
        click.option(
            "--profile",
            type=click.Choice(list(PROFILES)),
            help="How much may go; [guards] of --config hold over it. [default: conservative]",
        ),
        click.option("--stages", help="Comma-separated stages in order, instead of the default ones."),
        click.option(
            "--threshold",
            type=click.Choice(["safe", "unsafe", "display"]),
            help="Apply what is at least this sure. [default: unsafe]",
        ),
        click.option(
            "--rules",
            type=click.Path(path_type=Path),
            help="A folder of rule tables that add to the shipped ones or replace them by name.",
        ),
        click.option(
            "--protect",
            multiple=True,
            metavar="TEXT",
            help="Text no edit may touch; may be given several times.",
        ),
    ):
        command = option(command)
    return command


def make_settings(
    config: Path | None,
    profile: str | None,
    stages: str | None,
    threshold: str | None,
    rules: Path | None,
    protect: tuple[str, ...],
) -> Settings:
    """Settings from the file, then from what the command line says. Raises UsageError."""
    settings = read_settings(config, profile) if config else Settings(profile=profile or Settings.profile)
    if stages is not None:
        names = tuple(name.strip() for name in stages.split(",") if name.strip())
        if not names:
            raise UsageError("--stages names no stage; give at least one of those that `cleanse stages` lists")
        settings = replace(settings, stages=names)
    if threshold:
        settings = replace(settings, threshold=parse_threshold(threshold))
    if rules:
        settings = replace(settings, rules=rules)
    if protect:
        settings = replace(settings, guards=replace(settings.guards, protect=(*settings.guards.protect, *protect)))
    return settings
