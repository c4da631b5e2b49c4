"""The structure of a text as stages see it: lines, prose, zones.

Everything is measured, nothing is decided here: a line knows its place and its shape, and the view knows how
much prose stands before and after it. Lines end at LF alone; other newlines are unified before anybody looks.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

import regex

from cleanse.scanning import fold

HEAD_PROSE = 2
"""A line is in the head while fewer than this many prose lines stand before it."""
TAIL_PROSE = 3
"""A line is in the tail when fewer than this many prose lines stand after it."""
_DIGIT = regex.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_ASCII_APART = bytes(byte if byte > 127 or chr(byte).isalpha() else ord(" ") for byte in range(256))
"""Parts what is written in UTF-8 at every ASCII character that is no letter."""
_COMMON = b"\n" + bytes(range(ord(" "), 127))
_PROSE_WORDS = 8
_LONG_WORDS = 30
_CLOSERS = "\"'”’»)]}›」』 \xa0\u202f"  # French puts a space before its closing mark
_TERMINAL = frozenset(".!?…:;。！？؟।॥۔")
# Written without spaces between words: two characters count as one word.
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_MAYBE_UNSPACED = re.compile("[\u0e00-\u1fff\u2e80-\U0010ffff]")
"""Where this does not match, that does not."""

T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)


class Zone(StrEnum):
    """Where in the document a rule may act."""

    HEAD = "head"
    BODY = "body"
    TAIL = "tail"
    ANY = "any"


class _Lazy(Generic[V_co]):
    """`cached_property` without its lock, which Python 3.12 dropped: a quarter of the time, for each of many lines."""

    def __init__(self, make: Callable[[Any], V_co]) -> None:
        self._make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> V_co:
        found = instance.__dict__[self._name] = self._make(instance)
        return found


@dataclass(unsafe_hash=True)  # frozen it would take 0.9 µs to make, not 0.15, and a megabyte has 20,000 lines
class Line:
    """One line; `start:end` is its content, `stop` is behind its newline. Nobody may change it."""

    index: int
    start: int
    end: int
    stop: int
    text: str

    @_Lazy
    def stripped(self) -> str:
        """The content without white space at its ends."""
        return self.text.strip()

    @_Lazy
    def indent(self) -> int:
        """How many white-space characters stand before the first other one."""
        return len(self.text) - len(self.text.lstrip())

    @_Lazy
    def content_start(self) -> int:
        """Where `stripped` begins in the text."""
        return self.start + self.indent

    @_Lazy
    def words(self) -> int:
        """Number of words; two characters of an unspaced script count as one."""
        words = len(self.text.split())
        if not self.text.isascii() and _MAYBE_UNSPACED.search(self.text):
            words += len(_UNSPACED.findall(self.text)) // 2
        return words

    @_Lazy
    def has_digit(self) -> bool:
        """Whether there is a digit in it, of any script."""
        return _DIGIT.search(self.text) is not None

    @_Lazy
    def ends_sentence(self) -> bool:
        """Whether the last mark, closing quotes and brackets aside, ends a sentence or clause."""
        core = self.stripped.rstrip(_CLOSERS)
        return core[-1:] in _TERMINAL

    @_Lazy
    def is_prose(self) -> bool:
        """Whether the line reads as running text: some words and a sentence end, or very many words."""
        size = len(self.text) + 1  # a word takes two characters
        if size < 2 * _PROSE_WORDS or (size < 2 * _LONG_WORDS and not self.ends_sentence):
            return False
        return (self.words >= _PROSE_WORDS and self.ends_sentence) or self.words >= _LONG_WORDS


class View:
    """Lines of one text, and the zones they lie in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._remembered: dict[str, Any] = {}
        self._zoned: dict[Zone, Sequence[Line]] = {}
        self._in_vain: set[str] = set()
        self._ahead: dict[str, View] = {}

    def ahead(self, text: str) -> "View":
        """The view of what this text may become, kept with all that is found out about it, in case it does."""
        if text not in self._ahead:
            self._ahead[text] = View(text)
        return self._ahead[text]

    def become(self, text: str) -> "View":
        """The view of what this text became; whoever looked ahead to it has done a part of the work."""
        view = self._ahead.pop(text, None) or View(text)
        view._ahead.update(self._ahead)  # noqa: SLF001 - its own kind
        return view

    def remembered(self, name: str, make: Callable[[], T]) -> T:
        """What was once found out about this text, kept for whoever asks next; the first call makes it."""
        if name not in self._remembered:
            self._remembered[name] = make()
        found: T = self._remembered[name]
        return found

    def once_in_vain(self, name: str, look: Callable[[], Iterable[T]]) -> Iterator[T]:
        """What a look at this text finds; not looked for again by whoever asks next once nothing was found."""
        if name in self._in_vain:
            return
        vain = True
        for found in look():
            vain = False
            yield found
        if vain:
            self._in_vain.add(name)

    def lines_with(self, pattern: "re.Pattern[str]") -> Iterator[Line]:
        """The lines in which a pattern that matches no newline matches: the gate before a dearer look at each."""
        found = pattern.search(self.text)
        while found:
            line = self.line_at(found.start())
            yield line
            found = pattern.search(self.text, line.end + 1) if line.end < len(self.text) else None

    @cached_property
    def words(self) -> Counter[str]:
        """How often each run of letters stands in the text, as written."""
        raw = self.text.encode("utf-8", "surrogatepass").translate(_ASCII_APART)  # half the time of a pattern
        words = Counter(raw.decode("utf-8", "surrogatepass").split())
        if not self.text.isascii():
            for piece in [word for word in words if not word.isascii()]:
                times = words.pop(piece)
                for word in _LETTERS.findall(piece):
                    words[word] += times
        return words

    @cached_property
    def unusual(self) -> frozenset[str]:
        """The characters of the text that are neither printable ASCII nor line feeds.

        One pass of 1 ms/MB, where each search for a class of them takes 3 to 8.
        """
        rest = self.text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
        return frozenset(rest.decode("utf-8", "surrogatepass"))

    @cached_property
    def folded(self) -> str:
        """The text in lower case, character by character."""
        return fold(self.text)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """All lines, blank ones included."""
        lines: list[Line] = []
        start = 0
        for index, content in enumerate(self.text.split("\n")):
            end = start + len(content)
            lines.append(Line(index, start, end, end + 1, content))
            start = end + 1
        lines[-1].stop = len(self.text)  # no newline is behind the last one
        return tuple(lines)

    @cached_property
    def written(self) -> tuple[Line, ...]:
        """The lines that are not blank."""
        return tuple([line for line in self.lines if line.text and line.stripped])

    @cached_property
    def rank(self) -> Mapping[int, int]:
        """The place of each written line among the written ones, by its index."""
        return {line.index: place for place, line in enumerate(self.written)}

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins."""
        return [line.start for line in self.lines]

    @cached_property
    def content_starts(self) -> Sequence[int]:
        """Where the content of each line begins, behind its white space."""
        return [line.end - len(line.text.lstrip()) for line in self.lines]

    def index_at(self, position: int) -> int:
        """The number of the line a position lies in."""
        return bisect_right(self.starts, position) - 1

    def line_at(self, position: int) -> Line:
        """The line a position lies in."""
        return self.lines[self.index_at(position)]

    @cached_property
    def _head_ends(self) -> int:
        """The number of the last line of the head."""
        return _nth_prose(self.written, HEAD_PROSE, len(self.lines))

    @cached_property
    def _tail_begins(self) -> int:
        """The number of the first line of the tail."""
        return _nth_prose(reversed(self.written), TAIL_PROSE, 0)

    def zones(self, line: Line) -> frozenset[Zone]:
        """The zones of a line: in a short text the head and the tail overlap."""
        zones = {Zone.ANY}
        if line.index <= self._head_ends:
            zones.add(Zone.HEAD)
        if line.index >= self._tail_begins:
            zones.add(Zone.TAIL)
        if len(zones) == 1:
            zones.add(Zone.BODY)
        return frozenset(zones)

    def in_zone(self, zone: Zone) -> Sequence[Line]:
        """The written lines of a zone; they stand together."""
        if zone is Zone.ANY:
            return self.written
        if zone not in self._zoned:
            first = 0 if zone is Zone.HEAD else self._tail_begins if zone is Zone.TAIL else self._head_ends + 1
            last = self._head_ends + 1 if zone is Zone.HEAD else self._tail_begins if zone is Zone.BODY else None
            self._zoned[zone] = tuple(line for line in self.lines[first:last] if line.stripped)
        return self._zoned[zone]


def _nth_prose(lines: Iterable[Line], wanted: int, otherwise: int) -> int:
    """The index of the prose line with this number."""
    return next((line.index for line in islice((line for line in lines if line.is_prose), wanted - 1, None)), otherwise)
