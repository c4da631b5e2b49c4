"""The document first: which lines are evidence that a page came with site furniture.

These questions are asked about the lines of every text, most of which show none. So the cheap ones come first, and
sentences of some length, text or not, are never asked.
"""

from collections.abc import Sequence

from cleanse.lines.lexicon import FACTS, Phrases, fold, word_keys
from cleanse.lines.line import LOOK, PLAIN, PLAIN_SIGN, SHORT, Line, count_words, ending
from cleanse.lines.profiles import Profile

PHRASE_EVIDENCE = 0.15
"""A line with a furniture phrase of several words is evidence up to this P(keep) by itself."""


RULES = frozenset("=-~^#*+\"'`_")
"""Signs that plain text underlines its headings with."""
WIDE_RULES = frozenset("=*")
"""Those of them that underline more than the heading; hyphens part what they stand between."""

LONG_HEADING = 60
"""Characters of a heading at most."""
HEADINGS = 4
"""Headings in capitals from which a text is parted by such."""
ALONE = 0.8
"""Share of its lines in capitals that stand alone."""


def is_underlined(heading: str, rule: str) -> bool:
    """Whether the line below is one sign as long as the line: then it is a heading, whatever its words.

    Some signs are drawn over the whole width.
    """
    rule, heading = rule.strip(), heading.strip()
    sign, longer = rule[0], len(rule) - len(heading)
    return sign in RULES and rule == sign * len(rule) and (abs(longer) <= 2 or (longer > 0 and sign in WIDE_RULES))


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


def is_evidence(line: Line, own: float, profile: Profile) -> bool:
    """Whether a line is furniture by itself: by the words of the lexicon, or plainly improbable."""
    if line.plain or line.written:
        return False
    return (bool(line.hits) and own < 0.5) or own <= profile.evidence or (own <= PHRASE_EVIDENCE and _has_phrase(line))


def is_worded(line: Line) -> bool:
    """Whether a line is furniture by the words of the lexicon."""
    return bool(line.hits) and not line.written


def _has_phrase(line: Line) -> bool:
    """Whether a short line holds a furniture phrase of several words."""
    return any(name.endswith(" phrase") and name.split(" ", 1)[0] not in FACTS for name in line.features)


def is_plain(raw: str, phrases: Phrases) -> bool:
    """Whether a line is a whole sentence without any word of furniture: no evidence, whatever else it shows.

    Cheap on purpose: it is asked about every line of every text.
    """
    text = raw.strip()
    if ending(text) != "stop":
        return False
    size = count_words(text)
    look = text[:LOOK]
    if size < PLAIN or PLAIN_SIGN.search(look):
        return False
    folded = fold(look)
    return not phrases.hits(folded, word_keys(folded), long=size > SHORT)


def may_be_worded(raw: str, phrases: Phrases) -> bool:
    """Whether a line that is short, or bears hashtags or handles, may be furniture by its words; False is sure."""
    if "#" in raw or "@" in raw:
        return True
    folded = fold(raw.strip()[:LOOK])
    words = word_keys(folded)
    if not phrases.may_cover(words):
        return False
    return any(hit.whole and hit.kind not in FACTS for hit in phrases.hits(folded, words, long=False))
