"""A reviewer's session: what is said goes to the disk first, then into the figures; all of it can be taken back."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, Word
from cleanse.decisions.making import Said, members, on_record, taken_back
from cleanse.errors import UsageError
from cleanse.io.catalogue import Catalogue
from cleanse.io.decisions import append_decisions, read_decisions
from cleanse.signoff.certificate import Item, Plan, Standing

_WORDS = frozenset({Word.ACCEPT, Word.REJECT, Word.EDIT, Word.SKIP})
_SCOPES = ("edit", "kind")


@dataclass
class Session:
    """One reviewer, one run, one decisions file."""

    catalogue: Catalogue
    file: Path
    by: str
    clock: Callable[[], str]
    """The time, UTC, ISO 8601."""
    plan: Plan = field(default_factory=Plan)
    decided: int = 0
    """Edits decided in this session and not taken back."""
    _history: list[Decision] = field(default_factory=list)
    _done: list[tuple[Decision, ...]] = field(default_factory=list)
    """What can be undone, the newest last; edits that were decided together are undone together."""
    _sample: list[Item] = field(default_factory=list)

    @classmethod
    def begin(cls, catalogue: Catalogue, file: Path, by: str, clock: Callable[[], str]) -> "Session":
        """Go on where the decisions file ends. Raises UsageError when it cannot be read."""
        session = cls(catalogue, file, by, clock)
        book = read_decisions(file, missing_ok=True).book
        session._history = list(book.history)
        catalogue.note((decision.edit_id, decision.word.value) for decision in book.current.values())
        session._sample = [_item(catalogue, name) for name in catalogue.sample(session.plan.size)]
        return session

    def say(self, name: str, word: str, note: str = "", should_be: str | None = None, scope: str = "edit") -> list[str]:
        """Decide about an edit, or about all undecided ones of its kind; the ids decided, once they are on the disk.

        What should have come instead makes any word an `edit`. Raises UsageError for what cannot be meant,
        OutputError when it was not saved.
        """
        said = Word.EDIT if should_be is not None else Word(word) if word in set(Word) else None
        if said not in _WORDS or scope not in _SCOPES or (scope == "kind" and should_be is not None):
            raise UsageError(f"{word!r} for {scope!r} cannot be said here")
        names = [name]
        if scope == "kind":
            names = self.catalogue.same_kind(name)
            if not names:
                raise UsageError("every edit of this kind is decided already")
        many = members(names) if scope == "kind" else None
        word_said = Said(said, self.by, self.clock(), note, should_be, many)
        decisions = tuple(self._on(names, word_said))
        self._append(decisions)
        self._done.append(decisions)
        return names

    def undo(self) -> list[str]:
        """Take the last word back; the ids it was about, none when nothing is left to take back."""
        if not self._done:
            return []
        last = self._done[-1]
        said = Said(Word.WITHDRAW, self.by, self.clock(), members=last[0].members)
        self._append(tuple(taken_back(decision, said) for decision in last))
        self._done.pop()
        return [decision.edit_id for decision in last]

    def progress(self) -> dict[str, object]:
        """How far the sign-off's default plan has come, as `cleanse signoff` would say it now."""
        standing = Standing(
            self.plan, self.catalogue.run.seed, self.catalogue.population, self._sample, Book(tuple(self._history))
        )
        return {
            "judged": len(standing.counted),
            "needed": len(self._sample),
            "wrong": standing.count(Word.REJECT, Word.EDIT),
            "skipped": standing.count(Word.SKIP),
            "population": standing.population,
            "bound": standing.bound if standing.counted else 1.0,
            "tolerance": self.plan.tolerance,
            "decided": self.decided,
            "undo": len(self._done),
        }

    def _on(self, names: Iterable[str], said: Said) -> Iterable[Decision]:
        raws: dict[str, Raw] = {}
        for name in names:
            cleaned, record = self.catalogue.edit(name)
            ledger = cleaned.ledger
            if ledger.origin.digest not in raws:
                raws = {ledger.origin.digest: Raw(ledger.decode(cleaned.raw).text)}
            yield on_record(ledger, raws[ledger.origin.digest], record, said)

    def _append(self, decisions: tuple[Decision, ...]) -> None:
        append_decisions(self.file, decisions)
        self._history += decisions
        words = [(d.edit_id, "" if d.word is Word.WITHDRAW else d.word.value) for d in decisions]
        for name, word in words:
            self.decided += bool(word) - bool(self.catalogue.word(name))
        self.catalogue.note(words)


def _item(catalogue: Catalogue, name: str) -> Item:
    cleaned, record = catalogue.edit(name)
    origin, edit = cleaned.ledger.origin, record.proposal.edit
    place = (origin.digest, *record.raw, edit.after)
    return Item(name, origin.document, place, record.proposal.rule, edit.before)
