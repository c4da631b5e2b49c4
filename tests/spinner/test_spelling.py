"""American and British: one original, written as the text at hand spells."""

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from cleanse.errors import RuleError
from cleanse.model import Applicability
from cleanse.rules.loader import shipped_folder
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.gate import Finding
from cleanse.spinner.repair import Repairer
from cleanse.spinner.spelling import Spellings
from cleanse.spinner.tokens import TokenText
from spinner.tables import MODEL, lexicon, row

SHIPPED = Spellings(shipped_folder() / "spinner" / "spelling.tsv")
ROWS = FormIndex(
    lexicon(
        row("protection", "defence"),
        row("protection", "defense"),
        row("Ministry of Protection", "Ministry of Defence"),
        row("hue", "color"),
        row("colour", "color"),
    )
)


def _restored(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    repairer = Repairer(ROWS, TokenText(text), Finding.SPUN, replace(MODEL, spellings=SHIPPED))
    sure = (repair for repair in repairer.repairs() if repair.applicability > Applicability.DISPLAY)
    return [(repair.edit.before, repair.edit.after, repair.alternatives) for repair in sure]


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("The protection of the city.", "defense"),
        ("Our neighbours organised the protection of the city.", "defence"),
        ("Our neighbors organized the protection of the city.", "defense"),
        ("A theatre near the center organized the protection.", "defense"),
    ],
)
def test_an_original_is_spelt_as_the_text_spells_and_counts_once(text: str, original: str) -> None:
    assert _restored(text) == [("protection", original, ())]


def test_names_keep_their_spelling() -> None:
    assert _restored("The Ministry of Protection honored him.") == [
        ("Ministry of Protection", "Ministry of Defence", ())
    ]


def test_what_the_text_would_spell_as_it_stands_is_no_original() -> None:
    assert _restored("The colour of a favourite theatre.") == []
    assert _restored("The hue of a favourite theatre.") == [("hue", "colour", ())]
    assert _restored("The colour of a favorite.") == [("colour", "color", ())]


def test_american_and_british_are_each_others_inverse_and_words_of_lower_case() -> None:
    lines = [line.split("\t") for line in SHIPPED.path.read_text().splitlines()[1:]]
    british, american = ({line[side] for line in lines} for side in (0, 1))
    assert len(british) == len(american) == len(lines)
    assert british.isdisjoint(american)
    assert all(word.isalpha() and word.islower() for word in british | american)
    assert lines == sorted(lines)


def test_what_is_not_well_formed_is_refused_and_so_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "spelling.tsv").write_text("# British, American\ncentre center\n")
    with pytest.raises(RuleError, match=r"spinner/spelling\.tsv:2: 'centre center' is not two words"):
        Spellings(tmp_path / "spelling.tsv").american("centre")
    with pytest.raises(RuleError, match="cannot be read"):
        Spellings(tmp_path / "none.tsv").american("centre")


def test_nothing_read_is_sent_to_workers() -> None:
    assert SHIPPED.american("centre") == "center"
    assert len(pickle.dumps(SHIPPED)) < 300
