"""Judging a text: the document first, then its lines in two passes, then what a profile may take away.

Judging repeats on what it leaves until nothing more would go, so that a second run on the result makes no edit.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress
from typing import Protocol

from cleanse.lines.chain import KEEP, Scores, posterior
from cleanse.lines.context import context_facets
from cleanse.lines.explain import plain_reasons, reasons
from cleanse.lines.facets import Facet
from cleanse.lines.gate import is_evidence
from cleanse.lines.line import Line
from cleanse.lines.model import Model
from cleanse.lines.profiles import Profile, f1_threshold
from cleanse.lines.protect import protected, text_span, underlined
from cleanse.lines.reader import FAR_OFF, SETTLED, Known, Reader
from cleanse.lines.titles import Page

ROUNDS = 12
"""Judging rounds at most; real texts settle in two or three."""

SURE = 0.9
"""From this P(keep) a kept line is explained by its length and end alone."""

DOUBTED = 0.2
"""P(keep) up to which a line that is kept for another reason is shown."""

OWN_JUNK, OWN_KEEP = 0.15, 0.75
"""P(keep) of a line alone below which it is junk, and above which it is text, by itself."""

HELD = "protected headline"
MOVED = "moved by another stage"


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """What was decided for one line, with both judgements and the features that weighed most, in words.

    `own` is the verdict on the line alone, `final` that after its neighbours; both are "keep", "unsure" or "junk"
    (final also "head" and "tail", junk before or after the text, "protected …", "kept: …" and "blank").
    `probability` is P(keep) after the neighbours; in a text that shows no furniture, which is not looked at any
    further, that of the line alone.
    """

    keep: bool
    probability: float
    own: str
    final: str
    reasons: tuple[str, ...]


class Company(Protocol):
    """What else is known of the lines of a text, by their places."""

    @property
    def sure(self) -> Collection[int]:
        """Furniture by another judgement: these lines go, and they are evidence for others."""

    @property
    def moved(self) -> Collection[int]:
        """Lines that a later stage takes out: they count while they stand, then the rest is judged without them."""

    def held(self, left: Sequence[int], going: Iterable[int]) -> Collection[int]:
        """Which of the lines that are `going` must stay, among the lines that are left; asked after every round."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Nothing else is known."""

    sure: Collection[int] = ()
    moved: Collection[int] = ()

    def held(self, left: Sequence[int], going: Iterable[int]) -> Collection[int]:  # noqa: ARG002 - the protocol's
        """No line."""
        return ()


ALONE = Alone()


