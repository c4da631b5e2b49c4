"""An edit as the page shows it: labelled text in JSON, and nothing of a document in any other way."""

from collections.abc import Mapping

from cleanse.io.catalogue import Catalogue
from cleanse.ledger import Record
from cleanse.report.html import LONGEST
from cleanse.tally import effect
from cleanse.visible import visible, visible_lines

_CONTEXT = 320
_LINES = 2
_MEMBERS = 5
"""Others of a kind that are shown before all are decided at once."""
_ALTERNATIVES = 5


def card(catalogue: Catalogue, name: str) -> dict[str, object]:
    """All the page needs of one edit. Raises UsageError when there is none of this id."""
    cleaned, record = catalogue.edit(name)
    proposal, edit = record.proposal, record.proposal.edit
    uses, decided = catalogue.told_of(proposal.rule)
    return {
        "id": name,
        "word": catalogue.word(name),
        "document": visible(cleaned.ledger.origin.document),
        "raw": list(record.raw),
        **_change(cleaned.ledger.seen(cleaned.raw)[record.stage], record),
        "rule": {
            "name": visible(proposal.rule),
            "stage": visible(record.stage),
            "reason": visible(proposal.reason),
            "applicability": proposal.applicability.name.lower(),
            "uses": uses,
            "decided": decided,
        },
        "effect": effect(record),
        "note": visible(record.note),
        "same": len(catalogue.same_kind(name)),
        "alternatives": [_clipped(text) for text in proposal.alternatives[:_ALTERNATIVES] if text != edit.after],
        "evidence": _evidence(proposal.evidence),
        "should_be": edit.after or edit.before
        if len(edit.before) <= LONGEST and _plain(edit.before + edit.after)
        else "",
    }


def members(catalogue: Catalogue, name: str) -> dict[str, object]:
    """How many undecided edits are of one kind, and a few of them, evenly drawn."""
    names = catalogue.same_kind(name)
    shown = []
    for other in [one for one in names if one != name][:_MEMBERS]:
        cleaned, record = catalogue.edit(other)
        change = _change(cleaned.ledger.seen(cleaned.raw)[record.stage], record)
        shown.append({"document": visible(cleaned.ledger.origin.document), **change})
    return {"count": len(names), "members": shown}


def _change(text: str, record: Record) -> dict[str, str]:
    """Before and after, with the text around them as the stage saw it."""
    edit = record.proposal.edit
    first, last = max(0, edit.start - _CONTEXT), edit.end + _CONTEXT
    left = ("…" * (first > 0) + text[first : edit.start]).split("\n")
    right = (text[edit.end : last] + "…" * (last < len(text))).split("\n")
    return {
        "left": visible_lines("\n".join(left[-_LINES - 1 :])),
        "before": _clipped(edit.before),
        "after": _clipped(edit.after),
        "right": visible_lines("\n".join(right[: _LINES + 1])),
    }


def _clipped(text: str) -> str:
    """Labelled text with its line breaks drawn and kept; a long one is cut in the middle, with a count."""
    if len(text) > LONGEST:
        half = LONGEST // 2
        return f"{_clipped(text[:half])} … {len(text) - 2 * half:,} characters … {_clipped(text[-half:])}"
    return (
        "\n".join(f"{visible(line)}⏎" for line in text.split("\n")[:-1])
        + ("\n" if "\n" in text else "")
        + visible(text.rpartition("\n")[2])
    )


def _plain(text: str) -> bool:
    """Whether a person may edit the text in a field of one line without losing anything."""
    return visible(text) == text


def _evidence(evidence: Mapping[str, object]) -> list[list[str]]:
    return [[visible(key), visible(str(value))[:LONGEST]] for key, value in sorted(evidence.items())]
