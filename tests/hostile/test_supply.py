"""S1, S3, S4: locked dependencies, no code from data, no check that `-O` takes away, the same release twice."""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import cleanse

PROJECT = Path(__file__).parent.parent.parent
SOURCE = Path(cleanse.__file__).parent
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
# Our own bytes, made by the same run, on their way to its own workers.
UNPICKLES = {"engines/batches.py", "engines/isolation.py", "engines/spark.py"}
FORBIDDEN = re.compile(
    r"(?:pickle|cloudpickle|marshal|shelve|dill|joblib)\.loads?|(?:builtins\.)?(?:eval|exec|compile|__import__)|"
    r"yaml\.(?:unsafe_|full_)?load(?:_all)?|os\.(?:system|popen)|tempfile\.mktemp"
)


READS_CODE = frozenset({"pickle", "cloudpickle", "marshal", "shelve", "dill", "joblib", "yaml", "runpy", "code"})


@pytest.mark.parametrize("module", MODULES)
def test_no_code_comes_from_data_and_no_check_is_an_assert(module: str) -> None:
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    found = [name for name in (ast.unparse(call.func) for call in calls) if FORBIDDEN.fullmatch(name)]
    if module in UNPICKLES:
        found = [name for name in found if name != "pickle.loads"]
    assert found == []
    assert not any(
        isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in READS_CODE
        for node in ast.walk(tree)
    )
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported & READS_CODE <= ({"pickle"} if module in UNPICKLES else set())
    assert not [
        call for call in calls if any(k.arg == "shell" and ast.unparse(k.value) != "False" for k in call.keywords)
    ]
    assert not any(isinstance(node, ast.Assert) for node in ast.walk(tree))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-engines.lock"])
def test_every_requirement_has_a_version_and_a_hash(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    rows = [row for row in text.splitlines() if row and not row.lstrip().startswith(("#", "--"))]
    assert len(rows) > 20
    assert [row[:60] for row in rows if "==" not in row or "--hash=sha256:" not in row] == []


def test_the_installer_takes_the_lock_by_its_hashes() -> None:
    """What is installed already satisfies the lock, so that nothing is fetched."""
    command = [sys.executable, "-m", "pip", "install", "--require-hashes", "--no-index", "--dry-run", "--quiet"]
    done = subprocess.run(
        [*command, "-r", str(PROJECT / "requirements.lock")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


ALLOWED = frozenset(
    "cleanse click ftfy wcwidth langdetect six spellchecker regex tzdata "
    "pyarrow pandas numpy ahocorasick_rs zstandard chardet _cython_3_2_1".split()
)
"""What a run may load: its dependencies, and the extras that make it faster or read more."""


def test_a_run_loads_nothing_but_its_dependencies(tmp_path: Path) -> None:
    program = (
        "import sys; from cleanse.cli import main\n"
        f"try: main(['run', {str(PROJECT / 'seeds')!r}, {str(tmp_path / 'out')!r}, '-q', '-j', '1'])\n"
        "except SystemExit: pass\n"
        "names = {name.partition('.')[0] for name, module in sys.modules.items()"
        " if 'site-packages' in str(getattr(module, '__file__', '')) }\n"
        "print(*sorted(names))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not name.startswith(("_", "__editable__"))}
    assert loaded <= ALLOWED
    assert {"regex", "ftfy"} <= loaded


def test_the_core_stands_under_optimization() -> None:
    """`python -O` drops asserts: pytest's own survive it, and ours must not be needed."""
    core = (
        "test_edits.py", "test_ledger.py", "test_guards.py", "test_decoding.py", "test_pipeline.py", "test_limits.py",
        "test_formats.py", "hostile/test_attacks.py",
    )  # fmt: skip
    command = [
        sys.executable,
        "-O",
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-W",
        "ignore",
    ]
    done = subprocess.run(
        [*command, *(str(PROJECT / "tests" / name) for name in core)], capture_output=True, text=True, check=False,
        cwd=PROJECT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_network_is_within_reach_of_a_test() -> None:
    for host in ("192.0.2.1", "example.org"):
        with pytest.raises(RuntimeError, match="no network"):
            socket.create_connection((host, 80), timeout=1)
    with pytest.raises(RuntimeError, match="no network"), socket.socket() as plain:
        plain.connect(("192.0.2.1", 80))


def test_a_release_built_twice_is_the_same_to_the_byte(tmp_path: Path) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1735689600"}
    names = (
        "src",
        "rules",
        "seeds",
        "golden",
        "docs",
        "pyproject.toml",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
    )
    for turn in ("one", "two"):
        tree = tmp_path / turn / "tree"
        tree.mkdir(parents=True)
        for name in names:
            source = PROJECT / name
            if source.is_dir():
                shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, tree)
        command = [
            sys.executable,
            "-m",
            "build",
            "--no-isolation",
            "--outdir",
            str(tmp_path / turn / "dist"),
            str(tree),
        ]
        subprocess.run(command, env=environment, capture_output=True, check=True)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / t / "dist").iterdir()} for t in ("one", "two"))
    assert len(one) == 2
    assert one == two
    assert all("none-any" in name for name in one if name.endswith(".whl"))
