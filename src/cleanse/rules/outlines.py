r"""What a line looks like that a pattern can match, where no literal tells: how it begins, whether it holds a digit.

`\p{Lu}\w+ \p{Lu}\w+` needs no word in particular, but a line that begins with a small letter is none of its. Derived
from the pattern like the literals (`rules/literals.py`), and as there it only ever leaves work out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

import regex

from cleanse.rules.literals import QUANTIFIER, WIDTHLESS, UnknownError, tokens_of
from cleanse.rules.schema import Rule, Unit
from cleanse.view import Line

_SURE_DIGIT = regex.compile(r"\\d|\d+")
_FLAGS = regex.compile(r"\(\?(?P<flags>[im]*)(?P<end>[:)])")
_BRACKETS = regex.compile(r"\((?:\?(?:P?<\w+>|[>|]))?")
_LOOKS = regex.compile(r"\(\?<?[=!]")
_NOTHING = frozenset[str]()

ByFirst = Mapping[str, Sequence[Line]]
_INDEX = attrgetter("index")
Kinds = frozenset[str] | None
"""Patterns for single characters; None for any character at all."""


class _Part(NamedTuple):
    """What is known of a part of a pattern."""

    begins: Kinds
    """What a match that is not empty can begin with."""
    empty: bool
    """Whether it can match nothing."""
    digit: bool
    """Whether there is a digit in every match, or right behind it."""


class Outline:
    """Tells which lines a rule that matches whole lines need not be asked about."""

    def __init__(self, rule: Rule) -> None:
        whole = rule.unit is not Unit.INLINE
        part = _outline(rule.find) if whole else _Part(None, empty=True, digit=False)
        self._begins = part.begins
        self._digit = part.digit and rule.unit is Unit.LINE
        self._known: dict[str, bool] = {}

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        return regex.compile("|".join(sorted(self._begins or ())))

    def fitting(self, lines: ByFirst) -> Sequence[Line]:
        """Those of the lines that may match, in order."""
        known = self._known
        for first in lines.keys() - known.keys():
            known[first] = self._begins is None or self._pattern.fullmatch(first) is not None
        found = sorted(chain.from_iterable([some for first, some in lines.items() if known[first]]), key=_INDEX)
        return [line for line in found if line.has_digit] if self._digit else found


def by_first(lines: Iterable[Line]) -> ByFirst:
    """Written lines by the character that they begin with."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.stripped[0]].append(line)
    return found


def _outline(pattern: str) -> _Part:
    tokens = tokens_of(pattern)
    try:
        part, at = _alternatives(tokens, 0)
    except UnknownError:
        at = -1
    return part if at == len(tokens) else _Part(None, empty=True, digit=False)


def _alternatives(tokens: Sequence[str], at: int) -> tuple[_Part, int]:
    """Read up to a closing bracket or the end."""
    branches: list[_Part] = []
    while True:
        part, at = _sequence(tokens, at)
        branches.append(part)
        if at == len(tokens) or tokens[at] == ")":
            empty, digit = any(part.empty for part in branches), all(part.digit for part in branches)
            return _Part(_united(part.begins for part in branches), empty, digit), at
        at += 1


def _sequence(tokens: Sequence[str], at: int) -> tuple[_Part, int]:
    begins: Kinds = _NOTHING
    empty, digit = True, False
    while at < len(tokens) and tokens[at] not in {"|", ")"}:
        part, at = _atom(tokens, at)
        if at < len(tokens) and (quantifier := QUANTIFIER.fullmatch(tokens[at])):
            at += 1
            if quantifier.group()[0] in "*?" or quantifier["low"] in {"", "0"}:
                part = part._replace(empty=True, digit=False)
        if empty:
            begins = _united((begins, part.begins))
        empty, digit = empty and part.empty, digit or part.digit
    return _Part(begins, empty, digit), at


def _atom(tokens: Sequence[str], at: int) -> tuple[_Part, int]:
    token = tokens[at]
    if token[0] == "(":
        return _group(tokens, at)
    if token in {"^", "$"} or (token[0] == "\\" and token[1] in WIDTHLESS):
        return _Part(_NOTHING, empty=True, digit=False), at + 1
    if token[0] == "\\" and (token[1].isdigit() or token[1] in "XRLN"):
        raise UnknownError
    if token == "." or token in {"?", "*", "+"}:  # noqa: S105 - no password
        return _Part(None, empty=False, digit=False), at + 1
    kind = token if token[0] in "\\[" and len(token) > 1 else regex.escape(token[0])
    return _Part(frozenset({kind}), empty=False, digit=_SURE_DIGIT.fullmatch(token) is not None), at + 1


def _group(tokens: Sequence[str], at: int) -> tuple[_Part, int]:
    head = tokens[at]
    if head.startswith("(?#"):
        return _Part(_NOTHING, empty=True, digit=False), at + 1
    flags = _FLAGS.fullmatch(head)
    if flags and flags["end"] == ")":
        if at:  # its reach is a matter of the version
            raise UnknownError
        part, at = _alternatives(tokens, at + 1)
        return part._replace(begins=_with_flags(part.begins, flags["flags"])), at
    if not (flags or _BRACKETS.fullmatch(head) or _LOOKS.fullmatch(head)) or "".join(
        tokens[at + 1 : at + 2]
    ).startswith("?"):
        raise UnknownError
    part, at = _alternatives(tokens, at + 1)
    if at == len(tokens):
        raise UnknownError
    if flags:
        part = part._replace(begins=_with_flags(part.begins, flags["flags"]))
    elif _LOOKS.fullmatch(head):
        part = _Part(_NOTHING, empty=True, digit=part.digit and head == "(?=")
    return part, at + 1


def _with_flags(kinds: Kinds, flags: str) -> Kinds:
    return frozenset(f"(?{flags}:{kind})" for kind in kinds) if kinds and flags else kinds


def _united(kinds: Iterable[Kinds]) -> Kinds:
    both: set[str] = set()
    for some in kinds:
        if some is None:
            return None
        both |= some
    return frozenset(both)
