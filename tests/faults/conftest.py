"""`--every` tries every operation of the disk instead of a few: `make faults`."""

import pytest


@pytest.fixture(scope="session")
def every(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--every"))
