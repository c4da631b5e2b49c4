"""Which lines are the headline and the standfirst: by their place above the text, their shape, and their words.

Many pages come with the headline cut off and a menu, a caption or a sub-heading left in its place. So a line must
earn being the headline: every sign that speaks for it or against it has a weight, and the sum is the log odds of
its being the headline. A line that falls short is named as an alternative and not taken.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, takewhile
from types import MappingProxyType

import regex

from cleanse.stages.title_shapes import is_capitalized, is_standfirst, is_title, reads_on
from cleanse.view import Line, View

_FURNITURE = regex.compile(
    r"[|•»©®→←]|\(opens\b|"
    r"\b(?:key (?:takeaways?|points)|(?:quick )?summary|get started|learn more|read more|contact us|sign[- ]?(?:up|in)|"
    r"log ?in|subscribe|download|schedule|table of contents|in this article|on this page|contents|pdf|"
    r"image by|photo by|text size|image size|posted|comments?|share|faqs?|follow us|all (?:articles|posts)|related|"
    r"menu|newsletter|skip to|navigation|"
    r"advertisement|min(?:ute)?s? read|(?:brief )?description|overview|introduction)\b",
    regex.IGNORECASE,
)
_OWN_LABEL = regex.compile(
    r"(?:summary|abstract|key points|highlights|in brief|at a glance|the gist):?", regex.IGNORECASE
)
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’'-]{3,}")
_ASCII_WORD = re.compile(r"[a-z][a-z'-]{3,}")
_EUROPEAN = re.compile("[\x00-~\xa0À-ÖØ-öø-ʯ‐-‧‰-⁞€™©®·«»°]*")
_EUROPEAN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ʯ][A-Za-zÀ-ÖØ-öø-ʯ’'-]{3,}")
"""What `_WORD` matches in text of these letters and signs alone, in a third of the time."""
_SEARCHED_PROSE = 3
"""A headline stands above the fourth prose line: a page's notices may be prose too."""
_READ = 4_000
"""Characters of prose whose words are compared with the headline's."""
_FEW_LOOSE = 2
"""Headline and standfirst."""
_SURE = 0.4
"""Probability from which a line is taken; from `_DOUBTFUL` on it is an alternative."""
_DOUBTFUL = 0.25
_POSSIBLE, _POSSIBLE_FIRST = 0.4, 0.05
"""Probability from which a line is left standing; the first line of a text needs less."""
_PLAUSIBLE = 0.15
_IMPLAUSIBLE = math.log(_PLAUSIBLE / (1 - _PLAUSIBLE)) - 1e-9
"""Log odds below that of `_PLAUSIBLE`, however they are summed."""
_RIVAL = 0.7
"""A line right above the best one is the headline when its probability comes so near."""
_STANDFIRST_LONG = 12
"""A line of so many words below a plausible headline is its standfirst."""
_WEIGHTS = MappingProxyType(
    {
        "every line": -5.4,
        "nothing but byline and date between it and the text": 0.4,
        "byline or date right below": 2.2,
        "byline or date within three lines": 1.3,
        "first line": 0.7,
        "second line": 0.5,
        "at most three lines above": 1.1,
        "text right below": 0.8,
        "one line between it and the text": 0.6,
        "two or three lines between it and the text": 0.6,
        "text far below": -1.5,
        "one prose line above": -1.1,
        "two or more prose lines above": -1.8,
        "words begin with capitals": 0.8,
        "two words": -2.3,
        "three words": -1.5,
        "four or five words": -1.2,
        "more than fourteen words": 0.6,
        "words of a page's furniture": -1.1,
        "short lines above": 1.6,
        "stands on the page again": 0.6,
        "hardly a loose line elsewhere": 3.5,
        "words the text takes up": 1.0,
        "words the text repeats": 2.5,
    }
)
"""Log odds, by logistic regression over the lines of 220 real pages, each as whole dump, cropped and clean; shares
count in proportion. One weight is set by hand, since pages dumped whole have no such lines: in a text of nothing but
paragraphs, the one loose line at its head is its headline (docs/provenance.md)."""

_AGAIN = "stands on the page again"
_MOST_OF_WORDS = sum(
    _WEIGHTS[sign]
    for sign in ("words begin with capitals", _AGAIN, "words the text takes up", "words the text repeats")
)
"""What the words of a line may say for it at most."""
_MOST_BELOW = _WEIGHTS["short lines above"]
"""What its place may say at most for a line that has no text and no byline near, and is none of the first."""
_NEAR_BEGIN = 3
_FAR = 1_000
"""Lines between a line and the text, if there is none."""


