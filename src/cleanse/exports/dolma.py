"""Dolma documents: `id`, `text`, `source`, `created` and free `metadata`, one JSON object a line.

`created` is left out where the text states no date: Dolma's readers take what stands there for a date. `added`
would be the day of the run, and is left out so that equal runs give equal bytes.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, BinaryIO

from cleanse.io.store import Run
from cleanse.ledger_io import encode

_METADATA = (
    "source_id", "title", "subtitle", "authors", "contributors", "dateline", "date_published", "date_precision",
    "date_modified", "date_page", "url", "publisher", "republisher", "copyright_holder", "copyright_year",
    "copyright_notice", "usage_terms", "license", "image_credits", "language", "doc_type", "derivation", "raw_sha256",
    "tool", "rules_digest", "run_id",
)  # fmt: skip


def write(run: Run, sink: BinaryIO) -> None:
    """Every document in Dolma's form."""
    sink.writelines((encode(document(cleaned.record)) + "\n").encode("utf-8") for cleaned in run.documents())


def document(record: Mapping[str, Any]) -> dict[str, Any]:
    """One record in Dolma's form."""
    return {
        "id": record["id"],
        "text": record["text"],
        "source": record["collection"],
        **({"created": created} if (created := _created(record)) else {}),
        "metadata": {key: record[key] for key in _METADATA},
    }


def _created(record: Mapping[str, Any]) -> str | None:
    """The date of publication as `YYYY-MM-DDTHH:MM:SS.sssZ` where its zone is known, else the day alone.

    A time without a zone is not turned into UTC: that would invent an hour.
    """
    published: str | None = record["date_published"]
    if published is None or record["date_precision"] != "minute":
        return published and published[:10]

    moment = datetime.fromisoformat(published).astimezone(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
