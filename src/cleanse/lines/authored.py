"""Lines that the layout of a text shows to be its author's, whatever their words: headings, and what is announced.

They are no evidence of furniture, and no neighbours take them along.
"""

import re
from collections.abc import Sequence
from itertools import groupby, takewhile

from cleanse.lines.line import PLAIN, count_words, ending

Outline = tuple[int, str]
"""Words of a line, and how it ends."""

LONG_HEADING = 60
"""Characters of a heading at most."""
HEADINGS = 4
"""Headings in capitals from which a text is parted by such."""
ALONE = 0.8
"""Share of its lines in capitals that stand alone."""

LABEL = 4
"""Words of a heading that stands over a paragraph."""
HEADED = 0.75
"""Share of its paragraphs that bear a heading of their own, in a text that is parted by them: a page's labels stand
over a few of very many."""
FEW = 3
"""Paragraphs such a text has at least."""

ANNOUNCING = 4
"""Words a line needs to announce a list."""
ITEM = 6
"""Words of an item at most that bears no mark."""
ITEMS = range(2, 20)
"""Items of such a list."""
ITEM_MARK = re.compile(r"\s*+[*•·–-]\s++\S")
DESCRIBED = re.compile(r"\s*+\S\s++[^\n]{2,60}?(?: [–—-] [a-zà-ÿ]|, (?:which|that|an?|the|by) )")
"""`* Harbour – a library that reads tide tables`; a title has no such thing, and a colon may stand in one."""
DESCRIPTIONS = 2
"""Links with a description that such a list has at least; most of it must have one."""
VERSE = range(2, 9)
"""Words of a line of verse that goes on from the one above."""
EXAMPLE = 14
"""Words at most of a single line that is announced: an example of what the text speaks of."""

_CALLS = (
    "share|follow|subscribe|sign up|join|read|see|watch|listen|related|more|also|click|photo|image|you (?:may|might)"
)
CALL = re.compile(
    rf"\s*(?:please )?(?:{_CALLS}|like|find us|connect|tag|filed|posted|teilen|folgen|partage|compart|condivid|deel|"
    r"поделит)",
    re.IGNORECASE,
)
"""How a page announces links of its own, not an author a list."""

BREAKS_IN = re.compile(
    rf"\W*(?:{_CALLS}|advert|anzeige|werbung|publici[td]|reklam|реклама|sponsor|promot|continue|article|story|view|"
    r"recommend|get|download|scroll|picture|video|gallery|play|loading|trending|popular|top stories|don[’']t miss)",
    re.IGNORECASE,
)
"""How a page breaks in upon a text: a single such line below a colon is announced by nobody."""

SAID = re.compile(
    r"\s*\S.{0,60} (?:said|says|wrote|writes|schrieb|sagt|dijo|dice|disse|a dit|ha detto)\s?(?:\.{3}|…|:)\s*"
)
"""Whose comment comes next, as blogs print it."""
SAID_ENDS = ("...", "…", ":")


def outline_of(text: str) -> Outline:
    """Words of a line that is not blank, and how it ends."""
    core = text.strip()
    return count_words(core), ending(core)


def authored(texts: Sequence[str], outlines: Sequence[Outline] = ()) -> frozenset[int]:
    """The places of such lines among those of a text, none of them blank."""
    outlines = outlines or [outline_of(text) for text in texts]
    return (
        capital_headings(texts)
        | paragraph_headings(texts, outlines)
        | announced(texts, outlines)
        | spoken(texts)
        | described(texts, outlines)
        | verses(texts, outlines)
    )


def capital_headings(texts: Sequence[str]) -> frozenset[int]:
    """The headings of a text that sets them in capitals, as manuals do, whatever their words.

    Some lines in capitals, each with others above and below it, and a sentence below one: the labels of a menu stand
    together.
    """
    capitals = {at for at, text in enumerate(texts) if len(text) <= LONG_HEADING and text.isupper()}
    alone = [at for at in capitals if at - 1 not in capitals and at + 1 not in capitals]
    if len(alone) < max(HEADINGS, ALONE * len(capitals)):
        return frozenset()
    below = (texts[at + 1].strip() for at in alone if at + 1 < len(texts))
    above_text = any(ending(text) == "stop" and count_words(text) >= PLAIN for text in below)
    return frozenset(alone if above_text else ())


