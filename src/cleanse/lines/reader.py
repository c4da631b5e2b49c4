"""Reading one text: the document first, then its lines, each measured once and most of a plain text hardly at all.

The model knows pages: one block a line, paragraphs among them. A text of another kind, where sentences run on over
lines or nothing is a paragraph, is none of its business. What is asked about every text is cheap.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise

from cleanse.lines.authored import Outline, authored, outline_of
from cleanse.lines.chain import Scores
from cleanse.lines.context import both_distances
from cleanse.lines.gate import is_evidence, is_plain, is_underlined, is_worded, may_be_worded
from cleanse.lines.line import ANCHOR, LOOK, PLAIN, SHORT, Line, glance, measure_line
from cleanse.lines.model import Model
from cleanse.lines.profiles import Profile
from cleanse.lines.written import HEADING, is_marked_up, written_as

SURE_WEIGHT = 2
"""How much a line that is known to be furniture counts at the gate."""

RUN_ON = 0.15
"""Share of lines that a sentence may run over: 0.11 to 0.19 on the five most broken of 303 real pages, 0.2 to 0.8 on
hard-wrapped text."""
FEW_RUN_ON = 4
BROKEN = 40
"""Characters from which a line that ends without a mark may have been broken."""

MANUAL_PAGE = re.compile(r"(?<![\w.])[A-Za-z_](?:[\w.+@:-]*\w)?\([1-8](?:p|x|ssl|pm|posix)?\)")
"""Name and section: `dpkg(1)`."""
MANUAL_PAGES = 3
"""Of 303 pages of the web none names so many."""
RUNNING_HEAD = re.compile(rf"({MANUAL_PAGE.pattern})\s.*\s\1")
"""The line above such a page, from edge to edge."""
USAGE = frozenset("SYNOPSIS ÜBERSICHT SINOPSIS SINTASSI SINOPSE SKŁADNIA СИНТАКСИС ОБЗОР 書式 概要 语法 語法".split())
"""How such a page heads the usage of a command."""

SOURCE = re.compile(r"(?:```|~~~)[\w-]*\s*$|\.\. [\w-]+::|\s*[-*+] \[[^\]\n]+\]\(#[^)\s]+\)|\[[^\]\n]+\]: <?\S+")
"""A fence, a heading in the list of contents, or where a link leads in Markdown, a directive of reStructuredText."""
FRONT_MATTER = "---"
"""The first line of a text that says above itself what it is."""
SOURCE_SIGNS = 2

NEAR = 10
"""Lines from the nearest furniture within which long sentences are measured closely."""
WITHIN = 20
"""Lines from the nearest furniture, or from an edge of the text, within which others are looked at."""

FAR_OFF = "kept: far from any word of furniture"
NO_FURNITURE = "kept: the text shows no furniture"
NO_PAGE = "kept: the text is no page of paragraphs"
HARDLY_A_PAGE = "kept: the text is hardly a page of paragraphs"
SETTLED = (NO_FURNITURE, NO_PAGE)
"""Why nothing may go, whichever lines a later stage takes out."""
FAR = 2.0
"""Times beyond the limits of a page from which a text is none, even if half of it went."""


@dataclass(frozen=True, slots=True)
class Known:
    """A measured line, P(keep) by itself, and what its own features say in the second pass."""

    line: Line
    own: float
    scores: Scores


class Left:
    """The lines that are left of a text, and what their layout shows, worked out once for both passes."""

    def __init__(self, texts: Sequence[str], outlines: Sequence[Outline], profile: Profile) -> None:
        self.texts = texts
        self.outlines = outlines
        self.profile = profile

    @cached_property
    def spared(self) -> Collection[int]:
        """The lines that the layout shows to be the author's, where the profile spares what nothing marks."""
        return authored(self.texts, self.outlines) if self.profile.marked else ()

    @cached_property
    def headings(self) -> Collection[int]:
        """The lines that are their author's by the layout, underlined, or alone between two sentences.

        They are no evidence of anything, whatever their words: furniture comes in runs, or beside a byline, a date or
        a picture's caption.
        """
        ends = [True, *map(_is_sentence, self.outlines)]
        alone = (at for at, (above, below) in enumerate(zip(ends, ends[2:], strict=False)) if above and below)
        underlined = (
            at
            for at, ((text, below), (size, _)) in enumerate(zip(pairwise(self.texts), self.outlines[1:], strict=True))
            if size == 1 and is_underlined(text, below)
        )
        return {*self.spared, *alone, *underlined}


