"""A finished run, opened for looking at any edit at once: some thirty bytes per edit in memory, the rest on disk.

One walk over the ledger notes where each document and each edit lies; an edit is then two seeks and one document
away, in a run of a million edits as in a small one.
"""

import json
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleanse.errors import LedgerError, UsageError
from cleanse.io.store import Cleaned, Run
from cleanse.ledger import Record, Verdict
from cleanse.ledger_io import load
from cleanse.report.kinds import kind_name
from cleanse.signoff.sampling import rank

_VERDICTS = tuple(Verdict)
_LAYOUT = 8
_KEPT_OPEN = 8
"""Documents held in memory: a reviewer goes back and forth among few."""


@dataclass(frozen=True)
class _Place:
    """Where a document lies in the two files."""

    ledger: int
    record: int
    first: int
    """The number of its first edit."""


@dataclass
class Catalogue:
    """Edits by number, in the order of the ledger."""

    run: Run
    rules: list[str] = field(default_factory=list)
    _ids: bytearray = field(default_factory=bytearray)
    _rule: array[int] = field(default_factory=lambda: array("I"))
    _flags: array[int] = field(default_factory=lambda: array("B"))
    _kind: array[int] = field(default_factory=lambda: array("Q"))
    _documents: list[_Place] = field(default_factory=list)
    _lines: array[int] = field(default_factory=lambda: array("Q"))
    """Per document, how many written lines of clean text there are up to its end."""
    _open: "OrderedDict[int, Cleaned]" = field(default_factory=OrderedDict)

    @classmethod
    def of(cls, folder: Path) -> "Catalogue":
        """Read a run's ledger once. Raises OutputError or LedgerError."""
        catalogue = cls(Run.open(folder))
        catalogue._read_ledger()
        catalogue._read_records()
        return catalogue

    def _read_ledger(self) -> None:
        numbers: dict[str, int] = {}
        at = 0
        with (self.run.folder / "ledger.jsonl").open("rb") as lines:
            for line in lines:
                if line.startswith(b'{"kind":"change"'):
                    self._note(json.loads(line), numbers)
                elif line.startswith(b'{"v":'):
                    self._documents.append(_Place(at, 0, len(self._flags)))
                at += len(line)
        self.rules = list(numbers)

    def _note(self, change: dict[str, Any], numbers: dict[str, int]) -> None:
        rule, verdict = change["rule"], change["verdict"]
        self._ids += bytes.fromhex(change["id"])
        self._rule.append(numbers.setdefault(rule, len(numbers)))
        self._flags.append(_VERDICTS.index(Verdict(verdict)) | (_LAYOUT if change["class"] == "layout" else 0))
        self._kind.append(kind_name(rule, verdict, change["before"], change["after"]))

    def _read_records(self) -> None:
        at = total = 0
        with (self.run.folder / "documents.jsonl").open("rb") as lines:
            for number, line in enumerate(lines):
                if number >= len(self._documents):
                    raise LedgerError("documents.jsonl has more documents than ledger.jsonl")
                place = self._documents[number]
                self._documents[number] = _Place(place.ledger, at, place.first)
                total += sum(1 for text in str(json.loads(line)["text"]).split("\n") if text.strip())
                self._lines.append(total)
                at += len(line)
        if len(self._lines) != len(self._documents):
            raise LedgerError("documents.jsonl has fewer documents than ledger.jsonl")

    def __len__(self) -> int:
        return len(self._flags)

    def id(self, number: int) -> str:
        """An edit's id."""
        return self._ids[6 * number : 6 * number + 6].hex()

    def verdict(self, number: int) -> Verdict:
        """What became of it."""
        return _VERDICTS[self._flags[number] & ~_LAYOUT]

    def rule(self, number: int) -> str:
        """Who asked for it."""
        return self.rules[self._rule[number]]

    def kind(self, number: int) -> int:
        """The number of its kind."""
        return self._kind[number]

    def of_substance(self, number: int) -> bool:
        """Whether it is more than white space."""
        return not self._flags[number] & _LAYOUT

    def population(self) -> Iterator[int]:
        """What a sign-off is about: the applied edits of substance."""
        return (n for n in range(len(self)) if self.verdict(n) is Verdict.APPLIED and self.of_substance(n))

    def same_kind(self, number: int) -> list[int]:
        """All edits with the same rule, verdict, before and after, itself among them."""
        wanted = self._kind[number]
        return [n for n, kind in enumerate(self._kind) if kind == wanted]

    def ranked(self, numbers: Iterator[int], seed: str) -> Iterator[tuple[int, int]]:
        """Numbers with their rank under a seed."""
        return ((rank(seed, self.id(n)), n) for n in numbers)

    def number(self, prefix: str) -> int:
        """The edit whose id begins with `prefix`. Raises UsageError when none or several do."""
        found: list[int] = []
        head = bytes.fromhex(prefix[: len(prefix) // 2 * 2]) if _is_hex(prefix) else b""
        at = self._ids.find(head) if head else -1
        while at >= 0:
            if at % 6 == 0 and self.id(at // 6).startswith(prefix):
                found.append(at // 6)
            at = self._ids.find(head, at + 1)
        if len(found) == 1:
            return found[0]
        if found and len({self.id(n) for n in found}) == 1:
            return found[0]
        if found:
            raise UsageError(f"{prefix!r} begins {len(found)} ids; give more of its digits")
        raise UsageError(f"{self.run.folder} holds no edit {prefix!r}; `cleanse audit {self.run.folder}` lists them")

    def record(self, number: int) -> tuple[Cleaned, Record]:
        """An edit, and its document."""
        index = bisect_right(self._documents, number, key=lambda place: place.first) - 1
        cleaned = self.document(index)
        return cleaned, cleaned.ledger.records[number - self._documents[index].first]

    @property
    def kept_lines(self) -> int:
        """How many written lines all clean texts have."""
        return self._lines[-1] if self._lines else 0

    def kept_line(self, number: int) -> tuple[Cleaned, int, int]:
        """The document of a written line of clean text, and the line's span in it."""
        index = bisect_right(self._lines, number)
        cleaned = self.document(index)
        wanted = number - (self._lines[index - 1] if index else 0)
        at = 0
        for line in cleaned.text.split("\n"):
            if line.strip():
                if not wanted:
                    return cleaned, at, at + len(line)
                wanted -= 1
            at += len(line) + 1
        raise LedgerError(f"document {cleaned.ledger.origin.document!r} changed while it was open")

    def document(self, index: int) -> Cleaned:
        """A document by number, from memory when it was asked for lately."""
        if index not in self._open:
            self._open[index] = self._load(self._documents[index])
            if len(self._open) > _KEPT_OPEN:
                self._open.popitem(last=False)
        self._open.move_to_end(index)
        return self._open[index]

    def _load(self, place: _Place) -> Cleaned:
        with (self.run.folder / "ledger.jsonl").open(encoding="utf-8", newline="\n") as lines:
            lines.seek(place.ledger)
            ledger, status = next(load(_until_end(lines)))
        with (self.run.folder / "documents.jsonl").open("rb") as records:
            records.seek(place.record)
            return Cleaned(json.loads(records.readline()), ledger, status)


def _until_end(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line
        if line.startswith('{"kind":"end"'):
            return


def _is_hex(text: str) -> bool:
    return len(text) >= 2 and all(c in "0123456789abcdef" for c in text)
