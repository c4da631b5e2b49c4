"""What is kept (see `kept`): compiled patterns of the shipped rules and of provenance, and what the rules require."""

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module

import regex

from cleanse import provenance
from cleanse.kept import PATTERN, code_of
from cleanse.rules.literals import NEEDS, required
from cleanse.rules.loader import RuleBook

Value = tuple[str, object, object]
"""A kind, a key and a value."""
_FLAGS = (0, regex.IGNORECASE, regex.MULTILINE)
"""With which patterns are compiled."""


def values(book: RuleBook) -> Iterator[Value]:
    """All that is worth keeping."""
    for rule in book.rules:
        yield NEEDS, rule.find, dict(sorted((required(rule.find) or {}).items()))
        guards = (rule.before_pattern, rule.after_pattern, *rule.unless_patterns)
        yield from _patterns(pattern for pattern in (rule.pattern, *guards) if pattern)
    for module in pkgutil.iter_modules(provenance.__path__, f"{provenance.__name__}."):
        yield from _patterns(_held(vars(import_module(module.name)).values()))


def _held(values: Iterable[object]) -> "Iterator[regex.Pattern[str]]":
    """The patterns among some values, and among those of tuples of theirs."""
    for value in values:
        if isinstance(value, regex.Pattern):
            yield value
        elif isinstance(value, tuple):
            yield from _held(value)


def _patterns(found: "Iterable[regex.Pattern[str]]") -> Iterator[Value]:
    for pattern in found:
        flags = next(flags for flags in _FLAGS if regex.compile(pattern.pattern, flags).flags == pattern.flags)
        yield PATTERN, [pattern.pattern, int(flags)], code_of(pattern)
