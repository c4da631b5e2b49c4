"""Who wins where proposals of one stage overlap: the policy, written once."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleanse.edits import ChangeSet
from cleanse.ledger import Verdict
from cleanse.model import Proposal

_APPLIED, _ACCEPTED = (Verdict.APPLIED, ""), (Verdict.APPLIED, "a reviewer accepted it")
_BLOCK = 1_024
"""Code points whose edits are kept in one sorted list while a stage's overlaps are decided."""


@dataclass(frozen=True)
class Decided:
    """Proposals of one stage with their verdicts, and the change they make together."""

    changes: ChangeSet
    verdicts: tuple[tuple[Proposal, Verdict, str], ...]


def decide(
    text: str,
    proposals: Sequence[Proposal],
    preset: Mapping[int, tuple[Verdict, str]] | None = None,
    accepted: Collection[int] = (),
) -> Decided:
    """Who wins: a reviewer's yes, then priority, then the longer edit, then the leftmost, then the rule's name.

    `preset` holds verdicts that are not open any more, `accepted` what a reviewer said yes to, both by index of
    the proposal. Proposals that change nothing are dropped; one that does not fit the text raises EditError.
    """
    preset = preset or {}
    real = [i for i, p in enumerate(proposals) if p.edit.before != p.edit.after]
    verdicts: dict[int, tuple[Verdict, str]] = {i: preset[i] for i in real if i in preset}
    places = sorted([((edit := proposals[i].edit).start, edit.start + len(edit.before), i) for i in real])
    order = [i for _, _, i in places]
    for near in _clusters([place for place in places if place[2] not in verdicts] if verdicts else places):
        taken = _Taken() if len(near) > 1 else None  # alone, an edit wins whatever its rank
        if taken:
            near.sort(key=lambda i: (i not in accepted, _rank(proposals[i], i)))
        for index in near:
            winner = taken.claim(proposals[index]) if taken else None
            if winner is not None:
                verdicts[index] = (Verdict.SHADOWED, f"overlaps {winner.rule}")
            else:
                verdicts[index] = _ACCEPTED if index in accepted else _APPLIED
    applied = [proposals[i].edit for i in order if verdicts[i][0] is Verdict.APPLIED]
    return Decided(ChangeSet.of(len(text), applied), tuple((proposals[i], *verdicts[i]) for i in order))


def _clusters(places: Iterable[tuple[int, int, int]]) -> Iterator[list[int]]:
    """Edits that may conflict, together; those of different clusters cannot. `places`: start, end, index, sorted."""
    cluster: list[int] = []
    last = reach = -1
    for start, end, index in places:
        if cluster and start >= reach and start != last:
            yield cluster
            cluster = []
        cluster.append(index)
        last, reach = start, max(end, reach)
    if cluster:
        yield cluster


def _rank(proposal: Proposal, index: int) -> tuple[int, int, int, str, int]:
    edit = proposal.edit
    return (-proposal.priority, -len(edit.before), edit.start, proposal.rule, index)


class _Taken:
    """The places already given away; finds a conflict among disjoint edits by bisection.

    Edits come in any order, and one long sorted list would be moved at each insertion: they are kept in blocks of
    the text, and a conflict is looked for in the block, and in the last and the next one that hold any.
    """

    def __init__(self) -> None:
        self._blocks: dict[int, list[tuple[int, int, Proposal]]] = {}
        self._filled: list[int] = []

    def claim(self, proposal: Proposal) -> Proposal | None:
        """Take the proposal's place and return None, or return the one that has it."""
        edit = proposal.edit
        number = edit.start // _BLOCK
        block = self._blocks.get(number, [])
        at = bisect_left(block, (edit.start, edit.end), key=_place)
        for near in (*block[max(0, at - 1) : at + 1], *self._beside(number, first=at == 0, last=at == len(block))):
            if near[2].edit.conflicts(edit):
                return near[2]
        if not block:
            self._blocks[number] = block
            insort(self._filled, number)
        block.insert(at, (edit.start, edit.end, proposal))
        return None

    def _beside(self, number: int, *, first: bool, last: bool) -> Iterator[tuple[int, int, Proposal]]:
        """The last edit of the blocks before, and the first one of those behind, where they are the neighbours."""
        at = bisect_left(self._filled, number)
        if first and at:
            yield self._blocks[self._filled[at - 1]][-1]
        behind = at + (at < len(self._filled) and self._filled[at] == number)
        if last and behind < len(self._filled):
            yield self._blocks[self._filled[behind]][0]


def _place(taken: tuple[int, int, Proposal]) -> tuple[int, int]:
    return taken[:2]
