"""Parquet shards hold the same run as JSON lines, and answer the same questions with the same words."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import cleanse
from cleanse.cli import main
from cleanse.engines.work import Worker
from cleanse.errors import LedgerError
from cleanse.io.content import content
from cleanse.io.files import find_inputs
from cleanse.io.output import OutputFolder
from cleanse.io.parquet import ShardWriter, read_shard
from cleanse.io.readers import Taken, read_all
from cleanse.io.store import Run
from cleanse.learning import learned
from cleanse.rendering import Rendered, RunInfo
from cleanse.running import run
from cleanse.settings import Settings

pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanse[parquet]'")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One run as JSON lines, and the same in two pairs of Parquet shards."""
    lines, shards = tmp_path_factory.mktemp("lines") / "out", tmp_path_factory.mktemp("shards") / "out"
    run(str(SEEDS), lines, Settings())
    items = [item for item in read_all(find_inputs(str(SEEDS))) if isinstance(item, Taken)]
    learner = learned(Settings(), lambda: (item.document.decoded.text for item in items))
    info = RunInfo.of(cleanse.__version__, learner.pipeline.rules_digest, "seeds", learner.settings.as_dict())
    worker = Worker(learner.pipeline, info)
    with OutputFolder(shards) as folder:
        for number, some in enumerate((items[:2], items[2:])):
            writer = ShardWriter(shards, number)
            for item in some:
                rendered = worker(item)
                assert isinstance(rendered, Rendered)
                writer.write(rendered)
            for file in writer.close():
                folder.adopt(file.name, file.size, file.digest)
        folder.finish({**Run.open(lines).manifest, "format": "parquet"})
    return lines, shards


def test_shards_hold_the_same_run(runs: tuple[Path, Path]) -> None:
    lines, shards = map(Run.open, runs)
    assert shards.verify() == 5
    assert content(shards) == content(lines)
    places = [cleaned.record["ledger"] for cleaned in shards.documents()]
    assert [place["file"] for place in places] == ["ledger/000000.parquet"] * 2 + ["ledger/000001.parquet"] * 3
    assert [place["first"] for place in places[::2]] == [1, 1, places[3]["first"] + places[3]["lines"]]


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
    listed = audit(runs[1], "--sample", "7").splitlines()
    assert len(listed) == 8
    assert set(listed) <= set(audit(runs[1]).splitlines())


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
