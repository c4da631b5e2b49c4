"""A whole run: the folder it writes, the same bytes whatever the circumstances, and every flipped byte found."""

import json
import os
import random
import re
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from cleanse import Settings
from cleanse.errors import CleanseError, OutputError, UsageError
from cleanse.io.output import OutputFolder
from cleanse.io.store import Run
from cleanse.running import collection_name, run

SEEDS = Path(__file__).parent.parent / "seeds"


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished") / "out"
    run(str(SEEDS), folder, Settings())
    return folder


def test_the_folder_is_whole_and_the_inputs_are_untouched(finished: Path) -> None:
    before = digests(SEEDS)
    assert Run.open(finished).verify() == 5
    assert digests(SEEDS) == before
    assert set(digests(finished / "clean")) == set(before)


def test_workers_and_the_order_of_files_change_nothing(finished: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "seeds"
    shuffled.mkdir()
    for path in random.Random(7).sample(sorted(SEEDS.iterdir()), 5):  # noqa: S311 - any order will do
        shutil.copy(path, shuffled)
    run(str(shuffled), tmp_path / "out", Settings(), jobs=4)
    assert digests(tmp_path / "out") == digests(finished)


def test_a_second_run_replaces_the_first(finished: Path, tmp_path: Path) -> None:
    shutil.copytree(finished, tmp_path / "out")
    (tmp_path / "out" / "ledger.jsonl").write_text("torn")
    run(str(SEEDS), tmp_path / "out", Settings())
    assert digests(tmp_path / "out") == digests(finished)


def test_every_flipped_byte_is_found(finished: Path, record_property: Callable[[str, object], None]) -> None:
    files = [path for path in sorted(finished.rglob("*")) if path.is_file() and path.stat().st_size]
    chance = random.Random(200)  # noqa: S311 - the same flips on every machine
    for _ in range(200):
        path = chance.choice(files)
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << chance.randrange(8)]) + whole[at + 1 :])
        with pytest.raises(CleanseError, match=rf"{re.escape(path.name)}|_SUCCESS"):
            Run.open(finished).verify()
        path.write_bytes(whole)
    record_property("flips found", 200)
    assert Run.open(finished).verify() == 5


def test_a_tampered_ledger_is_found_even_where_all_digests_were_made_to_fit(finished: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    shutil.copytree(finished, folder)
    lines = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(i for i, line in enumerate(lines) if '"verdict":"applied"' in line and '"class":"substance"' in line)
    line = json.loads(lines[index])
    line["before"] = line["before"][::-1] or "x"
    lines[index] = json.dumps(line, ensure_ascii=False) + "\n"
    (folder / "ledger.jsonl").write_text("".join(lines), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"]["ledger.jsonl"]["sha256"] = sha256((folder / "ledger.jsonl").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    digest = sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "_SUCCESS").write_text(digest + "\n", encoding="ascii")
    with pytest.raises(CleanseError):
        Run.open(folder).verify()


def test_an_interrupted_run_leaves_no_finished_folder(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(str(SEEDS), tmp_path / "out", Settings(), progress=stop)
    with pytest.raises(OutputError):
        Run.open(tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.tmp"))
    run(str(SEEDS), tmp_path / "out", Settings())
    assert Run.open(tmp_path / "out").verify() == 5


@pytest.mark.parametrize("output", [".", "..", "sub/out"])
def test_an_output_in_the_input_is_refused_before_anything_is_written(tmp_path: Path, output: str) -> None:
    shutil.copytree(SEEDS, tmp_path / "in" / "seeds")
    folder = tmp_path / "in" / "seeds"
    before = digests(tmp_path)
    with pytest.raises(UsageError):
        run(str(folder), folder / output, Settings())
    assert digests(tmp_path) == before


def test_a_folder_that_holds_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match=r"thesis\.doc"):
        run(str(SEEDS), tmp_path / "out", Settings())
    assert (tmp_path / "out" / "thesis.doc").read_text() == "years of work"


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with (
        OutputFolder(tmp_path / "out"),
        pytest.raises(OutputError, match=f"process {os.getpid()} on {socket.gethostname()}"),
        OutputFolder(tmp_path / "out"),
    ):
        pass


def test_a_breach_of_the_budget_marks_the_document_for_review(tmp_path: Path) -> None:
    settings = Settings(guards=replace(Settings().guards, longest=10))
    summary = run(str(SEEDS / "001_d193612d500a20b7.txt"), tmp_path / "out", settings)
    assert summary.needs_a_look
    (cleaned,) = Run.open(tmp_path / "out").documents()
    assert cleaned.status == "review"
    assert "UNITED24" in cleaned.text


@pytest.mark.parametrize(
    ("name", "wanted"), [("Seeds", "seeds"), ("My Corpus (1)", "my-corpus-1"), ("日本", "collection")]
)
def test_collection_names(name: str, wanted: str) -> None:
    assert collection_name(name) == wanted
