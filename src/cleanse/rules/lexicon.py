"""Lexicons: long tables of literal forms, one row a line, beside the TOML table that owns them.

A row says which original a spun form stands for, and where: `before` and `after` name what must stand directly
beside it, `near` what must stand in the same sentence, `unless` what must not. See docs/spinner.md for the
notation.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain
from sys import intern
from types import MappingProxyType
from typing import NamedTuple, overload

from cleanse.errors import RuleError
from cleanse.lookup import pieces
from cleanse.spinner.tokens import split_form

COLUMNS = (
    "spun", "original", "others", "class", "before", "after", "near", "unless", "spun_rate", "original_rate",
    "seen", "examples"
)  # fmt: skip

HABITS = frozenset({"always", "often", "seldom"})
"""How often a form that stands in a spun text is the spinner's, where a table's header says so."""
APPLY: Mapping[str, float] = MappingProxyType({"spun": 0.92, "share": 0.6})
"""Probabilities from which a repair is applied, where a table's header does not say: that the form was put there, and
that its likeliest original stood there, if one did. Measured: see docs/spinner.md."""
LIMITS = ("score", "ratio", "hits", "kinds", "density")
"""What the limits of a finding name; see `gate`."""
DOUBT = ("variety", "repairs")
"""What those of a doubt name beside: different spun forms, and different sure repairs, in 100 words each."""
_MET = re.compile(rb"\t[1-9][0-9]*\t[^\t\n]*(?=\n|\Z)")
"""The count of a row whose pair was met, and its last cell."""
_NEWLINE = re.compile(rb"\n")
_SHARE = 1 / 3
_FLOOR = 0.1
"""Occurrences per million below which a rate says nothing more."""


class Sureness(StrEnum):
    """How far a row may be trusted inside a text that is proven to be spun."""

    ARTEFACT = "artefact"
    """No person writes this: repaired even in a text that is only suspected."""
    CERTAIN = "certain"
    """Not found in edited English where its guards hold."""
    CONTEXTUAL = "contextual"
    """Real English, but the rarer word in such a place: repaired where the original is absent from the text."""
    FLUENT = "fluent"
    """As good as the original: only shown."""
    LISTED = "listed"
    """A pair of the spinner's thesaurus of whose places nothing is known: the words around must speak for it."""


NEVER_WRITTEN = frozenset({Sureness.CERTAIN, Sureness.ARTEFACT})
"""Forms that nobody writes."""
UNSURE = frozenset({Sureness.FLUENT, Sureness.LISTED})
"""Rows too weak to say by themselves what a word may have been."""


@dataclass(frozen=True, slots=True)
class Row:
    """One spun form and what it stands for."""

    spun: str
    original: str
    others: tuple[str, ...]
    sureness: Sureness
    before: tuple[str, ...]
    after: tuple[str, ...]
    near: tuple[str, ...]
    unless: tuple[str, ...]
    spun_rate: float | None
    """Occurrences per million words of genuine English; None where unknown."""
    original_rate: float | None
    seen: int
    """How often the pair was met in real spun texts; 0 for rows composed from the spinner's habits."""
    examples: tuple[str, ...]
    file: str
    line: int

    @property
    def slug(self) -> str:
        """The row's name within its table: its spun form with hyphens."""
        return "-".join(self.spun.lower().replace("’", "").replace("'", "").split())

    @property
    def guarded(self) -> bool:
        """Whether the row names a context it needs."""
        return bool(self.before or self.after or self.near)


class Brief(NamedTuple):
    """What an index over all rows needs of each; the numbers still as they are written."""

    spun: str
    original: str
    sureness: str
    spun_rate: str
    original_rate: str
    seen: str

    @property
    def met(self) -> bool:
        """Whether the pair was met in real spun texts."""
        return self.seen != "0"

    @property
    def odds(self) -> float:
        """The odds of its row."""
        return likelihood(_number(self.spun_rate), _number(self.original_rate))


class Guards(NamedTuple):
    """What is asked of all inflections of a form."""

    original: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    near: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True)
class Rows(Sequence[Row]):
    """The lines of a lexicon, each read when it is asked for: a text needs a few dozen of 80,000."""

    raw: bytes
    """The file without its first line and its last newline."""
    file: str
    first: int = 2
    """The number of the first line in its file."""

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return self.raw.count(b"\n") + 1 if self.raw else 0

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> "Rows": ...
    def __getitem__(self, index: int | slice) -> "Row | Rows":
        """Raises RuleError with file and line for a row that is not well formed."""
        if isinstance(index, slice):
            start, stop, _ = index.indices(len(self))
            lines = (self._line(number) for number in range(start, stop))
            return Rows(b"\n".join(lines), self.file, self.first + start)
        number = range(len(self))[index]
        return _row(self._line(number).decode(), self.file, self.first + number)

    def guards(self, number: int) -> Guards:
        """The original of a row and what its guards name, in a fifth of the time that reading it whole takes."""
        _, original, _, _, before, after, near, unless, _ = self._line(number).decode().split("\t", 8)
        return Guards(original, *map(_list, (before, after, near, unless)))

    def form(self, number: int) -> str:
        """The spun form of a row."""
        return self._line(number).partition(b"\t")[0].decode()

    def _line(self, number: int) -> bytes:
        return self.raw[self._starts[number] : self._starts[number + 1] - 1]

    @cached_property
    def _starts(self) -> "array[int]":
        """Where each line begins, and one more would."""
        behind = (newline.end() for newline in _NEWLINE.finditer(self.raw))
        return array("L", (0, *behind, len(self.raw) + 1))

    def lines(self) -> Iterator[str]:
        """All rows as they are written."""
        return chain.from_iterable(piece.decode().split("\n") for piece in pieces(self.raw))

    def forms(self) -> Iterator[str]:
        """The spun forms of all rows, in a thirtieth of the time that reading them whole takes."""
        return (line.partition("\t")[0] for line in self.lines())

    @cached_property
    def firsts(self) -> Mapping[str, "array[int]"]:
        """Row numbers by the first token of their form."""
        firsts: dict[str, array[int]] = defaultdict(lambda: array("l"))
        last, numbers = "", array("l")
        for number, form in enumerate(self.forms()):
            word = form.partition(" ")[0]  # nearly always the token, and found ten times as fast
            if word != last or not word.isalpha():  # forms that begin alike stand together
                first = word.lower() if word.isalpha() and word.isascii() else split_form(form)[0]
                last, numbers = word, firsts[intern(first)]
            numbers.append(number)
        return dict(firsts)

    def met(self) -> Iterator[str]:
        """The originals of the rows whose pairs were met in real spun texts, found by their counts: few are."""
        for count in _MET.finditer(self.raw):
            start = self.raw.rfind(b"\n", 0, count.start()) + 1
            yield self.raw[start : count.start()].split(b"\t", 2)[1].decode()

    def briefs(self) -> Iterator[Brief]:
        """All rows, in a tenth of the time that reading them whole takes."""
        cells = (line.split("\t") for line in self.lines())
        return (Brief(row[0], row[1], row[3], row[8], row[9], row[10]) for row in cells)


