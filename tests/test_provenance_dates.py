"""Dates are read whole and right, or not at all."""

import calendar
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.provenance.dates import read_date
from strategies import texts


def one(text: str) -> tuple[str, str] | None:
    readings = read_date(text)
    if not readings:
        return None
    (reading,) = readings
    assert text[reading.start : reading.end] == text.strip()
    return reading.value, reading.attributes["precision"]


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("March 4, 2021", "2021-03-04", "day"),
        ("4 Μαρτίου 2021, 14:20", "2021-03-04T14:20:00", "minute-local"),
        ("4 Mart 2021 Perşembe, 14:20", "2021-03-04T14:20:00", "minute-local"),
        ("الخميس 4 مارس 2021 - 12:20 م", "2021-03-04T12:20:00", "minute-local"),
        ("الخميس 4 مارس 2021 - 12:20 ص", "2021-03-04T00:20:00", "minute-local"),
        ("4 Μαρτίου 2021, 2:20 μ.μ.", "2021-03-04T14:20:00", "minute-local"),
        ("4 Μαρτίου 2021, 2:20 π.μ.", "2021-03-04T02:20:00", "minute-local"),
        ("Kamis, 4 Maret 2021 | 14:20 WIB", "2021-03-04T14:20:00+07:00", "minute"),
        ("गुरुवार 4 मार्च 2021, 2:20 PM IST", "2021-03-04T14:20:00+05:30", "minute"),
        ("4 March 2021", "2021-03-04", "day"),
        ("Mar. 4, 2021", "2021-03-04", "day"),
        ("MARCH 4 2021", "2021-03-04", "day"),
        ("4th March, 2021", "2021-03-04", "day"),
        ("Thursday, March 4, 2021", "2021-03-04", "day"),
        ("Thurs., March 4, 2021", "2021-03-04", "day"),
        ("2021-03-04", "2021-03-04", "day"),
        ("Feb. 29, 2020", "2020-02-29", "day"),
        ("  March 4, 2021\n", "2021-03-04", "day"),
        ("May 1, 1888", "1888-05-01", "day"),
        ("March 4, 2021 7:42 am", "2021-03-04T07:42:00", "minute-local"),
        ("March 4, 2021, 12:05 a.m.", "2021-03-04T00:05:00", "minute-local"),
        ("March 4, 2021 at 12:05 p.m.", "2021-03-04T12:05:00", "minute-local"),
        ("March 4, 2021 | 19:42", "2021-03-04T19:42:00", "minute-local"),
        ("March 4, 2021 7 pm", "2021-03-04T19:00:00", "minute-local"),
        ("2021-03-04T07:42:00Z", "2021-03-04T07:42:00+00:00", "minute"),
        ("2021-03-04 07:42:00+0200", "2021-03-04T07:42:00+02:00", "minute"),
        ("2021-03-04T07:42-03:30", "2021-03-04T07:42:00-03:30", "minute"),
        ("March 4, 2021 7:42 am ET", "2021-03-04T07:42:00-05:00", "minute"),
        ("July 4, 2021 7:42 am ET", "2021-07-04T07:42:00-04:00", "minute"),
        ("July 4, 2021 7:42 am EST", "2021-07-04T07:42:00-05:00", "minute"),
        ("July 4, 2021 7:42 (GMT)", "2021-07-04T07:42:00+00:00", "minute"),
        ("4. März 2021", "2021-03-04", "day"),
        ("12.04.2023, 14:05 Uhr", "2023-04-12T14:05:00", "minute-local"),
        ("3 juin 2022 à 18h02", "2022-06-03T18:02:00", "minute-local"),
        ("1er mai 2019", "2019-05-01", "day"),
        ("15.abr.2025 às 4h00", "2025-04-15T04:00:00", "minute-local"),
        ("February 6, 2025 4:38 PM GMT+1", "2025-02-06T16:38:00+01:00", "minute"),
        ("6 Feb 2025, 16:38 UTC-5", "2025-02-06T16:38:00-05:00", "minute"),
        ("14 feb 2021 - 11:20 CET", "2021-02-14T11:20:00+01:00", "minute"),
        ("14 de setembro de 2020", "2020-09-14", "day"),
        ("22/09/2020 às 10h14", "2020-09-22T10:14:00", "minute-local"),
        ("12 июня 2021 г., 14:30", "2021-06-12T14:30:00", "minute-local"),
        ("4 مايو 2022", "2022-05-04", "day"),
        ("2022年5月3日 10時00分", "2022-05-03T10:00:00", "minute-local"),
        ("2021년 3월 4일(목) 10:15", "2021-03-04T10:15:00", "minute-local"),
        ("2021年03月04日 星期四 07:30", "2021-03-04T07:30:00", "minute-local"),
        ("Donnerstag, 4. März 2021, 14:05 Uhr", "2021-03-04T14:05:00", "minute-local"),
        ("Do., 04.03.2021", "2021-03-04", "day"),
        ("jeudi 4 mars 2021 à 18h02", "2021-03-04T18:02:00", "minute-local"),
        ("четверг, 4 марта 2021", "2021-03-04", "day"),
        ("4 Mart 2021 Perşembe 14:30", "2021-03-04T14:30:00", "minute-local"),
        ("Thu 8:31 PM, Mar 4, 2021", "2021-03-04T20:31:00", "minute-local"),
        ("Thursday, March 4, 2021, 04:05 pm PT (07:05 pm ET)", "2021-03-04T16:05:00-08:00", "minute"),
        ("Thursday 4 March 2021 11:42, UK", "2021-03-04T11:42:00+00:00", "minute"),
        ("March 4, 2021 - 11:28 AMT", "2021-03-04T11:28:00+04:00", "minute"),
        ("4 March,2021", "2021-03-04", "day"),
        ("2021.03.04 15:24", "2021-03-04T15:24:00", "minute-local"),
        ("2021•03•04", "2021-03-04", "day"),
        ("14. 02. 2026", "2026-02-14", "day"),
        ("10:48, Tue, Nov 19, 2019", "2019-11-19T10:48:00", "minute-local"),
    ],
)
def test_full_dates(text: str, value: str, precision: str) -> None:
    assert one(text) == (value, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "March 2021",
        "March 4",
        "13/13/2021",
        "31 juin 2020",
        "12 Affen 2021",
        "2022年13月3日",
        "4/3/21",
        "today",
        "Friday, March 4, 2021",
        "Freitag, 4. März 2021",
        "2021年3月4日（金）",
        "Fri 8:31 PM, Mar 4, 2021",
        "ſunday, March 4, 2021",
        "4 ſept 2021 5",
        "February 30, 2021",
        "Feb. 29, 2021",
        "March 0, 2021",
        "March 39, 2021",
        "2021-13-04",
        "2021-00-04",
        "March 4, 2021 25:10",
        "March 4, 2021 13:05 pm",
        "March 4, 2021 0:05 am",
        "March 4, 2021 5",
        "March 4, 2021 7:42 XQT",
        "March 4, 2021 7:42 GMT+15",
        "15.xyz.2025",
        "March 4, 2021 and more",
        "On March 4, 2021",
        "March 4, 0021",
    ],
)
def test_what_is_no_full_date_is_refused(text: str) -> None:
    assert one(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/04/2021", {"dmy": "2021-04-03", "mdy": "2021-03-04"}),
        ("3.4.2021", {"dmy": "2021-04-03", "mdy": "2021-03-04"}),
        ("03-04-2021 10:15", {"dmy": "2021-04-03T10:15:00", "mdy": "2021-03-04T10:15:00"}),
    ],
)
def test_a_numeric_date_in_doubt_gives_both_readings(text: str, expected: dict[str, str]) -> None:
    assert {r.attributes["order"]: r.value for r in read_date(text)} == expected


