"""The ledger: everything that was proposed for a document, what became of it, and both ways between the texts.

The ledger holds no text of its own beyond what edits removed and inserted. From the raw bytes it replays the
clean text, from the clean text it reverts to the raw bytes, and `verify` does both against the digests.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cleanse.decoding import BadBytes, Decoded, decode_as
from cleanse.edits import ChangeSet, Edit
from cleanse.errors import EditError, LedgerError
from cleanse.model import Claim, Proposal, Scalar


class Verdict(StrEnum):
    """What became of a proposal."""

    APPLIED = "applied"
    SHADOWED = "shadowed"
    """Lost an overlap to another proposal of the same stage."""
    WITHHELD = "withheld"
    """Below the threshold, over a budget, or touching protected text; `note` says which."""
    REJECTED = "rejected"
    """A reviewer said no."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the ledger: a proposal, its verdict and its place in the raw text."""

    seq: int
    stage: str
    proposal: Proposal
    verdict: Verdict
    raw: tuple[int, int]
    """Code points of the decoded raw text."""
    id: str
    """Names the edit by what it does and where in which raw text, whatever rule asked for it."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A stage that failed on a document, and why; it made no edits."""

    stage: str
    error: str


@dataclass(frozen=True)
class Origin:
    """What a ledger knows of the raw bytes: enough to check them and to encode a text back into them."""

    document: str
    source: str
    digest: str
    """SHA-256 of the raw bytes."""
    length: int
    """Code points of the decoded text."""
    encoding: str
    newline: str
    bom: bytes = b""
    bad: tuple[BadBytes, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """Origin, records, claims, facts and faults of one document's way through a pipeline."""

    origin: Origin
    clean_digest: str
    """SHA-256 of the clean text in UTF-8."""
    stages: tuple[str, ...]
    rules_digest: str = ""
    """SHA-256 over the rule tables of the run."""
    records: tuple[Record, ...] = ()
    claims: tuple[Claim, ...] = ()
    """Spans in the decoded raw text."""
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    @cached_property
    def applied(self) -> tuple[Record, ...]:
        """The records that changed the text."""
        return tuple(r for r in self.records if r.verdict is Verdict.APPLIED)

    def steps(self) -> Iterator[tuple[str, ChangeSet]]:
        """Each stage's change set, in order. Raises LedgerError when the edits do not fit together."""
        return iter(self._steps)

    @cached_property
    def _steps(self) -> tuple[tuple[str, ChangeSet], ...]:
        return tuple(self._change_sets())

    def _change_sets(self) -> Iterator[tuple[str, ChangeSet]]:
        length = self.origin.length
        by_stage: dict[str, list[Record]] = {name: [] for name in self.stages}
        for record in self.applied:
            if record.stage not in by_stage:
                raise LedgerError(f"{self.origin.document}: change {record.seq} is of no listed stage")
            by_stage[record.stage].append(record)
        for name, records in by_stage.items():
            try:
                changes = ChangeSet.of(length, (r.proposal.edit for r in records))
            except EditError as error:
                raise LedgerError(f"{self.origin.document}: stage {name}: {error}") from error
            yield name, changes
            length = changes.new_length

    def texts(self, raw: bytes) -> Iterator[tuple[str, str]]:
        """The text before the first stage (named `raw`) and after each stage."""
        text = self.decode(raw).text
        yield "raw", text
        for name, changes in self.steps():
            try:
                text = changes.apply(text)
            except EditError as error:
                raise LedgerError(f"{self.origin.document}: stage {name}: {error}") from error
            yield name, text

    def seen(self, raw: bytes) -> dict[str, str]:
        """The text that each stage saw."""
        texts = list(self.texts(raw))
        return {name: before for (name, _), (_, before) in zip(texts[1:], texts, strict=False)}

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the decoded raw text that these characters of the clean text came from."""
        for changes in self._way_back:
            start, end = changes.image(start, end)
        return start, end

    @cached_property
    def _way_back(self) -> tuple[ChangeSet, ...]:
        """What undoes each stage, the last one first."""
        return tuple(changes.invert() for _, changes in reversed(list(self.steps())))

    def replay(self, raw: bytes) -> str:
        """The clean text, from the raw bytes."""
        text = self._done(raw)
        if digest(text) != self.clean_digest:
            raise LedgerError(f"{self.origin.document}: replay gives another text than was written")
        return text

    def _done(self, raw: bytes) -> str:
        """All stages done; whoever asks checks what comes out."""
        text = ""
        for _, text in self.texts(raw):  # noqa: B007 - the last one counts
            pass
        return text

    def revert(self, clean: str) -> bytes:
        """The raw bytes, from the clean text."""
        if digest(clean) != self.clean_digest:
            raise LedgerError(f"{self.origin.document}: this is not the clean text that was written")
        raw = self._undone(clean)
        if hashlib.sha256(raw).hexdigest() != self.origin.digest:
            raise LedgerError(f"{self.origin.document}: revert gives other bytes than came in")
        return raw

    def _undone(self, clean: str) -> bytes:
        """All stages undone, from the last one, and encoded; whoever asks checks what comes out."""
        text = clean
        for name, changes in reversed(self._steps):
            try:
                text = changes.invert().apply(text)
            except EditError as error:
                raise LedgerError(f"{self.origin.document}: undoing stage {name}: {error}") from error
        origin = self.origin
        try:
            return Decoded(text, origin.encoding, origin.bom, origin.bad).encode()
        except (ValueError, LookupError) as error:
            raise LedgerError(f"{origin.document}: cannot be encoded as {origin.encoding!r}: {error}") from error

    def verify(self, raw: bytes, clean: str) -> None:
        """Check both ways. Raises LedgerError with the first thing that is wrong."""
        if hashlib.sha256(raw).hexdigest() != self.origin.digest:
            raise LedgerError(f"{self.origin.document}: the raw bytes are not the ones that were read")
        self.prove(raw, clean)
        if digest(clean) != self.clean_digest:
            raise LedgerError(f"{self.origin.document}: this is not the clean text that was written")

    def prove(self, raw: bytes, clean: str) -> None:
        """Check both ways for a document just cleaned, whose digests were made of these bytes and of this text.

        Raises LedgerError. What is compared are texts and bytes themselves; two digests less are a sixth of the time.
        """
        if self._done(raw) != clean:
            raise LedgerError(f"{self.origin.document}: replay differs from the clean text")
        if self._undone(clean) != raw:
            raise LedgerError(f"{self.origin.document}: revert differs from the raw bytes")

    def decode(self, raw: bytes) -> Decoded:
        """The raw bytes as text, read as they were read then."""
        try:
            decoded = decode_as(raw, self.origin.encoding, self.origin.bom)
        except (ValueError, LookupError) as error:
            raise LedgerError(f"{self.origin.document}: {error}") from error
        if len(decoded.text) != self.origin.length:
            raise LedgerError(f"{self.origin.document}: the raw bytes decode to another length")
        return decoded


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def edit_id(raw_digest: str, raw: tuple[int, int], edit: Edit) -> str:
    """Twelve hex digits that name an edit by the raw text, the place and what happens there."""
    what = f"{raw_digest}\0{raw[0]}\0{raw[1]}\0{edit.before}\0{edit.after}"
    return hashlib.blake2b(what.encode("utf-8"), digest_size=6).hexdigest()
