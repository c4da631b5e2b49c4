"""`make bench`: cleanse and its peers on one corpus, in one run; `python bench --help` for the choices."""

import argparse
import platform
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean

from cleanse import Document, Draft, Pipeline, Stage, Wish
from cleanse.garbage import look_seldom
from cleanse.ledger import Ledger
from cleanse.rendering import RunInfo, render
from contenders import CONTENDERS, Work, cleaning
from corpus import build
from equality import compared
from growth import pipeline
from measure import paired, peak_memory, ratio
from shapes import SHAPES, text

PARTS = ("peers", "stages", "shapes", "memory", "growth", "encoding")
AGAINST = (
    ("cleanse [speed]", "ftfy.fix_text"), ("cleanse", "ftfy.fix_text"), ("cleanse [speed]", "naive chain"),
    ("cleanse [speed]", "datatrove"), ("encoding stage", "ftfy, same settings"), ("encoding stage", "ftfy.fix_text"),
)  # fmt: skip


def main() -> None:
    """Print the tables that were asked for, in Markdown."""
    parser = argparse.ArgumentParser(description="Measure cleanse against its peers: CPU time, paired, one core.")
    parser.add_argument("--corpus", type=Path, help="A folder of texts. [default: installed packages]")
    parser.add_argument("--megabytes", type=float, default=8.0, help="How much of it to take. [default: 8]")
    parser.add_argument("--only", choices=PARTS, action="append", help="Leave the other tables out.")
    asked = parser.parse_args()
    look_seldom()  # as `cleanse` does; for everybody
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], check=False, capture_output=True, text=True)  # noqa: S607
    print(f"Commit {commit.stdout.strip()}, Python {platform.python_version()}, {platform.machine()}.\n")
    documents = build(asked.corpus, asked.megabytes)
    size = sum(len(document.encode("utf-8")) for document in documents) / 1e6
    print(f"{len(documents)} documents, {size:.1f} MB.\n")
    tables: dict[str, Callable[[], Iterator[str]]] = {
        "peers": lambda: peers(documents), "stages": lambda: stages(documents), "shapes": shapes,
        "memory": lambda: memory(asked.corpus, asked.megabytes), "growth": lambda: growth(documents),
        "encoding": lambda: encoding(documents),
    }  # fmt: skip
    for part in asked.only or PARTS:
        print("\n".join(tables[part]()), end="\n\n")


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A Markdown table."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"


def peers(documents: Sequence[str]) -> Iterator[str]:
    """Everybody over everything, in pairs."""
    works = dict(installed(documents))
    times = paired(works, documents)
    yield from table(
        ("contender", "ms/MB", "MB/s", "what it does"),
        (
            (name, f"{1000 * mean(found):.0f}", f"{1 / mean(found):.2f}", CONTENDERS[name].__doc__)
            for name, found in times.items()
        ),
    )
    yield ""
    rows = [(one, two, ratio(times[two], times[one])) for one, two in AGAINST if {one, two} <= set(times)]
    yield from table(
        ("this", "against", "times as fast", "95 %"),
        ((one, two, f"{middle:.2f}", f"{low:.2f} to {high:.2f}") for one, two, (middle, low, high) in rows),
    )


def installed(documents: Sequence[str]) -> Iterator[tuple[str, Work]]:
    """The contenders that can be made here, each having seen a few documents already."""
    for name, make in CONTENDERS.items():
        try:
            work = make()
        except ImportError as error:
            print(f"{name}: left out, {error}")
            continue
        work(list(documents[:20]))
        yield name, work


