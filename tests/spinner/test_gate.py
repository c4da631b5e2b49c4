"""The gate: spun, suspected, clean."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse import Document, Pipeline, Settings, Status
from cleanse.spinner.gate import Finding, Gate, tells
from cleanse.spinner.runs import Words
from cleanse.spinner.tokens import TokenText
from cleanse.stages.spinner import Family
from helpers import does
from spinner.tables import lexicon, row

LEXICON = lexicon(
    row("metropolis", "city", spun_rate="1", original_rate="300", seen="3"),
    row("warfare", "conflict", spun_rate="10", original_rate="90", seen="2"),
    row("additionally", "besides", spun_rate="5", original_rate="50", seen="2"),
    row("journey", "trip", class_="fluent", spun_rate="1", original_rate="300"),
)
GATE = Gate(LEXICON, tells(LEXICON))


def finding(words: str, phrases: int = 0) -> Finding:
    return GATE.score(GATE.weigh(Counter(words.split())), phrases).finding


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("metropolis warfare additionally", Finding.SPUN),
        ("metropolis warfare additionally city conflict besides", Finding.CLEAN),
        ("metropolis metropolis metropolis metropolis", Finding.SUSPECTED),
        ("city conflict besides", Finding.CLEAN),
        ("journey journey journey", Finding.CLEAN),
        ("", Finding.CLEAN),
    ],
)
def test_findings(words: str, wanted: Finding) -> None:
    assert finding(words) is wanted


def test_one_word_often_is_not_many_words() -> None:
    assert GATE.weigh(Counter(metropolis=100)).nats == GATE.weigh(Counter(metropolis=3)).nats


def test_rare_words_of_a_long_text_do_not_add_up_to_a_spun_one() -> None:
    limits = {name: {**limit, "density": 5} for name, limit in LEXICON.limits.items()}
    gate = Gate(replace(LEXICON, limits=limits), GATE.tells)
    words = Counter("metropolis warfare additionally".split())
    assert gate.score(gate.weigh(words)).finding is Finding.SPUN
    assert gate.score(gate.weigh(words + Counter(other=1000))).finding is Finding.CLEAN


def test_few_forms_for_its_length_leave_no_doubt() -> None:
    doubtful = {"score": 0, "ratio": 0.5, "hits": 3, "kinds": 3, "density": 0, "variety": 2, "repairs": 6}
    spun = {**LEXICON.limits["spun"], "score": 99}
    gate = Gate(replace(LEXICON, limits={"spun": spun, "suspected": spun, "doubtful": doubtful}), GATE.tells)
    words = Counter("metropolis warfare additionally".split())
    assert gate.score(gate.weigh(words + Counter(other=140))).finding is Finding.DOUBTFUL
    assert gate.score(gate.weigh(words + Counter(other=160))).finding is Finding.CLEAN


SPUN = (
    "The chief mentioned the metropolis could not stop the warfare. “In flip, folks had been informed nothing,” he "
    "mentioned, including that greater than 40 international locations had met head to head throughout the 12 months. "
    "Additionally, the Chinese language President stated he would go to the metropolis earlier than the assembly, "
    "regardless of the menace. Whereas the firm recurrently makes use of such instruments, its buyers wait."
)
GENUINE = (
    "The leader said the city could not stop the war. “In turn, people were told nothing,” he said, adding that more "
    "than 40 countries had met face to face during the year. Also, the Chinese President said he would visit the city "
    "before the meeting, despite the threat. While the company regularly uses such tools, its investors wait."
)


@pytest.fixture(scope="module")
def spinner() -> Pipeline:
    return Pipeline.default(Settings(stages=("spinner",)))


def test_a_spun_text_is_named_and_mostly_restored(spinner: Pipeline) -> None:
    outcome = spinner.run(Document.from_text(SPUN))
    assert outcome.ledger.facts["spinner"] == "spun"
    assert outcome.provenance.derivation == "machine-paraphrased"
    mine, theirs = Counter(outcome.text.split()), Counter(GENUINE.split())
    assert (mine & theirs).total() > 0.85 * theirs.total()


SHORT = (
    "The band opened its tour in the harbour hall on Friday with a two-hour present earlier than 3,000 people. The "
    "singer performed each music of the brand new album and solely three hits, a courageous resolution that worked "
    "higher than it ought to have. “I waited two years to see you,” she shouted. The rain didn’t spoil the temper, and "
    "the nine dates comply with in Britain in May."
)


def test_a_short_text_is_told_by_its_repairs(spinner: Pipeline) -> None:
    outcome = spinner.run(Document.from_text(SHORT))
    assert outcome.ledger.facts["spinner"] == "spun"
    assert float(str(outcome.ledger.facts["spinner_repairs"])) >= 6
    assert "before 3,000 people" in outcome.text


def test_its_genuine_twin_is_not_touched(spinner: Pipeline) -> None:
    outcome = spinner.run(Document.from_text(GENUINE))
    assert outcome.ledger.facts == {"spinner": "clean"}
    assert outcome.ledger.records == ()
    assert outcome.status is Status.CLEAN


def test_a_repaired_text_is_clean(spinner: Pipeline) -> None:
    once = spinner.run(Document.from_text(SPUN)).text
    assert spinner.run(Document.from_text(once)).changes == ()


@pytest.mark.parametrize(
    "text",
    [
        "The museum of trench warfare in the old metropolis shows how individuals lived. Entry is free.",
        "She took Chinese language classes in Harbin, and additionally a course in law. The firm paid for both.",
        "Commerce and warfare shaped the ancient metropolis; whereas its rivals fell, it endured for 800 years.",
    ],
)
def test_genuine_uses_of_its_words_stay(spinner: Pipeline, text: str) -> None:
    assert spinner.run(Document.from_text(text)).changes == ()


@pytest.mark.parametrize(
    "marked",
    [
        "Both say [-{that a}-]{+that a+} bridge is due.\n",
        "Write {name of the user} there.\n",
        "The set {to a}, in words.\n",
    ],
)
def test_braces_of_a_spinner(marked: str) -> None:
    does("spinner", marked)


FORMS = ("head to head", "12 months", "greater than", "in flip", "co-operate with", "most recent", "it's time", "e e")
PHRASES = Family(lexicon(*(row(form, "x") for form in sorted(FORMS))))
PIECES = [*FORMS, "2nd", "1st", "12", "head", "to", "greater", "than", "In", "Flip", "e", "most", "recent", "5th",
          "HEAD TO", "é", "\u0301", "K", "'s", "’s", ",", "-", " ", " ", " ", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_no_more_forms_of_several_words_stand_in_a_text_than_its_words_allow(text: str) -> None:
    words = Words(text)
    assert words.counts == Counter(re.findall(r"[a-z]+", text.lower()))
    standing = PHRASES.tells.standing(words)
    everywhere = PHRASES.phrases(TokenText(text), words.counts)
    assert everywhere == PHRASES.phrases(TokenText(text), standing.begins) <= standing.sure
    whole = PHRASES.gate.score(PHRASES.gate.weigh(words.counts), everywhere)
    found = PHRASES.score(text, words)
    assert found.finding is whole.finding
    assert found == whole or whole.finding is Finding.CLEAN


def test_a_form_of_several_words_is_seen() -> None:
    assert PHRASES.tells.standing(Words("They met Head-to-head.")).sure == 1
    assert not PHRASES.tells.standing(Words("They met head on, and went to a head.")).sure


def test_a_spun_text_with_marks_of_an_extending_family_is_that_family_s() -> None:
    base = lexicon(row("metropolis", "city", spun_rate="1", original_rate="300", seen="3"))
    own = lexicon(
        row("other folks", "people"), row("now not", "not"), row("iciness", "winter"), row("metropolis", "city")
    )
    family = Family(replace(own, habits={"iciness": "always"}), base)
    assert family.is_marked(TokenText("Other folks do now not like iciness in the metropolis."))
    assert not family.is_marked(
        TokenText("Other folks do not like the metropolis, now not in iciness." + " word" * 300)
    )
    assert not family.is_marked(TokenText("Other folks and iciness in the metropolis."))
