"""Sorted lines, searched as the bytes they are: a list of 160,000 words takes 3 MB that way, and 25 MB as a dict."""

from array import array
from bisect import bisect_right

_BLOCK = 1 << 10
"""Bytes that are searched through; a block ends with the line that goes beyond."""
_AFTER = b"\xff"
"""Greater than any byte of UTF-8."""


class SortedLines:
    """Lines of UTF-8 in the order of their bytes, each told by what it begins with."""

    def __init__(self, lines: bytes) -> None:
        """The lines must be sorted; the last may end without a newline."""
        self._lines = lines
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
            at = self._lines.find(b"\n" + beginning, at, self._starts[number + 1]) + 1
            if not at:
                return None
        start = at + len(beginning)
        return self._lines[start : self._end(start)]

    def _end(self, start: int) -> int:
        """Where the line ends that a place is in."""
        end = self._lines.find(b"\n", start)
        return end if end >= 0 else len(self._lines)