def stages(documents: Sequence[str]) -> Iterator[str]:
    """Where the time of cleanse goes."""
    pipeline = Pipeline.default()
    info = RunInfo("bench", pipeline.rules_digest, "bench", "")
    spent: dict[str, float] = defaultdict(float)

    class Timed:
        def __init__(self, stage: Stage) -> None:
            self.stage, self.name = stage, stage.name

        def propose(self, draft: Draft) -> list[Wish]:
            start = time.process_time()
            found = list(self.stage.propose(draft))
            spent[self.name] += time.process_time() - start
            return found

    timed = Pipeline(tuple(map(Timed, pipeline.stages)), rules_digest=pipeline.rules_digest)
    for warm in (True, False):
        spent.clear()
        for number, document in enumerate(documents[: len(documents) // 4] if warm else documents):
            raw = document.encode("utf-8")
            start, inside = time.process_time(), sum(spent.values())
            outcome = timed.run(Document(str(number), raw))
            spent["deciding, applying"] += time.process_time() - start - (sum(spent.values()) - inside)
            spent["verifying"] += clocked(lambda: check(outcome.ledger, raw, outcome.text))  # noqa: B023 - called at once
            spent["record and ledger as JSON"] += clocked(lambda: render(outcome, info, len(raw)))  # noqa: B023 - the same
    size = sum(len(document.encode("utf-8")) for document in documents) / 1e9
    rows = [(name, f"{seconds / size:.0f}") for name, seconds in sorted(spent.items(), key=lambda row: -row[1])]
    yield from table(("part", "ms/MB"), [*rows, ("sum", f"{sum(spent.values()) / size:.0f}")])


def check(ledger: Ledger, raw: bytes, clean: str) -> None:
    """Replay and revert."""
    ledger.prove(raw, clean)


def clocked(call: Callable[[], object]) -> float:
    """Seconds of CPU a call takes."""
    start = time.process_time()
    call()
    return time.process_time() - start


def shapes() -> Iterator[str]:
    """The same shape at three sizes: time per megabyte must not grow."""
    work = CONTENDERS["cleanse [speed]"]()
    rows = []
    for shape in SHAPES:
        found = []
        for size, times in ((10_000, 10), (100_000, 2), (1_000_000, 1)):
            documents = [text(shape, size)] * times
            start = time.process_time()
            written = work(documents)
            found.append((time.process_time() - start) / (size * times) * 1e9)
        refused = "" if written else "; 1 MB refused: too many proposals"
        rows.append((f"{shape}{refused}", *(f"{ms:.0f}" for ms in found), f"{found[-1] / found[0]:.2f}"))
    yield from table(("shape", "10 KB, ms/MB", "100 KB", "1 MB", "1 MB : 10 KB"), rows)


def memory(corpus: Path | None, megabytes: float) -> Iterator[str]:
    """Peak memory of a process with the corpus, at two sizes."""
    rows = []
    for name in ("ftfy.fix_text", "cleanse [speed]", "cleanse"):
        sizes = (megabytes / 8, megabytes / 2)
        rows.append((name, *(f"{peak_memory(name, str(corpus or ''), size):.0f}" for size in sizes)))
    yield from table(("contender", f"MB at {megabytes / 8:.0f} MB", f"MB at {megabytes / 2:.0f} MB"), rows)


def growth(documents: Sequence[str]) -> Iterator[str]:
    """More knowledge: ten times the rows of lexicons, five times the rules, on the same texts."""
    grown = {"as shipped": pipeline(), "10 × rows": pipeline(rows=10), "5 × rules": pipeline(rules=5)}
    works = {name: cleaning(made) for name, made in grown.items()}
    for work in works.values():
        work(list(documents[:20]))
    times = paired(works, documents)
    shipped = times["as shipped"]
    rows = [(name, f"{1000 * mean(found):.0f}", ratio(found, shipped)) for name, found in times.items()]
    yield from table(
        ("tables", "ms/MB", "times as long", "95 %"),
        ((name, ms, f"{middle:.2f}", f"{low:.2f} to {high:.2f}") for name, ms, (middle, low, high) in rows),
    )


def encoding(documents: Sequence[str]) -> Iterator[str]:
    """Whether the encoding stage gives what ftfy gives."""
    equal, reasons = compared(documents)
    yield f"{equal} of {len(documents)} documents equal to ftfy with the same settings.\n"
    yield from table(("why a line differs", "lines"), reasons.most_common())


main()
