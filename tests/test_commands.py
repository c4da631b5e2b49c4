"""Run the executable documents: see tests/commands/README.md for their form."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROJECT = HERE.parent
DOCUMENTS = [*sorted((HERE / "commands").glob("*.md")), PROJECT / "README.md"]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.DOTALL | re.MULTILINE)


@dataclass
class Step:
    """One command of a document and what it must do."""

    command: str
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    code: int = 0


def steps(text: str) -> list[Step]:
    found: list[Step] = []
    for block in _BLOCK.findall(text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append(Step(line[2:]))
            elif line.startswith("2> "):
                found[-1].err.append(line[3:])
            elif match := re.fullmatch(r"=> (\d+)", line):
                found[-1].code = int(match[1])
            else:
                found[-1].out.append(line)
    return found


def pattern(lines: list[str]) -> str:
    """What the lines stand for, as a regular expression."""
    parts = []
    for line in lines:
        if line == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(piece) for piece in line.split("[…]")) + r"[ \t]*\n")
    return "".join(parts)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_document(document: Path, tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    for step in steps(document.read_text(encoding="utf-8")):
        done = subprocess.run(
            ["bash", "-c", step.command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        shown = f"$ {step.command}\n{done.stdout}{done.stderr}=> {done.returncode}"
        assert done.returncode == step.code, shown
        assert re.fullmatch(pattern(step.out), _ended(done.stdout)), shown
        if step.err:
            assert re.fullmatch(pattern(step.err), _ended(done.stderr)), shown


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def test_documents_hold_commands() -> None:
    for document in DOCUMENTS:
        if document != HERE / "commands" / "README.md":
            assert steps(document.read_text(encoding="utf-8")), f"{document.name} runs nothing"
