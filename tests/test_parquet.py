"""Parquet shards hold the same run as JSON lines, and answer the same questions with the same words."""

import csv
import io
import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.errors import LedgerError
from cleanse.io.content import content
from cleanse.io.parquet import read_shard
from cleanse.io.store import Run
from cleanse.running import Making, run
from cleanse.settings import Settings
from helpers import BODY

pq: Any = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed: pip install 'cleanse[parquet]'")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One run as JSON lines, and the same in two pairs of Parquet shards."""
    lines, shards = tmp_path_factory.mktemp("lines") / "out", tmp_path_factory.mktemp("shards") / "out"
    run(str(SEEDS), lines, Settings())
    run(str(SEEDS), shards, Settings(), form="parquet", making=Making(shard_size=20_000))
    return lines, shards


def test_shards_hold_the_same_run(runs: tuple[Path, Path]) -> None:
    lines, shards = map(Run.open, runs)
    assert shards.verify() == 5
    assert content(shards) == content(lines)
    for cleaned in shards.documents():
        place = cleaned.record["ledger"]
        rows = pq.read_table(runs[1] / place["file"]).slice(place["first"] - 1, place["lines"]).to_pylist()
        assert {row["document"] for row in rows} == {cleaned.record["source_id"]}
        assert (rows[0]["kind"], rows[-1]["kind"]) == ("document", "end")


@pytest.mark.parametrize(
    "by", ["rule", "table", "stage", "doc", "class", "effect", "verdict", "applicability", "status"]
)
def test_counts_are_the_same(runs: tuple[Path, Path], by: str) -> None:
    one, two = (audit(out, "--by", by) for out in runs)
    assert one == two
    assert one.count("\n") > 1


@pytest.mark.parametrize(
    "where",
    [
        (), ("rule=boilerplate/*",), ("rule!=typography/*", "verdict=applied"), ("before~the",), ("chars>40",),
        ("class=layout", "start<500"), ("moved=authors",), ("effect=repaired",), ("effect=shown",), ("effect=removed",),
        ("table=provenance", "doc=*001*"), ("status=clean",), ("reason~line",), ("evidence.keep<0.5",),
        ("evidence.beside=site*",), ("applicability=display", "stage=spelling"),
    ],
)  # fmt: skip
def test_lists_are_the_same(runs: tuple[Path, Path], where: tuple[str, ...]) -> None:
    asked = [word for clause in where for word in ("--where", clause)]
    one, two = (audit(out, *asked) for out in runs)
    assert one == two


def test_a_sample_is_drawn_by_the_run(runs: tuple[Path, Path]) -> None:
    listed = rows(audit(runs[1], "--sample", "7"))
    # Two rules may propose one change: it is drawn once, and listed by both.
    assert len({change for change, *_ in listed[1:]}) == 7
    assert set(listed) <= set(rows(audit(runs[1])))


def test_one_changed_byte_shows(runs: tuple[Path, Path], tmp_path: Path) -> None:
    ledger = runs[1] / "ledger" / "000001.parquet"
    (tmp_path / "documents").mkdir()
    (tmp_path / "ledger").mkdir()
    (tmp_path / "documents" / "000000.parquet").write_bytes((runs[1] / "documents" / "000000.parquet").read_bytes())
    (tmp_path / "ledger" / "000000.parquet").write_bytes(ledger.read_bytes())
    with pytest.raises(LedgerError, match="part ways"):
        list(read_shard(tmp_path, 0))


def audit(out: Path, *options: str) -> str:
    done = CliRunner().invoke(main, ["audit", str(out), *options, "--format", "csv"])
    assert done.exit_code == 0 or "no record matches" in done.output, done.output
    return done.output


def rows(printed: str) -> list[tuple[str, ...]]:
    # A change that holds a line break is one row of several lines.
    return [tuple(row) for row in csv.reader(io.StringIO(printed))]


def table(path: Path, count: int, group: int) -> None:
    import pyarrow as pa  # noqa: PLC0415 - optional

    texts = [f"MENU\n\n{BODY}\nReport {n}, {'x' * (n % 7)} at noon.\n" for n in range(count)]
    when = pa.array([n * 1_000 for n in range(count)], pa.timestamp("ms"))
    path.parent.mkdir(exist_ok=True)
    pq.write_table(pa.table({"text": texts, "when": when, "n": range(count)}), path, row_group_size=group)


def test_rows_of_parquet_files_are_documents(tmp_path: Path) -> None:
    table(tmp_path / "in" / "a.parquet", 5, 2)
    run(str(tmp_path / "in"), tmp_path / "out", Settings(), form="parquet")
    found = list(Run.open(tmp_path / "out").documents())
    assert [cleaned.record["source_id"] for cleaned in found] == [f"a.parquet:{n}" for n in range(1, 6)]
    assert found[4].record["meta"] == {"when": "1970-01-01T00:00:04", "n": 4}
    assert found[2].text.startswith("The three harbour towns")
    done = CliRunner().invoke(main, ["revert", str(tmp_path / "out"), "-d", str(tmp_path / "back")])
    assert done.exit_code == 0, done.output
    lines = (tmp_path / "back" / "a.parquet.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1]) == {"id": "a.parquet:2", "text": f"MENU\n\n{BODY}\nReport 1, x at noon.\n"}


def test_shards_of_a_parquet_file_give_every_row_once(tmp_path: Path) -> None:
    table(tmp_path / "in" / "a.parquet", 60, 4)
    whole, cut = tmp_path / "whole", tmp_path / "cut"
    run(str(tmp_path / "in"), whole, Settings(), form="jsonl")
    summary = run(str(tmp_path / "in"), cut, Settings(), form="parquet", making=Making(shard_size=2_000))
    assert summary.tally.documents == 60
    assert len(list((cut / "documents").glob("*.parquet"))) > 3
    assert content(Run.open(cut)) == content(Run.open(whole))
    assert [c.record["source_id"] for c in Run.open(cut).documents()] == [f"a.parquet:{n}" for n in range(1, 61)]


@pytest.mark.parametrize("raw", [b"", b"PAR1", b"no table" * 100])
def test_a_broken_parquet_file_is_quarantined(tmp_path: Path, raw: bytes) -> None:
    table(tmp_path / "in" / "a.parquet", 1, 1)
    (tmp_path / "in" / "b.parquet").write_bytes(raw)
    summary = run(str(tmp_path / "in"), tmp_path / "out", Settings())
    assert [(source, reason) for source, reason, _ in summary.refusals] == [("b.parquet", "broken-parquet")]
    assert summary.tally.documents == 1


def test_raw_bytes_that_are_no_text_come_back_beside_texts(tmp_path: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 - optional

    raw = [b"first &amp;", b"bin \xe9 &amp;", b"last"]
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table({"id": ["a", "b", "c"], "text": pa.array(raw, pa.binary())}), tmp_path / "in/rows.parquet")
    run(str(tmp_path / "in"), tmp_path / "out", Settings())
    done = CliRunner().invoke(main, ["revert", str(tmp_path / "out"), "-d", str(tmp_path / "back")])
    assert done.exit_code == 0, done.output
    lines = [json.loads(line) for line in (tmp_path / "back/rows.parquet.jsonl").read_bytes().splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c"]
    assert [b64decode(line["raw_base64"]) if "raw_base64" in line else line["text"].encode() for line in lines] == raw
