"""How well provenance is read: precision and recall per field, over documents labelled by hand.

A labelled set is JSON lines: `text`, the document; `want`, the fields it states and their values in normal form
(every field that is not named must stay empty); `gone`, passages that must be moved out of the text; `kind`, where
`lookalike` means that nothing at all may leave the text. A person is written `Name` or `Name @ Place`.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cleanse.errors import UsageError
from cleanse.model import Document
from cleanse.pipeline import Outcome, Pipeline
from cleanse.provenance.record import Dateline, Organisation, Person, Provenance

FIELDS = (
    "title", "subtitle", "authors", "contributors", "dateline", "date_published", "date_modified", "date_page", "url",
    "publisher", "republisher", "copyright_holder", "copyright_year", "copyright_notice", "usage_terms", "license",
    "image_credits",
)  # fmt: skip
MOVED = "(text moved out)"
"""The row that counts passages: right ones have left the text, wrong ones are of look-alikes."""


@dataclass(frozen=True)
class Case:
    """One labelled document."""

    id: str
    text: str
    want: Mapping[str, frozenset[str]]
    gone: tuple[str, ...]
    lookalike: bool


@dataclass
class Count:
    """Right, wrong and missed values of one field."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of what is stated that was found; None where nothing is stated."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass
class Score:
    """Counts by field, and what went wrong, in words."""

    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, wanted: frozenset[str], found: frozenset[str], where: str) -> None:
        """Count the values of one field of one document."""
        count = self.counts.setdefault(name, Count())
        count.right += len(wanted & found)
        count.wrong += len(found - wanted)
        count.missed += len(wanted - found)
        self.errors += [f"{where}: {name}: wrong {value!r}" for value in sorted(found - wanted)]
        self.errors += [f"{where}: {name}: missed {value!r}" for value in sorted(wanted - found)]


def read_cases(lines: Iterable[str], file: str) -> Iterator[Case]:
    """The labelled documents. Raises UsageError with the line that is wrong."""
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            want = {str(name): _wanted(value) for name, value in row["want"].items()}
            case = Case(
                str(row.get("id", number)), row["text"], want, tuple(row.get("gone", ())), row["kind"] == "lookalike"
            )
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise UsageError(f"{file}:{number}: not a labelled document: {error!r}") from error
        if unknown := sorted(set(want) - set(FIELDS)):
            raise UsageError(f"{file}:{number}: no field {unknown[0]!r}; known are {', '.join(FIELDS)}")
        yield case


def score(cases: Iterable[Case], pipeline: Pipeline) -> Score:
    """Run the pipeline over the cases and count."""
    total = Score()
    for case in cases:
        outcome = pipeline.run(Document.from_text(case.text))
        total.kinds["look-alikes" if case.lookalike else "documents with provenance"] += 1
        for name in FIELDS:
            total.add(name, case.want.get(name, frozenset()), values(outcome.provenance, name), case.id)
        _count_moves(case, outcome, total)
    return total


def _count_moves(case: Case, outcome: Outcome, total: Score) -> None:
    left = {" ".join(line.split()) for line in case.text.split("\n")}
    if case.lookalike:
        kept = {" ".join(line.split()) for line in outcome.text.split("\n")}
        total.add(MOVED, frozenset(), frozenset(left - kept), case.id)
        return
    wanted = frozenset(" ".join(passage.split()) for passage in case.gone)
    total.add(MOVED, wanted, frozenset(p for p in wanted if not _stands(p, outcome.text)), case.id)


def _stands(passage: str, text: str) -> bool:
    """Whether a passage is still there, as a line or at the beginning of one."""
    return any(line.startswith(passage) for line in (" ".join(line.split()) for line in text.split("\n")))


def values(provenance: Provenance, name: str) -> frozenset[str]:
    """The values of a field in the notation of labels."""
    value: Any = getattr(provenance, name)
    if isinstance(value, Dateline):
        return frozenset(value.places)
    if isinstance(value, Organisation):
        return frozenset({value.name})
    items = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(_shown(item) for item in items)


def _shown(item: object) -> str:
    if isinstance(item, Person):
        return f"{item.name} @ {item.location}" if item.location else item.name
    return str(item)


def _wanted(value: Any) -> frozenset[str]:
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset({str(value)})


def table(total: Score) -> Iterator[str]:
    """The counts as lines of a table."""
    yield f"{'field':18} {'right':>6} {'wrong':>6} {'missed':>6} {'precision':>10} {'recall':>8}"
    for name, count in total.counts.items():
        precision, recall = _percent(count.precision), _percent(count.recall)
        yield f"{name:18} {count.right:6} {count.wrong:6} {count.missed:6} {precision:>10} {recall:>8}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"
