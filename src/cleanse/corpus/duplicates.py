"""Documents that repeat one another: labels and a list of what may be left out, never an edit.

Exact duplicates have the same clean text. Near-duplicates are found by MinHash: documents that share a band are
compared with the first of the band, and a similarity of 0.7 joins two groups. Of each group the document with the
smallest name stays. Nothing depends on the order of the documents, or on how many workers or machines looked.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from cleanse.corpus.minhash import ALIKE, SIZE, bands, signature, similarity
from cleanse.io.spill import Spill


@dataclass(frozen=True)
class Text:
    """What the search needs of a document."""

    name: str
    digest: str
    """SHA-256 of the clean text."""
    text: str


@dataclass(frozen=True, order=True)
class Edge:
    """A document, an earlier one that it nearly repeats, and how alike they are."""

    name: str
    of: str
    alike: float


@dataclass(frozen=True)
class Label:
    """What the search says of a document that is not alone."""

    dup_of: str | None = None
    """The document whose very text it has."""
    group: str | None = None
    """The smallest name among its near-duplicates."""
    alike: float | None = None
    """How alike it is to the one it was compared with."""


@dataclass
class Groups:
    """Sets of names that grow together; the smallest name stands for each."""

    _above: dict[str, str] = field(default_factory=dict)

    def top(self, name: str) -> str:
        """The smallest name of its set."""
        while (above := self._above.get(name, name)) != name:
            self._above[name] = self._above.get(above, above)
            name = above
        return name

    def join(self, one: str, two: str) -> None:
        """From now on the two are of one set."""
        first, second = sorted((self.top(one), self.top(two)))
        self._above[second] = first
        self._above.setdefault(first, first)

    def names(self) -> Iterator[str]:
        """All names that were ever joined."""
        yield from self._above


def exact(texts: Iterable[Text], folder: Path | None = None) -> dict[str, str]:
    """Each document whose text an earlier name has already, and that name."""
    spill = Spill(folder)
    for text in texts:
        spill.add((text.digest, text.name))
    found: dict[str, str] = {}
    for _, rows in groupby(spill.sums(), key=lambda row: row[0][0]):
        (first, *others) = [name for (_, name), _ in rows]
        found |= dict.fromkeys(others, first)
    return found


def near(texts: Iterable[Text], folder: Path | None = None) -> Iterator[Edge]:
    """Pairs of near-duplicates; in memory is what one band has in common, signatures lie in a file without a name."""
    spill = Spill(folder)
    with tempfile.TemporaryFile(dir=folder) as signatures:
        for number, text in enumerate(texts):
            found = signature(text.text)
            signatures.write(found or bytes(SIZE))
            for band in bands(found) if found else ():
                spill.add((band, text.name), number)

        def read(number: int) -> bytes:
            signatures.seek(number * SIZE)
            return signatures.read(SIZE)

        yield from edges(((band, name, number) for (band, name), (number,) in spill.sums()), read)


def edges(rows: Iterable[tuple[str, str, int]], read: Callable[[int], bytes]) -> Iterator[Edge]:
    """The pairs of each band, compared with its first: rows of band, name and number, in their order."""
    at, first, start = "", "", b""
    for band, name, number in rows:
        if band != at:
            at, first, start = band, name, read(number)
        else:
            alike = similarity(start, read(number))
            if alike >= ALIKE:
                yield Edge(name, first, alike)


def labels(same: dict[str, str], pairs: Iterable[Edge]) -> dict[str, Label]:
    """What is said of each document that is not alone; exact duplicates are of the group of what they repeat."""
    groups = Groups()
    best: dict[str, float] = {}
    for edge in pairs:
        groups.join(edge.name, edge.of)
        best[edge.name] = max(best.get(edge.name, 0.0), edge.alike)
    found = {name: Label(group=groups.top(name), alike=best.get(name)) for name in groups.names()}
    for name, of in same.items():
        found[name] = Label(dup_of=of, group=found[of].group if of in found else None)
    return dict(sorted(found.items()))


def dropped(found: dict[str, Label]) -> Iterator[dict[str, object]]:
    """The documents that may be left out, and why, in the order of their names."""
    for name, label in found.items():
        if label.dup_of:
            yield {"source_id": name, "reason": "duplicate", "of": label.dup_of}
        elif label.group and label.group != name:
            row: dict[str, object] = {"source_id": name, "reason": "near-duplicate", "of": label.group}
            yield row | ({"alike": round(label.alike, 3)} if label.alike is not None else {})
