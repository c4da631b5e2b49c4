"""The wire form: what was dumped loads again, equal in effect; whatever is broken is refused by line."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanse import ledger_io
from cleanse.edits import Edit
from cleanse.errors import LedgerError
from cleanse.ledger import Ledger
from cleanse.model import Applicability, Claim, Document, Fact, Proposal
from cleanse.pipeline import Outcome, Pipeline
from helpers import BODY, Broken, Scripted, clean
from strategies import documents, raw_bytes, texts


def dumped(result: Outcome) -> list[str]:
    return list(ledger_io.dump(result.ledger, result.status.value, "cleanse test"))


def loaded(lines: list[str]) -> tuple[Ledger, str]:
    ((ledger, status),) = ledger_io.load(lines)
    return ledger, status


def same_in_effect(result: Outcome) -> None:
    lines = dumped(result)
    ledger, status = loaded(lines)
    assert status == result.status.value
    assert list(ledger_io.dump(ledger, status, "cleanse test")) == lines
    assert (ledger.origin, ledger.claims, ledger.facts) == (
        result.ledger.origin, result.ledger.claims, result.ledger.facts,
    )  # fmt: skip
    assert (ledger.faults, ledger.stages) == (result.ledger.faults, result.ledger.stages)
    assert list(ledger.steps()) == list(result.ledger.steps())
    ledger.verify(result.document.raw, result.text)


def each_line_is_its_row(result: Outcome) -> None:
    """Lines of changes are written without an encoder; nobody can tell."""
    rows = ledger_io.rows(result.ledger, "clean", "cleanse")
    assert ledger_io.dump(result.ledger, "clean", "cleanse") == [ledger_io.encode(row) for row in rows]


@given(st.one_of(documents(), texts))
@settings(max_examples=40)
def test_a_line_is_its_row_encoded(text: str) -> None:
    each_line_is_its_row(clean(text))


@given(documents())
@settings(max_examples=40)
def test_a_ledger_of_an_article_comes_back_equal_in_effect(text: str) -> None:
    same_in_effect(clean(text))


@given(st.one_of(texts.map(str.encode), raw_bytes))
def test_a_ledger_of_awkward_bytes_comes_back_equal_in_effect(raw: bytes) -> None:
    same_in_effect(clean(raw))


@given(texts)
def test_no_line_can_be_taken_for_two(text: str) -> None:
    for line in dumped(clean(text)):
        assert line.splitlines() == [line]
        assert json.loads(line)
        line.encode("utf-8")


def test_everything_a_stage_can_say_comes_back() -> None:
    claim = Claim("authors", "Ann", (0, 1), "t/t", {"kind": "person"})
    proposal = Proposal(
        Edit(0, "a", "b\u2028\x85\n"), "t/t", "why", Applicability.UNSAFE, 3, "substance", (claim,),
        {"share": 0.5, "n": 1, "ok": True, "none": None, "word": "é"}, ("c", "d"),
    )  # fmt: skip
    shown = Proposal(Edit(1, "b", ""), "t/shown", applicability=Applicability.DISPLAY)
    stages = (Scripted((proposal, shown, Fact("mood", None))), Broken())
    result = Pipeline(stages).run(Document("id\n", b"abc", "a/b.txt"))
    same_in_effect(result)
    each_line_is_its_row(result)


def test_documents_stand_one_after_the_other() -> None:
    results = [clean(f"Menu\n\n{BODY}"), clean("x"), clean(b"\xff")]
    lines = [line for result in results for line in dumped(result)]
    assert [ledger.clean_digest for ledger, _ in ledger_io.load(lines)] == [r.ledger.clean_digest for r in results]


LINES = dumped(clean(f"Menu\n\n{BODY}"))


@pytest.mark.parametrize("count", range(1, len(LINES)))
def test_every_truncation_shows(count: int) -> None:
    with pytest.raises(LedgerError):
        list(ledger_io.load(LINES[:count]))


@pytest.mark.parametrize("index", range(len(LINES)))
def test_every_lost_or_doubled_line_shows(index: int) -> None:
    with pytest.raises(LedgerError):
        list(ledger_io.load(LINES[:index] + LINES[index + 1 :]))
    with pytest.raises(LedgerError):
        list(ledger_io.load([*LINES[:index], LINES[index], *LINES[index:]]))


def _set(key: str, value: object) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda line: line | {key: value}


def _drop(key: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda line: {k: v for k, v in line.items() if k != key}


@pytest.mark.parametrize(
    ("index", "change"),
    [
        (0, _set("v", 2)),
        (0, _drop("v")),
        (0, _set("kind", "novel")),
        (0, _drop("raw")),
        (0, _set("raw", 3)),
        (0, _set("bom", "zz")),
        (0, _set("bad", [[1]])),
        (0, _set("bad", 5)),
        (1, _drop("before")),
        (1, _set("raw", [1, 2, 3])),
        (1, _set("verdict", "perhaps")),
        (1, _set("applicability", "bold")),
        (1, _set("applicability", 3)),
        (1, _set("start", "0")),
        (1, _set("before", None)),
        (-1, _set("lines", 0)),
        (-1, _set("document", "other")),
        (-1, _drop("clean")),
    ],
)
def test_malformed_lines_are_refused_with_a_ledger_error(
    index: int, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    lines = list(LINES)
    lines[index] = json.dumps(change(json.loads(lines[index])))
    with pytest.raises(LedgerError):
        [list(ledger.steps()) for ledger, _ in ledger_io.load(lines)]


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '"x"', "\x00"])
def test_lines_that_are_no_objects_are_refused_with_their_number(line: str) -> None:
    with pytest.raises(LedgerError, match=re.escape("ledger line 1")):
        list(ledger_io.load([line]))
