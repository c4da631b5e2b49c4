"""An edit or a kept line as the page shows it: labelled text in JSON, and nothing of a document in any other way."""

from collections.abc import Mapping

from cleanse.io.catalogue import Catalogue
from cleanse.ledger import Record
from cleanse.report.html import LONGEST
from cleanse.tally import effect
from cleanse.visible import visible, visible_lines

_CONTEXT = 320
_LINES = 2
_WHOLE = 100_000
"""Characters on each side of what is shown with its whole document."""
_MEMBERS = 5
"""Others of a kind that are shown before all are decided at once."""
_ALTERNATIVES = 5


def card(catalogue: Catalogue, name: str) -> dict[str, object]:
    """All the page needs of one edit, or of one kept line. Raises UsageError when there is none of this id."""
    kept = catalogue.kept(name)
    if kept:
        cleaned, (start, end) = kept
        text = cleaned.text[start:end]
        return {
            "id": name,
            "kept": True,
            "word": catalogue.word(name),
            "document": visible(cleaned.ledger.origin.document),
            **_around(cleaned.text, start, end),
            "text": _clipped(text),
            "should_be": _typeable(text),
        }
    cleaned, record = catalogue.edit(name)
    proposal, edit = record.proposal, record.proposal.edit
    uses, decided = catalogue.told_of(proposal.rule)
    return {
        "id": name,
        "kept": False,
        "word": catalogue.word(name),
        "document": visible(cleaned.ledger.origin.document),
        "raw": list(record.raw),
        **_change(cleaned.seen[record.stage], record),
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
        "same": catalogue.count_kind(name),
        "alternatives": [_clipped(text) for text in proposal.alternatives[:_ALTERNATIVES] if text != edit.after],
        "evidence": _evidence(proposal.evidence),
        "should_be": _typeable(edit.after or edit.before),
    }


def members(catalogue: Catalogue, name: str) -> dict[str, object]:
    """How many undecided edits are of one kind, and a few of them, evenly drawn."""
    shown = []
    for other in [one for one in catalogue.same_kind(name, _MEMBERS + 1) if one != name][:_MEMBERS]:
        cleaned, record = catalogue.edit(other)
        document = visible(cleaned.ledger.origin.document)
        shown.append({"document": document, **_change(cleaned.seen[record.stage], record)})
    return {"count": catalogue.count_kind(name), "members": shown}


def whole(catalogue: Catalogue, name: str) -> dict[str, str]:
    """All that stands around an edit or a kept line in its document, up to a length a browser bears."""
    kept = catalogue.kept(name)
    if kept:
        cleaned, (start, end) = kept
        return _around(cleaned.text, start, end, _WHOLE, _WHOLE)
    cleaned, record = catalogue.edit(name)
    edit = record.proposal.edit
    return _around(cleaned.seen[record.stage], edit.start, edit.end, _WHOLE, _WHOLE)


def _change(text: str, record: Record) -> dict[str, str]:
    """Before and after, with the text around them as the stage saw it."""
    edit = record.proposal.edit
    around = _around(text, edit.start, edit.end)
    return {**around, "before": _clipped(edit.before), "after": _clipped(edit.after)}


def _around(text: str, start: int, end: int, context: int = _CONTEXT, lines: int = _LINES) -> dict[str, str]:
    """So many characters, and at most so many lines, on each side of a span."""
    first, last = max(0, start - context), end + context
    left = ("…" * (first > 0) + text[first:start]).split("\n")
    right = (text[end:last] + "…" * (last < len(text))).split("\n")
    return {
        "left": visible_lines("\n".join(left[-lines - 1 :])),
        "right": visible_lines("\n".join(right[: lines + 1])),
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


def _typeable(text: str) -> str:
    """What the field for a better text begins with: what one line can hold and no label stands for, else nothing."""
    return text if len(text) <= LONGEST and visible(text) == text else ""


def _evidence(evidence: Mapping[str, object]) -> list[list[str]]:
    return [[visible(key), visible(str(value))[:LONGEST]] for key, value in sorted(evidence.items())]