@dataclass(slots=True)
class _Look:
    """One look at the lines that are left: what is known of each, and what becomes of it."""

    places: list[int]
    """Where its lines stand among those that are left: not all of them are looked at."""
    lines: list[Line]
    own: list[float]
    scores: list[Scores]
    evidence: list[bool]
    sure: Collection[int]
    moved: Collection[int]
    keep: list[float] = field(default_factory=list)
    states: list[int] = field(default_factory=list)
    facets: list[list[Facet]] = field(default_factory=list)
    drop: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, seen: Mapping[int, Known], left: Sequence[int], profile: Profile, company: Company) -> "_Look":
        """By their places among those that are `left`, the lines that are looked at."""
        known = list(seen.values())
        sure, moved = (
            frozenset(number for number, place in enumerate(seen) if left[place] in some)
            for some in (company.sure, company.moved)
        )
        evidence = [at in sure or is_evidence(item.line, item.own, profile) for at, item in enumerate(known)]
        lines = [item.line for item in known]
        for at in underlined(lines):
            evidence[at] = False
        look = cls(
            list(seen), lines, [item.own for item in known], [item.scores for item in known], evidence, sure, moved
        )
        look.drop, look.notes = [False] * len(known), [""] * len(known)
        return look

    def decide(self, functions: frozenset[str], profile: Profile, model: Model) -> None:
        """Let the neighbours speak, then take what the profile allows."""
        self.facets = context_facets(self.lines, self.own)
        add = model.weights.facet_scores
        scores = [
            (own[0] + place[0], own[1] + place[1], own[2] + place[2])
            for own, place in zip(self.scores, map(add, self.facets), strict=True)
        ]
        found = posterior(scores, model.weights.steps).states
        self.keep = [row[KEEP] for row in found]
        self.states = [row.index(max(row)) for row in found]
        limit = profile.final
        if limit is None:
            limit = f1_threshold([line.words for line in self.lines], self.keep)
        for run in runs([probability < limit for probability in self.keep], self.places):
            self.take_from(run, profile)
        self.spare_what_spreads(profile)
        if True not in self.drop:
            return
        page = Page(self.lines, self.own, self.sure, self.moved, functions)
        for at, note in protected(page, text_span(self.lines, self.drop), profile).items():
            if self.drop[at]:
                self.drop[at], self.notes[at] = False, note

    def hold(self, left: Sequence[int], company: Company) -> None:
        """Lines that another judgement holds stay, and so do those that a later stage will move."""
        if True not in self.drop:
            return
        held = company.held(left, compress(left, self.drop))
        for number, at in enumerate(left):
            if self.drop[number] and at in held:
                self.drop[number], self.notes[number] = False, HELD
            elif self.drop[number] and at in company.moved:
                self.drop[number], self.notes[number] = False, MOVED

    def take_from(self, run: range, profile: Profile) -> None:
        """Furniture, and what stands close to it in a run that has enough of it."""
        furniture = [at for at in run if self.evidence[at]]
        dense = len(furniture) >= profile.density * len(run)
        first, last = self.bounds(run, furniture, profile.fringe)
        nearest = 0
        for at in run:
            while nearest + 1 < len(furniture) and abs(furniture[nearest + 1] - at) <= abs(furniture[nearest] - at):
                nearest += 1
            if not furniture or abs(furniture[nearest] - at) > profile.reach:
                self.notes[at] = "kept: no furniture beside it"
            elif not first <= at <= last:
                self.notes[at] = "kept: no furniture between it and the text"
            elif not dense and not self.evidence[at]:
                self.notes[at] = "kept: too little furniture beside it"
            elif self.own[at] >= profile.own:
                self.notes[at] = "kept: reads like text by itself"
            else:
                self.drop[at] = True

    def spare_what_spreads(self, profile: Profile) -> None:
        """Labels between ever so many paragraphs are how the text is built: the names of a list's items, its rows."""
        passed = list(accumulate(line.anchor for line in self.lines))
        going: dict[int, list[int]] = {}
        for at, gap in enumerate(passed):
            if self.drop[at] and not self.evidence[at] and not self.lines[at].anchor and 0 < gap < passed[-1]:
                going.setdefault(gap, []).append(at)
        if len(going) > profile.spread:
            for at in chain.from_iterable(going.values()):
                self.drop[at], self.notes[at] = False, "kept: its like stands between many paragraphs"

    def bounds(self, run: range, furniture: Sequence[int], fringe: int) -> tuple[int, int]:
        """From where to where a run may go: towards the text it ends `fringe` lines beyond its outermost furniture."""
        if not furniture:
            return run.stop, run.start
        first = run.start if run.start == 0 else furniture[0] - fringe
        last = run.stop if run.stop == len(self.lines) else furniture[-1] + fringe
        return first, last

    def in_doubt(self, at: int) -> bool:
        """Whether the verdict on a line is worth a record."""
        return self.drop[at] or self.keep[at] <= DOUBTED

    def verdict(self, at: int, model: Model) -> LineVerdict:
        """What is said of one line."""
        keep, state, probability = not self.drop[at], self.states[at], self.keep[at]
        if self.notes[at]:
            final = self.notes[at]
        elif not keep:
            final = ("head", "junk", "junk", "tail")[state]
        else:
            final = "keep" if probability >= 0.5 else "unsure"
        own = self.lines[at].features
        if keep and probability >= SURE:
            said = plain_reasons(own)
        else:
            features = chain(own, chain.from_iterable(self.facets[at]))
            said = reasons(model.weights, features, state, text=keep and probability >= 0.5)
        return LineVerdict(keep, probability, own_verdict(self.own[at]), final, said)


