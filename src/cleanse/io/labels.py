"""Labels of duplicates into the records of a finished run: two fields change, no text does, no ledger does.

Each file is written whole and takes the place of the old one; a new manifest comes last. Where that breaks off,
`verify` says so, and the same command again mends it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cleanse.corpus.duplicates import Label, Text, dropped, exact, labels, near
from cleanse.corpus.minhash import ALIKE, SCHEME
from cleanse.io.output import OutputFolder
from cleanse.io.parquet import numbers, read_records, relabelled
from cleanse.io.store import Run
from cleanse.ledger_io import encode

DROP = "drop.jsonl"


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
    with OutputFolder(run.folder) as folder:
        for name, file in run.manifest["files"].items():
            folder.adopt(name, file["bytes"], file["sha256"])
        with folder.open(DROP) as sink:
            for row in rows:
                sink.write(f"{encode(row)}\n".encode())
        if run.is_parquet:
            pairs = {name: (label.dup_of, label.group) for name, label in found.items()}
            for number in numbers(run.manifest["files"]):
                file = relabelled(run.folder, number, pairs)
                folder.adopt(file.name, file.size, file.digest)
        else:
            with folder.open("documents.jsonl") as sink:
                for record in records(run):
                    sink.write(f"{encode(_labelled(record, found))}\n".encode())
        about = {name: value for name, value in run.manifest.items() if name not in ("v", "files", "root")}
        counts = {"scheme": SCHEME, "alike": ALIKE, "labelled": len(found), "dropped": len(rows)}
        folder.finish({**about, "duplicates": counts})
    return len(rows)


def _labelled(record: dict[str, Any], found: Mapping[str, Label]) -> dict[str, Any]:
    label = found.get(record["source_id"], Label())
    return {**record, "dup_of": label.dup_of, "near_dup_group": label.group}
