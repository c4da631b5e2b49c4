"""The shipped schemas say what is written, and nothing else is written."""

import json
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from cleanse.errors import RecordError
from cleanse.pipeline import Pipeline
from cleanse.provenance.record import Provenance
from cleanse.records import _sound_record, arrow_fields, check_record, complaints, schema
from cleanse.rendering import RunInfo, render
from cleanse.running import run
from cleanse.settings import Settings
from helpers import BODY, clean
from strategies import documents

RUN = RunInfo("cleanse 0", "0" * 64, "tests", "0" * 64)
WRONG: tuple[object, ...] = (True, 7, "x", {}, [{}], None)
ARTICLE = f"A boat painted twice\n\nBy Ann Porter\n\nMarch 4, 2021\n\n{BODY}\n© 2021 The Harbour Post\n"


def written(text: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(render(clean(text), RUN, 0).line(1))
    return record


def test_the_schema_is_a_json_schema_and_records_keep_it() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.Draft202012Validator(schema()).validate(written(ARTICLE))


@given(documents())
@settings(max_examples=20)
def test_our_check_and_the_standard_one_agree(text: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    validator = jsonschema.Draft202012Validator(schema())
    record, sound = written(text), _sound_record()
    assert validator.is_valid(record)
    assert sound(record)
    check_record(record, clean(text).document.decoded.text)
    for name in ("title", "authors", "evidence", "status", "raw_bytes"):
        for wrong in WRONG:
            broken = {**record, name: wrong}
            assert not sound(broken) or not any(complaints(broken, schema(), ""))
            assert validator.is_valid(broken) is not any(complaints(broken, schema(), ""))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda r: r.pop("title"), "/title is not there"),
        (lambda r: r.update(colour="red"), "/colour is no field"),
        (lambda r: r.update(title=3), "/title is of type int"),
        (lambda r: r.update(raw_bytes=True), "/raw_bytes is of type bool"),
        (lambda r: r.update(status="fine"), "/status is 'fine'"),
        (lambda r: r.update(date_published="yesterday"), "/date_published does not look like"),
        (lambda r: r.update(copyright_year=20), "out of its range"),
        (lambda r: r["authors"][0].pop("role"), "/authors/0/role is not there"),
        (lambda r: r["evidence"][0].update(start=1), "is not what the raw text holds"),
        (lambda r: r["evidence"][0].update(start=None, end=None), "but nowhere"),
    ],
)
def test_a_record_that_is_not_whole_is_never_written(change: Any, what: str) -> None:
    record = deepcopy(written(ARTICLE))
    change(record)
    with pytest.raises(RecordError, match=what):
        check_record(record, ARTICLE)


def test_the_schema_has_every_field_of_the_record() -> None:
    known = list(schema()["properties"])
    assert set(schema()["required"]) == set(known)
    assert [name for name in known if name in {f.name for f in fields(Provenance)}] == [
        f.name for f in fields(Provenance)
    ]
    assert list(written(ARTICLE)) == known


def _arrow(rule: dict[str, Any]) -> Any:
    """The Arrow form of a part of the JSON Schema."""
    if "$ref" in rule:
        rule = schema()["$defs"][rule["$ref"].rpartition("/")[2]]
    kinds = [rule["type"]] if isinstance(rule["type"], str) else rule["type"]
    (kind,) = [name for name in kinds if name != "null"]
    if kind == "object" and "properties" in rule:
        return {"struct": {name: _arrow(inner) for name, inner in rule["properties"].items()}}
    if kind == "array":
        return {"list": _arrow(rule["items"])}
    return {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool", "object": "json"}[kind]


def test_both_schemas_say_the_same() -> None:
    assert {name: _arrow(rule) for name, rule in schema()["properties"].items()} == arrow_fields()
    assert list(schema()["properties"]) == list(arrow_fields())


def test_the_record_tells_where_its_ledger_lines_are(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    run(str(source), tmp_path / "out", Settings())
    lines = (tmp_path / "out" / "ledger.jsonl").read_text(encoding="utf-8").split("\n")
    for line in (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        place = record["ledger"]
        own = [json.loads(row) for row in lines[place["first"] - 1 : place["first"] - 1 + place["lines"]]]
        assert own[0]["id"] == record["source_id"]
        assert (own[0]["kind"], own[-1]["kind"]) == ("document", "end")


def test_inherited_columns_reach_the_written_record() -> None:
    document = clean(BODY).document
    with_meta = type(document)(document.id, document.raw, "x.jsonl", {"title": "Boats", "colour": "red"})
    record = json.loads(render(Pipeline.default().run(with_meta), RUN, 0).line(1))
    assert record["title"] == "Boats"
    assert record["meta"] == {"title": "Boats", "colour": "red"}
