"""Context guards of lexicon rows: what must, or must not, stand around a form.

An item is a word, a phrase, a prefix ending in `*`, or a class in angle brackets such as `<cap>`. In `unless`, `_`
marks the place of the form: `_ members` is a word directly behind it, `kitchen _` one directly before it, `degree _ of`
both at once, and an item without `_` a word anywhere in the sentence.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import regex

from cleanse.errors import RuleError
from cleanse.rules.lexicon import Row
from cleanse.spinner.tokens import Token, TokenText, split_form

_WORDS: Mapping[str, frozenset[str]] = MappingProxyType({
    name: frozenset(words.split())
    for name, words in {
        "det": "a an the this that these those his her its their our my your each every no any some",
        "poss": "his her its their our my your 's",
        "be": "is are was were be been being am 's 're",
        "have": "has have had having",
        "modal": "will would can could may might must should shall 'll",
        "pron": "i you he she it we they",
        "to": "to",
        "prep": "of in on at by for with from to into over under after before between through",
        "not": "not never n't cannot",
        "month": "january february march april may june july august september october november december",
        "day": "monday tuesday wednesday thursday friday saturday sunday",
    }.items()
})  # fmt: skip
_NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion "
    "trillion dozen".split()
)
_PATTERNS: Mapping[str, "regex.Pattern[str]"] = MappingProxyType({
    "cap": regex.compile(r"\p{Lu}"),
    "adv": regex.compile(r"\p{L}{2,}ly$"),
    "plural": regex.compile(r"\p{L}{2,}[^s'’]s$"),
    "ing": regex.compile(r"\p{L}{2,}ing$"),
    "ed": regex.compile(r"\p{L}{2,}ed$"),
    "money": regex.compile(r"[$£€¥]"),
})  # fmt: skip
_LISTS = 1 << 8
"""Lists of items that are kept at hand; inflections of a word share theirs."""
_ITEMS = 1 << 12
"""Items that are kept at hand, parted into atoms."""
CLASSES = frozenset({*_WORDS, *_PATTERNS, "num", "start", "end"})
_END_MARKS = frozenset('.,;:!?)”"')
_SPECIAL = frozenset("<*")
"""What an item has that is more than words."""
_ATOM = regex.compile(r"<\w+>|\S+")


class _Items(NamedTuple):
    """The items of a list, by what a look takes: one tells of all single words, phrases show it by one end."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    """In small letters; their first and last letters are those of their first and last tokens."""
    others: tuple[str, ...]


class _Vetoes(NamedTuple):
    """The items of an `unless`, by where they veto."""

    before: _Items
    behind: _Items
    around: tuple[tuple[_Items, _Items], ...]
    """What stands before it and what behind it, both."""
    anywhere: _Items


def allows(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether the row's guards hold for the tokens `start:end`, and nothing vetoes."""
    return holds(row, text, start, end) and not is_vetoed(row, text, start, end)


