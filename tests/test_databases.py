"""SQL over a run: the same tables, whatever the run was written as, and nothing else within reach."""

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from cleanse.running import run
from cleanse.settings import Settings

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanse[sql]'")
pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'cleanse[sql]'")
SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module", params=["text", "parquet"])
def out(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "o'ut"
    run(str(SEEDS), folder, Settings(), form=request.param)
    return folder


def invoke(*words: str) -> Result:
    return CliRunner().invoke(main, ["audit", *words])


def test_sql_counts_what_audit_counts(out: Path) -> None:
    asked = "select rule, count(*) as edits from changes group by 1 order by 2 desc, 1"
    found = invoke("sql", str(out), asked, "--format", "csv").output.splitlines()
    listed = [line.split(",")[:2] for line in invoke(str(out), "--by", "rule", "--format", "csv").output.splitlines()]
    assert [line.split(",") for line in found] == listed
    joined = invoke("sql", str(out), "select count(*) as n from documents join claims on document = source_id")
    assert int(joined.output.split()[-1]) > 5


def test_json_lines_have_the_types_of_the_columns(out: Path) -> None:
    asked = (
        "select seq, note, start, moved, 1.5::decimal(3, 1) as part, 'nan'::double as none, date '2024-06-19' as day, "
        "{'a': [true]} as parts from changes where moved is not null and moved <> [] order by all limit 1"
    )
    row = json.loads(invoke("sql", str(out), asked, "--format", "jsonl").output)
    assert {type(row[name]) for name in ("seq", "start")} == {int}
    assert (row["note"], row["part"], row["none"], row["day"], row["parts"]) == (
        None, 1.5, None, "2024-06-19", {"a": [True]}
    )  # fmt: skip
    assert row["moved"] == ["image_credits"]
    told = invoke("sql", str(out), "select null as n, [1, 2] as l, 7 as i", "--format", "csv").output
    assert told.splitlines() == ["n,l,i", ',"[1, 2]",7']


def test_audit_counts_in_numbers_and_gives_spans_as_diff_does(out: Path) -> None:
    counted = json.loads(invoke(str(out), "--by", "rule", "--format", "jsonl").output.splitlines()[0])
    assert {type(counted[name]) for name in ("edits", "documents", "kinds")} == {int}
    listed = json.loads(invoke(str(out), "--format", "jsonl").output.splitlines()[0])
    start, end = listed["raw"]
    assert f",{start}-{end}," in invoke(str(out), "--format", "csv").output.splitlines()[1]


@pytest.mark.parametrize("sql", ["select nonsense", "copy documents to '/tmp/x.csv'", "select * from '/etc/passwd'"])
def test_what_sql_may_not_do_is_said(out: Path, sql: str) -> None:
    done = invoke("sql", str(out), sql)
    assert done.exit_code == 2
    assert "tables are documents, ledger, changes, claims" in done.output


@pytest.mark.parametrize("sql", ["", " ; ", "/* later */"])
def test_what_is_no_statement_is_said(out: Path, sql: str) -> None:
    done = invoke("sql", str(out), sql)
    assert done.exit_code == 2
    assert "write one, such as `select * from changes" in done.output


def test_sqlite_names_the_file_that_cannot_be_made_and_leaves_its_neighbour(out: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "none" / "audit.db", Path("/proc/audit.db")):
        done = invoke("sqlite", str(out), str(target))
        assert (done.exit_code, f"cleanse: {target}: " in done.output) == (3, True), done.output
    neighbour = tmp_path / "audit.db.tmp"
    neighbour.write_text("precious")
    assert invoke("sqlite", str(out), str(tmp_path / "audit.db")).exit_code == 0
    assert neighbour.read_text() == "precious"


def test_sqlite_is_a_copy_with_indexes(out: Path, tmp_path: Path) -> None:
    target = tmp_path / "audit.db"
    assert invoke("sqlite", str(out), str(target)).exit_code == 0
    connection = sqlite3.connect(target)
    changes = connection.execute("select count(*) from changes").fetchone()[0]
    assert changes == len(invoke(str(out), "--format", "csv").output.splitlines()) - 1
    assert connection.execute("select count(*) from documents").fetchone() == (5,)
    plan = str(connection.execute("explain query plan select * from ledger where document = 'x'").fetchall())
    assert "ledger_document" in plan
    connection.close()
    assert invoke("sqlite", str(out), str(target)).exit_code == 3
