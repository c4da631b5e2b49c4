"""The record holds what the document says, where it says it, and why the rest is missing."""

import json
from dataclasses import fields

import pytest
from hypothesis import given, settings

from cleanse.model import Claim, Document
from cleanse.provenance.record import Missing, Organisation, Person, Provenance
from cleanse.provenance.resolver import resolve
from helpers import BODY, clean
from strategies import documents

TEXT = "abcdefghijklmnopqrstuvwxyz"


def claim(field: str, value: str, at: int = 0, **attributes: str) -> Claim:
    return Claim(field, value, (at, at + 1), "test/claim", attributes)


def record(*claims: Claim, **facts: str | float) -> Provenance:
    return resolve(Document.from_text(TEXT), claims, facts)


def test_nothing_said_is_nothing_known_with_a_reason() -> None:
    empty = record()
    assert empty.title is None
    assert empty.authors == ()
    assert Missing("title", "not-found") in empty.missing
    assert empty.evidence == ()


def test_a_value_carries_its_evidence() -> None:
    found = record(claim("title", "Boats", 2))
    assert found.title == "Boats"
    (evidence,) = found.evidence
    assert (evidence.field, evidence.start, evidence.end, evidence.exact) == ("title", 2, 3, "c")


def test_two_different_values_are_a_conflict_and_two_equal_ones_are_not() -> None:
    assert record(claim("title", "A"), claim("title", "A", 3)).title == "A"
    both = record(claim("title", "A"), claim("title", "B", 3))
    assert both.title is None
    assert Missing("title", "conflict") in both.missing
    assert [a.value for a in both.alternatives] == ["A", "B"]


def test_people_keep_their_order_and_what_is_said_of_them() -> None:
    found = record(
        claim("authors", "Bo", 5, kind="person", partial="yes"),
        claim("authors", "Ann Porter", 1, kind="person", location="Porto"),
        claim("authors", "Bo", 9, kind="person", partial="yes"),
        claim("contributors", "Reuters", 3, kind="org"),
    )
    assert found.authors == (Person("Ann Porter", location="Porto"), Person("Bo", name_is_partial=True))
    assert found.contributors == (Person("Reuters", kind="org"),)


def test_a_page_date_is_not_the_date_of_publication() -> None:
    found = record(claim("date_page", "2021-03-04"))
    assert found.date_published is None
    assert Missing("date_published", "page-date-only") in found.missing


@pytest.mark.parametrize(("published", "kept"), [("2021-03-04", True), ("2021-03-05", False), ("2020-12-31", True)])
def test_no_text_is_published_after_its_page_was_seen(published: str, kept: int) -> None:
    found = record(claim("date_page", "2021-03-04"), claim("date_published", published, 4, precision="day"))
    assert found.date_published == (published if kept else None)
    assert found.date_precision == ("day" if kept else None)
    assert any(e.field == "date_published" for e in found.evidence) is bool(kept)


def test_the_publisher_is_derived_from_the_copyright_holder_and_the_address() -> None:
    found = record(
        claim("copyright_holder", "The Harbour Post, Inc."), claim("url", "https://www.harbour.example/a", 4, raw="x")
    )
    assert found.publisher == Organisation("The Harbour Post", "harbour.example")
    assert {e.status for e in found.evidence if e.field == "publisher"} == {"derived"}
    assert found.url_raw == "x"


def test_a_hint_alone_names_no_publisher() -> None:
    found = record(claim("publisher_hint", "Harbour Post"))
    assert found.publisher is None
    assert [a.value for a in found.alternatives] == ["Harbour Post"]


def test_a_republisher_that_is_a_host_has_its_domain() -> None:
    assert record(claim("republisher", "CoastWatch.org")).republisher == Organisation(
        "CoastWatch.org", "coastwatch.org"
    )
    assert record(claim("republisher", "Coast Watch")).republisher == Organisation("Coast Watch")


def test_facts_name_the_language() -> None:
    found = record(language="de", language_score=0.99999)
    assert (found.language, found.language_score) == ("de", 1.0)


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [
        claim("title", "A", 3),
        claim("authors", "Bo", 1),
        claim("authors", "Ann", 5),
        claim("url", "https://a.org/"),
    ]
    assert record(*claims) == record(*reversed(claims))


@given(documents())
@settings(max_examples=30)
def test_every_record_is_plain_json_with_every_field(text: str) -> None:
    found = clean(text).provenance
    plain = json.loads(json.dumps(found.as_dict()))
    assert list(plain) == [item.name for item in fields(Provenance)]


@given(documents())
@settings(max_examples=30)
def test_every_empty_field_a_document_could_state_has_a_reason(text: str) -> None:
    found = clean(text).provenance
    missing = {m.field for m in found.missing}
    for name in ("title", "authors", "date_published", "url", "copyright_holder", "publisher"):
        assert bool(getattr(found, name)) != (name in missing)


def test_a_whole_document() -> None:
    text = (
        "Harbour towns agree on a common timetable\n\nBy Martha Ellison in Porto and Ravi Prakash in Lisbon\n\n"
        f"March 4, 2021 7:42 am ET\n\n{BODY}\nAnn Porter contributed to this report.\n\n"
        "© 2021 The Harbour Post. All rights reserved.\n\nSource: https://www.harbour.example/2021/timetable.html\n"
    )
    found = clean(text).provenance
    assert found.title == "Harbour towns agree on a common timetable"
    assert found.authors == (Person("Martha Ellison", location="Porto"), Person("Ravi Prakash", location="Lisbon"))
    assert found.contributors == (Person("Ann Porter"),)
    assert found.date_published == "2021-03-04T07:42:00-05:00"
    assert (found.copyright_year, found.copyright_holder) == (2021, "The Harbour Post")
    assert found.publisher == Organisation("The Harbour Post", "harbour.example")
    assert found.url == "https://www.harbour.example/2021/timetable.html"
    assert found.language == "en"
    assert clean(text).text == f"Harbour towns agree on a common timetable\n\n{BODY}"
