"""Branch coverage of what the promise hangs on: `make coverage` runs the tests that concern it and fails below the bar.

Programs that tests start are measured, too; a process that a test kills can leave no figures.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent
BAR = 95.0
"""Per cent of lines and branches, as the fault model asks."""
MODULES = ("edits", "overlaps", "pipeline", "ledger", "io/disk", "io/writing", "io/output", "io/parts", "io/work")
TESTS = (
    "tests/test_edits.py", "tests/test_pipeline.py", "tests/test_ledger.py", "tests/test_io.py", "tests/test_limits.py",
    "tests/test_decisions.py", "tests/test_writing.py", "tests/faults/test_failpoints.py",
    "tests/faults/test_folders.py", "tests/hostile/test_attacks.py",
)  # fmt: skip


def main() -> int:
    """Run the tests, print the figures; 1 when a test fails or a module is below the bar."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COVERAGE_FILE": str(Path(folder) / "data")}

        def coverage(*arguments: str) -> int:
            command = [sys.executable, "-m", "coverage", *arguments]
            return subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode

        failed = coverage("run", "-m", "pytest", "-q", "-p", "no:cacheprovider", *TESTS, *sys.argv[1:])
        coverage("combine", "--quiet")
        report = Path(folder) / "report.json"
        coverage("json", "--quiet", f"-o{report}", f"--include={','.join(f'*/cleanse/{m}.py' for m in MODULES)}")
        files = json.loads(report.read_text("utf-8"))["files"]
    below = 0
    for name, figures in sorted(files.items()):
        share = figures["summary"]["percent_covered"]
        below += share < BAR
        missing = [*figures["missing_lines"], *(f"{a}->{b}" for a, b in figures["missing_branches"])]
        print(f"{Path(name).relative_to('src/cleanse').as_posix():16} {share:6.1f} %  {', '.join(map(str, missing))}")
    print(f"{len(files)} modules, {below} below {BAR:g} %")
    return int(bool(failed or below or len(files) != len(MODULES)))


if __name__ == "__main__":
    sys.exit(main())
