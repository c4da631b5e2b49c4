"""W3C Web Annotations: each applied change of substance, anchored in the decoded raw text.

The unit of positions is Unicode code points of the decoded raw text, which the standard leaves open: a reader that
counts UTF-16 units is off behind the first emoji. The quote beside the position lets it find the place again.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record
from cleanse.ledger_io import encode

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""Code points of context on either side of a quote."""


def write(run: Run, sink: BinaryIO) -> None:
    """Every change of every document."""
    for cleaned in run.documents():
        sink.writelines((encode(annotation) + "\n").encode("utf-8") for annotation in annotations(cleaned))


def annotations(cleaned: Cleaned) -> Iterator[dict[str, Any]]:
    """The changes of one document; those that only move white space are left out."""
    raw = cleaned.ledger.decode(cleaned.raw).text
    for record in cleaned.ledger.applied:
        if record.proposal.kind != "layout":
            yield _annotation(record, raw, cleaned.record)


def _annotation(record: Record, raw: str, document: Mapping[str, Any]) -> dict[str, Any]:
    start, end = record.raw
    proposal = record.proposal
    moved = [f"moved to {field}" for field in proposal.moved]
    return {
        "@context": _CONTEXT,
        "id": f"urn:cleanse:edit:{document['raw_sha256'][:16]}:{record.id}",
        "type": "Annotation",
        "motivation": "editing",
        "body": [
            {"type": "TextualBody", "value": proposal.edit.after, "format": "text/plain", "purpose": "editing"},
            {
                "type": "TextualBody",
                "value": "; ".join([proposal.rule, proposal.reason, *moved]),
                "format": "text/plain",
                "purpose": "describing",
            },
        ],
        "target": {
            "source": f"urn:sha256:{document['raw_sha256']}",
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {
                    "type": "TextQuoteSelector",
                    "exact": raw[start:end],
                    "prefix": raw[max(0, start - _AROUND) : start],
                    "suffix": raw[end : end + _AROUND],
                },
            ],
        },
    }
