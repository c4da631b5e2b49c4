"""Repeated lines: exact counts in bounded memory, a table a person can read, and an ordinary stage that uses it."""

import json
from collections import Counter
from pathlib import Path

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cleanse.cli import main
from cleanse.corpus.repeated import count, lines_of, repeated
from cleanse.corpus.table import is_sure, learned_table
from cleanse.io.spill import Spill
from cleanse.io.store import Run
from cleanse.model import Document
from cleanse.pipeline import Pipeline
from cleanse.rules import load_rules
from cleanse.rules.contract import breaches
from cleanse.rules.sources import source_of
from cleanse.settings import Settings
from helpers import BODY

SENTENCE = "The harbour office opens again on the first of May, as it does each year."


def pages(number: int = 40) -> list[Document]:
    """Two sites; each has furniture that the other has not, a sub-head, and a sentence that it repeats."""
    found = []
    for at in range(number):
        site = "alpha.example" if at % 2 else "beta.example"
        nth = " ".join(f"w{at}x{n}" for n in range(12))
        text = (
            f"Quayside {site} weekly\n\n{BODY}\nWhat happened next\n\nNobody had seen {nth}, they said on Monday.\n\n"
            f"{BODY}\n{SENTENCE if at % 4 == 1 else ''}\n"
            f"Tide tables “here”  and [there]\n{'Only sometimes shown here' if at % 20 == 0 else ''}\n"
        )
        found.append(Document(f"{at:03}", text.encode(), "in.jsonl", {"url": f"https://www.{site}/{at}"}))
    return found


def learn(documents: list[Document], keys: int = 300_000) -> bytes:
    spill = Spill(keys=keys)
    sources = count(documents, "url", spill)
    return learned_table(repeated(spill.sums(), sources), "url", sources.total())


def test_sources_are_told_by_address_column_or_folder() -> None:
    page = Document("x", b"", "a/b/c.txt", {"url": "https://www.Example.org:80/x", "site": "s", "n": 3})
    found = [source_of(page, by) for by in ("url", "site", "n", "none", "folder")]
    assert found == ["example.org", "s", "", "", "a"]
    assert source_of(Document("x", b"", "c.txt", {"url": "http://[broken"}), "url") == ""
    assert source_of(Document("x", b"", "c.txt"), "folder") == ""


def test_counts_are_those_of_brute_force() -> None:
    spill = Spill()
    sources = count(pages(), "url", spill)
    assert sources == {"alpha.example": 20, "beta.example": 20}
    brute: Counter[tuple[str, str]] = Counter()
    for page in pages():
        brute.update({(source_of(page, "url"), text) for text, _, _ in lines_of(page.decoded.text)})
    wanted = {key: n for key, n in brute.items() if n >= 5}
    assert {(line.source, line.text): line.documents for line in repeated(spill.sums(), sources)} == wanted


def test_order_and_memory_change_nothing() -> None:
    assert learn(pages()) == learn(pages()[::-1]) == learn(pages(), keys=7)


@given(st.lists(st.tuples(st.text(max_size=3), st.integers(0, 9))), st.integers(1, 5))
def test_a_spill_is_a_counter(rows: list[tuple[str, int]], keys: int) -> None:
    spill, wanted = Spill(keys=keys), Counter[str]()
    for key, number in rows:
        spill.add((key, "x"), number, 1)
        wanted[key] += number
    found = list(spill.sums())
    assert {key: numbers[0] for (key, _), numbers in found} == wanted
    assert [numbers[1] for _, numbers in found] == [sum(k == key for k, _ in rows) for (key, _), _ in found]


def test_what_is_doubtful_is_only_shown(tmp_path: Path) -> None:
    (tmp_path / "learned.toml").write_bytes(learn(pages()))
    rules = load_rules(tmp_path).for_stage("learned")
    labels = {rule.examples[1].removeprefix("She read: "): rule.apply.label for rule in rules if "alpha" in rule.source}
    assert labels == {
        "Quayside alpha.example weekly": "safe", "Tide tables “here” and [there]": "safe",
        "What happened next": "display",
        SENTENCE: "display",
        **dict.fromkeys((line for line in BODY.splitlines() if line), "display"),
    }  # fmt: skip
    assert [breach for rule in rules for breach in breaches(rule)] == []


def test_the_table_is_an_ordinary_stage_for_its_own_source(tmp_path: Path) -> None:
    (tmp_path / "learned.toml").write_bytes(learn(pages()))
    pipeline = Pipeline.default(Settings(rules=tmp_path))
    assert "learned" in [stage.name for stage in pipeline.stages]
    assert pipeline.rules_digest != Pipeline.default().rules_digest
    page = pages()[1]
    outcome = pipeline.run(page)
    gone = {r.proposal.edit.before.strip(): r.proposal.rule for r in outcome.changes if r.stage == "learned"}
    assert set(gone) == {"Quayside alpha.example weekly", "Tide tables “here”  and [there]"}
    assert "of 20 documents of alpha.example" in next(
        r.proposal.reason for r in outcome.changes if r.stage == "learned"
    )
    outcome.ledger.verify(page.raw, outcome.text)
    elsewhere = Document("x", page.raw, "in.jsonl", {"url": "https://gamma.example"})
    assert not [r for r in pipeline.run(elsewhere).ledger.records if r.stage == "learned"]


def test_without_a_table_there_is_no_such_stage() -> None:
    assert "learned" not in [stage.name for stage in Pipeline.default().stages]


def test_commands(tmp_path: Path) -> None:
    rows = [{"id": page.id, "text": page.decoded.text, **page.meta} for page in pages()]
    (tmp_path / "in.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    table = tmp_path / "learned" / "learned.toml"
    done = CliRunner().invoke(main, ["corpus", "lines", str(tmp_path / "in.jsonl"), "-o", str(table)])
    assert done.exit_code == 0, done.output
    assert table.read_bytes() == learn(pages())
    again = CliRunner().invoke(main, ["corpus", "lines", str(tmp_path / "in.jsonl"), "-o", str(table)])
    assert again.exit_code == 3
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["run", str(tmp_path / "in.jsonl"), str(out), "--rules", str(table.parent), "-q"])
    assert done.exit_code == 0, done.output
    assert Run.open(out).verify() == 40
    assert all("Quayside" not in cleaned.text for cleaned in Run.open(out).documents())
    assert is_sure(next(repeated(iter([(("s", "t"), (10, 9, 0))]), Counter(s=100))))
