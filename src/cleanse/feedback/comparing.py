"""What a rule change does to a corpus: edits gained, lost and changed, and those that only changed their rule."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cleanse.ledger import Record, Verdict
from cleanse.pipeline import Outcome

KINDS = ("gained", "lost", "changed", "renamed")
_CONTEXT = 40


@dataclass(frozen=True)
class Change:
    """One difference between two runs over the same raw text."""

    kind: str
    """`gained`, `lost`, `changed` (the same place is edited otherwise), `renamed` (the same edit, another rule)."""
    document: str
    old: Record | None
    new: Record | None
    left: str
    right: str
    """What stands beside it in the raw text."""

    @property
    def record(self) -> Record:
        """The new edit, or the old one where there is no new."""
        found = self.new or self.old
        if found is None:  # pragma: no cover - a change has a side
            raise AssertionError(self)
        return found

    def as_dict(self) -> dict[str, object]:
        """One row, for programs."""
        edit = self.record.proposal.edit
        return {
            "kind": self.kind, "doc": self.document, "raw": list(self.record.raw), "id": self.record.id,
            "rule": self.record.proposal.rule,
            "old_rule": self.old.proposal.rule if self.old else None,
            "left": self.left, "before": edit.before, "after": edit.after, "right": self.right,
            "instead_of": self.old.proposal.edit.after if self.kind == "changed" and self.old else None,
        }  # fmt: skip


def changes(old: Outcome, new: Outcome, *, layout: bool = False) -> Iterator[Change]:
    """The differences in what two pipelines applied to one document, in the order of its raw text."""
    before, after = _applied(old, layout=layout), _applied(new, layout=layout)
    lost = [record for name, record in before.items() if name not in after]
    gained = [record for name, record in after.items() if name not in before]
    both = [(before[name], after[name]) for name in before.keys() & after.keys()]
    pairs: list[tuple[str, Record | None, Record | None]] = [
        ("renamed", one, two) for one, two in both if one.proposal.rule != two.proposal.rule
    ]
    for record in gained:
        other = next((one for one in lost if _touch(one.raw, record.raw)), None)
        if other:
            lost.remove(other)
        pairs.append(("changed" if other else "gained", other, record))
    pairs += [("lost", record, None) for record in lost]
    raw = old.document.decoded.text
    for kind, one, two in sorted(pairs, key=lambda pair: _place(pair[1], pair[2])):
        start, end = _place(one, two)[:2]
        left, right = raw[max(0, start - _CONTEXT) : start], raw[end : end + _CONTEXT]
        yield Change(kind, old.document.id, one, two, left, right)


def _applied(outcome: Outcome, *, layout: bool) -> Mapping[str, Record]:
    """The applied edits by id: by raw place and effect, whatever rule asked."""
    return {
        record.id: record
        for record in outcome.ledger.records
        if record.verdict is Verdict.APPLIED and (layout or record.proposal.kind != "layout")
    }


def _touch(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one == two or (one[0] < two[1] and two[0] < one[1])


def _place(old: Record | None, new: Record | None) -> tuple[int, int, int]:
    record = new or old
    return (*record.raw, record.seq) if record else (0, 0, 0)


@dataclass
class Comparison:
    """Differences by rule, with a few examples of each."""

    documents: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    examples: dict[tuple[str, str], list[Change]] = field(default_factory=lambda: defaultdict(list))

    def add(self, found: Iterable[Change], examples: int) -> None:
        """Take a document's differences in."""
        self.documents += 1
        for change in found:
            rule = change.record.proposal.rule
            self.counts[rule][change.kind] += 1
            if len(self.examples[rule, change.kind]) < examples:
                self.examples[rule, change.kind].append(change)

    @property
    def total(self) -> Counter[str]:
        """All rules together."""
        return sum(self.counts.values(), Counter())
