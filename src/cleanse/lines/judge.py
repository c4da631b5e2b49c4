"""Judging a text: the document first, then its lines in two passes, then what a profile may take away.

Judging repeats on what it leaves until nothing more would go, so that a second run on the result makes no edit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleanse.lines.chain import KEEP, posterior
from cleanse.lines.context import context_features
from cleanse.lines.explain import plain_reasons, reasons
from cleanse.lines.lexicon import FACTS
from cleanse.lines.line import Line, measure_line
from cleanse.lines.model import Model
from cleanse.lines.profiles import Profile, f1_threshold
from cleanse.lines.protect import closing_lines, find_headline, find_standfirst, near_facts, text_span

ROUNDS = 12
"""Judging rounds at most; real texts settle in two or three."""

SURE = 0.9
"""From this P(keep) a kept line is explained by its length and end alone."""

PHRASE_EVIDENCE = 0.15
"""A line with a furniture phrase of several words is evidence up to this P(keep) by itself."""


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
class _Round:
    """One look at the lines that are left."""

    own: list[float]
    keep: list[float]
    states: list[int]
    features: list[list[str]]
    drop: list[bool]
    notes: list[str]


def own_verdict(probability: float) -> str:
    """The context-free verdict of the first pass."""
    return "junk" if probability < 0.15 else "keep" if probability > 0.75 else "unsure"


def _evidence(lines: Sequence[Line], own: Sequence[float], profile: Profile) -> list[bool]:
    """Lines that are furniture by themselves: by the words of the lexicon, or plainly improbable."""
    return [
        (bool(line.hits) and p < 0.5) or p <= profile.evidence or (p <= PHRASE_EVIDENCE and _has_phrase(line))
        for line, p in zip(lines, own, strict=True)
    ]


def _has_phrase(line: Line) -> bool:
    """Does a short line hold a furniture phrase of several words?"""
    return any(name.endswith(" phrase") and name.split(" ", 1)[0] not in FACTS for name in line.features)


def _runs(doubtful: Sequence[bool]) -> Iterator[range]:
    """The unbroken runs of doubtful lines."""
    start = 0
    for at, flag in enumerate([*doubtful, False]):
        if not flag:
            if at > start:
                yield range(start, at)
            start = at + 1


def _drop_run(
    run: range, own: Sequence[float], evidence: Sequence[bool], profile: Profile, drop: list[bool], notes: list[str]
) -> None:
    """What of one run of doubtful lines may go: furniture, and what stands close to it in a run that has enough of it."""
    furniture = [at for at in run if evidence[at]]
    dense = len(furniture) >= profile.density * len(run)
    nearest = 0
    for at in run:
        while nearest + 1 < len(furniture) and abs(furniture[nearest + 1] - at) <= abs(furniture[nearest] - at):
            nearest += 1
        if not furniture or abs(furniture[nearest] - at) > profile.reach:
            notes[at] = "kept: no furniture beside it"
        elif not dense and not evidence[at]:
            notes[at] = "kept: too little furniture beside it"
        elif own[at] >= profile.own:
            notes[at] = "kept: reads like text by itself"
        else:
            drop[at] = True


def _look(lines: Sequence[Line], functions: frozenset[str], profile: Profile, model: Model) -> _Round:
    weights, count = model.weights, len(lines)
    own = [weights.own_probability(line.features) for line in lines]
    evidence = _evidence(lines, own, profile)
    drop, notes = [False] * count, [""] * count
    if sum(evidence) < profile.gate:
        notes = ["kept: the text shows no furniture" if probability < 0.5 else "" for probability in own]
        return _Round(own, own, [KEEP] * count, [line.features for line in lines], drop, notes)
    context = context_features(lines, own, functions)
    features = [line.features + names for line, names in zip(lines, context, strict=True)]
    found = posterior([weights.scores(names) for names in features], weights.steps).states
    keep = [row[KEEP] for row in found]
    limit = profile.final if profile.final is not None else f1_threshold([line.words for line in lines], keep)
    for run in _runs([probability < limit for probability in keep]):
        _drop_run(run, own, evidence, profile, drop, notes)
    _protect(lines, functions, own, keep, profile, drop, notes)
    return _Round(own, keep, [row.index(max(row)) for row in found], features, drop, notes)


def _protect(
    lines: Sequence[Line],
    functions: frozenset[str],
    own: Sequence[float],
    keep: Sequence[float],
    profile: Profile,
    drop: list[bool],
    notes: list[str],
) -> None:
    """Take back what evidence of another kind protects, and note it."""
    start, end = text_span(lines, keep)
    if start < 0:
        return
    saved: dict[int, str] = {}
    if profile.facts:
        saved |= dict.fromkeys(near_facts(lines, start, end), "protected byline, date or credit")
    if profile.headline:
        headline = find_headline(lines, start, functions)
        saved[find_standfirst(lines, headline, start)] = "protected standfirst"
        saved[headline] = "protected headline"
    if profile.closing:
        saved |= dict.fromkeys(closing_lines(lines, end, own), "protected closing sentence")
    for at, note in saved.items():
        if at >= 0 and drop[at]:
            drop[at], notes[at] = False, note


def _verdict(look: _Round, at: int, model: Model) -> LineVerdict:
    keep, state, probability = not look.drop[at], look.states[at], look.keep[at]
    if look.notes[at]:
        final = look.notes[at]
    elif not keep:
        final = ("head", "junk", "junk", "tail")[state]
    else:
        final = "keep" if probability >= 0.5 else "unsure"
    features = look.features[at]
    sure = keep and probability >= SURE
    said = plain_reasons(features) if sure else reasons(model.weights, features, keep and probability >= 0.5, state)
    return LineVerdict(keep, probability, own_verdict(look.own[at]), final, said)


def judge(lines: Sequence[str], profile: str, model: Model) -> list[LineVerdict]:
    """One verdict per line; blank lines are kept and noted as such."""
    knobs = model.profiles[profile]
    places = [at for at, line in enumerate(lines) if line.strip()]
    texts = [lines[at] for at in places]
    language = model.lexicon.language(texts)
    functions = model.lexicon.functions.get(language, frozenset())
    phrases = model.lexicon.phrases(language)
    known: dict[str, Line] = {}
    left: list[tuple[int, Line]] = []
    for at, text in zip(places, texts, strict=True):
        if text not in known:
            known[text] = measure_line(text, phrases, functions)
        left.append((at, known[text]))
    verdicts = [LineVerdict(True, 1.0, "blank", "blank", ())] * len(lines)
    for number_of_round in range(ROUNDS):
        look = _look([line for _, line in left], functions, knobs, model)
        last = True not in look.drop or number_of_round == ROUNDS - 1
        for number, (at, _) in enumerate(left):
            if last or look.drop[number]:
                verdicts[at] = _verdict(look, number, model)
        if last:
            break
        left = [pair for pair, gone in zip(left, look.drop, strict=True) if not gone]
    return verdicts