def headline(view: View, skip: Collection[int]) -> Iterator[tuple[str, Line, bool]]:
    """`title` and `subtitle`, each with its line and whether it is sure. `skip` are lines that something explains."""
    page = _Page(view.written, skip)
    chances = {line: page.chance(line, _IMPLAUSIBLE) for line in page.candidates()}
    best = max(chances, key=lambda line: (chances[line], -line.index), default=None)
    if best is None or chances[best] < _DOUBTFUL:
        return
    sure = chances[best] >= _SURE
    best = page.over(best, chances)
    yield "title", best, sure
    if sure and (standfirst := page.standfirst(best)):
        yield "subtitle", standfirst, True


class Titles:
    """The lines that may well be the headline of the lines `written`: likely enough to leave them standing."""

    def __init__(self, written: Sequence[Line], skip: Collection[int]) -> None:
        self._page = _Page(written, skip)
        self._known: dict[int, bool] = {}

    def __contains__(self, line: Line) -> bool:
        if line.index not in self._known:
            least = _POSSIBLE_FIRST if line.index == self._page.first else _POSSIBLE
            self._known[line.index] = self._page.is_candidate(line) and self._page.reaches(line, least)
        return self._known[line.index]


@dataclass(frozen=True)
class _Page:
    """The lines of a text, seen from a line that may be the headline."""

    written: Sequence[Line]
    skip: Collection[int]

    @cached_property
    def first(self) -> int:
        """The index of the first line that nothing explains; -1 if there is none."""
        return next((line.index for line in self.written if line.index not in self.skip), -1)

    @cached_property
    def prose(self) -> tuple[Line, ...]:
        return tuple([line for line in self.written if line.is_prose and line.index not in self.skip])

    @cached_property
    def _prose_places(self) -> Sequence[int]:
        return [self._order[line.index] for line in self.prose]

    @cached_property
    def above_text(self) -> tuple[Line, ...]:
        """The lines above the first prose line that nothing explains."""
        first = self.prose[0].index if self.prose else 0
        return tuple(line for line in self.written if line.index < first and line.index not in self.skip)

    @cached_property
    def _end(self) -> int:
        """The index of the line below which no headline is sought."""
        return self.prose[min(_SEARCHED_PROSE, len(self.prose) - 1)].index if self.prose else -1

    def candidates(self) -> Iterator[Line]:
        return filter(self.is_candidate, takewhile(lambda line: line.index <= self._end, self.written))

    def is_candidate(self, line: Line) -> bool:
        return line.index <= self._end and self._is_loose(line) and is_title(line) and not self._is_labelled(line)

    @cached_property
    def _tidy(self) -> bool:
        """Whether hardly a line of the whole text is anything but a paragraph; asked until too many are."""
        few = max(_FEW_LOOSE, len(self.written) // 10)
        loose = (line for line in self.written if self._is_loose(line) and not _OWN_LABEL.fullmatch(line.stripped))
        return next(islice(loose, few, None), None) is None

    def _is_loose(self, line: Line) -> bool:
        """Whether a line is neither running text nor explained."""
        return not line.is_prose and line.index not in self.skip

    def _is_labelled(self, line: Line) -> bool:
        """Whether the line above says that this one sums up the text: then it is no headline."""
        at = self._order[line.index]
        return at > 0 and _OWN_LABEL.fullmatch(self.written[at - 1].stripped) is not None

    @cached_property
    def _order(self) -> dict[int, int]:
        return {line.index: place for place, line in enumerate(self.written)}

    @cached_property
    def _known(self) -> Counter[str]:
        return Counter(_words("\n".join(line.text for line in self.prose)[:_READ]))

    @cached_property
    def _folded(self) -> str:
        return "\n".join([line.text for line in self.written]).casefold()

    @cached_property
    def _plain(self) -> str:
        return _plain("\n".join([line.text for line in self.written]))

    def standfirst(self, title: Line) -> Line | None:
        """The line that sums the text up below the headline: no sentence, unless the byline comes after it."""
        written = self.written
        at = self._order[title.index] + 1
        if at + 1 < len(written) and written[at].index not in self.skip and written[at + 1].index in self.skip:
            return written[at] if reads_on(written[at]) else None
        below = (line for line in self.above_text if line.index > title.index and is_standfirst(line))
        return next((line for line in below if not (is_capitalized(line) and self._is_parted(title, line))), None)

    def _is_parted(self, title: Line, line: Line) -> bool:
        """Whether a byline or a date stands between the headline and a line."""
        between = self.written[self._order[title.index] + 1 : self._order[line.index]]
        return any(other.index in self.skip for other in between)

    def over(self, line: Line, chances: Mapping[Line, float]) -> Line:
        """The line itself, or a plausible one right above it: then that is the headline and this its standfirst."""
        above = [other for other in chances if other.index < line.index]
        if not above:
            return line
        upper = above[-1]
        between = self.written[self._order[upper.index] + 1 : self._order[line.index]]
        parted = any(other.index not in self.skip for other in between)
        longer = line.words >= max(_STANDFIRST_LONG, upper.words + 1)
        enough = _PLAUSIBLE if longer else _RIVAL * chances[line]
        return line if parted or chances[upper] < enough else upper

    def chance(self, line: Line, least: float = -math.inf) -> float:
        """The probability that a line is the headline; 0 where its log odds are below `least` whatever it says."""
        odds = _WEIGHTS["every line"] + self._odds(self._place(line))
        if odds + self._odds(_size(line)) + _MOST_OF_WORDS < least:
            return 0.0
        odds += self._odds(self._shape(line))
        return 1 / (1 + math.exp(-odds - self._again(line)))

    def reaches(self, line: Line, least: float) -> bool:
        """Whether the probability is so high; what is dear to tell is asked only where it can matter."""
        needed = math.log(least / (1 - least)) - _WEIGHTS["every line"]
        open_ = needed - self._odds(_size(line)) - _MOST_OF_WORDS
        if line.index != self.first and self._order[line.index] > _NEAR_BEGIN and open_ > _MOST_BELOW:
            near = self.written[self._order[line.index] + 1 : self._order[line.index] + 5]
            if not any(other.is_prose or other.index in self.skip for other in near):
                return False
        place = self._odds(self._place(line))
        if place < open_:
            return False
        needed -= place + self._odds(self._shape(line))
        return needed <= 0 or (needed <= _WEIGHTS[_AGAIN] and needed <= self._again(line))

    def _again(self, line: Line) -> float:
        """What it says for a line that the page repeats it."""
        words = _words(line.stripped)
        longest = max(words, key=len, default="")
        if self._folded.find(longest, self._folded.find(longest) + 1) < 0:  # much sooner told than the rest
            return 0.0
        return _WEIGHTS[_AGAIN] if self._plain.count(" ".join(words)) > 1 else 0.0

    @staticmethod
    def _odds(signs: Iterable[tuple[str, float]]) -> float:
        return sum(_WEIGHTS[sign] * share for sign, share in signs if share)

    def _place(self, line: Line) -> Iterator[tuple[str, float]]:
        written, at = self.written, self._order[line.index]
        first = self.first == line.index or self.first < 0 or self._order[self.first] >= at
        explained = [other.index in self.skip for other in written[at + 1 : at + 4]]
        following = bisect_right(self._prose_places, at)
        gap = self._prose_places[following] - at - 1 if following < len(self._prose_places) else _FAR
        if first:
            left = next((other for other in written[at + 1 : at + 40] if other.index not in self.skip), None)
            yield "nothing but byline and date between it and the text", left is not None and left.is_prose
            yield "first line", True
            yield "hardly a loose line elsewhere", self._tidy
        yield "byline or date right below", explained[:1] == [True]
        yield "byline or date within three lines", explained[:1] != [True] and any(explained)
        yield "second line", at == 1
        yield "at most three lines above", at <= 3
        yield "text right below", gap == 0
        yield "one line between it and the text", gap == 1
        yield "two or three lines between it and the text", gap in (2, 3)
        yield "text far below", gap > 6
        passed = sum(other.index < line.index for other in self.prose[: _SEARCHED_PROSE + 1])
        yield "one prose line above", passed == 1
        yield "two or more prose lines above", passed >= 2
        yield "short lines above", sum(other.words <= 4 for other in written[max(0, at - 6) : at]) / 6

    def _shape(self, line: Line) -> Iterator[tuple[str, float]]:
        letters = [word for word in line.text.split() if word[0].isalpha()]
        words = set(_words(line.text))
        yield "words begin with capitals", sum(w[0].isupper() for w in letters) / len(letters) if letters else 0.0
        yield from _size(line)
        yield "words of a page's furniture", bool(_FURNITURE.search(line.stripped))
        if words:
            yield "words the text takes up", sum(self._known[word] > 0 for word in words) / len(words)
            yield "words the text repeats", sum(self._known[word] > 1 for word in words) / len(words)


def _size(line: Line) -> Iterator[tuple[str, float]]:
    yield "two words", line.words <= 2
    yield "three words", line.words == 3
    yield "four or five words", line.words in (4, 5)
    yield "more than fourteen words", line.words > 14


def _words(text: str) -> list[str]:
    """The longer words of a text: those that carry what it is about."""
    if text.isascii():  # three times as fast
        return _ASCII_WORD.findall(text.lower())
    words = _EUROPEAN_WORD if _EUROPEAN.fullmatch(text) else _WORD
    return " ".join(words.findall(text)).casefold().split()  # a tenth of the time of folding word by word


def _plain(text: str) -> str:
    return " ".join(_words(text))
