"""All decisions together: which word counts for a place, and what they say about one document.

Nothing is ever dropped: the book keeps the history, and `current` is a view of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Protocol

from cleanse.decisions.anchoring import Raw, alike
from cleanse.decisions.decision import SIGHTS, Decision, Place, Word, clipped, dump
from cleanse.edits import Edit
from cleanse.ledger import edit_id
from cleanse.model import Document
from cleanse.signoff.bounds import lower

DEMOTED = "demoted: "
"""How the note of a record begins whose rule may only propose."""

Reviewer = tuple[str, int]
"""A reviewer's name; for one who gave none, a number that tells whose words they are."""


class Reader(Protocol):
    """What a pipeline asks about one document."""

    def __bool__(self) -> bool:
        """Whether anything was said at all."""
        ...

    def word(self, raw: tuple[int, int], edit: Edit) -> bool | None:
        """Apply, do not apply, or nothing was said."""
        ...


class Decisions(Protocol):
    """Whatever has decisions; must be picklable."""

    def on(self, document: Document) -> Reader:
        """What was decided about the document."""
        ...

    def doubt(self, rule: str, floor: float) -> str:
        """Why the rule should only propose: its precision cannot be claimed to reach `floor`. Empty when it can."""
        ...


@dataclass(frozen=True)
class Found:
    """A decision that names a proposal of this document."""

    decision: Decision
    exact: bool
    """By raw text and place, not by context."""


@dataclass(frozen=True)
class Book:
    """Decisions in the order in which they were made."""

    history: tuple[Decision, ...] = ()
    _doubts: dict[tuple[str, float], str] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def current(self) -> Mapping[Place, Decision]:
        """The last word per place; places whose word was withdrawn are left out."""
        words: dict[Place, Decision] = {}
        for decision in in_order(self.history):
            words.pop(decision.place, None)
            if decision.word is not Word.WITHDRAW:
                words[decision.place] = decision
        return words

    @cached_property
    def disputed(self) -> Mapping[Place, tuple[Decision, ...]]:
        """Places on which reviewers disagree, with the last word of each; a withdrawal ends the dispute."""
        said = _last_words(((decision.by, 0), decision) for decision in in_order(self.history))
        return {place: tuple(words.values()) for place, words in said.items() if _differ(words.values())}

    @cached_property
    def verdicts(self) -> tuple[Decision, ...]:
        """The decisions that mean something to a run."""
        return tuple(decision for decision in self.current.values() if decision.verdict is not None)

    def __getstate__(self) -> dict[str, object]:
        """Workers get the history alone and fold it themselves."""
        return {"history": self.history, "_doubts": {}}

    @cached_property
    def _by_doc(self) -> Mapping[str, list[Decision]]:
        by_doc: defaultdict[str, list[Decision]] = defaultdict(list)
        for decision in self.verdicts:
            by_doc[decision.anchor.doc].append(decision)
        return by_doc

    @cached_property
    def _by_name(self) -> Mapping[str, set[str]]:
        """Raw digests by document id."""
        names: defaultdict[str, set[str]] = defaultdict(set)
        for decision in self.verdicts:
            names[decision.anchor.document].add(decision.anchor.doc)
        return names

    @cached_property
    def _by_hash(self) -> Mapping[str, set[str]]:
        """Raw digests by each hash of their sketch."""
        hashes: defaultdict[str, set[str]] = defaultdict(set)
        for decision in self.verdicts:
            for at in range(0, len(decision.anchor.sketch), 8):
                hashes[decision.anchor.sketch[at : at + 8]].add(decision.anchor.doc)
        return hashes

    @cached_property
    def _by_rule(self) -> Mapping[str, list[bool]]:
        """Of each rule, by the name it had when it was decided upon: accepted or not."""
        answers: defaultdict[str, list[bool]] = defaultdict(list)
        for decision in self.verdicts:
            answers[decision.rule].append(decision.word is Word.ACCEPT)
        return answers

    def doubt(self, rule: str, floor: float) -> str:
        """Why the rule should only propose, where it has a rejection and a lower bound below `floor`."""
        if (rule, floor) not in self._doubts:
            answers = self._by_rule.get(rule, [])
            bound = 1.0 if all(answers) else lower(sum(answers), len(answers))
            figures = f"{answers.count(False)} of {len(answers)} rejected, precision at least {bound:.2f} < {floor:g}"
            self._doubts[rule, floor] = f"{DEMOTED}{figures}" if bound < floor else ""
        return self._doubts[rule, floor]

    def on(self, document: Document) -> "Reading":
        """What was decided about this document, and about earlier versions of it."""
        raw = Raw(document.decoded.text)
        earlier: list[Decision] = []
        if self.verdicts:
            docs = set(self._by_name.get(document.id, ()))
            for at in range(0, len(raw.sketch), 8):
                docs |= self._by_hash.get(raw.sketch[at : at + 8], set())
            for doc in sorted(docs - {document.digest}):
                some = self._by_doc[doc]
                if some[0].anchor.document == document.id or alike(some[0].anchor.sketch, raw.sketch):
                    earlier += some
        return Reading(raw, tuple(self._by_doc.get(document.digest, ())), tuple(earlier))


