"""Packed tables: proven by their digest, opened at the first question."""

import hashlib
import pickle
from pathlib import Path

import pytest

from cleanse.errors import RuleError
from cleanse.spinner.packed import PackedLines, pack


@pytest.fixture
def lines(tmp_path: Path) -> PackedLines:
    raw = pack(b"a\t1\nb\t2\n")
    (tmp_path / "some.tsv.gz").write_bytes(raw)
    return PackedLines(tmp_path / "some.tsv.gz", hashlib.sha256(raw).hexdigest())


def test_a_line_is_found_by_its_beginning(lines: PackedLines) -> None:
    assert lines.rest(b"b\t") == b"2"
    assert lines.rest(b"c\t") is None


def test_a_table_that_is_not_the_one_meant_is_refused(lines: PackedLines) -> None:
    with pytest.raises(RuleError, match=r"some\.tsv\.gz: it is not the table that some\.sha256 was written for"):
        PackedLines(lines.path, "0" * 64).rest(b"a\t")
    with pytest.raises(RuleError, match="cannot be read"):
        PackedLines(lines.path.with_name("none.gz"), lines.digest).rest(b"a\t")


def test_nothing_is_read_before_the_first_question_and_nothing_read_is_sent_to_workers(lines: PackedLines) -> None:
    PackedLines(lines.path.with_name("none.gz"), "")
    assert lines.rest(b"a\t") == b"1"
    assert len(pickle.dumps(lines)) < 500
    assert pickle.loads(pickle.dumps(lines)).rest(b"a\t") == b"1"  # noqa: S301 - what was just written
