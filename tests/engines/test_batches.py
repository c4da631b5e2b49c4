"""One Arrow function: a row for each row, equal to what a run writes, and nothing a document can do ends it."""

import json
import pickle
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleanse
from cleanse.columns import INPUT, QUARANTINED, ledger_lines, ledger_row
from cleanse.engines.batches import Pack, clean_batches, output_schema
from cleanse.errors import UsageError
from cleanse.guards import Guards
from cleanse.io.tables import ROW, SOURCE
from cleanse.learning import learned
from cleanse.ledger_io import assemble, rows
from cleanse.pipeline import Pipeline
from cleanse.rendering import RunInfo
from cleanse.running import run
from cleanse.settings import Settings
from helpers import BODY, Broken, clean

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanse[parquet]'")

SEEDS = Path(__file__).parents[2] / "seeds"
DIRTY = f"MENU\n\nBy Jane Roe\n\n{BODY}\nCopyright (c) 2022. The Harbour Post. All rights reserved.\n"


@cache
def pack() -> Pack:
    return Pack.default(collection="seeds")


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def cleaned(columns: dict[str, Any], using: Pack | None = None) -> list[dict[str, Any]]:
    batch = columns if isinstance(columns, pa.RecordBatch) else pa.record_batch(columns)
    found = list(clean_batches(iter([batch]), using or pack()))
    assert all(piece.schema.equals(output_schema(batch.schema, using or pack())) for piece in found)
    return [row for piece in found for row in piece.to_pylist()]


def test_it_gives_what_a_run_writes(tmp_path: Path) -> None:
    chosen = Settings(date_order="none")
    run(str(SEEDS), tmp_path / "out", chosen)
    records = lines_of(tmp_path / "out" / "documents.jsonl")
    names = [record["source_id"] for record in records]
    raws = [(SEEDS / name).read_bytes() for name in names]
    pipeline = learned(chosen, lambda: (raw.decode() for raw in raws)).pipeline
    info = RunInfo.of(cleanse.__version__, pipeline.rules_digest, "seeds", chosen.as_dict())
    found = cleaned({"id": names, SOURCE: names, "text": raws}, Pack.of(pipeline, info))
    apart = ("ledger", "reason", "message", "meta")
    for row, record in zip(found, records, strict=True):
        assert {k: v for k, v in row.items() if k not in apart} == {k: v for k, v in record.items() if k not in apart}
        assert row["reason"] is None
    nested = [{**line, "document": row["source_id"]} for row in found for line in row["ledger"]]
    written = lines_of(tmp_path / "out" / "ledger.jsonl")
    assert list(assemble(ledger_lines(nested))) == list(assemble(iter(written)))


@settings(max_examples=30)
@given(st.lists(st.one_of(st.none(), st.text(), st.text(alphabet=DIRTY)), max_size=6))
def test_any_text_gives_a_row_whose_ledger_proves_it(texts: list[str | None]) -> None:
    texts = [text if text is None else text.encode("utf-8", "replace").decode() for text in texts]
    found = cleaned(pa.record_batch({"text": pa.array(texts, pa.string())}))
    assert len(found) == len(texts)
    for text, row in zip(texts, found, strict=True):
        if row["status"] == QUARANTINED:
            assert row["reason"]
            assert not row["ledger"]
            continue
        assert text is not None
        [(ledger, status)] = assemble(ledger_lines({**line, "document": row["source_id"]} for line in row["ledger"]))
        ledger.verify(text.encode(), row["text"])
        assert status == row["status"]


def test_ledger_rows_are_the_lines_again() -> None:
    outcome = clean(b"\xef\xbb\xbf" + DIRTY.encode() + b"caf\xe9 \xff au lait \xc3\xa9t\xc3\xa9\r\n")
    lines = list(rows(outcome.ledger, "clean", "cleanse 0"))
    assert {line["kind"] for line in lines} >= {"document", "change", "claim", "fact", "end"}
    name = outcome.document.id
    assert list(ledger_lines({**ledger_row(line), "document": name} for line in lines)) == lines