@dataclass(frozen=True)
class Reading:
    """The decisions that may concern one document."""

    raw: Raw
    own: tuple[Decision, ...]
    """Made on these very bytes."""
    earlier: tuple[Decision, ...] = ()
    """Made on other versions of the document."""
    _cache: dict[tuple[int, int, str], Found | None] = field(default_factory=dict, compare=False)

    @cached_property
    def _exact(self) -> Mapping[tuple[int, int, str], Decision]:
        return {(d.anchor.start, d.anchor.end, d.after): d for d in self.own}

    @cached_property
    def _in_sight(self) -> Mapping[tuple[str, ...], list[Decision]]:
        """Earlier decisions by what comes there and by each context that made their place unique, oldest first."""
        contexts: defaultdict[tuple[str, ...], list[Decision]] = defaultdict(list)
        for decision in in_order(self.earlier):
            for sight in decision.anchor.unique:
                contexts[sight, decision.after, *decision.anchor.context(sight)].append(decision)
        return contexts

    def __bool__(self) -> bool:
        return bool(self.own or self.earlier)

    def word(self, raw: tuple[int, int], edit: Edit) -> bool | None:
        """Apply, do not apply, or nothing was said."""
        found = self.find(raw, edit.after)
        return found.decision.verdict if found else None

    def find(self, span: tuple[int, int], after: str) -> Found | None:
        """The decision on putting `after` at this span of the raw text: exact first, then by context."""
        if decision := self._exact.get((*span, after)):
            return Found(decision, exact=True)
        if not self.earlier:
            return None
        place = (*span, after)
        if place not in self._cache:
            self._cache[place] = self._by_context(span, after)
        return self._cache[place]

    def _by_context(self, span: tuple[int, int], after: str) -> Found | None:
        """The newest decision with this context, where the context is unique both here and where it was decided."""
        window = self.raw.window(*span)
        for sight in SIGHTS:
            for decision in reversed(self._in_sight.get((sight, after, *clipped(window, sight)), ())):
                if self.raw.is_found(decision.anchor, sight, span):
                    return Found(decision, exact=False)
        return None


class Words(dict[str, bool]):
    """Decisions by edit id, for one who has a ledger at hand and no anchors: the library's short way."""

    def on(self, document: Document) -> Reader:
        """What was decided about the document."""
        return _ByEdit(self, document.digest)

    def doubt(self, rule: str, floor: float) -> str:  # noqa: ARG002 - these decisions know no rules
        """Nothing."""
        return ""


@dataclass(frozen=True)
class _ByEdit:
    words: Mapping[str, bool]
    digest: str

    def __bool__(self) -> bool:
        return bool(self.words)

    def word(self, raw: tuple[int, int], edit: Edit) -> bool | None:
        return self.words.get(edit_id(self.digest, raw, edit))


