"""Files that only grow: lines of several writers stand side by side, and a file written anew loses none."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from cleanse.io.appending import alone, append


def test_a_torn_line_is_ended_first(tmp_path: Path) -> None:
    path = tmp_path / "a"
    append(path, b"one\n")
    with path.open("ab") as file:
        file.write(b"to")
    append(path, b"three\n")
    assert path.read_bytes() == b"one\nto\nthree\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_an_error_names_the_file() -> None:
    with pytest.raises(OSError, match="No space") as failed:
        append(Path("/dev/full"), b"one\n")
    assert failed.value.filename == "/dev/full"


def test_lines_of_many_stand_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "a"
    rows = [f"{number} {'x' * 20_000}\n".encode() for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: append(path, row), rows))
    assert sorted(path.read_bytes().splitlines(keepends=True)) == sorted(rows)


def test_who_waits_appends_to_the_file_that_has_the_name(tmp_path: Path) -> None:
    path, new = tmp_path / "a", tmp_path / "new"
    append(path, b"old\n")
    begun = Event()

    def late() -> None:
        begun.set()
        append(path, b"late\n")

    with ThreadPoolExecutor(1) as pool:
        with alone(path):
            done = pool.submit(late)
            begun.wait()
            new.write_bytes(b"new\n")
            new.replace(path)
        done.result()
    assert path.read_bytes() == b"new\nlate\n"
