"""What was tried against the promise and once got through: lost texts, ended runs, inputs that were written to."""

import gzip
import json
import os
import resource
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from cleanse.errors import UsageError
from cleanse.io.files import find_inputs
from cleanse.io.output import OutputFolder
from cleanse.io.plan import Piece
from cleanse.io.readers import PieceReader, Refusal, Taken, read_all
from cleanse.io.store import Run
from cleanse.running import run
from faults.stand import BARE
from hostile import make

TEXT = make.PROSE


def cleanse(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], env={"NO_COLOR": "1"})


def rows(out: Path) -> list[tuple[str, str]]:
    lines = (out / "quarantine.jsonl").read_text("utf-8").splitlines()
    return [(row["source"], row["reason"]) for row in map(json.loads, lines)]


def test_an_output_among_the_files_of_a_pattern_is_refused_and_they_stay(tmp_path: Path) -> None:
    """The second run once found the texts of the first in its input, and took them away as an earlier run's."""
    (tmp_path / "a.txt").write_text(TEXT)
    assert cleanse("run", tmp_path / "**" / "*.txt", tmp_path / "out").exit_code == 0
    again = cleanse("run", tmp_path / "**" / "*.txt", tmp_path / "out")
    assert (again.exit_code, "in one another" in again.stderr) == (2, True)
    assert (tmp_path / "out" / "clean" / "a.txt").is_file()


def test_more_files_of_lines_than_may_be_open(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(120):
        (tmp_path / "in" / f"{number}.jsonl").write_text(json.dumps({"text": f"{number}. {TEXT}"}))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (80, hard))
    try:
        run(str(tmp_path / "in"), tmp_path / "out", BARE)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert Run.open(tmp_path / "out").verify() == 120
    assert len(list((tmp_path / "out" / "clean").iterdir())) == 120


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("name", ["a.txt.zst", "a.txt.gz", "a.jsonl.zst", "a.jsonl.gz"])
def test_a_packed_file_that_breaks_off_is_never_taken_for_whole(tmp_path: Path, name: str, share: float) -> None:
    text = "".join(json.dumps({"text": f"{number} {TEXT}"}) + "\n" for number in range(2_000)).encode()
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
    packed = gzip.compress(text) if name.endswith("gz") else zstandard.compress(text)
    (tmp_path / name).write_bytes(packed[: int(len(packed) * share)])
    assert [item.reason for item in read_all(find_inputs(str(tmp_path))) if isinstance(item, Refusal)][-1:] == [
        "broken-packing"
    ]


def test_zstd_frames_side_by_side_and_a_bomb_of_zstd(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
    (tmp_path / "a.txt.zst").write_bytes(zstandard.compress(TEXT.encode()) * 3)
    (tmp_path / "b.txt.zst").write_bytes(zstandard.compress(bytes(2**28)))
    taken, refused = read_all(find_inputs(str(tmp_path)))
    assert isinstance(taken, Taken)
    assert taken.document.raw == TEXT.encode() * 3
    assert isinstance(refused, Refusal)
    assert refused.reason in ("bomb", "too-large")


def odd_tables() -> "dict[str, object]":
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    offsets = pa.py_buffer(b"".join(n.to_bytes(4, "little") for n in range(4)))
    no_utf8 = pa.Array.from_buffers(pa.string(), 3, [None, offsets, pa.py_buffer(b"\xff\xfe\xfd")])
    texts = [TEXT] * 3
    return {
        "meta that is no UTF-8": pa.table({"text": texts, "meta": no_utf8}),
        "ids that are no UTF-8": pa.table({"text": texts, "id": no_utf8}),
        "texts that are no UTF-8": pa.table({"text": no_utf8}),
        "a year beyond all calendars": pa.table({"text": texts, "at": pa.array([2**40] * 3, pa.timestamp("s"))}),
        "nanoseconds": pa.table({"text": texts, "at": pa.array([1, 2, 3], pa.timestamp("ns"))}),
        "our own names": pa.table({"text": texts, "cleanse_source": ["x"] * 3, "cleanse_row": [7, 8, 9]}),
        "a name twice": pa.Table.from_arrays([pa.array(texts)] * 2, names=["text", "text"]),
        "lists for texts": pa.table({"text": [["a"], ["b"], ["c"]]}),
        "lists of what is no UTF-8": pa.table({
            "text": texts, "meta": pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), no_utf8)
        }),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("meta that is no UTF-8", 3, []),
        ("ids that are no UTF-8", 3, []),
        ("texts that are no UTF-8", 3, []),
        ("a year beyond all calendars", 3, []),
        ("nanoseconds", 3, []),
        ("our own names", 3, []),
        ("a name twice", 0, ["broken-parquet"]),
        ("lists for texts", 0, ["no-text"] * 3),
        ("lists of what is no UTF-8", 0, ["broken-parquet"]),
    ],
)
def test_odd_tables_cost_themselves_alone(tmp_path: Path, name: str, taken: int, refused: list[str]) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    (tmp_path / "in").mkdir()
    pq.write_table(odd_tables()[name], tmp_path / "in" / "a.parquet")
    (tmp_path / "in" / "b.txt").write_text(TEXT)
    run(str(tmp_path / "in"), tmp_path / "out", BARE)
    assert [reason for _, reason in rows(tmp_path / "out")] == refused
    assert Run.open(tmp_path / "out").verify() == taken + 1


