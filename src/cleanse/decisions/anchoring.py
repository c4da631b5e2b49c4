"""Finding a decided place again: in the same raw text by its offsets, in a later version by what stands around it.

A re-crawl brings another header, straight quotes for curly ones, other line breaks, a word changed here and
there. So contexts are compared without white space and with one kind of quotation mark, and a place counts as
found only when its context occurs exactly once.
"""

import hashlib
import re
from bisect import bisect_left
from functools import cached_property

from cleanse.decisions.decision import SIGHTS, WIDE, Anchor, clipped

_STRAIGHT = str.maketrans({**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛`´′", "'")})
_KEPT = re.compile(r"\S")
_WORD = re.compile(r"\w+")
_HASHES = 8
_ALIKE = 3
"""Of the eight smallest hashes, how many two texts must share. Eight random texts of one site that share all their
menus still differ in most; a re-crawl with one word in a hundred changed keeps about six."""
_SHINGLE = 3


class Raw:
    """A decoded raw text and its normalized form: no white space, straight quotes."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _places(self) -> list[int]:
        """Of each normalized character, its place in the text."""
        return [found.start() for found in _KEPT.finditer(self.text)]

    @cached_property
    def normal(self) -> str:
        """The normalized text."""
        return normalized(self.text)

    def window(self, start: int, end: int) -> tuple[str, str, str]:
        """What stands left of a span, in it, and right of it, normalized; `WIDE` characters on each side.

        Of a span that is white space alone, the white space itself: it is all there is.
        """
        first, last = bisect_left(self._places, start), bisect_left(self._places, end)
        inside = self.normal[first:last] or self.text[start:end]
        return self.normal[max(0, first - WIDE) : first], inside, self.normal[last : last + WIDE]

    def places(self, left: str, inside: str, right: str) -> list[int]:
        """Where, in the normalized text, the first two spans with this context begin."""
        wanted = left + ("" if inside.isspace() else inside) + right
        first = self.normal.find(wanted)
        second = self.normal.find(wanted, first + 1) if first >= 0 else -1
        return [at + len(left) for at in (first, second) if at >= 0]

    def unique(self, window: tuple[str, str, str]) -> tuple[str, ...]:
        """By which of the `SIGHTS` the span with this window is the only one."""
        return tuple(
            sight for sight in SIGHTS if informs(window, sight) and len(self.places(*clipped(window, sight))) == 1
        )

    def is_found(self, there: Anchor, sight: str, span: tuple[int, int]) -> bool:
        """Whether the place `there` means this span, whose context is the same as far as `sight` goes.

        It does not where the text has the context twice, nor, by one side alone, where the rest of the context has
        gone elsewhere.
        """
        here = [bisect_left(self._places, span[0])]
        if self.places(*there.context(sight)) != here:
            return False
        others = {"left": ("right", "near"), "right": ("left", "near")}.get(sight, ())
        window = (there.left, there.text, there.right)
        return all(self.places(*there.context(o)) in ([], here) for o in others if informs(window, o))

    @cached_property
    def sketch(self) -> str:
        """The eight smallest hashes over runs of three words: alike for versions of one document."""
        return sketch(self.text)


def normalized(text: str) -> str:
    """The text without white space and with straight quotes."""
    return "".join(_KEPT.findall(text)).translate(_STRAIGHT)


def anchor(raw: Raw, digest: str, document: str, span: tuple[int, int]) -> Anchor:
    """What a decision on `span` of this raw text remembers."""
    window = left, inside, right = raw.window(*span)
    return Anchor(digest, document, *span, inside, left, right, raw.sketch, raw.unique(window))


def informs(window: tuple[str, str, str], sight: str) -> bool:
    """Whether there is enough context for this sight: one side alone must be whole."""
    return sight not in ("left", "right") or sum(map(len, clipped(window, sight)[::2])) == WIDE


def sketch(text: str) -> str:
    """Eight 32-bit hashes in hex, the smallest over all runs of three words of the text."""
    words = [word.casefold() for word in _WORD.findall(text.translate(_STRAIGHT))]
    runs = {" ".join(words[at : at + _SHINGLE]) for at in range(max(1, len(words) - _SHINGLE + 1))}
    hashes = {hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest() for run in runs}
    return "".join(sorted(hashes)[:_HASHES])


def alike(one: str, two: str) -> bool:
    """Whether two sketches are of versions of one document."""
    ones, twos = _parts(one), _parts(two)
    return len(ones & twos) >= min(_ALIKE, len(ones), len(twos)) > 0


def _parts(text: str) -> set[str]:
    return {text[at : at + 8] for at in range(0, len(text), 8)}
