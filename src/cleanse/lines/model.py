"""The model: weights as a table a person can read, and the lexicons beside it.

`weights.tsv` has the columns feature, own, head, keep, junk, tail. `own` is the first pass (log odds that a
line with this feature is kept, context unseen); the other four are the second pass, one weight per state, with
keep as the zero they are measured against. Rows "step: …" are the weights of the chain's legal steps.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path

from cleanse.errors import RuleError
from cleanse.lines.chain import LIMIT, STEPS, Scores, Steps
from cleanse.lines.lexicon import Lexicon, parse_lexicon
from cleanse.lines.profiles import Profile, parse_profiles

HEADER = "feature\town\thead\tkeep\tjunk\ttail"
STEP_PREFIX = "step: "
NOTHING = 0.0005
"""Weights below this are written as 0."""
LEAST = 0.005
"""A feature all of whose weights in the second pass are below this, and that says nothing in the first, has no row."""
REMEMBERED = 50_000
"""Facets whose scores are remembered at most; 300 real pages show 9,000 different ones."""


Voices = Mapping[str, tuple[float, str, str]]
"""By feature, how loudly it speaks (the louder, the less), its name, and what it says."""


@dataclass(frozen=True)
class Weights:
    """Both passes: own log odds per feature, scores per feature, and the steps of the chain."""

    own: Mapping[str, float]
    states: Mapping[str, Scores]
    steps: Steps
    known: dict[tuple[str, ...], Scores] = field(default_factory=dict, repr=False, compare=False)
    """Scores of facets seen before: a memo, which changes no result."""
    shapes: dict[tuple[str, ...], tuple[float, Scores]] = field(default_factory=dict, repr=False, compare=False)
    """What the own features of lines seen before say in both passes: another one."""
    voices: dict[tuple[int, bool], Voices] = field(default_factory=dict, repr=False, compare=False)
    """What speaks in each state for a line being text, or against it: made when it is first asked."""

    def of_line(self, features: Sequence[str]) -> tuple[float, Scores]:
        """P(keep) of a line by its own features, and their scores in the second pass."""
        shape = tuple(features)
        found = self.shapes.get(shape)
        if found is None:
            found = self.own_probability(shape), self.scores(shape)
            if len(self.shapes) < REMEMBERED:
                self.shapes[shape] = found
        return found

    def own_probability(self, features: Iterable[str]) -> float:
        """First pass: P(keep) of a line by its own features."""
        own = self.own
        score = own.get("any line", 0.0)
        for name in features:
            score += own.get(name, 0.0)
        return 1.0 / (1.0 + exp(-max(-LIMIT, min(LIMIT, score))))

    def scores(self, features: Iterable[str]) -> Scores:
        """Second pass: scores of head, junk and tail against keep."""
        head = junk = tail = 0.0
        states = self.states
        for name in features:
            row = states.get(name)
            if row is not None:
                head += row[0]
                junk += row[1]
                tail += row[2]
        return head, junk, tail

    def facet_scores(self, facets: Iterable[tuple[str, ...]]) -> Scores:
        """The same of features that come in facets, each of which is added up once and then known."""
        head = junk = tail = 0.0
        known = self.known
        for facet in facets:
            row = known.get(facet)
            if row is None:
                row = self.scores(facet)
                if len(known) < REMEMBERED:
                    known[facet] = row
            head += row[0]
            junk += row[1]
            tail += row[2]
        return head, junk, tail


@dataclass(frozen=True)
class Model:
    """Weights, lexicon and profiles: all that judging needs."""

    weights: Weights
    lexicon: Lexicon
    profiles: Mapping[str, Profile]


def _short(value: float) -> str:
    return "0" if abs(value) < NOTHING else f"{value:.3g}"


def format_weights(weights: Weights) -> str:
    """The table, sorted by feature; a row whose every weight rounds to nothing is left out."""
    rows = [
        f"{STEP_PREFIX}{name}\t\t\t{_short(value)}\t\t" for name, value in zip(STEPS, weights.steps.values, strict=True)
    ]
    for name in sorted(set(weights.own) | set(weights.states)):
        own = _short(weights.own[name]) if name in weights.own else ""
        head, junk, tail = weights.states.get(name, (0.0, 0.0, 0.0))
        if own in ("", "0") and max(abs(head), abs(junk), abs(tail)) < LEAST:
            continue
        rows.append("\t".join((name, own, _short(head), "0", _short(junk), _short(tail))))
    return "\n".join([HEADER, *rows]) + "\n"


def parse_weights(text: str) -> Weights:
    """Read the table back; a row that does not fit names itself."""
    lines = text.splitlines()
    if not lines or lines[0] != HEADER:
        raise RuleError(f"weights table: the first line must be {HEADER!r}")
    own: dict[str, float] = {}
    states: dict[str, Scores] = {}
    steps: dict[str, float] = {}
    for number, line in enumerate(lines[1:], 2):
        cells = line.split("\t")
        try:
            name, first, head, keep, junk, tail = cells
            if name.startswith(STEP_PREFIX):
                steps[name.removeprefix(STEP_PREFIX)] = float(keep)
                continue
            if first:
                own[name] = float(first)
            zero = float(keep)
            states[name] = (float(head) - zero, float(junk) - zero, float(tail) - zero)
        except ValueError as error:
            raise RuleError(f"lines/weights.tsv:{number}: {line!r}: {error}") from error
    missing = [name for name in STEPS if name not in steps]
    if missing:
        raise RuleError(f"lines/weights.tsv: no row for the steps {missing}")
    return Weights(own, states, Steps(tuple(steps[name] for name in STEPS)))


def load_model(folder: Path, weights: Weights | None = None) -> Model:
    """The tables of a folder; `weights` in place of those in `weights.tsv`. Raises RuleError."""
    lexicon = parse_lexicon(_table(folder, "furniture.tsv"), _table(folder, "function_words.tsv"))
    profiles = parse_profiles(_table(folder, "profiles.toml"))
    return Model(weights or parse_weights(_table(folder, "weights.tsv")), lexicon, profiles)


def load_weights(folder: Path) -> Weights:
    """The weights of a folder. Raises RuleError."""
    return parse_weights(_table(folder, "weights.tsv"))


def _table(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"lines/{name}: cannot be read: {error}") from error
