"""What was kept: a population of lines, answers of its own kind, and a bound on what was missed."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cleanse.cli import main
from cleanse.decisions.anchoring import Raw
from cleanse.decisions.book import Book
from cleanse.decisions.decision import Word, dump, load
from cleanse.decisions.making import Said, on_kept, taken_back
from cleanse.errors import UsageError
from cleanse.io.store import Run
from cleanse.model import Document
from cleanse.pipeline import Pipeline
from cleanse.signoff.bounds import upper
from cleanse.signoff.certificate import KEPT, Item, Plan, Standing
from cleanse.signoff.kept import find, lines_gone, passages

TEXT = (
    "Menu\n\nThe pact number {n} was signed on Monday by the two leaders of the north.\n\nHe didnâ€™t say {n} a word.\n"
)


def cleanse(*args: object, code: int = 0) -> Result:
    done = CliRunner().invoke(main, [str(arg) for arg in args], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "in").mkdir()
    for number in range(200):
        (folder / "in" / f"{number:03}.txt").write_text(TEXT.format(n=number), encoding="utf-8")
    cleanse("run", folder / "in", folder / "out", "--quiet")
    return folder / "out"


def test_every_line_that_is_not_blank_is_a_passage_with_its_place_in_the_raw_text() -> None:
    made = Pipeline.default().run(Document.from_text(TEXT.format(n=7), "doc"))
    found = list(passages(made.ledger, made.text))
    assert [made.text[one.start : one.end] for one in found] == [line for line in made.text.split("\n") if line]
    raw = TEXT.format(n=7)
    assert [raw[slice(*one.raw)] for one in found] == [line for line in raw.split("\n")[2:] if line]
    assert len({one.id for one in found}) == len(found)
    assert lines_gone(made.ledger) == 1


def test_an_edit_and_the_line_it_made_are_two_things_to_decide_about() -> None:
    text = TEXT.format(n=7)
    made = Pipeline.default().run(Document.from_text(text, "doc"))
    line = next(passages(made.ledger, made.text))
    said = Said(Word.SKIP, "ann", "2026-01-01T00:00:00Z")
    kept = on_kept(made.ledger, Raw(text), made.text, (line.start, line.end), said)
    assert kept.scope == "kept"
    assert kept.edit_id == line.id
    assert load(dump(kept)) == kept
    edit = replace(kept, before="The pacts", scope="edit")
    assert len(Book((edit, kept)).current) == 2
    assert taken_back(kept, said).place == kept.place
    assert not Book((kept, taken_back(kept, said))).current


def standing(words: list[Word], population: int = 1_000, gone: int = 50, plan: Plan | None = None) -> Standing:
    made = Pipeline.default().run(Document.from_text("".join(f"Line {n} left at noon.\n" for n in range(400)), "doc"))
    raw, items, said = Raw(made.text), [], []
    for line, word in zip(passages(made.ledger, made.text), words, strict=False):
        decision = on_kept(made.ledger, raw, made.text, (line.start, line.end), Said(word))
        items.append(Item(line.id, "doc", decision.place, "", decision.before))
        said.append(decision)
    return Standing(plan or Plan(), "seed", population, items, Book(tuple(said)), KEPT, gone)


def test_recall_is_bounded_by_what_may_have_been_missed() -> None:
    some = standing([Word.KEEP] * 296 + [Word.MISSED, Word.WRONG, Word.SKIP])
    assert (some.defects, some.count(Word.MISSED)) == (3, 1)
    assert some.bound == upper(3, 299)
    assert some.recall == pytest.approx(50 / (50 + 1_000 * upper(2, 299)))
    counts = some.certificate()["counts"]
    assert counts == {"right": 296, "missed": 1, "wrong": 1, "skipped": 1}


def test_where_every_line_was_looked_at_recall_is_known() -> None:
    whole = standing([Word.KEEP] * 98 + [Word.MISSED, Word.WRONG], population=100)
    assert whole.whole
    assert whole.recall == 50 / 51


def test_lines_are_found_by_their_ids_and_by_nothing_else(out: Path) -> None:
    run = Run.open(out)
    first = next(run.documents())
    line = next(passages(first.ledger, first.text))
    assert find(run.documents(), [line.id[:8]])[line.id[:8]][1] == line
    for name in ("000000000000", ""):
        with pytest.raises(UsageError):
            find(run.documents(), [name])


def test_a_kept_sample_is_signed_like_any_other(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    told = cleanse("signoff", out, "--of", "kept", "--json", "--decisions", file, code=1)
    asked = json.loads(told.stdout.splitlines()[0])
    assert (asked["population"], len(asked["open"]), asked["gone"]) == (400, 299, 200)
    cleanse("review", out, "--keep", *asked["open"], "--by", "ann", "--decisions", file)
    said = cleanse("signoff", out, "--of", "kept", "--decisions", file).stdout
    assert "signed: at most 0.997% is wrong" in said
    assert "recall: 200 lines went; at least 98.0% of those that should have" in said
    assert "applied edits of substance: none of" in said
    cleanse("signoff", "verify", tmp_path / "signoff-kept.json", out, "--decisions", file)
    cleanse("review", out, "--missed", asked["open"][0], "--decisions", file)
    cleanse("signoff", "verify", tmp_path / "signoff-kept.json", out, "--decisions", file, code=3)
    edits, kept = map(json.loads, cleanse("review", out, "--json", "--decisions", file).stdout.splitlines())
    assert (edits["of"], edits["counts"]["accepted"]) == ("edits", 0)
    assert (kept["of"], kept["counts"]["missed"], kept["signed"]) == ("kept", 1, False)


def test_a_run_passes_over_what_was_said_of_kept_lines(out: Path, tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    name = json.loads(cleanse("signoff", out, "--of", "kept", "--json", code=1).stdout.splitlines()[0])["open"][0]
    cleanse("review", out, "--wrong", name, "--decisions", file)
    cleanse("review", out, "--skip", name, "--decisions", file)
    cleanse("run", out.parent / "in", tmp_path / "again", "--decisions", file, "--quiet")
    assert (tmp_path / "again" / "ledger.jsonl").read_bytes() == (out / "ledger.jsonl").read_bytes()
    cleanse("review", out, "--withdraw", name, "--decisions", file)
    assert not Book(tuple(load(line) for line in file.read_text("utf-8").splitlines())).current


@pytest.mark.parametrize("option", ["--keep", "--missed", "--wrong"])
def test_an_edit_is_no_kept_line(out: Path, tmp_path: Path, option: str) -> None:
    record = next(Run.open(out).documents()).ledger.applied[0]
    done = cleanse("review", out, option, record.id, "--decisions", tmp_path / "d.jsonl", code=2)
    assert "no kept line is called" in done.output
    assert not (tmp_path / "d.jsonl").exists()


def test_where_all_was_judged_nothing_is_estimated(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The ferry left the harbour at noon.\nNobody waved.\n", encoding="utf-8")
    folder, file = tmp_path / "out", tmp_path / "decisions.jsonl"
    cleanse("run", tmp_path / "in", folder)
    asked = json.loads(cleanse("signoff", folder, "--of", "kept", "--json", "--decisions", file, code=1).stdout)
    cleanse("review", folder, "--keep", *asked["open"], "--by", "ann", "--decisions", file)
    assert (
        "signed: all were judged, none of them wrong"
        in cleanse("signoff", folder, "--of", "kept", "--decisions", file).stdout
    )
