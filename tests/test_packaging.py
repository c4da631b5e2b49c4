"""The rule tables and the type marker travel in the wheel, in the sdist, and in a wheel made from the sdist."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
TABLES = sorted(path.relative_to(PROJECT / "rules").as_posix() for path in (PROJECT / "rules").rglob("*.t*"))


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an sdist, and a wheel built from it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(PROJECT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_sdist_holds_the_tables(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert {f"rules/{table}" for table in TABLES} <= names
    assert "src/cleanse/py.typed" in names


def test_wheel_from_sdist_holds_the_tables(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"cleanse/tables/{table}" for table in TABLES} <= names
    assert "cleanse/py.typed" in names
    assert not any(name.startswith(("tests/", "seeds/")) for name in names)


def test_wheel_cleans_without_the_checkout(dist: Path, tmp_path: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")  # noqa: S202 - we have just built it
    program = (
        "import cleanse, cleanse.rules.loader as loader;"
        "assert loader.shipped_folder().name == 'tables', loader.shipped_folder();"
        "print(cleanse.clean('Menu\\n\\nThe pact was signed on Monday by the two leaders.').text, end='')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path / "site")}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "The pact was signed on Monday by the two leaders.\n", done.stderr