@pytest.mark.parametrize(
    ("text", "value", "precision"),
    [
        ("25/12/2021", "2021-12-25", "day"),
        ("12/25/2021", "2021-12-25", "day"),
        ("04/04/2021", "2021-04-04", "day"),
        ("Thursday, 04/03/2021", "2021-03-04", "day"),
        ("2021/03/04", "2021-03-04", "day"),
        ("10:30 a.m. EST, March 4, 2021", "2021-03-04T10:30:00-05:00", "minute"),
        ("09:14, 4 March 2021", "2021-03-04T09:14:00", "minute-local"),
        ("7:14 PM ET, Thu March 4, 2021", "2021-03-04T19:14:00-05:00", "minute"),
        ("Thu 4 Mar 2021 06.00 GMT", "2021-03-04T06:00:00+00:00", "minute"),
        ("March 4, 2021, 10:05 IST", "2021-03-04T10:05:00+05:30", "minute"),
    ],
)
def test_what_can_be_read_in_one_way_only(text: str, value: str, precision: str) -> None:
    assert one(text) == (value, precision)


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.integers(0, 1))
def test_every_day_reads_as_itself(day: date, with_weekday: int) -> None:
    month = calendar.month_name[day.month]
    prefix = f"{calendar.day_name[day.weekday()]}, " if with_weekday else ""
    assert one(f"{prefix}{month} {day.day}, {day.year}") == (day.isoformat(), "day")
    assert one(f"{prefix}{day.day} {month[:3]} {day.year}") == (day.isoformat(), "day")
    assert one(day.isoformat()) == (day.isoformat(), "day")


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)), st.integers(1, 6))
def test_a_wrong_weekday_is_refused(day: date, off: int) -> None:
    name = calendar.day_name[(day.weekday() + off) % 7]
    assert one(f"{name}, {calendar.month_name[day.month]} {day.day}, {day.year}") is None


@given(st.one_of(texts, st.from_regex(r"[0-3]?\d [A-Za-z]{3,9} \d{4} [0-9:]{0,5} ?[apm.]{0,4} ?[A-Z]{0,4}")))
def test_any_text_is_a_date_or_nothing(text: str) -> None:
    for reading in read_date(text):
        assert text[reading.start : reading.end] == text.strip()
        assert datetime.fromisoformat(reading.value)
