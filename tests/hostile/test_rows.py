"""H1 to H17 of the fault model: every hostile input does what it should, and nothing else."""

import csv
import hashlib
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from hostile import make

CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]")
"""What must never reach a terminal."""
BIDI = re.compile(rb"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")


def cleanse(*arguments: object) -> Result:
    """The command line in this process; an exception that is no exit is a failure."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], env={"NO_COLOR": "1"})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def made(kind: str, folder: Path) -> Path:
    make.KINDS[kind](folder / "in")
    return folder / "in"


def files(folder: Path) -> dict[str, str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def quarantined(out: Path) -> dict[str, str]:
    lines = (out / "quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["source"]: row["reason"] for row in map(json.loads, lines)}


def records(out: Path, name: str = "documents.jsonl") -> list[dict[str, object]]:
    with (out / name).open(encoding="utf-8", newline="\n") as lines:
        return [json.loads(line) for line in lines]


@pytest.mark.parametrize("name", make.TABLES)
def test_h1_h16_a_hostile_table_is_refused_with_file_line_and_rule(tmp_path: Path, name: str) -> None:
    folder = made("tables", tmp_path)
    (tmp_path / "a.txt").write_text(make.PROSE)
    result = cleanse("run", tmp_path / "a.txt", tmp_path / "out", "--rules", folder / name)
    assert result.exit_code == 2
    assert make.TABLES[name][1] in result.stderr
    assert not (tmp_path / "out").exists()


def test_h2_an_adversarial_text_uses_up_its_budget_and_nothing_else(tmp_path: Path) -> None:
    made("adversarial", tmp_path)
    folder = tmp_path / "in"
    result = cleanse("run", folder / "in", tmp_path / "out", "--rules", folder / "rules")
    assert result.exit_code == 1
    assert quarantined(tmp_path / "out") == {"marks.txt": "budget"}
    assert [row["source_id"] for row in records(tmp_path / "out")] == ["harmless.txt"]


def limited(folder: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """A run that may not have more than 1.5 GB of addresses."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))

    command = [sys.executable, "-c", "from cleanse.cli import main; main()", "run", str(folder), str(out)]
    return subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=False)


