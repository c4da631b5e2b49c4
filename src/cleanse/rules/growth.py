"""How the work of a pattern grows on text that almost matches, counted and not timed.

The pattern is read into a small tree, and a plain backtracking matcher tries it on strings made for it: what leads up
to a repeat, then the repeat's own text or any kind of character the pattern tells apart, n times and 2n times, then an
end that fails. Steps are counted, so that the answer is the same on every machine. Real engines prune some of this
work; none does more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

_FACTOR = 2.6
"""Growth from n to 2n beyond which work is not linear; the fault model's figure."""
_LENGTH = 40
_BOUND = 80
"""A repeat bounded above this counts as unbounded: no text that short tells them apart."""
_STEPS = 150_000
_PER_CHAR = 12
"""Steps per character below which growth does not matter."""
_SAMPLES = "aZé1_ \t.,;:!?-–—'’\"“”()[]{}<>/\\|#@&%$*+=~^`©•→中я\u0627\u0301\u200c\xa0\n"
# What a pattern is made of, beside groups and single characters.
QUANTIFIER = regex.compile(r"(?:[*+?]|\{(?P<low>\d*)(?:(?P<comma>,)(?P<high>\d*))?\})(?P<mode>[+?]?)")
CLASS = regex.compile(r"\[\^?\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*\]")
ESCAPE = regex.compile(r"\\(?:[pP]\{[^}]*\}|N\{[^}]*\}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", regex.DOTALL)
_HEAD = regex.compile(
    r"\((?:\?(?:P?<(?P<name>\w+)>|(?P<look><?[=!])|(?P<atomic>>)|:|(?P<flags>[a-zA-Z-]+)(?P<end>[:)])|#[^)]*\)))?"
)
_ANCHORS = frozenset((r"\b", r"\B", r"\A", r"\Z", r"\m", r"\M", r"\G", "^", "$"))


@dataclass(frozen=True)
class _Atom:
    """One character of some kind, or with `width` 0 a place."""

    source: str
    width: int


@dataclass(frozen=True)
class _Choice:
    """One of several sequences; `kind` is empty, `>` for an atomic group, or the sign of a look-around."""

    branches: tuple[tuple["_Node", ...], ...]
    kind: str = ""


@dataclass(frozen=True)
class _Repeat:
    node: "_Node"
    low: int
    high: float
    mode: str


_Node = _Atom | _Choice | _Repeat


class _Spent(Exception):  # noqa: N818 - no error: the count is over
    """More steps than any linear pattern needs."""


def grows(pattern: str, *, search: bool) -> str:
    """A text like those on which the pattern's work grows faster than the text, or an empty string.

    With `search` the pattern is tried at every place of the text, else at its beginning alone.
    """
    tree, flags = _parsed(pattern)
    tried = set()
    length = max(_LENGTH, *(2 * int(n.high) for n in _repeats(tree) if n.high <= _BOUND), 0)
    kinds = _kinds(tree, flags)
    for lead, own in _attacks(tree, flags, ""):
        for pump in (own, *kinds):
            if pump and (lead, pump) not in tried:
                tried.add((lead, pump))
                once = _steps(tree, flags, lead + pump * length + "\0", search=search)
                twice = _steps(tree, flags, lead + pump * (2 * length) + "\0", search=search)
                if (twice > _FACTOR * once and twice > _PER_CHAR * 2 * length) or once >= _STEPS:
                    return lead + pump * 4
    return ""


def looks_back(pattern: str) -> float:
    """The most characters that a look-behind of the pattern looks at."""
    reader = _Reader(pattern)
    reader.whole()
    return reader.behind


def _parsed(pattern: str) -> tuple[_Choice, str]:
    return _Reader(pattern).whole()


