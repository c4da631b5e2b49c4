"""Which records somebody asks for: `KEY=PATTERN`, `KEY!=PATTERN`, `KEY~PART`, `KEY<NUMBER` and so on.

One small language for `audit`, `diff`, `review` and the library, over one flat view of a record.
"""

import fnmatch
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cleanse.errors import UsageError
from cleanse.ledger import Record
from cleanse.tally import effect

WORDS = (
    "id", "doc", "rule", "table", "stage", "class", "effect", "verdict", "applicability", "status", "moved", "before",
    "after", "reason",
)  # fmt: skip
NUMBERS = ("start", "end", "chars")
"""Raw offsets, and how many characters the edit takes out."""
EVIDENCE = "evidence."
"""Before the name of anything a rule measured: `evidence.score<0.9`."""
_CLAUSE = re.compile(r"(?P<key>[a-z_.A-Z0-9]+)\s*(?P<op>!=|<=|>=|=|<|>|~)(?P<value>.*)", re.DOTALL)
_ORDER: Mapping[str, Callable[[float, float], bool]] = MappingProxyType({
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "!=": operator.ne
})  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A record and the document it belongs to, as one flat row."""

    document: str
    status: str
    record: Record

    def words(self) -> dict[str, str]:
        """Every word key with its value."""
        record, proposal = self.record, self.record.proposal
        return {
            "id": record.id,
            "doc": self.document,
            "rule": proposal.rule,
            "table": proposal.rule.partition("/")[0],
            "stage": record.stage,
            "class": proposal.kind,
            "effect": effect(record),
            "verdict": record.verdict.value,
            "applicability": proposal.applicability.label,
            "status": self.status,
            "moved": ",".join(proposal.moved),
            "before": proposal.edit.before,
            "after": proposal.edit.after,
            "reason": "; ".join(filter(None, (proposal.reason, record.note))),
        }

    def value(self, key: str) -> object:
        """What a key stands for here: a word, a number, or whatever a rule measured; None where it has none."""
        if key.startswith(EVIDENCE):
            return self.record.proposal.evidence.get(key.removeprefix(EVIDENCE))
        start, end = self.record.raw
        numbers = {"start": start, "end": end, "chars": len(self.record.proposal.edit.before)}
        return numbers[key] if key in numbers else self.words()[key]


@dataclass(frozen=True)
class Clause:
    """One condition."""

    key: str
    op: str
    value: str

    def holds(self, entry: Entry) -> bool:
        """Whether the entry meets it."""
        return self.meets(entry.value(self.key))

    def meets(self, value: object) -> bool:
        """Whether a value of the key meets it. A piece of evidence the record does not have meets nothing."""
        if isinstance(value, str):
            return self._word(value)
        if not isinstance(value, int | float) or not _is_number(self.value):
            return False
        return _ORDER[self.op](float(value), float(self.value))

    def _word(self, word: str) -> bool:
        if self.op == "~":
            return self.value in word
        return fnmatch.fnmatchcase(word, self.value) is (self.op == "=")


@dataclass(frozen=True)
class Query:
    """Conditions that all must hold."""

    clauses: tuple[Clause, ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "Query":
        """One clause per text. Raises UsageError naming the clause that is none."""
        return cls(tuple(_parsed(text) for text in texts))

    def holds(self, entry: Entry) -> bool:
        """Whether the entry meets every condition."""
        return all(clause.holds(entry) for clause in self.clauses)


def _parsed(text: str) -> Clause:
    match = _CLAUSE.fullmatch(text)
    keys = ", ".join((*WORDS, *NUMBERS, f"{EVIDENCE}NAME"))
    if not match or (match["key"] not in WORDS + NUMBERS and not match["key"].startswith(EVIDENCE)):
        raise UsageError(f"--where takes KEY=PATTERN with KEY one of {keys}; also != ~ < <= > >=; not {text!r}")
    key, op, value = match["key"], match["op"], match["value"].strip()
    if key in WORDS and op in ("<", "<=", ">", ">="):
        raise UsageError(f"--where {text!r}: {key} is no number; use =, != or ~")
    if key not in WORDS and (op == "~" or not _is_number(value)) and key in NUMBERS:
        raise UsageError(f"--where {text!r}: {key} is a number; use < <= > >= = != with one")
    if key.startswith(EVIDENCE) and op in ("<", "<=", ">", ">=") and not _is_number(value):
        raise UsageError(f"--where {text!r}: {value!r} is no number")
    return Clause(key, op, value)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
