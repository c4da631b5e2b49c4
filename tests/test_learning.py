"""What a run learns before it cleans: the same whatever the parts and their order."""

import json
import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from cleanse.learning import Learner, Result, learned
from cleanse.model import Document
from cleanse.settings import Settings
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.tokens import TokenText
from cleanse.stages.spinner import SpinnerStage

SEEDS = [
    Document(p.name, p.read_bytes()).decoded.text for p in sorted((Path(__file__).parent.parent / "seeds").iterdir())
]
SPUN = 4
"""The seed that a spinner made."""


@pytest.fixture(scope="module")
def whole() -> Learner:
    return learned(Settings(), lambda: SEEDS)


def spinner(learner: Learner) -> SpinnerStage:
    return next(stage for stage in learner.pipeline.stages if isinstance(stage, SpinnerStage))


def in_parts(parts: list[list[str]]) -> Learner:
    learner = Learner.of(Settings())
    while learner.curious:
        results: list[Result] = []
        for part in parts:
            survey = learner.survey()
            for text in part:
                survey.see(text)
            results.append(json.loads(json.dumps(survey.result())))
        learner = learner.informed(lambda results=results: results)  # type: ignore[misc]
    return learner


def test_the_parts_and_their_order_change_nothing(whole: Learner) -> None:
    shuffled = random.Random(3).sample(SEEDS, len(SEEDS))  # noqa: S311 - any order will do
    assert in_parts([[text] for text in shuffled]).digest == whole.digest
    assert in_parts([SEEDS[:2], [], SEEDS[2:]]).digest == whole.digest


def test_the_counts_are_those_of_all_genuine_texts(whole: Learner) -> None:
    genuine = [TokenText(text).tokens for number, text in enumerate(SEEDS) if number != SPUN]
    pairs = [(one.lower, two.lower) for tokens in genuine for one, two in pairwise(tokens)]
    (siblings,) = spinner(whole).siblings.values()
    assert siblings.pairs
    assert all(pairs.count(pair) == count for pair, count in siblings.pairs.items())


def test_every_question_of_the_spun_text_was_asked(whole: Learner) -> None:
    """Support from the counted pairs is support from all pairs there are."""
    stage = spinner(whole)
    family, _ = stage.judge(SEEDS[SPUN])
    text = TokenText(SEEDS[SPUN])
    every = Siblings(
        {pair: 1 for seed in SEEDS for one, two in pairwise(TokenText(seed).tokens) if (pair := (one.lower, two.lower))}
    )
    asked = Siblings(dict.fromkeys((stage.asked or {})[family.lexicon.family], 1))

    def supports(siblings: Siblings) -> Iterator[bool]:
        for at in range(len(text.tokens)):
            for form in family.index.at(text, at):
                for row in form.rows:
                    yield siblings.support(row.original, text, at, at + len(form.tokens)) > 0

    assert all(a for a, e in zip(supports(asked), supports(every), strict=True) if e)
    assert any(supports(every))


def test_a_run_without_spun_texts_needs_one_round() -> None:
    learner = Learner.of(Settings()).informed(lambda: [{"dates": [], "stages": {"7": []}}])
    assert not learner.curious
    assert learner.settings.date_order == "none"


def test_nothing_is_asked_where_nothing_can_be_learned() -> None:
    settings = Settings(stages=("decode", "typography"), date_order="none")
    assert not Learner.of(settings).curious
