"""Why a line was judged so, in words: the features that weighed most, turned into phrases."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from types import MappingProxyType

from cleanse.lines.chain import HEAD, JUNK, TAIL
from cleanse.lines.model import Voices, Weights

GENERIC = frozenset({"any line", "no furniture, short", "sentences 1"})
"""Features that hold for almost every line and explain nothing."""

MOST = 4
"""Reasons given per line."""

LEAST = 0.1
"""A weight below this decides nothing."""

_COLUMNS = MappingProxyType({HEAD: 0, JUNK: 1, TAIL: 2})
"""Where the score of a state against keeping stands in a row of the weights."""


@cache
def in_words(feature: str) -> str:
    """One feature as a phrase a reader understands without the table."""
    for pattern, phrase in _PHRASES:
        if match := pattern.fullmatch(feature):
            return _phrase(match, phrase)
    return feature


def _phrase(match: re.Match[str], phrase: str) -> str:
    said = {name: _WORDS.get(value, value) for name, value in match.groupdict(default="").items()}
    return phrase.format(**said).replace("1 words", "1 word").replace(" 1 lines", " 1 line")


_WORDS = MappingProxyType(
    {
        "stop": "a sentence end", "none": "no sentence end", "dots": "dots", "colon": "a colon", "comma": "a comma",
        "quote": "a quotation mark", "other": "another sign", "head": "above the text", "tail": "below the text",
        "inside": "inside the text", "no text": "in a page without text", "clean": "a clean page",
        "light": "a page with some furniture", "heavy": "a page full of furniture", "previous": "line above",
        "next": "line below", "0-.03": "surely junk", ".03-.1": "very likely junk", ".1-.25": "likely junk",
        ".25-.5": "rather junk", ".5-.75": "rather text", ".75-.9": "likely text", ".9-.97": "very likely text",
        ".97-1": "surely text", "before": "above", "after": "below",
    }
)  # fmt: skip
"""What the short words in the names of features stand for."""

_BIN = r"(?P<bin>[\d.]+-[\d.]+)"
_PLACE = r"(?P<place>head|tail|inside|text|no text)"
_PHRASES = tuple(
    (re.compile(pattern), phrase)
    for pattern, phrase in (
        (r"words (?P<count>.+)", "{count} words"),
        (r"ends (?P<end>none)", "{end}"),
        (r"ends (?P<end>stop)", "ends a sentence"),
        (r"ends (?P<end>dots)", "breaks off in dots"),
        (r"ends (?P<end>\w+)", "ends with {end}"),
        (r"(?P<band>[\d+-]+) words, ends (?P<end>none)", "{band} words, {end}"),
        (r"(?P<band>[\d+-]+) words, ends (?P<end>\w+)", "{band} words before {end}"),
        (r"(?P<kind>\w+) phrase in a long line", "holds a {kind} phrase"),
        (r"(?P<kind>\w+) (?P<what>word|phrase)", "holds a {kind} {what}"),
        (r"(?P<kind>\w+) line (?P<near>just|2-4|5-30) (?P<side>before|after)", "{kind} words {near} {side} it"),
        (r"(?P<kind>\w+) line far before", "{kind} words far above it"),
        (r"(?P<kind>(?!any\b|first\b|last\b)\w+) line", "{kind} words only"),
        (rf"own {_BIN}", "by itself {bin}"),
        (rf"own {_BIN}, {_PLACE}", "by itself {bin}, {place}"),
        (rf"own {_BIN}, (?P<gap>\S+) lines from the text, {_PLACE}", "by itself {bin}, {gap} lines {place}"),
        (rf"in a gap of (?P<run>\S+) lines, own {_BIN}", "by itself {bin}, in a gap of {run} lines"),
        (rf"(?P<second>second )?(?P<side>previous|next) own {_BIN}", "the {second}{side} is {bin} by itself"),
        (r"(?P<side>previous|next) has (?P<mark>.+)", "the {side} has {mark}"),
        (rf"(?P<level>clean|light|heavy) text: own {_BIN}", "by itself {bin}, on {level}"),
        (rf"(?P<level>clean|light|heavy) text: (?P<band>\w+), {_PLACE}", "{band}, {place}, on {level}"),
        (
            rf"(?P<level>clean|light|heavy) text: (?P<gap>\S+) lines from the text, {_PLACE}",
            "{gap} lines {place}, on {level}",
        ),
        (
            rf"(?P<band>tiny|short|middling|long), (?P<gap>\S+) lines from the text, {_PLACE}",
            "{band}, {gap} lines {place}",
        ),
        (r"(?P<level>clean|light|heavy) text: in a gap of (?P<run>\S+) lines", "in a gap of {run} lines, on {level}"),
        (r"text ends (?P<gap>\S+) lines before", "the text ends {gap} lines above"),
        (r"text starts (?P<gap>\S+) lines after", "the text starts {gap} lines below"),
        (r"mean of (?P<n>\d+) (?P<side>around|before|after) (?P<how>.+)", "mean of the {n} lines {side} it: {how}"),
        (r"topic none, \w+", "shares no word with the text"),
        (r"topic (?P<share>little|some|most|all), \w+", "shares {share} of its words with the text"),
        (r"no furniture, short", "short, no word of furniture"),
    )
)  # fmt: skip


def plain_reasons(features: Sequence[str]) -> tuple[str, ...]:
    """What is said of a line that is text beyond doubt: its length and its end."""
    return tuple(in_words(name) for name in features[:2])


def _voices(weights: Weights, state: int, *, text: bool) -> Voices:
    """The features that speak for a line being `text`, or against it, in the state."""
    column, sign = _COLUMNS.get(state, 1), 1.0 if text else -1.0
    found = {name: sign * (row[column] - weights.own.get(name, 0.0)) for name, row in weights.states.items()}
    return {
        name: (loudness, name, in_words(name))
        for name, loudness in found.items()
        if loudness < -LEAST and name not in GENERIC and not name.startswith("text: ")
    }


def reasons(weights: Weights, features: Iterable[str], state: int, *, text: bool) -> tuple[str, ...]:
    """The features that spoke loudest for the line being `text`, or against it, in the most probable state."""
    voices = weights.voices.get((state, text))
    if voices is None:
        voices = weights.voices[state, text] = _voices(weights, state, text=text)
    phrases = (phrase for _, _, phrase in sorted([voices[name] for name in features if name in voices]))
    return tuple(islice(dict.fromkeys(phrases), MOST))
