"""P1 to P12 of the fault model, asked of one text: which of them does a pipeline break on it?

`python tests/properties.py SECONDS` (`make fuzz FUZZ_SECONDS=3600`) makes texts that nobody has written, and saves each
that breaks a property as tests/regress/NAME.txt, a JSON string in ASCII; the tests replay those for ever.
"""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from unicodedata import is_normalized

from cleanse.ledger import Verdict
from cleanse.ledger_io import dump, load
from cleanse.model import Document, Draft, Stage, Wish
from cleanse.pipeline import Outcome, Pipeline, Status
from cleanse.rendering import RunInfo, render
from cleanse.rules import load_rules
from cleanse.view import View, Zone
from helpers import LAX, default
from hostile import make
from strategies import AWKWARD

HERE = Path(__file__).parent
REGRESS = HERE / "regress"
INFO = RunInfo("test", "", "test", "")
OTHER = Document.from_text(make.PROSE, "other")
REVEALING = frozenset({"residue", "encoding"})
"""P4, P5: stages of one pass each, whose repair can bring another's dirt to light; together they leave nothing."""


EXCEPTIONS = MappingProxyType({
    "boilerplate/line-model": "judges a line by those beside it, which may be gone the second time",
    "boilerplate/enclosed": "the same",
    "boilerplate/menu-top": "the first line of a page, which another line may become",
    "provenance/dateline": "stands above the text, and what stands there changes when lines go",
    "provenance/byline-last": "stands within so many characters of the end, which is nearer when lines go",
    "residue/entity": "a control character within an entity hides it from the pass that takes the character out",
})  # fmt: skip
"""P4, P5: the rules that may fire on their own output, by the beginning of their names, and why."""


@cache
def placed() -> frozenset[str]:
    """P4, P5: the rules that ask for a zone. Where prose lines went, others have come into it."""
    tables = load_rules().tables.values()
    return frozenset(rule.name for table in tables for rule in table.rules if rule.zone is not Zone.ANY)


@cache
def pipelines() -> dict[str, Pipeline]:
    """All stages together, and each alone."""
    whole = default()
    alone = {stage.name: replace(whole, stages=(stage,), guards=LAX) for stage in whole.stages}
    return {"all": whole, **alone}


def broken(text: str, names: tuple[str, ...] = ()) -> list[str]:
    """Which properties break, as `pipeline: property`."""
    found = []
    for name in names or pipelines():
        pipeline = pipelines()[name]
        document = Document.from_text(text)
        try:
            outcome = pipeline.run(document)
        except Exception as error:  # noqa: BLE001 - no document may raise
            found.append(f"{name}: P0 {type(error).__name__}: {error}")
            continue
        found += [f"{name}: {what}" for what in _violations(name, pipeline, document, outcome)]
    return found


def _violations(name: str, pipeline: Pipeline, document: Document, outcome: Outcome) -> Iterator[str]:
    if outcome.status is Status.QUARANTINED:
        yield from (["P1 a quarantined text was changed"] if outcome.text != document.decoded.text else [])
        return
    yield from (f"P0 stage failed: {fault.stage}: {fault.error}" for fault in outcome.ledger.faults)
    for check in (_replays, _fits, _invents_nothing, _depends_on_its_document_alone, _is_well_formed):
        if why := check(pipeline, document, outcome):
            yield why
    if outcome.status is Status.CLEAN:
        yield from _settles(name, pipeline, outcome)


def _replays(pipeline: Pipeline, document: Document, outcome: Outcome) -> str:
    """P1 replay, P2 revert; from the ledger as it is written."""
    ((ledger, _),) = load(dump(outcome.ledger, outcome.status.value, "test"))
    try:
        ledger.verify(document.raw, outcome.text)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"P1 P2 {error}"
    return ""


def _fits(pipeline: Pipeline, document: Document, outcome: Outcome) -> str:
    """P3: edits sorted, disjoint, in range, and each takes out what stands there."""
    text = document.decoded.text
    for _, changes in outcome.ledger.steps():
        at = 0
        for edit in changes.edits:
            if edit.start < at or edit.end > len(text) or text[edit.start : edit.end] != edit.before:
                return f"P3 {edit}"
            at = edit.end
        text = changes.apply(text)
    return ""


