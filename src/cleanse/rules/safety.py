"""The subset of patterns a rule may use: those whose work stays linear in the text.

Backtracking explodes when a repeated group can match the same text in several ways. So an unbounded repeat may
not hold another variable repeat unless the inner one is possessive or the group atomic, which gives back
nothing. Back-references and long look-behinds are refused too. What passes is then tried on text that almost matches,
and the work counted (`growth`).
"""

from dataclasses import dataclass

import regex

from cleanse.limits import DEFAULTS
from cleanse.rules.growth import CLASS, ESCAPE, QUANTIFIER, counts, grows, looks_back

_BEHIND = 64
"""Longest look-behind, in code points."""
_MANY = 4
"""A group repeated at most this often counts as spelled out."""
_REFERENCE = regex.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\\g<|\(\?(?:P=|P>|R\)|&|[+-]?\d+\)))")
_GROUP_HEAD = regex.compile(r"\((?:\?(?:P?<\w+>|<?[=!]|[>:|]|P=\w+\)|[a-zA-Z-]*[:)]|#[^)]*\)))?")


@dataclass
class _Group:
    """An open group: whether it is atomic, and whether it holds something that can match in several lengths."""

    atomic: bool = False
    variable: bool = False


def runaway(pattern: str, *, search: bool) -> str:
    """Why the work of a pattern that `complaint` passes outgrows the text, in one sentence, or an empty string."""
    text = grows(pattern, search=search)
    if not text:
        return ""
    return (
        f"its work grows faster than the text, on text like {text[:40]!r}; make what repeats possessive (`++`, `*+`), "
        "give it a bound, or begin with what cannot stand at every place (a word, `\\b`)"
    )


def complaint(pattern: str) -> str:
    """What is wrong with the pattern as it is written, in one sentence, or an empty string."""
    if len(pattern) > DEFAULTS.pattern_chars:
        return f"the pattern has {len(pattern)} characters, more than {DEFAULTS.pattern_chars}"
    if _REFERENCE.search(pattern):
        return "back-references and recursion make the work unpredictable; spell the alternatives out"
    if looks_back(pattern) > _BEHIND:
        return f"a look-behind over more than {_BEHIND} characters is looked through at every place; use `before`"
    stack = [_Group()]
    at = 0
    while at < len(pattern):
        at, closed = _step(pattern, at, stack)
        quantifier = QUANTIFIER.match(pattern, at) if closed is not None else None
        if closed is None:
            continue
        variable = closed.variable and not closed.atomic
        if quantifier:
            at = quantifier.end()
            low, high = counts(quantifier)
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
    for token in (ESCAPE, CLASS):
        if found := token.match(pattern, at):
            return found.end(), _Group()
    if head := _GROUP_HEAD.match(pattern, at):
        if not head.group().endswith(")"):
            stack.append(_Group(atomic=head.group() == "(?>"))
        return head.end(), None
    if pattern[at] == ")" and len(stack) > 1:
        return at + 1, stack.pop()
    return at + 1, None if pattern[at] in "|^$" else _Group()
