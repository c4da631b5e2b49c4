"""Documents and ledgers as Arrow columns: their schemas, and lines of JSON into columns and back.

What columns there are is data (`schemas/*.arrow.json`), and their names are those of the JSON. All types are plain
ones: Spark's bridge to Arrow refuses string views, list views and unsigned numbers. Needs `pyarrow`
(`pip install 'cleanse[parquet]'`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cleanse.errors import UsageError
from cleanse.records import arrow_fields

QUARANTINED = "quarantined"
"""The status of a row whose document could not be cleaned."""
INPUT = "input"
"""The struct of an output row that carries the other columns of its input row, as they came."""
_JSON = frozenset({"evidence", "attributes"})


def arrow() -> Any:
    """The module pyarrow. Raises UsageError where it is not installed."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - optional
    except ImportError as error:
        raise UsageError("Arrow and Parquet need pyarrow: pip install 'cleanse[parquet]'") from error
    return pa


def document_schema(carried: Any = None) -> Any:
    """The columns of a shard of documents: the record, and what the input carried, if anything."""
    pa = arrow()
    fields = [pa.field(name, _type(kind)) for name, kind in arrow_fields().items()]
    return pa.schema([*fields, *([pa.field(INPUT, carried)] if carried is not None else [])])


def ledger_schema() -> Any:
    """The columns of a shard of ledgers: a row for each line of `ledger.jsonl`."""
    return arrow().schema([(name, _type(kind)) for name, kind in arrow_fields("ledger").items()])


def batch_schema(carried: Any = None) -> Any:
    """The columns of cleaned batches: the record, why there is none, and the ledger nested as a list."""
    pa = arrow()
    lines = pa.struct([(name, _type(kind)) for name, kind in arrow_fields("ledger").items() if name != "document"])
    whole = document_schema(carried)
    record = [field for field in whole if field.name not in ("ledger", INPUT)]
    last = [whole.field(INPUT)] if carried is not None else []
    return pa.schema([
        *record, pa.field("reason", pa.string()), pa.field("message", pa.string()), pa.field("ledger", pa.list_(lines)),
        *last,
    ])  # fmt: skip


def _type(kind: Any) -> Any:
    pa = arrow()
    if isinstance(kind, str):
        return pa.string() if kind == "json" else pa.type_for_alias(kind)
    if "list" in kind:
        return pa.list_(_type(kind["list"]))
    return pa.struct([(name, _type(inner)) for name, inner in kind["struct"].items()])


def arrays(rows: Sequence[Mapping[str, Any]], fields: Iterable[Any]) -> list[Any]:
    """One Arrow array per field; what a row does not have is null."""
    pa = arrow()
    return [pa.array([row.get(field.name) for row in rows], field.type) for field in fields]


def nested(ledgers: Sequence[Sequence[Mapping[str, Any]]], kind: Any) -> Any:
    """Ledger rows as one list of structs per document."""
    pa = arrow()
    offsets = [0]
    for rows in ledgers:
        offsets.append(offsets[-1] + len(rows))
    fields = list(kind.value_type)
    flat = arrays([row for rows in ledgers for row in rows], fields)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.StructArray.from_arrays(flat, fields=fields))


def record_row(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its free parts as JSON text."""
    return {**record, **{name: _text(record[name]) for name in _free() if name in record}}


def record_of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """The inverse of `record_row`, for a row of a shard of documents."""
    free = _free()
    return {name: json.loads(row[name]) if name in free else row[name] for name in arrow_fields()}


def _free() -> frozenset[str]:
    return frozenset(name for name, kind in arrow_fields().items() if kind == "json")


def ledger_row(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the ledger as a row, still without the id of its document."""
    match line["kind"]:
        case "document":
            bad = [{"start": start, "bytes": raw} for start, raw in line["bad"]]
            return {"kind": "document", "origin": {**line, **line["raw"], "bad": bad}}
        case "end":
            return {"kind": "end", "outcome": line}
    row = dict(line)
    if "raw" in row:
        row["raw_start"], row["raw_end"] = row.pop("raw")
    for name in _JSON & row.keys():
        row[name] = _text(row[name])
    if row["kind"] == "fact":
        row["value"] = _text(row["value"])
    return row


def ledger_lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The inverse of `ledger_row`, for rows of a shard of ledgers."""
    for row in rows:
        match row["kind"]:
            case "document":
                origin = dict(row["origin"])
                raw = {"sha256": origin.pop("sha256"), "length": origin.pop("length")}
                bad = [[spot["start"], spot["bytes"]] for spot in origin["bad"]]
                yield {**origin, "kind": "document", "id": row["document"], "raw": raw, "bad": bad}
            case "end":
                yield {**row["outcome"], "kind": "end", "document": row["document"]}
            case _:
                yield _line({name: value for name, value in row.items() if value is not None and name != "document"})


def _line(line: dict[str, Any]) -> dict[str, Any]:
    if "raw_start" in line:
        line["raw"] = [line.pop("raw_start"), line.pop("raw_end")]
    for name in _JSON & line.keys():
        line[name] = json.loads(line[name])
    if line["kind"] == "fact":
        line["value"] = json.loads(line["value"])
    return line


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def plain(kind: Any) -> Any:
    """The plain type that holds the same values: large strings, views and dictionaries as what they stand for."""
    pa = arrow()
    types = pa.types
    if types.is_dictionary(kind):
        return plain(kind.value_type)
    if types.is_struct(kind):
        return pa.struct([pa.field(field.name, plain(field.type), field.nullable) for field in kind])
    if any(test(kind) for test in (types.is_list, types.is_large_list, types.is_list_view, types.is_large_list_view)):
        return pa.list_(plain(kind.value_type))
    if types.is_large_string(kind) or types.is_string_view(kind):
        return pa.string()
    if types.is_large_binary(kind) or types.is_binary_view(kind) or types.is_fixed_size_binary(kind):
        return pa.binary()
    return kind
