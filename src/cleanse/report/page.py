"""`report.html`: what a run did, as one file that needs nothing else, for people.

Document text reaches the page at one place, `_shown`, which labels what cannot be seen and then escapes. There
is no script, no link and no outside resource; a content security policy says so to the browser.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import Protocol

from cleanse.ledger import Ledger, Record, Verdict
from cleanse.tally import Tally, effect
from cleanse.visible import visible

MAX_EDITS = 2_000
"""Edits that are shown in the running text; of larger runs only the tables are whole."""
_CONTEXT = 60
_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';
base-uri 'none'; form-action 'none'">
<title>cleanse report</title><style>
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.2rem .6rem;border-bottom:1px solid #ddd;
vertical-align:top}

td.n{text-align:right;font-variant-numeric:tabular-nums}code{font-size:.85em;overflow-wrap:anywhere}
li{margin:.35rem 0;overflow-wrap:anywhere}del{background:#ffe3e0;color:#8a1c12}ins{background:#dff5e1;color:#0b5a1e}
.moved del{background:#e5ecff;color:#1f3a93}.shown{opacity:.85;border-left:3px solid #c90;padding-left:.5rem}
small{color:#555}details{margin:.6rem 0}summary{cursor:pointer;font-weight:600}
@media print{details{break-inside:avoid}}
</style></head><body>
"""


class CleanedDocument(Protocol):
    """What the report needs of a document."""

    @property
    def ledger(self) -> Ledger: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def raw(self) -> bytes: ...  # noqa: D102


def html_report(documents: Iterable[CleanedDocument], tally: Tally, tool: str) -> Iterator[str]:
    """The page, in pieces."""
    yield _HEAD
    yield f"<h1>cleanse report</h1><p>{_shown(tool)}. {_summary(tally)}</p>"
    yield from _rules(tally)
    yield "<h2>Documents</h2>"
    left = MAX_EDITS
    for document in documents:
        yield from _document(document, left)
        left = max(0, left - len(_told(document.ledger)))
    if not left:
        yield f"<p>The page ends after {MAX_EDITS} edits; <code>cleanse audit</code> shows all of them.</p>"
    yield "</body></html>\n"


def _summary(tally: Tally) -> str:
    edits = tally.edits
    return (
        f"{tally.documents} documents; {edits['removed']} passages removed, {edits['repaired']} repaired, "
        f"{edits['moved']} moved into the provenance record, {edits['layout']} changes of white space only, "
        f"{edits['shown']} proposals shown and not applied; {tally.statuses['review']} documents for review."
    )


def _rules(tally: Tally) -> Iterator[str]:
    yield "<h2>Rules</h2><table><thead><tr><th>rule</th><th>effect</th><th>edits</th></tr></thead><tbody>"
    for (rule, what), count in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
        yield f"<tr><td><code>{_shown(rule)}</code></td><td>{_shown(what)}</td><td class=n>{count}</td></tr>"
    yield "</tbody></table>"


def _told(ledger: Ledger) -> list[Record]:
    """The records that say something to a reader: no white space, no losers of an overlap."""
    return [
        record
        for record in ledger.records
        if record.proposal.kind != "layout" and record.verdict is not Verdict.SHADOWED
    ]


def _document(document: CleanedDocument, limit: int) -> Iterator[str]:
    ledger = document.ledger
    told = _told(ledger)
    layout = sum(record.proposal.kind == "layout" for record in ledger.applied)
    yield (
        f"<details open><summary><bdi>{_shown(ledger.origin.document)}</bdi></summary>"
        f"<p><small>{_shown(document.status)}; {len(told)} edits of substance, {layout} of white space</small></p><ol>"
    )
    texts = ledger.seen(document.raw) if told and limit else {}
    for record in told[:limit]:
        yield _edit(record, texts[record.stage])
    yield "</ol>"
    for fault in ledger.faults:
        yield f"<p>Stage <code>{_shown(fault.stage)}</code> failed: {_shown(fault.error)}</p>"
    yield "</details>"


def _edit(record: Record, text: str) -> str:
    proposal, edit = record.proposal, record.proposal.edit
    what = effect(record)
    before = f"<del>{_shown(edit.before)}</del>" if edit.before else ""
    after = f"<ins>{_shown(edit.after)}</ins>" if edit.after else ""
    left = text[max(0, edit.start - _CONTEXT) : edit.start]
    right = text[edit.end : edit.end + _CONTEXT]
    moved = f" → {_shown(', '.join(proposal.moved))}" if proposal.moved else ""
    note = f"; {_shown(record.note)}" if record.note else ""
    return (
        f'<li class="{what}"><bdi>{_shown(left)}{before}{after}{_shown(right)}</bdi><br>'
        f"<small>{what}{moved} · <code>{_shown(proposal.rule)}</code> · {_shown(proposal.reason)}{note}"
        f" · raw {record.raw[0]}–{record.raw[1]} · <code>{record.id}</code></small></li>"
    )


def _shown(text: str) -> str:
    """The only door for text of documents and tables into the page."""
    return escape(visible(text), quote=True)
