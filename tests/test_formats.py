"""Formats in: ranges of lines, packed files and bombs, WARC, HTML; how a run is cut; ids that clash."""

import gzip
import io
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.io import ids
from cleanse.io.disk import Disk
from cleanse.io.files import LINES, TEXT, SourceFile, document_file, find_inputs
from cleanse.io.lines import in_range, split
from cleanse.io.packing import Stream, unpacked
from cleanse.io.plan import Piece, Shard, cut
from cleanse.io.readers import PieceReader, Refusal, Taken, read_all
from cleanse.io.store import Run
from cleanse.io.warc import read_warc
from cleanse.limits import DEFAULTS, Limits
from cleanse.model import Document
from cleanse.running import run
from cleanse.settings import Settings

TEXT_OF = "The ferry left at noon, and nobody on the pier was surprised.\n"
BARE = Settings(stages=("decode", "typography"), date_order="none")


@given(st.binary(max_size=60).map(lambda raw: raw.replace(b"\x00", b"\n")), st.lists(st.integers(0, 60), max_size=6))
def test_ranges_side_by_side_give_every_line_once(data: bytes, cuts: list[int]) -> None:
    borders = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    file = io.BytesIO(data)
    parts = [list(in_range(file, start, end, 100)) for start, end in pairwise(borders)]
    assert all((line.data or b"").count(b"\n") <= 1 for part in parts for line in part)
    assert b"".join(line.data or b"" for part in parts for line in part) == data


def test_a_line_that_is_too_long_is_told_of_and_not_held() -> None:
    found = [(line.start, line.data, line.size) for line in split([b"short\n" + b"x" * 8, b"x" * 8 + b"\nlast"], 10)]
    assert found == [(0, b"short\n", 6), (6, None, 17), (23, b"last", 4)]


def pack(kind: str, data: bytes) -> bytes:
    if kind == ".gz":
        return gzip.compress(data[:9]) + gzip.compress(data[9:]) + b"\0" * 7
    zstandard = pytest.importorskip("zstandard", reason="zstandard is not installed")
    packed: bytes = zstandard.compress(data[:9]) + zstandard.compress(data[9:])
    return packed


def read(raw: bytes, packing_: str) -> bytes:
    return b"".join(unpacked(Stream(io.BytesIO(raw)), packing_, "in", DEFAULTS))


@pytest.mark.parametrize("kind", [".gz", ".zst"])
def test_packed_files_of_several_members_are_read_whole(kind: str) -> None:
    data = TEXT_OF.encode() * 20_000
    assert read(pack(kind, data), kind) == data


@pytest.mark.parametrize("kind", [".gz", ".zst"])
@pytest.mark.parametrize("how", ["cut", "garbage", "empty"])
def test_broken_packing_is_refused(tmp_path: Path, kind: str, how: str) -> None:
    whole = pack(kind, TEXT_OF.encode() * 50)
    raw = {"cut": whole[: len(whole) - 12], "garbage": b"no such thing", "empty": b""}[how]
    (tmp_path / f"a.txt{kind}").write_bytes(raw)
    (tmp_path / "b.txt").write_text(TEXT_OF, encoding="utf-8")
    items = list(read_all(find_inputs(str(tmp_path))))
    assert [item.reason for item in items if isinstance(item, Refusal)] == ["broken-packing"]
    assert isinstance(items[1], Taken)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a good line"}\n' + b" " * 2**24))
    taken, refused = read_all(find_inputs(str(tmp_path)), Limits(document_bytes=2**20))
    assert isinstance(taken, Taken)
    assert isinstance(refused, Refusal)
    assert refused.reason == "bomb"


def warc(kind: str, content_type: str, payload: bytes, name: str = "urn:1") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/{name}\r\nWARC-Record-ID: <{name}>\r\n"
    return (
        f"{head}Content-Type: {content_type}\r\nContent-Length: {len(payload)}\r\n\r\n".encode() + payload + b"\r\n\r\n"
    )


def test_warc_gives_the_texts_and_what_is_known_of_them() -> None:
    data = warc("warcinfo", "application/warc-fields", b"x") + warc("conversion", "text/plain", TEXT_OF.encode())
    chunks = [data[at : at + 7] for at in range(0, len(data), 7)]
    (item,) = read_warc(chunks, "in.wet", DEFAULTS)
    assert isinstance(item, Taken)
    assert (item.document.id, item.document.raw) == ("<urn:1>", TEXT_OF.encode())
    assert item.document.meta["url"] == "http://a.example/urn:1"


