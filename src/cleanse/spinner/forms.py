"""Finding lexicon forms in a text: indexed by their first word, longest first, never one pattern per row."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cleanse.rules.lexicon import Brief, Lexicon, Row, Sureness, odds
from cleanse.spinner.tokens import TokenText, split_form

_CONTENT_WORD = 4
"""Letters of a word that is replaced wherever it stands; shorter ones are replaced in some phrases only."""
_SMALL_WORD = 3
"""Letters of the words that headlines in capitals leave small."""


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
    _read: dict[tuple[str, ...], Form] = field(default_factory=dict, compare=False)
    """The forms met so far."""

    def briefs(self) -> Iterator[Brief]:
        """All rows in brief, the lexicon's own first; their order numbers them."""
        yield from self.lexicon.rows.briefs()
        if self.base:
            yield from self.base.rows.briefs()

    def row(self, number: int) -> Row:
        """A row by its number."""
        own = len(self.lexicon.rows)
        return self.base.rows[number - own] if self.base and number >= own else self.lexicon.rows[number]

    @cached_property
    def habits(self) -> Mapping[str, str]:
        """How often single forms are the spinner's; the lexicon's own word goes before that of its base."""
        return {**(self.base.habits if self.base else {}), **self.lexicon.habits}

    @cached_property
    def _places(self) -> Mapping[tuple[str, ...], Sequence[int]]:
        """Row numbers by the tokens of their form."""
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, row in enumerate(self.briefs()):
            places[split_form(row.spun)].append(at)
        return dict(places)

    @cached_property
    def _sizes(self) -> Mapping[str, Sequence[int]]:
        """How many tokens the forms that begin with a token have, the most first."""
        sizes: dict[str, set[int]] = defaultdict(set)
        for tokens in self._places:
            sizes[tokens[0]].add(len(tokens))
        return {first: sorted(found, reverse=True) for first, found in sizes.items()}

    def of(self, tokens: tuple[str, ...]) -> Form | None:
        """The form that is made of just these tokens, if the lexicon has it."""
        if tokens not in self._places:
            return None
        if tokens not in self._read:
            rows = (self.row(at) for at in self._places[tokens])
            self._read[tokens] = Form(tokens, tuple(sorted(rows, key=_rank)))
        return self._read[tokens]

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Single words this spinner was seen to replace: what still stands of them it put there."""
        return frozenset(
            row.original.lower() for row in self.briefs() if row.met and len(row.original) >= _CONTENT_WORD
        )

    def at(self, text: TokenText, index: int) -> Iterator[Form]:
        """The forms that stand at a token, the longest first."""
        for size in self._sizes.get(text.tokens[index].lower, ()):
            tokens = tuple(token.lower for token in text.tokens[index : index + size])
            if form := self.of(tokens):
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
        return " ".join(_capitalised(word) for word in original.split())
    if standing[1:2].isupper() and standing[0].isupper() and original.islower():  # a `PC network` is a computer network
        return original
    return _capitalised(original) if standing[0].isupper() else original


def _capitalised(word: str) -> str:
    return word[:1].upper() + word[1:]
