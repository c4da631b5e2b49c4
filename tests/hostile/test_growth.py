"""P8: on every hostile family, twice the text takes twice the work. Calls are counted, never time."""

import gc
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from cleanse.model import Document
from cleanse.pipeline import Status
from helpers import default
from hostile.make import FAMILIES

FACTOR = 2.6
_LENGTH = 600


def calls(text: str) -> int:
    """How many functions, Python's and C's, a cleaning calls."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    document = Document.from_text(text)
    gc.disable()
    sys.setprofile(counted)
    try:
        outcome = default().run(document)
    finally:
        sys.setprofile(None)
        gc.enable()
    outcome.ledger.verify(document.raw, outcome.text)
    assert not [fault for fault in outcome.ledger.faults if outcome.status is not Status.QUARANTINED]
    return count


@pytest.mark.parametrize("family", FAMILIES)
def test_work_keeps_pace_with_the_text(family: str, record_property: Callable[[str, object], None]) -> None:
    make = FAMILIES[family]
    default().run(Document.from_text(make(2 * _LENGTH)))  # what is loaded once is no work on the text
    growth = _growth(make, _LENGTH)
    if growth >= FACTOR:  # a step, where a stage begins to look at all, is met once; growth is met again
        growth = _growth(make, 2 * _LENGTH)
    record_property("worst growth", round(growth, 2))
    assert growth < FACTOR


def _growth(make: Callable[[int], str], length: int) -> float:
    return calls(make(2 * length)) / max(calls(make(length)), 1_000)
