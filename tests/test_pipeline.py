"""The pipeline keeps its promises whatever the document and whatever a stage does."""

import pickle
from collections.abc import Iterable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cleanse
from cleanse import overlaps
from cleanse.decisions.book import Words
from cleanse.edits import ChangeSet, Edit
from cleanse.ledger import Verdict, edit_id
from cleanse.model import Applicability, Claim, Document, Draft, Fact, Proposal, Stage, Wish
from cleanse.overlaps import decide
from cleanse.pipeline import Outcome, Pipeline, Status
from cleanse.settings import Settings
from helpers import BODY, Broken, Scripted, clean, default
from strategies import changed_texts, documents, raw_bytes, texts

Changed = tuple[str, list[ChangeSet]]


def swap(start: int, before: str, after: str, **more: object) -> Proposal:
    return Proposal(Edit(start, before, after), "test/swap", **more)  # type: ignore[arg-type]


def run(text: str, *stages: Stage, threshold: Applicability = Applicability.UNSAFE) -> Outcome:
    document = Document.from_text(text)
    result = Pipeline(stages, threshold).run(document)
    result.ledger.verify(document.raw, result.text)
    return result


OTHER = Pipeline.default()

# --- for every document ------------------------------------------------------------------------------------


@given(texts)
def test_every_text_can_be_replayed_reverted_and_verified(text: str) -> None:
    result = clean(text)
    assert not result.ledger.faults
    result.ledger.verify(result.document.raw, result.text)
    assert result.ledger.replay(text.encode()) == result.text
    assert result.ledger.revert(result.text) == text.encode()


@given(raw_bytes)
def test_all_bytes_can_be_replayed_reverted_and_verified(raw: bytes) -> None:
    result = clean(raw)
    assert not result.ledger.faults
    result.ledger.verify(raw, result.text)


@given(documents())
@settings(max_examples=60)
def test_every_article_can_be_verified(text: str) -> None:
    result = clean(text)
    assert not result.ledger.faults
    result.ledger.verify(result.document.raw, result.text)


@given(documents())
@settings(max_examples=60)
def test_a_record_no_earlier_stage_touched_holds_exactly_its_raw_span(text: str) -> None:
    _raw_spans_hold(clean(text))


@given(st.one_of(texts.map(str.encode), raw_bytes))
def test_raw_spans_hold_on_awkward_input(raw: bytes) -> None:
    _raw_spans_hold(clean(raw))


def _raw_spans_hold(result: Outcome) -> None:
    raw = result.document.decoded.text
    touched: list[tuple[int, int]] = []
    for name in result.ledger.stages:
        mine = [r for r in result.ledger.records if r.stage == name]
        for record in mine:
            start, end = record.raw
            assert 0 <= start <= end <= len(raw)
            if not any((a < end and start < b) or (a == b and start < a < end) for a, b in touched):
                assert raw[start:end] == record.proposal.edit.before
        touched += [r.raw for r in mine if r.verdict is Verdict.APPLIED]


@given(documents())
@settings(max_examples=60)
def test_evidence_quotes_the_raw_text(text: str) -> None:
    result = clean(text)
    raw = result.document.decoded.text
    for found in result.provenance.evidence:
        assert found.exact == raw[found.start : found.end]
        assert found.exact.strip()


@given(st.lists(documents(), min_size=2, max_size=3))
@settings(max_examples=15)
def test_the_order_of_documents_changes_nothing(batch: list[str]) -> None:
    forwards = [clean(text) for text in batch]
    backwards = [OTHER.run(Document.from_text(text)) for text in reversed(batch)]
    assert forwards == backwards[::-1]


def test_a_pipeline_and_an_outcome_can_be_pickled() -> None:
    document = Document.from_text(f"Menu\n\n{BODY}")
    again = pickle.loads(pickle.dumps(default()))  # noqa: S301 - our own bytes
    result = again.run(document)
    assert result == default().run(document)
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80"])
def test_next_to_nothing_is_a_document_too(raw: bytes) -> None:
    result = clean(raw)
    assert not result.ledger.faults
    result.ledger.verify(raw, result.text)


def test_an_emoji_written_as_two_surrogates_behind_a_mark_is_read_and_reverted() -> None:
    raw = b"\xef\xbb\xbf\xed\xa0\xbd\xed\xb8\x80"
    result = clean(raw)
    assert result.text == "😀\n"
    result.ledger.verify(raw, result.text)


