"""A document's text with its changes in place: what went is struck out, what came underlined, what is proposed marked.

The net change from raw to clean text says what to draw; the records that touch it say who did it. Changes of white
space alone are carried out and not drawn. A whole passage that went is folded; so are long stretches that nobody
touched.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from cleanse.edits import ChangeSet, Edit
from cleanse.ledger import Ledger, Record, Verdict
from cleanse.report.html import count, isolated, lines, shown
from cleanse.tally import effect

_FOLD = 160
"""A removed passage of more characters than this, or of several lines, is folded."""
_SAME = 4
"""Stretches of more untouched paragraphs than this are folded, one at each end aside."""


@dataclass(frozen=True)
class Note:
    """A record that the page tells about, and its number in the document."""

    number: int
    record: Record
    placed: bool
    """Whether it stands in the running text; what an overlap or a later change hides stands in the notes only."""


@dataclass
class _Paragraph:
    html: str
    touched: bool
    block: bool = False


@dataclass
class _Paragraphs:
    """Inline pieces, gathered into paragraphs at each line break."""

    done: list[_Paragraph] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)
    _touched: bool = False

    def text(self, text: str) -> None:
        first, *rest = text.split("\n")
        if first:
            self._open.append(shown(first))
        for line in rest:
            self.close()
            if line:
                self._open.append(shown(line))

    def mark(self, html: str) -> None:
        self._open.append(html)
        self._touched = True

    def block(self, html: str) -> None:
        self.close()
        self.done.append(_Paragraph(html, touched=True, block=True))

    @property
    def at_start(self) -> bool:
        return not self._open

    def close(self) -> None:
        html = "".join(self._open)
        if html.strip():
            self.done.append(_Paragraph(html, self._touched))
        self._open, self._touched = [], False


class Flow:
    """The running text of one document; `document` is its number on the page."""

    def __init__(self, ledger: Ledger, raw: str, document: int, limit: int) -> None:
        self._raw = raw
        self._document = document
        told = [r for r in ledger.records if r.proposal.kind != "layout" and r.verdict is not Verdict.SHADOWED]
        told.sort(key=lambda r: (r.raw, r.seq))
        self.left_out = max(0, len(told) - limit)
        self._told = {record.seq: number for number, record in enumerate(told[:limit], 1)}
        self._records = told[:limit]
        self._placed: set[int] = set()
        self._net = ChangeSet(ledger.origin.length)
        for _, changes in ledger.steps():
            if changes.edits:
                self._net = self._net.compose(changes)
        self._paragraphs = _Paragraphs()

    def html(self) -> Iterator[str]:
        """The paragraphs."""
        applied = _Spans(r for r in self._records if r.verdict is Verdict.APPLIED)
        shown_only = [r for r in self._records if r.verdict is not Verdict.APPLIED]
        at = 0
        for edit in self._net.edits:
            self._kept(at, edit.start, shown_only)
            self._changed(edit, applied.touching(edit))
            at = edit.end
        self._kept(at, len(self._raw), shown_only)
        self._paragraphs.close()
        yield from _folded(self._paragraphs.done)

    def notes(self) -> Iterator[Note]:
        """Every record the page tells of, in the order of the text; call it after `html`."""
        for record in self._records:
            yield Note(self._told[record.seq], record, record.seq in self._placed)

    def _kept(self, start: int, end: int, proposals: Sequence[Record]) -> None:
        """Text that stays, with the proposals inside it that were not applied."""
        at = start
        for record in proposals:
            first, last = record.raw
            if at <= first and last <= end and record.seq not in self._placed and (first < end or first == last):
                self._paragraphs.text(self._raw[at:first])
                edit = record.proposal.edit
                was = shown(self._raw[first:last])
                would = f"<i>{shown(edit.after)}</i>" if edit.after else ""
                mark = f"{self._open_tag('shown', record)}<bdi>{was}{would}</bdi></span>{self._refs([record])}"
                self._paragraphs.mark(mark)
                at = last
        self._paragraphs.text(self._raw[at:end])

    def _changed(self, edit: Edit, records: list[Record]) -> None:
        if not records:
            self._paragraphs.text(edit.after)
        elif edit.after.strip() or not edit.before.strip():
            self._replaced(edit, records)
        else:
            self._removed(edit, records)
            self._paragraphs.text(edit.after)

    def _replaced(self, edit: Edit, records: list[Record]) -> None:
        """Something came: only what differs is drawn."""
        before, after = edit.before, edit.after
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
        self._paragraphs.text(after[:head])
        body = (f"<del>{shown(gone)}</del>" if gone else "") + (f"<ins>{shown(come)}</ins>" if come else "")
        what = effect(records[0])
        self._paragraphs.mark(f"{self._open_tag(what, records[0])}<bdi>{body}</bdi></span>{self._refs(records)}")
        if "\n" in come:
            self._paragraphs.close()
        self._paragraphs.text(after[len(after) - tail :] if tail else "")

    def _removed(self, edit: Edit, records: list[Record]) -> None:
        """A passage went: one mark for each record that took a part of it."""
        at = edit.start
        for record in records:
            start, end = max(at, record.raw[0]), min(edit.end, record.raw[1])
            if record is records[-1] and len(records) == 1:
                start, end = edit.start, edit.end
            passage = self._raw[start:end]
            if not passage.strip():
                continue
            self._paragraphs.text("\n" if "\n" in self._raw[at:start] and not self._raw[at:start].strip() else "")
            self._gone(passage, record)
            at = max(at, end)

    def _gone(self, passage: str, record: Record) -> None:
        what = effect(record)
        body = passage.strip("\n")
        if self._paragraphs.at_start and (len(body) > _FOLD or "\n" in body):
            told = count(body.count("\n") + 1, "line")
            preview = " ".join(body[:300].split())[:60]
            self._paragraphs.block(
                f'<details class="gone {what}" data-m="{what}"{self._id(record)}><summary>{told} {what}: '
                f'{isolated(preview)}…</summary><div class="{what}"><del><bdi>{lines(body)}</bdi></del>'
                f"{self._refs([record])}</div></details>"
            )
            return
        alone = self._paragraphs.at_start and passage.endswith("\n")
        self._paragraphs.mark(
            f"{self._open_tag(what, record)}<del><bdi>{shown(body)}</bdi></del></span>{self._refs([record])}"
        )
        if alone:
            self._paragraphs.close()

    def _open_tag(self, what: str, record: Record) -> str:
        return f'<span class="{what}" data-m="{what}"{self._id(record)}>'

    def _id(self, record: Record) -> str:
        """Where the note's way back leads: the first place of a record."""
        return "" if record.seq in self._placed else f' id="m{self._document}.{self._told[record.seq]}"'

    def _refs(self, records: Sequence[Record]) -> str:
        """Links to the notes."""
        self._placed.update(record.seq for record in records)
        numbers = [self._told[record.seq] for record in records]
        links = " ".join(f'<a href="#n{self._document}.{n}" aria-label="note {n}">{n}</a>' for n in numbers)
        return f'<sup class="n">{links}</sup>'