def _invents_nothing(pipeline: Pipeline, document: Document, outcome: Outcome) -> str:
    """P9: every character of the clean text is of the raw one or of a recorded edit."""
    has = Counter(document.decoded.text)
    for record in outcome.changes:
        has.update(record.proposal.edit.after)
    extra = Counter(outcome.text) - has
    return f"P9 invented {dict(extra)}" if extra else ""


def _depends_on_its_document_alone(pipeline: Pipeline, document: Document, outcome: Outcome) -> str:
    """P6, P7: after another document, and under another name, the same comes out."""
    pipeline.run(OTHER)
    again = pipeline.run(Document.from_text(document.raw.decode("utf-8", "surrogatepass"), "again"))
    same = again.text == outcome.text and again.changes == outcome.changes and again.provenance == outcome.provenance
    return "" if same else "P7 another document left something behind"


def _is_well_formed(pipeline: Pipeline, document: Document, outcome: Outcome) -> str:
    """P11: UTF-8, and NFC where that is promised; P12: evidence stands where it says."""
    try:
        outcome.text.encode("utf-8")
        render(outcome, INFO, len(document.raw))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is the finding
        return f"P11 P12 {type(error).__name__}: {error}"
    stages = {stage.name for stage in pipeline.stages}
    if "encoding" in stages and not is_normalized("NFC", outcome.text) and is_normalized("NFC", document.decoded.text):
        return "P11 the text was in NFC and is not any more"
    return ""


def _settles(name: str, pipeline: Pipeline, outcome: Outcome) -> Iterator[str]:
    """P4: a second cleaning changes nothing; P5: no rule fires on its own output."""
    twice = pipeline.run(Document.from_text(outcome.text))
    rules = sorted({record.proposal.rule for record in twice.changes})
    if any(rule.startswith(tuple(EXCEPTIONS)) for rule in rules):
        return
    gone = (View(record.proposal.edit.before).lines for record in outcome.changes)
    if not placed().isdisjoint(rules) and any(line.is_prose for lines in gone for line in lines):
        return
    if name == "all" and rules:
        yield f"P4 a second run changes: {', '.join(rules)}"
    own = {record.proposal.rule for record in outcome.changes} & set(rules)
    if own and name not in REVEALING:
        yield f"P5 fires on its own output: {', '.join(sorted(own))}"


def rest_stays(text: str, rule: str) -> str:
    """P10: without a rule, only its edits are gone, and what it had overlapped has changed."""
    document = Document.from_text(text)
    whole = default().run(document)
    if not any(record.proposal.rule == rule for record in whole.changes):
        return ""
    name = next(record.stage for record in whole.changes if record.proposal.rule == rule)
    at = next(i for i, stage in enumerate(default().stages) if stage.name == name)
    stages: list[Stage] = list(default().stages)
    stages[at] = _Without(stages[at], rule)
    less = replace(default(), stages=tuple(stages)).run(document)
    verdicts = {(r.stage, r.proposal.edit, r.proposal.rule): r.verdict for r in less.ledger.records}
    for record in whole.changes:
        if [stage.name for stage in default().stages].index(record.stage) > at or record.proposal.rule == rule:
            continue
        if verdicts.get((record.stage, record.proposal.edit, record.proposal.rule)) not in (
            Verdict.APPLIED,
            Verdict.SHADOWED,
        ):
            return f"P10 {record.proposal.rule} is gone with {rule}"
    return ""


class _Without:
    """A stage that does not know a rule."""

    def __init__(self, stage: Stage, rule: str) -> None:
        self.stage, self.rule = stage, rule
        self.name = stage.name

    def propose(self, draft: Draft) -> Iterator[Wish]:
        return (wish for wish in self.stage.propose(draft) if getattr(wish, "rule", "") != self.rule)