def test_columns_of_the_input_are_carried_as_they_came() -> None:
    batch = pa.record_batch({
        "id": [7, 8], "text": [DIRTY, BODY], "score": pa.array([1.5, float("nan")]), "raw": [b"\xff\x00", None],
        "when": pa.array([0, None], pa.timestamp("ms")), "tags": [["a"], []],
        "site": pa.array(["x", "x"]).dictionary_encode(),
    })  # fmt: skip
    one, two = cleaned(batch)
    assert (one["source_id"], two["source_id"]) == ("7", "8")
    assert one[INPUT] == {"score": 1.5, "raw": b"\xff\x00", "when": one[INPUT]["when"], "tags": ["a"], "site": "x"}
    assert json.loads(one["meta"]) == {
        "score": 1.5, "raw": "/wA=", "when": "1970-01-01T00:00:00", "tags": ["a"], "site": "x"
    }  # fmt: skip
    assert json.loads(two["meta"])["score"] == "nan"


@pytest.mark.parametrize("kind", [pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()])
def test_text_may_be_of_any_kind(kind: Any) -> None:
    texts = pa.array([DIRTY.encode(), None], pa.binary()).cast(kind) if "binary" in str(kind) else None
    batch = pa.record_batch({"text": texts if texts is not None else pa.array([DIRTY, None], kind)})
    one, two = cleaned(batch)
    assert one["text"] == clean(DIRTY).text
    assert (two["status"], two["reason"]) == (QUARANTINED, "no-text")


def test_rows_without_id_are_named_by_place_or_digest() -> None:
    placed = cleaned({"text": [BODY], SOURCE: ["part.parquet"], ROW: [3]})
    assert placed[0]["source_id"] == "part.parquet:3"
    assert cleaned({"text": [BODY], SOURCE: ["a.txt"]})[0]["source_id"] == "a.txt"
    assert cleaned({"text": [BODY]})[0]["source_id"] == f"sha256:{clean(BODY).document.digest}"


def test_what_is_no_text_is_a_row_with_its_reason() -> None:
    found = cleaned({"id": ["a", "b"], "text": [bytes(range(256)), DIRTY.encode()]})
    assert [(row["status"], row["reason"]) for row in found] == [(QUARANTINED, "binary"), ("clean", None)]


def test_a_stage_that_fails_marks_its_document_only() -> None:
    broken = Pack.of(Pipeline((Broken(),), guards=Guards()), RunInfo("cleanse 0", "0" * 64, "c", "0" * 64))
    [row] = cleaned({"text": [BODY]}, broken)
    assert (row["status"], row["text"]) == ("review", BODY)


def test_large_batches_come_out_in_slices_and_empty_ones_too() -> None:
    batch = pa.record_batch({"text": [f"{n}\n" for n in range(1_100)]})
    plain = replace(pack(), packed=Pack.of(Pipeline(()), RunInfo("cleanse 0", "0" * 64, "c", "0" * 64)).packed)
    pieces = list(clean_batches(iter([batch, batch.slice(0, 0)]), plain))
    assert [piece.num_rows for piece in pieces] == [512, 512, 76, 0]
    texts = [text for piece in pieces for text in piece.column("text").to_pylist()]
    assert texts == batch.column("text").to_pylist()


def test_a_missing_text_column_is_said() -> None:
    with pytest.raises(UsageError, match="no column 'text' among body"):
        cleaned({"body": [BODY]})


def test_a_pack_travels_and_is_built_once() -> None:
    again = pickle.loads(pickle.dumps(pack()))  # noqa: S301 - our own bytes
    assert again == pack()
    assert again.worker is pack().worker
    assert again.worker.pipeline.rules_digest == cleanse.load_rules().digest


def test_batches_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def source() -> Iterator[Any]:
        for number in range(3):
            taken.append(number)
            yield pa.record_batch({"text": [BODY]})

    found = clean_batches(source(), pack())
    next(found)
    assert taken == [0]
