"""A table that is not as documented is refused with file, line and rule, before any text is touched."""

from pathlib import Path
from shutil import copytree

import pytest

from cleanse.errors import RuleError
from cleanse.model import Applicability
from cleanse.pipeline import Pipeline
from cleanse.rules import Unit, load_rules
from cleanse.rules.loader import parse_table, shipped_folder
from cleanse.rules.schema import Rule
from cleanse.settings import Settings
from cleanse.view import Zone
from helpers import rules

HEAD = "table = \"demo\"\n[patterns]\nboat = '(?:ferry|barge)'\nboats = '<<boat>>s?'\n"


def rule(row: str, head: str = HEAD) -> Rule:
    (found,) = parse_table(f"{head}\n[[rule]]\n{row}\n".encode(), "demo.toml", shipped_folder()).rules
    return found


def test_a_row_gets_its_defaults() -> None:
    found = rule("id = 'a'\nfind = 'x'\nput = ''")
    assert (found.name, found.zone, found.unit) == ("demo/a", Zone.ANY, Unit.LINE)
    assert found.apply is Applicability.SAFE
    assert (found.unless, found.examples, found.claims) == ((), (), {})


def test_named_patterns_are_put_in_place_as_groups() -> None:
    found = rule("id = 'a'\nfind = '<<boats>> left'\nput = ''\nunless = ['no <<boat>>']")
    assert found.pattern.fullmatch("barges left")
    assert found.unless_patterns[0].search("no ferry")


def test_a_table_may_belong_to_another_stage() -> None:
    table = parse_table(
        b"table = 'mine'\nstage = 'trailers'\npriority = 3\n[[rule]]\nid='a'\nfind='x'\nput=''",
        "m.toml",
        shipped_folder(),
    )
    assert (table.name, table.stage, table.priority) == ("mine", "trailers", 3)
    assert table.rules[0].priority == 3


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("find = 'x'\nput = ''", "`id`"),
        ("id = 'A b'\nfind = 'x'\nput = ''", "`id`"),
        ("id = 'a'\nput = ''", "`find` is missing"),
        ("id = 'a'\nfind = '('\nput = ''", "does not compile"),
        ("id = 'a'\nfind = '(a+)+'\nput = ''", "repeated group"),
        ("id = 'a'\nfind = 'x'\nput = ''\nunless = ['(a+)+']", "repeated group"),
        ("id = 'a'\nfind = '<<ship>>'\nput = ''", "no pattern named"),
        ("id = 'a'\nfind = 'x'", "neither puts nor claims"),
        ("id = 'a'\nfind = 'x'\nput = 'y'\nannounces = 'list'", "only a rule that removes a line"),
        ("id = 'a'\nfind = 'x'\nput = ''\nannounces = 'all'", "must be one of nothing, list, title"),
        ("id = 'a'\nfind = 'x'\nput = 3", "`put`"),
        ("id = 'a'\nfind = 'x'\nput = '{who}'", "no group named"),
        ("id = 'a'\nfind = 'x'\nput = ''\nclaims = { title = '{who}' }", "no group named"),
        ("id = 'a'\nfind = 'x'\nput = ''\nclaims = { title = 3 }", "`claims`"),
        ("id = 'a'\nfind = 'x'\nput = ''\nzone = 'middle'", "`zone`"),
        ("id = 'a'\nfind = 'x'\nput = ''\nunit = 'word'", "`unit`"),
        ("id = 'a'\nfind = 'x'\nput = ''\nunit = 'rest'", "tail"),
        ("id = 'a'\nfind = 'x'\nput = ''\nbefore = 'y'", "inline"),
        ("id = 'a'\nfind = 'x'\nput = ''\napply = 'often'", "`apply`"),
        ("id = 'a'\nfind = 'x'\nput = ''\nexamples = 'x'", "`examples`"),
        ("id = 'a'\nfind = 'x'\nput = ''\nunless = [3]", "`unless`"),
        ("id = 'a'\nfind = 'x'\nput = ''\ncolour = 'red'", "unknown key 'colour'"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_line(row: str, message: str) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        rule(row)
    assert "demo" in str(caught.value)


@pytest.mark.parametrize("guard", ["unless = ['(']", "unit = 'inline'\nbefore = '['", "unit = 'inline'\nafter = '*'"])
def test_a_guard_that_does_not_compile_is_refused_when_the_table_is_read(guard: str) -> None:
    with pytest.raises(RuleError, match="does not compile"):
        rule(f"id = 'a'\nfind = 'x'\nput = ''\n{guard}")


def test_a_find_that_does_not_compile_is_refused_with_file_and_line() -> None:
    with pytest.raises(RuleError, match=r"demo\.toml:6"):
        rule("id = 'a'\nfind = '('\nput = ''")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"\xff", "TOML"),
        (b"table = ", "TOML"),
        (b"about = 'x'", "`table` is missing"),
        (b"table = 3", "`table` must be text"),
        (b"table = 'a'\npriority = 'high'", "`priority`"),
        (b"table = 'a'\npatterns = 3", "`patterns`"),
        (b"table = 'a'\nrules = 3", "unknown key"),
        (b"table = 'a'\nrule = [{id = 'b'}]", "own line"),
        (b"table = 'a'\nrule = 3", "rule"),
        (b"table = 'a'\n[patterns]\nx = '<<x>>'\n[[rule]]\nid = 'a'\nfind = '<<x>>'\nput = ''", "themselves"),
    ],
)
def test_a_wrong_table_is_refused_with_its_file(raw: bytes, message: str) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        parse_table(raw, "demo.toml", shipped_folder())
    assert "demo.toml" in str(caught.value)


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    row = "[[rule]]\nid = 'a'\nfind = 'x'\nput = ''\n"
    (tmp_path / "mine.toml").write_text(f"table = 'mine'\n{row}{row}", encoding="utf-8")
    with pytest.raises(RuleError, match="two rules are called 'a'"):
        load_rules(tmp_path)


