"""Edits and change sets: the algebra everything else stands on.

An `Edit` stores what it removes, so it can be inverted without the document and checks itself whenever it is
applied. A `ChangeSet` is a set of disjoint edits to a text of known length; change sets can be applied,
inverted, composed, and asked where a position or a span went. Nothing here knows documents, files or rules.

The shape follows CodeMirror's change sets (length check, `side` in position mapping); keeping `before` in the
edit is what makes inversion free.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cleanse.errors import EditError


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace `before`, which starts at code point `start`, by `after`."""

    start: int
    before: str
    after: str

    @property
    def end(self) -> int:
        """Where `before` ends, exclusive."""
        return self.start + len(self.before)

    @property
    def delta(self) -> int:
        """By how many code points the text grows."""
        return len(self.after) - len(self.before)

    def shifted(self, by: int) -> "Edit":
        """The same edit, `by` code points further on."""
        return Edit(self.start + by, self.before, self.after)

    def conflicts(self, other: "Edit") -> bool:
        """Whether the two cannot stand in one change set.

        Adjacent edits, and an insertion at the border of a replacement, are legal; two insertions at one place
        are not, since nothing says which comes first.
        """
        if self.start == other.start and (not self.before) == (not other.before):
            return True
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class ChangeSet:
    """Disjoint, sorted edits to a text of exactly `length` code points. Build one with `of`."""

    length: int
    edits: tuple[Edit, ...] = ()

    @classmethod
    def of(cls, length: int, edits: Iterable[Edit]) -> "ChangeSet":
        """Sort `edits`, drop those that change nothing, refuse overlaps and places outside the text."""
        kept = sorted((e for e in edits if e.before != e.after), key=_place)
        if overlap := first_overlap(kept):
            raise EditError(f"edits overlap: {overlap[0]} and {overlap[1]}")
        if kept and (kept[0].start < 0 or kept[-1].end > length):
            raise EditError(f"edit outside a text of {length} characters: {kept[0]} … {kept[-1]}")
        return cls(length, tuple(kept))

    def __bool__(self) -> bool:
        return bool(self.edits)

    @cached_property
    def new_length(self) -> int:
        """Length of the text after the change."""
        return self.length + sum(e.delta for e in self.edits)

    @cached_property
    def _starts(self) -> list[int]:
        return [e.start for e in self.edits]

    @cached_property
    def _ends(self) -> list[int]:
        return [e.end for e in self.edits]

    @cached_property
    def _shifts(self) -> list[int]:
        """By how much the text before edit i has grown; one entry more than there are edits."""
        shifts = [0]
        for edit in self.edits:
            shifts.append(shifts[-1] + edit.delta)
        return shifts

    def apply(self, text: str) -> str:
        """The changed text. Raises EditError when `text` is not the one these edits were made for."""
        if len(text) != self.length:
            raise EditError(f"change set is for {self.length} characters, the text has {len(text)}")
        pieces: list[str] = []
        at = 0
        for edit in self.edits:
            if not text.startswith(edit.before, edit.start):
                found = text[edit.start : edit.end]
                raise EditError(f"at {edit.start} the text has {found!r}, not {edit.before!r}")
            pieces += (text[at : edit.start], edit.after)
            at = edit.start + len(edit.before)
        pieces.append(text[at:])
        return "".join(pieces)

    def invert(self) -> "ChangeSet":
        """The change set that undoes this one.

        Deletions that stood side by side become insertions at one place, in their order: legal here, though
        `of` would refuse it, because the order is known.
        """
        return ChangeSet(
            self.new_length,
            tuple(Edit(e.start + shift, e.after, e.before) for e, shift in zip(self.edits, self._shifts, strict=False)),
        )

    def map(self, position: int, side: int = 1) -> int:
        """Where `position` (a border between characters) went.

        At an insertion, `side` says whether to stay before it (negative) or go behind it. A position inside
        replaced text goes to the replacement's start or end by the same rule.
        """
        i = bisect_left(self._ends, position)
        while i < len(self.edits) and (edit := self.edits[i]).start <= position:
            if not edit.before and side < 0:
                break
            if edit.start <= position < edit.end:
                grown = len(edit.after) if position > edit.start and side >= 0 else 0
                return edit.start + self._shifts[i] + grown
            i += 1
        return position + self._shifts[i]

    def image(self, start: int, end: int) -> tuple[int, int]:
        """The span that the characters `start:end` became.

        A replacement that touches the span belongs to it whole; insertions at its borders do not. Of an empty
        span, the image is the place it went to.
        """
        if start == end:
            at = self.map(start, -1)
            return at, at
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end)
        left = start + self._shifts[first]
        right = end + self._shifts[last]
        if first < last:
            head, tail = self.edits[first], self.edits[last - 1]
            if head.start < start:
                left = head.start + self._shifts[first]
            if tail.end > end:
                right = tail.end + self._shifts[last]
        return left, right

    def compose(self, then: "ChangeSet") -> "ChangeSet":
        """One change set that does this one and `then` the other.

        Edits of both that touch in the middle text form a group; in a group the middle text is fully known from
        this set's `after` and the other's `before`, so undoing the first and doing the second there gives the
        composed edit.
        """
        if then.length != self.new_length:
            raise EditError(f"cannot compose: {self.new_length} characters here, {then.length} there")
        composed = [_merge(mine, theirs, shift) for mine, theirs, shift in self._groups(then)]
        return ChangeSet.of(self.length, composed)

    def _groups(self, then: "ChangeSet") -> Iterator[tuple[list[Edit], list[Edit], int]]:
        """Groups of touching edits, each with the shift from middle to first text at the group's start.

        Yields (edits undoing self, edits of `then`, shift), both in middle coordinates.
        """
        undo = self.invert().edits
        i = j = shift = 0
        while i < len(undo) or j < len(then.edits):
            mine: list[Edit] = []
            theirs: list[Edit] = []
            start_shift = shift
            reach = -1
            while True:
                a = undo[i] if i < len(undo) else None
                b = then.edits[j] if j < len(then.edits) else None
                take_mine = a is not None and (b is None or (a.start, a.end) <= (b.start, b.end))
                nearest = a if take_mine else b
                if nearest is None or (reach >= 0 and nearest.start > reach):
                    break
                reach = max(reach, nearest.end)
                if take_mine:
                    mine.append(nearest)
                    shift += nearest.delta
                    i += 1
                else:
                    theirs.append(nearest)
                    j += 1
            yield mine, theirs, start_shift


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.start + len(edit.before)


