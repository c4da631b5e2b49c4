"""A reviewer's session from end to end: what was decided once is followed by every later run."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.io.store import Run
from cleanse.ledger import Record, Verdict

PROJECT = Path(__file__).parent.parent
RENAMED = ("boilerplate", "trailers")


def cleanse(*args: object, code: int = 0) -> str:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def records(out: Path) -> Iterator[tuple[str, Record]]:
    for cleaned in Run.open(out).documents():
        yield from ((cleaned.ledger.origin.document, record) for record in cleaned.ledger.records)


def texts(out: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (out / "clean").iterdir()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three seeds, cleaned; a copy of two tables in which every rule has another name."""
    folder = tmp_path_factory.mktemp("session")
    (folder / "in").mkdir()
    (folder / "rules").mkdir()
    for number in ("001", "003", "004"):
        (path,) = (PROJECT / "seeds").glob(f"{number}*")
        shutil.copy(path, folder / "in")
    for table in RENAMED:
        text = (PROJECT / "rules" / f"{table}.toml").read_text(encoding="utf-8")
        renamed = re.sub(r'^(id\s*= )"(.*)"$', r'\1"\2-renamed"', text, flags=re.MULTILINE)
        assert renamed != text
        (folder / "rules" / f"{table}.toml").write_text(renamed, encoding="utf-8")
    cleanse("run", folder / "in", folder / "first", "--quiet")
    return folder


def test_who_has_no_name_decides_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    file = folder / "nobody.jsonl"
    (_, record), *_ = records(folder / "first")
    for words in (("--accept", record.id), ("--port", 0)):
        said = cleanse("review", folder / "first", *words, "--decisions", file, code=2)
        assert "give --by NAME, or set CLEANSE_REVIEWER" in said
    assert not file.exists()
    cleanse("review", folder / "first", "--json", "--decisions", file)


def test_a_session(folder: Path) -> None:
    first = texts(folder / "first")
    removed = [
        (document, record)
        for document, record in records(folder / "first")
        if record.verdict is Verdict.APPLIED
        and record.proposal.kind == "substance"
        and record.proposal.rule.partition("/")[0] in RENAMED
        and record.proposal.edit.after == ""
    ]
    rejected = [removed[0], removed[-1]]
    shown = next(
        (document, record)
        for document, record in records(folder / "first")
        if record.verdict is Verdict.WITHHELD and record.proposal.edit.after.isalpha()
    )
    file = folder / "decisions.jsonl"
    ids = [record.id for _, record in rejected]
    cleanse("review", folder / "first", "--reject", *ids, "--by", "ann", "--decisions", file)
    cleanse("review", folder / "first", "--accept", shown[1].id, "--by", "ann", "--decisions", file)

    cleanse("run", folder / "in", folder / "second", "--decisions", file, "--rules", folder / "rules", "--quiet")
    cleanse("verify", folder / "second")

    # The ledger follows, although the rules that were rejected have other names by now.
    after = {record.id: record for _, record in records(folder / "second")}
    for name in ids:
        assert after[name].verdict is Verdict.REJECTED
        assert after[name].proposal.rule.endswith("-renamed")
        assert after[name].note == "a reviewer rejected it"
    assert after[shown[1].id].verdict is Verdict.APPLIED
    assert after[shown[1].id].note == "a reviewer accepted it"

    # So does the text: what was rejected stands in it again, what was accepted is new in it, nothing else has changed.
    second = texts(folder / "second")
    for document, record in rejected:
        words = record.proposal.edit.before.split()
        assert " ".join(words) in " ".join(second[document].split())
        assert " ".join(words) not in " ".join(first[document].split())
    edit = shown[1].proposal.edit
    assert second[shown[0]].count(edit.after) == first[shown[0]].count(edit.after) + 1
    untouched = first.keys() - {document for document, _ in (*rejected, shown)}
    assert {name: second[name] for name in untouched} == {name: first[name] for name in untouched}

    # And every decision says what became of it.
    settled = [json.loads(line) for line in (folder / "second" / "decided.jsonl").read_text().splitlines()]
    assert [row["state"] for row in settled] == ["followed"] * 3

    # Under their old names the rules give the same text.
    cleanse("run", folder / "in", folder / "third", "--decisions", file, "--quiet")
    assert texts(folder / "third") == second


def test_a_session_leaves_inputs_and_the_reviewed_run_alone(folder: Path) -> None:
    for path in (folder / "in").iterdir():
        assert path.read_bytes() == (PROJECT / "seeds" / path.name).read_bytes()
    cleanse("verify", folder / "first")


def test_goldens_of_a_reviewed_run_are_those_of_the_project(folder: Path) -> None:
    """What `--to-golden` writes is what `make golden` writes and `test_golden` compares."""
    file = folder / "all.jsonl"
    (name,) = (path.name for path in (folder / "in").glob("001*"))
    ids = [r.id for d, r in records(folder / "first") if d == name and r.verdict is Verdict.APPLIED]
    cleanse("review", folder / "first", "--accept", *ids, "--decisions", file)
    cleanse("review", "export", folder / "first", "--decisions", file, "--to-golden", folder / "golden")
    written = sorted((folder / "golden").iterdir())
    assert len(written) == 3
    for path in written:
        assert path.read_bytes() == (PROJECT / "golden" / path.name).read_bytes()


def test_a_tampered_ledger_writes_no_golden_elsewhere(folder: Path) -> None:
    out = folder / "tampered"
    shutil.copytree(folder / "first", out)
    for name in ("ledger.jsonl", "documents.jsonl"):
        lines = (out / name).read_text(encoding="utf-8")
        (out / name).write_text(re.sub(r'"001_\w+\.txt"', '"../../away.txt"', lines), encoding="utf-8")
    file = folder / "tampered.jsonl"
    ids = [r.id for d, r in records(out) if d == "../../away.txt" and r.verdict is Verdict.APPLIED]
    cleanse("review", out, "--accept", *ids, "--decisions", file)
    said = cleanse("review", "export", out, "--decisions", file, "--to-golden", folder / "deep" / "golden", code=3)
    assert "would lie outside" in said
    assert not (folder / "away.txt").exists()


def test_a_later_crawl_follows_what_was_decided_on_an_earlier_one(folder: Path) -> None:
    """Another header, straight quotes, a paragraph before, other line breaks: decisions are found again."""
    document, record = next(
        (document, record)
        for document, record in records(folder / "first")
        if record.verdict is Verdict.APPLIED and record.proposal.rule.startswith("spinner")
    )
    file = folder / "crawl.jsonl"
    cleanse("review", folder / "first", "--reject", record.id, "--decisions", file)
    again = folder / "crawled"
    again.mkdir()
    text = (folder / "in" / document).read_text(encoding="utf-8")
    later = "Breaking\n\n" + text.replace("“", '"').replace("”", '"').replace("\n\n", "\n \n")
    (again / "moved.txt").write_text(later, encoding="utf-8")
    cleanse("run", again, folder / "later", "--decisions", file, "--quiet")
    (row,) = [json.loads(line) for line in (folder / "later" / "decided.jsonl").read_text().splitlines()]
    assert row["state"] == "found"
    found = [r for _, r in records(folder / "later") if r.verdict is Verdict.REJECTED]
    assert [r.proposal.edit.before for r in found] == [record.proposal.edit.before]
