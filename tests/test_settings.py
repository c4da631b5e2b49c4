"""Settings say what is wrong with them before anything is read."""

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleanse.cli.common import make_settings
from cleanse.errors import RuleError, UsageError
from cleanse.guards import Guards
from cleanse.model import Applicability
from cleanse.pipeline import Pipeline
from cleanse.registry import DEFAULT_STAGES
from cleanse.settings import PROFILES, Settings, parse_threshold, read_settings


def read(folder: Path, text: str) -> Settings:
    path = folder / "cleanse.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path)


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read(tmp_path, "") == Settings()


def test_every_key_is_read(tmp_path: Path) -> None:
    settings = read(
        tmp_path,
        """
        [run]
        profile = "balanced"
        stages = ["decode", "shouting"]
        threshold = "safe"
        rules = "mine"
        [guards]
        free = 10
        protect = ["Acme, Inc."]
        [stages.shouting]
        marks = "one"
        """,
    )
    assert settings.profile == "balanced"
    assert settings.stages == ("decode", "shouting")
    assert settings.threshold is Applicability.SAFE
    assert settings.rules == tmp_path / "mine"
    assert settings.guards == replace(PROFILES["balanced"], free=10, protect=("Acme, Inc.",))
    assert settings.stage_options()["shouting"] == {"profile": "balanced", "marks": "one"}


@pytest.mark.parametrize("label", ["safe", "unsafe", "display"])
def test_thresholds_are_read_by_label(label: str) -> None:
    assert parse_threshold(label).label == label


@pytest.mark.parametrize(
    "text",
    [
        "[run",
        "[runs]",
        "[run]\nstage = []",
        "[run]\nprofile = 'bold'",
        "[run]\nthreshold = 'some'",
        "[guards]\nshare = 1",
        "[guards]\ndocument_share = -1",
        "[guards]\nstage_share = 7",
        "[guards]\npage_share = nan",
        "[guards]\nfree = -1",
        "[run]\nstages = []",
        "[guards]\nprotect = 'Acme'",
        "[stages.boilerplate]\nprofile = 'bold'",
        "[stages.boilerplate]\nprofile = ['bold']",
        "[stages.spinner]\nnosuch = 1",
        "[provenance]\ndate_order = 'ymd'",
        "[provenance.columns]\nnosuch = 'x'",
    ],
)
def test_nonsense_is_refused_with_the_file_or_the_word(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "text",
    [
        "run = 3",
        "[run]\nprofile = ['bold']",
        "[run]\nthreshold = 3",
        "[run]\nrules = 3",
        "[run]\nstages = 3",
        "[run]\nstages = 'decode'",
        "[run]\nstages = [3]",
        "[guards]\nfree = 'much'",
        "[guards]\nprotect = 'Acme'",
        "[guards]\nprotect = [3]",
        "guards = []",
        "stages = 3",
        "[stages]\ndecode = 3",
    ],
)
def test_values_of_the_wrong_kind_are_refused_as_usage(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError):
        read(tmp_path, text)


def test_options_for_a_stage_nobody_runs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        Pipeline.default(read(tmp_path, "[stages.typogrphy]\nquotes = 'repair'"))


def test_a_missing_or_unreadable_file_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read_settings(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError):
        read_settings(tmp_path / "bytes.toml")


def test_a_profile_brings_its_guards_and_keeps_what_is_protected() -> None:
    settings = Settings(guards=Guards(protect=("Acme",))).with_profile("thorough")
    assert settings.guards == replace(PROFILES["thorough"], protect=("Acme",))


def test_bolder_profiles_allow_more() -> None:
    shares = [PROFILES[name].document_share for name in ("conservative", "balanced", "thorough")]
    assert shares == sorted(shares)
    assert Settings().guards == PROFILES["conservative"]


def test_what_a_manifest_records_holds_no_path(tmp_path: Path) -> None:
    settings = Settings(rules=tmp_path, options={"shouting": {"marks": "one"}})
    assert str(tmp_path) not in str(settings.as_dict())
    assert settings.as_dict()["stages"] == list(DEFAULT_STAGES)


def test_a_missing_folder_of_rules_is_refused_before_any_text() -> None:
    with pytest.raises(Exception, match="no such folder"):
        Pipeline.default(Settings(rules=Path("/nowhere/at/all")))


def test_guards_of_a_file_hold_over_a_profile_of_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "cleanse.toml"
    path.write_text("[run]\nprofile = 'thorough'\n[guards]\nfree = 0\nprotect = ['Acme']", encoding="utf-8")
    settings = make_settings(path, "balanced", None, None, None, ("Mill",))
    assert settings.profile == "balanced"
    assert settings.guards == replace(PROFILES["balanced"], free=0, protect=("Acme", "Mill"))


@pytest.mark.parametrize("stages", ["", ","])
def test_no_stage_at_all_is_refused(stages: str) -> None:
    with pytest.raises(UsageError, match="--stages names no stage; give at least one"):
        make_settings(None, None, stages, None, None, ())


def test_a_user_s_line_tables_are_read_before_any_text(tmp_path: Path) -> None:
    (tmp_path / "lines").mkdir()
    (tmp_path / "lines" / "weights.tsv").write_text("x", encoding="utf-8")
    with pytest.raises(RuleError, match="furniture"):
        Pipeline.default(Settings(rules=tmp_path))


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold": "some"},
        {"profile": "bold"},
        {"date_order": "ymd"},
        {"columns": {"nosuch": "x"}},
        {"stages": ()},
        {"stages": "decode"},
        {"profile": ["balanced"]},
        {"guards": {"free": 3}},
        {"limits": None},
        {"columns": ["title"]},
        {"options": {"decode": 5}},
        {"demote": 5},
        {"options": {"decode": {"nosuch": 1}}},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Settings(**wrong)


@pytest.mark.parametrize("wrong", [{"protect": "Jane"}, {"document_share": "x"}, {"longest": True}, {"free": -1}])
def test_guards_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Guards(**wrong)


def test_words_are_taken_for_what_they_stand_for(tmp_path: Path) -> None:
    words: dict[str, Any] = {"threshold": "safe", "rules": str(tmp_path), "stages": ["decode"]}
    settings = Settings(**words)
    assert (settings.threshold, settings.rules, settings.stages) == (Applicability.SAFE, tmp_path, ("decode",))
    (tmp_path / "c.toml").touch()
    assert read_settings(str(tmp_path / "c.toml")) == Settings()


def test_a_profile_has_its_guards_however_it_is_chosen() -> None:
    assert Settings(profile="balanced").guards == PROFILES["balanced"]
    assert Settings(profile="balanced", guards=Guards()).guards == Guards()
    assert Settings(profile="balanced") == Settings().with_profile("balanced")


def test_settings_come_back_from_a_pickle_as_they_were() -> None:
    own = Settings("balanced", guards=Guards(protect=("Acme",)), options={"boilerplate": {"profile": "thorough"}})
    for settings in (Settings(), Settings(profile="thorough"), own):
        again = pickle.loads(pickle.dumps(settings))  # noqa: S301 - our own
        assert again == settings
        assert replace(again, threshold="safe").guards == settings.guards


def test_a_list_of_texts_to_protect_is_as_good_as_a_tuple() -> None:
    words: dict[str, Any] = {"protect": ["Acme"]}
    assert Guards(**words) == Guards(protect=("Acme",))
