"""The page of `cleanse review` in a browser: keys, what reaches the disk, and that no document acts in it."""

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from browser.looking import faint, nameless, too_wide
from cleanse.io.catalogue import Catalogue, located
from cleanse.io.store import Run
from cleanse.ledger import Verdict
from cleanse.review.server import application, listen, server
from cleanse.review.session import Session
from cleanse.visible import visible

FOREIGN = "img, svg, math, iframe, object, embed, link:not([href='data:,']), base, meta[http-equiv], template, form"


@contextmanager
def served(run: Run, file: Path) -> Iterator[str]:
    """The address of the page over a run, served by a thread."""
    catalogue = Catalogue.of(run, located(run, run.documents()))
    session = Session.begin(catalogue, file, "ann", lambda: "2026-11-22T01:00:00Z")
    with listen(0) as listening:
        host = f"127.0.0.1:{listening.getsockname()[1]}"
        serving = server(application(session, host, "secret"))
        thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
        thread.start()
        while not serving.started and thread.is_alive():
            time.sleep(0.02)
        yield f"http://{host}/?token=secret"
        serving.should_exit = True
        thread.join(10)
    catalogue.close()


class Reviewer:
    """Somebody at the keyboard, and the decisions file."""

    def __init__(self, watched: Any, file: Path) -> None:
        self.watched, self.page, self.file = watched, watched.page, file
        self.page.wait_for_selector("#card:not([hidden])")

    @property
    def id(self) -> str:
        return str(self.page.locator("#id").text_content())

    def press(self, key: str, written: int = 0) -> str:
        """Press a key that shows another edit, and see that so many lines were written; the id of the one before."""
        before, lines = self.id, len(self.lines)
        self.page.keyboard.press(key)
        self.page.wait_for_function(
            "before => document.getElementById('card').hidden || document.getElementById('id').textContent !== before",
            arg=before,
        )
        self.page.wait_for_timeout(50)
        assert len(self.lines) == lines + written
        return before

    @property
    def lines(self) -> list[dict[str, Any]]:
        text = self.file.read_text(encoding="utf-8") if self.file.exists() else ""
        return [json.loads(line) for line in text.splitlines()]

    def turn(self) -> None:
        self.page.keyboard.press("t")
        self.page.wait_for_timeout(300)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reviews" / "decisions.jsonl"


@pytest.fixture
def reviewer(seeds: Run, open_page: Any, file: Path) -> Iterator[Reviewer]:
    with served(seeds, file) as address:
        reviewer = Reviewer(open_page(address), file)
        yield reviewer
        reviewer.watched.assert_nothing_ran(address.partition("?")[0])


def test_keys_decide_and_take_back(reviewer: Reviewer) -> None:
    first = reviewer.press("a", 1)
    second = reviewer.press("x", 1)
    third = reviewer.press(" ", 1)
    assert [line["decision"] for line in reviewer.lines] == ["accept", "reject", "skip"]
    assert len({first, second, third, reviewer.id}) == 4
    standing = reviewer.page.locator("#standing")
    assert re.match(r"3 of \d+ judged, 1 wrong, 1 skipped: at most", standing.inner_text())
    reviewer.press("u", 1)
    assert reviewer.id == third
    reviewer.press("u", 1)
    assert reviewer.id == second
    assert re.match(r"1 of \d+ judged, 0 wrong, 0 skipped", standing.inner_text())
    assert [line["decision"] for line in reviewer.lines[3:]] == ["withdraw"] * 2


def test_steps_go_among_the_undecided_and_among_all(reviewer: Reviewer) -> None:
    first = reviewer.press("a", 1)
    second = reviewer.press("j")
    third = reviewer.press("j")
    fourth = reviewer.id
    reviewer.press("k")
    assert reviewer.id == third
    reviewer.press("k")
    assert reviewer.id == second
    reviewer.press("K")
    assert (reviewer.id, reviewer.page.locator("#word").inner_text()) == (first, "accept")
    reviewer.press("x", 1)
    assert reviewer.id == second
    reviewer.press("J")
    reviewer.press("J")
    assert reviewer.id == fourth
    reviewer.page.keyboard.press("k")
    reviewer.page.wait_for_timeout(200)
    assert [line["decision"] for line in reviewer.lines] == ["accept", "reject"]


def test_notes_and_better_texts_are_kept(reviewer: Reviewer) -> None:
    page = reviewer.page
    page.keyboard.press("n")
    page.keyboard.type("axj are letters here")
    page.keyboard.press("Enter")
    reviewer.press("a", 1)
    page.keyboard.press("e")
    page.locator("#should").fill("something else")
    reviewer.press("Enter", 1)
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    assert page.locator("#typing").is_hidden()
    assert [(line["decision"], line["note"], line["edit"]) for line in reviewer.lines] == [
        ("accept", "axj are letters here", None), ("edit", "", "something else")
    ]  # fmt: skip


def test_the_hunt_begins_with_what_was_held_back_and_kinds_are_decided_after_a_look(
    reviewer: Reviewer, seeds: Run
) -> None:
    page = reviewer.page
    page.locator("#queue").select_option("hunt")
    page.wait_for_function("() => document.getElementById('effect').textContent === 'proposed only'")
    records = {r.id: r for cleaned in seeds.documents() for r in cleaned.ledger.records}
    assert records[reviewer.id].verdict is Verdict.WITHHELD
    for _ in range(40):
        if "Undecided edits of this kind" in page.locator("#others").inner_text():
            break
        reviewer.press("j")
    kind = reviewer.id
    page.keyboard.press("X")
    page.wait_for_selector("#many[open]")
    count = int("".join(filter(str.isdigit, page.locator("#many-title").inner_text())))
    assert count > 1
    assert page.locator("#members li").count() == min(5, count - 1)
    page.keyboard.press("Escape")
    assert not reviewer.file.exists()
    page.keyboard.press("X")
    page.locator("#yes").click()
    page.wait_for_function("before => document.getElementById('id').textContent !== before", arg=kind)
    assert [line["decision"] for line in reviewer.lines] == ["reject"] * count
    reviewer.press("u", count)
    assert reviewer.id == kind
    page.keyboard.press("A")
    page.locator("#many [data-close]").click()
    assert len(reviewer.lines) == 2 * count


