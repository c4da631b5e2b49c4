"""A run as SARIF 2.1.0, so that code-scanning pages can show it: rules, places in the raw text, fixes, decisions.

Results carry our portable key as fingerprint, so that a platform recognizes them across runs; a reviewer's no is a
suppression with its note.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from cleanse.decisions.anchoring import Raw, anchor
from cleanse.decisions.book import Book, Reading
from cleanse.decisions.decision import Decision, Word, portable_key
from cleanse.ledger import Ledger, Record, Verdict

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True)
class Finding:
    """A record with what SARIF wants to know of its document."""

    ledger: Ledger
    raw: Raw
    record: Record


def sarif(findings: Iterable[Finding], tool: str, book: Book | None = None) -> dict[str, object]:
    """One SARIF log with one run."""
    rules: dict[str, int] = {}
    results = list(_results(findings, rules, book or Book()))
    name, _, version = tool.partition(" ")
    driver = {
        "name": name,
        "version": version,
        "rules": [{"id": rule} for rule in rules],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _results(findings: Iterable[Finding], rules: dict[str, int], book: Book) -> Iterator[dict[str, object]]:
    by_doc: defaultdict[str, list[Decision]] = defaultdict(list)
    for decision in book.current.values():
        by_doc[decision.anchor.doc].append(decision)
    for finding in findings:
        record, origin = finding.record, finding.ledger.origin
        proposal, edit = record.proposal, record.proposal.edit
        place = anchor(finding.raw, origin.digest, origin.document, record.raw)
        key = portable_key(place.text, edit.after, place.left, place.right)
        region = {"charOffset": record.raw[0], "charLength": record.raw[1] - record.raw[0]}
        where = {"uri": quote(origin.source or origin.document)}
        found = Reading(finding.raw, tuple(by_doc[origin.digest])).find(record.raw, edit.after)
        yield {
            "ruleId": proposal.rule,
            "ruleIndex": rules.setdefault(proposal.rule, len(rules)),
            "level": "note" if record.verdict is Verdict.APPLIED else "none",
            "kind": "fail" if record.verdict is Verdict.APPLIED else "review",
            "message": {"text": "; ".join(filter(None, (proposal.reason, record.note))) or proposal.rule},
            "locations": [{"physicalLocation": {"artifactLocation": where, "region": region}}],
            "fixes": [{
                "artifactChanges": [{
                    "artifactLocation": where,
                    "replacements": [{"deletedRegion": region, "insertedContent": {"text": edit.after}}],
                }]
            }],
            "partialFingerprints": {"cleanse/k1": key},
            "suppressions": _suppressions(found.decision) if found else [],
            "properties": {"id": record.id, "verdict": record.verdict.value, "class": proposal.kind},
        }  # fmt: skip


def _suppressions(decision: Decision) -> list[dict[str, str]]:
    """A no suppresses the finding; a skip leaves it under review; a yes suppresses nothing."""
    if decision.word is Word.ACCEPT:
        return []
    status = "underReview" if decision.word is Word.SKIP else "accepted"
    return [{"kind": "external", "status": status, "justification": decision.note or decision.word.value}]
