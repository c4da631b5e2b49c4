"""The server of `cleanse review`, killed at any moment while somebody decides, loses no word it has acknowledged."""

import random
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from cleanse.io.decisions import read_decisions
from cleanse.io.store import Run
from cleanse.ledger import Verdict
from faults.stand import go

pytest.importorskip("starlette", reason="starlette is not installed: pip install 'cleanse[review]'")
SEEDS = Path(__file__).parents[2] / "seeds"


class Reviewer(threading.Thread):
    """Decides as fast as the server answers, until it answers no more."""

    def __init__(self, address: str, ids: list[str], count: int) -> None:
        super().__init__()
        self.address, self.ids, self.count = address, ids, count
        self.acknowledged: dict[str, tuple[str, str]] = {}
        """What was said, by the note that names it."""
        self.began = threading.Event()

    def run(self) -> None:
        chance = random.Random(self.count)  # noqa: S311 - the same each time
        host = self.address.partition("?")[0].rstrip("/")
        try:
            with httpx.Client(base_url=host, headers={"Origin": host}, trust_env=False, timeout=60) as client:
                client.get(self.address)
                while True:
                    self.count += 1
                    name, word, note = chance.choice(self.ids), chance.choice(("accept", "reject")), f"n{self.count}"
                    answer = client.post("/decide", json={"id": name, "word": word, "note": note})
                    assert answer.status_code == 200
                    self.acknowledged[note] = name, word
                    self.began.set()
        except httpx.TransportError:
            self.began.set()


def test_no_acknowledged_decision_is_lost(tmp_path: Path, every: bool) -> None:
    out, file = tmp_path / "out", tmp_path / "reviews" / "decisions.jsonl"
    go(SEEDS, out)
    records = [r for cleaned in Run.open(out).documents() for r in cleaned.ledger.records]
    ids = [r.id for r in records if r.proposal.kind != "layout" and r.verdict is not Verdict.SHADOWED]
    command = [str(Path(sys.executable).with_name("cleanse")), "review", str(out), "--decisions", str(file)]
    chance = random.Random(4)  # noqa: S311 - the same each time
    acknowledged: dict[str, tuple[str, str]] = {}
    count = torn = 0
    for _ in range(100 if every else 5):
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert re.match(r"http://127\.0\.0\.1:\d+/\?token=", address)
            _wait_for(address)
            reviewer = Reviewer(address, ids, count)
            reviewer.start()
            reviewer.began.wait(60)
            time.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
            process.wait()
            reviewer.join(60)
        acknowledged |= reviewer.acknowledged
        count = reviewer.count
        stored = read_decisions(file)
        torn = len(stored.torn)
        kept = {d.note: (d.edit_id, d.word.value) for d in stored.book.history}
        assert {note: said for note, said in acknowledged.items() if kept.get(note) != said} == {}
        assert len(kept) + torn <= count, "a decision was written twice"
    assert len(acknowledged) >= (100 if every else 5)
    print(f"{len(acknowledged)} decisions acknowledged, none lost; {torn} torn lines")  # noqa: T201 - `pytest -s` tells


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            httpx.get(address.partition("?")[0], trust_env=False)
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(address)
