r"""What must stand in a text for a pattern to match it: derived from the pattern, never written by hand.

A match of `(?:last )?updated on \d+` holds `updated on `; a match of `skip to|jump to` holds one of both. So one
scan for the literals of all rules says which rule may match on which line, and the others need not be tried. Where
nothing can be derived the rule is tried on every line, as it always may be: the derivation only ever leaves work
out. Everything is folded (`scanning.fold`), so flags for case do not matter.
"""

import re
from collections.abc import Iterable
from types import MappingProxyType
from typing import NamedTuple

from cleanse.scanning import can_fold, fold

_TOKEN = re.compile(
    r"\\(?:[pPN]\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
    r"|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
    r"|\((?:\?(?:P?<\w+>|<?[=!]|[>:|]|[a-zA-Z-]*[:)]|#[^)]*\)))?"
    r"|[)|]|[*+?][+?]?|\{\d+(?:,\d*)?\}[+?]?|\{,\d+\}[+?]?|[\w ]+(?![*+?{])|.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[*+?][+?]?|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\}[+?]?")
_EXACT = 64
"""Spellings that are multiplied out before a sequence is cut."""
_LITERALS = 600
"""Literals a rule may ask for: lists of places have hundreds."""
_LENGTH = 8
"""Of a longer literal its beginning is enough."""
_DENSE = 0.02
"""Expected hits per character from which trying the rule on every line is cheaper."""
_CONTROLS = MappingProxyType({"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"})
_WIDTHLESS = frozenset("bBAZzGmMK")

Spellings = frozenset[str]


class _Part(NamedTuple):
    """What is known of a part of a pattern."""

    exact: Spellings | None
    """Everything it can match; None where that is not a short list."""
    needs: Spellings | None
    """Literals of which every match holds at least one."""
    looks: bool = False
    """Whether it only looks ahead."""


_NOTHING = _Part(frozenset({""}), None)
_ANYTHING = _Part(None, None)


def required(pattern: str) -> Spellings | None:
    """Folded literals of which every match of the pattern holds at least one; None where none are known."""
    tokens = _TOKEN.findall(pattern)
    try:
        part, at = _alternatives(tokens, 0)
    except _UnknownError:
        return None
    if at != len(tokens):
        return None
    best = _better(part.needs, part.exact)
    return _shortest(best) if best is not None and _cost(best) <= _DENSE else None


class _UnknownError(Exception):
    """The pattern uses what is not known here."""


def _alternatives(tokens: list[str], at: int) -> tuple[_Part, int]:
    """Read up to a closing bracket or the end."""
    branches: list[_Part] = []
    while True:
        items, at = _items(tokens, at)
        branches.append(_sequence(items))
        if at == len(tokens) or tokens[at] != "|":
            return _either(branches), at
        at += 1


def _items(tokens: list[str], at: int) -> tuple[list[_Part], int]:
    items: list[_Part] = []
    while at < len(tokens) and tokens[at] not in {"|", ")"}:
        part, at = _atom(tokens, at)
        if at < len(tokens) and (quantifier := _QUANTIFIER.fullmatch(tokens[at])):
            part = _repeated(part, quantifier)
            at += 1
        items.append(part)
    return items, at


def _atom(tokens: list[str], at: int) -> tuple[_Part, int]:
    token = tokens[at]
    if token[0] == "(":
        return _group(tokens, at)
    if token[0] == "[" and len(token) > 1:
        return _class(token), at + 1
    if token[0] == "\\":
        return _escape(token), at + 1
    if token in {"^", "$"}:
        return _NOTHING, at + 1
    return (_literal(token) if token != "." else _ANYTHING), at + 1  # noqa: S105 - no password


def _group(tokens: list[str], at: int) -> tuple[_Part, int]:
    head = tokens[at]
    if head.startswith("(?#"):
        return _NOTHING, at + 1
    if flags := re.fullmatch(r"\(\?([a-zA-Z-]*)[:)]", head):
        if set(flags[1]) & set("xVr"):
            raise _UnknownError
        if head[-1] == ")":
            return _NOTHING, at + 1
    part, end = _alternatives(tokens, at + 1)
    if end == len(tokens):
        raise _UnknownError
    if head == "(?=":
        part = _Part(part.exact, part.needs, looks=True)
    elif head in {"(?!", "(?<=", "(?<!"}:
        part = _NOTHING
    return part, end + 1


