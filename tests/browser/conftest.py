"""A real Chromium, from the distribution's packages, and what a page must not do in it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cleanse.cli import main
from cleanse.io.store import Run
from hostile import make

SEEDS = Path(__file__).parents[2] / "seeds"


def cleaned(*arguments: object) -> Run:
    """A finished run."""
    *_, out = arguments[:2]
    done = CliRunner().invoke(main, ["run", *map(str, arguments), "--quiet"], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return Run.open(Path(str(out)))


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return cleaned(SEEDS, tmp_path_factory.mktemp("seeds") / "out")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Texts, ids, reasons and rules that try everything, in what edits take out, put in and leave."""
    folder = tmp_path_factory.mktemp("hostile")
    make.pages_in_edits(folder)
    return cleaned(folder / "in", folder / "out", "--rules", folder / "rules")


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Too many edits for one page: they are grouped."""
    folder = tmp_path_factory.mktemp("large")
    (folder / "in").mkdir()
    for number in range(60):
        lines = (f"He didnâ€™t see {number} {line} at the pier, and she said &ldquo;no&rdquo;." for line in range(20))
        (folder / "in" / f"{number:02}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return cleaned(folder / "in", folder / "out")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Closed with each module: it holds an event loop, which others want for themselves."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: make engines")
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on the path: tests/install_system_packages")
    with sync_api.sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as which it runs in a container.
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page, and all it asked for, said and complained about."""

    page: Any
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Note every request, message, error, dialog and window."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("dialog", self._refuse)
        self.page.on("popup", lambda popup: self.said.append(f"window: {popup.url}"))

    def _refuse(self, dialog: Any) -> None:
        self.said.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def count(self, selector: str) -> int:
        """How many elements there are."""
        return int(self.page.locator(selector).count())

    def assert_nothing_ran(self, own: str) -> None:
        """No script of a document ran, nothing was asked for but what begins with `own`, nobody complained."""
        assert self.page.evaluate("window.PWN") is None
        assert self.said == []
        assert self.asked
        assert [url for url in self.asked if not url.startswith((own, "data:,"))] == []


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    """Opens watched pages; `open_page(address, width=320, color_scheme="dark", …)`."""
    contexts = []

    def opened(address: str, width: int = 1280, **options: Any) -> Watched:
        context = chromium.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        watched = Watched(context.new_page())
        watched.listen()
        watched.page.goto(address)
        return watched

    yield opened
    for context in contexts:
        context.close()
