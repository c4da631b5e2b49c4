"""`cleanse review --tty`: the same review in a terminal, one key at a time, for those who have no browser there."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import click

from cleanse.cli.common import say
from cleanse.errors import CleanseError
from cleanse.review.keys import KEYS
from cleanse.review.rule_card import rule_card
from cleanse.review.session import Session
from cleanse.review.showing import card, members, whole
from cleanse.rules import RuleBook
from cleanse.visible import visible_lines

_OF_EDITS: Mapping[str, str] = MappingProxyType({"a": "accept", "x": "reject", " ": "skip"})
_OF_KEPT: Mapping[str, str] = MappingProxyType({"a": "keep", "x": "missed", "d": "missed", " ": "skip"})


class Terminal:
    """A review at a keyboard."""

    def __init__(self, session: Session, load_rules: Callable[[], RuleBook]) -> None:
        self._session = session
        self._load_rules = load_rules
        self._catalogue = session.catalogue
        self._kept = False
        self._rules = ""
        self._note = ""
        self._at = ""
        """The id that is shown; empty when nothing is left."""

    def run(self) -> None:
        """Until q, or the end of input. What was decided is on the disk by then."""
        self._show(self._next())
        try:
            while (key := click.getchar()) != "q":
                self._pressed(key)
        except EOFError:
            return

    def _pressed(self, key: str) -> None:
        try:
            self._act(key)
        except CleanseError as error:
            say(f"not done: {visible_lines(str(error))}")

    def _act(self, key: str) -> None:
        words = _OF_KEPT if self._kept else _OF_EDITS
        if key in words:
            self._decide(words[key])
        elif key == "e" or (key == "w" and self._kept):
            self._decide("reject", should_be=click.prompt("should be", default="", show_default=False))
        elif key in "jJkK":
            self._show(self._next(back=key in "kK", decided=key in "JK") or self._at)
        elif key in "AX" and not self._kept:
            self._many("accept" if key == "A" else "reject")
        elif key in self._others:
            self._others[key]()
        else:
            say("? shows the keys")

    @property
    def _others(self) -> Mapping[str, Callable[[], None]]:
        return {
            "u": self._undo, "n": self._take_note, "c": self._context, "R": self._rule, "g": self._guards,
            "/": self._filter, "t": self._turn, "?": self._keys,
        }  # fmt: skip

    def _next(self, *, back: bool = False, decided: bool = False) -> str:
        """The next id; what was passed over comes again at the end."""
        for after in (self._at, "") if not back else (self._at,):
            if self._rules and not self._kept:
                found = self._catalogue.ids_of_rules(self._rules, 1, after, back=back, decided=decided)
            else:
                found = self._catalogue.ids("kept" if self._kept else "sample", 1, after, back=back, decided=decided)
            if found:
                return found[0]
        return ""

    def _show(self, name: str) -> None:
        self._at = name
        say()
        say(self._standing())
        if not name:
            say("nothing is left to decide here; t turns to the other side, q finishes")
            return
        shown: dict[str, Any] = card(self._catalogue, name)
        about = "kept" if self._kept else f"{shown['rule']['name']}: {shown['rule']['reason']}"
        say(f"{name}  {shown['document']}  {about}  {shown['word']}")
        say(_told(shown))

    def _decide(self, word: str, **more: str) -> None:
        if self._at:
            names = self._session.say(self._at, word, self._note, **more)
            self._note = ""
            if len(names) > 1:
                say(f"{len(names):,} decided together; u takes all of them back")
            self._show(self._next())

    def _many(self, word: str) -> None:
        if not self._at:
            return
        told: dict[str, Any] = members(self._catalogue, self._at)
        for one in told["members"]:
            say(f"  {one['document']}  {_told(one)}")
        if told["count"] and click.confirm(f"{word} all {told['count']:,} undecided edits of this kind?"):
            self._decide(word, scope="kind")

    def _undo(self) -> None:
        names = self._session.undo()
        if not names:
            say("nothing of this session is left to undo")
            return
        self._kept = self._catalogue.kept(names[0]) is not None
        self._show(names[0])

    def _take_note(self) -> None:
        self._note = click.prompt("note for the next decision", default="", show_default=False)

    def _context(self) -> None:
        if self._at:
            say(_told({**card(self._catalogue, self._at), **whole(self._catalogue, self._at)}))

    def _rule(self) -> None:
        told = self._told_of_rule()
        for one in told.get("says", ()):
            say(one["heading"])
            for key, value in one["facts"]:
                say(f"  {key:9} {value}")
        if told:
            bound = f", precision at least {told['bound']:.3f}: {told['advice']}" if told["reviewed"] else ""
            say(f"{told['uses']:,} in this run, {told['reviewed']} judged, {told['rejected']} rejected{bound}")

    def _guards(self) -> None:
        found = self._told_of_rule().get("guards", ())
        for one in found:
            (spared, bad), (lost, good) = one["rejected"], one["accepted"]
            counts = f"would spare {spared} of {bad} rejected, cost {lost} of {good} accepted"
            say(f"{one['where']} {one['words']}: {counts}  {one['written']}")
        if not found:
            say("no guard to suggest: it takes rejected uses, accepted ones, and a word that tells them apart")

    def _told_of_rule(self) -> dict[str, Any]:
        return rule_card(self._session, self._load_rules(), self._at) if self._at and not self._kept else {}

    def _filter(self) -> None:
        self._rules = click.prompt("only rules like, empty for all", default="", show_default=False)
        self._at = ""
        self._show(self._next())

    def _turn(self) -> None:
        self._kept, self._at = not self._kept, ""
        self._show(self._next())

    def _keys(self) -> None:
        for key in KEYS:
            say(f"  {' '.join(filter(None, (key.name, key.also))):6} {key.meaning}")

    def _standing(self) -> str:
        now = self._session.progress()["kept" if self._kept else "edits"]
        known = f": at most {now['bound']:.3%}, once all are judged" if now["judged"] else ""
        anytime = now["anytime"]
        more = f"; by the anytime plan {anytime['more']:,} more good ones" if anytime["more"] else ""
        what = "of the kept lines not right" if self._kept else "of the edits wrong"
        judged = f"{now['judged']} of {now['needed']} judged, {now['wrong']} wrong, {now['skipped']} skipped"
        return f"{judged} ({what}{known}{more})"


def _told(shown: Mapping[str, Any]) -> str:
    """The text with its change, or the kept line, in its place; all of it came labelled."""
    gone, come = shown.get("before", ""), shown.get("after", "")
    gone = click.style(f"[-{gone}-]", fg="red") if gone else ""
    come = click.style(f"{{+{come}+}}", fg="green") if come else ""
    kept = click.style(shown["text"], bold=True) if "text" in shown else ""
    return f"{shown['left']}{gone}{come}{kept}{shown['right']}"
