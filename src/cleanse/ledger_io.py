"""The ledger's wire form, version 1: JSON lines that grep, jq and diff can work with. See docs/ledger.md.

A document's lines stand together: one `document`, its `change`, `claim`, `fact` and `fault` lines, one `end`
with the digest of the clean text and the number of lines, so that truncation shows.
"""

import json
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from typing import Any

from cleanse.decoding import BadBytes
from cleanse.edits import Edit
from cleanse.errors import LedgerError
from cleanse.ledger import Fault, Ledger, Origin, Record, Verdict
from cleanse.model import Applicability, Claim, Proposal

VERSION = 1
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def dump(ledger: Ledger, status: str, tool: str) -> list[str]:
    """The ledger's lines, without newlines: `rows`, each encoded."""
    others = map(encode, _others(ledger))
    return [encode(_document(ledger, tool)), *_change_lines(ledger.records), *others, encode(_end(ledger, status))]


def rows(ledger: Ledger, status: str, tool: str) -> Iterator[dict[str, Any]]:
    """The ledger's lines as objects."""
    yield _document(ledger, tool)
    yield from map(_change, ledger.records)
    yield from _others(ledger)
    yield _end(ledger, status)


def encode(value: object) -> str:
    """One JSON value on one line: nothing in it can be taken for a line break, and no lone surrogate can occur."""
    return _one_line(_ENCODER.encode(value))


def _one_line(encoded: str) -> str:
    if encoded.isascii():
        return encoded
    return encoded.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def _line(kind: str, **values: object) -> dict[str, object]:
    return {"kind": kind, **values}


def _document(ledger: Ledger, tool: str) -> dict[str, object]:
    origin = ledger.origin
    return {
        "v": VERSION,
        "kind": "document",
        "id": origin.document,
        "source": origin.source,
        "raw": {"sha256": origin.digest, "length": origin.length},
        "encoding": origin.encoding,
        "newline": origin.newline,
        "bom": origin.bom.hex(),
        "bad": [[spot.start, spot.raw.hex()] for spot in origin.bad],
        "stages": list(ledger.stages),
        "rules": ledger.rules_digest,
        "tool": tool,
    }


def _others(ledger: Ledger) -> Iterator[dict[str, object]]:
    """What the ledger holds beside changes."""
    yield from map(_claim, ledger.claims)
    yield from (_line("fact", name=name, value=value) for name, value in ledger.facts.items())
    yield from (_line("fault", stage=fault.stage, error=fault.error) for fault in ledger.faults)


def _end(ledger: Ledger, status: str) -> dict[str, object]:
    return {
        "kind": "end",
        "document": ledger.origin.document,
        "clean": ledger.clean_digest,
        "lines": len(ledger.records) + len(ledger.claims) + len(ledger.facts) + len(ledger.faults),
        "status": status,
    }


def _change(record: Record) -> dict[str, object]:
    proposal = record.proposal
    return {
        "kind": "change",
        "seq": record.seq,
        "id": record.id,
        "stage": record.stage,
        "rule": proposal.rule,
        "class": proposal.kind,
        "start": proposal.edit.start,
        "raw": list(record.raw),
        "before": proposal.edit.before,
        "after": proposal.edit.after,
        "verdict": record.verdict.value,
        "applicability": proposal.applicability.label,
        "reason": proposal.reason,
        **_extras(record),
    }


def _extras(record: Record) -> dict[str, object]:
    """What most changes do not have."""
    proposal, line = record.proposal, dict[str, object]()
    if record.note:
        line["note"] = record.note
    if proposal.evidence:
        line["evidence"] = dict(proposal.evidence)
    if proposal.alternatives:
        line["alternatives"] = list(proposal.alternatives)
    if proposal.claims:
        line["moved"] = list(proposal.moved)
    if proposal.priority:
        line["priority"] = proposal.priority
    return line


def _change_lines(records: Iterable[Record]) -> Iterator[str]:
    """`_change`, encoded. Edits of a rule differ in a few fields, and the rest is encoded once: a fifth of the time."""
    known: dict[tuple[object, ...], tuple[str, str]] = {}
    quoted = encode_basestring
    for record in records:
        proposal, (first, last) = record.proposal, record.raw
        edit = proposal.edit
        if proposal.evidence or proposal.alternatives or proposal.claims:  # no other has the same
            about, became = _around(record)
        else:
            key = (
                record.stage, proposal.rule, proposal.kind, proposal.reason, proposal.priority, record.note,
                record.verdict._value_, proposal.applicability._value_,  # the members themselves are slow to hash
            )  # fmt: skip
            if key not in known:
                known[key] = _around(record)
            about, became = known[key]
        yield _one_line(
            f'{{"kind":"change","seq":{record.seq},"id":"{record.id}",{about},"start":{edit.start},'
            f'"raw":[{first},{last}],"before":{quoted(edit.before)},"after":{quoted(edit.after)},{became}'
        )


