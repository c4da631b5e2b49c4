"""cleanse: clean text for a corpus, and show, prove and undo every change.

import cleanse
out = cleanse.clean("  MENU\\n\\nThe pact was signed.")
out.text, out.changes, out.provenance
"""

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


def clean(text: str | bytes, pipeline: Pipeline | None = None) -> Outcome:
    """Clean one text. Make a `Pipeline.default()` once and pass it for many.

    Raises CleanseError only for settings or rules that make no sense, never for a text.
    """
    document = Document("text", text) if isinstance(text, bytes) else Document.from_text(text)
    return (pipeline or Pipeline.default()).run(document)