@pytest.mark.parametrize("torn", [b"WARC/1.0\r\nContent-Length: 99\r\n\r\nshort", b"no warc", b"WARC/1.0\r\n\r\n"])
def test_a_torn_warc_keeps_what_came_before(torn: bytes) -> None:
    taken, refused = read_warc([warc("conversion", "text/plain", TEXT_OF.encode()) + torn], "in.wet", DEFAULTS)
    assert isinstance(taken, Taken)
    assert isinstance(refused, Refusal)
    assert refused.reason == "broken-warc"


def test_html_names_its_extractor_in_the_record(tmp_path: Path) -> None:
    trafilatura = pytest.importorskip("trafilatura", reason="trafilatura is not installed")
    body = "".join(f"<p>{TEXT_OF} It came back at six, said the baker number {n}.</p>" for n in range(4))
    page = f"<html><body><nav>Home</nav><article><h1>Boats</h1>{body}</article></body></html>"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "p.html").write_text(page, encoding="utf-8")
    run(str(tmp_path / "in"), tmp_path / "out", BARE)
    assert Run.open(tmp_path / "out").verify() == 1
    (record,) = map(json.loads, (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines())
    assert record["meta"]["extractor"] == f"trafilatura {trafilatura.__version__}"
    assert "nobody on the pier" in (tmp_path / "out" / "clean" / "p.html.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_every_output_format_verifies(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    (tmp_path / "in").mkdir()
    rows = "".join(json.dumps({"text": TEXT_OF * 3, "n": n}) + "\n" for n in range(9))
    (tmp_path / "in" / "a.jsonl.gz").write_bytes(gzip.compress(rows.encode()))
    (tmp_path / "in" / "b.txt").write_text(TEXT_OF, encoding="utf-8")
    run(str(tmp_path / "in"), tmp_path / "out", BARE, form=form)
    assert Run.open(tmp_path / "out").verify() == 10
    assert (tmp_path / "out" / "clean").exists() is (form == "text")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a/b.txt", ("a/b.txt", False)), ("b.txt.gz", ("b.txt", False)), ("c.html", ("c.html.txt", False)),
        ("d.jsonl.zst", ("d.jsonl", True)), ("e.wet.gz", ("e.wet.jsonl", True)), ("f", ("f", False)),
    ],
)  # fmt: skip
def test_where_the_documents_of_a_source_go(source: str, name: tuple[str, bool]) -> None:
    assert document_file(source) == name


def files(count: int) -> list[SourceFile]:
    return [SourceFile(f"{n:04}.txt", f"{n:04}.txt", 300 + n % 7 * 90, TEXT) for n in range(count)]


def test_shards_hold_every_file_once_and_come_back_from_the_plan() -> None:
    shards = list(cut([*files(200), SourceFile("z.jsonl", "z.jsonl", 10_000, LINES)], 4_000))
    assert [piece.file.path for shard in shards for piece in shard.pieces if piece.end is None] == [
        file.path for file in files(200)
    ]
    assert [(p.start, p.end) for s in shards for p in s.pieces if p.end] == [(0, 4000), (4000, 8000), (8000, 10000)]
    assert max(shard.size for shard in shards) <= 4_000
    assert [Shard.load(shard.dump()) for shard in shards] == shards


def test_a_file_more_moves_few_borders() -> None:
    before = {shard.pieces for shard in cut(files(2_000), 40_000)}
    more = sorted([*files(2_000), SourceFile("0100b.txt", "0100b.txt", 500, TEXT)], key=lambda file: file.source)
    after = {shard.pieces for shard in cut(more, 40_000)}
    assert len(after - before) <= len(after) // 3


def test_clashing_ids_are_found_in_any_number_of_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_HELD", 3)
    paths = [tmp_path / f"{number}.ids" for number in range(3)]
    for number, path in enumerate(paths):
        rows = ids.IdRows()
        for n in range(20):
            rows.add(Document(f"same{n}" if n < 5 else f"{number}-{n}", b"one"))
        if number == 2:
            rows.add(Document("same3", b"two"))
        rows.write(path, Disk())
    assert {name for name, _, _ in ids.clashes(paths)} == {ids.id_hash("same3")}


def test_reading_and_skimming_agree_on_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\nbroken\n{"text": "Two."}\n', encoding="utf-8")
    (file,) = find_inputs(str(tmp_path)).walk()
    for piece in (Piece(file), Piece(file, 0, 20), Piece(file, 20, file.size)):
        reader = PieceReader(tmp_path, piece)
        assert list(reader.items())
        assert PieceReader(tmp_path, piece).skim() == reader.digest
