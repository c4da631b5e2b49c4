"""The page as a whole: sign-off box, rules, then the documents with their changes, or the kinds of a large run.

It is complete without its script, which only adds keys, a filter and sorting, and it names its one style and its
one script by their hash in the content security policy: nothing else could run, and nothing can be fetched.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from cleanse.decisions.settling import Settled, State
from cleanse.limits import DEFAULTS
from cleanse.report.documents import CleanedDocument, article, told
from cleanse.report.html import asset, count, hash_source, isolated, shown
from cleanse.report.kinds import kinds
from cleanse.signoff.bounds import ALPHA, needed
from cleanse.tally import Tally

_EFFECTS = ("removed", "repaired", "moved", "shown", "rejected")
_FEW_RULES = 25
"""More rules than these are folded."""
_LIMITS = (0.05, 0.02, 0.01, 0.005)
_LEGEND = """<ul class="legend"><li><span class="removed"><del>removed</del></span></li>
<li><span class="repaired"><ins>inserted</ins></span></li>
<li><span class="moved"><del>moved into the record</del></span></li>
<li><span class="shown">proposed only<i>instead</i></span></li></ul>"""
_BAR = """<div class="bar" id="bar" hidden><label>Show <select><option value="">everything</option>
<option value="removed">removed</option><option value="repaired">repaired</option><option value="moved">moved</option>
<option value="shown">proposed only</option></select></label>
<button type="button" data-key="k">previous <kbd>k</kbd></button>
<button type="button" data-key="j">next <kbd>j</kbd></button>
<button type="button" data-key="?">keys <kbd>?</kbd></button></div>"""
_KEYS = """<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2><table><tbody>
<tr><th scope="row"><kbd>j</kbd> <kbd>k</kbd></th><td>next, previous change</td></tr>
<tr><th scope="row"><kbd>o</kbd></th><td>open or close every fold</td></tr>
<tr><th scope="row"><kbd>/</kbd></th><td>choose what to show</td></tr>
<tr><th scope="row"><kbd>?</kbd></th><td>this table; <kbd>Esc</kbd> closes it</td></tr></tbody></table>
<form method="dialog"><button>Close</button></form></dialog>"""


def html_report(  # noqa: PLR0913 - what a page tells
    documents: Callable[[], Iterable[CleanedDocument]],
    tally: Tally,
    tool: str,
    settled: Sequence[Settled] = (),
    *,
    drawn_from: int = 0,
    most: int = DEFAULTS.report_edits,
) -> Iterator[str]:
    """The page, in pieces; `documents` is asked once or, for a large run, twice.

    Where `documents` are only some of a run, drawn evenly, `drawn_from` says of how many. More than `most` changes
    are told by their kinds.
    """
    style, script = asset("report.css"), asset("report.js")
    total = sum(tally.edits[effect] for effect in _EFFECTS)
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src {hash_source(style)}; '
        f"script-src {hash_source(script)}; base-uri 'none'; form-action 'none'\">"
        f"<title>What cleanse changed</title><style>{style}</style></head>\n<body>"
        '<a class="skip" href="#documents">Skip to the changes</a>'
    )
    yield f'<header><h1>What cleanse changed</h1><p class="soft">{_summary(tally)}</p></header><main>'
    yield from _signoff(tally, settled)
    yield from _rules(tally)
    yield f'<section id="documents" aria-labelledby="changes"><h2 id="changes">The changes</h2>{_LEGEND}{_BAR}'
    if drawn_from:
        yield f"<p>The passages below are those of documents drawn evenly from {count(drawn_from, 'document')}.</p>"
    if total > most:
        yield from kinds(documents, total, most)
    else:
        left = most
        for number, document in enumerate(documents(), 1):
            yield from article(document, number, left)
            left -= len(told(document.ledger))
    yield f"</section></main><footer>Written by {shown(tool)}.</footer>{_KEYS}<script>{script}</script></body></html>\n"


def _summary(tally: Tally) -> str:
    edits = tally.edits
    return (
        f"{count(tally.documents, 'document')}; {count(edits['removed'], 'passage')} removed, "
        f"{edits['repaired']:,} repaired, {edits['moved']:,} moved into the provenance record, "
        f"{count(edits['layout'], 'change')} of white space only; "
        f"{count(edits['shown'], 'proposal')} shown and not applied."
    )


def _signoff(tally: Tally, settled: Sequence[Settled]) -> Iterator[str]:
    applied = sum(tally.edits[effect] for effect in ("removed", "repaired", "moved"))
    yield '<section class="card" aria-labelledby="signoff"><h2 id="signoff">Sign-off</h2><dl class="figures">'
    figures = [
        ("changes of substance", applied),
        ("proposals to decide", tally.edits["shown"]),
        ("documents to look at", tally.statuses["review"]),
    ]
    if settled:
        followed = sum(row.state in (State.FOLLOWED, State.FOUND) for row in settled)
        figures += [("decisions followed", followed), ("stale or in conflict", _open(settled))]
    for name, value in figures:
        yield f"<div><dt>{name}</dt><dd>{value:,}</dd></div>"
    yield "</dl>"
    if applied:
        yield (
            "<p>Nobody has signed this run off on this page. To claim, at 95 %, that no more than a given share of "
            "these changes is wrong, look at a sample that nobody chose and find nothing wrong in it:</p>"
            '<table><thead><tr><th scope="col">at most wrong</th><th scope="col" class="n">changes to look at</th></tr>'
            "</thead><tbody>"
        )
        for limit in _LIMITS:
            looks = needed(limit, 0, ALPHA)
            told_looks = f"{looks:,}" if looks < applied else f"all {applied:,}"
            yield f'<tr><td>{limit:.1%}</td><td class="n">{told_looks}</td></tr>'
        yield (
            '</tbody></table><p class="soft"><code>cleanse review</code> draws that sample and keeps what you decide; '
            "<code>cleanse signoff</code> writes a certificate that anybody can check. Changes say nothing of what was "
            "missed: both do the same for what was kept.</p>"
        )
    yield from _unfollowed(settled)
    yield "</section>"


def _open(settled: Sequence[Settled]) -> int:
    return sum(row.state in (State.STALE, State.CONFLICT) for row in settled)


def _unfollowed(settled: Sequence[Settled]) -> Iterator[str]:
    """The decisions that need a person again."""
    rows = [row for row in settled if row.state in (State.STALE, State.CONFLICT)]
    if not rows:
        return
    yield f"<details><summary>{count(len(rows), 'decision')} to look at again</summary><ul>"
    for row in rows[:200]:
        decision = row.decision
        yield (
            f"<li><b>{row.state.value}</b>: {decision.word.value} of {isolated(decision.before or decision.after)} "
            f"in {isolated(row.document)}: {shown(row.why)}</li>"
        )
    yield "</ul></details>"


def _rules(tally: Tally) -> Iterator[str]:
    if not tally.rules:
        return
    yield '<section aria-labelledby="rules"><h2 id="rules">Rules</h2>'
    yield from _tables(tally)
    names = {rule for rule, _ in tally.rules}
    yield (
        f"<details{' open' if len(names) <= _FEW_RULES else ''}><summary>{count(len(names), 'rule')} did something"
        '</summary><table><thead><tr><th scope="col" data-sort="a">rule</th><th scope="col" data-sort="a">effect</th>'
        '<th scope="col" class="n" data-sort="n">changes</th></tr></thead><tbody>'
    )
    for (rule, what), number in sorted(tally.rules.items(), key=lambda item: (-item[1], item[0])):
        label = f'<span class="tag {what}">{what}</span>' if what in _EFFECTS else what
        yield f'<tr><td><code>{shown(rule)}</code></td><td>{label}</td><td class="n">{number:,}</td></tr>'
    yield "</tbody></table></details></section>"


def _tables(tally: Tally) -> Iterator[str]:
    """One row per table of rules: a lexicon alone can have hundreds of rules that did something."""
    sums: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (rule, what), number in tally.rules.items():
        column = "applied" if what in ("removed", "repaired", "moved") else "layout" if what == "layout" else "held"
        sums[rule.partition("/")[0]][column] += number
    yield (
        '<table><thead><tr><th scope="col" data-sort="a">table</th><th scope="col" class="n" data-sort="n">changed</th>'
        '<th scope="col" class="n" data-sort="n">not applied</th>'
        '<th scope="col" class="n" data-sort="n">white space</th></tr></thead><tbody>'
    )
    for table, columns in sorted(sums.items(), key=lambda item: (-item[1]["applied"], item[0])):
        cells = "".join(f'<td class="n">{columns[name]:,}</td>' for name in ("applied", "held", "layout"))
        yield f"<tr><td><code>{shown(table)}</code></td>{cells}</tr>"
    yield "</tbody></table>"
