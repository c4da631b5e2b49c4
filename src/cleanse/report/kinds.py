"""A run too large for one page: changes of one kind (same rule, before, after) together, with examples.

Two walks over the ledgers: one counts, holding a number per kind and no text; one fetches the examples of those
kinds that are shown. Every rule is shown with its most frequent kinds before any rule gets more.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Protocol

from cleanse.ledger import Ledger, Record
from cleanse.report.documents import told
from cleanse.report.html import count, isolated, shown
from cleanse.tally import effect

_EXAMPLES = 3
_CONTEXT = 50


class _Document(Protocol):
    @property
    def ledger(self) -> Ledger: ...
    @property
    def raw(self) -> bytes: ...


@dataclass
class _Kind:
    record: Record
    number: int
    examples: list[str] = field(default_factory=list)


def kinds(documents: Callable[[], Iterable[_Document]], total: int, limit: int) -> Iterator[str]:
    """The most frequent kinds, with at most `limit` examples in all."""
    counted: Counter[int] = Counter()
    by_rule: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for document in documents():
        for record in told(document.ledger):
            name = kind_of(record)
            counted[name] += 1
            by_rule[record.proposal.rule][name] += 1
    chosen = _fair(by_rule, limit // _EXAMPLES)
    found = _examples(documents, counted, chosen)
    told_of = sum(kind.number for kind in found)
    yield (
        f"<p>{count(total, 'change')} are too many for one page (<code>report_edits</code> under [limits]). "
        f"Here are {count(len(found), 'kind')} of {len(counted):,}, {told_of:,} changes, with up to {_EXAMPLES} "
        "examples each. <code>cleanse diff</code> shows every document, <code>cleanse audit</code> every change.</p>"
    )
    for kind in sorted(found, key=lambda kind: (-kind.number, kind.record.proposal.rule, kind.record.id)):
        yield _told(kind)


def kind_of(record: Record) -> int:
    """The number of a record's kind."""
    edit = record.proposal.edit
    return kind_name(record.proposal.rule, record.verdict.value, edit.before, edit.after)


def kind_name(rule: str, verdict: str, before: str, after: str) -> int:
    """A number that names a kind: 64 bits of a hash over rule, verdict, before and after."""
    what = f"{rule}\0{verdict}\0{before}\0{after}"
    return int.from_bytes(hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _fair(by_rule: dict[str, Counter[int]], room: int) -> set[int]:
    """Kinds to show: the most frequent of each rule in turn, until there is no room."""
    rounds = zip_longest(*(counter.most_common(room) for _, counter in sorted(by_rule.items())))
    chosen: set[int] = set()
    for turn in rounds:
        for entry in turn:
            if entry and len(chosen) < room:
                chosen.add(entry[0])
        if len(chosen) >= room:
            break
    return chosen


def _examples(documents: Callable[[], Iterable[_Document]], counted: Counter[int], chosen: set[int]) -> list[_Kind]:
    found: dict[int, _Kind] = {}
    full = 0
    for document in documents():
        wanted = [(kind_of(r), r) for r in told(document.ledger)]
        wanted = [(n, r) for n, r in wanted if n in chosen and (n not in found or len(found[n].examples) < _EXAMPLES)]
        texts = document.ledger.seen(document.raw) if wanted else {}
        for name, record in wanted:
            kind = found.setdefault(name, _Kind(record, counted[name]))
            if len(kind.examples) < _EXAMPLES:
                kind.examples.append(_example(record, texts[record.stage], document.ledger.origin.document))
                full += len(kind.examples) == min(_EXAMPLES, kind.number)
        if full == len(chosen):
            break
    return list(found.values())


def _example(record: Record, text: str, document: str) -> str:
    edit = record.proposal.edit
    what = effect(record)
    left = text[max(0, edit.start - _CONTEXT) : edit.start]
    right = text[edit.end : edit.end + _CONTEXT]
    if what == "shown":
        would = f"<i>{shown(edit.after)}</i>" if edit.after else ""
        change = f"{shown(edit.before)}{would}"
    else:
        gone = f"<del>{shown(edit.before)}</del>" if edit.before else ""
        change = gone + (f"<ins>{shown(edit.after)}</ins>" if edit.after else "")
    return (
        f'<li><bdi>{shown(left)}</bdi><span class="{what}" data-m="{what}"><bdi>{change}</bdi></span>'
        f"<bdi>{shown(right)}</bdi> <small>{isolated(document)} <code>{shown(record.id)}</code></small></li>"
    )


def _told(kind: _Kind) -> str:
    what = effect(kind.record)
    proposal = kind.record.proposal
    label = "proposed only" if what == "shown" else what
    return (
        f'<section class="kind {"shown-note" if what == "shown" else what}"><p><b>{kind.number:,} ×</b> '
        f'<span class="tag {what}">{label}</span> <code>{shown(proposal.rule)}</code> '
        f'<span class="soft">{shown(proposal.reason)}</span></p><ul>{"".join(kind.examples)}</ul></section>'
    )
