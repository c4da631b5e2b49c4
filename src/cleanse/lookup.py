"""Sorted lines, searched as the bytes they are: a list of 160,000 words takes 3 MB that way, and 25 MB as a dict."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator

_BLOCK = 1 << 10
"""Bytes that are searched through; a block ends with the line that goes beyond."""
_PIECE = 1 << 16
"""Bytes of lines that are looked through at once: all lines of a table as a list take three times its room."""
_AFTER = b"\xff"
"""Greater than any byte of UTF-8."""


class SortedLines:
    """Lines of UTF-8 in the order of their bytes, each told by what it begins with."""

    def __init__(self, lines: bytes) -> None:
        """The lines must be sorted; the last may end without a newline."""
        self.lines = lines
        self._starts = array("L")
        self._firsts: list[bytes] = []
        start, length = 0, len(lines)
        while start < length:
            self._starts.append(start)
            self._firsts.append(lines[start : self._end(start)])
            start = self._end(start + _BLOCK) + 1
        self._starts.append(length + 1)

    def rest(self, beginning: bytes) -> bytes | None:
        """What follows `beginning` in the one line that begins so; None where there is no such line."""
        number = bisect_right(self._firsts, beginning + _AFTER) - 1
        if number < 0:
            return None
        at = self._starts[number]
        if not self._firsts[number].startswith(beginning):
            at = self.lines.find(b"\n" + beginning, at, self._starts[number + 1]) + 1
            if not at:
                return None
        start = at + len(beginning)
        return self.lines[start : self._end(start)]

    def _end(self, start: int) -> int:
        """Where the line ends that a place is in."""
        end = self.lines.find(b"\n", start)
        return end if end >= 0 else len(self.lines)


def pieces(lines: bytes) -> Iterator[bytes]:
    """Lines in pieces of some dozens of kilobytes, without the newlines between two pieces."""
    start = 0
    while lines and start <= len(lines):
        end = lines.find(b"\n", start + _PIECE)
        end = len(lines) if end < 0 else end
        yield lines[start:end]
        start = end + 1
