"""Small numbers that count things: news writes them as words, and the spinner as figures.

A figure from 2 to 9 before what it counts, as in `owns 4 locations`, was a word. It is an author's own in scores,
sums, dates, clock times and shares, behind a label such as `page`, and before units of measure.
"""

from types import MappingProxyType

import regex

from cleanse.spinner.tokens import TokenText

_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
NAMED = MappingProxyType({str(number): word for number, word in enumerate(_WORDS, 2)})
"""The word for each figure."""
_LABELS = frozenset(
    "no nos number numbers page pages chapter section article part act scene phase stage tier level type category "
    "grade year channel route runway flight unit size pool class age aged day week round group gate highway platform "
    "version volume model question figure table step lane zone division formula apollo windows january february march "
    "april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec "
    "$ £ € ¥ # - – — / : . × *".split()
)
"""What a figure stands behind that does not count."""
_UNITS = frozenset(
    "percent percents percentage cents points degrees dollars euros pounds pence miles metres meters feet inches yards "
    "acres hectares tonnes tons litres liters gallons kilometres kilometers centimetres centimeters millimetres "
    "millimeters grams kilos kilograms ounces megawatts gigawatts volts watts runs stars knots".split()
)
_COUNTED = frozenset("people men women children others individuals folks persons police teeth mice".split())
_PLURAL = regex.compile(r"\p{L}{2,}[^s'’]s$")
_NO_ADJECTIVE = frozenset(
    "a an the and or but of in on at by for with from to into over under after before than as that when while which "
    "who is was are were be been has had have will would can could may might must should he she it we they i you his "
    "her its their our my million billion trillion hundred thousand per percent not no".split()
)
_ADJECTIVES = 2
"""Words that may stand between a figure and what it counts."""
_OF = frozenset("them these those us the his her its their my our your".split())
_BEHIND = frozenset({("in", "ten"), ("hundred",), *(("of", word) for word in _OF)})
"""What follows a number that counts what is named elsewhere: `4 of them`, `9 in ten`."""


def counts(text: TokenText, at: int) -> bool:
    """Whether the figure at a token counts things that are named behind it, or of which it takes a part."""
    tokens = text.tokens
    start, end = tokens[at].start, tokens[at].end
    glued = text.text[max(0, start - 1) : start] + text.text[end : end + 1]
    if any(map(str.isalpha, glued)) or (at and _is_labelled(text, at)):
        return False
    behind = [token for place, token in enumerate(tokens[at + 1 : at + 4], at + 1) if text.same_sentence(at, place)]
    if any(tuple(token.lower for token in behind[: len(words)]) == words for words in _BEHIND):
        return True
    for token in behind[: 1 + _ADJECTIVES]:
        word = token.lower
        if not token.is_word or word in _UNITS or word in _NO_ADJECTIVE:
            return False
        if word in _COUNTED or _PLURAL.match(word):
            return True
    return False


def _is_labelled(text: TokenText, at: int) -> bool:
    """Whether what stands before a figure makes it a score, a sum, a date, a name, or one of two figures."""
    before = text.tokens[at - 1].lower
    two = before in {"or", "to", "and"} and at > 1 and text.tokens[at - 2].text[0].isdigit()
    return text.same_sentence(at - 1, at) and (two or before in _LABELS)
