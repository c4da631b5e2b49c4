"""One document on the page: its running text, its notes, and what its provenance record took over."""

from collections.abc import Iterator
from typing import Protocol

from cleanse.ledger import Ledger, Record, Verdict
from cleanse.report.flow import Flow, Note
from cleanse.report.html import count, isolated, shown
from cleanse.tally import effect


class CleanedDocument(Protocol):
    """What the report needs of a document."""

    @property
    def ledger(self) -> Ledger: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def raw(self) -> bytes: ...  # noqa: D102


def told(ledger: Ledger) -> list[Record]:
    """The records that say something to a reader: no white space, no losers of an overlap."""
    return [r for r in ledger.records if r.proposal.kind != "layout" and r.verdict is not Verdict.SHADOWED]


def article(document: CleanedDocument, number: int, limit: int) -> Iterator[str]:
    """The document as the `number`th of the page, with at most `limit` changes."""
    ledger = document.ledger
    records = told(ledger)
    layout = sum(record.proposal.kind == "layout" for record in ledger.applied)
    yield (
        f'<article aria-labelledby="d{number}"><header><h3 id="d{number}">{isolated(ledger.origin.document)}</h3>'
        f'<p class="facts">{shown(document.status)}; {count(len(records), "change")} of substance, '
        f"{layout:,} of white space; {shown(ledger.origin.encoding)}</p></header>"
    )
    for fault in ledger.faults:
        yield f"<p>Stage <code>{shown(fault.stage)}</code> failed: {shown(fault.error)}</p>"
    fields = _fields(ledger)
    if records and limit > 0:
        flow = Flow(ledger, ledger.decode(document.raw).text, number, limit)
        yield '<div class="text">'
        yield from flow.html()
        yield "</div>"
        yield f'<details open><summary>Notes on {count(len(records), "change")}</summary><ol class="notes">'
        for note in flow.notes():
            yield _note(note, number, fields)
        yield "</ol></details>"
        if flow.left_out:
            yield f"<p>{count(flow.left_out, 'more change')}: <code>cleanse diff</code> shows all of them.</p>"
    yield from _provenance(ledger, number, fields)
    yield "</article>"


def _fields(ledger: Ledger) -> dict[str, int]:
    """The fields that some claim fills, numbered in order of the text: names of fields never go into attributes."""
    claims = sorted(ledger.claims, key=lambda claim: claim.span)
    return {field: number for number, field in enumerate(dict.fromkeys(claim.field for claim in claims), 1)}


def _note(note: Note, document: int, fields: dict[str, int]) -> str:
    record, proposal = note.record, note.record.proposal
    what = effect(record)
    place = f"m{document}.{note.number}"
    back = f'<a href="#{place}">in the text</a>' if note.placed else "not drawn in the text"
    moved = ", ".join(
        f'<a href="#p{document}.{fields[name]}">{shown(name)}</a>' if name in fields else shown(name)
        for name in proposal.moved
    )
    why = "; ".join(filter(None, (proposal.reason, record.note)))
    was = f"<del>{isolated(_short(proposal.edit.before))}</del>" if proposal.edit.before else ""
    come = f"<ins>{isolated(_short(proposal.edit.after))}</ins>" if proposal.edit.after else ""
    change = f"{was} {come}".strip() if what != "shown" else _proposed(record)
    others = ", ".join(isolated(_short(text)) for text in proposal.alternatives[:5])
    return (
        f'<li id="n{document}.{note.number}" class="{"shown-note" if what == "shown" else what}">'
        f'<span class="tag {what}">{"proposed only" if what == "shown" else what}</span> '
        f"{f'to {moved} ' if moved else ''}{change}<br>{shown(why)}"
        f"{f' Or: {others}.' if others else ''}<br><small><code>{shown(proposal.rule)}</code> · "
        f"raw {record.raw[0]}–{record.raw[1]} · <code>{shown(record.id)}</code> · {back}</small></li>"
    )


def _proposed(record: Record) -> str:
    edit = record.proposal.edit
    would = f"<i>{shown(_short(edit.after))}</i>" if edit.after else ""
    return f'<span class="shown"><bdi>{shown(_short(edit.before))}{would}</bdi></span>'


def _short(text: str, width: int = 80) -> str:
    text = text.strip("\n") or text
    return text if len(text) <= width else f"{text[: width - 20]}…{text[-18:]}"


def _provenance(ledger: Ledger, document: int, fields: dict[str, int]) -> Iterator[str]:
    if not fields:
        return
    yield '<details open><summary>What the record holds</summary><dl class="fields">'
    for field, number in fields.items():
        claims = [claim for claim in ledger.claims if claim.field == field]
        values = "; ".join(
            f"{isolated(claim.value)} <small>(raw {claim.span[0]}–{claim.span[1]})</small>" for claim in claims[:20]
        )
        yield f'<dt id="p{document}.{number}">{shown(field.replace("_", " "))}</dt><dd>{values}</dd>'
    yield "</dl></details>"
