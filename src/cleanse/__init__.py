"""cleanse: clean text for a corpus, and show, prove and undo every change.

import cleanse
out = cleanse.clean("  MENU\\n\\nThe pact was signed.")
out.text, out.changes, out.provenance
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleanse.edits import ChangeSet, Edit
    from cleanse.errors import CleanseError
    from cleanse.guards import Guards
    from cleanse.ledger import Ledger, Record, Verdict
    from cleanse.model import Applicability, Claim, Document, Draft, Fact, Proposal, Stage, Wish
    from cleanse.pipeline import Outcome, Pipeline, Status
    from cleanse.provenance.record import Provenance
    from cleanse.registry import StageContext
    from cleanse.rules import RuleBook, load_rules
    from cleanse.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Applicability", "ChangeSet", "Claim", "CleanseError", "Document", "Draft", "Edit", "Fact", "Guards", "Ledger",
    "Outcome", "Pipeline", "Proposal", "Provenance", "Record", "RuleBook", "Settings", "Stage", "StageContext",
    "Status", "Verdict", "Wish", "clean", "load_rules",
]  # fmt: skip
_WHERE = MappingProxyType({
    name: module
    for module, names in {
        "edits": "ChangeSet Edit",
        "errors": "CleanseError",
        "guards": "Guards",
        "ledger": "Ledger Record Verdict",
        "model": "Applicability Claim Document Draft Fact Proposal Stage Wish",
        "pipeline": "Outcome Pipeline Status",
        "provenance.record": "Provenance",
        "registry": "StageContext",
        "rules": "RuleBook load_rules",
        "settings": "Settings",
    }.items()
    for name in names.split()
})  # fmt: skip
"""What has a module of its own is loaded with it, when it is first asked for: `cleanse --help` asks for none."""


def __getattr__(name: str) -> object:
    """What this package exports, from its module."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"cleanse.{_WHERE[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """All that can be asked for."""
    return sorted({*globals(), *__all__})


def clean(text: str | bytes, pipeline: "Pipeline | None" = None) -> "Outcome":
    """Clean one text. Make a `Pipeline.default()` once and pass it for many.

    Raises CleanseError only for settings or rules that make no sense, never for a text; TypeError for what is none.
    """
    from cleanse.model import Document  # noqa: PLC0415 - see `_WHERE`
    from cleanse.pipeline import Pipeline  # noqa: PLC0415

    if not isinstance(pipeline, Pipeline | None):
        raise TypeError(f"clean takes a Pipeline, not {type(pipeline).__name__}: Pipeline.default(settings)")
    document = Document("text", text) if isinstance(text, bytes) else Document.from_text(text)
    return (pipeline or Pipeline.default()).run(document)