def test_lone_surrogates_in_a_text_come_back_as_bytes() -> None:
    result = cleanse.clean("a \ud800 b\n")
    assert result.ledger.revert(result.text) == b"a \xed\xa0\x80 b\n"


@pytest.mark.parametrize(
    "script", ["\u13a0\u13a1\u13a2 ", "\u1401\u1402\u1403 ", "\u2d30\u2d31\u2d32 ", "\U00010400\U00010401 "]
)
def test_a_script_no_statistics_know_is_no_fault(script: str) -> None:
    result = clean(script * 100 + "\n")
    assert result.ledger.faults == ()
    assert result.status is Status.CLEAN


def test_the_default_pipeline_is_what_clean_uses() -> None:
    assert cleanse.clean(f"Menu\n\n{BODY}").text == default().run(Document.from_text(f"Menu\n\n{BODY}")).text
    assert cleanse.clean(f"Menu\n\n{BODY}".encode()).text == BODY


# --- deciding ----------------------------------------------------------------------------------------------


@st.composite
def proposals(draw: st.DrawFn, text: str) -> list[Proposal]:
    found = []
    for index in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 6)))
        edit = Edit(start, text[start:end], draw(st.sampled_from(["", "x", "\n"])))
        found.append(Proposal(edit, f"test/{index % 3}", priority=draw(st.integers(0, 2))))
    return found


@given(texts, st.data())
def test_of_overlapping_proposals_only_disjoint_ones_are_applied_and_each_loser_lost_to_a_winner(
    text: str, data: st.DataObject
) -> None:
    drawn = data.draw(proposals(text))
    decided = decide(text, drawn)
    decided.changes.apply(text)
    winners = [p for p, verdict, _ in decided.verdicts if verdict is Verdict.APPLIED]
    for proposal, verdict, note in decided.verdicts:
        beaten_by = [w for w in winners if w is not proposal and w.edit.conflicts(proposal.edit)]
        if verdict is Verdict.SHADOWED:
            rank = (proposal.priority, len(proposal.edit.before))
            assert note.removeprefix("overlaps ") in {w.rule for w in beaten_by}
            assert any((w.priority, len(w.edit.before)) >= rank for w in beaten_by)
        else:
            assert beaten_by == []


@given(texts, st.data())
def test_each_place_goes_to_the_first_by_rank_that_asks_for_it(text: str, data: st.DataObject) -> None:
    drawn = data.draw(proposals(text))
    taken: list[Proposal] = []
    for _, proposal in sorted(enumerate(drawn), key=lambda pair: overlaps._rank(pair[1], pair[0])):
        edit = proposal.edit
        if edit.before != edit.after and not any(other.edit.conflicts(edit) for other in taken):
            taken.append(proposal)
    winners = [p for p, verdict, _ in decide(text, drawn).verdicts if verdict is Verdict.APPLIED]
    assert {id(p) for p in winners} == {id(p) for p in taken}


@given(texts, st.data())
def test_the_order_in_which_a_stage_speaks_does_not_decide(text: str, data: st.DataObject) -> None:
    drawn = [p for p in data.draw(proposals(text)) if p.edit.before]
    shuffled = data.draw(st.permutations(drawn))
    unlike = {(p.priority, p.edit.start, p.edit.end, p.rule) for p in drawn}
    if len(unlike) == len(drawn):
        assert decide(text, drawn).changes == decide(text, shuffled).changes


@pytest.mark.parametrize(
    ("one", "two", "text"),
    [
        (swap(0, "ab", "X"), swap(1, "bcd", "Y", priority=-1), "Xcd"),
        (swap(0, "ab", "X"), swap(1, "bcd", "Y"), "aY"),
        (swap(0, "ab", "X"), swap(1, "bc", "Y"), "Xcd"),
        (swap(0, "a", "X"), swap(0, "", "+"), "+Xbcd"),
        (swap(0, "ab", "X"), swap(2, "cd", "Y"), "XY"),
    ],
)
def test_priority_then_length_then_place_decides(one: Proposal, two: Proposal, text: str) -> None:
    assert run("abcd", Scripted((one, two))).text == text
    assert run("abcd", Scripted((two, one))).text == text


