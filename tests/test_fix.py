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


def written(path: Path, text: str = DIRTY) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_ledger_finds_its_files_from_every_folder(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = written(page.parent / "deep" / "page.txt")
    page.write_text(CliRunner().invoke(main, ["text"], input=DIRTY).output, encoding="utf-8")
    clean = page.read_bytes()
    monkeypatch.chdir(deep.parent)
    fix("--in-place", "page.txt", "--ledger", "../.cleanse-fix.jsonl")
    monkeypatch.chdir(page.parent)
    done = fix("--undo")
    assert (done.exit_code, done.output) == (0, "deep/page.txt: has its old bytes back\n")
    assert (page.read_bytes(), deep.read_bytes()) == (clean, DIRTY.encode())


def test_only_what_is_named_is_taken_back(page: Path) -> None:
    before = page.read_bytes()
    other = written(page.parent / "deep" / "other.txt")
    fix("--in-place", "page.txt", "deep")
    assert fix("--undo", "nobody.txt").exit_code == 2
    assert fix("--undo", "deep").output == "deep/other.txt: has its old bytes back\n"
    assert (other.read_bytes(), page.read_bytes() == before) == (DIRTY.encode(), False)
    assert fix("--undo", "--in-place", "page.txt").exit_code == 0
    assert page.read_bytes() == before
    assert fix("--undo").exit_code == 2
    assert not Path(".cleanse-fix.jsonl").exists()


@pytest.mark.parametrize("torn", ['{"v":1,"ki', '{"v":1,"kind":"document","id":"lost.txt"}\n{"kind":"change","se'])
def test_a_torn_line_costs_its_own_entry_alone(page: Path, torn: str) -> None:
    files = [page, written(page.parent / "b.txt")]
    before = [path.read_bytes() for path in files]
    fix("--in-place", "page.txt")
    with Path(".cleanse-fix.jsonl").open("a", encoding="utf-8") as ledger:
        ledger.write(torn)
    fix("--in-place", "b.txt")
    done = fix("--undo")
    assert (done.exit_code, [path.read_bytes() for path in files]) == (0, before)
    assert "torn before their change was made" in done.output
    assert not Path(".cleanse-fix.jsonl").exists()


def test_a_broken_entry_is_left_in_the_ledger(page: Path) -> None:
    fix("--in-place", "page.txt")
    ledger = Path(".cleanse-fix.jsonl")
    broken = ledger.read_text(encoding="utf-8").replace('"kind":"change"', '"kind":"chance"')
    ledger.write_text(broken, encoding="utf-8")
    other = written(page.parent / "b.txt")
    fix("--in-place", "b.txt")
    done = fix("--undo")
    assert (done.exit_code, "left alone: they tell no whole change" in done.output) == (1, True)
    assert (other.read_bytes(), ledger.read_text(encoding="utf-8")) == (DIRTY.encode(), broken)


def test_names_are_looked_at_before_a_file_is_touched(page: Path) -> None:
    before = page.read_bytes()
    written(page.parent / "in.jsonl", '{"text":"MENU"}\n')
    (page.parent / "link.txt").symlink_to("page.txt")
    for wrong in ("in.jsonl", "link.txt", "nobody.txt"):
        assert fix("--in-place", "page.txt", wrong).exit_code == 2
        done = CliRunner().invoke(main, ["check", "page.txt", "nobody.txt"])
        assert (done.exit_code, "page.txt: " in done.output, page.read_bytes()) == (2, False, before)


def test_a_name_that_is_no_utf_8_comes_back(page: Path) -> None:
    odd = page.with_name("b\udcff.txt")
    try:
        written(odd)
    except OSError:
        pytest.skip("this file system has no such names")
    done = fix("--in-place", "b\udcff.txt", "page.txt")
    assert (done.exit_code, done.output.count(" changes (")) == (1, 2)
    Path(".cleanse-fix.jsonl").read_text(encoding="utf-8")
    assert fix("--undo", "b\udcff.txt").exit_code == 0
    assert odd.read_bytes() == DIRTY.encode()


def test_what_has_its_old_bytes_is_done(page: Path) -> None:
    before = page.read_bytes()
    other = written(page.parent / "b.txt")
    fix("--in-place", "page.txt", "b.txt")
    clean = other.read_bytes()
    other.write_text("changed")
    assert fix("--undo").output == "b.txt: was changed since; left alone\npage.txt: has its old bytes back\n"
    assert fix("--undo").output == "b.txt: was changed since; left alone\n"
    other.write_bytes(clean)
    assert fix("--undo").exit_code == 0
    fix("--in-place", "page.txt")
    page.write_bytes(before)
    done = fix("--undo")
    assert (done.exit_code, done.output) == (0, "page.txt: has its old bytes already\n")
    assert not Path(".cleanse-fix.jsonl").exists()


def test_check_names_files_as_they_were_given(page: Path) -> None:
    written(page.parent / "x" / "README.md")
    written(page.parent / "y" / "README.md")
    written(page.parent / "y" / "z.jsonl", '{"id":"n1","text":"Fish &amp; chips."}\n{"text":"Fish &amp; chips."}\n{\n')
    done = CliRunner().invoke(main, ["check", "x/README.md", "y"])
    names = [line.partition(": ")[0] for line in done.output.splitlines()]
    assert names == ["x/README.md", "y/README.md", "y/z.jsonl", "y/z.jsonl:2", "y/z.jsonl:3"]
    assert "\ny/z.jsonl: n1: " in done.output


def test_the_hook_that_writes_runs_alone() -> None:
    hooks = (Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").split("- id: ")
    assert [("--in-place" in hook, "require_serial: true" in hook) for hook in hooks[1:]] == [(False,) * 2, (True,) * 2]
