"""Making decisions: what a reviewer says about a record, or about a line that was kept, with its anchor.

The clock and the reviewer's name are handed in: nothing here asks for them.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cleanse.decisions.anchoring import Raw, anchor
from cleanse.decisions.decision import KEPT, Decision, Word
from cleanse.ledger import Ledger, Record


@dataclass(frozen=True)
class Said:
    """A reviewer's word, without the place it is about."""

    word: Word
    by: str = ""
    at: str = ""
    """UTC, ISO 8601, in seconds."""
    note: str = ""
    edit: str | None = None
    """What should have come instead."""
    members: Mapping[str, object] | None = None
    """Given when the word is said of many edits at once; see `members`."""


def on_record(ledger: Ledger, raw: Raw, record: Record, said: Said) -> Decision:
    """The decision on one edit; `raw` is the decoded raw text of the ledger's document."""
    place = anchor(raw, ledger.origin.digest, ledger.origin.document, record.raw)
    edit = record.proposal.edit
    return _decision(Decision(place, edit.before, edit.after, said.word, record.proposal.rule), said)


def on_kept(ledger: Ledger, raw: Raw, clean: str, span: tuple[int, int], said: Said) -> Decision:
    """The decision on a piece of the clean text that was kept: it stands there before and after."""
    place = anchor(raw, ledger.origin.digest, ledger.origin.document, ledger.raw_span(*span))
    text = clean[slice(*span)]
    return _decision(Decision(place, text, text, said.word, scope=KEPT), said)


def taken_back(decision: Decision, said: Said) -> Decision:
    """A line that takes a decision back; the decision itself stays in the history."""
    return replace(_decision(decision, said), word=Word.WITHDRAW)


def _decision(decision: Decision, said: Said) -> Decision:
    scope = KEPT if decision.scope == KEPT else "kind" if said.members else "edit"
    return replace(
        decision, edit=said.edit, note=said.note, by=said.by, at=said.at, scope=scope, members=said.members
    )  # fmt: skip


def members(ids: Iterable[str]) -> dict[str, object]:
    """What a decision on many edits remembers of them: how many, and a digest over their ids in order.

    Edits of the same kind that a later run proposes are not among them.
    """
    listed = sorted(set(ids))
    digest = hashlib.sha256("\n".join(listed).encode("ascii")).hexdigest()
    return {"count": len(listed), "digest": f"sha256:{digest}"}
