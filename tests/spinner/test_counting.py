"""Which small figures count things."""

import pytest

from cleanse.spinner.company import Company
from cleanse.spinner.counting import NAMED, counts
from cleanse.spinner.evidence import Evidence
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.tokens import TokenText
from spinner.tables import MODEL, lexicon, row


def _counts(text: str) -> bool:
    tokens = TokenText(text)
    (at,) = (at for at, token in enumerate(tokens.tokens) if token.text in NAMED)
    return counts(tokens, at)


@pytest.mark.parametrize(
    "text",
    [
        "She owns 4 locations round the harbour.",
        "Police have recognized 2 suspects abroad.",
        "Nearly 7 young men waited.",
        "They spent 8 lengthy winters there.",
        "9 in ten of them stayed.",
        "On Sunday 5 of the boats went out.",
        "Entry is free. 3 people came.",
        "“6 others left,” she said.",
    ],
)
def test_a_figure_before_what_it_counts(text: str) -> None:
    assert _counts(text)


@pytest.mark.parametrize(
    "text",
    [
        "The score was 2 and nobody cheered.",
        "Income rose by 4 percent.",
        "Income rose by 4 per cent in boats.",
        "It cost $3 tickets and all.",
        "See page 7 boats and quays.",
        "It began on May 6 boats or not.",
        "A plank of 9 metres broke.",
        "The M8 buses stopped.",
        "They won 10-4 games of cards.",
        "There were 12 or 6 boats.",
        "By 5 he was home.",
        "At 4 in the morning boats left.",
        "They counted to 3.\nBoats went by.",
        "It ended with 2",
    ],
)
def test_a_figure_that_is_the_authors_own(text: str) -> None:
    assert not _counts(text)


def test_it_speaks_for_the_word_of_that_figure_alone() -> None:
    index = FormIndex(lexicon(row("4", "four"), row("4", "fourth")))
    text = TokenText("She owns 4 locations.")
    evidence = Evidence(index, text, Company(index), MODEL)
    (form,) = index.at(text, 2)
    said = {candidate.original: "counting" in candidate.features for candidate in evidence.candidates(form, 2)}
    assert said == {"four": True, "fourth": False}
