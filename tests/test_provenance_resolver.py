"""Facts are weighed: what agrees is evidence, what contradicts is set aside, what is in doubt stays empty."""

import json
from pathlib import Path

import pytest

from cleanse.model import DOUBTFUL, Claim, Document
from cleanse.pipeline import Pipeline
from cleanse.provenance.checks import url_date, without_site
from cleanse.provenance.record import Alternative, Missing, Person, Provenance
from cleanse.provenance.resolver import Context, resolve
from cleanse.provenance.survey import date_order
from cleanse.running import run
from cleanse.settings import Settings
from helpers import BODY, clean

DAY = "2021-03-04"


def claim(field: str, value: str, at: int = 0, **attributes: str) -> Claim:
    return Claim(field, value, (at, at + 1), "test/claim", attributes)


def record(*claims: Claim, meta: dict[str, object] | None = None, context: Context | None = None) -> Provenance:
    return resolve(Document("d", b"abcdefghijklmnopqrstuvwxyz", "d", meta or {}), claims, {}, context)


def numeric(at: int = 0) -> tuple[Claim, Claim]:
    return (
        claim("date_published", "2021-04-03", at, precision="day", order="dmy"),
        claim("date_published", "2021-03-04", at, precision="day", order="mdy"),
    )


def reasons(found: Provenance, field: str) -> list[str]:
    return [m.reason for m in found.missing if m.field == field]


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://a.org/2022/09/15/b.html", "2022-09-15"),
        ("https://a.org/2022/9/5/b", "2022-09-05"),
        ("https://a.org/2022-09-15-b", "2022-09-15"),
        ("https://a.org/news/20220915/b", "2022-09-15"),
        ("https://a.org/2022/09/b.html", "2022-09"),
        ("https://a.org/2022/13/15/b", None),
        ("https://a.org/2022/02/30/b", None),
        ("https://a.org/32035626.html", None),
        ("https://a.org/a?d=/2022/09/15/", None),
    ],
)
def test_dates_in_addresses(url: str, date: str | None) -> None:
    found = url_date(url)
    assert (found.value if found else None) == date


@pytest.mark.parametrize("path", ["2021/03/04", "2021/03/05", "2021/03"])
def test_an_address_that_agrees_is_evidence(path: str) -> None:
    found = record(claim("date_published", DAY, precision="day"), claim("url", f"https://a.org/{path}/b", 4))
    assert found.date_published == DAY
    assert ("check/url-date", "derived") in [(e.rule, e.status) for e in found.evidence if e.field == "date_published"]


def test_an_address_that_contradicts_leaves_the_date_empty() -> None:
    found = record(claim("date_published", DAY, precision="day"), claim("url", "https://a.org/2020/03/04/b", 4))
    assert found.date_published is None
    assert reasons(found, "date_published") == ["conflict"]
    assert {a.value for a in found.alternatives} == {DAY, "2020-03-04"}
    assert not [e for e in found.evidence if e.field == "date_published"]


def test_an_address_alone_dates_nothing() -> None:
    found = record(claim("url", "https://a.org/2021/03/04/b", 4))
    assert found.date_published is None
    assert Alternative("date_published", DAY, 4, 5, "check/url-date") in found.alternatives


@pytest.mark.parametrize(("year", "kept"), [("2021", True), ("2022", True), ("2020", False)])
def test_no_text_is_published_after_the_year_of_its_copyright(year: str, kept: int) -> None:
    found = record(claim("date_published", DAY, precision="day"), claim("copyright_year", year, 4))
    assert found.date_published == (DAY if kept else None)


def test_no_text_is_changed_before_it_is_published() -> None:
    found = record(claim("date_published", DAY, precision="day"), claim("date_modified", "2021-03-03", 4))
    assert (found.date_published, found.date_modified) == (DAY, None)
    assert reasons(found, "date_modified") == ["conflict"]


def test_the_last_of_several_changes_counts() -> None:
    found = record(claim("date_modified", "2021-03-05"), claim("date_modified", "2021-03-07", 4))
    assert found.date_modified == "2021-03-07"


def test_a_day_and_its_minute_do_not_contradict_each_other() -> None:
    minute = f"{DAY}T07:42:00-05:00"
    found = record(
        claim("date_published", DAY, 1, precision="day"), claim("date_published", minute, 5, precision="minute")
    )
    assert (found.date_published, found.date_precision) == (minute, "minute")


def test_a_numeric_date_in_doubt_stays_empty() -> None:
    found = record(*numeric())
    assert found.date_published is None
    assert reasons(found, "date_published") == ["ambiguous"]
    assert {a.value for a in found.alternatives} == {"2021-04-03", "2021-03-04"}


@pytest.mark.parametrize(("order", "value"), [("dmy", "2021-04-03"), ("mdy", "2021-03-04")])
def test_the_collection_decides_a_numeric_date(order: str, value: str) -> None:
    found = record(*numeric(), context=Context(date_order=order))
    assert found.date_published == value
    assert [e.status for e in found.evidence] == ["derived"]


