"""Stages by name, built-in and installed ones alike, through the entry-point group `cleanse.stages`.

Installing a stage never changes a run: it acts only when a configuration or `--stages` names it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from cleanse.errors import UsageError
from cleanse.model import Scalar, Stage
from cleanse.rules import RuleBook

GROUP = "cleanse.stages"
DEFAULT_STAGES = (
    "decode", "residue", "encoding", "structure", "boilerplate", "provenance", "trailers", "spinner",
    "spelling", "typography",
)  # fmt: skip
"""The order is the order of work: bytes first, then what stands where, then words, then marks and white space."""


@dataclass(frozen=True)
class StageContext:
    """What a stage factory is given."""

    rules: RuleBook
    options: Mapping[str, Scalar] = field(default_factory=dict)
    """The stage's own section of the configuration."""


Factory = Callable[[StageContext], Stage]


def available() -> dict[str, EntryPoint]:
    """Every installed stage by name."""
    return {point.name: point for point in sorted(entry_points(group=GROUP))}


def build_stages(
    names: Sequence[str], rules: RuleBook, options: Mapping[str, Mapping[str, Scalar]] | None = None
) -> tuple[Stage, ...]:
    """Make the named stages, in that order. Raises UsageError for a name nobody has registered."""
    points = available()
    stages: list[Stage] = []
    for name in names:
        if name not in points:
            raise UsageError(f"no stage is called {name!r}; there are {', '.join(points) or 'none installed'}")
        factory = cast("Factory", points[name].load())
        stages.append(factory(StageContext(rules, (options or {}).get(name, {}))))
    return tuple(stages)
