"""Duplicates: our MinHash estimates what a library estimates, and labels do not depend on any order."""

import json
import math
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cleanse.cli import main
from cleanse.corpus import minhash
from cleanse.corpus.duplicates import Groups, Label, Text, dropped, exact, labels, near
from cleanse.io.store import Run
from helpers import BODY

FIRST_BAND = "000d2a02e01bf1eb6a7c697598"
"""What version 1 makes of `BODY`: it must never change."""


def words(seed: int, number: int = 400) -> list[str]:
    draw = random.Random(seed)  # noqa: S311 - no secret
    return [f"w{draw.randrange(5_000)}" for _ in range(number)]


def changed(text: list[str], seed: int, number: int) -> str:
    draw = random.Random(seed)  # noqa: S311 - no secret
    found = list(text)
    for at in draw.sample(range(len(found)), number):
        found[at] = f"x{seed}y{at}"
    return " ".join(found)


def jaccard(one: str, two: str) -> float:
    first, second = minhash.shingles(one), minhash.shingles(two)
    return len(first & second) / len(first | second)


def estimate(one: str, two: str) -> float:
    first, second = minhash.signature(one), minhash.signature(two)
    assert first
    assert second
    return minhash.similarity(first, second)


@pytest.mark.parametrize("number", [0, 2, 5, 10, 20, 40, 80, 160])
def test_estimates_lie_within_their_error(number: int) -> None:
    off = []
    for seed in range(20):
        one, two = " ".join(words(seed)), changed(words(seed), 1_000 + seed, number)
        true = jaccard(one, two)
        error = math.sqrt(true * (1 - true) / minhash.BINS)
        off.append(estimate(one, two) - true)
        assert abs(off[-1]) <= 4.5 * error + 1e-9
    assert abs(sum(off) / len(off)) <= 0.03  # no bias


def test_a_library_estimates_the_same() -> None:
    datasketch = pytest.importorskip("datasketch", reason="datasketch is not installed: make engines")
    for seed in range(12):
        one, two = " ".join(words(seed)), changed(words(seed), 2_000 + seed, 4 * seed)
        theirs = []
        for text in (one, two):
            sketch = datasketch.MinHash(num_perm=minhash.BINS)
            for item in minhash.shingles(text):
                sketch.update(item.encode())
            theirs.append(sketch)
        true = jaccard(one, two)
        both = math.sqrt(2 * true * (1 - true) / minhash.BINS)
        assert abs(estimate(one, two) - theirs[0].jaccard(theirs[1])) <= 4.5 * both + 1e-9


def test_signatures_are_of_one_version() -> None:
    found = minhash.signature(BODY)
    assert found
    assert (minhash.SCHEME, len(found)) == ("cleanse-minhash-1", minhash.SIZE)
    assert minhash.signature(BODY.upper().replace(" ", "  ")) == found
    assert minhash.signature(" — \n") is None
    assert next(minhash.bands(found)) == FIRST_BAND


def test_short_texts_and_scripts_without_spaces_have_shingles() -> None:
    assert minhash.shingles("Two Words") == {"two words"}
    assert len(minhash.shingles("海港三镇同意共用一份时刻表")) == 9


def texts() -> list[Text]:
    """Three alike, two the same, one of them alike to nobody else, and strangers."""
    base = words(7)
    found = {
        "b": " ".join(base), "a": changed(base, 1, 3), "c": changed(base, 2, 3), "same-1": BODY, "same-0": BODY,
        "same-b": " ".join(base), **{f"s{n}": " ".join(words(100 + n)) for n in range(20)}, "empty": "\n",
    }  # fmt: skip
    return [Text(name, str(hash(text)), text) for name, text in found.items()]


def test_labels_are_the_same_for_any_order() -> None:
    wanted = None
    for seed in range(5):
        some = texts()
        random.Random(seed).shuffle(some)  # noqa: S311 - no secret
        same = exact(some)
        found = labels(same, near(text for text in some if text.name not in same))
        assert wanted in (None, found)
        wanted = found
    assert wanted
    assert {name: (label.dup_of, label.group) for name, label in wanted.items()} == {
        "a": (None, "a"), "b": (None, "a"), "c": (None, "a"), "same-1": ("same-0", None), "same-b": ("b", "a")
    }  # fmt: skip
    assert [row["source_id"] for row in dropped(wanted)] == ["b", "c", "same-1", "same-b"]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"))))
def test_groups_are_the_connected_parts(pairs: list[tuple[str, str]]) -> None:
    groups, parts = Groups(), {name: {name} for name in "abcdefgh"}
    for one, two in pairs:
        groups.join(one, two)
        whole = parts[one] | parts[two]
        parts |= dict.fromkeys(whole, whole)
    assert all(groups.top(name) == min(parts[name]) for name in "abcdefgh")


def test_labels_go_into_the_records_and_nothing_else_changes(tmp_path: Path) -> None:
    rows = [{"id": text.name, "text": text.text} for text in texts() if text.text.strip()]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    out = tmp_path / "out"
    assert CliRunner().invoke(main, ["run", str(tmp_path / "in.jsonl"), str(out), "-q"]).exit_code == 0
    before = {c.record["source_id"]: c.record for c in Run.open(out).documents()}
    ledger = (out / "ledger.jsonl").read_bytes()
    for _ in range(2):
        done = CliRunner().invoke(main, ["corpus", "duplicates", str(out)])
        assert done.exit_code == 0, done.output
        assert done.output.endswith("2 exact duplicates, 1 groups of near-duplicates; 4 documents in drop.jsonl\n")
        assert Run.open(out).verify() == len(rows)
    after = {c.record["source_id"]: c.record for c in Run.open(out).documents()}
    label = Label("b", "a")
    assert after["same-b"] == {**before["same-b"], "dup_of": label.dup_of, "near_dup_group": label.group}
    assert {name: record for name, record in after.items() if name.startswith("s1")} == {
        name: record for name, record in before.items() if name.startswith("s1")
    }
    assert (out / "ledger.jsonl").read_bytes() == ledger
    assert len((out / "drop.jsonl").read_text().splitlines()) == 4
