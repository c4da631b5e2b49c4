"""HTML entities that leaked into plain text, each as one located edit.

`&lt;` and `&gt;` stay, since they would become live mark-up; `&amp;` stays where an entity name follows; and in a
line that talks about mark-up itself every entity is only shown, never changed.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleanse.edits import Edit
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NAME_FOLLOWS = re.compile(r"#?\w{1,31};")
_LIVE = frozenset("<>\x00")
_ABOUT_MARKUP = re.compile(
    r"\b(?:HTML|XML|SGML|XHTML|markup|mark-up|entit(?:y|ies)|escap(?:e|ed|es|ing)|ampersands?|character references?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EntitiesStage:
    """Proposes the character for each entity."""

    name: str = "entities"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """One proposal per entity that stands for a harmless character."""
        if "&" not in draft.text:
            return
        for match in _ENTITY.finditer(draft.text):
            after = _character(match, draft.text)
            if after is None:
                continue
            line = draft.view.line_at(match.start())
            quoted = _ABOUT_MARKUP.search(line.text) is not None
            yield Proposal(
                edit=Edit(match.start(), match.group(), after),
                rule="entities/entity",
                reason="the line talks about mark-up" if quoted else "an HTML entity in plain text",
                applicability=Applicability.DISPLAY if quoted else Applicability.SAFE,
            )


def _character(match: "re.Match[str]", text: str) -> str | None:
    after = html.unescape(match.group())
    if after == match.group() or any(character in _LIVE for character in after):
        return None
    if after == "&" and _NAME_FOLLOWS.match(text, match.end()):
        return None
    return None if any("\ud800" <= character <= "\udfff" for character in after) else after


def stage(context: StageContext) -> EntitiesStage:
    """The stage as the registry wants it."""
    del context
    return EntitiesStage()
