"""What reading yields: a document that was taken in, or a refusal with its reason. The run goes on either way."""

import re
from dataclasses import dataclass

from cleanse.errors import LimitError, ReadError
from cleanse.limits import Limits
from cleanse.model import Document

_SNIFFED = 8_192
_CONTROL_SHARE = 0.02
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


@dataclass(frozen=True)
class Refusal:
    """Something that was not taken in, for `quarantine.jsonl`."""

    source: str
    reason: str
    """One word: unreadable, changed, too-large, bomb, binary, broken-line, no-text, crash, hang, memory, fault…"""
    message: str
    size: int = 0


@dataclass(frozen=True)
class Taken:
    """A document that was read, and how many bytes of input it stands for."""

    document: Document
    size: int


Item = Taken | Refusal


def check(document: Document, limits: Limits) -> None:
    """Raise ReadError for what is no text or too much of it."""
    limits.check_bytes(document.id, len(document.raw))
    sample = document.decoded.text[:_SNIFFED]
    controls = len(_CONTROLS.findall(sample.rstrip("\x00")))
    if controls > max(1, _CONTROL_SHARE * len(sample)):
        raise ReadError(f"{document.id}: looks like a binary file, not text", "binary")
    try:
        limits.check(document.id, document.decoded.text)
    except LimitError as error:
        raise ReadError(f"{document.id}: {error}", error.reason) from error
