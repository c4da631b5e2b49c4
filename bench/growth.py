"""The shipped tables grown from a template: what more knowledge costs on the same texts.

A grown row or rule differs from its model in letters at the ends of words, so most of its literals begin as real ones
do and are met as often: the scan finds them, and the rule or the row is looked at in vain.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import regex

from cleanse.model import Stage
from cleanse.pipeline import Pipeline
from cleanse.registry import build_stages, with_learned
from cleanse.rules import Rule, RuleBook, load_rules
from cleanse.rules.lexicon import Lexicon, Rows
from cleanse.settings import Settings

_ENDINGS = "zqxjvkwbf"
_LONG_WORD = re.compile(r"(?<![\\<{(\[?\w])([a-z]{4,})[a-z](?![\w>}\]?*+])")


def pipeline(rows: int = 1, rules: int = 1) -> Pipeline:
    """The default pipeline with so many times the rows of lexicons, or the rules."""
    book = load_rules()
    tables = {
        name: replace(
            table,
            rules=tuple(grown for rule in table.rules for grown in _rules(rule, rules)),
            lexicon=table.lexicon and _lexicon(table.lexicon, rows),
        )
        for name, table in book.tables.items()
    }
    default = Settings()
    digests = {name: f"{digest}-{rows}" for name, digest in book.digests.items()}  # what follows from them is made anew
    grown = replace(book, tables=tables, digests=digests) if rows > 1 else replace(book, tables=tables)
    return replace(Pipeline.default(default), stages=_stages(grown, default), rules_digest=book.digest)


def _stages(book: RuleBook, settings: Settings) -> tuple[Stage, ...]:
    return build_stages(with_learned(settings.stages, book), book, settings.stage_options())


def _rules(rule: Rule, times: int) -> Iterator[Rule]:
    yield rule
    for number, ending in zip(range(1, times), _ENDINGS, strict=False):
        find = _LONG_WORD.sub(lambda match: match[1] + ending, rule.find)  # noqa: B023 - called at once
        regex.compile(find)  # now, for it must not fail while it is measured
        yield replace(rule, id=f"{rule.id}-{number}", find=find)


def _lexicon(lexicon: Lexicon, times: int) -> Lexicon:
    lines = list(lexicon.rows.lines())
    for ending in _ENDINGS[: times - 1]:
        for line in lexicon.rows.lines():
            spun, rest = line.split("\t", 1)
            lines.append(f"{spun}{ending}\t{rest}")
    return replace(lexicon, rows=Rows("\n".join(lines).encode(), lexicon.rows.file))
