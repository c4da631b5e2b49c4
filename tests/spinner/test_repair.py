"""What stood there before: one pass, longest first, each occurrence by its evidence."""

from dataclasses import replace

import pytest

from cleanse import Applicability
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.gate import Finding
from cleanse.spinner.repair import Repairer
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.tokens import TokenText
from spinner.tables import MODEL, lexicon, repairs, restored, row

CITY = row("metropolis", "city")
PEOPLE = row("individuals", "people")


def test_swaps_come_out_in_one_pass() -> None:
    rows = row("power", "energy"), row("energy", "power")
    assert restored("The power plant held on to energy.", *rows) == "The energy plant held on to power."


def test_chains_come_out_in_one_pass() -> None:
    rows = row("informed", "told"), row("knowledgeable", "informed")
    assert restored("He informed the knowledgeable man.", *rows) == "He told the informed man."


def test_the_longest_form_wins() -> None:
    rows = row("go to", "visit"), row("go to to", "visit to"), row("to", "at")
    assert restored("her go to to Rome", *rows) == "her visit to Rome"


def test_what_came_with_a_longer_form_is_no_form_of_its_own() -> None:
    rows = row("selection", "choice"), row("make a selection", "choose"), row("make a selection", "select")
    text = "They make a selection."
    (shown,) = repairs(text, *rows)
    assert (shown.edit.before, shown.applicability, shown.put) == ("make a selection", Applicability.DISPLAY, True)
    assert restored(text, *rows[:2]) == "They choose."


def test_what_a_lexicon_says_of_a_pair_its_base_does_not_say_otherwise() -> None:
    place = {"after": "day", "examples": "[-each-]{+every+} day | each of us"}
    base = lexicon(row("each", "every", **place), row("each", "every"), row("each", "both"))
    base = replace(base, file="base.tsv", rows=replace(base.rows, file="base.tsv"))

    def offered(own: dict[str, str]) -> list[tuple[str, str, bool]]:
        form = FormIndex(lexicon(own), base).of(("each",))
        assert form is not None
        return sorted((r.original, r.file, r.guarded) for r in form.rows)

    assert offered(row("each", "every")) == [
        ("both", "base.tsv", False), ("every", "base.tsv", True), ("every", "test.tsv", False),
    ]  # fmt: skip
    assert offered(row("each", "every", class_="listed")) == [("both", "base.tsv", False), ("every", "test.tsv", False)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The metropolis slept.", "The city slept."),
        ("Metropolis life is loud.", "City life is loud."),
        ("THE METROPOLIS SLEPT.", "THE CITY SLEPT."),
        ("the metropolis’s parks", "the city’s parks"),
        ("the metropolis's parks", "the city's parks"),
        ("the metropolises", "the metropolises"),
        ("cosmopolis and metropolisation", "cosmopolis and metropolisation"),
    ],
)
def test_case_and_possessive_are_kept_and_words_are_whole(text: str, wanted: str) -> None:
    assert restored(text, CITY) == wanted


def test_a_form_with_capitals_must_stand_as_written() -> None:
    hall = row("Nice Corridor of the Individuals", "Great Hall of the People")
    assert restored("outside the Nice Corridor of the Individuals", hall) == "outside the Great Hall of the People"
    assert restored("a nice corridor of the individuals", hall) == "a nice corridor of the individuals"


def test_a_lower_case_name_is_restored_and_the_name_itself_stays() -> None:
    usa = row("america", "the United States")
    assert (
        restored("accusing america of it; America denied it.", usa)
        == "accusing the United States of it; America denied it."
    )


def test_the_apostrophe_is_the_text_s_own() -> None:
    republic = row("Individuals’s Republic", "People's Republic")
    assert restored("the Individuals’s Republic", republic) == "the People’s Republic"


@pytest.mark.parametrize(
    ("cells", "text", "hit"),
    [
        ({"before": "percentage|<num>"}, "a percentage level", True),
        ({"before": "percentage|<num>"}, "three level", True),
        ({"before": "percentage|<num>"}, "a sea level", False),
        ({"after": "of the"}, "the level of the lake", True),
        ({"after": "of the"}, "the level of a lake", False),
        ({"near": "rate*"}, "The level moved. Rates rose.", True),
        ({"near": "rate*"}, "The level moved.", False),
        ({"unless": "sea _"}, "the sea level rose", False),
        ({"unless": "_ headed"}, "a level headed man", False),
        ({"unless": "water*"}, "the level of the waters", False),
        ({"unless": "water*"}, "the level rose. Waters ran.", True),
        ({"before": "<start>"}, "Level rose.", True),
        ({"before": "<start>"}, "The level rose.", False),
        ({"after": "<end>"}, "the level, then", True),
        ({"after": "<end>"}, "the level then", False),
        ({"before": "<cap>"}, "Lake level", True),
        ({"after": "<ing>"}, "the level rising", True),
        ({"after": "<money>"}, "the level $5", True),
    ],
)
def test_guards(cells: dict[str, str], text: str, hit: bool) -> None:
    assert (restored(text, row("level", "point", **cells)) != text) is hit