@dataclass(frozen=True)
class Lexicon:
    """The rows of one spinner family."""

    name: str
    family: str
    file: str
    rows: Rows
    limits: Mapping[str, Mapping[str, float]]
    """When a text counts as `spun`, `suspected` or, if the header says so, `doubtful`: what `LIMITS` names; of a
    doubtful one also what `DOUBT` does."""
    habits: Mapping[str, str] = field(default_factory=dict)
    """Single forms by how often they are the spinner's in a spun text: `always`, `often`, `seldom`."""
    extends: str = ""
    """The table whose rows hold in a text of this family too."""
    apply: Mapping[str, float] = field(default_factory=lambda: APPLY)
    """Probabilities from which a repair is applied: `spun` and `share`."""
    replaces: float = 0.0
    """Share of the originals that the machine replaces, where a mixture of rates tells its texts; see `mixture`."""
    composed: str = ""
    """How rows without examples of their own came about: originals, forms, inflections, rates."""
    pattern: str = ""
    """The example of such a row, in word diff with `{spun}` and `{original}`."""

    def examples(self, row: Row) -> tuple[str, ...]:
        """The row's own, or the one that the pattern gives it."""
        given = self.pattern.replace("{spun}", row.spun).replace("{original}", row.original)
        return row.examples or ((given,) if given else ())


def odds(row: Row) -> float:
    """How much likelier the original is than a genuine use of the form, before the text is looked at.

    Both rates are of genuine English; each original has about three spun forms, so a third of its occurrences
    come out as this one. 0 where a rate is unknown.
    """
    return likelihood(row.spun_rate, row.original_rate)


def likelihood(spun_rate: float | None, original_rate: float | None) -> float:
    """The odds that two rates give; see `odds`."""
    if spun_rate is None or original_rate is None:
        return 0.0
    return _SHARE * original_rate / max(spun_rate, _FLOOR)


def parse_lexicon(  # noqa: PLR0913, PLR0917 - a file and what its header says
    raw: bytes,
    name: str,
    family: str,
    file: str,
    limits: Mapping[str, Mapping[str, float]],
    habits: Mapping[str, str] | None = None,
    extends: str = "",
    apply: Mapping[str, float] = APPLY,
    replaces: float = 0.0,
    *,
    check: bool = True,
) -> Lexicon:
    """Read a TSV lexicon. Raises RuleError with file and line; `check` looks at every row now, not when it is used."""
    start = raw.find(b"\n") + 1 or len(raw) + 1
    head, rest = raw[: start - 1], raw[start : len(raw) - raw.endswith(b"\n")]
    if head != "\t".join(COLUMNS).encode():
        raise RuleError(f"{file}:1: the columns must be {', '.join(COLUMNS)}")
    rows = Rows(rest, file)
    if check:
        try:
            rest.decode()
        except UnicodeDecodeError as error:
            raise RuleError(f"{file}: not UTF-8: {error}") from error
        for _ in rows:
            pass
    return Lexicon(name, family, file, rows, limits, habits or {}, extends, apply, replaces)


def _row(line: str, file: str, number: int) -> Row:
    where = f"{file}:{number}"
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise RuleError(f"{where}: {len(cells)} cells, not {len(COLUMNS)}")
    cell: Mapping[str, str] = dict(zip(COLUMNS, cells, strict=True))
    if not cell["spun"] or not cell["original"] or cell["spun"] == cell["original"]:
        raise RuleError(f"{where}: a row needs a spun form and another original")
    try:
        sureness = Sureness(cell["class"])
        seen = int(cell["seen"])
        rates = [_number(cell[key]) for key in ("spun_rate", "original_rate")]
    except ValueError as error:
        raise RuleError(f"{where}: {error}") from error
    return Row(
        spun=cell["spun"],
        original=cell["original"],
        others=_list(cell["others"]),
        sureness=sureness,
        before=_list(cell["before"]),
        after=_list(cell["after"]),
        near=_list(cell["near"]),
        unless=_list(cell["unless"]),
        spun_rate=rates[0],
        original_rate=rates[1],
        seen=seen,
        examples=_list(cell["examples"], " | "),
        file=file,
        line=number,
    )


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _list(cell: str, separator: str = "|") -> tuple[str, ...]:
    if not cell:  # as most are
        return ()
    return tuple(intern(item.strip()) for item in cell.split(separator) if item.strip())  # inflections share theirs
