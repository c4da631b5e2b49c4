"""Judging a text: the document first, then its lines in two passes, then what a profile may take away.

Judging repeats on what it leaves until nothing more would go, so that a second run on the result makes no edit.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from cleanse.lines.chain import JUNK, KEEP, posterior
from cleanse.lines.context import context_features
from cleanse.lines.explain import plain_reasons, reasons
from cleanse.lines.lexicon import FACTS
from cleanse.lines.line import Line, is_plain, measure_line
from cleanse.lines.model import Model
from cleanse.lines.profiles import Profile, f1_threshold
from cleanse.lines.protect import protected, text_span

ROUNDS = 12
"""Judging rounds at most; real texts settle in two or three."""

SURE = 0.9
"""From this P(keep) a kept line is explained by its length and end alone."""

DOUBTED = 0.2
"""P(keep) up to which a line that is kept for another reason is shown."""

SURE_WEIGHT = 2
"""How much a line that is known to be furniture counts at the gate."""

PHRASE_EVIDENCE = 0.15
"""A line with a furniture phrase of several words is evidence up to this P(keep) by itself."""

OWN_JUNK, OWN_KEEP = 0.15, 0.75
"""P(keep) of a line alone below which it is junk, and above which it is text, by itself."""

NO_FURNITURE = "kept: the text shows no furniture"


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


@dataclass(frozen=True, slots=True)
class _Known:
    """A measured line and P(keep) by itself."""

    line: Line
    own: float


class _Reader:
    """Measures the lines of one text, each different line once."""

    def __init__(self, texts: Sequence[str], model: Model) -> None:
        language = model.lexicon.language(texts)
        self.functions = model.lexicon.functions.get(language, frozenset())
        self._phrases = model.lexicon.phrases(language)
        self._weights = model.weights
        self._known: dict[str, _Known] = {}

    def read(self, text: str) -> _Known:
        known = self._known.get(text)
        if known is None:
            line = measure_line(text, self._phrases, self.functions)
            known = self._known[text] = _Known(line, self._weights.own_probability(line.features))
        return known

    def shows_furniture(self, texts: Sequence[str], profile: Profile, sure: int) -> bool:
        """Whether enough lines are evidence of furniture; long plain sentences are not even measured."""
        missing = profile.gate - SURE_WEIGHT * sure
        for text in texts:
            if missing > 0 and not is_plain(text, self._phrases):
                missing -= _is_evidence(self.read(text), profile)
        return missing <= 0


@dataclass(slots=True)
class _Look:
    """One look at the lines that are left: what is known of each, and what becomes of it."""

    lines: list[Line]
    own: list[float]
    evidence: list[bool]
    keep: list[float] = field(default_factory=list)
    states: list[int] = field(default_factory=list)
    features: list[list[str]] = field(default_factory=list)
    drop: list[bool] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, known: Sequence[_Known], profile: Profile, sure: Collection[int]) -> "_Look":
        evidence = [at in sure or _is_evidence(item, profile) for at, item in enumerate(known)]
        look = cls([item.line for item in known], [item.own for item in known], evidence)
        look.drop, look.notes = [False] * len(known), [""] * len(known)
        return look

    def pass_over(self) -> None:
        """The text shows no furniture: nothing goes, and nobody asks the neighbours."""
        self.keep, self.states = self.own, [KEEP] * len(self.own)
        self.features = [line.features for line in self.lines]
        self.notes = [NO_FURNITURE if probability < 0.5 else "" for probability in self.own]

    def decide(self, functions: frozenset[str], profile: Profile, model: Model) -> None:
        """Let the neighbours speak, then take what the profile allows."""
        context = context_features(self.lines, self.own, functions)
        self.features = [line.features + names for line, names in zip(self.lines, context, strict=True)]
        scores = [model.weights.scores(names) for names in self.features]
        found = posterior(scores, model.weights.steps).states
        self.keep = [row[KEEP] for row in found]
        self.states = [row.index(max(row)) for row in found]
        limit = profile.final
        if limit is None:
            limit = f1_threshold([line.words for line in self.lines], self.keep)
        within = min(limit, profile.inside)
        limits = [within if state == JUNK else limit for state in self.states]
        for run in runs([probability < most for probability, most in zip(self.keep, limits, strict=True)]):
            self.take_from(run, profile)
        start, end = text_span(self.lines, self.keep)
        for at, note in protected(self.lines, self.own, (start, end), functions, profile).items():
            if self.drop[at]:
                self.drop[at], self.notes[at] = False, note

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

    def bounds(self, run: range, furniture: Sequence[int], fringe: int) -> tuple[int, int]:
        """From where to where a run may go: towards the text it ends `fringe` lines beyond its outermost furniture."""
        if not furniture:
            return run.stop, run.start
        first = run.start if run.start == 0 else furniture[0] - fringe
        last = run.stop if run.stop == len(self.lines) else furniture[-1] + fringe
        return first, last

    def verdict(self, at: int, model: Model) -> LineVerdict:
        """What is said of one line."""
        keep, state, probability = not self.drop[at], self.states[at], self.keep[at]
        if self.notes[at]:
            final = self.notes[at]
        elif not keep:
            final = ("head", "junk", "junk", "tail")[state]
        else:
            final = "keep" if probability >= 0.5 else "unsure"
        features = self.features[at]
        if keep and probability >= SURE:
            said = plain_reasons(features)
        else:
            said = reasons(model.weights, features, state, text=keep and probability >= 0.5)
        return LineVerdict(keep, probability, own_verdict(self.own[at]), final, said)


def own_verdict(probability: float) -> str:
    """The context-free verdict of the first pass."""
    return "junk" if probability < OWN_JUNK else "keep" if probability > OWN_KEEP else "unsure"


def _is_evidence(known: _Known, profile: Profile) -> bool:
    """Whether a line is furniture by itself: by the words of the lexicon, or plainly improbable."""
    line, own = known.line, known.own
    if line.plain:
        return False
    return (bool(line.hits) and own < 0.5) or own <= profile.evidence or (own <= PHRASE_EVIDENCE and _has_phrase(line))


def _has_phrase(line: Line) -> bool:
    """Whether a short line holds a furniture phrase of several words."""
    return any(name.endswith(" phrase") and name.split(" ", 1)[0] not in FACTS for name in line.features)


def runs(doubtful: Sequence[bool]) -> Iterator[range]:
    """The unbroken runs of doubtful lines."""
    start = 0
    for at, flag in enumerate([*doubtful, False]):
        if not flag:
            if at > start:
                yield range(start, at)
            start = at + 1


def judge(lines: Sequence[str], profile: str, model: Model, sure: Collection[int] = ()) -> list[LineVerdict]:
    """One verdict per line; blank lines are kept and noted as such.

    `sure` are the places of lines known to be furniture from elsewhere: they go, and they are evidence for others.
    """
    places = [at for at, line in enumerate(lines) if line.strip()]
    reader = _Reader([lines[at] for at in places], model)
    return _judged(lines, reader, model.profiles[profile], model, sure)


def doubted(lines: Sequence[str], profile: str, model: Model, sure: Collection[int] = ()) -> dict[int, LineVerdict]:
    """The verdicts, by place, on lines that go and on lines that stay though they are improbable.

    The same as a choice among `judge`'s, but a text that shows no furniture, most texts, costs next to nothing.
    """
    knobs = model.profiles[profile]
    texts = [line for line in lines if line.strip()]
    reader = _Reader(texts, model)
    if not reader.shows_furniture(texts, knobs, len(sure)):
        return {}
    return {at: verdict for at, verdict in enumerate(_judged(lines, reader, knobs, model, sure)) if in_doubt(verdict)}


def in_doubt(verdict: LineVerdict) -> bool:
    """Whether a verdict is worth a record."""
    return not verdict.keep or (verdict.probability <= DOUBTED and verdict.final != NO_FURNITURE)


def _judged(
    lines: Sequence[str], reader: _Reader, profile: Profile, model: Model, sure: Collection[int]
) -> list[LineVerdict]:
    verdicts = [LineVerdict(keep=True, probability=1.0, own="blank", final="blank", reasons=())] * len(lines)
    left = [(at, reader.read(line)) for at, line in enumerate(lines) if line.strip()]
    for number_of_round in range(ROUNDS):
        known = [number for number, (at, _) in enumerate(left) if at in sure]
        look = _Look.of([item for _, item in left], profile, known)
        shown = SURE_WEIGHT * len(known) + sum(_is_evidence(item, profile) for at, item in left if at not in sure)
        if shown < profile.gate:
            look.pass_over()
        else:
            look.decide(reader.functions, profile, model)
        for number in known:
            look.drop[number] = True
        last = True not in look.drop or number_of_round == ROUNDS - 1
        for number, (at, _) in enumerate(left):
            if last or look.drop[number]:
                verdicts[at] = look.verdict(number, model)
        if last:
            break
        left = [pair for pair, gone in zip(left, look.drop, strict=True) if not gone]
    return verdicts
