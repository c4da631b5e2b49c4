"""Every limit of a `cleanse.toml` reaches every reader, the report and the adapters, and its refusal names it."""

import gzip
import importlib
import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from cleanse.engines.batches import Pack, clean_batches
from cleanse.io.store import Run
from cleanse.limits import Limits
from cleanse.settings import Settings

TEXT = "The ferry left at noon.\nNobody on the pier was surprised.\nThe envoy came back on Monday.\n" * 4
LINE = json.dumps({"id": "an-id", "text": TEXT})
Files = dict[str, bytes]


def page() -> bytes:
    return f"<html><body>{''.join(f'<p>{line}</p>' for line in TEXT.splitlines())}</body></html>".encode()


def warc() -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {len(TEXT)}\r\n\r\n"
    return f"{head}{TEXT}\r\n\r\n".encode()


def parquet(folder: Path) -> bytes:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = importlib.import_module("pyarrow.parquet")
    pq.write_table(pa.table({"id": ["an-id"], "text": [TEXT]}), folder / "made")
    return (folder / "made").read_bytes()


def zstd(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard", reason="zstandard is not installed").compress(data)
    return packed


FORMATS: dict[str, Callable[[Path], bytes]] = {
    "a.txt": lambda _: TEXT.encode(),
    "a.txt.gz": lambda _: gzip.compress(TEXT.encode()),
    "a.txt.zst": lambda _: zstd(TEXT.encode()),
    "a.jsonl": lambda _: LINE.encode(),
    "a.jsonl.gz": lambda _: gzip.compress(LINE.encode()),
    "a.warc": lambda _: warc(),
    "a.html": lambda _: page(),
    "a.parquet": parquet,
}
BY_DOCUMENT = {
    "document_bytes": (100, "too-large"),
    "document_chars": (100, "too-large"),
    "line_chars": (20, "long-line"),
    "lines": (3, "many-lines"),
    "id_bytes": (3, "long-id"),
    "edits": (1, "many-edits"),
    "passes": (1, "budget"),
}
OF_RULES = {"rules": 10, "pattern_chars": 10}
PACKED = {"packed_bytes": ({"packed_bytes": 20}, "too-large"), "ratio": ({"ratio": 1, "document_bytes": 300}, "bomb")}
OF_REPORT = {"report_edits": 1}


def cleanse(*arguments: object, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given, env={"NO_COLOR": "1"})


def run(tmp_path: Path, name: str, data: bytes, **limits: int) -> tuple[int, str]:
    """The exit code and what is said of a run over one file under these limits."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    lines = "".join(f"{limit} = {value}\n" for limit, value in limits.items())
    (tmp_path / "cleanse.toml").write_text(f"[limits]\n{lines}")
    done = cleanse("run", tmp_path / "in", tmp_path / "out", "--config", tmp_path / "cleanse.toml")
    return done.exit_code, done.stderr


def quarantined(tmp_path: Path) -> list[tuple[str, str]]:
    rows = (tmp_path / "out" / "quarantine.jsonl").read_text("utf-8").splitlines()
    return [(row["reason"], row["message"]) for row in map(json.loads, rows)]


def test_every_limit_is_tried_here() -> None:
    assert {*BY_DOCUMENT, *OF_RULES, *PACKED, *OF_REPORT} == {item.name for item in fields(Limits)}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("limit", ["document_bytes", "document_chars", "line_chars", "lines", "id_bytes"])
def test_it_reaches_every_reader(tmp_path: Path, name: str, limit: str) -> None:
    value, reason = BY_DOCUMENT[limit]
    assert run(tmp_path, name, FORMATS[name](tmp_path), **{limit: value})[0] == 1
    ((found, message),) = quarantined(tmp_path)
    assert (found, f"`{limit}` under [limits]" in message) == (reason, True), message
    assert Run.open(tmp_path / "out").verify() == 0


@pytest.mark.parametrize("limit", ["edits", "passes"])
def test_it_reaches_the_work_on_a_document(tmp_path: Path, limit: str) -> None:
    value, reason = BY_DOCUMENT[limit]
    assert run(tmp_path, "a.txt", ("ﬁ" * 9 + "\n").encode() * 500, **{limit: value})[0] == 1
    ((found, message),) = quarantined(tmp_path)
    assert (found, f"`{limit}` under [limits]" in message) == (reason, True), message


@pytest.mark.parametrize("limit", PACKED)
def test_it_reaches_what_is_packed(tmp_path: Path, limit: str) -> None:
    values, reason = PACKED[limit]
    assert run(tmp_path, "a.txt.gz", gzip.compress(TEXT.encode()), **values)[0] == 1
    ((found, message),) = quarantined(tmp_path)
    assert (found, f"`{limit}` under [limits]" in message) == (reason, True), message


@pytest.mark.parametrize("limit", OF_RULES)
def test_it_stops_the_run_before_it_begins(tmp_path: Path, limit: str) -> None:
    code, told = run(tmp_path, "a.txt", TEXT.encode(), **{limit: OF_RULES[limit]})
    assert (code, f"`{limit}` under [limits]" in told) == (2, True), told
    assert not (tmp_path / "out").exists()


def test_it_reaches_the_report(tmp_path: Path) -> None:
    assert run(tmp_path, "a.txt", TEXT.replace(" ", "\u200b ").encode(), report_edits=1)[0] == 0
    assert "<code>report_edits</code> under [limits]" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_it_reaches_the_adapters() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pack = Pack.default(Settings(limits=Limits(lines=3)))
    batch = pa.record_batch({"id": ["one", "two"], "text": ["Nobody came.\n", TEXT]})
    rows = [row for out in clean_batches([batch], pack) for row in out.to_pylist()]
    assert [(row["status"], row["reason"]) for row in rows] == [("clean", None), ("quarantined", "many-lines")]
    assert "`lines` under [limits]" in rows[1]["message"]


def test_a_line_that_cannot_be_held_ends_the_filter(tmp_path: Path) -> None:
    (tmp_path / "cleanse.toml").write_text("[limits]\ndocument_bytes = 20\n")
    done = cleanse("filter", "--config", tmp_path / "cleanse.toml", given=f"{LINE}\n")
    assert (done.exit_code, done.stdout, "`document_bytes`" in done.stderr) == (2, "", True)