def holds(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether what the row asks for stands around the tokens `start:end`."""
    if row.before and not _any_before(_parted(row.before), text, start):
        return False
    if row.after and not _any_after(_parted(row.after), text, end):
        return False
    return not row.near or any(_occurs(item, text.words) for item in row.near)


def is_vetoed(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether something stands around the tokens `start:end` that makes the row stand down."""
    if not row.unless:
        return False
    before, behind, around, anywhere = _vetoes(row.unless)
    if _any_before(before, text, start) or _any_after(behind, text, end):
        return True
    if any(_any_before(one, text, start) and _any_after(two, text, end) for one, two in around):
        return True
    words = text.sentence_words(start)
    return not anywhere.words.isdisjoint(words) or any(_occurs(item, words) for item in anywhere.others)


@lru_cache(_LISTS)
def _vetoes(unless: tuple[str, ...]) -> _Vetoes:
    placed = [_sides(item) for item in unless if "_" in item.split()]
    before = tuple(one for one, two in placed if not two)
    behind = tuple(two for one, two in placed if not one)
    around = tuple((_parted((one,)), _parted((two,))) for one, two in placed if one and two)
    anywhere = [item for item in unless if "_" not in item.split()]
    single = frozenset(item for item in anywhere if " " not in item and not item.endswith("*"))
    others = tuple(item for item in anywhere if item not in single)
    return _Vetoes(_parted(before), _parted(behind), around, _Items(single, (), others))


def _sides(item: str) -> tuple[str, str]:
    """What an item names before the form and behind it."""
    before, _, behind = f" {item} ".partition(" _ ")
    return before.strip(), behind.strip()


@lru_cache(_LISTS)
def _parted(items: tuple[str, ...]) -> _Items:
    """Items that stand directly beside a form."""
    words: set[str] = set()
    phrases: list[str] = []
    others: list[str] = []
    for item in map(str.lower, items):
        if not _SPECIAL.isdisjoint(item):
            others.append(item)
        elif item.isascii() and item.isalpha():  # as most are that are no phrase
            words.add(item)
        elif " " in item or len(atoms := _atoms(item)) > 1:
            phrases.append(item)
        else:
            words.update(atoms)
    return _Items(frozenset(words), tuple(phrases), tuple(others))


def _any_before(items: _Items, text: TokenText, start: int) -> bool:
    if start:
        word = text.tokens[start - 1].lower
        ending = (item for item in items.phrases if item.endswith(word))
        if word in items.words or any(_stands_before(item, text, start) for item in ending):
            return True
    return any(_stands_before(item, text, start) for item in items.others)


def _any_after(items: _Items, text: TokenText, end: int) -> bool:
    if end < len(text.tokens):
        word = text.tokens[end].lower
        beginning = (item for item in items.phrases if item.startswith(word))
        if word in items.words or any(_stands_after(item, text, end) for item in beginning):
            return True
    return any(_stands_after(item, text, end) for item in items.others)


def _stands_before(item: str, text: TokenText, start: int) -> bool:
    if item == "<start>":
        return text.starts_sentence(start)
    atoms = _atoms(item)
    first = start - len(atoms)
    return first >= 0 and _matches(atoms, text.tokens[first:start])


def _stands_after(item: str, text: TokenText, end: int) -> bool:
    if item == "<end>":
        return text.ends_sentence(end) or text.tokens[end].text in _END_MARKS
    atoms = _atoms(item)
    return end + len(atoms) <= len(text.tokens) and _matches(atoms, text.tokens[end : end + len(atoms)])


def _occurs(item: str, words: frozenset[str]) -> bool:
    if " " in item:
        return all(_occurs(part, words) for part in item.split())
    if item.endswith("*"):
        return any(word.startswith(item[:-1]) for word in words)
    return item in words


def _matches(atoms: Sequence[str], tokens: Sequence[Token]) -> bool:
    return all(_is(atom, token) for atom, token in zip(atoms, tokens, strict=True))


def _is(atom: str, token: Token) -> bool:
    if atom.startswith("<") and atom.endswith(">"):
        return _is_of_class(atom[1:-1], token)
    if atom.endswith("*") and len(atom) > 1:
        return token.lower.startswith(atom[:-1])
    return token.lower == atom


def _is_of_class(name: str, token: Token) -> bool:
    if name == "num":
        return token.text[0].isdigit() or token.lower in _NUMBER_WORDS
    if name in _WORDS:
        return token.lower in _WORDS[name] and not (name in {"month", "day"} and token.text[0].islower())
    pattern = _PATTERNS.get(name)
    return pattern is not None and pattern.match(token.text) is not None


@lru_cache(_ITEMS)
def _atoms(item: str) -> tuple[str, ...]:
    """The tokens an item is made of; words are split as the text is."""
    atoms: list[str] = []
    for part in _ATOM.findall(item.lower()):
        atoms += [part] if part.startswith("<") or part.endswith("*") else split_form(part)
    return tuple(atoms)


def check(row: Row, where: str) -> None:
    """Raise RuleError for an item that cannot be read."""
    for item in (*row.before, *row.after, *row.near, *row.unless):
        for name in regex.findall(r"<(\w*)>", item):
            if name not in CLASSES:
                raise RuleError(f"{where}: no guard class is called <{name}>; there are {', '.join(sorted(CLASSES))}")
    for item in (*row.before, *row.after, *row.near):
        if "_" in item.split():
            raise RuleError(f"{where}: {item!r}: only what stands in `unless` has a place beside the form to mark")
    for item in row.unless:
        if item.split().count("_") > 1:
            raise RuleError(f"{where}: {item!r}: the form stands in one place, so `_` does")