def test_what_was_kept_has_a_tab_and_answers_of_its_own(reviewer: Reviewer) -> None:
    page = reviewer.page
    reviewer.turn()
    assert page.locator("h1").inner_text() == "Is this text right as it is?"
    assert page.locator("[data-key=A], [data-key=R], #filter, #queue").locator("visible=true").count() == 0
    for key in ("a", "x", "d"):
        reviewer.press(key, 1)
    page.keyboard.press("w")
    page.locator("#should").fill("A better line.")
    reviewer.press("Enter", 1)
    assert [line["decision"] for line in reviewer.lines] == ["keep", "missed", "missed", "wrong"]
    assert {line["scope"] for line in reviewer.lines} == {"kept"}
    standing = page.locator("#standing").inner_text()
    assert re.match(r"4 of \d+ judged, 2 should be gone, 1 wrong, 0 skipped", standing)
    assert "lines went: at least" in page.locator("#caution").inner_text()
    page.locator("#changed").click()
    page.wait_for_selector("#asked:not([hidden])")
    reviewer.press("u", 1)
    assert page.locator("h1").inner_text() == "Is this text right as it is?"


def test_the_fixed_plan_says_that_stopping_early_is_not_covered(reviewer: Reviewer) -> None:
    page = reviewer.page
    assert "not before: to stop early, choose the anytime plan" in page.locator("#caution").inner_text()
    page.locator("#plan").select_option("anytime")
    assert "You may stop after any of them" in page.locator("#caution").inner_text()
    page.locator("#card").focus()
    reviewer.press("a", 1)
    assert page.locator("#standing").inner_text().startswith("1 judged in order: at most")


def test_document_rule_guards_and_filter_are_a_key_away(reviewer: Reviewer) -> None:
    page = reviewer.page
    short = len(page.locator("#text").inner_text())
    page.keyboard.press("c")
    page.wait_for_selector("#text.whole")
    page.wait_for_function("short => document.getElementById('text').innerText.length > short", arg=short)
    page.keyboard.press("c")
    page.wait_for_selector("#text:not(.whole)")
    for key, title in (("R", page.locator("#rule").inner_text()), ("g", "Guards to consider")):
        page.keyboard.press(key)
        page.wait_for_selector("#about[open]")
        assert title in page.locator("#about-title").inner_text()
        page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("provenance/*")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('rule').textContent.startsWith('provenance/')")
    for key in ("?", "q"):
        page.keyboard.press(key)
        assert page.locator("dialog[open]").count() == 1
        page.keyboard.press("a")
        page.keyboard.press("Escape")
    assert not reviewer.file.exists()


def test_nothing_of_a_document_runs_and_all_of_it_is_shown(hostile: Run, open_page: Any, file: Path) -> None:
    records = {r.id: r for cleaned in hostile.documents() for r in cleaned.ledger.records}
    with served(hostile, file) as address:
        reviewer = Reviewer(open_page(address), file)
        page = reviewer.page
        elements = page.locator("body *").count()
        seen = set()
        for _ in range(60):
            edit = records[reviewer.id].proposal.edit
            for name, text in (("del", edit.before), ("ins", edit.after)):
                if len(text) < 1_000:
                    shown = "".join(page.locator(f"#text {name}").all_text_contents())
                    assert shown.replace("⏎\n", "⏎") == visible(text)
            page.keyboard.press("c")
            page.wait_for_selector("#text.whole")
            seen.add(reviewer.press("j"))
            assert reviewer.watched.count(FOREIGN) == 0
        assert len(seen) == 60
        page.keyboard.press("R")
        page.wait_for_selector("#about[open]")
        page.keyboard.press("Escape")
        reviewer.turn()
        for _ in range(5):
            reviewer.press("d", 1)
        assert (reviewer.watched.count("script"), reviewer.watched.count("style"), reviewer.watched.count(FOREIGN)) == (
            1,
            1,
            0,
        )
        assert abs(page.locator("body *").count() - elements) < 60, "lists of evidence and of facts are all that grows"
        reviewer.watched.assert_nothing_ran(address.partition("?")[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_everybody_can_read_and_use_it(
    seeds: Run, hostile: Run, open_page: Any, file: Path, scheme: str, width: int
) -> None:
    for run in (seeds, hostile):
        with served(run, file) as address:
            reviewer = Reviewer(open_page(address, width=width, color_scheme=scheme), file)
            page = reviewer.page

            def looked() -> None:
                assert (faint(page), nameless(page), too_wide(page)) == ([], [], [])  # noqa: B023 - called here alone

            looked()
            page.locator("summary").first.click() if page.locator("summary").first.is_visible() else None
            page.keyboard.press("e")
            looked()
            page.keyboard.press("Escape")
            page.keyboard.press("c")
            page.wait_for_selector("#text.whole")
            looked()
            for key in ("?", "R", "q", "A"):
                page.keyboard.press(key)
                page.wait_for_selector("dialog[open]")
                looked()
                page.keyboard.press("Escape")
            reviewer.turn()
            looked()
            page.locator("#plan").select_option("anytime")
            looked()
