"""What a run did, in figures: what the command line says at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cleanse.decisions.settling import State
from cleanse.tally import Tally


@dataclass(frozen=True)
class Summary:
    """What a run did."""

    tally: Tally = field(default_factory=Tally)
    refused: int = 0
    refusals: tuple[tuple[str, str, str], ...] = ()
    """Source, reason and message of the first few."""
    settled: Mapping[State, int] = field(default_factory=dict)
    """How many of the reviewers' decisions are in each state."""
    torn: tuple[int, ...] = ()
    """Lines of the decisions file that are not whole."""
    ignored: int = 0
    """Files of other kinds that were left alone, and the first of them."""
    first_ignored: str = ""
    joined: bool = True
    """Whether the output is whole; a share of a run only leaves its parts."""
    kept: int = 0
    """Shards that an earlier run had done already."""

    @property
    def needs_a_look(self) -> bool:
        """Whether some document was refused or marked for review."""
        return self.refused > 0 or self.tally.statuses["review"] > 0
