"""Labels of duplicates into the records of a finished run: two fields change, no text does, no ledger does.

New files are written whole beside the old ones; only then is the run unmarked, the files change their names, and the
run is marked as finished again with a new manifest.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cleanse.corpus.duplicates import Label, Text, dropped, exact, labels, near
from cleanse.corpus.minhash import ALIKE, SCHEME
from cleanse.io.output import MANIFEST, MARKER, SUCCESS, locked
from cleanse.io.parquet import DOCUMENTS, numbers, read_records, relabelled, shard_name
from cleanse.io.store import Run
from cleanse.ledger_io import encode

DROP = "drop.jsonl"
_TEMPORARY = ".labelled.tmp"


def texts(run: Run, names: frozenset[str] | None = None) -> Iterator[Text]:
    """What the search for duplicates needs of every document of a run; `names` are left out."""
    for record in records(run):
        if names is None or record["source_id"] not in names:
            yield Text(record["source_id"], record["text_sha256"], record["text"])


def records(run: Run) -> Iterator[dict[str, Any]]:
    """Every record of a run, without its ledger."""
    if run.is_parquet:
        for number in numbers(run.manifest["files"]):
            yield from read_records(run.folder, number)
        return
    with (run.folder / "documents.jsonl").open(encoding="utf-8", newline="\n") as lines:
        yield from map(json.loads, lines)


def find_duplicates(run: Run) -> dict[str, Label]:
    """The labels of all documents that are not alone."""
    same = exact(texts(run), run.folder)
    return labels(same, near(texts(run, frozenset(same)), run.folder))


def write_labels(run: Run, found: Mapping[str, Label]) -> int:
    """Write the labels into the records, and `drop.jsonl`; returns how many documents may be dropped."""
    rows = [*dropped(dict(found))]
    with (run.folder / MARKER).open("ab") as marker, locked(marker):
        fresh = [_written(run.folder, DROP, (f"{encode(row)}\n".encode() for row in rows))]
        if run.is_parquet:
            for number in numbers(run.manifest["files"]):
                name = shard_name(DOCUMENTS, number)
                relabelled(run.folder / name, run.folder / f"{name}{_TEMPORARY}", _fields(found))
                fresh.append((name, _about(run.folder / f"{name}{_TEMPORARY}")))
        else:
            lines = (f"{encode(_labelled(record, found))}\n".encode() for record in records(run))
            fresh.append(_written(run.folder, "documents.jsonl", lines))
        (run.folder / SUCCESS).unlink()
        for name, _ in fresh:
            (run.folder / f"{name}{_TEMPORARY}").replace(run.folder / name)
        files = dict(sorted({**run.manifest["files"], **dict(fresh)}.items()))
        about = {"scheme": SCHEME, "alike": ALIKE, "labelled": len(found), "dropped": len(rows)}
        manifest = {
            **run.manifest,
            "duplicates": about,
            "files": files,
            "root": hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest(),
        }
        data = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
        (run.folder / MANIFEST).write_bytes(data)
        (run.folder / SUCCESS).write_text(hashlib.sha256(data).hexdigest() + "\n", encoding="ascii")
    return len(rows)


def _fields(found: Mapping[str, Label]) -> Mapping[str, tuple[str | None, str | None]]:
    return {name: (label.dup_of, label.group) for name, label in found.items()}


def _labelled(record: dict[str, Any], found: Mapping[str, Label]) -> dict[str, Any]:
    label = found.get(record["source_id"], Label())
    return {**record, "dup_of": label.dup_of, "near_dup_group": label.group}


def _written(folder: Path, name: str, lines: Iterable[bytes]) -> tuple[str, dict[str, object]]:
    path = folder / f"{name}{_TEMPORARY}"
    with path.open("wb") as file:
        file.writelines(lines)
    return name, _about(path)


def _about(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}
