"""The gate for machines of which nobody met pairs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.gate import Finding, Score
from cleanse.spinner.mixture import Mixture, tells
from cleanse.spinner.runs import Words
from cleanse.stages.spinner import Family
from spinner.tables import lexicon, row

LIMITS = {
    "spun": {"score": 5, "ratio": 0, "hits": 3, "kinds": 3, "density": 10},
    "suspected": {"score": 3, "ratio": 0, "hits": 2, "kinds": 2, "density": 5},
}
ROWS = (
    row("calendar year", "year", spun_rate="2", original_rate="900"),
    row("spouse and children", "family", spun_rate="0.1", original_rate="400"),
    row("h2o", "water", spun_rate="1", original_rate="250"),
    row("safeguard", "protect", spun_rate="1", original_rate="100"),
    row("safeguards", "protects", spun_rate="0.2", original_rate="9"),
    row("stroll", "walk", spun_rate="3", original_rate="120"),
    row("gentle", "light", spun_rate="20", original_rate="160"),
    row("people today", "people", original_rate="1400"),
)
TABLE = replace(lexicon(*ROWS), limits=LIMITS, replaces=0.3)


def mixture(table: Lexicon, base: Lexicon | None = None) -> Mixture:
    both = (*table.rows.briefs(), *(base.rows.briefs() if base else ()))
    return Mixture(table, tells(table.rows.briefs(), table.replaces), lambda: tells(both, table.replaces))


MIXTURE = mixture(TABLE)
SPUN = "Every calendar year the spouse and children safeguard the fire by the lake and stroll in the gentle morning."
GENUINE = "Every year the family would protect the fire by the lake and walk in the light of the morning."


def score(text: str, mixture: Mixture = MIXTURE) -> Score:
    return Score.of(mixture.lexicon, mixture.weigh(Words(text)))


def test_what_is_commoner_after_the_machine_speaks_for_it_and_originals_against() -> None:
    assert score(SPUN).finding is Finding.SPUN
    assert score(GENUINE).finding is Finding.CLEAN
    assert score(SPUN).score > 0 > score(GENUINE).score
    assert score(f"{SPUN} {GENUINE}").score < score(SPUN).score


def test_the_weight_is_the_logarithm_of_how_much_commoner_a_form_becomes() -> None:
    # 3 in a million of its own, and 0.3 of 120 shared by four forms at least: log((3 + 9) / 3)
    assert score("stroll").score == pytest.approx(1.39, abs=0.005)
    assert score("walk").score == pytest.approx(-0.36, abs=0.005)


def test_inflections_and_repetitions_are_one_piece_of_evidence() -> None:
    assert score("safeguard safeguards safeguard").kinds == 1
    assert score("stroll " * 50).score == score("stroll stroll").score


def test_a_form_without_a_rate_says_nothing() -> None:
    assert score("people today").score == 0


def test_forms_that_are_not_letters_alone_are_not_looked_for() -> None:
    assert score("h o h o h o").score == 0


def test_rows_of_the_extended_table_count_where_the_own_rows_found_something() -> None:
    base = lexicon(row("abode", "house", spun_rate="1", original_rate="500"))
    both = mixture(TABLE, base)
    assert score(f"{SPUN} abode", both).score > score(f"{SPUN} abode").score
    assert score("abode", both).score == 0


def judged(text: str, *rows: dict[str, str]) -> Score:
    """What a family makes of a text whose table has some rows more."""
    table = replace(TABLE, rows=lexicon(*ROWS, *rows).rows)
    return Family(table).score(text, Words(text))


def test_a_sure_phrase_without_a_rate_counts_beside_the_mixture() -> None:
    assert judged(SPUN) == score(SPUN)
    assert judged(f"{SPUN} people today").score == pytest.approx(score(SPUN).score + 4)
    assert judged(f"{SPUN} people today").kinds == score(SPUN).kinds + 1


def test_a_phrase_with_a_rate_counts_once_and_a_doubtful_one_not_at_all() -> None:
    text = f"{SPUN} of late the rough cost rose"
    assert judged(text, row("rough cost", "crude price", class_="contextual")).score == judged(text).score
    weighed = judged(text, row("rough cost", "crude price", spun_rate="0.05", original_rate="0.1"))
    assert 0 < weighed.score - judged(text).score < 1


@given(st.lists(st.sampled_from([*SPUN.split(), *GENUINE.split()])))
def test_the_order_of_words_matters_to_phrases_alone(words: list[str]) -> None:
    plain = mixture(replace(TABLE, rows=TABLE.rows[3:7]))
    assert score(" ".join(words), plain) == score(" ".join(sorted(words)), plain)
