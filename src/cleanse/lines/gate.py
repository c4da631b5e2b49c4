"""The document first: which lines are evidence that a page came with site furniture.

These questions are asked about the lines of every text, most of which show none. So the cheap ones come first, and
sentences of some length, text or not, are never asked.
"""

from cleanse.lines.lexicon import FACTS, SPACED_SCRIPT, Phrases, fold, word_keys
from cleanse.lines.line import LOOK, PLAIN, PLAIN_SIGN, SHORT, Line, count_words, ending
from cleanse.lines.profiles import Profile

PHRASE_EVIDENCE = 0.15
"""A line with a furniture phrase of several words is evidence up to this P(keep) by itself."""


ANSWER = 4
"""Words of a sentence at most that says nothing of a page by its words."""
FULL_STOPS = frozenset(".。।")

RULES = frozenset("=-~^#*+\"'`_")
"""Signs that plain text underlines its headings with."""
WIDE_RULES = frozenset("=*")
"""Those of them that underline more than the heading; hyphens part what they stand between."""


def is_underlined(heading: str, rule: str) -> bool:
    """Whether the line below is one sign as long as the line: then it is a heading, whatever its words.

    Some signs are drawn over the whole width.
    """
    rule, heading = rule.strip(), heading.strip()
    sign, longer = rule[0], len(rule) - len(heading)
    return sign in RULES and rule == sign * len(rule) and (abs(longer) <= 2 or (longer > 0 and sign in WIDE_RULES))


def is_evidence(line: Line, own: float, profile: Profile) -> bool:
    """Whether a line is furniture by itself: by the words of the lexicon, or plainly improbable."""
    if line.plain or line.written or (profile.marked and _is_answer(line)):
        return False
    return (bool(line.hits) and own < 0.5) or own <= profile.evidence or (own <= PHRASE_EVIDENCE and _has_phrase(line))


def is_worded(line: Line) -> bool:
    """Whether a line is furniture by the words of the lexicon, and no author's heading or answer.

    One word alone may be either: `Contact`, `Results`, `None.` Pages bear others, too: of the furniture that goes
    from 303 cropped ones without this question, less than one in 200 words stays with it.
    """
    several = len(line.tokens) > 1 or SPACED_SCRIPT.search(line.text) is not None
    return several and bool(line.hits) and not line.written and not _is_answer(line)


def _is_answer(line: Line) -> bool:
    """Whether a line is a sentence of a few words, as an answer or a speech may be: no button ends with a full stop."""
    return line.words <= ANSWER and line.text[-1] in FULL_STOPS


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
