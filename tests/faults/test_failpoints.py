"""F1, F2: whatever operation of the disk fails or kills, no torn file is visible and the next run completes it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cleanse.errors import OutputError
from cleanse.io.store import Run
from cleanse.running import Making
from faults.stand import SMALL, FailingDisk, digests, go, killed, make_input, torn


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_input(tmp_path_factory.mktemp("failpoints") / "in")


@pytest.fixture(scope="module")
def reference(source: Path) -> dict[str, str]:
    go(source, source.parent / "reference")
    return digests(source.parent / "reference")


@pytest.fixture(scope="module")
def operations(source: Path) -> dict[str, int]:
    """How many operations of each kind an undisturbed run makes."""
    disk = FailingDisk()
    go(source, source.parent / "counted", making=Making(disk=disk, shard_size=SMALL))
    return {kind: disk.seen.count(kind) for kind in ("write", "sync", "rename")}


def points(total: int, every: bool) -> range:
    """All of them, or a few spread over the run, its end among them."""
    return range(1, total + 1) if every else range(total, 0, -max(1, total // 7))


@pytest.mark.parametrize("kind", ["write", "sync", "rename"])
@pytest.mark.parametrize("how", ["kill", "full"])
def test_a_run_that_dies_anywhere_is_completed_by_the_next(
    source: Path,
    reference: dict[str, str],
    operations: dict[str, int],
    tmp_path: Path,
    kind: str,
    how: str,
    every: bool,
    record_property: Callable[[str, object], None],
) -> None:
    wrong: list[object] = []
    tried = points(operations[kind], every)
    record_property("points of failure of a kind", len(tried))
    for at in tried:
        out = tmp_path / f"{at}"
        disk = FailingDisk(kind=kind, at=at, how=how)
        if how == "kill":
            assert killed(source, out, disk) == 9
        else:
            with pytest.raises(OSError, match="No space"):
                go(source, out, making=Making(disk=disk, shard_size=SMALL))
        wrong += torn(out, reference)
        go(source, out)
        wrong += [] if digests(out) == reference else [at]
    record_property("files torn or lost", len(wrong))
    assert wrong == []


def test_a_short_write_that_nobody_reports_is_found(
    source: Path, reference: dict[str, str], operations: dict[str, int], tmp_path: Path, every: bool
) -> None:
    for at in points(operations["write"], every):
        out = tmp_path / f"{at}"
        disk = FailingDisk(kind="write", at=at, how="short")
        try:
            go(source, out, making=Making(disk=disk, shard_size=SMALL))
        except OutputError:
            assert torn(out, reference) == []
            go(source, out)
        assert digests(out) == reference


def test_a_run_that_died_with_its_workers_is_completed_by_the_next(
    source: Path, reference: dict[str, str], tmp_path: Path
) -> None:
    """Every worker dies at its fifth rename, again and again, until no shard is left undone: then all is there."""
    out = tmp_path / "out"
    go(source, out, jobs=2, making=Making(disk=FailingDisk(kind="rename", at=9, how="kill"), shard_size=SMALL))
    assert digests(out) == reference
    assert Run.open(out).verify() == 21
