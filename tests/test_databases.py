"""SQL over a run: the same tables, whatever the run was written as, and nothing else within reach."""

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


@pytest.mark.parametrize("sql", ["select nonsense", "copy documents to '/tmp/x.csv'", "select * from '/etc/passwd'"])
def test_what_sql_may_not_do_is_said(out: Path, sql: str) -> None:
    done = invoke("sql", str(out), sql)
    assert done.exit_code == 2
    assert "tables are documents, ledger, changes, claims" in done.output


@pytest.mark.parametrize("sql", ["", " ; ", "/* later */"])
def test_what_is_no_statement_is_said(out: Path, sql: str) -> None:
    done = invoke("sql", str(out), sql)
    assert done.exit_code == 2
    assert "write one, such as 'select * from changes" in done.output


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
