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
from cleanse.spinner.forms import capitalised, fits_case, in_case_of
from cleanse.spinner.guards import allows, check
from cleanse.spinner.tokens import TokenText, split_form


def breaches(lexicon: Lexicon) -> Iterator[str]:
    """Every way in which the lexicon breaks its contract, in words."""
    yield from _twins(lexicon)
    yield from _disorder(lexicon)
    shown: dict[str, bool] = defaultdict(bool)
    for row in lexicon.rows:
        where = f"{lexicon.file}:{row.line}: {row.spun!r}"
        shown[row.spun] |= bool(row.examples)
        try:
            check(row, where)
        except RuleError as error:
            yield str(error)
            continue
        if row.guarded and not row.examples:
            yield f"{where}: a row with guards needs examples"
            continue
        for example in row.examples or _by_pattern(lexicon, row):
            text, wanted = wdiff.marks(example)
            got = _effect(row, text)
            if got != wanted:
                yield f"{where}: {example!r} comes out as {wdiff.render(text, got)!r}"


def _by_pattern(lexicon: Lexicon, row: Row) -> Iterator[str]:
    """The examples of a row that has none of its own: as it stands, with a capital, as a possessive, inside a word."""
    for example in lexicon.examples(row):
        yield example
        if row.spun[0].isalpha() and row.spun == row.spun.lower() and row.original == row.original.lower():
            yield lexicon.examples(replace(row, spun=capitalised(row.spun), original=capitalised(row.original)))[0]
        if row.spun[-1].isalpha():
            yield example.replace("+}", "+}’s")
            yield wdiff.marks(example)[0].replace(row.spun, f"x{row.spun}x")


def _effect(row: Row, text: str) -> list[Edit]:
    """What the guards of a row let through in a text, whatever the evidence there would say."""
    tokens, form = TokenText(text), split_form(row.spun)
    edits: list[Edit] = []
    at = 0
    while at < len(tokens.tokens):
        end = at + len(form)
        size = 1
        if (
            tuple(token.lower for token in tokens.tokens[at:end]) == form
            and agreement(row.original, row.spun, tokens, at) >= 0
            and fits_case(row, tokens, at, end)
            and allows(row, tokens, at, end)
        ):
            standing = text[tokens.tokens[at].start : tokens.tokens[end - 1].end]
            edits.append(Edit(tokens.tokens[at].start, standing, in_case_of(row.original, standing)))
            size = len(form)
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