def peak_megabytes() -> int:
    """The most memory that any child process of this one ever held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def test_h3_a_bomb_is_set_aside_in_bounded_memory(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    done = limited(made("bombs", tmp_path), tmp_path / "out")
    record_property("peak MB of any child", peak_megabytes())
    assert [row["source_id"] for row in records(tmp_path / "out")] == ["harmless.txt"]
    assert done.returncode in (0, 1), done.stderr
    assert not [path for path in (tmp_path / "out").rglob("*") if path.stat().st_size > 2**20]


def test_h4_lines_and_words_that_never_end_are_set_aside_in_bounded_memory(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    done = limited(made("long", tmp_path), tmp_path / "out")
    record_property("peak MB of any child", peak_megabytes())
    assert done.returncode == 1, done.stderr
    reasons = quarantined(tmp_path / "out")
    assert reasons["line.txt"] == "too-large"
    assert reasons["word.txt"] == "long-line"
    assert reasons["empty.txt"] == "many-lines"
    assert reasons["row.jsonl:1"] == "too-large"
    assert {row["source_id"] for row in records(tmp_path / "out")} == {"harmless.txt", "short"}


def test_h5_bytes_that_do_not_decode_come_back_exactly(tmp_path: Path) -> None:
    folder = made("encodings", tmp_path)
    assert cleanse("run", folder, tmp_path / "out").exit_code == 0
    assert cleanse("revert", tmp_path / "out", "-d", tmp_path / "back").exit_code == 0
    assert files(tmp_path / "back") == files(folder)
    rows = {str(row["source_id"]): row for row in records(tmp_path / "out")}
    assert rows["torn.txt"]["decode_edits"] == 1
    heads = {row["id"]: row for row in records(tmp_path / "out", "ledger.jsonl") if row["kind"] == "document"}
    assert [raw for _, raw in heads["torn.txt"]["bad"]] == ["f09f98"]  # type: ignore[attr-defined]


def test_h6_no_output_holds_half_a_surrogate_pair(tmp_path: Path) -> None:
    cleanse("run", made("surrogates", tmp_path), tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.jsonl"):
        text = path.read_bytes().decode("utf-8")
        assert not re.search(r"\\u[dD][89a-fA-F]", text), path.name
    assert any("�" in str(row["text"]) for row in records(tmp_path / "out"))
    assert cleanse("verify", tmp_path / "out").exit_code == 0


def test_h7_every_record_is_one_line_whatever_stands_in_the_text(tmp_path: Path) -> None:
    cleanse("run", made("controls", tmp_path), tmp_path / "out")
    for path in (tmp_path / "out").rglob("*.jsonl"):
        raw = path.read_bytes()
        assert raw.count(b"\n") == len(records(path.parent, path.name))
        assert len(raw.decode("utf-8").splitlines()) == raw.count(b"\n")
    assert cleanse("verify", tmp_path / "out").exit_code == 0


def test_h8_what_hides_is_shown_by_name_and_goes_only_with_an_edit(tmp_path: Path) -> None:
    folder = made("hidden", tmp_path)
    cleanse("run", folder, tmp_path / "out")
    for command in (["diff"], ["diff", "--full"], ["audit"], ["explain"]):
        arguments = [command[0], tmp_path / "out", *(["bidi.txt"] if command[0] == "explain" else []), *command[1:]]
        shown = cleanse(*arguments).stdout_bytes
        assert not BIDI.search(shown), command
    (row,) = records(tmp_path / "out")
    raw = (folder / "bidi.txt").read_text(encoding="utf-8")
    gone = sum(mark in raw and mark not in str(row["text"]) for mark in make.HIDDEN)
    named = [
        r for r in records(tmp_path / "out", "ledger.jsonl") if r["kind"] == "change" and r["verdict"] == "applied"
    ]
    assert gone <= len(named)
    assert "us\u0435r" in str(row["text"])


def commands(out: Path) -> Iterator[list[object]]:
    yield ["run", out.parent / "in", out]
    yield ["diff", out]
    yield ["diff", out, "--full"]
    for form in ("table", "jsonl", "csv", "sarif"):
        yield ["audit", out, "--format", form]
    for by in ("rule", "doc"):
        yield ["audit", out, "--by", by]
    for name in ("text.txt", "terminal.txt", "name", "id "):
        yield ["explain", out, name]
    yield ["verify", out]
    yield ["check", out.parent / "in"]
    yield ["explain", out, make.TERMINAL]
    yield ["audit", out, "--where", f"rule={make.TERMINAL}"]
    yield ["run", f"nothing{make.TERMINAL}", out]
    yield ["rules", "show", f"none/{make.TERMINAL}"]


def test_h9_nothing_that_a_terminal_would_obey_is_printed(tmp_path: Path) -> None:
    made("controls", tmp_path)
    for command in commands(tmp_path / "out"):
        result = cleanse(*command)
        for stream in (result.stdout_bytes, result.stderr_bytes):
            assert not CONTROL.search(stream), command


class Elements(HTMLParser):
    """Names of elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag}@{name}" for name, _ in attrs)}
        self.found |= {f"{tag}@{name}=javascript" for name, value in attrs if "javascript:" in (value or "")}
        self.scripts += tag == "script"


def test_h10_a_report_of_hostile_pages_has_the_elements_of_a_harmless_one(tmp_path: Path) -> None:
    cleanse("run", made("pages", tmp_path), tmp_path / "out")
    harmless = [json.dumps({"id": f"plain {i}", "text": f"Menu\n\nplain &amp;\n\n{make.PROSE}"}) for i in range(21)]
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "pages.jsonl").write_text("\n".join(harmless) + "\n")
    cleanse("run", tmp_path / "plain", tmp_path / "plain-out")
    hostile, plain = Elements(), Elements()
    hostile.feed((tmp_path / "out" / "report.html").read_text(encoding="utf-8"))
    plain.feed((tmp_path / "plain-out" / "report.html").read_text(encoding="utf-8"))
    strange = {
        name for name in hostile.found - plain.found if re.search(r"script|on\w+$|iframe|svg|img|base|object", name)
    }
    assert strange == set()
    assert hostile.scripts == plain.scripts


def test_h11_no_cell_is_a_formula(tmp_path: Path) -> None:
    cleanse("run", made("pages", tmp_path), tmp_path / "out")
    shown = cleanse("audit", tmp_path / "out", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(shown)))
    assert len(rows) > len(make.FORMULAS)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_h12_no_path_is_made_of_an_id(tmp_path: Path) -> None:
    folder = made("ids", tmp_path)
    before = set(tmp_path.rglob("*"))
    assert cleanse("run", folder, tmp_path / "out").exit_code == 1
    assert quarantined(tmp_path / "out") == {"ids.jsonl:21": "long-id"}
    assert len(records(tmp_path / "out")) == len(make.IDS)
    assert cleanse("revert", tmp_path / "out", "-d", tmp_path / "back").exit_code == 0
    new = {path.relative_to(tmp_path).parts[0] for path in set(tmp_path.rglob("*")) - before}
    assert new == {"out", "back"}
    assert not {path.name for path in tmp_path.rglob("*")} & {"x", "CON", "passwd", "evil"}