def test_a_folder_and_a_file_of_one_clean_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "x.txt").write_text(TEXT)
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    with pytest.raises(UsageError, match="would both be written to"):
        find_inputs(str(tmp_path))


def test_an_id_that_is_the_place_of_another_text(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    lines = [{"text": f"One. {TEXT}"}, {"id": "a.jsonl:1", "text": f"Two. {TEXT}"}]
    (tmp_path / "in" / "a.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    told = cleanse("run", tmp_path / "in", tmp_path / "out")
    assert (told.exit_code, "two texts share the id 'a.jsonl:1'" in told.stderr) == (2, True)


@pytest.mark.parametrize(
    "line", ['{"text": "a", "x": NaN}', '{"text": "a", "x": [-Infinity]}', '{"text": "a", "x": 1e999}']
)
def test_what_is_no_number_in_json_is_a_broken_line(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.jsonl").write_text(f'{line}\n{{"text": "fine", "x": 1.5}}\n')
    refused, taken = read_all(find_inputs(str(tmp_path)))
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken-line"
    assert isinstance(taken, Taken)


def test_half_a_surrogate_pair_costs_the_text_around_it_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"text": "Caf\\u00e9 \\ud800 open"}\n{"text": "a\\u0000b\\u0000c\\u0000d\\u0000 \\u00e9"}\n'
    )
    texts = [item.document.decoded.text for item in read_all(find_inputs(str(tmp_path))) if isinstance(item, Taken)]
    assert texts[0] == "Café \ufffd open"


@pytest.mark.parametrize("what", ["link", "pipe", "folder"])
def test_a_file_that_is_swapped_for_something_else(tmp_path: Path, what: str) -> None:
    victim = tmp_path / "in" / "a.txt"
    victim.parent.mkdir()
    victim.write_text(TEXT)
    (tmp_path / "secret").write_text("root:x:0:0")
    (piece,) = find_inputs(str(tmp_path / "in")).walk()
    victim.unlink()
    if what == "link":
        victim.symlink_to(tmp_path / "secret")
    elif what == "pipe":
        os.mkfifo(victim)
    else:
        victim.mkdir()

    reader = PieceReader(tmp_path / "in", Piece(piece))
    assert [item.reason for item in reader.items() if isinstance(item, Refusal)] == ["unreadable"]
    assert reader.skim() == reader.digest


def test_a_header_without_end_is_no_header(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"WARC/1.0\r\n" + b"X-More: and more\r\n" * 20_000)
    (refused,) = read_all(find_inputs(str(tmp_path)))
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken-warc"


def test_jobs_that_share_a_run_leave_one_another_alone(tmp_path: Path) -> None:

    with OutputFolder(tmp_path / "out", shared=True) as first:
        first.work.mkdir()
        half = first.work / ".0123.77.tmp"
        half.write_text("being written")
        (tmp_path / "out" / "clean").mkdir()
        (tmp_path / "out" / "clean" / "a.txt").write_text("written")
        with OutputFolder(tmp_path / "out", shared=True) as second:
            second.begin()
        assert half.exists()
        assert (tmp_path / "out" / "clean" / "a.txt").exists()
