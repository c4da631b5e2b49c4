"""From decisions to rules: cards, guards, rows, demotion; and what a rule change does to a corpus."""

import pickle
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cleanse import wdiff
from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Decision, Word
from cleanse.decisions.making import Said, on_kept, on_record
from cleanse.edits import Edit
from cleanse.feedback.comparing import Comparison, changes
from cleanse.feedback.guards import guards
from cleanse.feedback.precision import Card, cards
from cleanse.feedback.rows import answered
from cleanse.feedback.uses import Use, uses
from cleanse.ledger import Verdict
from cleanse.model import Applicability, Document, Proposal
from cleanse.pipeline import Outcome, Pipeline
from cleanse.rules import load_rules
from cleanse.rules.contract import breaches
from helpers import Scripted


class Cleaned:
    """An outcome as a finished run gives it back."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.ledger, self.raw = outcome, outcome.ledger, outcome.document.raw


def cleaned(marked: str, rule: str = "table/rule", apply: Applicability = Applicability.SAFE) -> Cleaned:
    """A document in which one rule makes the marked changes."""
    text, edits = wdiff.marks(marked)
    stage = Scripted(tuple(Proposal(edit, rule, applicability=apply) for edit in edits))
    return Cleaned(Pipeline((stage,)).run(Document.from_text(text, "doc")))


def decisions(document: Cleaned, *words: str) -> Book:
    """One word per record: `accept`, `reject`, `skip`, or what should have come instead."""
    raw = Raw(document.outcome.document.decoded.text)
    made: list[Decision] = []
    for record, word in zip(document.ledger.records, words, strict=False):
        known = word in ("accept", "reject", "skip")
        said = Said(Word(word)) if known else Said(Word.EDIT, edit=word)
        made.append(on_record(document.ledger, raw, record, said))
    return Book(tuple(made))


def decided(marked: str, *words: str) -> list[Use]:
    document = cleaned(marked)
    return list(uses([document], decisions(document, *words)))


def card(marked: str, *words: str) -> Card:
    (only,) = cards(decided(marked, *words))
    return only


FOUR = "a [-b-] c [-b-] d [-b-] e [-b-] f"


def test_a_card_counts_what_was_said() -> None:
    made = card(FOUR, "accept", "reject", "skip")
    assert (made.edits, made.applied, len(made.documents)) == (4, 4, 1)
    assert (made.reviewed, made.accepted, made.rejected, made.skipped) == (3, 1, 1, 1)
    assert made.precision == 0.5
    assert made.bound == pytest.approx(0.01695, abs=1e-5)  # scipy.stats.beta.ppf(.05, 1, 3)
    assert (made.state, made.advice) == ("on", "guard or demote")


def test_a_decision_found_in_copies_of_a_text_was_one_look() -> None:
    text, edits = wdiff.marks("The [-power-] of the wind was great in the harbour of the north.")
    stage = Scripted(tuple(Proposal(edit, "table/rule") for edit in edits))
    copies = [Cleaned(Pipeline((stage,)).run(Document.from_text(text + end, end))) for end in (" ", "  ", "   ")]
    book = decisions(copies[1], "reject")
    (made,) = cards(uses(copies, book))
    assert [use.decision is not None for use in uses(copies, book)] == [True] * 3
    assert (made.edits, made.reviewed, made.rejected) == (3, 1, 1)


def test_fifty_nine_clean_looks_make_a_rule_sure() -> None:
    many = " ".join(["x [-b-]"] * 59)
    assert card(many, *["accept"] * 59).advice == "sure"
    assert card(many, *["accept"] * 58).advice == "1 more looks"


def test_a_rule_that_is_only_shown_says_so() -> None:
    document = cleaned(FOUR, apply=Applicability.DISPLAY)
    (made,) = cards(uses([document], Book()))
    assert (made.state, made.advice, made.bound) == ("shown", "", None)


WAR = (
    "They spoke of the [-power-]{+energy+} of the wind.\nThey wrote of the [-power-]{+energy+} of the sea.\n"
    "The king lost the [-power-]{+energy+} to rule them.\nThe queen had the [-power-]{+energy+} to stay away.\n"
)


def test_a_guard_is_what_tells_rejected_from_accepted_uses() -> None:
    best = guards(decided(WAR, "accept", "accept", "reject", "reject"))[0]
    assert (best.where, best.words) == ("after", ("to",))
    assert (best.spared, best.rejected, best.lost, best.accepted) == (2, 2, 0, 2)
    assert best.in_lexicon() == "_ to"
    assert best.in_table() == r"after = '(?!\W{1,4}(?i:to)\b)'"


def test_words_that_only_rejected_uses_have_are_put_together() -> None:
    uses = decided(
        "one [-b-] red\none [-b-] blue\none [-b-] green\none [-b-] white\n", "reject", "reject", "accept", "accept"
    )
    best = guards(uses)[0]
    assert (best.words, best.spared, best.lost) == (("blue", "red"), 2, 0)


def test_nothing_is_suggested_where_nothing_tells_them_apart() -> None:
    assert guards(decided("the [-b-] of\nthe [-b-] of\n", "reject", "accept")) == []
    assert guards(decided(WAR, "reject", "reject", "reject", "reject")) == []
    assert guards(decided(WAR, "accept")) == []


def test_a_quotation_is_a_guard_too() -> None:
    quoted = "He said “the [-b-] of it” then.\nHe said that the [-b-] of it went.\n"
    found = guards(decided(quoted, "reject", "accept"))
    assert any(guard.where == "inside" for guard in found)


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_suggested_guard_can_stand_in_a_table(tmp_path: Path, where: str) -> None:
    spared = "The king lost the power to rule." if where == "after" else "The king had great power of will."
    marked = "They spoke of the [-power-]{+energy+} of the wind."
    words = ("to",) if where == "after" else ("great",)
    use = decided(WAR, "accept", "accept", "reject", "reject")
    guard = replace(guards(use)[0], where=where, words=words)
    table = (
        'table = "ours"\nabout = "Ours."\nstage = "typography"\n[[rule]]\nid = "power"\nnote = "Word."\n'
        f'find = \'power\'\nunit = "inline"\nput = "energy"\n{guard.in_table()}\n'
        f'examples = ["{marked}", "{spared}"]\n'
    )
    (tmp_path / "ours.toml").write_text(table, encoding="utf-8")
    assert list(breaches(load_rules(tmp_path).rule("ours/power"))) == []


def test_answers_become_candidate_rows() -> None:
    document = cleaned("He met his [-expensive good friend-]{+dear friend+} in the harbour of the north.")
    (row,) = answered(uses([document], decisions(document, "close friend")), ())
    assert (row.spun, row.original, row.count) == ("expensive good friend", "close friend", 1)
    assert row.example == "He met his [-expensive good friend-]{+close friend+} in the harbour of the north."


def test_a_kept_line_typed_anew_becomes_rows_too() -> None:
    line = "The authorities said that the pact was signed in the north of the land."
    document = Cleaned(Pipeline(()).run(Document.from_text(line, "doc")))
    said = Said(Word.WRONG, edit=line.replace("authorities", "government"))
    kept = on_kept(document.ledger, Raw(line), line, (0, len(line)), said)
    (row,) = answered((), [kept])
    assert (row.spun, row.original) == ("authorities", "government")


def test_rows_are_made_of_words_not_of_passages() -> None:
    document = cleaned("a [-b-] c [-d-] e")
    long = " ".join(["word"] * 9)
    assert answered(uses([document], decisions(document, long, "d")), ()) == []


# Demotion.


def test_a_rule_with_a_rejection_and_too_low_a_bound_is_doubted() -> None:
    document = cleaned(FOUR)
    assert decisions(document, "accept", "accept", "accept", "accept").doubt("table/rule", 0.9) == ""
    book = decisions(document, "accept", "reject")
    assert book.doubt("table/rule", 0.9) == "demoted: 1 of 2 rejected, precision at least 0.03 < 0.9"
    assert book.doubt("table/rule", 0.01) == ""
    assert book.doubt("table/another", 0.9) == ""
    assert pickle.loads(pickle.dumps(book)).doubt("table/rule", 0.9) == book.doubt("table/rule", 0.9)  # noqa: S301


def test_a_demoted_rule_only_proposes_but_for_what_was_accepted() -> None:
    text, edits = wdiff.marks(FOUR)
    stage = Scripted(tuple(Proposal(edit, "table/rule") for edit in edits))
    book = decisions(cleaned(FOUR), "accept", "reject")
    document = Document.from_text(text, "doc")
    records = Pipeline((stage,), decisions=book, demote=0.9).run(document).ledger.records
    assert [record.verdict for record in records] == [
        Verdict.APPLIED, Verdict.REJECTED, Verdict.WITHHELD, Verdict.WITHHELD
    ]  # fmt: skip
    assert records[2].note == "demoted: 1 of 2 rejected, precision at least 0.03 < 0.9"
    (made,) = cards(uses([Cleaned(Pipeline((stage,), decisions=book, demote=0.9).run(document))], book))
    assert made.state == "demoted"
    assert [r.verdict for r in Pipeline((stage,), decisions=book).run(document).ledger.records].count(
        Verdict.APPLIED
    ) == 3


# Comparing.


def compared(old: str, new: str, *, old_rule: str = "t/r", new_rule: str = "t/r") -> list[tuple[str, str, str]]:
    one, two = cleaned(old, old_rule).outcome, cleaned(new, new_rule).outcome
    found = list(changes(one, two))
    total = Comparison()
    total.add(found, 3)
    assert total.total.total() == len(found)
    return [(c.kind, c.record.proposal.edit.before, c.record.proposal.edit.after) for c in found]


def test_edits_gained_lost_changed_and_renamed() -> None:
    assert compared("a [-b-] c d", "a b c [-d-]") == [("lost", "b", ""), ("gained", "d", "")]
    assert compared("a [-b-]{+x+} c", "a [-b-]{+y+} c") == [("changed", "b", "y")]
    assert compared("a [-b c-] d", "a [-b-] c d") == [("changed", "b", "")]
    assert compared("a [-b-] c", "a [-b-] c", new_rule="t/other") == [("renamed", "b", "")]
    assert compared("a [-b-] c", "a [-b-] c") == []


def test_a_folder_against_itself_has_no_difference(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent.parent / "rules" / "trailers.toml", tmp_path)
    table = load_rules(tmp_path).tables["trailers"]
    assert table.rules
    document = Document.from_text("He left at noon and came back late in the evening.\n\nComments are closed.\n", "doc")
    one, two = (Pipeline.default().run(document) for _ in range(2))
    assert list(changes(one, two)) == []


def test_what_is_shown_of_a_change() -> None:
    one, two = cleaned("a [-b-]{+x+} c").outcome, cleaned("a [-b-]{+y+} c").outcome
    (change,) = changes(one, two)
    row = change.as_dict()
    assert (row["left"], row["before"], row["after"], row["right"]) == ("a ", "b", "y", " c")
    assert (row["instead_of"], row["old_rule"]) == ("x", "t/r") or row["old_rule"] == "table/rule"
    assert Edit(2, "b", "y") == two.ledger.records[0].proposal.edit
