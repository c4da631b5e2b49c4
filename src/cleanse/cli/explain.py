"""`cleanse explain`: why a document, or one of its characters, is as it is."""

from collections import Counter
from pathlib import Path
from types import MappingProxyType

import click

from cleanse.cli.common import guarded, marked, out_argument, say
from cleanse.cli.naming import named
from cleanse.errors import UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record
from cleanse.tally import effect
from cleanse.visible import visible

_COLOURS = MappingProxyType(
    {"removed": "red", "moved": "blue", "repaired": "green", "shown": "yellow", "layout": "white"}
)


@click.command()
@out_argument
@click.argument("place", metavar="DOC[:OFFSET]|ID")
@guarded
def explain(folder: Path, place: str) -> None:
    """Say what became of a document, why the character at OFFSET of its clean text is there, or what edit ID did.

    Offsets are code points, counted from 0. DOC is a document's id or a part of it that no other id has; of an edit's
    id, as `diff` and `audit` print it, six digits are enough. A document's whole id is never taken for anything else.
    """
    found = named(Run.open(folder), place)
    if found.edit:
        name = found.document.ledger.origin.document
        say(f"{visible(name)}: stage {visible(found.edit.stage)}, {found.edit.verdict.value}")
        _say_record(found.edit)
    elif found.offset is not None:
        _explain_place(found.document, found.offset)
    else:
        _explain_document(found.document)


def _explain_place(cleaned: Cleaned, offset: int) -> None:
    if offset >= len(cleaned.text):
        raise UsageError(f"the clean text has {len(cleaned.text)} characters; {offset} is beyond its end")
    start, end = offset, offset + 1
    touching: list[Record] = []
    for name, changes in reversed(list(cleaned.ledger.steps())):
        undo = changes.invert()
        first, last = start, end
        start, end = undo.image(start, end)
        records = (r for r in cleaned.ledger.applied if r.stage == name)
        touching += [r for r, back in zip(records, undo.edits, strict=True) if back.start < last and first < back.end]
    raw = cleaned.ledger.decode(cleaned.raw).text
    say(f"{visible(cleaned.text[offset])!r} at {offset} comes from raw {start}-{end}: {visible(raw[start:end])!r}")
    for record in reversed(touching):
        _say_record(record)
    if not touching:
        say("no edit touched it")


def _explain_document(cleaned: Cleaned) -> None:
    origin = cleaned.ledger.origin
    say(f"{visible(origin.document)}: {cleaned.status}; {origin.encoding}, newlines {origin.newline}")
    say(f"  {origin.length} characters in, {len(cleaned.text)} out")
    for fault in cleaned.ledger.faults:
        say(f"  stage {visible(fault.stage)} failed: {visible(fault.error)}")
    for record in cleaned.ledger.records:
        if record.proposal.kind != "layout":
            _say_record(record)
    layout = Counter(r.proposal.rule for r in cleaned.ledger.applied if r.proposal.kind == "layout")
    for rule, count in sorted(layout.items()):
        say(f"  {count} × {visible(rule)} (white space only)")
    for item in cleaned.record["evidence"]:
        where = f"raw {item['start']}-{item['end']}" if item["start"] is not None else "the input record"
        say(f"  {item['field']} from {where}: {visible(item['exact'])!r} ({visible(item['rule'])}, {item['status']})")
    missing = [f"{item['field']} ({item['reason']})" for item in cleaned.record["missing"]]
    if missing:
        say(f"  not known: {', '.join(missing)}")


def _say_record(record: Record) -> None:
    proposal = record.proposal
    where = f"raw {record.raw[0]}-{record.raw[1]}"
    moved = f" → {visible(', '.join(proposal.moved))}" if proposal.moved else ""
    why = "; ".join(filter(None, (proposal.reason, record.note)))
    evidence = ", ".join(f"{visible(f'{key} {value}')}" for key, value in proposal.evidence.items())
    colour = _COLOURS.get(effect(record), "white")
    said = visible(f"{proposal.rule}: {why}") + (f" [{evidence}]" if evidence else "")
    say(f"  {record.id}  {click.style(effect(record), fg=colour)}{moved}  {where}  {said}")
    say(f"      {marked(proposal.edit.before, proposal.edit.after)}")
