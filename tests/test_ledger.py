"""A ledger that was tampered with, or belongs to other bytes, says so."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from cleanse.edits import Edit
from cleanse.errors import LedgerError
from cleanse.ledger import Ledger, Record
from cleanse.pipeline import Outcome
from helpers import BODY, clean
from strategies import documents

DIRTY = f"Menu\r\n\r\n{BODY}&amp; so on…\xa0the end.  \n\n\n".replace("\n\n", "\r\n\r\n")


@pytest.fixture(scope="module")
def result() -> Outcome:
    return clean(DIRTY)


def with_edit(ledger: Ledger, change: Edit) -> Ledger:
    first = ledger.applied[0]
    other = replace(first, proposal=replace(first.proposal, edit=change))
    return replace(ledger, records=tuple(other if r is first else r for r in ledger.records))


def test_it_goes_both_ways(result: Outcome) -> None:
    raw = DIRTY.encode()
    assert result.ledger.replay(raw) == result.text
    assert result.ledger.revert(result.text) == raw
    result.ledger.verify(raw, result.text)
    result.ledger.prove(raw, result.text)


@given(documents())
@settings(max_examples=30)
def test_texts_begin_with_the_raw_text_and_end_with_the_clean_one(text: str) -> None:
    result = clean(text)
    steps = list(result.ledger.texts(result.document.raw))
    assert [name for name, _ in steps] == ["raw", *result.ledger.stages]
    assert steps[0][1] == text
    assert steps[-1][1] == result.text


def test_other_raw_bytes_are_refused(result: Outcome) -> None:
    with pytest.raises(LedgerError):
        result.ledger.verify(DIRTY.encode() + b"x", result.text)
    with pytest.raises(LedgerError):
        result.ledger.prove(DIRTY.replace("ferries", "serries").encode(), result.text)
    with pytest.raises(LedgerError):
        result.ledger.replay(DIRTY.replace("ferries", "serries").encode() + b" ")


@pytest.mark.parametrize("change", ["x", "", "\n"])
def test_another_clean_text_is_refused(result: Outcome, change: str) -> None:
    with pytest.raises(LedgerError):
        result.ledger.revert(change)
    with pytest.raises(LedgerError):
        result.ledger.verify(DIRTY.encode(), result.text + "x")
    with pytest.raises(LedgerError):
        result.ledger.prove(DIRTY.encode(), change)


@pytest.mark.parametrize("edit", [Edit(0, "wrong", ""), Edit(10**6, "", "x"), Edit(0, "", "x")])
def test_a_changed_edit_is_noticed_both_ways(result: Outcome, edit: Edit) -> None:
    forged = with_edit(result.ledger, edit)
    with pytest.raises(LedgerError):
        forged.replay(DIRTY.encode())
    with pytest.raises(LedgerError):
        forged.revert(result.text)
    with pytest.raises(LedgerError):
        forged.prove(DIRTY.encode(), result.text)


def test_a_lost_record_is_noticed(result: Outcome) -> None:
    last = result.ledger.applied[-1]
    forged = replace(result.ledger, records=tuple(r for r in result.ledger.records if r is not last))
    with pytest.raises(LedgerError):
        forged.verify(DIRTY.encode(), result.text)
    with pytest.raises(LedgerError):
        forged.prove(DIRTY.encode(), result.text)


def test_a_record_of_an_unlisted_stage_is_refused(result: Outcome) -> None:
    records: tuple[Record, ...] = tuple(replace(r, stage="elsewhere") for r in result.ledger.records)
    with pytest.raises(LedgerError, match="of no listed stage"):
        list(replace(result.ledger, records=records).steps())


@pytest.mark.parametrize("encoding", ["utf-32-le", "no-such-codec", "ascii"])
def test_another_encoding_is_refused(encoding: str) -> None:
    result = clean("Zoë left.\n")
    forged = replace(result.ledger, origin=replace(result.ledger.origin, encoding=encoding))
    with pytest.raises(LedgerError):
        forged.verify(result.document.raw, result.text)
    with pytest.raises(LedgerError):
        forged.revert(result.text)


def test_each_stage_saw_what_the_one_before_it_left(result: Outcome) -> None:
    seen = result.ledger.seen(DIRTY.encode())
    assert list(seen) == list(result.ledger.stages)
    assert next(iter(seen.values())) == DIRTY
    assert seen["typography"].strip() == result.text.strip()


def test_a_span_of_the_clean_text_is_found_in_the_raw_one(result: Outcome) -> None:
    start = result.text.index("and so on") if "and so on" in result.text else result.text.index("& so on")
    begin, end = result.ledger.raw_span(start, start + len("& so on"))
    assert DIRTY[begin:end] == "&amp; so on"


def test_bytes_that_decode_to_another_length_are_refused(result: Outcome) -> None:
    longer = replace(result.ledger, origin=replace(result.ledger.origin, length=result.ledger.origin.length + 1))
    with pytest.raises(LedgerError, match="another length"):
        longer.replay(DIRTY.encode())


def test_errors_name_the_document(result: Outcome) -> None:
    with pytest.raises(LedgerError, match=r"^text: "):
        result.ledger.revert("x")