def test_the_loser_of_an_overlap_is_on_record() -> None:
    result = run("abcd", Scripted((swap(0, "abc", "X"), swap(2, "cd", "Y"))))
    assert [(r.verdict, r.note) for r in result.ledger.records] == [
        (Verdict.APPLIED, ""),
        (Verdict.SHADOWED, "overlaps test/swap"),
    ]


def test_proposals_that_change_nothing_leave_no_record() -> None:
    assert run("abc", Scripted((swap(0, "a", "a"),))).ledger.records == ()


@pytest.mark.parametrize(
    ("threshold", "text"),
    [(Applicability.DISPLAY, "XYZ"), (Applicability.UNSAFE, "aYZ"), (Applicability.SAFE, "abZ")],
)
def test_only_what_reaches_the_threshold_is_applied(threshold: Applicability, text: str) -> None:
    wishes = [swap(at, "abc"[at], "XYZ"[at], applicability=kind) for at, kind in enumerate(sorted(Applicability))]
    result = run("abc", Scripted(tuple(wishes)), threshold=threshold)
    assert result.text == text
    assert len(result.ledger.records) == 3
    assert result.status is Status.CLEAN


def test_a_proposal_below_the_threshold_shadows_nobody() -> None:
    wishes = (swap(0, "abc", "", applicability=Applicability.DISPLAY, priority=9), swap(1, "b", "B"))
    assert run("abc", Scripted(wishes)).text == "aBc"


@pytest.mark.parametrize("word", [True, False])
def test_a_reviewer_s_word_stands(word: object) -> None:
    stage = Scripted((swap(0, "a", "A", applicability=Applicability.DISPLAY), swap(1, "b", "B")))
    first = run("abc", stage)
    decisions = {record.id: bool(word) for record in first.ledger.records}
    document = Document.from_text("abc")
    second = Pipeline((stage,), decisions=Words(decisions)).run(document)
    second.ledger.verify(document.raw, second.text)
    assert second.text == ("ABc" if word else "abc")
    assert {r.verdict for r in second.ledger.records} == {Verdict.APPLIED if word else Verdict.REJECTED}


def test_a_rejected_edit_takes_its_claims_along_and_a_withheld_one_leaves_them() -> None:
    claim = Claim("title", "a", (0, 1), "test/swap")
    safe, shown = (swap(0, "a", "A", claims=(claim,), applicability=kind) for kind in (2, 0))
    document = Document.from_text("abc")
    name = edit_id(document.digest, (0, 1), safe.edit)
    assert run("abc", Scripted((shown,))).provenance.title == "a"
    assert Pipeline((Scripted((safe,)),), decisions=Words({name: False})).run(document).provenance.title is None


def test_edit_ids_tell_edits_apart_by_place_text_and_document() -> None:
    edits = [Edit(0, "a", "b"), Edit(0, "a", "c"), Edit(0, "b", "c")]
    ids = {edit_id(d, (s, s + 1), e) for d in ("x", "y") for s in (0, 1) for e in edits}
    assert len(ids) == 12
    assert all(len(name) == 12 for name in ids)


# --- stages that misbehave ---------------------------------------------------------------------------------

AFTER = Scripted((swap(2, "c", "C"),), name="after")


@pytest.mark.parametrize("error", [ValueError("no"), RecursionError(), KeyError("x"), MemoryError(), TimeoutError()])
def test_a_stage_that_raises_is_a_fault_and_the_others_go_on(error: Exception) -> None:
    result = run("abc", Broken(error), AFTER)
    assert result.text == "abC"
    assert result.status is Status.REVIEW
    assert [fault.stage for fault in result.ledger.faults] == ["broken"]
    assert type(error).__name__ in result.ledger.faults[0].error


@pytest.mark.parametrize(
    "proposal",
    [swap(0, "x", "y"), swap(2, "cd", ""), swap(9, "", "y"), swap(-1, "", "y"), swap(-1, "c", "y")],
)
def test_a_proposal_that_does_not_fit_the_text_is_a_fault(proposal: Proposal) -> None:
    result = run("abc", Scripted((swap(1, "b", "B"), proposal)), AFTER)
    assert result.text == "abC"
    assert [fault.stage for fault in result.ledger.faults] == ["scripted"]


