"""Goldens: a document's clean text, ledger and provenance as a person accepted them, in files that diff well.

The clean text and the ledger together hold the raw text too: `revert` gives it back. Left out is what changes with
every release and every unrelated rule: the tool's version and the digest of all tables.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from urllib.parse import quote

from cleanse.decisions.book import Reading
from cleanse.decisions.decision import Word
from cleanse.ledger import Ledger
from cleanse.ledger_io import dump
from cleanse.provenance.record import Provenance
from cleanse.signoff.sampling import counts


def accepted(reading: Reading, ledger: Ledger) -> bool:
    """Whether a person has accepted every change of substance of the document, and no stage failed on it.

    A document without such changes is not accepted: nobody has looked at it.
    """
    found = [reading.find(r.raw, r.proposal.edit.after) for r in ledger.records if counts(r)]
    return bool(found) and not ledger.faults and all(f is not None and f.decision.word is Word.ACCEPT for f in found)


def golden_files(ledger: Ledger, status: str, text: str, record: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Names, relative to the folder of the goldens, and contents of a document's three files."""
    origin = ledger.origin
    # A document of its own file keeps the file's name; one of many in a file has its id alone.
    stem = (origin.source if origin.source == origin.document else quote(origin.document, safe=" ")).removesuffix(
        ".txt"
    )
    yield f"{stem}.txt", text
    yield f"{stem}.ledger.jsonl", ledger_text(ledger, status)
    yield f"{stem}.provenance.json", provenance_text({f.name: record[f.name] for f in fields(Provenance)})


def ledger_text(ledger: Ledger, status: str) -> str:
    """The ledger, one line per row, keys in order."""
    lines = [json.loads(line) for line in dump(ledger, status, "")]
    lines[0].pop("rules")
    return "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)


def provenance_text(provenance: Mapping[str, object]) -> str:
    """The provenance part of a record, one value per line."""
    return json.dumps(provenance, ensure_ascii=False, indent=1) + "\n"
