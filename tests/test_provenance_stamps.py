"""The stamps that pages print around a text reach the record and leave the text; dates of an author's own stay."""

import pytest

from helpers import BODY, clean

HEADLINE = "A boat painted twice"
LOCAL, DAY = "2021-03-04T10:15:00", "2021-03-04"


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("on Thursday, March 4th, 2021 at 10:15 a.m.", LOCAL, None),
        ("Thursday, March 4, 2021, 10:15 am ET (07:15 am PT)", f"{LOCAL}-05:00", None),
        ("Thursday 4 March 2021 10:15, UK", f"{LOCAL}+00:00", None),
        ("March 4, 2021 - 10:15 AMT", f"{LOCAL}+04:00", None),
        ("Mar 4, 2021 at 10:15 GMT1 day ago", f"{LOCAL}+00:00", None),
        ("March 4, 2021 | 3 Comments", DAY, None),
        ("March 4, 2021 · No Comments", DAY, None),
        ("March 4, 2021 |", DAY, None),
        ("2021•03•04", DAY, None),
        ("2021.03.04", DAY, None),
        ("Posted: March 4, 2021 - 5 min read", DAY, None),
        ("Date posted: 2021-03-04", DAY, None),
        ("(Re)Published: March 4, 2021", DAY, None),
        ("Thursday, March 4th, 2021 at 10:15 am | Categories: Boats, Harbours |", LOCAL, None),
        ("March 4, 2021 / Filed under: Boats", DAY, None),
        ("News | March 4, 2021", DAY, None),
        ("Blog • 4 March 2021", DAY, None),
        ("Posted in Boats on March 4, 2021", DAY, None),
        ("Published March 4, 2021 in Boats and Harbours", DAY, None),
        ("Updated: Thu 10:15 AM, Mar 4, 2021", None, LOCAL),
        ("Updated on: March 4, 2021 / 10:15 AM / CBS News", None, LOCAL),
        ("Last Updated : Mar 04, 2021 10:15 AM IST | Source: Coast Watch", None, f"{LOCAL}+05:30"),
        ("Page last reviewed: 4 March 2021", None, DAY),
        ("Posted: Thu 10:15 AM, Mar 4, 2021 | Updated: Fri 10:15 AM, Mar 5, 2021", LOCAL, "2021-03-05T10:15:00"),
        ("Updated Mar 5, 2021, 6:55 AM;Posted Mar 4, 2021, 10:15 AM", LOCAL, "2021-03-05T06:55:00"),
        ("Published: Mar. 4, 2021 at 10:15 AM CST|Updated: 5 hours ago", f"{LOCAL}-06:00", None),
        ("March 4, 2021March 5, 2021", DAY, "2021-03-05"),
        ("Posted on March 4, 2021March 5, 2021 in Boats, General", DAY, "2021-03-05"),
        ("Received: 12 October 2020 / Accepted: 7 January 2021 / Published: 4 March 2021", DAY, None),
        ("[Submitted on 4 Mar 2021 (v1), last revised 5 Mar 2021 (this version, v2)]", DAY, "2021-03-05"),
        ("Donnerstag, 4. März 2021, 10:15 Uhr", LOCAL, None),
        ("Stand: 04.03.2021 10:15 Uhr", LOCAL, None),
        ("Veröffentlicht am 04. März 2021 | Lesedauer: 3 Minuten", DAY, None),
        ("Aktualisiert am Donnerstag, 04. März 2021, 10:15 Uhr", None, LOCAL),
        ("Publié le jeudi 4 mars 2021 à 10h15", LOCAL, None),
        ("Publié le 4 mars 2021 à 10h15, mis à jour le 5 mars 2021 à 9h00", LOCAL, "2021-03-05T09:00:00"),
        ("Mis à jour le 4 mars 2021 à 10:15", None, LOCAL),
        ("Publicado el 4 de marzo de 2021", DAY, None),
        ("Actualizado a jueves, 4 marzo 2021 - 10:15", None, LOCAL),
        ("Publicado em 4 de março de 2021 às 10h15", LOCAL, None),
        (
            "Publicado: 14/03/2021 às 10h15 | Atualizado: 15/03/2021 às 9h00",
            "2021-03-14T10:15:00",
            "2021-03-15T09:00:00",
        ),
        ("Pubblicato il 4 marzo 2021 alle 10:15", LOCAL, None),
        ("Ultimo aggiornamento: 4 marzo 2021", None, DAY),
        ("Gepubliceerd op donderdag 4 maart 2021 om 10:15", LOCAL, None),
        ("Laatst bijgewerkt op 4 maart 2021", None, DAY),
        ("Opublikowano: 4 marca 2021, 10:15", LOCAL, None),
        ("Aktualizacja: 4 marca 2021, 10:15", None, LOCAL),
        ("Опубликовано: 4 марта 2021, 10:15", LOCAL, None),
        ("Обновлено 4 марта 2021 в 10:15", None, LOCAL),
        ("Оновлено: 4 березня 2021, 10:15", None, LOCAL),
        ("Опубліковано 4 березня 2021 р.", DAY, None),
        ("Yayınlanma: 4 Mart 2021 10:15 - Güncelleme: 5 Mart 2021 09:00", LOCAL, "2021-03-05T09:00:00"),
        ("Son güncelleme: 4 Mart 2021", None, DAY),
        ("آخر تحديث: 4 مارس 2021", None, DAY),
        ("نشر في: 4 مارس 2021", DAY, None),
        ("更新时间：2021年3月4日 10:15", None, LOCAL),
        ("最終更新日：2021年3月4日（木）10:15", None, LOCAL),
        ("公開日：2021年3月4日", DAY, None),
        ("기사입력 :[ 2021-03-04 10:15 ]", LOCAL, None),
        ("최종수정 2021.03.04 10:15", None, LOCAL),
        ("Published\nMarch 4, 2021", DAY, None),
        ("Date posted:\n\n4 March 2021 10:15", LOCAL, None),
        ("Published\nMarch 4, 2021\nUpdated\nMarch 5, 2021", DAY, "2021-03-05"),
        ("Updated / Thursday, 4 Mar 2021 10:15", None, LOCAL),
        ("March 4, 2021 GMT", DAY, None),
        ("Sevilla - 4 mar 2021 - 10:15 CET", f"{LOCAL}+01:00", None),
        ("الجزائر - 4 مايو 2021", "2021-05-04", None),
        ("Updated Mar 4, 6:55 AM;Posted Mar 4, 6:51 AM", None, None),
        ("Updated: Mar 4", None, None),
        ("Updated - March 04, 2021 10:15 am IST", None, f"{LOCAL}+05:30"),
        ("Story updated March 4, 2021 10:15 a.m.", None, LOCAL),
        ("Issued on: 14/03/2021 - 10:15 Modified: 15/03/2021 - 09:00", "2021-03-14T10:15:00", "2021-03-15T09:00:00"),
        ("5 min read · Mar 4, 2021", DAY, None),
        ("2021-03-04 10:15:00 来源：新华社", LOCAL, None),
        ("04. März 2021, 10:15 Uhr Quelle: dpa", LOCAL, None),
    ],
)
def test_a_stamp_is_read_and_moved(line: str, published: str | None, modified: str | None) -> None:
    outcome = clean(f"{HEADLINE}\n\n{line}\n\n{BODY}")
    found = outcome.provenance
    assert line not in outcome.text
    assert (found.date_published, found.date_modified) == (published, modified)


