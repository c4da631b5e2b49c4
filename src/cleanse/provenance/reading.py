"""What a field reader returns."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """A value in normal form, read from `start:end` of the text that was given to the reader."""

    value: str
    start: int
    end: int
    attributes: Mapping[str, str] = field(default_factory=dict)
