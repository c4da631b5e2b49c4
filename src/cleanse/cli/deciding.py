"""`cleanse review OUT --accept ID…`: decisions by id, from scripts."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import click

from cleanse.cli.common import say, say_json
from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, Word
from cleanse.decisions.making import Said, on_kept, on_record, taken_back
from cleanse.errors import UsageError
from cleanse.io.decisions import append_decisions, read_decisions
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record
from cleanse.signoff.kept import Passage, find
from cleanse.visible import visible

_ID = re.compile(r"[0-9a-f]{4,12}")
WORDS: Mapping[str, Word] = MappingProxyType({
    "accept": Word.ACCEPT, "reject": Word.REJECT, "keep": Word.KEEP, "missed": Word.MISSED, "wrong": Word.WRONG,
    "skip": Word.SKIP, "withdraw": Word.WITHDRAW,
})  # fmt: skip
"""What may be said on the command line, by the name of its option."""
_OF_EDITS = frozenset({Word.ACCEPT, Word.REJECT})
_OF_KEPT = frozenset({Word.KEEP, Word.MISSED, Word.WRONG})
_MANY = frozenset(f"--{name}" for name in WORDS)


class IdsCommand(click.Command):
    """A command whose options may be followed by several ids: `--accept e7f3a1 90ab12`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments as click knows them."""
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


@dataclass(frozen=True)
class _Target:
    """What an id names: an edit, or a line that was kept."""

    cleaned: Cleaned
    what: Record | Passage

    @property
    def id(self) -> str:
        return self.what.id

    def decision(self, said: Said, book: Book) -> Decision:
        """The decision. Raises UsageError where there is nothing to withdraw."""
        ledger = self.cleaned.ledger
        raw = Raw(ledger.decode(self.cleaned.raw).text)
        if isinstance(self.what, Record):
            decision = on_record(ledger, raw, self.what, said)
        else:
            decision = on_kept(ledger, raw, self.cleaned.text, (self.what.start, self.what.end), said)
        if said.word is not Word.WITHDRAW:
            return decision
        if decision.place not in book.current:
            raise UsageError(f"nothing was said about {self.id}; there is nothing to withdraw")
        return taken_back(book.current[decision.place], said)


def decide(
    run: Run,
    decisions_file: Path,
    options: Mapping[str, tuple[str, ...]],
    said: Callable[[Word], Said],
    *,
    as_json: bool,
) -> None:
    """Say what the options say of the ids behind them; `said` adds who, when and why.

    Raises UsageError, before anything is written, for ids that name nothing or what is said of them twice.
    """
    words = _words(options)
    found = _found(run, words)
    _refuse_twice(found)
    book = read_decisions(decisions_file, missing_ok=True).book
    decided = [(target.id, target.decision(said(words[name]), book)) for name, target in found.items()]
    append_decisions(decisions_file, (decision for _, decision in decided))
    for name, decision in decided:
        if as_json:
            say_json({
                "id": name, "doc": decision.anchor.document, "rule": decision.rule, "key": decision.key,
                "before": decision.before, "after": decision.after, "decision": decision.word.value,
            })  # fmt: skip
        else:
            about = visible(decision.rule) or "kept text"
            say(f"{name}  {decision.word.value}  {about}  {visible(decision.anchor.document)}")
    if not as_json:
        say(f"{len(decided)} decided in {decisions_file}; `cleanse run IN OUT --decisions` follows them", err=True)


def _words(options: Mapping[str, tuple[str, ...]]) -> dict[str, Word]:
    """What is said of each id. Raises UsageError when nothing is, or two things of one."""
    words: dict[str, Word] = {}
    for name, ids in options.items():
        for one in _listed(ids):
            if not _ID.fullmatch(one):
                raise UsageError(f"--{name} {one!r}: an id is 4 to 12 hex digits, as `cleanse audit` lists them")
            if words.setdefault(one, WORDS[name]) is not WORDS[name]:
                raise UsageError(f"{one} is both {words[one].value} and {name}; say one of them")
    if not words:
        raise UsageError("nothing to decide: give --accept ID…, --reject ID…, --skip ID… or --withdraw ID…")
    return words


def _listed(ids: Iterable[str]) -> Iterable[str]:
    for one in ids:
        yield from (sys.stdin.read() if one == "-" else one).replace(",", " ").split()


def _found(run: Run, words: Mapping[str, Word]) -> dict[str, _Target]:
    """What each id names, in the order in which they were given. What may be said of both is an edit where one is."""
    edits = run.find_edits([name for name, word in words.items() if word not in _OF_KEPT], missing_ok=True)
    for name, word in words.items():
        if word in _OF_EDITS and name not in edits:
            raise UsageError(f"{run.folder} holds no edit {name!r}; `cleanse audit {run.folder}` lists them")
    kept = find(run.documents(), [name for name in words if name not in edits])
    found = {name: _Target(*edit) for name, edit in edits.items()}
    found |= {name: _Target(*line) for name, line in kept.items()}
    return {name: found[name] for name in words}


def _refuse_twice(found: Mapping[str, _Target]) -> None:
    names: dict[str, str] = {}
    for name, target in found.items():
        if target.id in names:
            raise UsageError(f"{names[target.id]} and {name} are one edit; name it once")
        names[target.id] = name
