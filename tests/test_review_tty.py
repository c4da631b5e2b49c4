"""`cleanse review --tty`, on a terminal of its own."""

import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleanse.cli import main

SEEDS = Path(__file__).parents[1] / "seeds"


class Seat:
    """A person at a terminal."""

    def __init__(self, out: Path, file: Path) -> None:
        command = [str(Path(sys.executable).with_name("cleanse")), "review", str(out), "--tty", "--by", "ann"]
        self.file = file
        self._ours, theirs = pty.openpty()
        environment = {**os.environ, "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [*command, "--decisions", str(file)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
        )
        os.close(theirs)
        self.seen = ""

    def until(self, pattern: str) -> str:
        """What is said until the pattern comes, from where the last one ended."""
        ends = time.monotonic() + 120
        while not (found := re.search(pattern, self.seen)):
            assert time.monotonic() < ends, self.seen
            if not select.select([self._ours], [], [], 1)[0]:
                continue
            try:
                self.seen += os.read(self._ours, 65_536).decode("utf-8", "replace").replace("\r\n", "\n")
            except OSError:  # the other side is closed
                assert re.search(pattern, self.seen), self.seen
        told, self.seen = self.seen[: found.end()], self.seen[found.end() :]
        return told

    def press(self, keys: str) -> None:
        """Press a key when one is awaited, or type a line when one is: what comes too early is not for this edit."""
        line = keys.endswith("\n")
        ends = time.monotonic() + 120
        while bool(termios.tcgetattr(self._ours)[3] & termios.ICANON) is not line:
            assert time.monotonic() < ends, self.seen
            time.sleep(0.01)
        os.write(self._ours, keys.encode())

    def decisions(self) -> list[tuple[str, str, str]]:
        lines = map(json.loads, self.file.read_text(encoding="utf-8").splitlines())
        return [(line["decision"], line["note"], line["edit"] or "") for line in lines]


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    done = CliRunner().invoke(main, ["run", str(SEEDS), str(tmp_path / "out"), "--quiet"], catch_exceptions=False)
    assert done.exit_code in (0, 1)
    seat = Seat(tmp_path / "out", tmp_path / "decisions.jsonl")
    yield seat
    seat.process.kill()
    seat.process.wait()


SHOWN = r"\n([0-9a-f]{12})  .*\n"


def shown(seat: Seat) -> str:
    """The line that names what is shown."""
    return seat.until(SHOWN).splitlines()[-1].split()[0]


def test_keys_decide_one_by_one(seat: Seat) -> None:
    first = seat.until(SHOWN)
    assert re.search(r"0 of \d+ judged", first)
    seat.press("a")
    seat.until(r"1 of \d+ judged")
    second = shown(seat)
    seat.press("x")
    seat.until(r"2 of \d+ judged, 1 wrong")
    seat.until(SHOWN)
    seat.press("u")
    seat.until(r"1 of \d+ judged, 0 wrong")
    assert shown(seat) == second
    seat.press("n")
    seat.until("note for the next decision")
    seat.press("looked twice\n")
    seat.press("e")
    seat.until("should be")
    seat.press("a better word\n")
    seat.until(r"2 of \d+ judged, 1 wrong")
    seat.press("t")
    seat.until(r"0 of \d+ judged")
    seat.until(SHOWN)
    seat.press("d")
    seat.until(r"1 of \d+ judged, 1 wrong")
    seat.until(SHOWN)
    seat.press("K")
    assert "missed" in seat.until(SHOWN)
    for key, told in (("?", "wrong: type what it should have been"), ("Z", "shows the keys")):
        seat.press(key)
        seat.until(told)
    seat.press("q")
    seat.until("3 decided in")
    assert seat.process.wait(30) == 0
    assert seat.decisions() == [
        ("accept", "", ""), ("reject", "", ""), ("withdraw", "", ""), ("edit", "looked twice", "a better word"),
        ("missed", "", ""),
    ]  # fmt: skip


def test_what_a_rule_says_and_the_whole_text_are_a_key_away(seat: Seat) -> None:
    seat.until(SHOWN)
    seat.press("/")
    seat.until("only rules like")
    seat.press("trailers/*\n")
    assert "trailers/" in seat.until(SHOWN)
    seat.press("R")
    seat.until(r"example .*\n(.*\n)*1 in this run|in this run, 0 judged, 0 rejected")
    seat.press("g")
    seat.until("no guard to suggest")
    seat.press("c")
    seat.until("-]")
    seat.press("A")
    seat.until(r"undecided edits of this kind\?")
    seat.press("n\n")
    seat.press("\x03")
    assert seat.process.wait(30) == 130
    assert not seat.file.exists()


def test_a_pipe_is_no_terminal(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["run", str(SEEDS), str(tmp_path / "out"), "--quiet"], catch_exceptions=False)
    done = CliRunner().invoke(main, ["review", str(tmp_path / "out"), "--tty"], input="a")
    assert done.exit_code == 2
    assert "--tty needs a terminal" in done.output
