"""SARIF: each finding's place, fix, fingerprint and suppression, as a code-scanning page reads them."""

from typing import Any
from urllib.parse import unquote, urlsplit

from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Word
from cleanse.decisions.making import Said, on_record
from cleanse.edits import Edit
from cleanse.model import Applicability, Document, Proposal
from cleanse.pipeline import Pipeline
from cleanse.sarif import Finding, sarif
from helpers import Scripted

TEXT = "The pact 😀 was signed on Monday."
NAME = "a folder/50% <b>.txt"


def log(*words: Word) -> list[dict[str, Any]]:
    """The results for two edits, one applied and one only shown, with one decision each."""
    wishes = (
        Proposal(Edit(4, "pact", "deal"), "table/one", "better"),
        Proposal(Edit(TEXT.index("Monday"), "Monday", ""), "table/two", applicability=Applicability.DISPLAY),
    )
    ledger = Pipeline((Scripted(wishes),)).run(Document(NAME, TEXT.encode(), NAME)).ledger
    raw = Raw(TEXT)
    made = (on_record(ledger, raw, r, Said(w, note="seen")) for r, w in zip(ledger.records, words, strict=False))
    whole: dict[str, Any] = sarif(
        (Finding(ledger, raw, record) for record in ledger.records), "cleanse 1.0", Book(tuple(made))
    )
    assert whole["version"] == "2.1.0"
    (run,) = whole["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["table/one", "table/two"]
    assert run["columnKind"] == "unicodeCodePoints"
    return list(run["results"])


def test_places_are_code_points_of_the_raw_text() -> None:
    for result, (before, after) in zip(log(), (("pact", "deal"), ("Monday", "")), strict=True):
        location = result["locations"][0]["physicalLocation"]
        start = location["region"]["charOffset"]
        assert TEXT[start : start + location["region"]["charLength"]] == before
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert replacement["insertedContent"]["text"] == after


def test_the_file_is_a_uri() -> None:
    uri = log()[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(urlsplit(uri).path) == NAME
    assert " " not in uri
    assert "<" not in uri


def test_what_was_applied_is_a_finding_and_what_was_shown_a_question() -> None:
    assert [(result["kind"], result["level"]) for result in log()] == [("fail", "note"), ("review", "none")]


def test_a_no_suppresses_and_a_skip_leaves_it_under_review() -> None:
    rejected, skipped = log(Word.REJECT, Word.SKIP)
    assert rejected["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "seen"}]
    assert skipped["suppressions"] == [{"kind": "external", "status": "underReview", "justification": "seen"}]
    assert log(Word.ACCEPT)[0]["suppressions"] == []


def test_fingerprints_are_the_keys_of_decisions() -> None:
    ledger_key = log()[0]["partialFingerprints"]["cleanse/k1"]
    assert ledger_key.startswith("k1:")
    assert ledger_key != log()[1]["partialFingerprints"]["cleanse/k1"]