def test_h13_nothing_of_an_archive_lies_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret\n")
    result = cleanse("run", made("archives", tmp_path), tmp_path / "out")
    assert result.exit_code in (0, 1)
    assert not [path for path in tmp_path.rglob("evil*") if path.name != "evil.tar" and "out" not in path.parts]
    assert not Path("/evil.txt").exists()
    assert not any("secret" in str(row["text"]) or "root:" in str(row["text"]) for row in records(tmp_path / "out"))
    assert cleanse("verify", tmp_path / "out").exit_code == 0


def test_h14_links_and_devices_are_not_followed_and_are_listed(tmp_path: Path) -> None:
    result = cleanse("run", made("links", tmp_path), tmp_path / "out")
    assert result.exit_code in (0, 1)
    assert {row["source_id"] for row in records(tmp_path / "out")} == {"harmless.txt", "deep/harmless.txt"}
    assert re.search(r"[4-9] files? of other kinds left alone|skipped", result.stderr), result.stderr


@pytest.mark.parametrize(("source", "target"), [("a", "a"), ("a", "a/out"), ("a/b", "a"), ("a", "b/../a/./c")])
def test_h15_input_and_output_in_one_another_are_refused(tmp_path: Path, source: str, target: str) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "b").mkdir()
    for name in ("a/x.txt", "a/b/y.txt"):
        (tmp_path / name).write_text(make.PROSE)
    before = files(tmp_path)
    assert cleanse("run", tmp_path / source, tmp_path / target).exit_code == 2
    assert files(tmp_path) == before


def test_h15_an_output_that_is_a_hard_link_to_an_input_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.txt").write_text(f"Menu\n\n{make.PROSE}")
    cleanse("run", tmp_path / "in", tmp_path / "out")
    (tmp_path / "out" / "clean" / "x.txt").unlink()
    os.link(tmp_path / "in" / "x.txt", tmp_path / "out" / "clean" / "x.txt")
    before = files(tmp_path / "in")
    cleanse("run", tmp_path / "in", tmp_path / "out")
    assert files(tmp_path / "in") == before
    assert (tmp_path / "out" / "clean" / "x.txt").read_text() == make.PROSE


def test_h15_a_file_that_cannot_be_written_is_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.txt").write_text(make.PROSE)
    (tmp_path / "in" / "x.txt").chmod(0o444)
    (tmp_path / "in").chmod(0o555)
    state = (tmp_path / "in" / "x.txt").stat().st_mtime_ns
    assert cleanse("run", tmp_path / "in", tmp_path / "out").exit_code == 0
    (tmp_path / "in").chmod(0o755)
    assert (tmp_path / "in" / "x.txt").stat().st_mtime_ns == state


def test_h17_its_own_output_is_text_like_any_other(tmp_path: Path) -> None:
    cleanse("run", made("pages", tmp_path), tmp_path / "out")
    (tmp_path / "again").mkdir()
    for name in ("ledger.jsonl", "documents.jsonl", "report.html", "manifest.json"):
        shutil.copy(tmp_path / "out" / name, tmp_path / "again" / f"{name}.txt")
    shutil.copy(Path(__file__), tmp_path / "again" / "sentinels.txt")
    assert cleanse("run", tmp_path / "again", tmp_path / "two").exit_code in (0, 1)
    assert cleanse("verify", tmp_path / "two").exit_code == 0
    assert cleanse("revert", tmp_path / "two", "-d", tmp_path / "back").exit_code == 0
    taken = {str(row["source_id"]) for row in records(tmp_path / "two")}
    assert files(tmp_path / "back") == {k: v for k, v in files(tmp_path / "again").items() if k in taken}
    assert cleanse("run", tmp_path / "two" / "clean", tmp_path / "three").exit_code in (0, 1)
    assert cleanse("verify", tmp_path / "three").exit_code == 0


def test_the_generator_makes_the_same_bytes_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        for kind in ("encodings", "surrogates", "controls", "hidden", "pages", "ids", "archives", "tables"):
            make.KINDS[kind](tmp_path / name / kind)
        make.bombs(tmp_path / name / "bombs", megabytes=1)
        time.sleep(0.01)
    assert files(tmp_path / "one") == files(tmp_path / "two")
