"""Spark gives what a local run gives, loses nothing to a killed worker, and one row to a deadly document."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.corpus.repeated import count, repeated
from cleanse.engines import spark, spark_corpus
from cleanse.engines.batches import Pack
from cleanse.io.content import content
from cleanse.io.files import find_inputs
from cleanse.io.labels import find_duplicates
from cleanse.io.readers import Taken, read_all
from cleanse.io.spill import Spill
from cleanse.io.store import Run
from cleanse.pipeline import Pipeline
from cleanse.rendering import RunInfo
from cleanse.running import run
from cleanse.settings import Settings
from helpers import BODY

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: make engines")
pytest.importorskip("pyspark", reason="pyspark is not installed: make engines")
pytestmark = [
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java: make engines"),
    pytest.mark.filterwarnings("ignore"),  # of pyspark and pandas about one another
]

SEEDS = Path(__file__).parents[2] / "seeds"
HERE = str(Path(__file__).parent)


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Two workers and four attempts; workers can import what stands beside this file."""
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (HERE, path)))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    sys.path.insert(0, HERE)
    found = spark.session("local[2,4]")
    found.conf.set("spark.sql.shuffle.partitions", "2")
    yield found
    found.stop()
    sys.path.remove(HERE)
    os.environ.pop("PYTHONPATH") if path is None else os.environ.update(PYTHONPATH=path)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The seeds, some other texts, and something that is no text."""
    shutil.copytree(SEEDS, tmp_path / "in")
    for number in range(20):
        text = f"MENU\n\nBy Jane Roe\n\n{BODY}\nPage {number} of 20\n#north #s{number}\n"
        (tmp_path / "in" / f"d é+[{number:02}]%20.txt").write_text(text, encoding="utf-8")
    (tmp_path / "in" / "binary.txt").write_bytes(bytes(range(256)) * 8)
    return tmp_path / "in"


def test_spark_and_a_local_run_agree(session: Any, tree: Path, tmp_path: Path) -> None:
    run(str(tree), tmp_path / "local", Settings(), collection="c")
    summary = spark.run_spark(session, str(tree), tmp_path / "spark", Settings(), collection="c")
    assert [refusal.reason for refusal in summary.refusals] == ["binary"]
    here, there = Run.open(tmp_path / "local"), Run.open(tmp_path / "spark")
    assert content(there) == content(here)
    assert there.verify() == summary.tally.documents == 25
    assert there.manifest["counts"] == here.manifest["counts"]
    assert not (tmp_path / "spark" / "staging").exists()
    done = CliRunner().invoke(main, ["revert", str(tmp_path / "spark"), "-d", str(tmp_path / "back")])
    assert done.exit_code == 0
    for path in tree.glob("*.txt"):
        if path.name != "binary.txt":
            assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes()


def test_parquet_goes_in_and_its_columns_are_carried(session: Any, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in" / "deep").mkdir(parents=True)
    for name in ("a", "deep/b"):
        texts = [f"MENU\n\n{BODY}", None, BODY]
        table = pa.table({"text": texts, "rank": pa.array([1, 2, None], pa.int16()), "kind": [[name], None, []]})
        pq.write_table(table, tmp_path / "in" / f"{name}.parquet")
    summary = spark.run_spark(session, str(tmp_path / "in"), tmp_path / "out", Settings(), collection="c")
    assert sorted(refusal.source for refusal in summary.refusals) == ["a.parquet:2", "deep/b.parquet:2"]
    found = Run.open(tmp_path / "out")
    assert found.verify() == 4
    assert {c.record["source_id"]: c.record["meta"] for c in found.documents()} == {
        "a.parquet:1": {"rank": 1, "kind": ["a"]},
        "a.parquet:3": {"rank": None, "kind": []},
        "deep/b.parquet:1": {"rank": 1, "kind": ["deep/b"]},
        "deep/b.parquet:3": {"rank": None, "kind": []},
    }
    [shard, *_] = sorted((tmp_path / "out" / "documents").glob("*.parquet"))
    assert pq.read_schema(shard).field("input").type.field("rank").type == pa.int16()
    listed = CliRunner().invoke(main, ["audit", str(tmp_path / "out"), "--by", "rule", "--format", "csv"])
    assert "boilerplate/" in listed.output


def test_a_killed_worker_costs_nothing_and_a_deadly_document_its_row(session: Any, tmp_path: Path) -> None:
    from poison import DEADLY, FATAL_ONCE, Poison  # noqa: PLC0415 - a module of the workers

    flag = tmp_path / "flag"
    texts = [f"{BODY}{number}\n" for number in range(40)]
    texts[7] += DEADLY
    texts[33] += FATAL_ONCE
    pack = Pack.of(Pipeline((Poison(flag=str(flag)),)), RunInfo("cleanse 0", "0" * 64, "c", "0" * 64))
    frame = session.createDataFrame([(str(n), text) for n, text in enumerate(texts)], "id string, text string")
    rows = spark.clean_frame(frame.repartition(4), pack).select("source_id", "text", "reason").collect()
    assert flag.exists()
    found = {int(row.source_id): (row.text, row.reason) for row in rows}
    assert len(rows) == len(found) == 40
    assert found.pop(7) == (None, "crash")
    assert found == {n: (text, None) for n, text in enumerate(texts) if n != 7}


def test_corpus_passes_give_what_one_machine_gives(session: Any, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    sites = ["https://a.example/1", "https://www.b.example/2", None]
    texts = [
        f"The courier weekly\n\n{BODY}\nReport {n // 2} came in.\n\n{' '.join(f'w{n // 3}x{k}' for k in range(60))}\n"
        for n in range(30)
    ]
    (tmp_path / "in").mkdir()
    for half in range(2):
        some = slice(15 * half, 15 * half + 15)
        table = pa.table({"text": texts[some], "url": [sites[n % 3] for n in range(30)][some]})
        pq.write_table(table, tmp_path / "in" / f"{half}.parquet")
    found, documents = spark_corpus.repeated_lines(session, str(tmp_path / "in"), "url", at_least=5, share=0.02)
    spill = Spill()
    taken = [item.document for item in read_all(find_inputs(str(tmp_path / "in"))) if isinstance(item, Taken)]
    sources = count(taken, "url", spill)
    assert (found, documents) == (list(repeated(spill.sums(), sources)), 20)
    assert "The courier weekly" in {line.text for line in found}

    run(str(tmp_path / "in"), tmp_path / "out", Settings(), form="parquet")
    labels = spark_corpus.find_duplicates(session, tmp_path / "out")
    assert labels == find_duplicates(Run.open(tmp_path / "out"))
    assert len(labels) > 10
