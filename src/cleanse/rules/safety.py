"""The subset of patterns a rule may use: those whose work stays linear in the text.

Backtracking explodes when a repeated group can match the same text in several ways. So an unbounded repeat may
not hold another variable repeat unless the inner one is possessive or the group atomic, which gives back
nothing. Back-references and very long look-behinds are refused too.
"""

from dataclasses import dataclass

import regex

from cleanse.limits import DEFAULTS

_MANY = 4
"""A group repeated at most this often counts as spelled out."""
_QUANTIFIER = regex.compile(r"(?:[*+?]|\{(?P<low>\d*)(?:(?P<comma>,)(?P<high>\d*))?\})(?P<mode>[+?]?)")
_REFERENCE = regex.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\\g<|\(\?(?:P=|P>|R\)|&|[+-]?\d+\)))")
_GROUP_HEAD = regex.compile(r"\((?:\?(?:P?<\w+>|<?[=!]|[>:|]|P=\w+\)|[a-zA-Z-]*[:)]|#[^)]*\)))?")
_CLASS = regex.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]")
_ESCAPE = regex.compile(r"\\(?:[pP]\{[^}]*\}|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", regex.DOTALL)


@dataclass
class _Group:
    """An open group: whether it is atomic, and whether it holds something that can match in several lengths."""

    atomic: bool = False
    variable: bool = False


def complaint(pattern: str) -> str:
    """What is wrong with the pattern, in one sentence, or an empty string."""
    if len(pattern) > DEFAULTS.pattern_chars:
        return f"the pattern has {len(pattern)} characters, more than {DEFAULTS.pattern_chars}"
    if _REFERENCE.search(pattern):
        return "back-references and recursion make the work unpredictable; spell the alternatives out"
    stack = [_Group()]
    at = 0
    while at < len(pattern):
        at, closed = _step(pattern, at, stack)
        quantifier = _QUANTIFIER.match(pattern, at) if closed is not None else None
        if closed is None:
            continue
        variable = closed.variable and not closed.atomic
        if quantifier:
            at = quantifier.end()
            low, high = _range(quantifier)
            if high > _MANY and variable and quantifier["mode"] != "+":
                return (
                    "a repeated group holds another repeat, which can take very long; "
                    "make the inner repeat possessive (`++`, `*+`) or the group atomic (`(?>…)`)"
                )
            variable = (variable or low != high) and quantifier["mode"] != "+"
        stack[-1].variable |= variable
    return ""


def _step(pattern: str, at: int, stack: list[_Group]) -> tuple[int, _Group | None]:
    """Read one atom; returns where it ends, and the atom as a group if it can be repeated."""
    for token in (_ESCAPE, _CLASS):
        if found := token.match(pattern, at):
            return found.end(), _Group()
    if head := _GROUP_HEAD.match(pattern, at):
        if not head.group().endswith(")"):
            stack.append(_Group(atomic=head.group() == "(?>"))
        return head.end(), None
    if pattern[at] == ")" and len(stack) > 1:
        return at + 1, stack.pop()
    return at + 1, None if pattern[at] in "|^$" else _Group()


def _range(quantifier: "regex.Match[str]") -> tuple[int, float]:
    """Lowest and highest count of a quantifier."""
    sign = quantifier.group()[0]
    if sign != "{":
        return (1 if sign == "+" else 0), (1 if sign == "?" else float("inf"))
    low = int(quantifier["low"] or 0)
    if not quantifier["comma"]:
        return low, low
    return low, int(quantifier["high"]) if quantifier["high"] else float("inf")