def paragraph_headings(texts: Sequence[str], outlines: Sequence[Outline]) -> frozenset[int]:
    """The headings of a text of which nearly every paragraph bears one: minutes, forms, reports."""
    paragraphs = [at for at, (_, ends) in enumerate(outlines) if ends == "stop"]
    headings = {at - 1 for at in paragraphs if at and outlines[at - 1][1] == "none" and outlines[at - 1][0] <= LABEL}
    different = {texts[at].strip().casefold() for at in headings}
    if len(paragraphs) < FEW or len(different) < max(FEW, HEADED * len(paragraphs)):
        return frozenset()
    return frozenset(headings)


def announced(texts: Sequence[str], outlines: Sequence[Outline]) -> frozenset[int]:
    """The short lines, or the single one, below a sentence that announces them, where the text goes on behind them.

    What calls upon its reader announces a page's own links: "Share this article with your friends:".
    """
    found: set[int] = set()
    for at, (size, ends) in enumerate(outlines):
        if ends != "colon" or size < ANNOUNCING:
            continue
        below = range(at + 1, min(len(texts), at + 1 + ITEMS.stop))
        run = list(takewhile(lambda item: outlines[item][0] <= ITEM and outlines[item][1] != "stop", below))
        behind = at + 1 + len(run)
        if len(run) not in ITEMS:
            run = [item for item in below[:1] if _is_example(texts[item], outlines[item])]
            behind = at + 2
        if run and _goes_on(texts, outlines, behind):
            found.update(() if CALL.match(texts[at]) else run)
    return frozenset(found)


def described(texts: Sequence[str], outlines: Sequence[Outline]) -> frozenset[int]:
    """Links of the author's, below their heading: bullets that say in small letters what each of them leads to."""
    found: set[int] = set()
    for is_item, group in groupby(range(len(texts)), key=lambda at: ITEM_MARK.match(texts[at]) is not None):
        items = list(group)
        told = sum(DESCRIBED.match(texts[at]) is not None for at in items) if is_item else 0
        if told >= DESCRIPTIONS and 2 * told > len(items):
            found.update(items)
            if items[0] and outlines[items[0] - 1][0] <= LABEL:
                found.add(items[0] - 1)
    return frozenset(found)


def verses(texts: Sequence[str], outlines: Sequence[Outline]) -> frozenset[int]:
    """The short lines that go on below in small letters, among others that do: verse, where `Home` is a word."""
    small = [
        size in VERSE and text.islower() and text.lstrip()[0].isalpha()
        for text, (size, _) in zip(texts, outlines, strict=True)
    ]
    return frozenset(
        at
        for at, (above, goes_on, again) in enumerate(zip([False, *small], small[1:], [*small[2:], False], strict=False))
        if goes_on and (above or again) and not small[at] and outlines[at][1] == "none" and outlines[at][0] <= LABEL
    )


def spoken(texts: Sequence[str]) -> frozenset[int]:
    """Who says something in a comment, and the line below: what is said, however short."""
    said = [at for at, text in enumerate(texts[:-1]) if text.rstrip().endswith(SAID_ENDS) and SAID.fullmatch(text)]
    return frozenset([*said, *(at + 1 for at in said if not BREAKS_IN.match(texts[at + 1]))])


def _is_example(text: str, outline: Outline) -> bool:
    """Whether a single line may be what the one above it announces."""
    return outline[0] <= EXAMPLE and not BREAKS_IN.match(text)


def _goes_on(texts: Sequence[str], outlines: Sequence[Outline], at: int) -> bool:
    """Whether there is a line that is a sentence, or the rest of one, or begins one that the next goes on with."""
    if at >= len(texts):
        return False
    size, ends = outlines[at]
    if _is_rest(texts[at]) or (size > ITEM and ends == "stop"):
        return True
    return size >= PLAIN and at + 1 < len(texts) and _is_rest(texts[at + 1])


def _is_rest(text: str) -> bool:
    return text.lstrip()[0].islower()
