"""Finding lexicon forms in a text: indexed by their first word, longest first, never one pattern per row."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from cleanse.rules.lexicon import Guards, Lexicon, Row, Rows, Sureness, odds
from cleanse.spinner.tokens import TokenText, split_form

_CONTENT_WORD = 4
"""Letters of a word that is replaced wherever it stands; shorter ones are replaced in some phrases only."""
_SMALL_WORD = 3
"""Letters of the words that headlines in capitals leave small."""
_REMEMBERED = 1 << 10
"""Forms, and first words of forms, that are kept at hand, 2 kB each: more than a text of 1,000 words has."""


@dataclass(frozen=True)
class Form:
    """A spun form and all rows that know it, guarded ones first."""

    tokens: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FormIndex:
    """All forms of a lexicon."""

    lexicon: Lexicon
    base: Lexicon | None = None
    """The table that this one extends."""
    _places: dict[str, Mapping[tuple[str, ...], Sequence[int]]] = field(default_factory=dict, compare=False)
    """What begins with the tokens met lately."""
    _read: dict[tuple[str, ...], Form] = field(default_factory=dict, compare=False)
    """The forms met lately."""

    @property
    def _tables(self) -> Sequence[Rows]:
        """The lexicon's own rows first; their order numbers them."""
        return (self.lexicon.rows, self.base.rows) if self.base else (self.lexicon.rows,)

    def _place(self, number: int) -> tuple[Rows, int]:
        """The rows that a number is of, and the number among them."""
        own = len(self.lexicon.rows)
        return (self.base.rows, number - own) if self.base and number >= own else (self.lexicon.rows, number)

    def form(self, number: int) -> str:
        """The spun form of a row."""
        rows, at = self._place(number)
        return rows.form(at)

    def guards(self, number: int) -> Guards:
        """The guards of a row."""
        rows, at = self._place(number)
        return rows.guards(at)

    def rows(self) -> Iterator[Row]:
        """All rows, in order; to read them takes half a second."""
        return chain.from_iterable(self._tables)

    @cached_property
    def habits(self) -> Mapping[str, str]:
        """How often single forms are the spinner's; the lexicon's own word goes before that of its base."""
        return {**(self.base.habits if self.base else {}), **self.lexicon.habits}

    def originals(self) -> Iterator[str]:
        """What they most likely stand for."""
        return (line.split("\t", 2)[1] for rows in self._tables for line in rows.lines())

    def firsts(self) -> Iterable[str]:
        """The first tokens of all forms."""
        return dict.fromkeys(chain.from_iterable(rows.firsts for rows in self._tables))

    def numbers(self, first: str) -> Iterator[int]:
        """The numbers of the rows whose forms begin with a token."""
        yield from self.lexicon.rows.firsts.get(first, ())
        if self.base:
            own = len(self.lexicon.rows)
            yield from (own + number for number in self.base.rows.firsts.get(first, ()))

    def _begun(self, first: str) -> Mapping[tuple[str, ...], Sequence[int]]:
        """Row numbers by the tokens of their form, of forms that begin with a token; the longest first."""
        if not any(first in rows.firsts for rows in self._tables):
            return {}
        begun = self._places.get(first)
        if begun is None:
            if len(self._places) >= _REMEMBERED:
                self._places.clear()
            places: dict[tuple[str, ...], list[int]] = defaultdict(list)
            for number in self.numbers(first):
                places[split_form(self.form(number))].append(number)
            begun = {tokens: places[tokens] for tokens in sorted(places, key=len, reverse=True)}
            self._places[first] = begun
        return begun

    def of(self, tokens: tuple[str, ...]) -> Form | None:
        """The form that is made of just these tokens, if the lexicon has it."""
        form = self._read.get(tokens)
        if form is None:
            numbers = self._begun(tokens[0]).get(tokens)
            if numbers is None:
                return None
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            form = self._read[tokens] = Form(tokens, tuple(sorted(self._overridden(numbers), key=_rank)))
        return form

    def _overridden(self, numbers: Iterable[int]) -> Iterator[Row]:
        """The rows of a form; what the lexicon says of a pair without guards, its base does not say otherwise.

        Of a pair that is only listed here the base knows no places either: they are those of another machine.
        """
        rows = [rows[at] for rows, at in map(self._place, numbers)]
        own = {row.original: row.sureness for row in rows if row.file == self.lexicon.file and not row.guarded}
        return (
            row
            for row in rows
            if row.file == self.lexicon.file
            or row.original not in own
            or (row.guarded and own[row.original] is not Sureness.LISTED)
        )

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Single words this spinner was seen to replace: what still stands of them it put there."""
        met = chain.from_iterable(rows.met() for rows in self._tables)
        return frozenset(original.lower() for original in met if len(original) >= _CONTENT_WORD)

    def at(self, text: TokenText, index: int) -> Iterator[Form]:
        """The forms that stand at a token, the longest first."""
        begun = self._begun(text.tokens[index].lower)
        if not begun:
            return
        longest = len(next(iter(begun)))
        tokens = tuple(token.lower for token in text.tokens[index : index + longest])
        for size in range(len(tokens), 0, -1):
            if tokens[:size] in begun and (form := self.of(tokens[:size])):
                yield form


def _rank(row: Row) -> tuple[bool, int, int, float]:
    """Guarded rows in the order of their file; of the others the surer first, then the most met, then the likelier."""
    if row.guarded:
        return False, 0, 0, 0.0
    return True, list(Sureness).index(row.sureness), -row.seen, -odds(row)


def fits_case(row: Row, text: TokenText, start: int, end: int) -> bool:
    """Whether the text has the capitals that the row's form demands.

    A form with capitals must stand as written; so must a one-word form all in lower case whose original is a
    name (`america`), since with a capital it is the name itself. Other forms may stand capitalised.
    """
    standing = text.text[text.tokens[start].start : text.tokens[end - 1].end]
    if row.spun != row.spun.lower():
        return standing.replace("’", "'") == row.spun.replace("’", "'")
    if " " not in row.spun and row.original != row.original.lower():
        return standing == row.spun
    return True


def in_case_of(original: str, standing: str) -> str:
    """The original with the capitals of the text it replaces."""
    if standing.isupper() and len(standing) > 1 and original.islower():
        return original.upper()
    rest = [word for word in standing.split()[1:] if word[0].isalpha() and len(word) > _SMALL_WORD]
    if rest and original.islower() and standing[0].isupper() and all(word[0].isupper() for word in rest):
        return " ".join(capitalised(word) for word in original.split())
    if standing[1:2].isupper() and standing[0].isupper() and original.islower():  # a `PC network` is a computer network
        return original
    return capitalised(original) if standing[0].isupper() else original


def capitalised(word: str) -> str:
    """With a capital at its beginning, and the rest as it is."""
    return word[:1].upper() + word[1:]