def test_another_date_of_the_text_or_the_input_decides_a_numeric_date() -> None:
    assert record(*numeric(), meta={"date": "2021-03-04"}).date_published == "2021-03-04"
    assert record(*numeric(), claim("date_published", "2021-04-03", 9, precision="day")).date_published == "2021-04-03"


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["Published: 25/12/2021", "03/04/2021"], "dmy"),
        (["12/25/2021\n"], "mdy"),
        (["12/25/2021", "25/12/2021"], None),
        (["03/04/2021"], None),
        (["He came on 25/12/2021."], None),
        ([], None),
    ],
)
def test_a_survey_finds_the_order_of_a_collection(texts: list[str], order: str | None) -> None:
    assert date_order(texts) == order
    assert date_order(reversed(texts)) == order


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_collection_decides_in_any_number_of_workers(tmp_path: Path, jobs: int) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for name, date in (("a", "Published: 03/04/2021"), ("b", "Published: 25/12/2021")):
        (source / f"{name}.txt").write_text(f"A boat painted twice\n\n{date}\n\n{BODY}", encoding="utf-8")
    run(str(source), tmp_path / "out", Settings(), jobs=jobs)
    records = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()]
    assert [r["date_published"] for r in records] == ["2021-04-03", "2021-12-25"]


def test_columns_of_the_input_are_inherited() -> None:
    meta: dict[str, object] = {
        "title": "Boats", "author": ["Ann Porter", "Bo Chen"], "date": "2021-03-04T07:42:00Z", "language": "en-gb",
        "url": "HTTPS://Example.org/a?utm_source=x", "publisher": "Harbour Post", "license": "CC BY 4.0",
        "colour": "red",
    }  # fmt: skip
    found = record(meta=meta)
    assert found.title == "Boats"
    assert found.authors == (Person("Ann Porter"), Person("Bo Chen"))
    assert found.date_published == "2021-03-04T07:42:00+00:00"
    assert found.url == "https://example.org/a"
    assert found.publisher is not None
    assert (found.publisher.name, found.license, found.language) == ("Harbour Post", "CC-BY-4.0", "en-GB")
    assert {(e.status, e.start) for e in found.evidence if not e.path.endswith("domain")} == {("inherited", None)}
    assert "input/title" in {e.rule for e in found.evidence}


def test_a_mapping_of_the_users_comes_first() -> None:
    found = record(meta={"title": "no", "kop": "Boats"}, context=Context(columns={"title": "kop"}))
    assert found.title == "Boats"


def test_what_the_text_says_is_kept_and_a_column_that_differs_is_set_aside() -> None:
    found = record(claim("title", "Boats"), claim("authors", "Ann Porter", 4), meta={"title": "Trains", "author": "Bo"})
    assert (found.title, found.authors) == ("Boats", (Person("Ann Porter"),))
    assert [(a.field, a.value, a.start) for a in found.alternatives] == [
        ("title", "Trains", None),
        ("authors", "Bo", None),
    ]


def test_a_column_that_agrees_is_evidence_too() -> None:
    found = record(claim("title", "The Boat’s end"), meta={"title": "The boat's end"})
    assert [(e.field, e.status) for e in found.evidence] == [("title", "stated"), ("title", "inherited")]
    assert found.alternatives == ()


@pytest.mark.parametrize("value", [None, 3, {"a": 1}, "", " ", "tomorrow"])
def test_a_column_that_holds_no_date_says_nothing(value: object) -> None:
    assert record(meta={"date": value}).date_published is None


def test_what_is_doubtful_is_shown_and_not_taken() -> None:
    found = record(claim("authors", "Melissa", 3, kind="person", **{DOUBTFUL: "yes"}))
    assert found.authors == ()
    assert Missing("authors", "ambiguous") in found.missing
    assert [a.value for a in found.alternatives] == ["Melissa"]


def test_a_proposal_that_is_only_shown_gives_an_alternative() -> None:
    found = clean(f"A boat painted twice\n\nby Melissa\n\n{BODY}")
    assert "by Melissa" in found.text
    assert found.provenance.authors == ()
    assert [a.value for a in found.provenance.alternatives if a.field == "authors"] == ["Melissa"]


@pytest.mark.parametrize(
    ("title", "names", "bare"),
    [
        ("Boats | The Harbour Post", ["Harbour Post"], "Boats"),
        ("Boats - harbour.example", ["harbour.example"], "Boats"),
        ("Boats – and trains", ["Harbour Post"], "Boats – and trains"),
        ("Boats", [], "Boats"),
    ],
)
def test_a_site_name_is_no_part_of_the_title(title: str, names: list[str], bare: str) -> None:
    assert without_site(title, names) == bare


@pytest.mark.parametrize("field", ["copyright_year", "date_published", "url", "doc_type", "derivation"])
def test_a_claim_in_no_normal_form_is_not_taken(field: str) -> None:
    found = record(claim(field, "whatever"))
    assert getattr(found, field) in (None, "unknown")


def test_rights_without_a_licence_are_no_assertion() -> None:
    assert record(claim("copyright_holder", "Harbour Post")).license == "NOASSERTION"
    assert record(claim("usage_terms", "All rights reserved")).license == "LicenseRef-All-Rights-Reserved"
    assert record().license is None


def test_context_is_part_of_a_pipeline_and_of_the_settings() -> None:
    settings = Settings(columns={"title": "kop"}, date_order="dmy")
    assert Pipeline.default(settings).context == Context({"title": "kop"}, "dmy")
    assert settings.as_dict()["provenance"] == {"columns": {"title": "kop"}, "date_order": "dmy"}
