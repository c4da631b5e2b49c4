"""Guards hold back what nobody should trust, and never cost a document its text."""

import pytest

from cleanse.decisions.book import Words
from cleanse.edits import Edit
from cleanse.guards import Guards, removed
from cleanse.ledger import Verdict, edit_id
from cleanse.model import Claim, Document, Proposal, Wish
from cleanse.pipeline import Outcome, Pipeline, Status
from helpers import BODY, Scripted

TEXT = BODY * 3


def cut(start: int, end: int, kind: str = "substance", claims: tuple[Claim, ...] = ()) -> Proposal:
    return Proposal(Edit(start, TEXT[start:end], ""), "test/cut", kind=kind, claims=claims)


def run(*wishes: Wish, guards: Guards | None = None, decisions: dict[str, bool] | None = None) -> Outcome:
    document = Document.from_text(TEXT)
    result = Pipeline((Scripted(wishes),), guards=guards or Guards(), decisions=Words(decisions or {})).run(document)
    result.ledger.verify(document.raw, result.text)
    return result


def verdicts(result: Outcome) -> list[Verdict]:
    return [record.verdict for record in result.ledger.records]


def test_small_cuts_are_free() -> None:
    result = run(cut(0, 300))
    assert result.text == TEXT[300:]
    assert result.status is Status.CLEAN


@pytest.mark.parametrize(("share", "goes"), [(0.55, True), (0.65, False)])
def test_a_page_may_have_more_furniture_than_a_short_text_has_characters(share: float, *, goes: bool) -> None:
    result = run(*(cut(at, at + 10) for at in range(0, int(share * len(TEXT)), 10)))
    assert (result.status is Status.CLEAN) is goes
    assert (result.text == TEXT) is not goes


def test_a_cut_longer_than_the_limit_is_withheld_alone() -> None:
    result = run(cut(0, 200), cut(300, 900), guards=Guards(longest=500))
    assert verdicts(result) == [Verdict.APPLIED, Verdict.WITHHELD]
    assert result.status is Status.REVIEW


def test_a_stage_over_its_share_loses_its_cuts_and_keeps_its_layout() -> None:
    cuts = [cut(at, at + 90) for at in range(0, 900, 100)]
    result = run(*cuts, cut(95, 96, kind="layout"), guards=Guards(page=0))
    assert result.text == TEXT[:95] + TEXT[96:]
    assert result.status is Status.REVIEW
    assert all(r.note.startswith("budget") for r in result.ledger.records if r.verdict is Verdict.WITHHELD)


def test_the_share_of_the_document_counts_over_all_stages() -> None:
    length = len(TEXT)
    stages = tuple(Scripted((cut(0, length // 4),), name=name) for name in ("one",))
    text = TEXT[length // 4 :]
    more = Proposal(Edit(0, text[: length // 3], ""), "test/more")
    pipeline = Pipeline((*stages, Scripted((more,), "two")), guards=Guards(document_share=0.5, stage_share=0.9, page=0))
    result = pipeline.run(Document.from_text(TEXT))
    assert result.text == text
    assert result.status is Status.REVIEW


def test_text_moved_into_the_record_does_not_count() -> None:
    claim = Claim("authors", "A", (0, 5), "test/cut")
    moved = cut(0, 700, claims=(claim,))
    assert removed(moved) == 0
    assert run(moved).status is Status.CLEAN


def test_an_edit_that_would_leave_nothing_is_withheld() -> None:
    everything = Proposal(Edit(0, "It rained.", ""), "test/all")
    result = Pipeline((Scripted((everything,)),)).run(Document.from_text("It rained."))
    assert result.text == "It rained."
    assert result.status is Status.REVIEW


@pytest.mark.parametrize(("start", "end", "kept"), [(0, 12, True), (10, 30, True), (0, 4, False)])
def test_protected_text_stays(start: int, end: int, kept: int) -> None:
    literal = TEXT[4:17]
    result = run(cut(start, end), guards=Guards(protect=(literal,)))
    assert (result.text == TEXT) is bool(kept)
    assert verdicts(result) == [Verdict.WITHHELD if kept else Verdict.APPLIED]


def test_an_insertion_inside_protected_text_is_withheld_and_one_at_its_border_is_not() -> None:
    inside, border = (Proposal(Edit(at, "", "!"), "test/add") for at in (6, 4))
    result = run(inside, border, guards=Guards(protect=(TEXT[4:17],)))
    assert verdicts(result) == [Verdict.APPLIED, Verdict.WITHHELD]


def test_overlapping_occurrences_of_a_protected_literal_are_all_protected() -> None:
    text = "ababa is a word"
    edit = Proposal(Edit(4, "a", "x"), "test/swap")
    pipeline = Pipeline((Scripted((edit,)),), guards=Guards(protect=("aba",)))
    assert pipeline.run(Document.from_text(text)).text == text


def test_a_reviewer_s_yes_lifts_the_limit_for_that_edit() -> None:
    long = cut(0, 600)
    document = Document.from_text(TEXT)
    name = edit_id(document.digest, (0, 600), long.edit)
    guards = Guards(longest=500)
    assert run(long, guards=guards).text == TEXT
    assert run(long, guards=guards, decisions={name: True}).text == TEXT[600:]


def test_a_reviewer_s_yes_to_one_edit_does_not_lift_the_budget_for_the_others() -> None:
    small = cut(0, 10)
    others = [cut(at, at + 95) for at in range(100, len(TEXT) - 100, 100)]
    name = edit_id(Document.from_text(TEXT).digest, (0, 10), small.edit)
    result = run(small, *others, decisions={name: True})
    assert result.status is Status.REVIEW
    assert result.text == TEXT[10:]
