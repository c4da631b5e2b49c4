"""Files mended in place: only when asked, only what proves itself, and all of it can be taken back."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from helpers import BODY

DIRTY = f"MENU\r\n\r\n{BODY}\r\nReport one.\r\n"


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "page.txt"
    path.write_bytes(b"\xef\xbb\xbf" + DIRTY.encode())
    path.chmod(0o640)
    return path


def fix(*words: str) -> Result:
    return CliRunner().invoke(main, ["fix", *words])


def test_without_the_flag_nothing_is_written(page: Path) -> None:
    before = page.read_bytes()
    done = fix("page.txt")
    assert (done.exit_code, page.read_bytes()) == (1, before)
    assert "changes to make (boilerplate/" in done.output
    assert sorted(path.name for path in page.parent.iterdir()) == ["page.txt"]


def test_a_second_time_finds_nothing_and_undo_gives_the_bytes_back(page: Path) -> None:
    before = page.read_bytes()
    assert fix("--in-place", "page.txt").exit_code == 1
    assert page.read_text(encoding="utf-8").startswith("The three harbour towns")
    assert page.stat().st_mode & 0o777 == 0o640
    assert fix("--in-place", "page.txt").exit_code == 0
    done = fix("--undo")
    assert (done.exit_code, done.output) == (0, "page.txt: has its old bytes back\n")
    assert page.read_bytes() == before
    assert not (page.parent / ".cleanse-fix.jsonl").exists()


def test_several_changes_are_taken_back_in_their_order(page: Path) -> None:
    before = page.read_bytes()
    fix("--in-place", "page.txt")
    page.write_text(f"MENU\n\n{page.read_text(encoding='utf-8')}", encoding="utf-8")
    between = page.read_bytes()
    fix("--in-place", "page.txt")
    done = fix("--undo")
    assert page.read_bytes() == between
    assert done.exit_code == 1
    assert "was changed since; left alone" in done.output
    assert before != between


def test_other_files_are_refused(page: Path) -> None:
    (page.parent / "in.jsonl").write_text('{"text":"MENU"}\n')
    done = fix("--in-place", "in.jsonl")
    assert (done.exit_code, "no text file" in done.output) == (2, True)
    assert fix().exit_code == 2


def test_check_takes_several_names(page: Path) -> None:
    (page.parent / "clean.txt").write_text(BODY, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "clean.txt", "page.txt"])
    assert done.exit_code == 1
    assert done.output.startswith("page.txt: ")
    assert CliRunner().invoke(main, ["check", "clean.txt"]).exit_code == 0
