"""The three profiles: how much evidence must speak against a line before it may go."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from cleanse.errors import RuleError

NAMES = ("conservative", "balanced", "thorough")


@dataclass(frozen=True, slots=True)
class Profile:
    """One row of knobs; their meanings are written at the head of `profiles.toml`."""

    name: str
    prose: float
    gate: int
    worded: bool
    marked: bool
    final: float | None  # None: half the best expected F1 of the text
    own: float
    reach: int
    fringe: int
    spread: int
    density: float
    evidence: float
    headline: bool
    titles: int
    facts: bool
    closing: bool


def parse_profiles(text: str) -> Mapping[str, Profile]:
    """Read the profiles; an unknown, missing or ill-typed knob is a RuleError that names its profile."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"lines/profiles.toml: {error}") from error
    if set(tables) != set(NAMES):
        raise RuleError(f"lines/profiles.toml: expected {', '.join(NAMES)}, found {', '.join(tables)}")
    return {name: _profile(name, row) for name, row in tables.items()}


def _profile(name: str, row: Mapping[str, Any]) -> Profile:
    wanted = {knob.name: knob.type for knob in fields(Profile) if knob.name != "name"}
    if set(row) != set(wanted):
        odd = ", ".join(sorted(set(row) ^ set(wanted)))
        raise RuleError(f"lines/profiles.toml: profile {name}: missing or unknown knobs: {odd}")
    values: dict[str, Any] = {}
    for knob, kind in wanted.items():
        value = row[knob]
        if kind == float | None and value == "f1":
            value = None
        elif isinstance(value, bool) != (kind is bool) or not isinstance(value, int if kind is int else int | float):
            raise RuleError(f"lines/profiles.toml: profile {name}: {knob} = {value!r} is not of its kind")
        values[knob] = value
    return Profile(name, **values)


def f1_threshold(words: list[int], keep: list[float]) -> float:
    """Half the best expected word F1: dropping what is less probable than this maximises the expected F1."""
    total = sum(size * probability for size, probability in zip(words, keep, strict=True))
    best = hit = 0.0
    taken = 0
    for probability, size in sorted(zip(keep, words, strict=True), reverse=True):
        hit += probability * size
        taken += size
        best = max(best, 2 * hit / (taken + total))
    return best / 2
