from pathlib import Path

import pytest

from cleanse.lines import Model, load_model

DATA = Path(__file__).parents[2] / "rules" / "lines"


@pytest.fixture(scope="session")
def model() -> Model:
    return load_model(DATA)
