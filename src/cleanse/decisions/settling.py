"""What became of each decision in a run: followed, stale, in conflict, or about a document that was not in it.

A decision is never dropped in silence: every one that concerns a document of the run gets a row, and the
decisions file itself is only ever appended to.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from cleanse.decisions.book import Book, Reading
from cleanse.decisions.decision import Decision
from cleanse.ledger import Record, Verdict


class State(StrEnum):
    """What became of a decision."""

    FOLLOWED = "followed"
    """The change was proposed again, and the reviewer's word stood."""
    FOUND = "found"
    """The same, in a later version of the document: found by its context."""
    STALE = "stale"
    """Nothing proposes this change any more, or its place is not unique any more: back in the queue."""
    CONFLICT = "conflict"
    """Another change now touches the place, the accepted change could not be applied, or reviewers disagree."""
    ABSENT = "absent"
    """Neither the document nor a version of it was in the run."""


@dataclass(frozen=True)
class Settled:
    """A decision and what became of it."""

    decision: Decision
    state: State
    edit: str = ""
    """The id of the change it named, or of the one that is in its way."""
    document: str = ""
    why: str = ""

    def as_dict(self) -> dict[str, object]:
        """One row of `decided.jsonl`."""
        decision = self.decision
        return {
            "key": decision.key,
            "doc": f"sha256:{decision.anchor.doc}",
            "start": decision.anchor.start,
            "end": decision.anchor.end,
            "decision": decision.word.value,
            "rule": decision.rule,
            "state": self.state.value,
            "document": self.document,
            "edit": self.edit,
            "why": self.why,
        }


def settle(reading: Reading, document: str, records: Iterable[Record]) -> Iterator[Settled]:
    """What became of the decisions on one document, own ones first."""
    records = tuple(records)
    named: dict[Decision, tuple[Record, bool]] = {}
    for record in records:
        found = reading.find(record.raw, record.proposal.edit.after)
        if found and (found.decision not in named or record.verdict is Verdict.APPLIED):
            named[found.decision] = (record, found.exact)
    spoken_for = {record.id for record, _ in named.values()}
    intruders = [r for r in records if _changes_substance(r) and r.id not in spoken_for]
    again = {decision.key for decision in reading.own}
    for decision in reading.own:
        yield (
            _named(decision, *named[decision], document, intruders)
            if decision in named
            else _unnamed(decision, document, intruders)
        )
    for decision in reading.earlier:
        if decision in named:
            yield _named(decision, *named[decision], document, intruders)
        elif decision.key not in again:  # else it was decided anew on this very version
            yield _unnamed(decision, document, [])


def _named(
    decision: Decision,
    record: Record,
    exact: bool,  # noqa: FBT001
    document: str,
    intruders: list[Record],
) -> Settled:
    if decision.verdict and record.verdict is not Verdict.APPLIED:
        why = f"accepted, but {record.verdict.value}: {record.note}"
        return Settled(decision, State.CONFLICT, record.id, document, why)
    if not decision.verdict and (other := _overlapping(record.raw, intruders)):
        why = f"rejected, but {other.proposal.rule} changes the same place"
        return Settled(decision, State.CONFLICT, other.id, document, why)
    return Settled(decision, State.FOLLOWED if exact else State.FOUND, record.id, document)


def _unnamed(decision: Decision, document: str, intruders: list[Record]) -> Settled:
    if other := _overlapping((decision.anchor.start, decision.anchor.end), intruders):
        why = f"{other.proposal.rule} now changes the same place otherwise"
        return Settled(decision, State.CONFLICT, other.id, document, why)
    return Settled(decision, State.STALE, "", document, "nothing proposes this change at a unique place any more")


def _changes_substance(record: Record) -> bool:
    return record.verdict is Verdict.APPLIED and record.proposal.kind != "layout"


def _overlapping(span: tuple[int, int], records: list[Record]) -> Record | None:
    start, end = span
    for record in records:
        first, last = record.raw
        if (first < end and start < last) or (first, last) == (start, end):
            return record
    return None


def complete(book: Book, settled: Iterable[Settled]) -> list[Settled]:
    """All rows of a run: a decision is stale only if it is followed nowhere, and absent if nobody asked for it."""
    rows = list(settled)
    elsewhere = {row.decision for row in rows if row.state is not State.STALE}
    kept = [row for row in rows if row.state is not State.STALE or row.decision not in elsewhere]
    seen = {row.decision for row in kept}
    absent = [
        Settled(decision, State.ABSENT, why="no version of the document was in the run")
        for decision in book.verdicts
        if decision not in seen
    ]
    return [_disputed(row, book) for row in kept + absent]


def _disputed(row: Settled, book: Book) -> Settled:
    """The row, or a conflict where the word that was followed is not everybody's."""
    words = book.disputed.get(row.decision.place, ())
    if row.state not in (State.FOLLOWED, State.FOUND) or not words:
        return row
    told = ", ".join(f"{d.by or 'somebody'} {d.word.value}" for d in words)
    return replace(row, state=State.CONFLICT, why=f"reviewers disagree ({told}); the newest word was followed")


def counts(settled: Iterable[Settled]) -> dict[str, int]:
    """How many decisions are in each state, for the manifest."""
    tally = Counter(row.state.value for row in settled)
    return {state.value: tally[state.value] for state in State}
