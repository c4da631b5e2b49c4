r"""What must stand in a text for a pattern to match it: derived from the pattern, never written by hand.

A match of `(?:last )?updated on \d+` holds `updated on `; a match of `skip to|jump to` holds one of both. So one
scan for the literals of all rules says which rule may match on which line, and the others need not be tried. Where
nothing can be derived the rule is tried on every line, as it always may be: the derivation only ever leaves work
out. Everything is folded (`scanning.fold`), so flags for case do not matter.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import fsum
from types import MappingProxyType
from typing import NamedTuple

from cleanse.kept import kept
from cleanse.scanning import fold

_TOKEN = re.compile(
    r"\\(?:[pPN]\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|.)"
    r"|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]"
    r"|\((?:\?(?:P?<\w+>|<?[=!]|[>:|]|[a-zA-Z-]*[:)]|#[^)]*\)))?"
    r"|[)|]|[*+?][+?]?|\{\d+(?:,\d*)?\}[+?]?|\{,\d+\}[+?]?|[\w ]+(?![*+?{])|.",
    re.DOTALL,
)
QUANTIFIER = re.compile(r"[*+?][+?]?|\{(?P<low>\d*)(?P<comma>,?)(?P<high>\d*)\}[+?]?")
_EXACT = 64
"""Spellings that are multiplied out before a sequence is cut."""
_LITERALS = 600
"""Literals a rule may ask for: lists of places have hundreds."""
_LENGTH = 16
"""Of a longer literal its beginning is enough."""
_DENSE = 0.02
"""Expected hits per character from which trying the rule on every line is cheaper."""
_NEAR, _NEAR_ODDS = 16, 0.05
"""A literal so near to where a line begins is met there by one line in so many that hold it."""
_CONTROLS = MappingProxyType({"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a"})
WIDTHLESS = frozenset("bBAZzGmMK")

Spellings = frozenset[str]


Needs = Mapping[str, float]
"""Folded literals of which every match holds at least one; how many characters of it can stand before each at most."""


NEEDS = "needs"
"""The kind under which they are kept."""


class _Part(NamedTuple):
    """What is known of a part of a pattern."""

    exact: Spellings | None
    """Everything it can match; None where that is not a short list."""
    needs: Needs | None
    longest: float
    """The most characters it can match."""
    looks: bool = False
    """Whether it only looks ahead."""


_NOTHING = _Part(frozenset({""}), None, 0)
_ANYTHING = _Part(None, None, 1)
_ENDLESS = float("inf")


def needs(pattern: str) -> Needs | None:
    """What `required` gives, as it was worked out before or else now."""
    found: Needs | None = kept(NEEDS, pattern)
    return required(pattern) if found is None else found or None


def required(pattern: str) -> Needs | None:
    """What a match of the pattern cannot be without; None where nothing is known."""
    tokens = tokens_of(pattern)
    try:
        part, at = _alternatives(tokens, 0)
    except UnknownError:
        return None
    if at != len(tokens):
        return None
    best = _better(part.needs, _spelled(part.exact, 0))
    return _shortest(best) if best and _cost(best) <= _DENSE else None


class UnknownError(Exception):
    """A pattern uses what is not known here."""


def tokens_of(pattern: str) -> list[str]:
    """The pattern in pieces: escapes, classes, opening brackets with what makes them special, quantifiers, text."""
    return _TOKEN.findall(pattern)


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
        if at < len(tokens) and (quantifier := QUANTIFIER.fullmatch(tokens[at])):
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
            raise UnknownError
        if head[-1] == ")":
            return _NOTHING, at + 1
    end = _closing(tokens, at)
    part = _inside(tuple(tokens[at + 1 : end]))
    if head == "(?=":
        part = part._replace(longest=0, looks=True)
    elif head in {"(?!", "(?<=", "(?<!"}:
        part = _NOTHING
    return part, end + 1


def _closing(tokens: list[str], at: int) -> int:
    """Where the bracket closes that opens here."""
    depth = 0
    for end in range(at, len(tokens)):
        token = tokens[end]
        if token == ")":  # noqa: S105 - no password
            depth -= 1
            if not depth:
                return end
        elif token[0] == "(" and not token.startswith("(?#") and not (token[1:2] == "?" and token[-1] == ")"):
            depth += 1
    raise UnknownError


@lru_cache(1 << 10)  # named patterns, such as a list of places, stand in many rules
def _inside(tokens: tuple[str, ...]) -> _Part:
    """What is known of all between two brackets."""
    part, at = _alternatives(list(tokens), 0)
    if at != len(tokens):
        raise UnknownError
    return part


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
    if kind in WIDTHLESS:
        return _NOTHING
    if kind in _CONTROLS:
        return _literal(_CONTROLS[kind])
    if kind.isdigit():
        raise UnknownError
    if kind.isalpha():
        return _ANYTHING._replace(longest=_ENDLESS) if kind in "XR" else _ANYTHING
    return _literal(kind)


def _literal(literal: str) -> _Part:
    return _Part(frozenset({fold(literal)}), None, len(literal))


def _repeated(part: _Part, quantifier: "re.Match[str]") -> _Part:
    sign = quantifier.group()[0]
    low, high = (1 if sign == "+" else 0), (1 if sign == "?" else _ENDLESS)
    if sign == "{":
        low = int(quantifier["low"] or 0)
        high = int(quantifier["high"]) if quantifier["high"] else _ENDLESS if quantifier["comma"] else low
    if (low, high) == (1, 1):
        return part
    longest = part.longest * high if part.longest else 0
    if (low, high) == (0, 1) and part.exact is not None:
        return _Part(part.exact | {""}, None, longest)
    return _Part(None, _better(part.needs, _spelled(part.exact, 0)) if low else None, longest)


def _sequence(items: Iterable[_Part]) -> _Part:
    exact, needs, whole = _NOTHING.exact, None, True
    length, before = 0.0, 0.0  # of all items so far, and of those before `exact`
    for item in items:
        joined = _joined(exact, item.exact)
        needs = _better(needs, item.needs and {literal: length + at for literal, at in item.needs.items()})
        if item.looks:
            needs = _better(needs, _spelled(joined, before))
        elif joined is not None:
            exact = joined
        else:
            needs = _better(needs, _spelled(exact, before))
            before = length if item.exact else length + item.longest
            exact, whole = item.exact or _NOTHING.exact, False
        length += item.longest
    return _Part(exact if whole else None, needs if whole else _better(needs, _spelled(exact, before)), length)


def _joined(one: Spellings | None, two: Spellings | None) -> Spellings | None:
    if one is None or two is None or len(one) * len(two) > _EXACT:
        return None
    return frozenset(a + b for a in one for b in two)


def _either(branches: list[_Part]) -> _Part:
    exact: set[str] | None = set()
    needs: dict[str, float] | None = {}
    for branch in branches:
        best = _better(branch.needs, _spelled(branch.exact, 0))
        if needs is None or best is None:
            needs = None
        else:
            needs |= {literal: max(at, needs.get(literal, 0)) for literal, at in best.items()}
        exact = None if exact is None or branch.exact is None else exact | branch.exact
    longest = max((branch.longest for branch in branches), default=0)
    return _Part(
        None if exact is None or len(exact) > _EXACT else frozenset(exact),
        None if needs is None or len(needs) > _LITERALS else needs,
        longest,
    )


def _spelled(exact: Spellings | None, before: float) -> Needs | None:
    """Spellings as literals; one that cannot be seen says nothing."""
    return dict.fromkeys(exact, before) if exact and all(map(str.strip, exact)) else None


def _better(one: Needs | None, two: Needs | None) -> Needs | None:
    """Of two, the one that is met less often."""
    if one is None or two is None:
        return one or two
    costs = [(_cost(needs), len(needs)) for needs in (one, two)]
    if costs[0] == costs[1]:
        return min(one, two, key=lambda needs: sorted(needs.items()))
    return one if costs[0] < costs[1] else two


def _cost(needs: Needs) -> float:
    """Expected hits per character of running text; of those far from a line's beginning few are looked at.

    An exact sum: the literals come in no order, and the choice among them must not depend on it.
    """
    return fsum(_odds(literal[:_LENGTH]) * (_NEAR_ODDS if reach <= _NEAR else 1.0) for literal, reach in needs.items())


@lru_cache(1 << 12)  # a list of places is weighed again with every group around it
def _odds(literal: str) -> float:
    odds = 1.0
    for character in literal:
        letter, space = character.isalpha(), character == " "
        odds *= 0.001 if character > "\x7f" else 0.07 if letter else 0.15 if space else 0.004
    return odds


def _shortest(needs: Needs) -> Needs:
    """The literals cut to length, without those that begin with another one."""
    kept: dict[str, float] = {}
    last = ""
    for literal, reach in sorted((literal[:_LENGTH], reach) for literal, reach in needs.items()):
        if not last or not literal.startswith(last):
            last = literal
        kept[last] = max(reach, kept.get(last, 0))
    return kept
