"""The check that every written record passes: the shipped schema, and evidence that stands in the raw text.

The schema (`schemas/document.schema.json`) is JSON Schema for others to use; what of that standard it uses is
checked here without a dependency: type, enum, pattern, minimum, maximum, properties, required, items, $ref.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import regex

from cleanse.errors import RecordError

_TYPES: Mapping[str, tuple[type, ...]] = MappingProxyType(
    {
        "string": (str,),
        "integer": (int,),
        "number": (int, float),
        "boolean": (bool,),
        "object": (dict,),
        "array": (list, tuple),
        "null": (type(None),),
    }
)


@cache
def schema() -> Mapping[str, Any]:
    """The JSON Schema of a document's record."""
    loaded: Mapping[str, Any] = json.loads((files("cleanse.schemas") / "document.schema.json").read_text("utf-8"))
    return loaded


@cache
def arrow_fields(table: str = "document") -> Mapping[str, Any]:
    """Columns of `document` or `ledger`, and their types: a name, `{"list": type}` or `{"struct": {name: type}}`."""
    loaded = json.loads((files("cleanse.schemas") / f"{table}.arrow.json").read_text("utf-8"))
    fields: Mapping[str, Any] = loaded["fields"]
    return fields


def check_record(record: Mapping[str, Any], raw: str) -> None:
    """Raise RecordError with the first way in which a record breaks its schema or its evidence the raw text."""
    for wrong in () if _sound_record()(record) else complaints(record, schema(), ""):
        raise RecordError(f"{record.get('source_id')}: the record breaks its schema: {wrong}")
    for item in record["evidence"]:
        start, end = item["start"], item["end"]
        if start is not None and raw[start:end] != item["exact"]:
            raise RecordError(f"{record['source_id']}: {item['field']} is not what the raw text holds at {start}-{end}")
        if start is None and item["status"] != "inherited":
            raise RecordError(f"{record['source_id']}: {item['field']} is {item['status']}, but nowhere")


@cache
def _sound_record() -> Callable[[Any], bool]:
    return _sound(schema())


def _sound(rule: Mapping[str, Any]) -> Callable[[Any], bool]:
    """A quick test that only lets through what draws no complaint: a tenth of the time, for each of all records."""
    if reference := rule.get("$ref"):
        return _sound(schema()["$defs"][reference.rpartition("/")[2]])
    names = rule.get("type", [])
    types = frozenset(kind for name in ([names] if isinstance(names, str) else names) for kind in _TYPES[name])
    if rule.keys() <= {"type", "description"} and types:
        return lambda value: type(value) in types
    if "items" in rule and types <= {list, tuple}:
        item = _sound(rule["items"])
        return lambda value: type(value) in types and all(map(item, value))
    if "properties" in rule:
        return _sound_keys(rule)
    return _sound_scalar(rule, types)


def _sound_scalar(rule: Mapping[str, Any], types: frozenset[type]) -> Callable[[Any], bool]:
    null = type(None) in types
    if "enum" in rule and types <= {str, type(None)}:
        known = frozenset(rule["enum"])
        return lambda value: type(value) in types and value in known
    if "pattern" in rule and types <= {str, type(None)}:
        search = regex.compile(rule["pattern"]).search
        return lambda value: null if value is None else type(value) is str and search(value) is not None
    if rule.keys() <= {"type", "description", "minimum", "maximum"} and types <= {int, float, type(None)}:
        low, high = rule.get("minimum", -math.inf), rule.get("maximum", math.inf)
        return lambda value: null if value is None else type(value) in types and low <= value <= high
    return lambda value: not any(complaints(value, rule, ""))


def _sound_keys(rule: Mapping[str, Any]) -> Callable[[Any], bool]:
    parts = [(name, _sound(part)) for name, part in rule["properties"].items()]
    null, known, required = "null" in rule.get("type", []), rule["properties"].keys(), frozenset(rule["required"])

    def sound(value: Any) -> bool:
        if value is None:
            return null
        if type(value) is not dict or not required <= value.keys() <= known:
            return False
        for name, part in parts:  # noqa: SIM110 - a third of the time of `all`, for dozens of keys in each record
            if name in value and not part(value[name]):
                return False
        return True

    return sound


def complaints(value: Any, rule: Mapping[str, Any], path: str) -> Iterator[str]:
    """What is wrong with a value, by the parts of JSON Schema that the shipped schema uses."""
    if reference := rule.get("$ref"):
        yield from complaints(value, schema()["$defs"][reference.rpartition("/")[2]], path)
        return
    where = path or "/"
    if not _is_of(value, rule.get("type", [])):
        yield f"{where} is of type {type(value).__name__}, not {rule['type']}"
        return
    if "enum" in rule and value not in rule["enum"]:
        yield f"{where} is {value!r}, none of {rule['enum']}"
    if isinstance(value, str) and "pattern" in rule and not regex.search(rule["pattern"], value):
        yield f"{where} does not look like {rule['pattern']}"
    if isinstance(value, int | float) and not rule.get("minimum", value) <= value <= rule.get("maximum", value):
        yield f"{where} is {value}, out of its range"
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from complaints(item, rule.get("items", {}), f"{path}/{number}")
    if isinstance(value, dict) and "properties" in rule:
        yield from _keys(value, rule, path)


def _keys(value: Mapping[str, Any], rule: Mapping[str, Any], path: str) -> Iterator[str]:
    known = rule["properties"]
    for name in rule["required"]:
        if name not in value:
            yield f"{path}/{name} is not there"
    for name, item in value.items():
        if name not in known:
            yield f"{path}/{name} is no field"
        else:
            yield from complaints(item, known[name], f"{path}/{name}")


def _is_of(value: Any, wanted: str | list[str]) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    if not names:
        return True
    return any(isinstance(value, _TYPES[n]) and (n == "boolean" or not isinstance(value, bool)) for n in names)
