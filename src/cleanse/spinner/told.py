"""What the rows of the lexicons tell the gates: as it was worked out before, or else now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner import gate, mixture
from cleanse.spinner.tells import Tells, parse, read

TABLE = "tells.tsv.gz"


@dataclass(frozen=True)
class Told:
    """The tells of all tables; nothing is read before the first question."""

    path: Path | None = None
    """Where they are written, if they are."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """Of the tables, by name."""

    @cached_property
    def _written(self) -> Mapping[str, Sequence[str]]:
        try:
            return read(self.path.read_bytes(), self.digests) if self.path else {}
        except OSError:  # what is not there is worked out
            return {}

    def __getstate__(self) -> dict[str, object]:
        """Without what was read: a worker reads for itself."""
        return {"path": self.path, "digests": self.digests}

    def of(self, lexicon: Lexicon, base: Lexicon | None = None) -> Tells:
        """What the rows of a lexicon tell, and those of its base."""
        lines = self._written.get(_name(lexicon, base))
        return parse(lines) if lines else _work_out(lexicon, base)


def tells_of_all(lexicons: Mapping[str, Lexicon]) -> Mapping[str, Tells]:
    """Everything that `Told` may be asked for."""
    found = {name: _work_out(lexicon) for name, lexicon in lexicons.items()}
    for lexicon in lexicons.values():
        if lexicon.replaces and (base := lexicons.get(lexicon.extends)):
            found[_name(lexicon, base)] = _work_out(lexicon, base)
    return found


def _name(lexicon: Lexicon, base: Lexicon | None) -> str:
    return f"{lexicon.name}+{base.name}" if base else lexicon.name


def _work_out(lexicon: Lexicon, base: Lexicon | None = None) -> Tells:
    if not lexicon.replaces:
        return gate.tells(lexicon)
    return mixture.tells((*lexicon.rows.briefs(), *(base.rows.briefs() if base else ())), lexicon.replaces)
