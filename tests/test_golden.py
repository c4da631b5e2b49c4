"""Whole documents: the five seeds against what a person read and accepted, and known failures as data."""

import json
from functools import cache
from pathlib import Path

import pytest

from cleanse import Document, Outcome, Pipeline
from cleanse.goldens import ledger_text, provenance_text

PROJECT = Path(__file__).parent.parent
GOLDEN = PROJECT / "golden"
SEEDS = sorted((PROJECT / "seeds").glob("*.txt"))
KNOWN_FAILURES = json.loads((GOLDEN / "known_failures.json").read_text(encoding="utf-8"))


@cache
def outcome(seed: str) -> Outcome:
    raw = (PROJECT / "seeds" / seed).read_bytes()
    return pipeline().run(Document(seed, raw, seed))


@cache
def pipeline() -> Pipeline:
    return Pipeline.default()


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_clean_text(seed: str) -> None:
    assert outcome(seed).text == (GOLDEN / seed).read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_ledger(seed: str) -> None:
    golden = GOLDEN / seed.replace(".txt", ".ledger.jsonl")
    assert ledger_text(outcome(seed).ledger, outcome(seed).status.value) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_provenance(seed: str) -> None:
    golden = GOLDEN / seed.replace(".txt", ".provenance.json")
    assert provenance_text(outcome(seed).provenance.as_dict()) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_ledger_proves_the_text(seed: str) -> None:
    result = outcome(seed)
    result.ledger.verify(result.document.raw, result.text)
    assert result.ledger.revert(result.text) == (PROJECT / "seeds" / seed).read_bytes()


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_evidence_is_exact(seed: str) -> None:
    result = outcome(seed)
    raw = result.document.decoded.text
    assert result.provenance.evidence or seed.startswith("none")
    for item in result.provenance.evidence:
        assert raw[item.start : item.end] == item.exact


@pytest.mark.parametrize("seed", [path.name for path in SEEDS])
def test_second_run_makes_no_edit(seed: str) -> None:
    assert pipeline().run(Document.from_text(outcome(seed).text)).changes == ()


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(
            row, marks=pytest.mark.xfail(strict=True, reason=row["why"]), id=f"{row['seed'][:3]}:{row['want']}"
        )
        for row in KNOWN_FAILURES
    ],
)
def test_known_failure(failure: dict[str, str]) -> None:
    assert failure["want"] in outcome(failure["seed"]).text
