"""A finished output folder, read back: its manifest, its ledgers, its texts."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cleanse.errors import LedgerError, OutputError, UsageError
from cleanse.io.files import clean_file
from cleanse.io.output import CLEAN, MANIFEST, SUCCESS
from cleanse.io.parquet import numbers, read_shard
from cleanse.ledger import Ledger, Record, Verdict
from cleanse.ledger_io import load

_NEAR = 6
"""Documents kept that a part of an id may mean."""


@dataclass(frozen=True)
class Cleaned:
    """One document of a run."""

    record: dict[str, Any]
    ledger: Ledger
    status: str

    @property
    def text(self) -> str:
        """The clean text."""
        return str(self.record["text"])

    @cached_property
    def raw(self) -> bytes:
        """The raw bytes, got back from the clean text. Raises LedgerError when that fails."""
        return self.ledger.revert(self.text)

    @cached_property
    def seen(self) -> dict[str, str]:
        """The text that each stage saw."""
        return self.ledger.seen(self.raw)


@dataclass(frozen=True)
class Run:
    """An output folder that a run finished."""

    folder: Path
    manifest: dict[str, Any]

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """Read the manifest. Raises OutputError when the folder is no finished run."""
        try:
            manifest = (folder / MANIFEST).read_bytes()
            success = (folder / SUCCESS).read_text(encoding="ascii", errors="replace")
        except OSError as error:
            raise OutputError(f"{folder} is no finished run of cleanse ({error.strerror}: {error.filename})") from error
        if success != hashlib.sha256(manifest).hexdigest() + "\n":
            raise OutputError(f"{folder}: {MANIFEST} and {SUCCESS} do not belong together")
        return cls(folder, json.loads(manifest))

    @property
    def is_parquet(self) -> bool:
        """Whether documents and ledgers lie in Parquet shards."""
        return self.manifest.get("format") == "parquet"

    def documents(self) -> Iterator[Cleaned]:
        """Every document, in the order of the run. Raises LedgerError when records and ledgers differ."""
        if self.is_parquet:
            for number in numbers(self.manifest["files"]):
                for record, ledger, status in read_shard(self.folder, number):
                    yield Cleaned(record, ledger, status)
            return
        with (
            (self.folder / "documents.jsonl").open(encoding="utf-8", newline="\n") as records,
            (self.folder / "ledger.jsonl").open(encoding="utf-8", newline="\n") as lines,
        ):
            for ledger, status in load(lines):
                record = json.loads(next(records, "{}"))
                if record.get("source_id") != ledger.origin.document:
                    raise LedgerError(f"documents.jsonl and ledger.jsonl part ways at {ledger.origin.document!r}")
                yield Cleaned(record, ledger, status)
            if next(records, ""):
                raise LedgerError("documents.jsonl has more documents than ledger.jsonl")

    def near(self, name: str) -> list[Cleaned]:
        """The document whose id is `name`, alone; where there is none, the first of those whose ids contain it."""
        near: list[Cleaned] = []
        for cleaned in self.documents():
            if cleaned.ledger.origin.document == name:
                return [cleaned]
            if name in cleaned.ledger.origin.document and len(near) < _NEAR:
                near.append(cleaned)
        return near

    def find_edits(self, names: Iterable[str], *, missing_ok: bool = False) -> dict[str, tuple[Cleaned, Record]]:
        """The record whose id begins with each of `names`, in one walk.

        Where an edit was proposed twice, or a document came twice, it is the one that was applied, else the first.
        Raises UsageError when a name begins several different ids, or none; with `missing_ok` that one is left out.
        """
        found: dict[str, dict[str, tuple[Cleaned, Record]]] = {name: {} for name in names}
        lengths = {len(name) for name in found}
        for cleaned in self.documents():
            for record in cleaned.ledger.records:
                for name in {record.id[:length] for length in lengths} & found.keys():
                    known = found[name].get(record.id)
                    if known is None or (record.verdict is Verdict.APPLIED and known[1].verdict is not Verdict.APPLIED):
                        found[name][record.id] = (cleaned, record)
        for name, records in found.items():
            if not records and not missing_ok:
                raise UsageError(f"{self.folder} holds no edit {name!r}; `cleanse audit {self.folder}` lists them")
            if len(records) > 1:
                raise UsageError(f"{name!r} begins {len(records)} ids; give more of its digits")
        return {name: next(iter(records.values())) for name, records in found.items() if records}

    @property
    def seed(self) -> str:
        """The digest of the manifest: names this very run, and seeds its samples."""
        return (self.folder / SUCCESS).read_text(encoding="ascii").strip()

    def verify(self) -> int:
        """Check every file and every document both ways; returns the number of documents.

        Raises OutputError or LedgerError naming the first thing that is wrong.
        """
        self.verify_files()
        count = 0
        for cleaned in self.documents():
            self._verify_clean_file(cleaned)
            cleaned.ledger.verify(cleaned.raw, cleaned.text)
            count += 1
        if count != self.manifest["counts"]["documents"]:
            raise LedgerError(f"{count} documents, but the manifest says {self.manifest['counts']['documents']}")
        return count

    def verify_files(self) -> None:
        """Check every file against the manifest. Raises OutputError naming the first that is not as it was written."""
        listed = self.manifest["files"]
        for name, wanted in listed.items():
            try:
                with (self.folder / name).open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as error:
                raise OutputError(f"{self.folder / name}: {error.strerror}") from error
            if found != wanted["sha256"]:
                raise OutputError(f"{self.folder / name} is not what the run wrote")
        known = {*listed, MANIFEST, SUCCESS}
        for path in sorted(self.folder.rglob("*")):
            name = path.relative_to(self.folder).as_posix()
            if path.is_file() and name not in known and not name.startswith("."):
                raise OutputError(f"{path} was not written by the run")

    def _verify_clean_file(self, cleaned: Cleaned) -> None:
        source = cleaned.ledger.origin.source
        name = clean_file(source)
        if name is None or self.manifest.get("format", "text") != "text":
            return
        text = (self.folder / CLEAN / name).read_bytes().decode("utf-8")
        if text != cleaned.text:
            raise LedgerError(f"{CLEAN}/{name} differs from documents.jsonl")
