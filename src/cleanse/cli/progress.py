"""A progress bar on a terminal: how much is done, how fast, and how long it will take. Silence elsewhere."""

import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from cleanse.io.store import Cleaned, Run


class Progress:
    """Called with bytes done and bytes in all."""

    def __init__(self, *, show: bool, label: str = "cleaning") -> None:
        self._label = label
        self._show = show and sys.stderr.isatty()
        self._bar: Any = None
        self._done = 0
        self._began = time.monotonic()

    @property
    def shown(self) -> bool:
        """Whether anybody sees it."""
        return self._show

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, total: int) -> None:
        """Draw."""
        if not self._show:
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=total, label=self._label, file=sys.stderr, show_eta=True, item_show_func=self._rate
            )
            self._bar.__enter__()
        self._bar.update(done - self._done, done)
        self._done = done

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def _rate(self, done: int | None) -> str:
        """Bytes so far, and the mean rate; rates differ from text to text."""
        seconds = time.monotonic() - self._began
        return f"{(done or 0) / 1e6:,.1f} MB, {(done or 0) / 1e6 / max(seconds, 0.1):.2f} MB/s"


def watched(run: Run, label: str) -> Iterator[Cleaned]:
    """The documents of a finished run, with a bar while they are gone through."""
    done, total = 0, int(run.manifest["counts"].get("raw_chars", 0))
    with Progress(show=True, label=label) as progress:
        for cleaned in run.documents():
            yield cleaned
            done += cleaned.ledger.origin.length
            progress(done, max(done, total))
