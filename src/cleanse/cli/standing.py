"""How far the sign-off of a run has come: what was done, and what was kept, from one walk over its documents."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from cleanse.cli.common import say
from cleanse.cli.progress import watched
from cleanse.decisions.decision import place_of_edit, place_of_kept
from cleanse.io.decisions import read_decisions
from cleanse.io.store import Cleaned, Run
from cleanse.signoff.certificate import EDITS, KEPT, SUBJECTS, Item, Plan, Standing
from cleanse.signoff.kept import lines_gone, passages
from cleanse.signoff.sampling import Draw, counts
from cleanse.visible import visible


def standings(run: Run, decisions_file: Path, plan: Plan) -> Mapping[str, Standing]:
    """Where each claim about the run stands, by the name of its subject."""
    draws: dict[str, Draw[Item]] = {name: Draw(run.seed, plan.size) for name in SUBJECTS}
    gone = 0
    for cleaned in watched(run, "drawing"):
        gone += lines_gone(cleaned.ledger)
        for subject, items in ((EDITS, _edits(cleaned)), (KEPT, _kept(cleaned))):
            for item in items:
                draws[subject.name].add(item.id, item)
    stored = read_decisions(decisions_file, missing_ok=True)
    for number in stored.torn:
        say(f"cleanse: {visible(str(decisions_file))}:{number}: torn, not read", err=True)
    return {
        name: Standing(plan, run.seed, draws[name].population, draws[name].drawn(), stored.book, subject, gone)
        for name, subject in SUBJECTS.items()
    }


def _edits(cleaned: Cleaned) -> Iterator[Item]:
    origin = cleaned.ledger.origin
    for record in filter(counts, cleaned.ledger.records):
        edit = record.proposal.edit
        place = place_of_edit(origin.digest, record.raw, edit.after)
        yield Item(record.id, origin.document, place, record.proposal.rule, edit.before)


def _kept(cleaned: Cleaned) -> Iterator[Item]:
    origin = cleaned.ledger.origin
    for passage in passages(cleaned.ledger, cleaned.text):
        text = cleaned.text[passage.start : passage.end]
        yield Item(passage.id, origin.document, place_of_kept(origin.digest, passage.raw, text), "", text)
