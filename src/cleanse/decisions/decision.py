"""One decision of a reviewer and its wire form, version 1: one JSON object per line, appended and never changed.

A decision names *what* is changed and *where in the raw text*; the rule stands in it for people only. So rules
may be renamed, split and reordered, and what was decided stays decided. See docs/review.md.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cleanse.errors import UsageError

VERSION = 1
NEAR, WIDE = 12, 24
"""Context on each side, in characters that are no white space. Measured on 4,022 places of the seeds under a
simulated re-crawl (docs/review.md): 12 finds the most places again, 24 parts those that 12 confuses."""


class Word(StrEnum):
    """What a reviewer may say."""

    ACCEPT = "accept"
    """The change is right; a `display` proposal is applied by the next run."""
    REJECT = "reject"
    """This must not happen here, whatever rule asks for it."""
    EDIT = "edit"
    """The change is wrong; `edit` holds what should have come instead. Not applied, and a candidate for a rule."""
    SKIP = "skip"
    """The reviewer cannot tell. Changes nothing, and counts as a defect in the strict bound."""
    WITHDRAW = "withdraw"
    """Takes the decision on this place back."""
    KEEP = "keep"
    """Of text that was kept: rightly so."""
    MISSED = "missed"
    """Of text that was kept: it should have been removed."""
    WRONG = "wrong"
    """Of text that was kept: something in it is wrong; `edit` may hold what should stand there."""


VERDICTS: Mapping[Word, bool] = MappingProxyType({Word.ACCEPT: True, Word.REJECT: False, Word.EDIT: False})
"""What a word means for the next run: apply, or do not apply; other words mean nothing to it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a raw text, with what is needed to find it in a later version of that text."""

    doc: str
    """SHA-256 of the raw bytes."""
    document: str
    """The document's id in the run that was reviewed."""
    start: int
    end: int
    """Code points of the decoded raw text."""
    text: str
    """The raw text there, normalized as `anchoring.Raw` does it."""
    left: str
    right: str
    """Up to `WIDE` normalized characters on each side."""
    sketch: str = ""
    """Of the whole raw text: tells a later version of a document from another document."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said about one change, or about a piece of text that was kept."""

    anchor: Anchor
    before: str
    after: str
    word: Word
    rule: str = ""
    edit: str | None = None
    note: str = ""
    by: str = ""
    at: str = ""
    """UTC, ISO 8601. Only people decide, so only here the clock is asked."""
    scope: str = "edit"
    """`edit`, or `kind` for one of many that were decided together."""
    members: Mapping[str, object] | None = field(default=None, compare=False)
    """Of a `kind` decision: the digest over the ids of all members at that time, and how many they were."""

    @property
    def place(self) -> tuple[str, int, int, str]:
        """The decision's identity: which raw text, where, and what comes there. The last word on a place counts."""
        return self.anchor.doc, self.anchor.start, self.anchor.end, self.after

    @property
    def key(self) -> str:
        """The portable name: found again in a later version of the document."""
        return portable_key(self.anchor.text, self.after, self.anchor.left, self.anchor.right)

    @property
    def verdict(self) -> bool | None:
        """Apply, do not apply, or no word for the next run."""
        return VERDICTS.get(self.word)


def portable_key(text: str, after: str, left: str, right: str, width: int = NEAR) -> str:
    """A name made of the change and `width` characters around it, all normalized."""
    what = "\0".join((text, after, left[-width:], right[:width]))
    return "k1:" + hashlib.blake2b(what.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def dump(decision: Decision) -> str:
    """The decision as one JSON line, without newline."""
    anchor = decision.anchor
    line: dict[str, object] = {
        "v": VERSION, "key": decision.key, "doc": f"sha256:{anchor.doc}", "document": anchor.document,
        "start": anchor.start, "end": anchor.end, "before": decision.before, "after": decision.after,
        "text": anchor.text, "left": anchor.left, "right": anchor.right, "sketch": anchor.sketch,
        "rule": decision.rule, "decision": decision.word.value, "edit": decision.edit, "note": decision.note,
        "by": decision.by, "at": decision.at, "scope": decision.scope,
        "members": dict(decision.members) if decision.members else None,
    }  # fmt: skip
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def load(line: str) -> Decision:
    """The decision of a JSON line. Raises ValueError for a torn or foreign line, UsageError for another version."""
    data = json.loads(line)
    if not isinstance(data, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for every malformed line
    if data.get("v") != VERSION:
        raise UsageError(f"decision version {data.get('v')!r} is not {VERSION}; use the cleanse that wrote it")
    try:
        return _decision(data)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"malformed: {error!r}") from error


def _decision(data: Mapping[str, Any]) -> Decision:
    texts = [data[key] for key in ("doc", "document", "before", "after", "text", "left", "right")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("texts are strings")
    anchor = Anchor(
        doc=data["doc"].removeprefix("sha256:"),
        document=data["document"],
        start=int(data["start"]),
        end=int(data["end"]),
        text=data["text"],
        left=data["left"],
        right=data["right"],
        sketch=str(data.get("sketch", "")),
    )
    return Decision(
        anchor=anchor,
        before=data["before"],
        after=data["after"],
        word=Word(data["decision"]),
        rule=str(data.get("rule", "")),
        edit=data.get("edit"),
        note=str(data.get("note", "")),
        by=str(data.get("by", "")),
        at=str(data.get("at", "")),
        scope=str(data.get("scope", "edit")),
        members=data.get("members"),
    )
