"""C3, S2: the same bytes whatever the circumstances, and without a network."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

import pytest

from hostile import make

SEEDS = Path(__file__).parent.parent.parent / "seeds"
MAIN = "from cleanse.cli import main; main()"
NO_NETWORK = """
import socket
def refuse(*args, **options):
    raise SystemExit("a connection was opened")
socket.socket.connect = socket.socket.connect_ex = socket.create_connection = socket.getaddrinfo = refuse
"""
# A clock that stands on another day: nothing that is written may know today's date.
OTHER_DAY = """
import time, datetime
class Late(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 12, 31, 23, 59, tzinfo=tz)
    utcnow = today = now
class LateDate(datetime.date):
    @classmethod
    def today(cls):
        return cls(2031, 12, 31)
datetime.datetime, datetime.date, time.time = Late, LateDate, lambda: 1956527940.0
"""


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".cleanse")
    return {path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matrix") / "in"
    for kind in ("encodings", "surrogates", "hidden", "pages"):
        make.KINDS[kind](folder / kind)
    shutil.copytree(SEEDS, folder / "seeds")
    return folder


@pytest.fixture(scope="module")
def wanted(inputs: Path) -> dict[str, str]:
    ran(inputs, inputs.parent / "wanted")
    found = digests(inputs.parent / "wanted")
    assert len(found) > 20
    return found


@dataclass(frozen=True)
class Circumstances:
    """What may differ between two machines."""

    before: str = ""
    """Python that runs before the command, in this process alone."""
    prefix: tuple[str, ...] = ()
    umask: int = 0o022
    cwd: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)


def ran(source: Path, out: Path, *options: str, on: Circumstances | None = None) -> None:
    on = on or Circumstances()
    jobs = ("-j", "1") if on.before else ()
    command = [*on.prefix, sys.executable, "-c", on.before + MAIN, "run", str(source), str(out), "-q", *options, *jobs]
    environment = {**os.environ, **on.environment}
    done = subprocess.run(
        command, cwd=on.cwd, umask=on.umask, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("jobs", ["1", "2", "7"])
def test_the_number_of_workers_changes_nothing(inputs: Path, wanted: dict[str, str], tmp_path: Path, jobs: str) -> None:
    ran(inputs, tmp_path / "out", "-j", jobs)
    assert digests(tmp_path / "out") == wanted


def test_the_order_in_which_files_were_made_changes_nothing(
    inputs: Path, wanted: dict[str, str], tmp_path: Path
) -> None:
    paths = [path for path in sorted(inputs.rglob("*")) if path.is_file()]
    random.Random(3).shuffle(paths)  # noqa: S311 - any order will do
    for path in paths:
        target = tmp_path / "in" / path.relative_to(inputs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    ran(tmp_path / "in", tmp_path / "out")
    assert digests(tmp_path / "out") == wanted


ELSEWHERE = {
    "hash seed, zone, locale, umask": Circumstances(
        umask=0o077, environment={"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    ),
    "day": Circumstances(OTHER_DAY, umask=0o002, environment={"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8"}),
    "no network": Circumstances(NO_NETWORK, umask=0o000, environment={"TZ": "America/St_Johns", "PYTHONUTF8": "0"}),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_circumstances_change_nothing(inputs: Path, wanted: dict[str, str], tmp_path: Path, name: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    ran(inputs, tmp_path / "out", on=replace(ELSEWHERE[name], cwd=elsewhere))
    assert digests(tmp_path / "out") == wanted
    assert not list(elsewhere.iterdir())


@pytest.mark.skipif(
    shutil.which("unshare") is None
    or subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode != 0,
    reason="namespaces are not allowed here; the guard above stands in",
)
def test_a_run_without_any_network_gives_the_same_bytes(inputs: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    ran(inputs, tmp_path / "out", on=Circumstances(prefix=("unshare", "-rn")))
    assert digests(tmp_path / "out") == wanted
