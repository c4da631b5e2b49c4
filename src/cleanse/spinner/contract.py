"""The contract every lexicon row keeps: its guards can be read, and its examples come out as marked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cleanse import wdiff
from cleanse.edits import Edit
from cleanse.errors import RuleError
from cleanse.rules.lexicon import Lexicon, Row
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.gate import Finding
from cleanse.spinner.guards import check
from cleanse.spinner.repair import Repairer
from cleanse.spinner.tokens import TokenText, split_form


def breaches(lexicon: Lexicon) -> Iterator[str]:
    """Every way in which the lexicon breaks its contract, in words."""
    yield from _twins(lexicon)
    yield from _disorder(lexicon)
    shown: dict[str, bool] = defaultdict(bool)
    for at, row in enumerate(lexicon.rows):
        where = f"{lexicon.file}:{row.line}: {row.spun!r}"
        shown[row.spun] |= bool(row.examples)
        try:
            check(row, where)
        except RuleError as error:
            yield str(error)
            continue
        if row.guarded and not row.examples:
            yield f"{where}: a row with guards needs examples"
        for example in row.examples:
            text, wanted = wdiff.marks(example)
            got = _effect(replace(lexicon, rows=lexicon.rows[at : at + 1]), text)
            if got != wanted:
                yield f"{where}: {example!r} comes out as {wdiff.render(text, got)!r}"


def _effect(lexicon: Lexicon, text: str) -> list[Edit]:
    """What a lexicon would restore in a text that is known to be spun, doubtful proposals included."""
    repairer = Repairer(FormIndex(lexicon), TokenText(text), Finding.SPUN)
    return [repair.edit for repair in repairer.repairs()]


def _twins(lexicon: Lexicon) -> Iterator[str]:
    seen: dict[tuple[object, ...], int] = {}
    for row in lexicon.rows:
        key = (row.spun, row.original, row.before, row.after, row.near)
        if key in seen:
            yield f"{lexicon.file}:{row.line}: {row.spun!r} stands already in line {seen[key]}"
        seen.setdefault(key, row.line)
        if split_form(row.spun) == split_form(row.original):
            yield f"{lexicon.file}:{row.line}: {row.spun!r} changes nothing"


def _disorder(lexicon: Lexicon) -> Iterator[str]:
    for one, two in pairwise(lexicon.rows):
        if sort_key(two) < sort_key(one):
            yield f"{lexicon.file}:{two.line}: {two.spun!r} is out of order"


def sort_key(row: Row) -> tuple[object, ...]:
    """The canonical order: by spun form, guarded rows first."""
    return (row.spun.lower(), row.spun, not row.guarded, row.original, row.before, row.after, row.near)
