"""Short ways to run one stage, and to say in word diff what it should have done."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from cleanse import wdiff
from cleanse.edits import Edit
from cleanse.guards import Guards
from cleanse.ledger import Verdict
from cleanse.model import Document, Draft, Proposal, Stage, Wish
from cleanse.pipeline import Outcome, Pipeline
from cleanse.registry import build_stages
from cleanse.rules import RuleBook, load_rules

BODY = (
    "The three harbour towns agreed on Tuesday to share one timetable for all their ferries and trains.\n\n"
    "Nobody on the quay seemed surprised by the news, and the baker said that people would walk home anyway.\n\n"
    "Engineers who had looked at the old bridge wrote that its northern pier had moved by three centimetres.\n\n"
    "She asked whether the new library could open in May, and the answer was that it could with a roof.\n"
)
"""Four paragraphs of prose: enough for a head, a tail and something between them."""
LAX = Guards(document_share=1.0, stage_share=1.0, free=10_000)


@cache
def rules() -> RuleBook:
    return load_rules()


@cache
def default() -> Pipeline:
    return Pipeline.default()


@cache
def shipped(name: str) -> Stage:
    return build_stages([name], rules())[0]


def outcome(stage: str, raw: str | bytes) -> Outcome:
    """What one shipped stage makes of a text or of bytes."""
    document = Document.from_text(raw) if isinstance(raw, str) else Document("bytes", raw)
    result = Pipeline((shipped(stage),), guards=LAX).run(document)
    assert not result.ledger.faults
    result.ledger.verify(document.raw, result.text)
    return result


def does(stage: str, marked: str) -> None:
    """The stage changes the text exactly as marked; an unmarked text stays."""
    text, _ = wdiff.marks(marked)
    result = outcome(stage, text)
    assert wdiff.render(result.document.decoded.text, edits(result)) == marked


def shows(stage: str, marked: str) -> None:
    """The stage only shows the marked change."""
    text, _ = wdiff.marks(marked)
    result = outcome(stage, text)
    held = [r.proposal.edit for r in result.ledger.records if r.verdict is Verdict.WITHHELD]
    assert result.text == text
    assert wdiff.render(text, held) == marked


def edits(result: Outcome) -> list[Edit]:
    return [record.proposal.edit for record in result.changes]


def rules_used(result: Outcome) -> list[str]:
    return [record.proposal.rule for record in result.changes]


def clean(raw: str | bytes) -> Outcome:
    """What the default pipeline makes of a text or of bytes."""
    document = Document.from_text(raw) if isinstance(raw, str) else Document("bytes", raw)
    return default().run(document)


@dataclass(frozen=True)
class Scripted:
    """A stage that wishes for what it is told, whatever the text."""

    wishes: tuple[Wish, ...] = ()
    name: str = "scripted"

    def propose(self, draft: Draft) -> Iterable[Wish]:
        del draft
        return self.wishes


@dataclass(frozen=True)
class Broken:
    """A stage that fails."""

    error: Exception = field(default_factory=lambda: ValueError("no luck"))
    name: str = "broken"

    def propose(self, draft: Draft) -> Iterable[Wish]:
        yield Proposal(Edit(0, draft.text[:1], ""), "broken/first")
        raise self.error