def _class(token: str) -> _Part:
    """A short list of characters is spelled out; of all others nothing is known."""
    inside = token[1:-1]
    if len(inside) > 8 or re.search(r"[\\^\[:-]", inside):
        return _ANYTHING
    return _either([_literal(character) for character in inside])


def _escape(token: str) -> _Part:
    kind = token[1]
    if kind in "xuU" and len(token) > 2:
        return _literal(chr(int(token[2:], base=16)))  # noqa: FURB166 - `\\u41` is no number
    if kind in _WIDTHLESS:
        return _NOTHING
    if kind in _CONTROLS:
        return _literal(_CONTROLS[kind])
    if kind.isdigit():
        raise _UnknownError
    return _ANYTHING if kind.isalpha() else _literal(kind)


def _literal(character: str) -> _Part:
    return _Part(frozenset({fold(character)}), None) if can_fold(character) else _ANYTHING


def _repeated(part: _Part, quantifier: "re.Match[str]") -> _Part:
    sign = quantifier.group()[0]
    low = int(quantifier["low"] or 0) if sign == "{" else int(sign == "+")
    once = sign == "?" or (sign == "{" and (quantifier["high"] or quantifier["low"]) == "1")
    if once and not (sign == "{" and quantifier["comma"] and not quantifier["high"]):
        optional = None if part.exact is None else part.exact | {""}
        return part if low else _Part(optional, None)
    return _Part(None, _better(part.needs, part.exact) if low else None)


def _sequence(items: Iterable[_Part]) -> _Part:
    exact, needs, whole = _NOTHING.exact, None, True
    for item in items:
        joined = _joined(exact, item.exact)
        if item.needs is not None:
            needs = _better(needs, item.needs)
        if item.looks:
            needs = _better(needs, joined)
        elif joined is not None:
            exact = joined
        else:
            needs = _better(needs, exact)
            exact, whole = item.exact or _NOTHING.exact, False
    return _Part(exact if whole else None, needs if whole else _better(needs, exact))


def _joined(one: Spellings | None, two: Spellings | None) -> Spellings | None:
    if one is None or two is None or len(one) * len(two) > _EXACT:
        return None
    return frozenset(a + b for a in one for b in two)


def _either(branches: list[_Part]) -> _Part:
    exact: set[str] | None = set()
    needs: set[str] | None = set()
    for branch in branches:
        best = _better(branch.needs, branch.exact)
        needs = None if needs is None or best is None else needs | best
        exact = None if exact is None or branch.exact is None else exact | branch.exact
    if needs is not None and len(needs) > _LITERALS:
        needs = None
    if exact is not None and len(exact) > _EXACT:
        exact = None
    return _Part(None if exact is None else frozenset(exact), None if needs is None else frozenset(needs))


def _better(one: Spellings | None, two: Spellings | None) -> Spellings | None:
    """Of two sets, the one that is met less often; a set with a literal that cannot be seen says nothing."""
    sets = [found for found in (one, two) if found and all(map(str.strip, found))]
    if len(sets) == 2:
        return min(sets, key=lambda found: (_cost(found), len(found), sorted(found)))
    return sets[0] if sets else None


def _cost(literals: Iterable[str]) -> float:
    """Expected hits per character of running text."""
    total = 0.0
    for literal in literals:
        odds = 1.0
        for character in literal[:_LENGTH]:
            odds *= (
                0.001 if character > "\x7f" else 0.07 if character.isalpha() else 0.15 if character == " " else 0.004
            )
        total += odds
    return total


def _shortest(literals: Iterable[str]) -> Spellings:
    """The literals cut to length, without those that begin with another one."""
    kept: list[str] = []
    for literal in sorted({literal[:_LENGTH] for literal in literals}):
        if not kept or not literal.startswith(kept[-1]):
            kept.append(literal)
    return frozenset(kept)