def _around(record: Record) -> tuple[str, str]:
    """What stands in the middle and at the end of a change's line."""
    proposal = record.proposal
    about = {"stage": record.stage, "rule": proposal.rule, "class": proposal.kind}
    became = {
        "verdict": record.verdict.value, "applicability": proposal.applicability.label, "reason": proposal.reason,
        **_extras(record),
    }  # fmt: skip
    return _ENCODER.encode(about)[1:-1], _ENCODER.encode(became)[1:]


def _claim(claim: Claim) -> dict[str, object]:
    line: dict[str, object] = {
        "kind": "claim",
        "field": claim.field,
        "value": claim.value,
        "raw": list(claim.span),
        "rule": claim.rule,
    }
    return line | ({"attributes": dict(claim.attributes)} if claim.attributes else {})


def load(lines: Iterable[str]) -> Iterator[tuple[Ledger, str]]:
    """Ledgers and statuses, one document at a time. Raises LedgerError with the line that is wrong."""
    return assemble(_parsed(text, number) for number, text in enumerate(lines, 1))


def assemble(lines: Iterable[dict[str, Any]]) -> Iterator[tuple[Ledger, str]]:
    """The same from lines that are objects already, whatever they were stored as."""
    head: dict[str, Any] | None = None
    body: list[dict[str, Any]] = []
    for number, line in enumerate(lines, 1):
        match line.get("kind"):
            case "document" if head is None:
                head, body = line, []
            case "end" if head is not None:
                yield _ledger(head, body, line, number), str(line.get("status", ""))
                head = None
            case "change" | "claim" | "fact" | "fault" if head is not None:
                body.append(line)
            case kind:
                raise LedgerError(f"ledger line {number}: a {kind!r} line cannot stand here")
    if head is not None:
        raise LedgerError(f"the ledger breaks off inside document {head.get('id')!r}")


def _parsed(text: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError as error:
        raise LedgerError(f"ledger line {number}: not JSON: {error}") from error
    if not isinstance(line, dict):
        raise LedgerError(f"ledger line {number}: not an object")
    return line


def _ledger(head: dict[str, Any], body: list[dict[str, Any]], end: dict[str, Any], number: int) -> Ledger:
    if head.get("v") != VERSION:
        raise LedgerError(f"ledger version {head.get('v')!r} is not {VERSION}; use the cleanse that wrote it")
    if end.get("document") != head.get("id") or end.get("lines") != len(body):
        raise LedgerError(f"ledger line {number}: document {head.get('id')!r} is not whole")
    try:
        return Ledger(
            origin=Origin(
                document=head["id"],
                source=head["source"],
                digest=head["raw"]["sha256"],
                length=head["raw"]["length"],
                encoding=head["encoding"],
                newline=head["newline"],
                bom=bytes.fromhex(head["bom"]),
                bad=tuple(BadBytes(start, bytes.fromhex(raw)) for start, raw in head["bad"]),
            ),
            clean_digest=end["clean"],
            stages=tuple(head["stages"]),
            rules_digest=head["rules"],
            records=tuple(_record(line) for line in body if line["kind"] == "change"),
            claims=tuple(_read_claim(line) for line in body if line["kind"] == "claim"),
            facts={line["name"]: line["value"] for line in body if line["kind"] == "fact"},
            faults=tuple(Fault(line["stage"], line["error"]) for line in body if line["kind"] == "fault"),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise LedgerError(
            f"ledger: document {head.get('id')!r} before line {number} is malformed: {error!r}"
        ) from error


def _record(line: dict[str, Any]) -> Record:
    start, end = line["raw"]
    if not isinstance(line["start"], int) or not isinstance(line["before"] + line["after"], str):
        raise TypeError("an edit is a number and two texts")
    proposal = Proposal(
        edit=Edit(line["start"], line["before"], line["after"]),
        rule=line["rule"],
        reason=line["reason"],
        applicability=Applicability.parse(line["applicability"]),
        priority=line.get("priority", 0),
        kind=line["class"],
        evidence=line.get("evidence", {}),
        alternatives=tuple(line.get("alternatives", ())),
        claims=tuple(Claim(field, "", (start, end), line["rule"]) for field in line.get("moved", ())),
    )
    return Record(
        line["seq"],
        line["stage"],
        proposal,
        Verdict(line["verdict"]),
        (start, end),
        line["id"],
        line.get("note", ""),
    )


def _read_claim(line: dict[str, Any]) -> Claim:
    start, end = line["raw"]
    return Claim(line["field"], line["value"], (start, end), line["rule"], line.get("attributes", {}))
