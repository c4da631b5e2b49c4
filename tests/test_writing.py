"""The write protocol by itself: whole files or none, and nothing believed that does not read back."""

import errno
import json
import os
from pathlib import Path

import pytest

from cleanse.errors import OutputError, UsageError
from cleanse.io import lock
from cleanse.io.disk import Disk
from cleanse.io.output import OutputFolder, refuse_overlap
from cleanse.io.work import Marker, Work
from cleanse.io.writing import (
    Batch,
    Written,
    digest_of,
    named,
    read_checked,
    read_json,
    remove_folder,
    remove_temporaries,
    whole,
    write_json,
    write_named,
    write_whole,
)
from cleanse.running import Making
from faults.stand import SMALL, FailingDisk, digests, go, make_input, torn


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_block_that_fails_leaves_the_old_file_and_no_half_of_the_new(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"old", Disk())
    with pytest.raises(ZeroDivisionError), whole(tmp_path / "a", Disk()) as sink:
        sink.write(bytes([1 // sink.size]))
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], b"old")


@pytest.mark.parametrize("kind", ["write", "sync", "rename"])
def test_a_disk_that_fails_leaves_no_half(tmp_path: Path, kind: str) -> None:
    with pytest.raises(OSError, match="No space") as failed:
        write_whole(tmp_path / "a", b"whole", FailingDisk(kind=kind, at=1))
    assert (failed.value.errno, names(tmp_path)) == (errno.ENOSPC, [])


@pytest.mark.parametrize("kind", ["write", "sync", "rename"])
def test_an_error_names_the_file_that_was_asked_for(tmp_path: Path, kind: str) -> None:
    with pytest.raises(OSError, match="No space") as failed:
        write_whole(tmp_path / "a", b"whole", FailingDisk(kind=kind, at=1))
    assert (failed.value.filename, failed.value.filename2) == (str(tmp_path / "a"), None)
    with pytest.raises(OSError, match="No space") as failed:
        both(Batch(FailingDisk(kind=kind, at=1)), tmp_path / "b")
    assert failed.value.filename == str(tmp_path / "b")


def both(batch: Batch, path: Path) -> None:
    batch.add(path, b"whole")
    batch.commit()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc: the one folder in which root makes no files")
def test_a_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("/proc/none")
    for path in (Path("/proc/none"), link):
        with pytest.raises(FileNotFoundError) as failed:
            write_named(path, b"whole")
        assert failed.value.filename == str(path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_device_that_takes_nothing_is_named() -> None:
    for size in (1, 10**6):  # small: it is written when the file is closed
        with pytest.raises(OSError, match="No space") as failed:
            write_named(Path("/dev/full"), bytes(size))
        assert failed.value.filename == "/dev/full"


def test_an_error_of_the_block_keeps_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as failed, whole(tmp_path / "a", Disk()) as sink:
        sink.write((tmp_path / "b").read_bytes())
    assert failed.value.filename == str(tmp_path / "b")


def test_a_short_write_is_found_when_it_is_read_back(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="the disk holds 2 of 5 bytes"):
        write_whole(tmp_path / "a", b"whole", FailingDisk(kind="write", at=1, how="short"))
    batch = Batch(FailingDisk(kind="write", at=2, how="short"))
    batch.add(tmp_path / "one", b"whole")
    batch.add(tmp_path / "two", b"whole")
    with pytest.raises(OutputError, match="two"):
        batch.commit()
    batch.drop()
    assert names(tmp_path) == []


def test_what_is_read_is_what_was_written_or_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert digest_of(path) is None
    written = write_whole(path, b"whole", Disk())
    assert digest_of(path) == written
    assert b"".join(read_checked(path, written)) == b"whole"
    with pytest.raises(OutputError, match="is not what was written"):
        list(read_checked(path, Written(5, "0")))
    with pytest.raises(OutputError, match="is gone"):
        list(read_checked(tmp_path / "none", written))


def test_what_is_no_whole_object_is_none(tmp_path: Path) -> None:
    write_json(tmp_path / "a", {"x": "\ud800"}, Disk())
    (tmp_path / "list").write_text("[1]")
    (tmp_path / "torn").write_text('{"x": ')
    assert [read_json(tmp_path / name) for name in ("a", "list", "torn", "none")] == [{"x": "\ud800"}, None, None, None]


def test_what_dead_processes_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".12.tmp").write_text("half")
    (tmp_path / ".work.1.tmp").mkdir()
    (tmp_path / ".work.1.tmp" / "part").write_text("half")
    (tmp_path / "kept.tmp").write_text("somebody's")
    remove_temporaries(tmp_path)
    remove_temporaries(tmp_path / "none")
    assert names(tmp_path) == ["kept.tmp"]
    remove_folder(tmp_path / "none")
    (tmp_path / ".work").mkdir()
    remove_folder(tmp_path / ".work")
    assert names(tmp_path) == ["kept.tmp"]


def test_a_marker_of_another_version_or_shape_is_none(tmp_path: Path) -> None:
    work = Work(tmp_path)
    work.write_marker(Marker(0, "in", "print"))
    assert work.read_marker(0) == Marker(0, "in", "print")
    found = json.loads(work.marker(0).read_text())
    for wrong in ({**found, "v": 99}, {**found, "more": 1}, {"v": 1}):
        work.marker(0).write_text(json.dumps(wrong))
        assert work.read_marker(0) is None
    assert work.read_marker(1) is None
    with pytest.raises(FileNotFoundError, match="a survey's result is gone"):
        list(work.results(1, 1))


def test_a_folder_is_left_as_it_was_found(tmp_path: Path) -> None:
    with OutputFolder(tmp_path / "out") as folder:
        folder.work.mkdir()
        folder.forget()
    assert names(tmp_path) == []
    with OutputFolder(tmp_path / "out") as folder:
        folder.work.mkdir()
    with OutputFolder(tmp_path / "out") as folder:
        folder.forget()  # a run to go on with is not forgotten
        assert folder.work.is_dir()
        folder.restart()
        assert not folder.work.exists()


@pytest.mark.parametrize("what", ["file", "foreign", "unmarked"])
def test_what_is_not_ours_is_refused(tmp_path: Path, what: str) -> None:
    out = tmp_path / "out"
    if what == "file":
        out.write_text("x")
    else:
        out.mkdir()
        (out / ("thesis.txt" if what == "foreign" else "clean")).write_text("x")
    with pytest.raises(OutputError, match=r"must be a folder|holds something that is not cleanse's"), OutputFolder(out):
        pass


def test_an_output_is_beside_all_of_its_input(tmp_path: Path) -> None:
    refuse_overlap([tmp_path / "a", tmp_path / "b" / "c.txt"], tmp_path / "out")
    for inputs in ([tmp_path], [tmp_path / "a", tmp_path / "out" / "c.txt"], [tmp_path / "out"]):
        with pytest.raises(UsageError, match="in one another"):
            refuse_overlap(inputs, tmp_path / "out")


def test_a_folder_that_the_system_does_not_open_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refused)
    Disk().sync_folder(tmp_path)


