"""What lies beyond a limit is refused with its reason; what lies within is not, and nothing ever raises."""

import json
from dataclasses import asdict, fields, replace
from pathlib import Path

import pytest

from cleanse.edits import Edit
from cleanse.engines.work import Worker
from cleanse.errors import LimitError, RuleError, UsageError
from cleanse.io.readers import Refusal, Taken
from cleanse.limits import DEFAULTS, Limits
from cleanse.model import Claim, Document, Proposal
from cleanse.pipeline import Pipeline, Status
from cleanse.rendering import RunInfo
from cleanse.rules import load_rules
from cleanse.settings import read_settings
from helpers import BODY, Scripted, clean, default

SMALL = Limits(document_chars=1_000, line_chars=100, lines=20, id_bytes=12, edits=5, passes=2)


def reason(document: Document, limits: Limits, *wishes: Proposal | Claim) -> str:
    return Pipeline((Scripted(wishes),), limits=limits).run(document).reason


@pytest.mark.parametrize(
    ("ident", "text", "why"),
    [
        ("a", "x" * 100, ""),
        ("a", "x" * 101, "long-line"),
        ("a", "one\n" + "x" * 101 + "\ntwo", "long-line"),
        ("a", "a\n" * 19, ""),
        ("a", "a\n" * 20, "many-lines"),
        ("a", ("x" * 99 + "\n") * 10, ""),
        ("a", ("x" * 99 + "\n") * 10 + "x", "too-large"),
        ("é" * 6, "text", ""),
        ("é" * 6 + "a", "text", "long-id"),
        ("\ud800" * 5, "text", "long-id"),
    ],
)
def test_a_document_that_is_too_much_in_itself(ident: str, text: str, why: str) -> None:
    assert reason(Document.from_text(text, ident), SMALL) == why


def inserts(count: int, after: str = "x") -> list[Proposal]:
    return [Proposal(Edit(at, "", after), "scripted/insert") for at in range(count)]


def test_proposals_are_counted() -> None:
    document = Document.from_text("some text")
    assert reason(document, SMALL, *inserts(5)) == ""
    assert reason(document, SMALL, *inserts(6)) == "many-edits"


def test_half_as_many_proposals_as_characters_beyond_the_first_thousand() -> None:
    assert [DEFAULTS.edits_of(chars) for chars in (0, 1_998, 2_000, 10**9)] == [1_000, 1_000, 1_001, 200_000]


def test_work_is_counted_in_passes_over_the_text() -> None:
    document = Document.from_text("t" * 1_000)
    limits = replace(SMALL, line_chars=1_000)
    big = Proposal(Edit(0, "t" * 500, "u" * 500), "scripted/big")
    assert reason(document, limits, big, big) == ""
    assert reason(document, limits, big, big, Proposal(Edit(0, "t", ""), "scripted/small")) == "budget"
    shown = replace(big, evidence={"quoted": "q"})
    assert reason(document, limits, shown, big) == "budget"
    assert reason(document, limits, Claim("title", "t" * 2_000, (0, 9), "scripted/claim")) == "budget"


def test_a_quarantined_text_is_as_it_came_and_its_ledger_proves_it() -> None:
    document = Document.from_text(f"Menu\n\n{BODY}", "a")
    outcome = replace(default(), limits=Limits(edits=1, passes=1, document_chars=10)).run(document)
    assert (outcome.status, outcome.reason) == (Status.QUARANTINED, "too-large")
    assert outcome.text == document.decoded.text
    assert outcome.changes == ()
    outcome.ledger.verify(document.raw, outcome.text)
    assert "too-large: more than 10 characters" in outcome.ledger.faults[0].error


def test_a_worker_sets_it_aside_with_the_reason() -> None:
    worker = Worker(replace(default(), limits=Limits(line_chars=3)), RunInfo("test", "", "test", ""))
    refusal = worker(Taken(Document.from_text("longer\n", "a"), 7))
    told = "a: a line of more than 3 characters; break it; `line_chars` under [limits] in a cleanse.toml allows more"
    assert refusal == Refusal("a", "long-line", told, 7)


def test_honest_texts_cost_a_few_passes_at_most() -> None:
    pipeline = replace(default(), limits=Limits(passes=7))
    for path in sorted((Path(__file__).parent.parent / "seeds").iterdir()):
        assert pipeline.run(Document(path.name, path.read_bytes())).status is not Status.QUARANTINED


def test_the_defaults_change_nothing_for_a_short_text_full_of_repairs() -> None:
    assert clean("ﬁ" * 300).status is not Status.QUARANTINED


def test_limits_come_from_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "cleanse.toml"
    path.write_text("[limits]\nline_chars = 10\n")
    settings = read_settings(path)
    assert settings.limits == Limits(line_chars=10)
    assert Pipeline.default(settings).limits == settings.limits
    assert json.loads(json.dumps(settings.as_dict()))["limits"] == asdict(Limits(line_chars=10))


@pytest.mark.parametrize(
    "line", ["line_chars = 0", "lines = true", 'ratio = "many"', "colour = 3", "pattern_chars = 2_001"]
)
def test_limits_that_make_no_sense_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "cleanse.toml").write_text(f"[limits]\n{line}\n")
    with pytest.raises(UsageError, match=r"\[limits\]"):
        read_settings(tmp_path / "cleanse.toml")


def test_rules_are_counted_and_their_patterns_measured() -> None:
    with pytest.raises(RuleError, match="rules and rows, more than 50"):
        load_rules(limits=Limits(rules=50))
    with pytest.raises(RuleError, match=r"rule '.*': a pattern of .* characters, more than 30"):
        load_rules(limits=Limits(pattern_chars=30))


def test_every_limit_has_a_meaning() -> None:
    assert [name for name, _, meaning in DEFAULTS.described() if meaning] == [item.name for item in fields(Limits)]


def test_a_limit_error_survives_the_way_between_processes() -> None:
    kind, arguments = LimitError("budget", "too much").__reduce__()
    assert (kind(*arguments).reason, str(kind(*arguments))) == ("budget", "too much")