def saved(folder: Path = REGRESS) -> dict[str, str]:
    """Every text that ever broke a property, by name; those that still do stand in the folder `open`."""
    return {path.stem: json.loads(path.read_text("ascii")) for path in sorted(folder.glob("*.txt"))}


def texts(chance: random.Random) -> Iterator[str]:
    """Texts for ever: seeds and awkward strings, spliced, repeated, cut, misread, with hostile pieces at borders."""
    pool = [path.read_bytes().decode("utf-8", "replace") for path in sorted((HERE.parent / "seeds").iterdir())]
    pool += [family(400) for family in make.FAMILIES.values()] + list(saved().values()) + [make.PROSE]
    pieces = (
        *AWKWARD,
        *make.PAYLOADS,
        *make.FORMULAS,
        *make.HIDDEN,
        *(family(40) for family in make.FAMILIES.values()),
    )
    moves: tuple[Callable[[str], str], ...] = (
        lambda text: _spliced(text, chance.choice(pool), chance),
        lambda text: _repeated(text, chance),
        lambda text: _cut(text, chance),
        lambda text: _misread(text, chance),
        lambda text: _bordered(text, chance.choice(pieces), chance),
        lambda text: _bordered(text, chance.choice(pieces), chance),
    )
    while True:
        text = _window(chance.choice(pool), chance)
        for _ in range(chance.randint(1, 6)):
            text = chance.choice(moves)(text)
        yield text[:6_000]


def _window(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    return "\n".join(lines[start : start + chance.randint(1, 30)])


def _spliced(text: str, other: str, chance: random.Random) -> str:
    return text[: chance.randint(0, len(text))] + _window(other, chance)[chance.randint(0, 20) :]


def _repeated(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    end = min(len(text), start + chance.randint(1, 80))
    return text[:end] + text[start:end] * chance.randint(1, 5) + text[end:]


def _cut(text: str, chance: random.Random) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + text[start + chance.choice((1, 1, 2, 5, 40)) :]


def _misread(text: str, chance: random.Random) -> str:
    codec = chance.choice(("latin-1", "cp1252", "cp1251", "utf-16-le", "mac-roman"))
    if chance.random() < 0.5:
        return text.encode("utf-8", "replace").decode(codec, "replace")
    return text.encode(codec, "replace").decode("utf-8", "replace")


def _bordered(text: str, piece: str, chance: random.Random) -> str:
    borders = [i for i, c in enumerate(text) if not c.isalnum()] or [0]
    at = chance.choice((0, len(text), chance.choice(borders), chance.choice(borders)))
    return text[:at] + piece + text[at:]


def smallest(text: str, what: str) -> str:
    """A shorter text that breaks the same property of the same pipeline."""
    name, kind = what.split(": ", 1)[0], what.split(": ", 1)[1].split(" ", maxsplit=1)[0]

    def still(candidate: str) -> bool:
        return any(w.startswith(f"{name}: {kind}") for w in broken(candidate, (name,)))

    size = len(text) // 2
    until = time.monotonic() + 20
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            candidate = text[:at] + text[at + size :]
            if still(candidate):
                text = candidate
            else:
                at += size
        size //= 2
    return text


def fuzz(seconds: float, seed: int) -> int:
    """Look for so long; how many texts broke something."""
    chance = random.Random(seed)  # noqa: S311 - any order will do
    until, tried, known, failures = time.monotonic() + seconds, 0, set[str](), 0
    for text in texts(chance):
        if time.monotonic() > until:
            break
        tried += 1
        for what in broken(text):
            kind = what[:60]
            if kind in known:
                continue
            known.add(kind)
            failures += 1
            short = smallest(text, what)
            path = REGRESS / f"{sha256(short.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.txt"
            path.write_text(json.dumps(short) + "\n", "ascii")
            print(f"{what}\n  {short[:200]!r} -> {path.name}", flush=True)
    print(f"{tried} texts, {failures} kinds of failures, seed {seed}")
    return failures


if __name__ == "__main__":
    sys.exit(fuzz(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else time.time_ns()) > 0)