@pytest.mark.parametrize("proposal", [swap(0, "x", "y", applicability=0), swap(9, "z", "", applicability=0)])
def test_a_displayed_proposal_must_fit_the_text_too(proposal: Proposal) -> None:
    result = run("abc", Scripted((proposal,)))
    assert result.ledger.records == ()
    assert len(result.ledger.faults) == 1


@pytest.mark.parametrize("kind", sorted(Applicability))
def test_a_proposal_that_is_no_unicode_text_is_a_fault(kind: Applicability) -> None:
    result = run("abc", Scripted((swap(0, "a", "\ud800", applicability=kind),)), AFTER)
    assert result.text == "abC"
    assert len(result.ledger.faults) == 1


@pytest.mark.parametrize(
    "claim",
    [
        Claim("copyright_year", "last year", (0, 1), "test/claim"),
        Claim("date_published", "", (0, 1), "test/claim"),
        Claim("title", "x", (5, 99), "test/claim"),
        Claim("no_such_field", "x", (0, 1), "test/claim"),
    ],
)
def test_a_strange_claim_does_not_stop_the_document(claim: Claim) -> None:
    result = run("abc", Scripted((claim,)), AFTER)
    assert result.text == "abC"


@pytest.mark.parametrize("junk", [None, "text", 3])
def test_what_is_no_wish_is_a_fault_not_an_edit(junk: object) -> None:
    result = run("abc", Scripted((junk,)), AFTER)  # type: ignore[arg-type]
    assert result.text == "abC"
    assert [fault.stage for fault in result.ledger.faults] == ["scripted"]


def test_a_stage_may_stand_in_a_pipeline_twice() -> None:
    once = Scripted((swap(0, "", "x"),))
    result = run("abc", once, once)
    assert result.text == "xxabc"


def test_a_stage_named_twice_in_the_settings_is_refused_or_harmless() -> None:
    document = Document.from_text("  A  \n\n\n\nB\xa0 c.")
    try:
        pipeline = Pipeline.default(Settings(stages=("typography", "encoding", "typography")))
    except cleanse.CleanseError:
        return
    result = pipeline.run(document)
    result.ledger.verify(document.raw, result.text)


@dataclass(frozen=True)
class Recorder:
    """Keeps what later stages are shown as facts of its own."""

    name: str = "recorder"

    def propose(self, draft: Draft) -> Iterable[Wish]:
        yield Fact("claims", len(draft.claims))
        yield Fact("seen", draft.facts.get("mood"))
        yield Fact("text", draft.text)


def test_later_stages_see_earlier_text_claims_and_facts() -> None:
    first = Scripted((swap(0, "a", "A"), Claim("title", "a", (0, 1), "t/t"), Fact("mood", "calm")))
    facts = run("abc", first, Recorder()).ledger.facts
    assert facts == {"mood": "calm", "claims": 1, "seen": "calm", "text": "Abc"}


@given(changed_texts(rounds=3))
def test_any_chain_of_edits_can_be_verified_and_claims_lead_back_to_the_raw_text(changed: Changed) -> None:
    text, sets = changed
    stages = []
    for index, changes in enumerate(sets):
        wishes = tuple(Proposal(edit, "t/t", kind="layout") for edit in changes.edits)
        stages.append(Scripted(wishes, f"s{index}"))
    final = text
    for changes in sets:
        final = changes.apply(final)
    stages.append(Scripted(tuple(Claim("title", c, (i, i + 1), "t/t") for i, c in enumerate(final)), "claims"))
    result = run(text, *stages)
    if text.strip() and not final.strip():
        return
    assert result.text == final or not result.text.strip() or Status.REVIEW
    assert all(0 <= a <= b <= len(result.document.decoded.text) for a, b in (c.span for c in result.ledger.claims))


@pytest.mark.parametrize("wrong", [None, 5, bytearray(b"x")])
def test_what_is_no_text_is_refused_in_words(wrong: object) -> None:
    with pytest.raises(TypeError, match="a text is str"):
        cleanse.clean(wrong)  # type: ignore[arg-type]


def test_things_in_one_another_s_place_are_refused_in_words() -> None:
    with pytest.raises(TypeError, match="takes a Pipeline, not Settings"):
        cleanse.clean("x", Settings())  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="runs a Document, not str"):
        Pipeline(()).run("text")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="raw is bytes, not str"):
        Document("id", "text")  # type: ignore[arg-type]
