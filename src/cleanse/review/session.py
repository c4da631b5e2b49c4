"""A reviewer's session: what is said goes to the disk first, then into the figures; all of it can be taken back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cleanse.decisions.anchoring import Raw
from cleanse.decisions.decision import KEPT as KEPT_SCOPE
from cleanse.decisions.decision import Decision, Word
from cleanse.decisions.making import Said, members, on_kept, on_record, taken_back
from cleanse.errors import UsageError
from cleanse.io.catalogue import Catalogue
from cleanse.io.decisions import append_decisions, read_decisions
from cleanse.review.figures import DRAWN, Sample
from cleanse.signoff.certificate import EDITS, KEPT

_OF_EDITS = frozenset({Word.ACCEPT, Word.REJECT, Word.EDIT, Word.SKIP})
_OF_KEPT = frozenset({Word.KEEP, Word.MISSED, Word.WRONG, Word.SKIP})
_SCOPES = ("edit", "kind")


@dataclass
class Session:
    """One reviewer, one run, one decisions file."""

    catalogue: Catalogue
    file: Path
    by: str
    clock: Callable[[], str]
    """The time, UTC, ISO 8601."""
    said: dict[str, Decision]
    """The last word on each edit and kept line, by id."""
    decided: int = 0
    """Edits and lines decided in this session and not taken back."""
    _samples: tuple[Sample, ...] = ()
    _done: list[list[tuple[Decision, Decision | None]]] = field(default_factory=list)
    """What can be undone, the newest last, each with what was said before; what was decided together goes together."""

    _figures: dict[str, Any] = field(default_factory=dict)
    """By subject, since the last word on one of its items."""
    _raws: dict[str, Raw] = field(default_factory=dict)
    """The raw text of the last document, by its digest."""

    @classmethod
    def begin(cls, catalogue: Catalogue, file: Path, by: str, clock: Callable[[], str]) -> "Session":
        """Go on where the decisions file ends. Raises UsageError when it cannot be read."""
        book = read_decisions(file, missing_ok=True).book
        said = {decision.edit_id: decision for decision in book.current.values()}
        catalogue.note((name, decision.word.value) for name, decision in said.items())
        samples = tuple(
            Sample(subject, catalogue.run.seed, catalogue.size(queue), catalogue.ids(queue, DRAWN, decided=True), gone)
            for subject, queue, gone in ((EDITS, "sample", 0), (KEPT, "kept", catalogue.lines_gone))
        )
        return cls(catalogue, file, by, clock, said, _samples=samples)

    def say(self, name: str, word: str, note: str = "", should_be: str | None = None, scope: str = "edit") -> list[str]:
        """Decide about an edit or a kept line, or about all undecided edits of its kind; the ids decided.

        When this returns they are on the disk. What should have come instead makes any word an `edit`, or of kept
        text a `wrong`. Raises UsageError for what cannot be meant, OutputError when it was not saved.
        """
        kept = self.catalogue.kept(name) is not None
        said = Word(word) if word in set(Word) else None
        if should_be is not None:
            said = Word.WRONG if kept else Word.EDIT
        at_once = scope == "kind"
        if said not in (_OF_KEPT if kept else _OF_EDITS) or scope not in _SCOPES:
            raise UsageError(f"{word!r} for {scope!r} cannot be said here")
        if at_once and (kept or should_be is not None):
            raise UsageError(f"{word!r} cannot be said of many at once")
        # The edit that was looked at comes first: to it an undo goes back.
        names = sorted(self.catalogue.same_kind(name), key=lambda one: one != name) if at_once else [name]
        if not names:
            raise UsageError("every edit of this kind is decided already")
        many = members(names) if at_once else None
        decisions = list(self._on(names, Said(said, self.by, self.clock(), note, should_be, many)))
        before = [self.said.get(one) for one in names]
        self._append(decisions)
        self._done.append(list(zip(decisions, before, strict=True)))
        return names

    def undo(self) -> list[str]:
        """Take the last word back: what was said before counts again. The ids; none when nothing is left to undo."""
        if not self._done:
            return []
        last, now = self._done[-1], self.clock()
        said = Said(Word.WITHDRAW, self.by, now, members=last[0][0].members)
        self._append([replace(old, at=now) if old else taken_back(new, said) for new, old in last])
        self._done.pop()
        return [new.edit_id for new, _ in last]

    def progress(self) -> dict[str, Any]:
        """What the answers support, by subject, as `cleanse signoff` would say it now, and what the session did."""
        for sample in self._samples:
            if sample.of.name not in self._figures:
                self._figures[sample.of.name] = sample.figures(self.said)
        return {**self._figures, "decided": self.decided, "undo": len(self._done)}

    def _on(self, names: Iterable[str], said: Said) -> Iterable[Decision]:
        for name in names:
            cleaned, what = self.catalogue.kept(name) or self.catalogue.edit(name)
            ledger = cleaned.ledger
            if ledger.origin.digest not in self._raws:
                self._raws = {ledger.origin.digest: Raw(ledger.decode(cleaned.raw).text)}
            raw = self._raws[ledger.origin.digest]
            if isinstance(what, tuple):
                yield on_kept(ledger, raw, cleaned.text, what, said)
            else:
                yield on_record(ledger, raw, what, said)

    def _append(self, decisions: Sequence[Decision]) -> None:
        append_decisions(self.file, decisions)
        for decision in decisions:
            name = decision.edit_id
            self._figures.pop((KEPT if decision.scope == KEPT_SCOPE else EDITS).name, None)
            self.decided -= name in self.said
            if decision.word is Word.WITHDRAW:
                self.said.pop(name, None)
            else:
                self.said[name] = decision
                self.decided += 1
        self.catalogue.note((d.edit_id, "" if d.word is Word.WITHDRAW else d.word.value) for d in decisions)
