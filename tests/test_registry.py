"""Stages are found by name, in the order asked for."""

from pathlib import Path

import pytest

from cleanse.errors import RuleError, UsageError
from cleanse.model import Claim, Document, Draft, Proposal, Stage
from cleanse.registry import DEFAULT_STAGES, available, build_stages
from cleanse.rules import load_rules
from helpers import rules


def test_every_default_stage_is_installed() -> None:
    assert set(DEFAULT_STAGES) <= set(available())
    assert len(set(DEFAULT_STAGES)) == len(DEFAULT_STAGES)


def test_stages_come_in_the_order_asked_for_and_know_their_names() -> None:
    names = tuple(reversed(DEFAULT_STAGES))
    assert tuple(stage.name for stage in build_stages(names, rules())) == names


@pytest.mark.parametrize("name", DEFAULT_STAGES)
def test_every_stage_keeps_the_protocol_and_wishes_for_no_change_of_an_empty_text(name: str) -> None:
    (stage,) = build_stages([name], rules())
    assert isinstance(stage, Stage)
    wishes = list(stage.propose(Draft(Document("empty", b""), "")))
    assert not any(isinstance(wish, Proposal | Claim) for wish in wishes)


def test_an_unknown_stage_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no stage is called 'polish'; there are .*typography"):
        build_stages(["polish"], rules())


def test_every_table_belongs_to_an_installed_stage() -> None:
    assert {table.stage for table in rules().tables.values()} <= set(available())


@pytest.mark.parametrize("stage", ["trailer", "typography"])
def test_a_table_that_no_stage_would_ask_is_refused(tmp_path: Path, stage: str) -> None:
    (tmp_path / "mine.toml").write_text(f'table = "mine"\nstage = "{stage}"\n', encoding="utf-8")
    with pytest.raises(RuleError, match=f"no stage '{stage}' takes rules; `stage` may be boilerplate,"):
        build_stages(["decode"], load_rules(tmp_path))


def test_an_installed_package_cannot_replace_a_default_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = build_stages(["decode"], rules())
    monkeypatch.setattr("cleanse.registry.available", lambda: pytest.fail("entry points are not asked"))
    assert build_stages(["decode"], rules()) == mine
