"""A rule as a reviewer wants to know it: what it says, what reviewers said of it, and what could hold it back."""

from collections.abc import Iterator
from typing import Any

from cleanse.errors import RuleError
from cleanse.feedback.guards import Guard, guards
from cleanse.feedback.precision import Card
from cleanse.feedback.uses import Use, used
from cleanse.review.session import Session
from cleanse.rules.loader import RuleBook
from cleanse.rules.telling import told
from cleanse.visible import visible

_MOST = 1_000
"""Decided uses that are looked at for the record and for guards."""


def rule_card(session: Session, book: RuleBook, name: str) -> dict[str, Any]:
    """The rule behind an edit. Raises UsageError when there is no edit of this id."""
    rule = session.catalogue.edit(name)[1].proposal.rule
    record = Card(rule)
    for use in _decided(session, rule):
        record.add(use)
    uses, _ = session.catalogue.told_of(rule)
    lexicon = rule.partition("/")[0] in {table.name for table in book.tables.values() if table.lexicon}
    return {
        "rule": visible(rule),
        "says": _says(book, rule),
        "uses": uses,
        "reviewed": record.reviewed,
        "rejected": record.rejected,
        "precision": record.precision,
        "bound": record.bound,
        "advice": record.advice,
        "guards": [_guard(guard, lexicon=lexicon) for guard in guards(record.decided)],
    }


def _decided(session: Session, rule: str) -> Iterator[Use]:
    for name in session.catalogue.decided_by(rule, _MOST):
        cleaned, record = session.catalogue.edit(name)
        yield used(cleaned.ledger.origin.document, record, session.said[name], cleaned.seen[record.stage])


def _says(book: RuleBook, rule: str) -> list[dict[str, object]]:
    try:
        return [
            {"heading": visible(heading), "facts": [[key, visible(value)] for key, value in facts]}
            for heading, facts in told(book, rule)
        ]
    except RuleError:
        return [{"heading": f"{visible(rule)}: a judgement of its stage; no table holds it", "facts": []}]


def _guard(guard: Guard, *, lexicon: bool) -> dict[str, object]:
    written = "" if guard.where == "inside" else guard.in_lexicon() if lexicon else guard.in_table()
    return {
        "where": guard.where,
        "words": visible(", ".join(guard.words)),
        "rejected": [guard.spared, guard.rejected],
        "accepted": [guard.lost, guard.accepted],
        "written": visible(written),
    }
