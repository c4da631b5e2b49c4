"""Files in: what is taken, what is refused, and that nothing is lost or written to."""

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanse.errors import UsageError
from cleanse.io.files import find_inputs
from cleanse.io.lines import with_text
from cleanse.io.plan import Piece
from cleanse.io.readers import PieceReader, Refusal, Taken, read_all
from cleanse.io.store import Run
from cleanse.ledger_io import encode
from cleanse.limits import DEFAULTS
from cleanse.running import run
from cleanse.settings import Settings

TEXT = "The ferry left at noon, and nobody on the pier was surprised.\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(where: Path) -> tuple[list[str], list[str]]:
    """Ids that were taken, reasons of what was not."""
    items = list(read_all(find_inputs(str(where))))
    taken = [item.document.id for item in items if isinstance(item, Taken)]
    return taken, [item.reason for item in items if isinstance(item, Refusal)]


def test_a_tree_is_read_in_the_order_of_its_names(tmp_path: Path) -> None:
    write(tmp_path, {"b.txt": TEXT, "a/z.md": TEXT, "a/c.txt": TEXT, "skip.png": b"x", ".hidden.txt": TEXT})
    assert read(tmp_path) == (["a/c.txt", "a/z.md", "b.txt"], [])
    assert [file.source for file in find_inputs(str(tmp_path)).walk() if not file.kind] == ["skip.png"]


def test_a_file_or_a_glob_will_do(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.text": TEXT, "deep/c.txt": TEXT})
    assert read(tmp_path / "b.text") == (["b.text"], [])
    assert read(tmp_path / "**" / "*.txt") == (["a.txt", "deep/c.txt"], [])


def test_links_and_devices_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"in/a.txt": TEXT, "outside/secret.txt": TEXT})
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    assert read(tmp_path / "in") == (["a.txt"], [])


@pytest.mark.parametrize("where", ["nothing", "empty", "*.none"])
def test_nothing_to_read_is_said_at_once(tmp_path: Path, where: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match=r"no such file|nothing to read"):
        find_inputs(str(tmp_path / where))


def test_what_is_no_text_is_set_aside_with_its_reason(tmp_path: Path) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
    write(tmp_path, {"a.txt": png, "b.txt": TEXT, "c.txt": "x" * (DEFAULTS.document_chars + 1), "empty.txt": b""})
    assert read(tmp_path) == (["b.txt", "empty.txt"], ["binary", "too-large"])


@pytest.mark.parametrize(
    "raw", [b"Caf\xe9 \x93no\x94\n", b"\xff\xfeH\x00i\x00", b"caf\xc3\xa9 \xff\n", b"\xef\xbb\xbfHi\n"]
)
def test_odd_encodings_are_text(tmp_path: Path, raw: bytes) -> None:
    assert read(write(tmp_path, {"a.txt": raw})) == (["a.txt"], [])


def test_json_lines_carry_the_rest_along_and_lose_no_good_line(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": 7, "text": TEXT, "lang": "en"}),
        "",
        '{"id": "torn", "text": "x',
        "[1]",
        json.dumps({"text": "no id"}),
        json.dumps({"id": "lone", "text": "a\ud800b"}),
    ]
    items = list(read_all(find_inputs(str(write(tmp_path, {"in.jsonl": "\n".join(lines)}) / "in.jsonl"))))
    taken = [item.document for item in items if isinstance(item, Taken)]
    assert [document.id for document in taken] == ["7", "in.jsonl:5", "lone"]
    assert taken[0].meta["lang"] == "en"
    assert taken[2].decoded.text == "a\ufffdb"
    assert [item.source for item in items if isinstance(item, Refusal)] == ["in.jsonl:3", "in.jsonl:4"]


def test_one_id_for_two_texts_is_refused_and_for_one_text_twice_is_not(tmp_path: Path) -> None:
    bare = Settings(stages=("decode",))
    same = [json.dumps({"id": "a", "text": TEXT})] * 2
    write(tmp_path, {"same.jsonl": "\n".join(same), "other.jsonl": "\n".join([*same, '{"id": "a", "text": "Other."}'])})
    assert run(str(tmp_path / "same.jsonl"), tmp_path / "out", bare).tally.documents == 2
    with pytest.raises(UsageError, match=r"'a': other\.jsonl:1 and other\.jsonl:3"):
        run(str(tmp_path / "other.jsonl"), tmp_path / "new", bare)
    assert not (tmp_path / "new").exists()
    with pytest.raises(UsageError, match=r"'a': other\.jsonl:1 and other\.jsonl:3"):
        run(str(tmp_path / "other.jsonl"), tmp_path / "out", bare)
    assert Run.open(tmp_path / "out").verify() == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT})
    (tmp_path / "a.txt").chmod(0)
    assert read(tmp_path) == (["b.txt"], ["unreadable"])


def test_a_file_that_vanishes_between_listing_and_reading_is_set_aside(tmp_path: Path) -> None:
    files = list(find_inputs(str(write(tmp_path, {"a.txt": TEXT, "b.txt": TEXT}))).walk())
    (tmp_path / "a.txt").unlink()
    items = [item for file in files for item in PieceReader(tmp_path, Piece(file)).items()]
    assert [isinstance(item, Refusal) for item in items] == [True, False]


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.just("text"), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.lists(st.tuples(st.text() | st.just("text"), _VALUES), max_size=4),
    st.text(),
    st.booleans(),
    st.sampled_from(["", " ", "\t ", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le"]),
)
def test_another_text_in_a_line_changes_nothing_else(
    fields: list[tuple[str, object]], text: str, plain: bool, space: str, encoding: str
) -> None:
    def line(last: str) -> bytes:
        pairs = [(json.dumps(k, ensure_ascii=plain), json.dumps(v, ensure_ascii=plain)) for k, v in fields]
        pairs += [('"text"', last), ('"n"', "1E5")]
        inner = f"{space},{space}".join(f"{key}{space}:{space}{value}" for key, value in pairs)
        return f"{space}{{{space}{inner}{space}}}{space}\r\n".encode(encoding)

    before = line('"\\u0041"')
    assert json.loads(before)["text"] == "A"
    after = with_text(before, text)
    assert after == (before if text == "A" else line(encode(text)))