def own_verdict(probability: float) -> str:
    """The context-free verdict of the first pass."""
    return "junk" if probability < OWN_JUNK else "keep" if probability > OWN_KEEP else "unsure"


def runs(doubtful: Sequence[bool], places: Sequence[int]) -> Iterator[range]:
    """The unbroken runs of doubtful lines; `places` says where they stand."""
    start = 0
    for at, flag in enumerate([*doubtful, False]):
        if flag and at > start and places[at] > places[at - 1] + 1:
            yield range(start, at)
            start = at
        if not flag:
            if at > start:
                yield range(start, at)
            start = at + 1


def judge(lines: Sequence[str], profile: str, model: Model, company: Company = ALONE) -> list[LineVerdict]:
    """One verdict per line; blank lines are kept and noted as such."""
    reader = Reader([line for line in lines if line.strip()], model)
    verdicts = [LineVerdict(keep=True, probability=1.0, own="blank", final="blank", reasons=())] * len(lines)
    for at, number, look in _judged(lines, reader, model.profiles[profile], model, company):
        if isinstance(look, str):
            verdicts[at] = _alone(reader.read(lines[at]), look, model, keep=at not in company.sure)
        else:
            verdicts[at] = look.verdict(number, model)
    return verdicts


def doubted(lines: Sequence[str], profile: str, model: Model, company: Company = ALONE) -> dict[int, LineVerdict]:
    """The verdicts, by place, on lines that go and on lines that stay though they are improbable.

    The same as a choice among `judge`'s, but a text of which nothing may go, most texts, costs next to nothing.
    """
    reader = Reader([line for line in lines if line.strip()], model)
    return {
        at: look.verdict(number, model)
        for at, number, look in _judged(lines, reader, model.profiles[profile], model, company)
        if not isinstance(look, str) and look.in_doubt(number)
    }


def _alone(known: Known, why: str, model: Model, *, keep: bool) -> LineVerdict:
    """What is said of a line of a text that is not looked at any further."""
    text = known.own >= 0.5
    said = reasons(model.weights, known.line.features, KEEP, text=keep and text)
    final = "junk" if not keep else "keep" if text else why
    if keep and known.own >= SURE:
        said = plain_reasons(known.line.features)
    return LineVerdict(keep, known.own, own_verdict(known.own), final, said)


def _judged(
    lines: Sequence[str], reader: Reader, profile: Profile, model: Model, company: Company
) -> Iterator[tuple[int, int, _Look | str]]:
    """Every written line, its number in the look that decided it, and the look; or why nobody looked.

    Round after round on the lines that are left: when one takes nothing, a second run would start where it ends.
    """
    left = [at for at, line in enumerate(lines) if line.strip()]
    for number_of_round in range(ROUNDS):
        sure = frozenset(number for number, at in enumerate(left) if at in company.sure)
        shown = reader.left([lines[at] for at in left], profile)
        why = reader.stays(shown, sure)
        looks: dict[int, tuple[int, _Look]] = {}
        gone = {left[place] for place in sure}
        if not why:
            look = _Look.of(dict(reader.lines(shown, sure)), left, profile, company)
            looked = [left[place] for place in look.places]
            look.decide(reader.functions, profile, model)
            look.hold(looked, company)
            looks = {at: (number, look) for number, at in enumerate(looked)}
            gone.update(compress(looked, look.drop))
        settled = why in SETTLED  # those of which it is settled stay as they are with fewer lines, too
        if not settled:
            gone.update(at for at in left if at in company.moved)
        last = settled or not gone or number_of_round == ROUNDS - 1
        for at in left:
            if last or at in gone:
                yield at, *looks.get(at, (0, why or FAR_OFF))
        if last:
            break
        left = [at for at in left if at not in gone]
