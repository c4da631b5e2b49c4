"""What machines left between the letters: HTML entities, terminal codes, control and invisible characters.

`&lt;` and `&gt;` stay, since they would become live mark-up; `&amp;` stays where an entity name follows; and in a
line that talks about mark-up itself every entity is only shown, never changed.
"""

import html
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from unicodedata import category

import regex

from cleanse.edits import Edit
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAME_FOLLOWS = re.compile(r"#?\w{1,31};")
_ENTITY_BEGINS = re.compile(r"&#?\w*$")
_OF_ENTITIES = frozenset("#;&" + string.ascii_letters + string.digits)
_LIVE = frozenset("<>\ufffd")
_ABOUT_MARKUP = re.compile(
    r"\b(?:HTML|XML|SGML|XHTML|markup|mark-up|entit(?:y|ies)|escap(?:e|ed|es|ing)|ampersands?|character references?)\b",
    re.IGNORECASE,
)


_ESCAPE = r"\x1b(?:\[[\d;?]*[a-zA-Z]|\][^\x07\x1b]*+(?:\x07|\x1b\\))"
_CONTROL = rf"(?:[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\u206a-\u206f\ufff9-\ufffc]|(?!{_ESCAPE})\x1b)+"
# Joiners and direction marks carry meaning in other scripts; zero-width spaces never do between Latin letters.
_ZERO_WIDTH = r"\ufeff+|(?<![\p{L}\p{M}--[\p{Latin}\u0300-\u036f]])[\u200b\u2060]+(?![\p{L}\p{M}--\p{Latin}])"
# One expression, so that no piece overlaps another: what stayed because it lost an overlap would be left for next time.
_INVISIBLE = regex.compile(f"(?P<escape>{_ESCAPE})|(?P<control>{_CONTROL})|(?P<invisible>{_ZERO_WIDTH})", regex.V1)
_REASONS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "escape": ("terminal-escape", "a terminal's colour or cursor code"),
    "control": ("control", "control characters carry no text"),
    "invisible": ("invisible", "an invisible character"),
})  # fmt: skip
_MAYBE_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u2060\u206a-\u206f\ufeff\ufff9-\ufffc]")
"""What all of these begin with."""


@dataclass(frozen=True)
class ResidueStage:
    """Proposes the character for each entity, and nothing for what is none."""

    name: str = "residue"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """One proposal per piece of residue; the later stages see text alone."""
        yield from _entities(draft)
        odd = any(map(_MAYBE_INVISIBLE.match, draft.view.unusual))
        for match in _INVISIBLE.finditer(draft.text) if odd else ():
            rule, reason = _REASONS[str(match.lastgroup)]
            yield Proposal(
                Edit(match.start(), match.group(), ""), f"residue/{rule}", reason, priority=len(match.group())
            )


def without_residue(text: str) -> str:
    """The text without control and invisible characters, for repairs that bring some to light."""
    return _INVISIBLE.sub("", text) if _MAYBE_INVISIBLE.search(text) else text


def _entities(draft: Draft) -> Iterator[Proposal]:
    if "&" not in draft.text:
        return
    seen, quoted = -1, False
    for match in _ENTITY.finditer(draft.text):
        after = _character(match, draft.text)
        if after is None:
            continue
        line = draft.view.line_at(match.start())
        if line.index != seen:  # asked once a line, however many entities it holds
            seen, quoted = line.index, _ABOUT_MARKUP.search(line.text) is not None
        yield Proposal(
            edit=Edit(match.start(), match.group(), after),
            rule="residue/entity",
            reason="the line talks about mark-up" if quoted else "an HTML entity in plain text",
            applicability=Applicability.DISPLAY if quoted else Applicability.SAFE,
        )


def _character(match: "re.Match[str]", text: str) -> str | None:
    """The text an entity stands for; None where it must stay."""
    after = html.unescape(match.group())
    if after == match.group() or any(character in _LIVE for character in after):
        return None
    if not after:
        return after  # a control character, of which HTML makes nothing
    if after == "&" and _NAME_FOLLOWS.match(text, match.end()):
        return None
    if after[0] in _OF_ENTITIES and _ENTITY_BEGINS.search(text, max(0, match.start() - 32), match.start()):
        return None  # the character would complete an entity around it
    if category(after[0]) == "Cc" and after not in "\t\n":
        return ""
    return None if any("\ud800" <= character <= "\udfff" for character in after) else after


def stage(context: StageContext) -> ResidueStage:
    """The stage as the registry wants it."""
    del context
    return ResidueStage()