class Reader:
    """Measures the lines of one text."""

    def __init__(self, texts: Sequence[str], model: Model) -> None:
        language = model.lexicon.language(texts)
        self.functions = model.lexicon.functions.get(language, frozenset())
        self._phrases = model.lexicon.phrases(language)
        self._weights = model.weights
        self._known: dict[str, Known] = {}
        self._glanced: dict[str, Known] = {}
        self._outlines: dict[str, Outline] = {}
        self._worded: dict[str, bool] = {}

    def read(self, text: str) -> Known:
        """Everything a line shows by itself."""
        known = self._known.get(text)
        if known is None:
            line = measure_line(text, self._phrases, self.functions)
            known = self._known[text] = Known(line, *self._weights.of_line(line.features))
        return known

    def left(self, texts: Sequence[str], profile: Profile) -> Left:
        """The lines that are looked at next."""
        return Left(texts, list(map(self._outline, texts)), profile)

    def lines(self, left: Left, sure: Collection[int]) -> Iterator[tuple[int, Known]]:
        """The lines that are looked at, by their places.

        Where a profile asks for words of furniture, lines far from any are not, but at the edges of the text; of the
        long sentences among them hardly more is seen than that they are there.
        """
        if not left.profile.worded:
            yield from enumerate(map(self.read, left.texts))
            return
        marked, count = {*sure, *self._worded_lines(left)}, len(left.texts)
        distances = zip(*both_distances([at in marked for at in range(count)]), strict=True)
        for at, (text, outline, (back, ahead)) in enumerate(zip(left.texts, left.outlines, distances, strict=True)):
            if _is_anchor(outline):
                known = self._glance(text, outline) if back > NEAR and ahead > NEAR else self.read(text)
            elif min(back, ahead) > WITHIN and WITHIN <= at < count - WITHIN:
                continue
            else:
                known = self.read(text)
            yield at, replace(known, line=replace(known.line, written=HEADING)) if at in left.spared else known

    def stays(self, left: Left, sure: Collection[int]) -> str:
        """Why nothing may go, in words; "" if something may."""
        texts, outlines, profile = left.texts, left.outlines, left.profile
        if not _is_page(texts, outlines, profile, FAR):
            return NO_PAGE
        groups: Sequence[Iterable[int]] = [range(len(texts))]
        if profile.worded and not sure:
            groups = self._company(left)
            if not groups:
                return NO_FURNITURE
        if not _is_page(texts, outlines, profile):
            return HARDLY_A_PAGE
        missing = profile.gate - SURE_WEIGHT * len(sure)
        asked = [
            at not in sure and (size <= SHORT or ends != "stop") and at not in left.headings
            for at, (size, ends) in enumerate(outlines)
        ]
        if not any(self._shows(missing, (texts[at] for at in group if asked[at]), profile) for group in groups):
            return NO_FURNITURE
        return NO_PAGE if profile.marked and (_is_manual(texts) or _is_source(texts)) else ""

    def _company(self, left: Left) -> Sequence[Iterable[int]]:
        """The groups of lines among which furniture is sought, where words of the lexicon speak of any.

        Above and below the long sentences furniture may be of any kind, and so may the rest. Between two of them, or
        lines that are an author's by another sign, a word of it may be a heading's, and only what stands together
        with it counts.
        """
        worded = self._worded_lines(left)
        if not worded:
            return ()
        gaps = list(
            accumulate(
                _is_anchor(outline) or bool(written_as(text.strip()[:LOOK], *outline))
                for text, outline in zip(left.texts, left.outlines, strict=True)
            )
        )
        named = {gaps[at] for at in worded}
        if not named.isdisjoint({0, gaps[-1]}):
            return [range(len(gaps))]
        return [[at for at, gap in enumerate(gaps) if gap == number] for number in sorted(named)]

    def _shows(self, missing: int, texts: Iterable[str], profile: Profile) -> bool:
        """Whether so many lines are evidence of furniture."""
        for text in texts:
            if missing <= 0:
                break
            if not is_plain(text, self._phrases):
                known = self.read(text)
                missing -= is_evidence(known.line, known.own, profile)
        return missing <= 0

    def _outline(self, text: str) -> Outline:
        """Words of a line, and how it ends."""
        found = self._outlines.get(text)
        if found is None:
            found = self._outlines[text] = outline_of(text)
        return found

    def _worded_lines(self, left: Left) -> list[int]:
        """The lines that are furniture by the words of the lexicon, but headings; long ones only as hashtags."""
        return [
            at
            for at, (text, (size, _)) in enumerate(zip(left.texts, left.outlines, strict=True))
            if at not in left.headings and (size <= SHORT or "#" in text or "@" in text) and self._is_worded(text)
        ]

    def _is_worded(self, text: str) -> bool:
        found = self._worded.get(text)
        if found is None:
            found = self._worded[text] = may_be_worded(text, self._phrases) and is_worded(self.read(text).line)
        return found

    def _glance(self, text: str, outline: Outline) -> Known:
        known = self._glanced.get(text)
        if known is None:
            line = glance(text, outline, self.functions)
            known = self._glanced[text] = Known(line, *self._weights.of_line(line.features))
        return known


def _is_sentence(outline: Outline) -> bool:
    return outline[0] >= PLAIN and outline[1] == "stop"


def _is_anchor(outline: Outline) -> bool:
    return outline[0] >= ANCHOR and outline[1] == "stop"


def _is_manual(texts: Sequence[str]) -> bool:
    """Whether a text refers to several pages of the manual of Unix, as such pages do: they bear no furniture."""
    named = {match for text in texts if ")" in text for match in MANUAL_PAGE.findall(text)}
    if named and RUNNING_HEAD.fullmatch(texts[0].strip()):
        return True
    return len(named) >= MANUAL_PAGES or (bool(named) and not USAGE.isdisjoint(text.strip() for text in texts))


def _is_source(texts: Sequence[str]) -> bool:
    """Whether a text stands in a markup for authors: front matter, fences around its code, headings by signs."""
    if texts[0].rstrip() == FRONT_MATTER:
        return True
    signs = sum(SOURCE.match(text) is not None for text in texts)
    return signs + sum(is_marked_up(text.strip()) for text in texts) >= SOURCE_SIGNS


def _is_page(texts: Sequence[str], outlines: Sequence[Outline], profile: Profile, slack: float = 1.0) -> bool:
    """Whether enough of the words stand in long sentences, and sentences end where their lines do.

    Both limits may be missed by the factor `slack`.
    """
    words = sum(size for size, _ in outlines)
    if slack * sum(size for size, ends in outlines if size >= ANCHOR and ends == "stop") < profile.prose * words:
        return False
    run_on = sum(
        ends in {"none", "comma"} and len(text) >= BROKEN and following.lstrip()[0].islower()
        for (text, following), (_, ends) in zip(pairwise(texts), outlines, strict=False)
    )
    return run_on <= slack * max(FEW_RUN_ON, RUN_ON * len(texts))
