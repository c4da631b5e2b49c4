"""The canonical form of a table's file: rules by id, keys in order, one way to quote.

Comments at the top of the file are kept; comments between rules are not part of the form: a rule's `note` is
the place for what needs saying.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from cleanse.errors import RuleError
from cleanse.rules.schema import Table

_TABLE_KEYS = ("table", "about", "stage", "priority")
_SECTIONS = ("patterns", "lexicon")
_RULE_KEYS = (
    "id", "note", "find", "unit", "zone", "source", "put", "apply", "before", "after", "unless", "announces", "claims",
    "examples",
)  # fmt: skip


def canonical(raw: bytes, table: Table) -> bytes:
    """The file in canonical form. Raises RuleError when the form would not read back the same."""
    text = raw.decode("utf-8")
    data = tomllib.loads(text)
    tidy = "".join(f"{line}\n" for line in _file(text, data))
    again = tomllib.loads(tidy)
    if _by_id(again) != _by_id(data):
        raise RuleError(f"{table.file}: cannot be formatted without changing it")
    return tidy.encode("utf-8")


def _by_id(data: Mapping[str, Any]) -> dict[str, Any]:
    return {**data, "rule": sorted(data.get("rule", []), key=lambda rule: str(rule["id"]))}


def _file(text: str, data: Mapping[str, Any]) -> Iterator[str]:
    for line in text.split("\n"):
        if not line.startswith("#"):
            break
        yield line
    for key in _TABLE_KEYS:
        if key in data:
            yield f"{key} = {_value(data[key])}"
    for name in _SECTIONS:
        yield from _section(name, data.get(name, {}))
    for rule in sorted(data.get("rule", []), key=lambda rule: str(rule["id"])):
        yield ""
        yield "[[rule]]"
        for key in _RULE_KEYS:
            if key in rule:
                yield from _entry(key, rule[key])


def _section(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if not values:
        return
    listed = {key: value for key, value in values.items() if _holds_lines(value)}
    width = max((len(key) for key in values if key not in listed), default=0)
    yield ""
    yield f"[{name}]"
    for key, value in values.items():
        if key not in listed:
            yield f"{key.ljust(width)} = {_value(value)}"
    for key, value in listed.items():
        yield ""
        yield f"[{name}.{key}]"
        for part, text in value.items():
            yield f'{part} = """'
            yield f'{text}"""'


def _holds_lines(value: Any) -> bool:
    """Whether a section holds long lists of words, which keep the lines they are written in."""
    return isinstance(value, dict) and all(
        isinstance(text, str) and "\n" in text and not {"\\", '"'} & set(text) for text in value.values()
    )


def _entry(key: str, value: Any) -> Iterator[str]:
    name = key.ljust(8)
    if isinstance(value, list) and (key == "examples" or len(value) > 1):
        yield f"{name} = ["
        for item in value:
            yield f"  {_value(item)},"
        yield "]"
    else:
        yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(value) if isinstance(value, str) else str(value)


def _text(value: str) -> str:
    """Literal for patterns, since nothing in them needs escaping twice; basic for everything else."""
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return '"' + "".join(_escaped(character) for character in escaped) + '"'


def _escaped(character: str) -> str:
    return character if character.isprintable() or character == "\u200c" else f"\\U{ord(character):08X}"
