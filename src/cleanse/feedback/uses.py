"""Each use of a rule in a run, with what a reviewer said about it, and the words around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, place_of_edit
from cleanse.ledger import Ledger, Record, Verdict
from cleanse.model import Document

_CONTEXT = 60
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class _Cleaned(Protocol):
    @property
    def ledger(self) -> Ledger: ...
    @property
    def raw(self) -> bytes: ...


@dataclass(frozen=True)
class Use:
    """A proposal of a rule, and the decision on it, if there is one."""

    document: str
    record: Record
    decision: Decision | None
    left: str = ""
    right: str = ""
    """What stood beside it in the text its stage saw; only of decided uses."""

    @property
    def rule(self) -> str:
        """Who asked for it in this run, whatever the rule was called when it was decided."""
        return self.record.proposal.rule

    def words_before(self) -> list[str]:
        """The words left of it in its line, in lower case, the nearest first."""
        return [word.lower() for word in reversed(_WORD.findall(self.left.rpartition("\n")[2]))]

    def words_after(self) -> list[str]:
        """The words right of it in its line, in lower case, the nearest first."""
        return [word.lower() for word in _WORD.findall(self.right.partition("\n")[0])]


def uses(documents: Iterable[_Cleaned], book: Book) -> Iterator[Use]:
    """Every proposal of substance that no other one of its stage took the place of."""
    for cleaned in documents:
        ledger = cleaned.ledger
        name = ledger.origin.document
        reading = book.on(Document(name, cleaned.raw, encoding=ledger.origin.encoding))
        texts: dict[str, str] = {}
        for record in ledger.records:
            if record.proposal.kind == "layout" or record.verdict is Verdict.SHADOWED:
                continue
            edit = record.proposal.edit
            found = reading.find(record.raw, edit.after)
            # What was skipped means nothing to a run, and is not looked for in other versions of the text.
            decision = (
                found.decision
                if found
                else book.current.get(place_of_edit(ledger.origin.digest, record.raw, edit.after))
            )
            if decision is None:
                yield Use(name, record, None)
                continue
            texts = texts or ledger.seen(cleaned.raw)
            yield used(name, record, decision, texts[record.stage])


def used(document: str, record: Record, decision: Decision, text: str) -> Use:
    """A decided use, with what stood beside it in the text that its stage saw."""
    edit = record.proposal.edit
    left, right = text[max(0, edit.start - _CONTEXT) : edit.start], text[edit.end : edit.end + _CONTEXT]
    return Use(document, record, decision, left, right)