@pytest.mark.parametrize(
    ("line", "authors", "contributors"),
    [
        ("By JANE ROE - 2021-03-04", ["Jane Roe"], []),
        ("By Jane RoePublished: Mar 4, 2021", ["Jane Roe"], []),
        ("By Jane RoeUpdated: Mar 4, 2021", ["Jane Roe"], []),
        ("By Jane Roe | March 4, 2021 at 2:26 PM HST - Updated March 5 at 4:46 PM", ["Jane Roe"], []),
        ("By admin - 2021-03-04", [], []),
        ("Posted on March 4, 2021 by harbourmaster", [], []),
        ("Posted by harbourmaster on March 4, 2021 | 3 Comments", [], []),
        ("March 4, 2021 by Jane Roe Leave a Comment", ["Jane Roe"], []),
        ("March 4, 2021 by Jane Roe 12 Comments", ["Jane Roe"], []),
        ("4 March,2021By Jane Roe", ["Jane Roe"], []),
        ("March 4, 2021 - Words by Jane Roe - 7 min read", ["Jane Roe"], []),
        ("March 4, 2021 · Jane Roe on behalf of the harbour group", ["Jane Roe"], []),
        ("04/03/2021 Jane Roe All, Books, Reviews", ["Jane Roe"], []),
        ("March 4, 2021March 5, 2021Jane Roe", ["Jane Roe"], []),
        ("On March 4, 2021March 5, 2021 By Jane RoeIn Boats, Harbours", ["Jane Roe"], []),
        ("Author Posted by Jane Roe on March 4, 2021March 5, 2021", ["Jane Roe"], []),
        ("Coast News Bureau | Updated : 4 March 2021, 09:01 AM", ["Coast News Bureau"], []),
        ("New Delhi, Coast News Bureau | Published: Mar 4, 2021, 21:47 IST", ["Coast News Bureau"], []),
        ("by Jane Roe | Mar 4, 2021 | Boats | 0 comments", ["Jane Roe"], []),
        ("Author: Jane Roe | Published: March 4, 2021", ["Jane Roe"], []),
        ("Von Jane Roe | 04.03.2021, 10:15 Uhr", ["Jane Roe"], []),
        ("14.03.2021 | Von Jane Roe", ["Jane Roe"], []),
        ("Par Jane Roe, le 4 mars 2021", ["Jane Roe"], []),
        ("Por Jane Roe | 4 marzo 2021", ["Jane Roe"], []),
        ("Автор: Ирина Белова, 4 марта 2021", ["Ирина Белова"], []),
        ("Updated by Jane Roe", [], ["Jane Roe"]),
        ("Medically reviewed by Jane Roe, MD", [], ["Jane Roe"]),
        ("Fact checked by Jane Roe on March 4, 2021", [], ["Jane Roe"]),
        ("Contributors: Jane Roe, Bo Chen", [], ["Jane Roe", "Bo Chen"]),
        ("Last updated March 4, 2021 by Jane Roe", [], ["Jane Roe"]),
    ],
)
def test_whom_a_stamp_names(line: str, authors: list[str], contributors: list[str]) -> None:
    outcome = clean(f"{HEADLINE}\n\n{line}\n\n{BODY}")
    found = outcome.provenance
    assert line not in outcome.text
    assert [person.name for person in found.authors] == authors
    assert [person.name for person in found.contributors] == contributors


