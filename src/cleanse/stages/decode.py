"""Mend what decoding left: bytes that did not fit the encoding, and mixed newlines.

A stray Windows-1252 byte in UTF-8, a character torn in two, a surrogate pair encoded as if it were characters
(CESU-8): each is a U+FFFD in the decoded text with its bytes known, so the repair is an ordinary located edit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.decoding import REPLACEMENT, BadBytes
from cleanse.edits import Edit
from cleanse.model import Draft, Proposal, Wish
from cleanse.registry import StageContext

_CESU = re.compile(rb"(?:\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])+")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_TORN = re.compile(rb"[\xe0-\xef][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{1,2}")
_NEWLINE = re.compile(r"\r\n?")


@dataclass(frozen=True)
class DecodeStage:
    """Proposes characters for bad bytes, and LF for every other newline."""

    name: str = "decode"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """One proposal per run of bad bytes that can be read, and one per foreign newline."""
        if draft.document.decoded.encoding.startswith("utf-8"):
            yield from self._bad_bytes(draft.document.decoded.bad)
        for newline in _NEWLINE.finditer(draft.text):
            yield Proposal(
                edit=Edit(newline.start(), newline.group(), "\n"),
                rule="decode/newline",
                reason="newlines are LF in the canonical form",
                kind="layout",
            )

    def _bad_bytes(self, bad: tuple[BadBytes, ...]) -> Iterator[Proposal]:
        for spot in bad:
            read = _read(spot.raw)
            if read is None:
                continue
            rule, after, reason = read
            yield Proposal(
                edit=Edit(spot.start, REPLACEMENT, after),
                rule=f"decode/{rule}",
                reason=reason,
                evidence={"bytes": spot.raw.hex()},
            )


def _read(raw: bytes) -> tuple[str, str, str] | None:
    """Rule, text and reason for a run of bytes that are no UTF-8; None when nothing can be known."""
    if _CESU.fullmatch(raw):
        pairs = raw.decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
        return "surrogate-pair", pairs.decode("utf-16-le"), "a surrogate pair encoded as two characters"
    if _TORN.fullmatch(raw):
        return "torn-character", "", "a multi-byte character cut off in the middle"
    if _SURROGATE.search(raw):
        return None
    try:
        return "windows-1252-byte", raw.decode("cp1252"), "Windows-1252 bytes in a UTF-8 text"
    except UnicodeDecodeError:
        return None


def stage(context: StageContext) -> DecodeStage:
    """The stage as the registry wants it."""
    del context
    return DecodeStage()
