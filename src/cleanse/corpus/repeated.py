"""Lines that stand in many documents of one source, counted exactly and in bounded memory.

The counts of parts add up, in any order: a survey of shards, or of partitions on a cluster, gives the same. Nothing
is edited here; what was found becomes a table of rules (`corpus.table`) that a person can read before it is used.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from cleanse.io.spill import Spill
from cleanse.model import Document
from cleanse.rules.sources import source_of
from cleanse.view import View, Zone

LONGEST = 300
"""Code points of the longest line that is counted: longer ones are text."""
_LETTER = regex.compile(r"\p{L}")
_MARKS = ("[-", "-]", "{+", "+}")
"""What word diff cannot show inside an example; such lines are left alone."""


@dataclass(frozen=True, order=True)
class Repeated:
    """A line of a source, white space in it made equal."""

    source: str
    text: str
    documents: int
    """How many documents of the source have it."""
    of: int
    """How many documents the source has."""
    outside: int
    """In how many of them it stands above or below the text only, never inside."""
    prose: int
    """In how many of them it looks like a sentence of the text."""

    @property
    def share(self) -> float:
        """Share of the source's documents that have it."""
        return self.documents / self.of


def lines_of(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Each line that may be furniture, once: its text, whether it stands outside the body, whether it is prose."""
    view = View(text)
    body = {line.index for line in view.in_zone(Zone.BODY)}
    found: dict[str, tuple[bool, bool]] = {}
    for line in view.written:
        words = line.stripped
        if len(words) > LONGEST or not _LETTER.search(words) or any(mark in words for mark in _MARKS):
            continue
        key = " ".join(words.split())
        outside, prose = found.get(key, (True, False))
        found[key] = (outside and line.index not in body, prose or line.is_prose)
    for key, (outside, prose) in found.items():
        yield key, outside, prose


def count(documents: Iterable[Document], by: str, spill: Spill) -> Counter[str]:
    """Add the lines of all documents to `spill`, by source and text; returns how many documents each source has."""
    sources: Counter[str] = Counter()
    for document in documents:
        source = source_of(document, by)
        if source:
            sources[source] += 1
            for text, outside, prose in lines_of(document.decoded.text):
                spill.add((source, text), 1, outside, prose)
    return sources


def repeated(
    sums: Iterable[tuple[tuple[str, ...], tuple[int, ...]]],
    sources: Counter[str],
    *,
    at_least: int = 5,
    share: float = 0.02,
) -> Iterator[Repeated]:
    """The lines in at least so many documents, and so large a share of them, of their source."""
    for (source, text), (documents, outside, prose) in sums:
        if documents >= max(at_least, share * sources[source]):
            yield Repeated(source, text, documents, sources[source], outside, prose)
