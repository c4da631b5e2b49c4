"""What flows through a pipeline: documents, drafts, proposals, claims, facts, and the stage protocol.

A stage sees a `Draft` and yields what it wishes for. It cannot return text: the type is the promise that only
the pipeline changes anything. Nothing here knows files or JSON.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from enum import IntEnum
from functools import cached_property
from typing import Protocol, runtime_checkable

from cleanse.decoding import Decoded, decode
from cleanse.edits import Edit
from cleanse.view import View

Scalar = str | int | float | bool | None
"""What evidence, facts and metadata may hold."""
DOUBTFUL = "doubtful"
"""The attribute of a claim that nothing acts on: the record shows it as an alternative."""
FURNITURE = "furniture"
"""The fact that a text came as a page: how many of its lines are site furniture."""


@dataclass(frozen=True)
class Document:
    """What came in: raw bytes and what is known about them. Never changes."""

    id: str
    raw: bytes
    source: str = ""
    meta: Mapping[str, object] = default(default_factory=dict)
    encoding: str = ""
    """How the bytes are known to be read, since they were Unicode before; empty: to be told from the bytes."""

    def __post_init__(self) -> None:
        """Raises TypeError for what is no bytes: many take a document's text for them."""
        if not isinstance(self.raw, bytes):
            raise TypeError(
                f"a document's raw is bytes, not {type(self.raw).__name__}; a text: Document.from_text(text)"
            )

    @classmethod
    def from_text(cls, text: str, id: str = "text") -> "Document":  # noqa: A002
        """A document whose raw bytes are the UTF-8 of `text`; lone surrogates count as bytes that do not decode."""
        if not isinstance(text, str):
            raise TypeError(f"a text is str, not {type(text).__name__}; bytes: Document(id, raw)")
        return cls(id, text.encode("utf-8", "surrogatepass"), encoding="utf-8")

    @cached_property
    def decoded(self) -> Decoded:
        """The raw bytes as text, with all that is needed to get the very bytes back."""
        return decode(self.raw, self.encoding)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the raw bytes, in hex."""
        return hashlib.sha256(self.raw).hexdigest()


class Applicability(IntEnum):
    """How boldly a proposal may be applied; ordered, so a threshold is one comparison."""

    DISPLAY = 0
    """Shown in the report, never applied unless a reviewer accepts it."""
    UNSAFE = 1
    """May alter the author's wording."""
    SAFE = 2
    """Never alters the author's wording."""

    @property
    def label(self) -> str:
        """The word used in tables, JSON and on the command line."""
        return self.name.lower()

    @classmethod
    def parse(cls, label: str) -> "Applicability":
        """The inverse of `label`. Raises KeyError for an unknown word."""
        return cls[label.upper()]


@dataclass(frozen=True, slots=True)
class Claim:
    """One provenance fact and the place it was read from, in the stage's own coordinates."""

    field: str
    value: str
    span: tuple[int, int]
    rule: str
    attributes: Mapping[str, str] = default(default_factory=dict)
    """What the same place says beside the value: an author's location, a date's precision."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stage's wish to make one edit."""

    edit: Edit
    rule: str
    """`table/id`, as `cleanse rules show` takes it."""
    reason: str = ""
    applicability: Applicability = Applicability.SAFE
    priority: int = 0
    """Higher wins an overlap, before length and place are asked."""
    kind: str = "substance"
    """`substance`, or `layout` for edits that only move white space."""
    claims: tuple[Claim, ...] = ()
    """What the record takes over from the removed text: the edit moves it; the claims stand or fall with it."""
    evidence: Mapping[str, Scalar] = default(default_factory=dict)
    alternatives: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[str, ...]:
        """The provenance fields that now hold what the edit takes out of the text."""
        return tuple(sorted({claim.field for claim in self.claims})) if self.claims else ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a stage measured about the whole document, for later stages and for the ledger."""

    name: str
    value: Scalar


@dataclass(frozen=True)
class Draft:
    """The text as one stage sees it."""

    document: Document
    text: str
    claims: tuple[Claim, ...] = ()
    """Claims of earlier stages, in coordinates of the decoded raw text."""
    facts: Mapping[str, Scalar] = default(default_factory=dict)
    seen: View | None = None
    """How an earlier stage saw this very text; it need not be measured again."""

    @cached_property
    def view(self) -> View:
        """Lines, zones and shapes of the text."""
        return self.seen or View(self.text)


Wish = Proposal | Claim | Fact
"""Anything a stage may yield."""


class Survey(Protocol):
    """Gathers what a part of a run has to say to one stage."""

    def see(self, text: str) -> None:
        """Take in the decoded text of one document."""
        ...

    def result(self) -> object:
        """What was gathered, as a JSON value; bounded, whatever was seen, and the same for any order of texts."""
        ...


@runtime_checkable
class Surveyor(Protocol):
    """A stage that can learn from all texts of a run before it sees the first document.

    While it is curious, every part of the run is surveyed and the stage informed of all results: one round. So the
    parts can be surveyed anywhere, and a stage may ask again about what it learned.
    """

    @property
    def curious(self) -> bool:
        """Whether it wants a round."""
        ...

    @property
    def known(self) -> object:
        """What it has learned, as a JSON value: part of what a result depends on."""
        ...

    def survey(self) -> Survey:
        """Begin the survey of one part."""
        ...

    def informed(self, results: Iterable[object]) -> "Stage":
        """The stage with what the parts say."""
        ...


@runtime_checkable
class Stage(Protocol):
    """A named proposer. `propose` must depend on the draft alone."""

    @property
    def name(self) -> str:
        """The stage's name in the ledger, the configuration and on the command line."""
        ...

    def propose(self, draft: Draft) -> Iterable[Wish]:
        """Yield what should be changed or is known; never text."""
        ...
