"""Every shipped rule keeps the contract, and each way of breaking it is noticed."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.model import Document
from cleanse.pipeline import Pipeline
from cleanse.rules import Rule, Unit
from cleanse.rules.contract import breaches
from cleanse.settings import Settings
from cleanse.view import Zone
from helpers import BODY, rules


@pytest.mark.parametrize("rule", list(rules().rules), ids=lambda rule: rule.name)
def test_shipped_rule_keeps_its_contract(rule: Rule) -> None:
    assert breaches(rule) == []


@pytest.mark.parametrize("rule", list(rules().rules), ids=lambda rule: rule.name)
def test_shipped_rule_says_what_it_is_for(rule: Rule) -> None:
    assert rule.note.endswith(".")


LINE = Rule("demo", "ad", find="(?i)advert", put="", examples=("[-Advert\n-]Text", "An advert"))
INLINE = Rule(
    "demo", "colour", find="crimson", put="red", unit=Unit.INLINE, before="a ", after=" carpet", unless=("sic",),
    examples=(
        "a [-crimson-]{+red+} carpet", "the crimson carpet", "a crimson lake", "a crimson carpet (sic)",
    ),
)  # fmt: skip
CLAIM = Rule(
    "demo", "title", find="Title: (?P<t>.+)", claims={"title": "{t}"},
    examples=("Title: [-Boats-]{+Boats+}", "Titles: boats"),
)  # fmt: skip


@pytest.mark.parametrize("rule", [LINE, INLINE, CLAIM], ids=lambda rule: rule.id)
def test_honest_rules_keep_it(rule: Rule) -> None:
    assert breaches(rule) == []


def only(rule: Rule) -> str:
    (breach,) = breaches(rule)
    assert rule.name in breach
    return breach


def test_no_examples_at_all() -> None:
    assert len(breaches(replace(LINE, examples=()))) == 2


def test_no_marked_example() -> None:
    assert "no marked example" in only(replace(LINE, examples=("An advert",)))


def test_no_unmarked_example() -> None:
    assert "no unmarked example" in only(replace(LINE, examples=("[-Advert\n-]Text",)))


@pytest.mark.parametrize(
    "example",
    ["[-Advertisement\n-]Text", "Advert\nText", "[-Advert-]\nText", "[-Advert\nText-]", "[-Advert-]{+Ad+}\nText"],
)
def test_an_example_the_rule_does_not_give(example: str) -> None:
    assert any("example 3 should read" in b for b in breaches(replace(LINE, examples=(*LINE.examples, example))))


def test_a_change_somewhere_else_in_the_example() -> None:
    assert "example 3" in only(replace(LINE, examples=(*LINE.examples, "[-Advert\n-]Text\nAdvert")))


def test_an_unmarked_example_that_changes() -> None:
    assert "example 3" in only(replace(LINE, examples=(*LINE.examples, "Advert\nText")))


def test_a_claim_of_another_place() -> None:
    wrong = ("[-Title: Boats-]{+Title: Boats+}", "Titles: boats")
    assert "example 1" in only(replace(CLAIM, examples=wrong))


@pytest.mark.parametrize(("index", "guard"), [(1, "before"), (2, "after"), (3, "unless")])
def test_a_guard_no_example_needs(index: int, guard: str) -> None:
    examples = INLINE.examples[:index] + INLINE.examples[index + 1 :]
    assert f"guard {guard}" in only(replace(INLINE, examples=examples))


def test_each_of_several_unless_patterns_must_be_needed() -> None:
    assert "guard unless = 'never'" in only(replace(INLINE, unless=("sic", "never")))


def test_a_zone_no_example_needs() -> None:
    headed = replace(LINE, zone=Zone.HEAD)
    assert "guard zone = 'head'" in only(headed)
    spared = f"{BODY}Advert"
    assert breaches(replace(headed, examples=(*LINE.examples, spared))) == []


def test_the_table_of_the_guide_is_whole_and_keeps_the_contract(tmp_path: Path) -> None:
    guide = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    example = guide.partition("## Add a rule")[2].partition("```toml\n")[2].partition("```")[0]
    (tmp_path / "mine.toml").write_text(example, encoding="utf-8")
    done = CliRunner().invoke(main, ["rules", "test", "--rules", str(tmp_path)])
    assert (done.output, done.exit_code) == ("1 rules and 0 lexicon rows keep their contract\n", 0)
    assert {"table", "about", "stage", "priority", "patterns"} <= set(tomllib.loads(example))


@pytest.mark.parametrize("stage", ["boilerplate", "provenance", "trailers", "spinner", "learned"])
def test_each_stage_that_the_guide_names_asks_rules(tmp_path: Path, stage: str) -> None:
    head = f'table = "mine"\nstage = "{stage}"\n[[rule]]\nid = "a"\nnote = "A."\n'
    (tmp_path / "mine.toml").write_text(
        head + 'find = "Zorblatt was here"\nput = ""\nexamples = []\n', encoding="utf-8"
    )
    assert (
        Pipeline.default(Settings(rules=tmp_path)).run(Document.from_text(f"{BODY}\nZorblatt was here\n")).text == BODY
    )
