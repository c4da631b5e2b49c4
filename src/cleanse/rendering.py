"""One outcome as the lines that are written for it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from cleanse.decisions.settling import Settled
from cleanse.ledger_io import dump, encode
from cleanse.pipeline import Outcome
from cleanse.records import check_record
from cleanse.tally import Tally

LEDGER = "ledger.jsonl"
"""The ledger's file, as records name it."""


@dataclass(frozen=True)
class RunInfo:
    """What every record says of the run; nothing in it depends on the day or the machine."""

    tool: str
    rules_digest: str
    collection: str
    options_digest: str

    @classmethod
    def of(cls, version: str, rules_digest: str, collection: str, options: Mapping[str, object]) -> "RunInfo":
        """What stands for a run of these rules and options, whichever engine runs it."""
        chosen = hashlib.sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()
        return cls(f"cleanse {version}", rules_digest, collection, chosen)

    @property
    def run_id(self) -> str:
        """Sixteen hex digits over tool, rules and options: equal runs carry equal ids."""
        parts = f"{self.tool}\0{self.rules_digest}\0{self.collection}\0{self.options_digest}"
        return hashlib.sha256(parts.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Rendered:
    """A cleaned document, ready to be written."""

    id: str
    source: str
    text: str
    meta: dict[str, object]
    record: str
    """The record as JSON, still without its place in the ledger."""
    ledger: str
    raw_digest: str
    size: int
    """Bytes of input it stands for."""
    tally: Tally
    settled: tuple[Settled, ...] = ()
    """What became of the decisions that concern it."""

    def line(self, first: int) -> str:
        """The record's line, once it is known where the document's rows begin in the ledger (counted from 1)."""
        return placed(self.record, first, self.ledger_lines)

    @property
    def ledger_lines(self) -> int:
        """How many rows of the ledger are this document's."""
        return self.ledger.count("\n")


def placed(record: str, first: int, lines: int) -> str:
    """The record's line, once it is known where the document's rows begin in the ledger (counted from 1)."""
    place = json.dumps({"file": LEDGER, "first": first, "lines": lines}, separators=(",", ":"))
    return f'{record[:-1]},"ledger":{place}}}\n'


def record_of(outcome: Outcome, run: RunInfo) -> dict[str, object]:
    """The record of one document, without its place in the ledger."""
    document = outcome.document
    return {
        "id": f"sha256:{document.digest}",
        "source_id": document.id,
        "collection": run.collection,
        "text": outcome.text,
        "text_sha256": outcome.ledger.clean_digest,
        "raw_sha256": document.digest,
        "raw_bytes": len(document.raw),
        "raw_chars": len(document.decoded.text),
        "encoding": document.decoded.encoding,
        "decode_edits": len(document.decoded.bad),
        "status": outcome.status.value,
        **outcome.provenance.as_dict(),
        "dup_of": None,
        "near_dup_group": None,
        "meta": meta_of(outcome),
        "tool": run.tool,
        "rules_digest": run.rules_digest,
        "run_id": run.run_id,
    }


def meta_of(outcome: Outcome) -> dict[str, object]:
    """What came with the document and is carried along: everything but the reader's own marks."""
    return {key: value for key, value in outcome.document.meta.items() if not key.startswith("_")}


def check_whole(record: Mapping[str, object], outcome: Outcome, lines: int) -> None:
    """Raise RecordError for a record that breaks its schema, once it lies in the ledger with so many lines."""
    check_record({**record, "ledger": {"file": LEDGER, "first": 1, "lines": lines}}, outcome.document.decoded.text)


def render(outcome: Outcome, run: RunInfo, size: int, settled: tuple[Settled, ...] = ()) -> Rendered:
    """The record, the ledger lines and the counts of one document. Raises RecordError for a broken record."""
    document = outcome.document
    record = record_of(outcome, run)
    lines = dump(outcome.ledger, outcome.status.value, run.tool)
    check_whole(record, outcome, len(lines))
    return Rendered(
        id=document.id,
        source=document.source,
        text=outcome.text,
        meta=meta_of(outcome),
        record=encode(record),
        ledger="\n".join([*lines, ""]),
        raw_digest=document.digest,
        size=size,
        tally=Tally.of(outcome.ledger, outcome.status.value, len(outcome.text)),
        settled=settled,
    )
