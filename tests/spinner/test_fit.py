"""Fitting weights to passages whose originals are known."""

import math
from dataclasses import replace

import pytest

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.company import Company
from cleanse.spinner.evidence import PAIR
from cleanse.spinner.fit import MET, choices, fit, fold_of, held_out, read_passage, worth
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.likelihood import Choice, kin
from cleanse.spinner.model import FITTED, SET, Weight, format_weights, parse_weights
from spinner.tables import MODEL, lexicon, row

WEIGHTS = [Weight("base", 0.5, FITTED, ""), Weight("odds", 0.0, FITTED, ""), Weight("siblings", 3.0, SET, "")]


@pytest.fixture
def table() -> Lexicon:
    return lexicon(row("metropolis", "city"), row("individuals", "people", others="persons"))


def test_a_passage_knows_what_stood_in_it() -> None:
    passage = read_passage("07.light.txt", "The [-metropolis-]{+city+} of [-12 months-]{+year+} slept.")
    assert (passage.group, passage.text) == ("07", "The metropolis of 12 months slept.")
    assert passage.stood(4, 14) == "city"
    assert passage.stood(0, 14) == "The city"
    assert passage.stood(15, 17) == "of"
    assert passage.stood(18, 20) is None


def test_each_form_is_a_choice_among_originals(table: Lexicon) -> None:
    index = FormIndex(table)
    passage = read_passage("a.txt", "[-Metropolis-]{+City+} life suits individuals.")
    found = list(choices(passage, index, Company(index), MODEL))
    assert [choice.stood for choice in found] == [(True,), (False, False)]
    assert all(features["base"] == 1 for choice in found for features in choice.features)


def test_weights_come_out_as_the_frequencies_say() -> None:
    """Three of four forms were put there: without a penalty the base is the logarithm of three."""
    found = [Choice(({"base": 1.0},), (number % 4 > 0,)) for number in range(400)]
    (base, odds, siblings), _ = fit(found, WEIGHTS, strength=1e-6)
    assert base.nats == pytest.approx(math.log(3), abs=0.01)
    assert odds.nats == 0
    assert siblings == WEIGHTS[2]


def test_weights_set_by_hand_count_while_others_are_fitted() -> None:
    found = [Choice(({"base": 1.0, "siblings": 1.0},), (number % 2 > 0,)) for number in range(100)]
    assert fit(found, WEIGHTS, strength=1e-6)[0][0].nats == pytest.approx(-3, abs=0.01)


def test_one_feature_tells_two_originals_apart() -> None:
    rows = {"base": 1.0, "odds": 2.0}, {"base": 1.0, "odds": -2.0}
    fitted, _ = fit([Choice(rows, (True, False))] * 50, WEIGHTS)
    assert fitted[1].nats > 0.5


def test_a_pair_that_is_met_often_is_worth_more_and_so_is_its_kin(table: Lexicon) -> None:
    pairs = ("metropolis", "city"), ("individuals", "people")
    found = [
        Choice(({"base": 1.0},), (number % 10 < (9 if pair is pairs[0] else 3),), (pair,))
        for pair in pairs
        for number in range(60)
    ]
    _, learned = fit(found, WEIGHTS)
    assert learned.worth(*pairs[0]) > 1
    assert learned.worth(*pairs[1]) < -0.5
    assert learned.worth(*pairs[1]) < learned.worth("individual", "people") < 0
    assert learned.worth("warfare", "war") == 0
    assert kin(("individual", "People")) == kin(pairs[1]) != pairs[1]
    listed = worth(FormIndex(table), learned, MODEL)
    assert listed.keys() == {pairs[0], pairs[1], ("individuals", "persons")}
    assert listed["individuals", "persons"] == 0
    assert listed[pairs[1]] < MET
    met = lexicon(row("individuals", "people", seen="1"))
    assert worth(FormIndex(met), learned, MODEL) == {pairs[1]: MET}
    other = lexicon(row("metropolis", "city"), row("metropolis", "town", seen="1"))
    assert worth(FormIndex(other), learned, MODEL) == {pairs[0]: 0, ("metropolis", "town"): 0}


def test_further_passages_add_to_what_pairs_are_known_to_be_worth(table: Lexicon) -> None:
    index = FormIndex(table)
    model = replace(MODEL, worth=lambda spun, original: 2.0 if (spun, original) == ("metropolis", "city") else 0.0)
    passage = read_passage("a.txt", "[-Metropolis-]{+City+} life suits individuals.")
    found = list(choices(passage, index, Company(index), model))
    assert [choice.features[0].get(PAIR) for choice in found] == [2.0, None]
    _, learned = fit(found * 40, WEIGHTS)
    assert learned.worth("metropolis", "city") > 0
    assert worth(index, learned, model)["metropolis", "city"] == 2 + learned.worth("metropolis", "city")


def test_what_a_pair_is_worth_counts_beside_weights_that_are_set() -> None:
    said = {"base": 1.0, "siblings": 1.0}
    found = [Choice((said,), (number % 2 > 0,), (("a", "b"),)) for number in range(100)]
    (base, *_), learned = fit(found, WEIGHTS, strength=1e-3)
    assert base.nats + learned.worth("a", "b") == pytest.approx(-3, abs=0.05)


def test_versions_of_a_text_share_a_fold_and_none_is_judged_by_its_own(table: Lexicon) -> None:
    assert fold_of("07", 5) == fold_of("07", 5)
    assert {fold_of(str(number), 5) for number in range(40)} == set(range(5))
    spun = "The [-metropolis-]{+city+} slept."
    passages = [read_passage(f"{number}.txt", spun) for number in range(12)]
    scores = list(held_out(passages, FormIndex(table), MODEL, WEIGHTS, 3))
    assert [score.units for score in scores] == [12] * len(scores)
    assert all(score.precision == 1 for score in scores if score.right)


def test_a_table_of_weights_is_read_as_it_is_written() -> None:
    assert parse_weights(format_weights(WEIGHTS)) == WEIGHTS
