"""One decision of a reviewer and its wire form, version 1: one JSON object per line, appended and never changed.

A decision names *what* is changed and *where in the raw text*; the rule stands in it for people only. So rules
may be renamed, split and reordered, and what was decided stays decided. See docs/review.md.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from cleanse.edits import Edit
from cleanse.errors import UsageError
from cleanse.ledger import edit_id

VERSION = 1
NEAR, WIDE = 12, 24
"""Context on each side, in characters that are no white space. Measured on 4,022 places of the seeds under a
simulated re-crawl (docs/review.md): 12 finds the most places again, 24 parts those that 12 confuses."""
SIGHTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"near": (NEAR, NEAR), "wide": (WIDE, WIDE), "left": (WIDE, 0), "right": (0, WIDE)}
)
"""The contexts by which a place is looked for, in this order. One side alone serves where the other is new: behind
another header, before another tail, beside a word that was changed."""

Place = tuple[str, int, int, str]

_KEYS = frozenset((
    "v", "key", "doc", "document", "start", "end", "before", "after", "text", "left", "right", "sketch", "unique",
    "rule", "decision", "edit", "note", "by", "at", "scope", "members",
))  # fmt: skip


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


KEPT = "kept"
"""The scope of a decision on text that was kept."""


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
    unique: tuple[str, ...] = ("near", "wide")
    """By which `SIGHTS` the place is the only one of its own text. By the others it is not looked for elsewhere: a
    place that could be confused there would be guessed at."""

    def context(self, sight: str) -> tuple[str, str, str]:
        """Left, text and right as one of the `SIGHTS` sees them."""
        return clipped((self.left, self.text, self.right), sight)


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
    """`edit`; `kind` for one of many edits that were decided together; `kept` for text that no edit touched."""
    members: Mapping[str, object] | None = field(default=None, compare=False)
    """Of a `kind` decision: the digest over the ids of all members at that time, and how many they were."""
    extra: Mapping[str, object] = field(default_factory=dict, compare=False)
    """What the line says beyond what this version knows: kept as it came."""

    @property
    def place(self) -> Place:
        """The decision's identity: which raw text, where, and what comes there. The last word on a place counts."""
        place = place_of_kept if self.scope == KEPT else place_of_edit
        return place(self.anchor.doc, (self.anchor.start, self.anchor.end), self.after)

    @property
    def edit_id(self) -> str:
        """The id that the ledger gives the change."""
        return edit_id(self.anchor.doc, (self.anchor.start, self.anchor.end), Edit(0, self.before, self.after))

    @property
    def moment(self) -> str:
        """`at` in one form that sorts by time; empty when it is no time."""
        try:
            when = datetime.fromisoformat(self.at)
        except ValueError:
            return ""
        utc = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
        return utc.isoformat(timespec="microseconds")

    @property
    def key(self) -> str:
        """The portable name: found again in a later version of the document."""
        return portable_key(self.anchor.text, self.after, self.anchor.left, self.anchor.right)

    @property
    def verdict(self) -> bool | None:
        """Apply, do not apply, or no word for the next run."""
        return VERDICTS.get(self.word)


def place_of_edit(doc: str, raw: tuple[int, int], after: str) -> Place:
    """Where a decision on an edit stands."""
    return doc, *raw, after


def place_of_kept(doc: str, raw: tuple[int, int], text: str) -> Place:
    """Where a decision on kept text stands: apart from the edit that put this very text there."""
    return f"{KEPT}:{doc}", *raw, text


def clipped(window: tuple[str, str, str], sight: str) -> tuple[str, str, str]:
    """Left, text and right of a window, as much of them as one of the `SIGHTS` sees."""
    (left, text, right), (before, behind) = window, SIGHTS[sight]
    return left[len(left) - min(before, len(left)) :], text, right[:behind]


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
        "unique": list(anchor.unique),
        "rule": decision.rule, "decision": decision.word.value, "edit": decision.edit, "note": decision.note,
        "by": decision.by, "at": decision.at, "scope": decision.scope,
        "members": dict(decision.members) if decision.members else None,
    }  # fmt: skip
    return json.dumps({**line, **decision.extra}, ensure_ascii=True, separators=(",", ":"))


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
    if not all(isinstance(text, str) for text in (*texts, data.get("edit") or "")):
        raise TypeError("texts are strings")
    if not isinstance(data.get("members"), dict | None):
        raise TypeError("members are an object")
    anchor = Anchor(
        doc=data["doc"].removeprefix("sha256:"),
        document=data["document"],
        start=int(data["start"]),
        end=int(data["end"]),
        text=data["text"],
        left=data["left"],
        right=data["right"],
        sketch=str(data.get("sketch", "")),
        unique=tuple(sight for sight in data.get("unique", ("near", "wide")) if sight in SIGHTS),
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
        extra={key: value for key, value in data.items() if key not in _KEYS},
    )
