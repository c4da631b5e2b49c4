"""What reaches a terminal, a pipe or a spreadsheet: nothing of a document, a path or a rule's name can act there."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.visible import visible

NAME = "=cmd\x1b[35m\u202etxt.exe\x9b.txt"
TEXT = (
    "Menu\n\n=HYPERLINK(1)\x1b]0;owned\x07 is what the “envoy“ said on Monday to the king of the north.\n\n"
    "She \u202eanswered\u202c that the \x9b31m treaty \u2066would hold\u2069 for ten\u200b years.\n\n"
    "Comments are closed.\n"
)
RULE = "evil\x1b[2J\u202e/rule\x9b"
OURS = re.compile(r"\x1b\[(?:0|1|31|32|33|34|37)m")
"""Reset, bold, red, green, yellow, blue, white; nothing hostile here uses these."""
ACTING = [
    *map(chr, range(32)),
    "\x7f",
    *map(chr, range(0x80, 0xA0)),
    *"\u200b\u2028\u2029\u202a\u202e\u2066\u2069\ufeff",
]


def cleanse(*args: object) -> str:
    """What a terminal is sent, without the colours that are ours."""
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False, color=True)
    assert done.exit_code in (0, 1, 2, 3), done.output
    return OURS.sub("", done.output)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over a hostile document, in whose ledger the rules have hostile names too."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "in").mkdir()
    (folder / "in" / NAME).write_text(TEXT, encoding="utf-8", newline="")
    cleanse("run", folder / "in", folder / "out")
    ledger = folder / "out" / "ledger.jsonl"
    lines = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["kind"] == "change":
            line["rule"] = RULE
            line["stage"] = line["stage"]
    ledger.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder / "out"


def edit_id(out: Path) -> str:
    return str(json.loads(cleanse("audit", out, "--format", "jsonl").splitlines()[0])["id"])


@pytest.mark.parametrize(
    "command",
    [
        "diff OUT", "diff OUT --all --layout", "diff OUT --json --layout", "diff OUT --full", "diff OUT ID",
        "audit OUT", "audit OUT --by rule", "audit OUT --by doc", "audit OUT --format csv", "audit OUT --format jsonl",
        "audit OUT --format sarif", "audit OUT --where rule=no/such", "explain OUT NAME", "explain OUT NAME:5",
        "explain OUT ID", "explain OUT no\x1b[35msuch", "diff OUT no\u202esuch", "check IN", "verify OUT",
        "review OUT --reject ID --decisions DECISIONS", "review OUT --accept ID --json --decisions DECISIONS",
        "review export --decisions DECISIONS", "rules report OUT --all --decisions DECISIONS",
        "rules report OUT --json --all --decisions DECISIONS", "signoff OUT --decisions DECISIONS",
        "run IN OUT2\x1b[35m", "rules show evil\x1b[35m/rule", "audit \x1b[35mnowhere",
    ],
)  # fmt: skip
def test_nothing_that_acts_is_printed(out: Path, command: str) -> None:
    words = {"OUT": out, "NAME": NAME, "ID": edit_id(out), "IN": out.parent / "in", "DECISIONS": out.parent / "d.jsonl"}
    args = [words.get(word, word.replace("OUT2", f"{out}2")) for word in command.replace("NAME:5", "PLACE").split(" ")]
    said = cleanse(*(f"{NAME}:5" if arg == "PLACE" else arg for arg in args))
    assert said
    assert [character for character in ACTING if character in said and character != "\n"] == []


def test_what_was_hidden_is_labelled(out: Path) -> None:
    said = cleanse("audit", out)
    assert "<U+001B>" in said
    assert "<U+202E>" in said
    assert visible(NAME)[:20] in said


def test_a_spreadsheet_finds_no_formula(out: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(cleanse("audit", out, "--format", "csv"))))
    assert rows
    for row in rows:
        assert [
            cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"))
        ] == []
    assert rows[0]["doc"].startswith("'=cmd")


def test_json_keeps_the_very_characters(out: Path) -> None:
    rows = [json.loads(line) for line in cleanse("audit", out, "--format", "jsonl").splitlines()]
    assert {row["doc"] for row in rows} == {NAME}
    assert {row["rule"] for row in rows} == {RULE}


def test_every_listing_names_edits_by_the_id_that_every_command_takes(out: Path) -> None:
    name = edit_id(out)
    listed = [
        cleanse("diff", out, name), cleanse("audit", out, "--where", f"id={name}"), cleanse("explain", out, name[:6]),
        cleanse("diff", out, "--layout", "--all", "--where", f"id={name[:6]}*"),
    ]  # fmt: skip
    assert all(name in said for said in listed)
    assert len(cleanse("diff", out, name).splitlines()) == 2


def run(command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    path = str(Path(sys.executable).parent)
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        env={"PATH": f"{path}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["audit {out} --format jsonl", "diff {out} --layout --all", "audit {out}"])
def test_a_pipe_that_closes_early_is_no_error(out: Path, command: str) -> None:
    done = run(f"cleanse {command.format(out=out)} | head -1")
    assert done.stderr == ""
    assert done.returncode == 0
    assert done.stdout.count("\n") == 1


def test_colours_stand_on_a_terminal_only_and_not_where_nobody_wants_them(out: Path) -> None:
    command = f"script -qec 'cleanse audit {out} --by effect' /dev/null"
    if run("command -v script").returncode:
        pytest.skip("`script` is not installed: no terminal to look at")
    assert "\x1b[1m" in run(command, TERM="xterm").stdout
    assert "\x1b" not in run(command, TERM="xterm", NO_COLOR="1").stdout
    assert "\x1b" not in run(f"cleanse audit {out} --by effect").stdout
