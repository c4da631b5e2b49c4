"""Every adapter is the one Arrow function: each gives the rows that the function itself gives."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleanse.engines.batches import Pack, clean_batches
from cleanse.engines.frames import clean_any, clean_table
from cleanse.errors import UsageError
from cleanse.ledger_io import load
from helpers import BODY

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed: make engines")
pytestmark = pytest.mark.filterwarnings("ignore")  # of these libraries about one another

TEXTS = [f"MENU\n\nBy Jane Roe\n\n{BODY}\nReport {n}.\n\n#north #s{n}\n" for n in range(12)]


@cache
def pack() -> Pack:
    return Pack.default()


def table() -> Any:
    return pa.table({"id": [f"d{n}" for n in range(len(TEXTS))], "text": TEXTS, "n": range(len(TEXTS))})


@cache
def expected() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(clean_batches(table().to_batches(), pack())).to_pylist()
    assert all(row["status"] == "clean" and row["text"] != text for row, text in zip(rows, TEXTS, strict=True))
    return rows


def test_pyarrow() -> None:
    assert clean_any(table(), pack()).to_pylist() == expected()
    assert clean_any(table().to_reader(max_chunksize=5), pack()).to_pylist() == expected()
    assert clean_any(table().slice(0, 0), pack()).num_rows == 0
    assert clean_table(table(), pack()).to_pylist() == expected()


def test_what_does_not_speak_arrow_is_said() -> None:
    with pytest.raises(UsageError, match="list does not speak Arrow"):
        clean_any([1])


def test_pandas() -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed: make engines")
    assert clean_any(pandas.DataFrame(table().to_pydict()), pack()).to_pylist() == expected()


def test_polars() -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed: make engines")
    frame = polars.DataFrame(table().to_pydict())
    assert clean_any(frame, pack()).to_pylist() == expected()
    assert clean_any(frame.lazy(), pack()).to_pylist() == expected()


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: make engines")
    connection = duckdb.connect()
    connection.register("t", table())
    assert clean_any(connection.sql("select * from t"), pack()).to_pylist() == expected()


def test_datasets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    datasets = pytest.importorskip("datasets", reason="datasets is not installed: make engines")
    found = datasets.Dataset(table()).with_format("arrow")
    found = found.map(clean_table, batched=True, batch_size=5, remove_columns=["id", "text", "n"],
                      fn_kwargs={"pack": pack()}, keep_in_memory=True)  # fmt: skip
    assert found[:].to_pylist() == expected()


def test_datatrove(tmp_path: Path) -> None:
    pytest.importorskip("datatrove", reason="datatrove is not installed: make engines")
    from datatrove.data import Document  # noqa: PLC0415 - optional

    from cleanse.engines.datatrove_step import CleanseStep  # noqa: PLC0415 - needs datatrove

    given = [Document(text=text, id=f"d{n}", metadata={"n": n}) for n, text in enumerate(TEXTS)]
    given.append(Document(text="\x00\x01\x02" * 50 + "a", id="odd"))
    found = list(CleanseStep(pack()).run(given))
    assert [document.text for document in found[:-1]] == [row["text"] for row in expected()]
    assert json.loads(found[0].metadata["cleanse_record"])["authors"] == expected()[0]["authors"]
    [(ledger, status)] = load(found[3].metadata["cleanse_ledger"].splitlines())
    assert (ledger.revert(found[3].text).decode(), status) == (TEXTS[3], found[3].metadata["cleanse_status"])


def test_ray(tmp_path: Path) -> None:
    ray = pytest.importorskip("ray", reason="ray is not installed: make engines")
    pytest.importorskip("ray.data", reason="ray[data] is not installed: make engines")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    ray.init(address="local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    try:
        ray.data.DataContext.get_current().execution_options.preserve_order = True
        found = ray.data.from_arrow(table()).map_batches(
            clean_table, batch_format="pyarrow", batch_size=5, fn_kwargs={"pack": pack()}
        )
        assert [row for one in ray.get(found.to_arrow_refs()) for row in one.to_pylist()] == expected()
    finally:
        ray.shutdown()