def first_overlap(placed: Iterable[Edit]) -> tuple[Edit, Edit] | None:
    """The first two of edits in order of start and end that conflict; where no neighbours do, none do."""
    last: Edit | None = None
    end = -1
    for edit in placed:
        if last is not None and edit.start <= end and last.conflicts(edit):
            return last, edit
        last, end = edit, edit.start + len(edit.before)
    return None


def _undone(edit: Edit, shift: int) -> Edit:
    """The edit that an edit undoes."""
    return Edit(edit.start + shift, edit.after, edit.before)


def _merge(undo: list[Edit], then: list[Edit], shift: int) -> Edit:
    """One edit from the first text to the last one for a group of touching edits in the middle text."""
    if len(undo) + len(then) == 1:  # as most are: four times faster
        return Edit(then[0].start + shift, then[0].before, then[0].after) if then else _undone(undo[0], shift)
    start = min(e.start for e in (*undo, *then))
    end = max(e.end for e in (*undo, *then))
    middle: list[str | None] = [None] * (end - start)
    for edit in (*undo, *then):
        for offset, character in enumerate(edit.before, edit.start - start):
            if middle[offset] not in (None, character):
                raise EditError(f"cannot compose: the sets disagree about the text at {edit.start}")
            middle[offset] = character
    known = "".join(character or "" for character in middle)
    if len(known) != len(middle):
        raise EditError("cannot compose: a gap inside a group of touching edits")
    first = ChangeSet(len(known), tuple(e.shifted(-start) for e in undo)).apply(known)
    last = ChangeSet(len(known), tuple(e.shifted(-start) for e in then)).apply(known)
    return Edit(start + shift, first, last)
