"""`report.html` in a browser: nothing of a document acts, every edit is there once, and it is good to read."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from browser.looking import faint, nameless, too_wide
from cleanse.io.store import Run
from cleanse.limits import DEFAULTS
from cleanse.report.documents import told

FOREIGN = (
    "img, svg, math, iframe, object, embed, link, base, meta[http-equiv=refresh], template, form:not([method=dialog])"
)


def address(run: Run) -> str:
    return (run.folder / "report.html").as_uri()


@pytest.fixture(params=["seeds", "hostile", "large"])
def run(request: pytest.FixtureRequest) -> Run:
    found: Run = request.getfixturevalue(request.param)
    return found


def test_nothing_of_a_document_runs_and_nothing_is_fetched(run: Run, open_page: Any) -> None:
    report = open_page(address(run))
    report.page.keyboard.press("o")
    report.page.wait_for_timeout(300)
    report.assert_nothing_ran(address(run))
    assert report.asked == [address(run)]
    assert (report.count("script"), report.count("style"), report.count(FOREIGN)) == (1, 1, 0)
    assert report.count("[onerror], [onload], [onclick], [onfocus], [style], [src]") == 0
    assert set(report.page.evaluate("[...document.links].map(a => a.getAttribute('href')[0])")) <= {"#"}


def test_every_edit_of_the_ledger_is_there_once(seeds: Run, hostile: Run, open_page: Any) -> None:
    for run in (seeds, hostile):
        report = open_page(address(run))
        ledgers = [cleaned.ledger for cleaned in run.documents()]
        records = [told(ledger) for ledger in ledgers]
        assert sum(map(len, records)) <= DEFAULTS.report_edits
        assert report.count("article") == len(ledgers)
        assert report.count("article .notes > li") == sum(map(len, records))
        shown = report.page.eval_on_selector_all(
            ".notes > li small code:nth-of-type(2)", "all => all.map(c => c.textContent)"
        )
        assert Counter(shown) == Counter(record.id for one in records for record in one)
        placed = report.page.eval_on_selector_all(
            ".notes a[href^='#m']", "all => all.map(a => a.getAttribute('href').slice(1))"
        )
        marks = report.page.eval_on_selector_all("[id^=m]", "all => all.map(m => m.id)")
        assert set(marks) <= set(placed)
        assert len(marks) == len(set(marks))
        rules = {(r.proposal.rule, r.verdict) for ledger in ledgers for r in ledger.records}
        assert report.count("#rules ~ details tbody tr") >= len({rule for rule, _ in rules})
        assert report.count("dl.fields") == sum(bool(ledger.claims) for ledger in ledgers)


def test_a_large_run_is_grouped_by_kind(large: Run, open_page: Any) -> None:
    report = open_page(address(large))
    records = [record for cleaned in large.documents() for record in told(cleaned.ledger)]
    kinds = Counter((r.proposal.rule, r.verdict, r.proposal.edit.before, r.proposal.edit.after) for r in records)
    assert len(records) > DEFAULTS.report_edits
    assert report.count("article") == 0
    assert report.count("section.kind") == len(kinds)
    counts = report.page.eval_on_selector_all(
        ".kind b", "all => all.map(b => parseInt(b.textContent.replace(',', '')))"
    )
    assert sorted(counts) == sorted(kinds.values())
    assert report.count(".kind li") == sum(min(3, count) for count in kinds.values())


def test_keys_go_from_change_to_change(seeds: Run, open_page: Any) -> None:
    page = open_page(address(seeds)).page

    def here() -> object:
        return page.evaluate("document.activeElement.matches('.here') && document.activeElement.dataset.m")

    page.keyboard.press("j")
    first = page.locator(".here").inner_text()
    assert here()
    page.keyboard.press("j")
    assert page.locator(".here").inner_text() != first
    page.keyboard.press("k")
    assert page.locator(".here").inner_text() == first
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.locator("#bar select").select_option("moved")
    page.locator("#documents h2").click()
    page.keyboard.press("j")
    assert here() == "moved"
    closed = page.locator("article details:not([open])").count()
    page.keyboard.press("o")
    assert closed
    assert page.locator("article details:not([open])").count() == 0
    shown = set(re.findall(r"(?<![\w\"])(?:(\w)|\"(.)\"): (?:\(|folds)", script(page)))
    assert {one or other for one, other in shown} == set(page.locator("#keys th kbd").all_inner_texts())


def script(page: Any) -> str:
    text = str(page.locator("script").text_content())
    return text[text.index("const acts = {") : text.index("};", text.index("const acts = {"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_can_be_read_by_everybody(run: Run, open_page: Any, scheme: str) -> None:
    page = open_page(address(run), color_scheme=scheme).page
    page.keyboard.press("o")
    assert faint(page) == []
    assert nameless(page) == []
    page.keyboard.press("?")
    assert faint(page) == []
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(27, 26, 24)") is (scheme == "dark")


def test_a_narrow_window_scrolls_one_way(run: Run, open_page: Any) -> None:
    page = open_page(address(run), width=320).page
    page.keyboard.press("o")
    assert too_wide(page) == []


def test_it_is_complete_without_its_script(seeds: Run, open_page: Any) -> None:
    page = open_page(address(seeds), java_script_enabled=False).page
    assert page.locator("#bar").is_hidden()
    assert page.locator("article .text p").first.is_visible()
    assert page.locator("article .notes > li").first.is_visible()
    fold = page.locator("details.same").first
    fold.locator("summary").click()
    assert fold.locator("p").first.is_visible()


def test_on_paper_every_fold_is_open_and_nothing_is_dark(seeds: Run, open_page: Any, tmp_path: Path) -> None:
    page = open_page(address(seeds), color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("#bar").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    folded = "all => all.filter(box => box.lastElementChild.getBoundingClientRect().height < 5).length"
    assert page.eval_on_selector_all("article details", folded) == 0
    assert faint(page) == []
    pages = page.pdf(path=tmp_path / "report.pdf").count(b"/Type /Page\n")
    assert 5 < pages < 100