class _Reader:
    """Reads a pattern that is known to compile."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.flags = ""
        self.behind: float = 0

    def whole(self) -> tuple[_Choice, str]:
        tree = _Choice(self._branches())
        return tree, f"(?{''.join(sorted(set(self.flags)))})" if self.flags else ""

    def _branches(self) -> tuple[tuple[_Node, ...], ...]:
        branches: list[list[_Node]] = [[]]
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":
                branches.append([])
                self.at += 1
            elif (node := self._atom()) is not None:
                branches[-1].append(self._repeated(node))
        self.at += 1
        return tuple(map(tuple, branches))

    def _atom(self) -> _Node | None:
        if head := _HEAD.match(self.pattern, self.at):
            self.at = head.end()
            if head.group().endswith(")"):  # a comment, or flags for all that follows
                self.flags += (head["flags"] or "").partition("-")[0]
                return None
            self.flags += (head["flags"] or "").partition("-")[0]
            node = _Choice(self._branches(), head["look"] or (">" if head["atomic"] else ""))
            if not node.kind.startswith("<"):
                return node
            self.behind = max(self.behind, _width(_Choice(node.branches)))
            return _Atom(self.pattern[head.start() : self.at], 0)
        found = ESCAPE.match(self.pattern, self.at) or CLASS.match(self.pattern, self.at)
        source = found.group() if found else self.pattern[self.at]
        self.at += len(source)
        return _Atom(source, 0 if source in _ANCHORS else 1)

    def _repeated(self, node: _Node) -> _Node:
        quantifier = QUANTIFIER.match(self.pattern, self.at)
        if not quantifier:
            return node
        self.at = quantifier.end()
        low, high = counts(quantifier)
        return _Repeat(node, low, high, quantifier["mode"])


def counts(quantifier: "regex.Match[str]") -> tuple[int, float]:
    """Lowest and highest count of a quantifier."""
    sign = quantifier.group()[0]
    if sign != "{":
        return (1 if sign == "+" else 0), (1 if sign == "?" else float("inf"))
    low = int(quantifier["low"] or 0)
    if not quantifier["comma"]:
        return low, low
    return low, int(quantifier["high"]) if quantifier["high"] else float("inf")


def _width(node: _Node) -> float:
    """The most characters that a node matches."""
    if isinstance(node, _Atom):
        return node.width
    if isinstance(node, _Repeat):
        return node.high * _width(node.node) if _width(node.node) else 0
    return 0 if node.kind not in ("", ">") else max(sum(map(_width, branch)) for branch in node.branches)


def _repeats(node: _Node) -> Iterator[_Repeat]:
    if isinstance(node, _Repeat):
        yield node
        yield from _repeats(node.node)
    elif isinstance(node, _Choice):
        for branch in node.branches:
            for part in branch:
                yield from _repeats(part)


def _atoms(node: _Node) -> Iterator[str]:
    if isinstance(node, _Atom):
        if node.width:
            yield node.source
    elif isinstance(node, _Repeat):
        yield from _atoms(node.node)
    else:
        for branch in node.branches:
            for part in branch:
                yield from _atoms(part)


@lru_cache(maxsize=4_096)
def _test(source: str, flags: str) -> "regex.Pattern[str]":
    return regex.compile(flags + source)


def _kinds(tree: _Choice, flags: str) -> list[str]:
    """One character of every kind that the pattern tells apart."""
    sources = sorted(set(_atoms(tree)))
    letters = [source for source in sources if len(source) == 1 and source.isalnum()]
    kinds: dict[tuple[bool, ...], str] = {}
    for sample in (*_SAMPLES, *letters[:8]):
        held = tuple(_test(source, flags).fullmatch(sample) is not None for source in sources)
        if any(held):
            kinds.setdefault(held, sample)
    return list(kinds.values())


def _sample(node: _Node, flags: str) -> str:
    """A short text that the node matches, as far as that can be told without trying."""
    if isinstance(node, _Repeat):
        return _sample(node.node, flags) * max(node.low, 0)
    if isinstance(node, _Choice):
        return "" if node.kind not in ("", ">") else "".join(_sample(part, flags) for part in node.branches[0])
    if not node.width:
        return ""
    plain = node.source[-1]
    held = (c for c in (plain, *_SAMPLES) if _test(node.source, flags).fullmatch(c))
    return next(held, "")


def _attacks(node: _Node, flags: str, lead: str) -> Iterator[tuple[str, str]]:
    """What leads to each repeat that may be long, and the text it repeats; the beginning of everything first."""
    if not lead:
        yield "", ""
    if isinstance(node, _Repeat):
        if node.high > _BOUND:
            for own in _variants(node.node, flags):
                yield lead, own
        yield from _attacks(node.node, flags, lead)
    elif isinstance(node, _Choice):
        for branch in node.branches:
            sofar = lead
            for part in branch:
                yield from _attacks(part, flags, sofar)
                sofar += _sample(part, flags)


def _variants(node: _Node, flags: str) -> Iterator[str]:
    """What a repeated part may be: each of its branches once."""
    if isinstance(node, _Choice):
        for branch in node.branches[:8]:
            yield "".join(_sample(part, flags) or _sample_once(part, flags) for part in branch)
    else:
        yield _sample(node, flags)


def _sample_once(node: _Node, flags: str) -> str:
    return _sample(node.node, flags) if isinstance(node, _Repeat) else ""


def _steps(tree: _Choice, flags: str, text: str, *, search: bool) -> int:
    """Steps that a plain backtracking matcher takes to find that the text does not match to its end."""
    matcher = _Matcher(text, flags)
    try:
        at = 0
        while at < (len(text) if search else 1):
            found = next((end for end in matcher.ends(tree, at) if search or end == len(text)), None)
            at = found if found is not None and found > at else at + 1
    except _Spent:
        return _STEPS
    return matcher.steps


class _Matcher:
    """Backtracks, and counts."""

    def __init__(self, text: str, flags: str) -> None:
        self.text = text
        self.flags = flags
        self.steps = 0

    def ends(self, node: _Node, at: int) -> Iterator[int]:
        """Where a match of the node that begins at a place may end, in the order in which it is tried."""
        if isinstance(node, _Atom):
            if self._holds(node, at):
                yield at + node.width
        elif isinstance(node, _Repeat):
            found = self._single(node, at) if _is_single(node) else self._many(node, at)
            yield from _first(found) if node.mode == "+" else found
        elif not node.kind:
            yield from self._choice(node, at)
        elif node.kind == ">":
            yield from _first(self._choice(node, at))
        else:
            held = next(self._choice(node, at), None) is not None
            if held == (node.kind == "="):
                yield at

    def _holds(self, atom: _Atom, at: int) -> bool:
        self.steps += 1
        if self.steps > _STEPS:
            raise _Spent
        if not atom.width:
            return _test(atom.source, self.flags).match(self.text, at) is not None
        return at < len(self.text) and _test(atom.source, self.flags).match(self.text, at, at + 1) is not None

    def _choice(self, node: _Choice, at: int) -> Iterator[int]:
        for branch in node.branches:
            yield from self._sequence(branch, at)

    def _sequence(self, parts: Sequence[_Node], at: int) -> Iterator[int]:
        if not parts:
            yield at
            return
        for middle in self.ends(parts[0], at):
            yield from self._sequence(parts[1:], middle)

    def _single(self, node: _Repeat, at: int) -> Iterator[int]:
        """A repeat of one character: how often it holds, then each shorter run (or, if lazy, each longer one)."""
        count = 0
        if node.mode == "?":
            while True:
                if count >= node.low:
                    yield at + count
                if count >= node.high or not self._holds(node.node, at + count):  # type: ignore[arg-type]
                    return
                count += 1
        while count < node.high and self._holds(node.node, at + count):  # type: ignore[arg-type]
            count += 1
        while count >= node.low:
            yield at + count
            self.steps += 1
            count -= 1

    def _many(self, node: _Repeat, at: int) -> Iterator[int]:
        """A repeat of a group, by a stack of its own: texts are longer than Python's."""
        places, tries = [at], [self.ends(node.node, at)]
        while tries:
            after = next(tries[-1], None) if len(tries) <= node.high else None
            if after is not None:
                if after > places[-1]:
                    places.append(after)
                    tries.append(self.ends(node.node, after))
                continue
            tries.pop()
            self.steps += 1
            place = places.pop()
            if len(tries) >= node.low:
                yield place


def _is_single(node: _Repeat) -> bool:
    return isinstance(node.node, _Atom) and node.node.width == 1


def _first(found: Iterator[int]) -> Iterator[int]:
    for end in found:
        yield end
        return
