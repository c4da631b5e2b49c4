"""`cleanse rules report`: what decisions say about each rule, guards to consider, and rows that reviewers typed."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from cleanse.cli.common import decisions_option, guarded, marked, out_argument, say, say_json
from cleanse.cli.progress import watched
from cleanse.decisions.decision import Word
from cleanse.errors import UsageError
from cleanse.feedback.guards import Guard, guards
from cleanse.feedback.precision import Card, cards
from cleanse.feedback.rows import answered
from cleanse.feedback.uses import uses
from cleanse.io.decisions import read_decisions
from cleanse.io.store import Run
from cleanse.rules import load_rules
from cleanse.rules.lexicon import COLUMNS, Sureness
from cleanse.spinner.learn import Candidate
from cleanse.visible import visible

_COLUMNS = ("edits", "documents", "reviewed", "rejected", "precision", "bound", "state", "advice")


@click.command()
@out_argument
@decisions_option
@click.option("--all", "every", is_flag=True, help="Rules nobody has reviewed yet, too.")
@click.option("--rows", "only_rows", is_flag=True, help="Print only the candidate lexicon rows, as TSV.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per rule, with its candidate guards.")
@click.option("--rules", "extra", type=click.Path(path_type=Path), help="The folder of tables the run was given.")
@guarded
def report(folder: Path, decisions_file: Path, every: bool, only_rows: bool, as_json: bool, extra: Path | None) -> None:
    """Say what reviewers' decisions tell about each rule.

    Precision is the share of accepted uses; the bound is what can be claimed of it at 95 % (exact, skipped uses
    counted as wrong). Where a word beside the rejected uses tells them from the accepted ones, it is printed as a
    candidate guard with its counts: judge it, add it to the rule with an example, run `cleanse rules test`. What
    reviewers typed instead comes as candidate rows of a lexicon, as `cleanse rules learn` prints them. Nothing is
    changed.
    """
    run = Run.open(folder)
    stored = read_decisions(decisions_file)
    for number in stored.torn:
        say(f"cleanse: {visible(str(decisions_file))}:{number}: torn, not read", err=True)
    found = cards(uses(watched(run, "reading"), stored.book))
    decided = [use for card in found for use in card.decided]
    rows = answered(decided, (d for d in stored.book.current.values() if d.word is Word.WRONG))
    if only_rows:
        say_rows(rows)
        return
    shown = [card for card in found if every or card.reviewed]
    if not shown:
        raise UsageError(f"no decision in {decisions_file} is about an edit of {folder}; --all lists its rules")
    if as_json:
        for card in shown:
            say_json({**card.as_dict(), "guards": [_as_dict(guard) for guard in guards(card.decided)]})
        return
    _say_cards(shown)
    _say_guards(shown, {name for name, table in load_rules(extra).tables.items() if table.lexicon})
    if rows:
        say()
        say("What reviewers typed instead, as candidate rows (--rows prints them alone):")
        say_rows(rows)


def _as_dict(guard: Guard) -> dict[str, object]:
    return {
        "where": guard.where, "words": list(guard.words), "rejected": [guard.spared, guard.rejected],
        "accepted": [guard.lost, guard.accepted],
    }  # fmt: skip


def _say_cards(shown: Sequence[Card]) -> None:
    rows = [[visible(card.rule), *_cells(card)] for card in shown]
    head = ["rule", *_COLUMNS, "example"]
    widths = [max(len(row[column]) for row in [head[:-1], *rows]) for column in range(len(head) - 1)]
    say("  ".join(click.style(cell.ljust(width), bold=True) for cell, width in zip(head, [*widths, 0], strict=True)))
    for card, row in zip(shown, rows, strict=True):
        before, after = card.example
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        say(f"{cells}  {marked(_short(before), _short(after))}")


def _cells(card: Card) -> list[str]:
    values = card.as_dict()
    return [_cell(values[column]) for column in _COLUMNS]


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _short(text: str, width: int = 40) -> str:
    return text if len(text) <= width else f"{text[: width - 15]}…{text[-14:]}"


def _say_guards(shown: Iterable[Card], lexicons: set[str]) -> None:
    suggested = [(card, guard) for card in shown for guard in guards(card.decided)]
    if suggested:
        say()
        say("Candidate guards, not applied: look at them, and give each an example that needs it:")
    for card, guard in suggested:
        in_lexicon = card.rule.partition("/")[0] in lexicons
        written = (
            (f"unless {guard.in_lexicon()}" if in_lexicon else guard.in_table()) if guard.where != "inside" else ""
        )
        say(
            f"  {visible(card.rule)}: {guard.where} {visible(', '.join(guard.words))}: would spare {guard.spared} of "
            f"{guard.rejected} rejected, cost {guard.lost} of {guard.accepted} accepted"
            + (f"    {visible(written)}" if written else "")
        )


def say_rows(rows: Iterable[Candidate]) -> None:
    """Print candidate rows as TSV in the columns of a lexicon, `fluent` until somebody has looked at them."""
    say("\t".join(COLUMNS))
    for row in rows:
        cells = dict.fromkeys(COLUMNS, "") | {
            "spun": row.spun, "original": row.original, "class": Sureness.FLUENT.value,
            "seen": str(row.count), "examples": row.example,
        }  # fmt: skip
        say("\t".join(visible(cells[column]) for column in COLUMNS))
