"""What single pairs are worth: read as it is written."""

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.errors import RuleError
from cleanse.rules.loader import shipped_folder
from cleanse.spinner.worth import HEADER, LEAST, Worth, format_worth

FORMS = st.text("abc '", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.dictionaries(st.tuples(FORMS, FORMS), st.floats(-9, 9), max_size=20))
def test_pairs_are_read_as_they_are_written(
    tmp_path_factory: pytest.TempPathFactory, worth: dict[tuple[str, str], float]
) -> None:
    path = tmp_path_factory.mktemp("worth") / "worth.tsv"
    path.write_bytes(format_worth(worth))
    read = Worth(path)
    for (form, original), nats in worth.items():
        assert read.nats(form, original) == (pytest.approx(nats, abs=0.051) if abs(nats) >= LEAST else 0)
    assert read.nats("metropolis", "city") == 0


def test_what_is_no_number_is_refused_and_so_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "worth.tsv").write_text(f"{HEADER}\na\tb\tmuch\n")
    with pytest.raises(RuleError, match=r"spinner/worth\.tsv: a, b: .*much.* is no number"):
        Worth(tmp_path / "worth.tsv").nats("a", "b")
    with pytest.raises(RuleError, match="cannot be read"):
        Worth(tmp_path / "none.tsv").nats("a", "b")


def test_nothing_read_is_sent_to_workers() -> None:
    shipped = Worth(shipped_folder() / "spinner" / "worth.tsv")
    assert shipped.nats("mentioned", "said") > 0
    assert len(pickle.dumps(shipped.nats)) < 500
