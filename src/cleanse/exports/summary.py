"""What a corpus has in common, for the exports that describe it as a whole."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cleanse.io.store import Run

_SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
_FIELDS = ("title", "authors", "date_published", "url", "publisher", "copyright_holder", "license")


@dataclass(frozen=True)
class Summary:
    """Counts over all records."""

    documents: int
    characters: int
    languages: tuple[str, ...]
    licenses: tuple[str, ...]
    """The licences that are stated; an empty text stands for documents without one."""
    publishers: tuple[str, ...]
    known: Mapping[str, int]
    """In how many documents a field has a value."""

    @property
    def license(self) -> str | None:
        """The licence, where all documents state the same one."""
        one = self.licenses[0] if len(self.licenses) == 1 else ""
        return one if one and one != "NOASSERTION" and not one.startswith("LicenseRef-") else None

    @property
    def license_url(self) -> str | None:
        """Its page at SPDX."""
        return f"https://spdx.org/licenses/{self.license}.html" if self.license else None

    @property
    def creator(self) -> str | None:
        """The publisher, where all documents have the same one."""
        return self.publishers[0] if len(self.publishers) == 1 and self.publishers[0] else None

    @property
    def size_category(self) -> str:
        """The size as Hugging Face's cards name it."""
        return next((name for limit, name in _SIZES if self.documents < limit), "n>10M")


def summarize(run: Run) -> Summary:
    """The summary of a run."""
    return summary_of(cleaned.record for cleaned in run.documents())


def summary_of(records: Iterable[Mapping[str, Any]]) -> Summary:
    """The summary of records; everything sorted, so that their order changes nothing."""
    documents = characters = 0
    languages: set[str] = set()
    licenses: set[str] = set()
    publishers: set[str] = set()
    known: Counter[str] = Counter()
    for record in records:
        documents += 1
        characters += len(record["text"])
        languages.update([record["language"]] if record["language"] else [])
        licenses.add(record["license"] or "")
        publishers.add(record["publisher"]["name"] if record["publisher"] else "")
        known.update(name for name in _FIELDS if record[name])
    return Summary(
        documents,
        characters,
        tuple(sorted(languages)),
        tuple(sorted(licenses)),
        tuple(sorted(publishers)),
        {name: known[name] for name in _FIELDS},
    )
