"""The three profiles: how much evidence must speak against a line before it may go."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAMES = ("conservative", "balanced", "thorough")


@dataclass(frozen=True, slots=True)
class Profile:
    """One row of knobs; their meanings are written at the head of `profiles.toml`."""

    name: str
    gate: int
    final: float | None  # None: half the best expected F1 of the text
    own: float
    reach: int
    density: float
    evidence: float
    headline: bool
    facts: bool
    closing: bool


def parse_profiles(text: str) -> Mapping[str, Profile]:
    """Read the profiles; an unknown, missing or ill-typed knob is an error that names its profile."""
    tables = tomllib.loads(text)
    if set(tables) != set(NAMES):
        raise ValueError(f"profiles: expected {NAMES}, found {tuple(tables)}")
    profiles = {}
    for name, row in tables.items():
        try:
            final = None if row["final"] == "f1" else float(row["final"])
            if len(row) != 9:
                raise ValueError(f"unknown knobs in {sorted(row)}")
            profiles[name] = Profile(name, int(row["gate"]), final, float(row["own"]), int(row["reach"]), float(row["density"]),
                                     float(row["evidence"]), bool(row["headline"]), bool(row["facts"]), bool(row["closing"]))  # fmt: skip
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"profile {name}: {error!r}") from error
    return profiles


def load_profiles(folder: Path) -> Mapping[str, Profile]:
    """Read `profiles.toml` of a folder."""
    return parse_profiles((folder / "profiles.toml").read_text(encoding="utf-8"))


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
