"""Stages by name, built-in and installed ones alike, through the entry-point group `cleanse.stages`.

Installing a stage never changes a run: it acts only when a configuration or `--stages` names it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from cleanse.errors import RuleError, UsageError
from cleanse.model import Scalar, Stage
from cleanse.rules import RuleBook

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "cleanse.stages"
DEFAULT_STAGES = (
    "decode", "residue", "encoding", "structure", "boilerplate", "provenance", "trailers", "spinner",
    "spelling", "typography",
)  # fmt: skip
"""The order is the order of work: bytes first, then what stands where, then words, then marks and white space."""

LEARNED = "learned"
"""The stage of tables that were learned: in a run of the default stages where there is such a table."""

OPTIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {name: frozenset({"profile"} if name == "boilerplate" else ()) for name in (*DEFAULT_STAGES, LEARNED)}
)
"""Which options each of our stages takes; those of other stages are their own."""
RULED = ("boilerplate", "provenance", "trailers", LEARNED, "spinner")
"""Those of our stages that ask rules; anybody else's may."""


@dataclass(frozen=True)
class StageContext:
    """What a stage factory is given."""

    rules: RuleBook
    options: Mapping[str, Scalar] = field(default_factory=dict)
    """The stage's own section of the configuration."""


Factory = Callable[[StageContext], Stage]


def available() -> "dict[str, EntryPoint]":
    """Every installed stage by name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - looks through everything installed: 0.05 s and more

    return {point.name: point for point in sorted(entry_points(group=GROUP))}


def with_learned(names: Sequence[str], rules: RuleBook) -> Sequence[str]:
    """The stages of a run: where they are the default ones and a table was learned, its stage behind the trailers."""
    if tuple(names) != DEFAULT_STAGES or not rules.for_stage(LEARNED):
        return names
    behind = DEFAULT_STAGES.index("trailers") + 1
    return (*DEFAULT_STAGES[:behind], LEARNED, *DEFAULT_STAGES[behind:])


def refuse_idle_tables(rules: RuleBook) -> None:
    """Raises RuleError for a table whose rules nobody would ask: its stage is not there, or asks none.

    What is installed is looked up only where a table is for a stage that is not ours.
    """
    others = [table for table in rules.tables.values() if table.stage not in RULED]
    known = (*RULED, *sorted(available().keys() - OPTIONS.keys())) if others else RULED
    for table in others:
        if table.stage not in known:
            raise RuleError(f"{table.file}: no stage {table.stage!r} takes rules; `stage` may be {', '.join(known)}")


def build_stages(
    names: Sequence[str], rules: RuleBook, options: Mapping[str, Mapping[str, Scalar]] | None = None
) -> tuple[Stage, ...]:
    """Make the named stages, in that order.

    Raises UsageError for a name nobody has registered, RuleError for a table that no stage would ask.
    """
    refuse_idle_tables(rules)
    return tuple(_factory(name)(StageContext(rules, (options or {}).get(name, {}))) for name in names)


def origins(names: Sequence[str]) -> Sequence[str]:
    """Of each installed stage of somebody else's, its package and version: another one may propose otherwise."""
    theirs = [name for name in names if name not in (*DEFAULT_STAGES, LEARNED)]
    points = available() if theirs else {}
    dists = [points[name].dist for name in theirs if name in points]
    return [f"{dist.name} {dist.version}" for dist in dists if dist]


def _factory(name: str) -> Factory:
    """A default stage from the module of its name, which nobody can replace; any other by its entry point."""
    if name in (*DEFAULT_STAGES, LEARNED):
        return cast("Factory", import_module(f"cleanse.stages.{name}").stage)
    points = available()
    if name not in points:
        raise UsageError(f"no stage is called {name!r}; there are {', '.join(points) or 'none installed'}")
    return cast("Factory", points[name].load())
