"""The page of `cleanse review` in a browser: keys, what reaches the disk, and that nothing leaves this machine."""

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.io.catalogue import Catalogue, located
from cleanse.io.store import Run
from cleanse.review.server import application, listen, server
from cleanse.review.session import Session

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on the path (apt-get install chromium)")


SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "reviews" / "decisions.jsonl"


@pytest.fixture
def address(tmp_path: Path, file: Path) -> Iterator[str]:
    """The page over the seeds' run, served by a thread."""
    done = CliRunner().invoke(main, ["run", str(SEEDS), str(tmp_path / "out"), "--quiet"], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    run = Run.open(tmp_path / "out")
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


def test_keys_decide_and_nothing_leaves_this_machine(address: str, file: Path, tmp_path: Path) -> None:
    asked: list[str] = []
    said: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 320, "height": 640})
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(address)
        page.wait_for_selector("#card:not([hidden])")

        def press(key: str, lines: int) -> str:
            before = page.text_content("#id")
            page.keyboard.press(key)
            page.wait_for_function("before => document.querySelector('#id').textContent !== before", arg=before)
            assert len(file.read_text(encoding="utf-8").splitlines()) == lines
            page.wait_for_timeout(50)
            return str(before)

        first = press("a", 1)
        second = press("x", 2)
        press("u", 3)
        assert page.text_content("#id") == second
        assert first != second
        words = [json.loads(line)["decision"] for line in file.read_text(encoding="utf-8").splitlines()]
        assert words == ["accept", "reject", "withdraw"]
        assert str(page.text_content("#standing")).startswith("1 of ")

        page.keyboard.press("?")
        assert page.is_visible("#keys")
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        page.fill("#should", "something else")
        page.keyboard.press("Enter")
        page.wait_for_function("before => document.querySelector('#id').textContent !== before", arg=second)
        assert json.loads(file.read_text(encoding="utf-8").splitlines()[3])["edit"] == "something else"

        page.screenshot(path=tmp_path / "narrow.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.set_viewport_size({"width": 1100, "height": 900})
        page.screenshot(path=tmp_path / "wide.png")
        browser.close()
    assert said == []
    assert asked
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in asked)
