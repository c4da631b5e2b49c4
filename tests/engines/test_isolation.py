"""A document that kills or hangs its process costs its own row, in its own place, and nothing else."""

import sys
from pathlib import Path
from typing import Any

import pytest

from cleanse.engines.batches import Pack, clean_batches
from cleanse.engines.isolation import clean_batches_isolated
from cleanse.pipeline import Pipeline
from cleanse.rendering import RunInfo
from helpers import BODY

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: pip install 'cleanse[parquet]'")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="isolation needs select on pipes")


@pytest.fixture(scope="module")
def pack() -> Pack:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        from poison import Poison  # noqa: PLC0415 - a module of the workers
    finally:
        del sys.path[0]
    return Pack.of(Pipeline((Poison(),)), RunInfo("cleanse 0", "0" * 64, "c", "0" * 64))


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def batch(texts: list[str]) -> Any:
    return pa.record_batch({"id": [str(n) for n in range(len(texts))], "text": texts, "n": list(range(len(texts)))})


def test_without_such_a_document_nothing_differs(pack: Pack) -> None:
    whole = [batch([f"MENU\n\n{BODY}", BODY]), batch([]), batch([f"{BODY}#a #b\n"])]
    assert list(clean_batches_isolated(iter(whole), pack)) == list(clean_batches(iter(whole), pack))


def test_one_deadly_and_one_endless_document_cost_two_rows(pack: Pack) -> None:
    from poison import DEADLY, ENDLESS  # noqa: PLC0415 - a module of the workers

    texts = [f"{BODY}{DEADLY}\n", f"{BODY}{ENDLESS}\n", BODY]
    found = pa.Table.from_batches(clean_batches_isolated(iter([batch(texts)]), pack, patience=5.0)).to_pylist()
    assert [row["source_id"] for row in found] == list("012")
    assert [row["reason"] for row in found] == ["crash", "timeout", None]
    assert [row["input"]["n"] for row in found] == list(range(3))
    assert {row["text"] for row in found} == {None, BODY}
    assert found[0]["message"] == "0: its worker died on it"