@pytest.mark.parametrize(
    "line",
    [
        "Thursday: soup, March 4, 2021",
        "Received 12 October 2020; answered 7 January 2021",
        "Updated by hand in the winter of 2021",
        "Published poets of March 4, 2021",
        "By Any Means Necessary, 2021",
        "Fahrplan, gültig ab 4. März 2021",
        "Neufassung vom 4. März 2021",
        "Freitag, 4. März 2021",
        "Concert | March 4, 2021",
        "March 4, 2021 March 5, 2021",
        "March 4, 2021 by the sea",
        "Posted on March 4, 2021 by hand",
        "Von Katrin Vogt erzählt am 4. März 2021",
        "Education – 4 March 2001",
        "Jane Roe was born on March 4, 2021",
    ],
)
def test_what_only_looks_like_a_stamp_stays(line: str) -> None:
    outcome = clean(f"{HEADLINE}\n\n{line}\n\n{BODY}")
    assert line in outcome.text
    assert outcome.provenance.date_published is None


FIRST = "The rain had stopped before noon, and the whole valley smelled of wet hay and of smoke."
SECOND = "Nobody at the table said anything for a while, and then everybody spoke at the same time."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Monday, April 12, 2021", "Tuesday, April 13, 2021"),
        ("Montag, 12. April 2021", "Dienstag, 13. April 2021"),
        ("lundi 12 avril 2021", "mardi 13 avril 2021"),
        ("2021-04-12 06:15", "2021-04-12 21:40"),
        ("2021年4月12日", "2021年4月13日"),
    ],
)
def test_days_that_head_the_entries_of_a_diary_stay(first: str, second: str) -> None:
    text = f"A winter at the lighthouse\n\n{first}\n\n{FIRST}\n\n{second}\n\n{SECOND}\n"
    outcome = clean(text)
    assert outcome.text == text
    assert outcome.provenance.date_published is None


@pytest.mark.parametrize("greeting", ["Dear Mr. Ashworth,", "Lieber Onkel,", "Chère Anna,", "Дорогая Анна!"])
def test_the_day_of_a_letter_stays(greeting: str) -> None:
    text = (
        f"Thursday, 4 March 2021\n\nMr. John Doe\n14 Canal Street\nHebden Bridge\n\n{greeting}\n\n{FIRST}\n\n{SECOND}\n"
    )
    assert "Thursday, 4 March 2021" in clean(text).text


@pytest.mark.parametrize("between", ["Rovers v. Town", "9:00 Opening\n10:00 Talks", "12"])
def test_days_of_a_programme_or_a_table_above_the_text_stay(between: str) -> None:
    text = (
        f"Match days\n\nSaturday, March 6, 2021\n{between}\nSunday, March 7, 2021\n{between}\n\n{FIRST}\n\n{SECOND}\n"
    )
    outcome = clean(text)
    assert "Saturday, March 6, 2021" in outcome.text
    assert "Sunday, March 7, 2021" in outcome.text
    assert outcome.provenance.date_published is None


def test_days_of_other_articles_contradict_one_another_and_stay() -> None:
    days = "March 6, 2021\nThe ferry\nMarch 9, 2021\nThe train\nMarch 2, 2021\nThe bus"
    found = clean(f"{HEADLINE}\n\n{days}\n\n{FIRST}\n\n{SECOND}\n")
    assert days in found.text
    assert found.provenance.date_published is None


@pytest.mark.parametrize("below", ["Time: 7:30 pm", "Place: Village Hall"])
def test_the_date_of_a_form_stays(below: str) -> None:
    text = f"Minutes of the harbour board\n\nDate: Thursday, March 4, 2021\n{below}\n\n{FIRST}\n\n{SECOND}\n"
    assert "Date: Thursday, March 4, 2021" in clean(text).text


def test_a_day_above_the_text_of_a_page_is_moved_though_it_is_repeated_below() -> None:
    outcome = clean(f"{HEADLINE}\n\nMarch 4, 2021\n\n{BODY}\nMarch 4, 2021\n\n{SECOND}\n")
    assert outcome.provenance.date_published == DAY
