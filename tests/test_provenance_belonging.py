"""A fact is the page's own only where nothing beside it speaks of something else; else it stays, unclaimed."""

import pytest

from helpers import BODY, does, outcome

TITLE = "Harbour towns agree on a common timetable\n\n"
SPARED = [
    "Applications close on\n1 March 2013\n\n",
    "The sale will be held in the vestry on\n\n5 May 2018\n\nand not in the school.\n\n",
    "Heard on:\n9 October 2019\n\nJudgment given on:\n24 October 2019\n\n",
    "Verkündet am:\n14. März 2012\nErmelin,\n\n",
    "Autumn evening\n\nSaturday 5 May 2018\n\nTickets: £8\n\n",
    "Annual General Meeting\n9 September 2013\n\nPresent: A. Pell (chair)\n\n",
    "In memoriam\nAda Whimple\n4 May 1921\n9 January 2015\n\n",
    "Thomas Cowper\n26 September 1803\n\nwas born by the sea and drew on slates.\n\n",
    "House of Boats\nTuesday 12 March 1996\n\nThe House met at half-past two o'clock\n\n",
    "4.0.2\n\n12 March 2014\n\n",
    "A River Counted\nby Augusta Fenn\n\nMud for Beginners\nby Hugh Tarn\n\n",
    "Books received\n\nFen and Flood\nEdited by Hugh Tarn.\n",
    "The Long Table\nBy Hugh Tarn\nSkerrow Press, 210 pp., £12\n\n",
    "The Sallow Players\n\npresent\n\nThe Ferrymen\nby Augusta Fenn\n\n",
    "The Slow Boat\nDirected by Hugh Tarn\nWritten by Ivy Poole\nScenery by Tom Grice\n\n",
    "Title: The Salt Road\nAuthor: Ellen Marsh\nPublished: 3 May 2011\nPages: 312\nGenre: Historical fiction\n\n",
    "HERON STAGING, LLC\nBy: Margaret Sorley\nTitle: Manager\n\n",
]


@pytest.mark.parametrize("passage", SPARED)
def test_what_belongs_to_something_beside_it_stays_unclaimed(passage: str) -> None:
    does("provenance", f"{TITLE}{passage}{BODY}")
    found = outcome("provenance", f"{TITLE}{passage}{BODY}").provenance
    assert (found.authors, found.date_published, found.date_page) == ((), None, None)


def test_two_days_in_separate_places_contradict_one_another() -> None:
    does("provenance", f"{TITLE}March 4, 2021\n\nThe eastern quay\n\nMarch 9, 2021\n\n{BODY}")


def test_the_same_day_in_separate_places_moves() -> None:
    does("provenance", f"{TITLE}[-March 4, 2021\n-]\nThe eastern quay\n\n[-4 March 2021\n-]\n{BODY}")


def test_a_date_below_its_label_moves() -> None:
    does("provenance", f"{TITLE}[-Published on:\nMarch 4, 2021\n-]\n{BODY}")


def test_a_byline_beside_an_event_of_the_text_moves() -> None:
    does("provenance", f"Obituary\n\n{TITLE}[-By Martha Ellison\nMarch 4, 2021\n-]\n{BODY}")


def test_several_signatures_are_no_bylines() -> None:
    signed = "".join(
        f"\n{party}\nBy: {name}\n" for party, name in [("THE FERRY", "Ada Lunt"), ("THE PIER", "Olive Marsh")]
    )
    does("provenance", f"{TITLE}{BODY}{signed}")


def test_only_the_mail_head_that_opens_a_text_is_its_own() -> None:
    head = "From: {}\nTo: Tom Grice\nDate: 4 March 2003\nSubject: {}"
    first, second = head.format("Ada Lunt", "The culvert"), head.format("Hugh Tarn", "The sluice")
    does("provenance", f"[-{first}-]{{+The culvert+}}\n\nYes.\n\n{second}\n\n{BODY}")
    does("provenance", f"The whole quarrel took two letters, and I give both of them here.\n\n{second}\n\n{BODY}")


@pytest.mark.parametrize("above", ["The following notices are sufficient:", "COPYRIGHT"])
def test_a_notice_that_the_text_announces_stays(above: str) -> None:
    does("provenance", f"{TITLE}{BODY}\n{above}\n\n© 1996 Ada Lunt\n")


def test_a_licence_keeps_its_notice() -> None:
    granted = "Permission is hereby granted, free of charge, to anybody who takes a copy of these tables to sea."
    does("provenance", f"The Tide Licence\n\nCopyright (c) 2011 Ottoline Brack\n\n{granted}\n")


def test_front_matter_keeps_its_fields() -> None:
    does("provenance", f"---\ntitle: Ferries\ndate: 2019-05-04\n---\n\n{BODY}")


def test_a_name_and_its_beginning_are_one_publisher() -> None:
    about = "About Corvane\nFounded in 1961, Corvane Instruments designs and builds altimeters in four countries."
    found = outcome("provenance", f"{TITLE}{BODY}\n{about}\n\nSOURCE Corvane Instruments, Inc.\n").provenance
    assert found.publisher is not None
    assert found.publisher.name == "Corvane Instruments, Inc."


@pytest.mark.parametrize(("line", "name"), [("Asa Taber, Jr.", "Asa Taber, Jr."), ("Ada Lunt, Town Clerk", "Ada Lunt")])
def test_sons_and_offices_are_no_second_person(line: str, name: str) -> None:
    assert [person.name for person in outcome("provenance", f"{TITLE}By {line}\n\n{BODY}").provenance.authors] == [name]


@pytest.mark.parametrize(
    "line",
    [
        "Date: 12 May 1931",
        "v. ) WINONA GOODALE",
        "Location: North Yard",
        "23/02/2010 - Ferries",
        "== Guidelines",
    ],
)
def test_a_field_is_no_headline(line: str) -> None:
    assert outcome("provenance", f"{line}\n\n{BODY}").provenance.title is None
