"""A table of rules made of repeated lines: data that a person reads, edits, and hands to the next run.

The table is an ordinary one: `cleanse rules test` tests it, its digest is part of a run's, and every line it takes out
stands in the ledger under its rule. What is doubtful is only shown: lines of few documents, lines that stand inside
the text, and lines that read like a sentence of it.
"""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import regex

from cleanse.corpus.repeated import Repeated
from cleanse.rules.formatting import canonical
from cleanse.rules.loader import parse_table

SURE_DOCUMENTS, SURE_SHARE, SURE_OUTSIDE = 10, 0.1, 0.9
"""A line is sure from so many documents, in so large a share of its source's, and as often above or below the text."""
_SLUG = 24


def learned_table(lines: Iterable[Repeated], by: str, documents: int) -> bytes:
    """The table as TOML in canonical form: equal for equal counts."""
    found = sorted(lines)
    text = "\n".join([
        f"# Learned by `cleanse corpus lines` from {documents:,} documents; sources are told by {by}.",
        "# Read it before it is used (cleanse run IN OUT --rules FOLDER): delete what is no furniture.",
        'table = "learned"',
        f'about = "Lines that stand in many documents of one source, of {documents:,} documents in all."',
        *(row for line in found for row in _rule(line, by)),
        "",
    ])  # fmt: skip
    raw = text.encode("utf-8")
    return canonical(raw, parse_table(raw, "learned.toml", Path()))


def is_sure(line: Repeated) -> bool:
    """Whether the line may be taken out without asking."""
    return (
        line.documents >= SURE_DOCUMENTS
        and line.share >= SURE_SHARE
        and line.outside >= SURE_OUTSIDE * line.documents
        and not line.prose
    )


def _rule(line: Repeated, by: str) -> Iterator[str]:
    where = f"above or below the text in {line.outside}" if line.outside < line.documents else "never inside the text"
    yield ""
    yield "[[rule]]"
    yield f"id = {_toml(_id(line))}"
    yield f"note = {_toml(f'Stands in {line.documents} of {line.of} documents of {line.source}, {where}.')}"
    yield f"find = {_toml(_pattern(line.text))}"
    yield f"source = {_toml(f'{by}={line.source}')}"
    yield 'put = ""'
    yield f"apply = {_toml('safe' if is_sure(line) else 'display')}"
    yield f"examples = [{_toml(f'She left at noon.{chr(10)}[-{line.text}-]')}, {_toml(f'She read: {line.text}')}]"


def _pattern(text: str) -> str:
    return r"\s+".join(regex.escape(word, special_only=True) for word in text.split())


def _id(line: Repeated) -> str:
    parts = (_slug(line.source), _slug(line.text))
    digest = hashlib.sha256(f"{line.source}\0{line.text}".encode()).hexdigest()[:8]
    return "-".join(part for part in (*parts, digest) if part)


def _slug(text: str) -> str:
    return regex.sub(r"[^a-z0-9]+", "-", text.lower())[:_SLUG].strip("-")


def _toml(text: str) -> str:
    """A TOML basic string; everything but plain ASCII is escaped, so that any line fits."""
    pieces = []
    for character in text:
        if character in '"\\':
            pieces.append(f"\\{character}")
        elif " " <= character <= "~":
            pieces.append(character)
        else:
            pieces.append(f"\\U{ord(character):08X}")
    literal = f'"{"".join(pieces)}"'
    if tomllib.loads(f"x = {literal}")["x"] != text:
        raise ValueError(f"{text!r} cannot be written as TOML")
    return literal
