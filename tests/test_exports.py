"""Every export is valid by its own standard, says what the records say, and is the same each time; all offline."""

import gzip
import io
import json
import logging
import socket
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.columns import document_schema
from cleanse.errors import UsageError
from cleanse.exports.card import card
from cleanse.exports.dolma import document
from cleanse.exports.kinds import KINDS, kind
from cleanse.exports.schemaorg import article, properties
from cleanse.exports.summary import summary_of
from cleanse.io.store import Run
from cleanse.running import run
from cleanse.settings import Settings

SEEDS = Path(__file__).parent.parent / "seeds"
NAMES = [known.name for known in KINDS]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "out"
    run(str(SEEDS), folder, Settings(), collection="seeds")
    return folder


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise OSError("no network in tests")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(autouse=True)
def _validators_may_warn() -> Iterator[None]:
    """Other people's libraries warn about their own code."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def exported(out: Path, name: str) -> bytes:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    sink = io.BytesIO()
    kind(name).write(Run.open(out), sink)
    return sink.getvalue()


def records(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "documents.jsonl").read_text(encoding="utf-8").splitlines()]


def rows(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_two_exports_are_equal(out: Path, name: str) -> None:
    assert exported(out, name) == exported(out, name)


@pytest.mark.parametrize("name", NAMES)
def test_two_runs_export_the_same(out: Path, tmp_path: Path, name: str) -> None:
    run(str(SEEDS), tmp_path / "again", Settings(), collection="seeds", jobs=2)
    assert exported(tmp_path / "again", name) == exported(out, name)


def test_articles_use_the_vocabulary_of_schema_org(out: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    terms = {str(term).removeprefix("https://schema.org/") for term in dir(rdflib.SDO)}
    for row in rows(exported(out, "schemaorg")):
        assert set(properties(row)) <= terms
        graph = rdflib.Graph().parse(data=json.dumps(row), format="json-ld")
        assert (None, rdflib.RDF.type, rdflib.SDO.NewsArticle) in graph
        assert (None, rdflib.SDO.articleBody, None) in graph


def test_articles_say_what_the_records_say(out: Path) -> None:
    one = rows(exported(out, "schemaorg"))[1]
    assert one["author"] == [{"@type": "Person", "name": "Reid Standish"}]
    assert one["datePublished"] == "2022-09-15"
    assert one["publisher"] == {"@type": "Organization", "name": "RFE/RL", "url": "https://rferl.org/"}
    assert one["copyrightYear"] == 2022
    assert "license" not in one
    assert "dateModified" not in one


@pytest.mark.parametrize(
    ("license_", "shown"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0.html"),
        ("LicenseRef-X", "LicenseRef-X"),
        ("NOASSERTION", None),
    ],
)
def test_licences_of_articles(out: Path, license_: str, shown: str | None) -> None:
    assert article({**records(out)[0], "license": license_}).get("license") == shown


def test_dolma_documents_have_what_dolma_asks_for(out: Path) -> None:
    """No validator is published apart from Dolma's own reader; these are the rules of its data format page."""
    found = rows(exported(out, "dolma"))
    for row, record in zip(found, records(out), strict=True):
        assert {type(row[key]) for key in ("id", "text", "source")} == {str}
        assert set(row) <= {"id", "text", "source", "created", "added", "metadata"}
        assert row["text"] == record["text"]
    assert [row.get("created") for row in found] == [None, "2022-09-15", "2022-09-13T11:42:00.000Z", None, None]


def test_a_local_time_is_not_made_up_into_utc(out: Path) -> None:
    record = {**records(out)[0], "date_published": "2021-03-04T07:42:00", "date_precision": "minute-local"}
    assert document(record)["created"] == "2021-03-04"