def test_guarded_rows_come_before_bare_ones() -> None:
    rows = row("each", "every"), row("each", "both", after="<plural>")
    assert restored("each day and each sides", *rows) == "every day and both sides"


def test_the_article_chooses_among_originals() -> None:
    assert restored("an price", row("price", "cost"), row("price", "expense")) == "an expense"
    assert restored("a price", row("price", "estimate")) == "a price"


def test_a_wrong_article_is_evidence_enough() -> None:
    doubtful = row("possession", "ownership", class_="contextual")
    assert restored("an possession stake", doubtful) == "an ownership stake"
    assert restored("the possession stake", doubtful) == "the possession stake"


MENACE = row("menace", "threat", class_="contextual", spun_rate="3", original_rate="300")


def test_a_contextual_row_needs_evidence() -> None:
    assert restored("A menace grew.", MENACE | {"original_rate": "3"}) == "A menace grew."
    assert restored("A menace grew.", MENACE) == "A threat grew."
    assert restored("A menace grew. The threat, the threat, the threat!", MENACE).startswith("A menace")


def test_a_contextual_row_leaves_names_alone() -> None:
    assert restored("The film Phantom Menace ran.", MENACE) == "The film Phantom Menace ran."


def test_a_word_that_the_spinner_replaces_was_put_there() -> None:
    power = row("power", "energy", class_="contextual"), row("control", "power", seen="3")
    assert restored("The power plant ran.", power[0]) == "The power plant ran."
    assert restored("The power plant ran.", *power) == "The energy plant ran."


def test_the_words_around_speak_for_an_original_in_any_inflection() -> None:
    charges = row("charges", "rates", class_="contextual", before="mortgage")
    charge = row("charge", "rate", class_="contextual", spun_rate="90", original_rate="100")
    assert restored("The mortgages had a low charge.", charge) == "The mortgages had a low charge."
    assert restored("The mortgages had a low charge.", charges, charge) == "The mortgages had a low rate."


def test_what_a_guard_refuses_speaks_against_a_repair() -> None:
    level = row("level", "point", unless="sea _")
    assert restored("the level rose", level) == "the point rose"
    assert restored("the sea level rose", level) == "the sea level rose"


def test_siblings_speak_for_an_original_they_have_here() -> None:
    journey = row("journey", "trip", class_="contextual")
    index = FormIndex(lexicon(journey))
    text = TokenText("a foreign journey")
    alone = next(Repairer(index, text, Finding.SPUN, MODEL).repairs())
    assert alone.applicability is Applicability.DISPLAY
    told = next(Repairer(index, text, Finding.SPUN, MODEL, Siblings({("foreign", "trip"): 2})).repairs())
    assert told.applicability is Applicability.UNSAFE
    both = Siblings({("foreign", "trip"): 2, ("foreign", "journey"): 1})
    assert next(Repairer(index, text, Finding.SPUN, MODEL, both).repairs()).applicability is Applicability.DISPLAY


def test_a_habit_of_the_family_counts() -> None:
    table = lexicon(row("final", "last", class_="contextual"))
    for habit, sure in (("always", True), ("seldom", False)):
        index = FormIndex(replace(table, habits={"final": habit}))
        found = list(Repairer(index, TokenText("the final week"), Finding.SPUN, MODEL).repairs())
        assert any(repair.applicability is Applicability.UNSAFE for repair in found) is sure


def test_a_table_may_extend_another() -> None:
    base = lexicon(row("metropolis", "city"))
    index = FormIndex(lexicon(row("iciness", "winter")), base)
    found = Repairer(index, TokenText("the metropolis in iciness"), Finding.SPUN, MODEL).repairs()
    assert [repair.edit.after for repair in found] == ["city", "winter"]


def test_doubt_is_shown_with_alternatives() -> None:
    (repair,) = repairs("a long journey", row("journey", "trip", class_="contextual", others="voyage"))
    assert repair.applicability is Applicability.DISPLAY
    assert (repair.edit.after, repair.alternatives) == ("trip", ("voyage",))
    assert not repairs("a long journey", row("journey", "trip", class_="fluent"))


def test_a_restored_quotation_says_so() -> None:
    inside, outside = repairs("“The metropolis sleeps,” he said of the metropolis.", CITY)
    assert inside.evidence["reconstructed_quotation"] is True
    assert "reconstructed_quotation" not in outside.evidence


def test_a_suspected_text_gets_artefacts_repaired_alone() -> None:
    rows = row("individuals's", "people's", class_="artefact"), CITY
    text = "the individuals's metropolis"
    assert restored(text, *rows, finding=Finding.SUSPECTED) == "the people's metropolis"


def test_digits_and_marks_are_never_touched() -> None:
    text = "On 12 May 2024, at 7:30, 3.5 % of $1.2bn (“X-12”) went to N.A.T.O."
    assert restored(text, CITY, PEOPLE) == text