class _Spans:
    """Records in the order of their places, found by an edit."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = list(records)
        self._starts = [record.raw[0] for record in self._records]
        self._ends = list(accumulate((record.raw[1] for record in self._records), max))
        """How far the records up to one reach."""

    def touching(self, edit: Edit) -> list[Record]:
        """The records that lie in an edit."""
        first, last = bisect_left(self._ends, edit.start), bisect_right(self._starts, edit.end)
        return [record for record in self._records[first:last] if _touches(record.raw, edit)]


def _touches(raw: tuple[int, int], edit: Edit) -> bool:
    """Whether a record's raw span lies in a net edit, or an insertion at its border."""
    start, end = raw
    if start == end or not edit.before:
        return start <= edit.end and edit.start <= end
    return start < edit.end and edit.start < end


def _common(one: str, two: str) -> int:
    """Length of the common beginning."""
    length = 0
    for a, b in zip(one, two, strict=False):
        if a != b:
            break
        length += 1
    return length


def _folded(paragraphs: Sequence[_Paragraph]) -> Iterator[str]:
    at = 0
    while at < len(paragraphs):
        end = at
        while end < len(paragraphs) and not paragraphs[end].touched:
            end += 1
        same = paragraphs[at:end]
        if len(same) > _SAME:
            yield _paragraph(same[0])
            yield f'<details class="same"><summary>{count(len(same) - 2, "paragraph")} unchanged</summary>'
            yield from map(_paragraph, same[1:-1])
            yield "</details>"
            yield _paragraph(same[-1])
        else:
            yield from map(_paragraph, same)
        if end < len(paragraphs):
            yield _paragraph(paragraphs[end])
        at = end + 1


def _paragraph(paragraph: _Paragraph) -> str:
    return paragraph.html if paragraph.block else f'<p dir="auto">{paragraph.html}</p>'
