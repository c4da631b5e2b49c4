"""The sign-off: what a plan asks for, what the answers support, and the certificate that anybody can recompute.

Nothing in a certificate is the word of who wrote it: from the run, the decisions and the plan, `certificate` gives the
same again, or it is not true.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Protocol

from cleanse.decisions.decision import Decision, Place, Word, dump
from cleanse.signoff.bounds import ALPHA, EProcess, needed, upper
from cleanse.signoff.sampling import prefix

VERSION = 1
METHODS = ("fixed", "anytime")
_MOST = 20
"""Of an anytime plan, how many times the clean items of a fixed one are drawn: then the run is not worth signing."""


@dataclass(frozen=True)
class Subject:
    """What a claim is about: a population, and the words that may be said of each of its items."""

    name: str
    noun: str
    """What its items are called."""
    fault: str
    """What is claimed of few of them."""
    words: Mapping[str, tuple[Word, ...]]
    """By the names under which they are counted: those for right ones first."""

    @property
    def right(self) -> Word:
        """The word for an item that is right."""
        return next(iter(self.words.values()))[0]

    @property
    def wrong(self) -> tuple[Word, ...]:
        """The words for an item that is a defect."""
        return tuple(word for words in list(self.words.values())[1:] for word in words)

    def answers(self, decision: Decision) -> bool:
        """Whether a decision is an answer. A yes that was given to many edits at once is none: nobody looked."""
        return decision.word in self.wrong or (decision.word in (self.right, Word.SKIP) and decision.scope != "kind")


EDITS = Subject(
    "edits",
    "applied edits of substance",
    "are wrong",
    MappingProxyType({"accepted": (Word.ACCEPT,), "rejected": (Word.REJECT, Word.EDIT)}),
)
"""Precision: whether what was done is right."""
KEPT = Subject(
    "kept",
    "kept lines",
    "should have gone or hold something wrong",
    MappingProxyType({"right": (Word.KEEP,), "missed": (Word.MISSED,), "wrong": (Word.WRONG,)}),
)
"""Recall: whether something was left to do."""
SUBJECTS: Mapping[str, Subject] = MappingProxyType({subject.name: subject for subject in (EDITS, KEPT)})


@dataclass(frozen=True)
class Plan:
    """The claim, and how it is to be supported. Chosen before anybody looks."""

    method: str = "fixed"
    """`fixed`: a number of items set beforehand, the exact (Clopper-Pearson) bound. `anytime`: items in order, an
    e-process, and one may stop after any of them."""
    tolerance: float = 0.01
    """The claim: at most this share is wrong."""
    alpha: float = ALPHA
    """The risk of signing when more than that is wrong."""
    allowed: int = 0
    """Of a fixed plan, how many of the sample may be wrong; more of them make the sample larger."""

    @property
    def size(self) -> int:
        """How many items are drawn at most."""
        clean = needed(self.tolerance, self.allowed, self.alpha)
        return clean if self.method == "fixed" else clean * _MOST


@dataclass(frozen=True)
class Item:
    """An edit, or a kept line, of the population."""

    id: str
    document: str
    place: Place
    """What a decision is about."""
    rule: str
    """Of a kept line, none."""
    before: str


class LastWords(Protocol):
    """A book of decisions, or whatever else knows the last word on each place."""

    @property
    def current(self) -> Mapping[Place, Decision]: ...  # noqa: D102


@dataclass(frozen=True)
class Standing:
    """How far a sign-off has come."""

    plan: Plan
    seed: str
    population: int
    sample: Sequence[Item]
    """In the order of the draw."""
    book: LastWords
    of: Subject = EDITS
    gone: int = 0
    """Of the claim about kept lines: how many lines went."""

    @cached_property
    def answers(self) -> dict[str, Decision]:
        """What was said of the sampled items, by id, in the order of the draw."""
        said = ((item.id, self.book.current.get(item.place)) for item in self.sample)
        return {name: decision for name, decision in said if decision is not None and self.of.answers(decision)}

    @cached_property
    def counted(self) -> tuple[Decision, ...]:
        """The answers that bound anything: of an anytime plan, those before the first open item."""
        if self.plan.method == "fixed":
            return tuple(self.answers.values())
        return tuple(self.answers[name] for name in prefix([item.id for item in self.sample], self.answers))

    @cached_property
    def open(self) -> list[Item]:
        """The items that still must be judged: of an anytime plan, as many as it takes if all are good."""
        missing = [item for item in self.sample if item.id not in self.answers]
        return missing if self.plan.method == "fixed" else missing[: self.more]

    @property
    def more(self) -> int:
        """Of an anytime plan, how many more items it takes if all are good."""
        return self._process.more(self.plan.alpha)

    def count(self, *words: Word) -> int:
        """How many of the counted answers are one of these words."""
        return sum(decision.word in words for decision in self.counted)

    @property
    def defects(self) -> int:
        """Wrong items, and those that nobody could judge."""
        return self.count(*self.of.wrong, Word.SKIP)

    @property
    def whole(self) -> bool:
        """Whether every item of the population was judged: then nothing is left to bound."""
        return len(self.counted) == self.population

    @property
    def bound(self) -> float:
        """The share of wrong items that can be excluded to exceed, with skipped ones as wrong."""
        return self._bound(*self.of.wrong, Word.SKIP)

    @property
    def lenient(self) -> float:
        """The same, with skipped ones as right."""
        return self._bound(*self.of.wrong)

    @property
    def recall(self) -> float:
        """Of the lines that should have gone, the share of which can be claimed that they went.

        By the bound on those that should have gone and did not; whether those that went were rightly taken is what
        the claim about edits says.
        """
        missed = self._bound(Word.MISSED, Word.SKIP) * self.population
        return self.gone / (self.gone + missed) if self.gone + missed else 1.0

    def _bound(self, *wrong: Word) -> float:
        if self.whole:
            return self.count(*wrong) / max(1, self.population)
        if self.plan.method == "fixed":
            return upper(self.count(*wrong), len(self.counted), self.plan.alpha)
        return _excluded(len(self.counted), self.count(*wrong), self.plan.alpha)

    @cached_property
    def _process(self) -> EProcess:
        return EProcess(self.plan.tolerance, len(self.counted), self.defects)

    @property
    def hopeless(self) -> bool:
        """Whether a fixed plan has found more wrong items than it allows."""
        return self.plan.method == "fixed" and not self.whole and self.defects > self.plan.allowed

    @property
    def signed(self) -> bool:
        """Whether the answers support the claim."""
        if self.whole:
            return self.bound <= self.plan.tolerance
        if self.plan.method == "anytime":
            return self._process.suffices(self.plan.alpha)
        return not self.open and not self.hopeless

    def certificate(self) -> dict[str, object]:
        """All of it, as JSON."""
        looked = self.sample if self.plan.method == "fixed" else self.sample[: len(self.counted)]
        ids = [item.id for item in looked]
        return {
            "v": VERSION,
            "of": self.of.name,
            "claim": f"at most {self.plan.tolerance:.3g} of the {self.of.noun} {self.of.fault}, "
            f"at a risk of {self.plan.alpha:.3g}",
            "signed": self.signed,
            "manifest": self.seed,
            "population": self.population,
            "plan": asdict(self.plan),
            "sample": {"items": len(ids), "sha256": _digest(ids), "ids": ids},
            "decisions": {"items": len(self.counted), "sha256": _digest(map(dump, self.counted))},
            "counts": {
                **{name: self.count(*words) for name, words in self.of.words.items()},
                "skipped": self.count(Word.SKIP),
            },
            "bound": round(self.bound, 9),
            "lenient_bound": round(self.lenient, 9),
            **({"gone": self.gone, "recall": round(self.recall, 9)} if self.of is KEPT else {}),
            "reviewers": sorted({decision.by for decision in self.counted}),
            "last": max((decision.moment for decision in self.counted), default=""),
        }


def _excluded(looks: int, defects: int, alpha: float) -> float:
    """The smallest share that the e-process excludes after these answers."""
    low, high = 0.0, 1.0 - 1e-9
    for _ in range(40):
        middle = (low + high) / 2
        if EProcess(middle, looks, defects).suffices(alpha):
            high = middle
        else:
            low = middle
    return high


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
