"""One digest over all documents of a run and one over all ledgers: equal for equal results.

The order of the documents, the number of workers, the engine and the output format do not enter. Two runs with equal
digests hold the same records, texts and ledgers. (The manifest's digests are over files, and are what tampering
cannot get past; these are for comparing runs.)
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cleanse.io.store import Run
from cleanse.ledger_io import rows

_MODULUS = 2**256


@dataclass(frozen=True)
class Content:
    """The two digests, in hex."""

    documents: str
    ledgers: str


def content(run: Run) -> Content:
    """The digests of a finished run; sums of the digests of its documents, so that order does not matter."""
    documents = ledgers = 0
    for cleaned in run.documents():
        record = {key: value for key, value in cleaned.record.items() if key != "ledger"}
        documents += _digest([record])
        ledgers += _digest(rows(cleaned.ledger, cleaned.status, str(record["tool"])))
    return Content(f"{documents % _MODULUS:064x}", f"{ledgers % _MODULUS:064x}")


def _digest(lines: Iterable[Mapping[str, object]]) -> int:
    text = "\n".join(json.dumps(line, sort_keys=True, separators=(",", ":")) for line in lines)
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