def test_parquet_reads_back_as_it_was_written(out: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

    table = pq.read_table(io.BytesIO(exported(out, "parquet")))
    assert table.schema.equals(document_schema())
    for found, record in zip(table.to_pylist(), records(out), strict=True):
        assert {**found, "meta": json.loads(found["meta"])} == record


def test_croissant_loads_the_records(out: Path, tmp_path: Path) -> None:
    logging.getLogger("absl").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        croissant = pytest.importorskip("mlcroissant", reason="mlcroissant is not installed")
    for name in ("documents.jsonl", "ledger.jsonl"):
        (tmp_path / name).write_bytes((out / name).read_bytes())
    path = tmp_path / "croissant.json"
    path.write_bytes(exported(out, "croissant"))
    data_set = croissant.Dataset(jsonld=path)
    assert data_set.metadata.issues.errors == set()
    found = list(data_set.records("documents"))
    assert [row["documents/raw_sha256"].decode() for row in found] == [r["raw_sha256"] for r in records(out)]


def test_prov_goes_round_through_its_own_library(out: Path) -> None:
    model = pytest.importorskip("prov.model", reason="prov is not installed")
    read = model.ProvDocument.deserialize(content=exported(out, "prov").decode(), format="json")
    again = model.ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
    assert read == again
    derived = [r for r in read.get_records() if isinstance(r, model.ProvDerivation)]
    assert len(derived) == len(records(out))


def test_annotations_keep_the_model_and_quote_the_raw_text(out: Path) -> None:
    """The W3C publishes no validator to run offline; these are the musts of the model, sections 3 and 4."""
    raws = {c.record["raw_sha256"]: c.ledger.decode(c.raw).text for c in Run.open(out).documents()}
    found = rows(exported(out, "webannotation"))
    assert len({row["id"] for row in found}) == len(found) > 10
    for row in found:
        assert row["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert row["type"] == "Annotation"
        position, quote = row["target"]["selector"]
        raw = raws[row["target"]["source"].removeprefix("urn:sha256:")]
        assert raw[position["start"] : position["end"]] == quote["exact"]
        assert raw[: position["start"]].endswith(quote["prefix"])
        assert raw[position["end"] :].startswith(quote["suffix"])


def test_the_card_has_the_head_that_hugging_face_asks_for(out: Path) -> None:
    text = exported(out, "card").decode()
    _, head, body = text.split("---\n", 2)
    keys = [line.partition(":")[0] for line in head.splitlines() if line[:1].isalpha()]
    assert keys == [
        "pretty_name", "license", "license_name", "license_details", "language", "size_categories", "source_datasets",
        "task_categories", "configs",
    ]  # fmt: skip
    assert "# seeds" in body
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    read = yaml.safe_load(head)
    assert (read["license"], read["language"]) == ("other", ["en"])


def test_a_licence_is_named_only_where_all_documents_state_it(out: Path) -> None:
    both = [{**record, "license": "CC-BY-4.0"} for record in records(out)]
    manifest = Run.open(out).manifest
    assert 'license: "cc-by-4.0"' in list(card(manifest, summary_of(both)))
    both[0]["license"] = None
    assert "license: other" in list(card(manifest, summary_of(both)))


def test_a_name_that_is_no_export_is_refused() -> None:
    with pytest.raises(UsageError, match="croissant"):
        kind("word")


def test_the_command_writes_a_file_packed_or_plain(out: Path, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl.gz"):
        done = CliRunner().invoke(main, ["export", str(out), "--as", "dolma", "-o", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    packed = (tmp_path / "b.jsonl.gz").read_bytes()
    assert gzip.decompress(packed) == (tmp_path / "a.jsonl").read_bytes() == exported(out, "dolma")
    assert packed[4:8] == bytes(4), "the time of packing must not be in the file"
    assert {path.name for path in tmp_path.iterdir()} == {"a.jsonl", "b.jsonl.gz"}


def test_an_export_into_the_run_itself_is_refused(out: Path) -> None:
    done = CliRunner().invoke(main, ["export", str(out), "--as", "card", "-o", str(out / "README.md")])
    assert done.exit_code == 3
    assert not (out / "README.md").exists()


def test_an_export_leaves_what_has_its_name_and_what_is_beside_it(out: Path, tmp_path: Path) -> None:
    (tmp_path / "x.tmp").write_text("precious")
    (tmp_path / "link").symlink_to("x")
    done = CliRunner().invoke(main, ["export", str(out), "--as", "card", "-o", str(tmp_path / "link")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "x").read_bytes() == exported(out, "card")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "x", "x.tmp"]


def test_parquet_goes_to_a_file_as_it_goes_to_a_pipe(out: Path, tmp_path: Path) -> None:
    wanted = exported(out, "parquet")
    done = CliRunner().invoke(main, ["export", str(out), "--as", "parquet", "-o", str(tmp_path / "x.parquet")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "x.parquet").read_bytes() == wanted