def test_a_folder_adds_tables_and_replaces_namesakes(tmp_path: Path) -> None:
    for name, word in (("mine", "x"), ("trailers", "y")):
        text = f"table = '{name}'\n[[rule]]\nid = 'a'\nfind = '{word}'\nput = ''\n"
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    book = load_rules(tmp_path)
    assert book.rule("mine/a").find == "x"
    assert [rule.find for rule in book.for_stage("trailers")] == ["y"]
    assert set(book.tables) == {*rules().tables, "mine"}
    assert book.digest != rules().digest


def test_the_digest_depends_on_the_rules_alone(tmp_path: Path) -> None:
    table = rules().tables["trailers"]
    (tmp_path / table.file).write_bytes((shipped_folder() / table.file).read_bytes())
    assert load_rules(tmp_path).digest == load_rules().digest == rules().digest


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "mine.toml").write_text('table = "mine"', encoding="utf-8")
    with pytest.raises(RuleError, match="no rule tables in it"):
        load_rules(tmp_path)


@pytest.mark.parametrize("model", ["lines", "spinner"])
def test_a_folder_may_hold_a_model_s_tables_alone(tmp_path: Path, model: str) -> None:
    copytree(shipped_folder() / model, tmp_path / model)
    book = load_rules(tmp_path)
    assert getattr(book, model) == tmp_path / model
    assert (book.tables, book.digest) == (rules().tables, rules().digest)
    assert Pipeline.default(Settings(rules=tmp_path)).rules_digest == book.digest


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no such folder"):
        load_rules(tmp_path / "none")


def test_an_unknown_rule_is_refused_with_near_names() -> None:
    name = next(rules().rules).name
    assert rules().rule(name).name == name
    with pytest.raises(RuleError, match="did you mean"):
        rules().rule(f"x/{name.rpartition('/')[2]}")
    with pytest.raises(RuleError, match="no rule is called"):
        rules().rule("")


def test_ids_are_unique_over_all_tables() -> None:
    names = [found.name for found in rules().rules]
    assert len(set(names)) == len(names)


def test_the_shipped_tables_pass_the_checks_that_a_run_spares_itself() -> None:
    assert load_rules(check_shipped=True).tables == load_rules().tables


def test_a_users_table_is_checked_before_anything_runs(tmp_path: Path) -> None:
    rule = "[[rule]]\nid = 'a'\nfind = '(a+)+'\nput = ''\n"
    (tmp_path / "own.toml").write_text(f"table = 'own'\n{rule}", "utf-8")
    with pytest.raises(RuleError, match="repeated group"):
        load_rules(tmp_path)
