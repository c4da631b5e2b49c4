"""Context guards of lexicon rows: what must, or must not, stand around a form.

An item is a word, a phrase, a prefix ending in `*`, or a class in angle brackets such as `<cap>`. In `unless`, `_`
marks the place of the form: `_ members` is a word directly behind it, `kitchen _` one directly before it, and an
item without `_` a word anywhere in the sentence.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

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
CLASSES = frozenset({*_WORDS, *_PATTERNS, "num", "start", "end"})
_END_MARKS = frozenset('.,;:!?)”"')
_ATOM = regex.compile(r"<\w+>|\S+")


def allows(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether the row's guards hold for the tokens `start:end`."""
    if row.before and not any(_stands_before(item, text, start) for item in row.before):
        return False
    if row.after and not any(_stands_after(item, text, end) for item in row.after):
        return False
    if row.near and not any(_occurs(item, text.words) for item in row.near):
        return False
    return not is_vetoed(row, text, start, end)


def is_vetoed(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether something stands around the tokens `start:end` that makes the row stand down."""
    words = text.sentence_words(start)
    return any(_vetoes(item, text, start, end, words) for item in row.unless)


def _vetoes(item: str, text: TokenText, start: int, end: int, words: frozenset[str]) -> bool:
    if item.startswith("_ "):
        return _stands_after(item[2:], text, end)
    if item.endswith(" _"):
        return _stands_before(item[:-2], text, start)
    return _occurs(item, words)


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


@lru_cache(maxsize=20_000)
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
