"""Every row of the fault model with what is expected of it and what was measured: `make reliability`.

Rows are tests; what a test has counted it hands over with pytest's `record_property`. A row is green when each of its
tests passed; skipped ones are named.
"""

import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """A row of the table."""

    name: str
    expected: str
    tests: str
    """What the test's file and name hold, after the last slash."""


ROWS = (
    Row("H1", "a catastrophic pattern is refused at load, exit 2", "test_h1_"),
    Row("H2", "an adversarial text runs out of its counted budget", "test_h2_"),
    Row("H3", "a bomb is stopped; memory bounded", "test_h3_"),
    Row("H4", "endless lines and words: quarantined; memory bounded", "test_h4_"),
    Row("H5", "bytes that do not decode come back exactly", "test_h5_"),
    Row("H6", "no half of a surrogate pair in any output", "test_h6_"),
    Row("H7", "one record a line, whatever stands in the text", "test_h7_"),
    Row("H8", "hidden characters shown by name", "test_h8_"),
    Row("H9", "nothing a terminal would obey is printed", "test_h9_"),
    Row("H10", "hostile pages put no element into the report", "test_h10_"),
    Row("H11", "no cell is a formula", "test_h11_"),
    Row("H12", "no path is made of an id", "test_h12_"),
    Row("H13", "nothing of an archive lies outside", "test_h13_"),
    Row("H14", "links and devices are not followed", "test_h14_"),
    Row("H15", "inputs are never written", "test_h15_"),
    Row("H16", "hostile tables are refused with file, line and rule", "test_h1_h16_"),
    Row("H17", "its own output is text like any other", "test_h17_"),
    Row("F1-F10", "no torn file, no document lost, the next run completes", "faults."),
    Row("F10", "every flipped bit is found", "test_every_flipped_byte"),
    Row("C1", "two runs do not write into one folder", "test_(two_runs|c1_)"),
    Row("C2", "a torn decision is not read, a late one not in part", "torn_line_is|test_c2_"),
    Row("C3", "the same bytes whatever the circumstances", "determinism."),
    Row("P1-P12", "properties on drawn, fuzzed and once broken texts", "test_properties"),
    Row("P8", "calls(2n) / calls(n) < 2.6 on every family", "test_work_keeps_pace"),
    Row("L", "limits: the same refusal everywhere, naming its limit", "test_limits"),
    Row("A", "what got through when the promise was attacked", "test_attacks"),
    Row("S1", "locked by hashes; nothing loaded but dependencies", "test_supply::test_(every_req|the_inst|a_run)"),
    Row("S2", "no network", "network"),
    Row("S3", "no code from data, no assert; works under -O", "test_supply::test_(no_code_comes|the_core)"),
    Row("S4", "a release built twice is the same", "test_supply::test_a_release"),
)
PATHS = (
    "tests/hostile", "tests/determinism", "tests/faults", "tests/test_running.py", "tests/test_properties.py",
    "tests/test_limits.py", "tests/test_limits_reach.py", "tests/test_decisions.py",
)  # fmt: skip


def main() -> int:
    """Run everything, print the table; 1 when a row is red or has no test."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-o", "junit_family=xunit1"]
        command += [f"--junitxml={report}", *PATHS]
        subprocess.run([*command, *sys.argv[1:]], cwd=HERE.parent, stdout=subprocess.DEVNULL, check=False)
        cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - our own report
    red = 0
    for row in ROWS:
        found = [case for case in cases if _is_of(row, case)]
        failed = [case for case in found if case.find("failure") is not None or case.find("error") is not None]
        skipped = sum(case.find("skipped") is not None for case in found)
        seconds = sum(float(case.get("time", 0)) for case in found)
        state = "RED" if failed else "green" if found else "no test"
        red += state != "green"
        print(f"{row.name:7} {state:7} {row.expected:58} {_figures(found, len(failed), skipped)} {seconds:6.1f} s")
        for case in failed:
            print(f"        {case.get('classname')}::{case.get('name')}")
    print(f"{len(cases)} tests in {len(ROWS)} rows, {red} red")
    return red > 0


def _is_of(row: Row, case: ET.Element) -> bool:
    name = f"{case.get('classname', '').removeprefix('tests.')}::{case.get('name')}"
    return re.search(row.tests, name) is not None


def _figures(found: Iterable[ET.Element], failed: int, skipped: int) -> str:
    """How many tests passed, and what they counted."""
    cases = list(found)
    told: dict[str, list[str]] = {}
    for case in cases:
        for item in case.iter("property"):
            told.setdefault(str(item.get("name")), []).append(str(item.get("value")))
    figures = [f"{name} {max(values, key=float) if len(values) > 1 else values[0]}" for name, values in told.items()]
    passed = f"{len(cases) - failed - skipped}/{len(cases)} tests"
    return "; ".join([passed, *([f"{skipped} skipped"] if skipped else []), *figures])


if __name__ == "__main__":
    sys.exit(main())