def test_a_folder_that_cannot_be_made_is_refused_and_a_full_disk_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"), OutputFolder(tmp_path / "file" / "out"):
        pass

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left")

    monkeypatch.setattr(lock, "take", full)
    with pytest.raises(OSError, match="No space"), OutputFolder(tmp_path / "out"):
        pass


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_every_format_is_written_whole_or_not_at_all(tmp_path: Path, form: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    source = make_input(tmp_path / "in")
    go(source, tmp_path / "whole", form=form)
    reference = digests(tmp_path / "whole")
    for kind, at in (("write", 80), ("sync", 40), ("rename", 40), ("write", 60)):
        out = tmp_path / f"{kind}{at}"
        with pytest.raises(OSError, match="No space"):
            go(source, out, making=Making(disk=FailingDisk(kind=kind, at=at), shard_size=SMALL), form=form)
        assert torn(out, reference) == []
        go(source, out, form=form)
        assert digests(out) == reference


def test_a_file_that_a_user_named_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "table.tsv"
    for data in (b"first", b"second"):
        write_named(path, data)
        assert path.read_bytes() == data
    assert [left.name for left in path.parent.iterdir()] == ["table.tsv"]


def test_what_is_no_file_gets_the_bytes(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_named(pipe, b"through")
    assert os.read(reader, 99) == b"through"
    os.close(reader)
    assert pipe.is_fifo()


def test_a_link_goes_on_leading_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "link"
    link.symlink_to("far/file")
    for data in (b"first", b"second"):  # it leads nowhere at first
        write_named(link, data)
        assert (link.is_symlink(), (tmp_path / "far" / "file").read_bytes()) == (True, data)
    assert (names(tmp_path), names(tmp_path / "far")) == (["far", "link"], ["file"])


def test_a_file_is_written_where_there_is_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as failed, named(tmp_path / "new" / "file"):
        pass
    assert (failed.value.filename, names(tmp_path)) == (str(tmp_path / "new" / "file"), [])
    with pytest.raises(IsADirectoryError), named(tmp_path):
        pass