def in_order(history: Iterable[Decision]) -> list[Decision]:
    """Oldest first. A line without a time belongs to the line before it; equal times keep their order."""
    rows: list[tuple[str, Decision]] = []
    moment = ""
    for decision in history:
        moment = decision.moment or moment
        rows.append((moment, decision))
    return [decision for _, decision in sorted(rows, key=lambda row: row[0])]


def merged(books: Iterable[Book]) -> Book:
    """The union of several histories, oldest first: each line once, none left out."""
    lines: dict[str, Decision] = {}
    for book in books:
        lines.update((dump(decision), decision) for decision in in_order(book.history))
    return Book(tuple(in_order(lines.values())))


def answer(decision: Decision) -> tuple[Word, str]:
    """What two reviewers must have in common to agree."""
    return decision.word, decision.edit or ""


def disagreements(*books: Book) -> list[tuple[tuple[int, Decision], ...]]:
    """Places on which reviewers disagree, whichever books hold their words, as in `Book.disputed`.

    Of each reviewer the last word, with the number of the first book that has it.
    """
    rows = _numbered(books)
    holders = {id(decision): number for number, decision in rows}
    said = _last_words(_by_reviewer(rows))
    return [
        tuple((holders[id(decision)], decision) for decision in words.values())
        for _, words in sorted(said.items())
        if _differ(words.values())
    ]


def agreement(*books: Book) -> Mapping[tuple[str, Reviewer, Reviewer], tuple[int, int, float]]:
    """Per rule and pair of reviewers, for places both have decided: how many, how many alike, and Cohen's kappa.

    Kappa is 1 for full agreement and 0 for what chance gives; where chance alone already agrees fully (both say
    one word only), it is 1 when they agree and 0 when not.
    """
    pairs: defaultdict[tuple[str, Reviewer, Reviewer], list[tuple[Word, Word]]] = defaultdict(list)
    for words in _last_words(_by_reviewer(_numbered(books))).values():
        for (one, mine), (two, theirs) in combinations(sorted(words.items(), key=lambda item: item[0]), 2):
            pairs[mine.rule, one, two].append((mine.word, theirs.word))
    return {key: _kappa(words) for key, words in sorted(pairs.items())}


def _numbered(books: Sequence[Book]) -> list[tuple[int, Decision]]:
    """The merged history, each line with the number of the first book that has it."""
    first: dict[str, int] = {}
    for number, book in enumerate(books):
        for decision in book.history:
            first.setdefault(dump(decision), number)
    return [(first[dump(decision)], decision) for decision in merged(books).history]


def _by_reviewer(rows: Iterable[tuple[int, Decision]]) -> Iterator[tuple[Reviewer, Decision]]:
    """Each decision with its reviewer; who gave no name is told by the book."""
    for number, decision in rows:
        yield (decision.by, 0 if decision.by else number), decision


def _last_words(said: Iterable[tuple[Reviewer, Decision]]) -> Mapping[Place, dict[Reviewer, Decision]]:
    """Of decisions in order the last word of each reviewer on each place; a withdrawal ends what was said there."""
    words: defaultdict[Place, dict[Reviewer, Decision]] = defaultdict(dict)
    for reviewer, decision in said:
        there = words[decision.place]
        there.pop(reviewer, None)
        if decision.word is Word.WITHDRAW:
            there.clear()
        else:
            there[reviewer] = decision
    return words


def _differ(words: Iterable[Decision]) -> bool:
    return len({answer(decision) for decision in words}) > 1


def _kappa(pairs: list[tuple[Word, Word]]) -> tuple[int, int, float]:
    count = len(pairs)
    same = sum(a is b for a, b in pairs)
    ones, twos = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(ones[word] * twos[word] for word in ones) / count**2
    observed = same / count
    kappa = (observed - chance) / (1 - chance) if chance < 1 else float(observed == 1)
    return count, same, kappa
