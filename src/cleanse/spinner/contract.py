"""The contract every lexicon row keeps: its guards can be read, and its examples come out as marked."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from cleanse import wdiff
from cleanse.edits import Edit
from cleanse.errors import RuleError
from cleanse.rules.lexicon import Lexicon, Row
from cleanse.spinner.evidence import agreement
from cleanse.spinner.forms import FormIndex, fits_case, in_case_of
from cleanse.spinner.guards import allows, check
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
    """What the guards of a lexicon let through in a text, whatever the evidence there would say."""
    index, tokens = FormIndex(lexicon), TokenText(text)
    edits: list[Edit] = []
    at = 0
    while at < len(tokens.tokens):
        size = 1
        for form in index.at(tokens, at):
            end = at + len(form.tokens)
            for row in form.rows:
                agrees = agreement(row.original, row.spun, tokens, at) >= 0
                if agrees and fits_case(row, tokens, at, end) and allows(row, tokens, at, end):
                    standing = text[tokens.tokens[at].start : tokens.tokens[end - 1].end]
                    edits.append(Edit(tokens.tokens[at].start, standing, in_case_of(row.original, standing)))
                    size = len(form.tokens)
        at += size
    return edits


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
