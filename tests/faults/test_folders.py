"""F2-F4, F8, F9, C1, C2: folders that refuse, inputs that fail or change, two runs at once, late decisions."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cleanse.engines.local import Share
from cleanse.errors import OutputError, UsageError
from cleanse.io.decisions import append_decisions, read_decisions
from cleanse.io.output import OutputFolder
from cleanse.io.packing import Stream
from cleanse.io.store import Run
from cleanse.model import Applicability
from cleanse.running import Making, run
from faults.stand import BARE, SMALL, FailingDisk, digests, go, make_input, poisoned, torn

CLEANSE = str(Path(sys.executable).parent / "cleanse")
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_input(tmp_path / "in")


def command(*words: object, prefix: tuple[str, ...] | list[str] = ()) -> "subprocess.CompletedProcess[str]":
    line = [*prefix, *map(str, words)]
    return subprocess.run(line, capture_output=True, text=True, check=False, timeout=120)


def broken_off(source: Path, out: Path, at: int = 50) -> None:
    """A run that stops in the middle of its cleaning."""
    with pytest.raises(OSError, match="No space"):
        go(source, out, making=Making(disk=FailingDisk(kind="rename", at=at, how="full"), shard_size=SMALL))


def test_f2_a_limit_on_file_sizes_ends_in_exit_4_and_can_be_resumed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    limited = command(CLEANSE, "run", SEEDS, out, "-q", prefix=["prlimit", "--fsize=20000"])
    assert (limited.returncode, "run again" in limited.stderr) == (4, True)
    assert not (out / "_SUCCESS").exists()
    assert command(CLEANSE, "run", SEEDS, out, "-q").returncode == 0
    assert Run.open(out).verify() == 5


def test_f2_a_full_standard_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([CLEANSE, "text"], input=b"The ferry left.\n", stdout=full, stderr=-1, check=False)
    assert done.returncode == 4
    assert b"No space" in done.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to drop its rights")
def test_f3_a_folder_that_cannot_be_written_is_refused_before_any_work(tmp_path: Path, source: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o555)
    for parent in (tmp_path, *(parent for parent in tmp_path.parents if parent.name.startswith(("pytest-", "popen-")))):
        parent.chmod(0o755)
    child = os.fork()
    if child == 0:
        code = 0
        try:
            os.setuid(65534)
            go(source, locked / "out", making=Making(learner=poisoned("kill", "000.txt")))
        except OutputError:
            code = 3
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 3
    assert list(locked.iterdir()) == []


def test_f3_a_folder_that_vanishes_is_an_error_and_not_a_success(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(OSError, match="No such file"):
        run(str(source), out, BARE, progress=lambda *_: shutil.rmtree(out), making=Making(shard_size=SMALL))


@pytest.mark.parametrize("how", ["broken", "cut", "gone"])
def test_f4_an_input_that_fails_while_it_is_read_costs_itself_alone(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    victim = source / "deep" / "004.txt"
    read: Callable[[Stream, int], bytes] = Stream.read

    def failing(stream: Stream, size: int = 99) -> bytes:
        data = read(stream, size)
        if Path(f"/proc/self/fd/{stream._file.fileno()}").readlink() == victim and data:
            if how == "broken":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            os.truncate(victim, 10)
        return data

    if how == "gone":
        unlinked = lambda *_: victim.unlink(missing_ok=True)  # noqa: E731
        summary = run(str(source), tmp_path / "out", BARE, progress=unlinked, making=Making(shard_size=SMALL))
    else:
        monkeypatch.setattr(Stream, "read", failing)
        summary = go(source, tmp_path / "out")
    reason = "changed" if how == "cut" else "unreadable"
    if how != "cut" or summary.refused:  # the survey reads first: what it finds cut is cut for all that follows
        assert [row[:2] for row in summary.refusals] == [("deep/004.txt", reason)]
    assert Run.open(tmp_path / "out").verify() >= 20


def test_f8_identical_bytes_under_two_names_are_two_documents(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text("The same.\n", encoding="utf-8")
    assert go(tmp_path / "in", tmp_path / "out").tally.documents == 2


def test_f8_one_id_for_two_texts_names_both_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    rows = [json.dumps({"id": f"d{n % 7}", "text": "x" * 90 if n < 7 else "y" * 90}) for n in range(8)]
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(UsageError, match=r"'d0': a\.jsonl:1 and a\.jsonl:8"):
        go(tmp_path / "in", tmp_path / "out", making=Making(shard_size=200))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", ["input", "settings", "file"])
def test_f9_what_has_changed_is_done_again_and_nothing_else(source: Path, tmp_path: Path, what: str) -> None:
    out, settings = tmp_path / "out", BARE
    broken_off(source, out)
    done = len(list((out / ".work" / "parts").glob("*.done")))
    if what == "input":
        victim = source / "000.txt"
        victim.write_bytes(victim.read_bytes().replace(b"envoy", b"baker"))
    elif what == "settings":
        settings = replace(BARE, threshold=Applicability.SAFE)
    else:
        next((out / "clean").rglob("*.txt")).write_text("edited by hand", encoding="utf-8")
    with pytest.raises(OutputError, match=f"changed since they were done.*{'files' if what == 'file' else what}"):
        go(source, out, settings=settings, resume="strict")  # type: ignore[arg-type]
    summary = go(source, out, settings=settings)  # type: ignore[arg-type]
    assert summary.kept == (0 if what == "settings" else done - 1)
    go(source, tmp_path / "anew", settings=settings)  # type: ignore[arg-type]
    assert digests(out) == digests(tmp_path / "anew")


def test_f9_inputs_that_come_and_go_leave_nothing_behind(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    broken_off(source, out)
    (source / "000.txt").unlink()
    (source / "0001.txt").write_text("A new one.\n", encoding="utf-8")
    go(source, out)
    go(source, tmp_path / "anew")
    assert digests(out) == digests(tmp_path / "anew")


def test_f9_nothing_has_changed_for_a_strict_resume(source: Path, tmp_path: Path) -> None:
    broken_off(source, tmp_path / "out")
    assert go(source, tmp_path / "out", resume="strict").kept
    assert torn(tmp_path / "out", digests(tmp_path / "out")) == []


def test_c1_a_second_run_is_refused_at_once_and_names_the_first(source: Path, tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out"):
        second = command(CLEANSE, "run", source, tmp_path / "out")
    assert second.returncode == 3
    assert f"process {os.getpid()} on" in second.stderr


def test_c1_shares_of_one_run_may_work_side_by_side_and_nobody_else(source: Path, tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out", shared=True):
        assert not run(str(source), tmp_path / "out", BARE, share=Share(1, 2)).joined
        with pytest.raises(OutputError, match="another run"):
            go(source, tmp_path / "out")


def test_c2_decisions_are_those_of_the_start_of_the_run(tmp_path: Path) -> None:
    """A reviewer who writes on while the run reads changes nothing in it, a torn last line neither."""
    first = run(str(SEEDS / "001_d193612d500a20b7.txt"), tmp_path / "first", BARE)
    assert first.tally.documents == 1
    decisions = tmp_path / "decisions.jsonl"
    append_decisions(decisions, [])
    decisions.write_bytes(b'{"v":1,"key":"k1:')
    before = read_decisions(decisions).digest

    def meddle(*_: object) -> None:
        with decisions.open("ab") as file:
            file.write(b'"and more of it')

    run(str(SEEDS), tmp_path / "out", BARE, decisions=decisions, progress=meddle)
    assert Run.open(tmp_path / "out").manifest["options"]["decisions"] == before


def test_f1_a_run_that_is_killed_while_it_tidies_up_can_be_run_again(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by random kills: half of the work folder was gone, and the next run took the other half for a whole."""
    out = tmp_path / "out"
    remove = shutil.rmtree

    def killed(folder: Path, **options: Any) -> None:
        if folder.name.startswith(".work"):
            for path in folder.rglob("*.ids"):
                path.unlink()
            raise KeyboardInterrupt
        remove(folder, **options)

    monkeypatch.setattr(shutil, "rmtree", killed)
    with pytest.raises(KeyboardInterrupt):
        go(source, out)
    monkeypatch.undo()
    go(source, out)
    assert Run.open(out).verify() == 21
    assert not list(out.glob(".*.tmp"))


def test_f1_a_survey_without_its_ids_is_made_again(source: Path, tmp_path: Path) -> None:
    broken_off(source, tmp_path / "out")
    for path in (tmp_path / "out" / ".work").rglob("*.ids"):
        path.unlink()
    go(source, tmp_path / "out")
    assert Run.open(tmp_path / "out").verify() == 21
