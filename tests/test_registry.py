"""Stages are found by name, in the order asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from cleanse.errors import RuleError, UsageError
from cleanse.model import Claim, Document, Draft, Proposal, Stage, Wish
from cleanse.registry import DEFAULT_STAGES, GROUP, LEARNED, OPTIONS, RULED, StageContext, available, build_stages
from cleanse.rules import RuleBook, RuleSet, load_rules
from cleanse.rules.lexicon import Lexicon
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


class _Watched(RuleBook):
    """A book that knows whose rules were asked for."""

    asked: set[str]

    def ruleset(self, stage: str) -> RuleSet:
        self.asked.add(stage)
        return super().ruleset(stage)

    def lexicons(self, stage: str) -> Mapping[str, Lexicon]:
        self.asked.add(stage)
        return super().lexicons(stage)


def test_the_stages_that_are_said_to_ask_rules_are_those_that_do() -> None:
    book = rules()
    watched = _Watched(book.tables, book.digest, book.lines, book.spinner, book.digests)
    object.__setattr__(watched, "asked", set())
    build_stages((*DEFAULT_STAGES, LEARNED), watched)
    assert watched.asked == set(RULED)


class _Read(dict[str, str]):
    """Options that know which of them were read."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_read: set[str] = set()

    def __getitem__(self, key: str) -> str:
        self.keys_read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, otherwise: object = None) -> object:  # type: ignore[override]
        self.keys_read.add(key)
        return otherwise


@pytest.mark.parametrize("name", OPTIONS)
def test_the_options_that_a_stage_is_said_to_take_are_those_it_reads(name: str) -> None:
    read = _Read()
    build_stages([name], rules(), {name: read})
    assert read.keys_read == OPTIONS[name]


@pytest.mark.parametrize("stage", ["trailer", "typography"])
def test_a_table_that_no_stage_would_ask_is_refused(tmp_path: Path, stage: str) -> None:
    (tmp_path / "mine.toml").write_text(f'table = "mine"\nstage = "{stage}"\n', encoding="utf-8")
    with pytest.raises(RuleError, match=f"no stage '{stage}' takes rules; `stage` may be boilerplate,"):
        build_stages(["decode"], load_rules(tmp_path))


@dataclass(frozen=True)
class Asking:
    """A stage of somebody else's that asks rules."""

    rules: RuleSet
    name: str = "asking"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        return self.rules.wishes(draft.view)


def asking(context: StageContext) -> Asking:
    return Asking(context.rules.ruleset("asking"))


def test_a_stage_of_somebody_else_s_may_take_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "asking.toml").write_text(
        "table = 'asking'\n[[rule]]\nid = 'a'\nfind = 'xyz'\nunit = 'inline'\nput = ''\n", encoding="utf-8"
    )
    point = EntryPoint("asking", f"{__name__}:asking", GROUP)
    monkeypatch.setattr("cleanse.registry.available", lambda: {"asking": point})
    (stage,) = build_stages(["asking"], load_rules(tmp_path))
    (wish,) = stage.propose(Draft(Document("a", b"An xyz."), "An xyz."))
    assert isinstance(wish, Proposal)
    assert wish.rule == "asking/a"
    (tmp_path / "other.toml").write_text("table = 'other'\n", encoding="utf-8")
    with pytest.raises(RuleError, match=r"other\.toml: no stage 'other' takes rules; `stage` may be .*, asking$"):
        build_stages(["decode"], load_rules(tmp_path))


def test_an_installed_package_cannot_replace_a_default_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = build_stages(["decode"], rules())
    monkeypatch.setattr("cleanse.registry.available", lambda: pytest.fail("entry points are not asked"))
    assert build_stages(["decode"], rules()) == mine
