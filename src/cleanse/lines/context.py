"""What a line shows through its place: neighbours, distance to the text, repeats, topic, section headings.

All of it is computed in a few linear sweeps over the measured lines and their own probabilities (the
context-free P(keep) of the first pass), so that the second pass can decide the undecided by their company.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from cleanse.lines.line import ANCHOR, Line

FAR = 10_000
"""A distance, in lines, that means: there is none."""

DISTANCE_BOUNDS = (1, 2, 3, 5, 9, 17, FAR)
DISTANCES = ("0", "1", "2", "3-4", "5-8", "9-16", "17+", "none")
RUN_BOUNDS = (2, 3, 5, 9, 21)
RUNS = ("1", "2", "3-4", "5-8", "9-20", "21+")
PROBABILITY_BOUNDS = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97)
PROBABILITIES = ("0-.03", ".03-.1", ".1-.25", ".25-.5", ".5-.75", ".75-.9", ".9-.97", ".97-1")
MEANS = ("lowest", "very low", "low", "under half", "over half", "high", "very high", "highest")

HEADINGS = ("comment", "more", "newsletter", "share", "legal", "advertising", "shop", "tags", "login", "navigation")
"""Classes whose short lines head a section of the page: what follows "Related articles" is judged by it."""

VOICES = (
    "addresses the reader",
    "says we",
    "says I",
    "opens like a profile",
    "exclaims",
    "question",
    "web address",
    "numbered",
)
"""Own features of long lines that mean one thing within the text and another at its edges."""

MARKS = ("date", "so long ago", "byline shape", "byline line", "stamp line", "bare number", "price", "comment line")
"""Own features of a neighbour that show a list of teasers, comments or goods."""

PASSED_BOUNDS = (1e-9, 0.05, 0.5, 0.95, 1.0)
PASSED = ("none", "<5%", "<50%", "<95%", "95%+", "all")
WINDOWS = (("2 around", -2, 3), ("6 before", -6, 0), ("6 after", 1, 7), ("20 around", -20, 21))
EDGE = 4
"""Lines at either end of a text that count as its first or last."""

DOUBTFUL = 0.25
"""P(keep) of a line alone below which it is doubtful."""


def bin_probability(probability: float) -> str:
    """The name of the bin a probability falls into."""
    return PROBABILITIES[bisect_right(PROBABILITY_BOUNDS, probability)]


def _distances(flags: Sequence[bool]) -> list[int]:
    """Lines since the last True, for every position (0 at a True itself)."""
    result, last = [], -FAR
    for at, flag in enumerate(flags):
        if flag:
            last = at
        result.append(min(at - last, FAR))
    return result


def both_distances(flags: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Distance to the nearest True before and after every position."""
    return _distances(flags), _distances(flags[::-1])[::-1]


def _spread(sums: Sequence[float], start: int, stop: int) -> float:
    """Mean over [start, stop) from running sums; 0.5, "nothing known", for an empty window."""
    start, stop = max(start, 0), min(stop, len(sums) - 1)
    return (sums[stop] - sums[start]) / (stop - start) if stop > start else 0.5


def _size_class(line: Line | None) -> str:
    if line is None:
        return "edge"
    if line.words >= ANCHOR:
        return "long" if line.ends == "stop" else "long, open"
    if line.words >= 8:
        return "middling, stop" if line.ends == "stop" else "middling"
    return "short, stop" if line.ends == "stop" else "short" if line.words > 3 else "tiny"


def _binned(name: str, value: float, bounds: Sequence[float], labels: Sequence[str]) -> str:
    return f"text: {name} {labels[bisect_right(bounds, value)]}"


def document_features(lines: Sequence[Line], own: Sequence[float]) -> list[str]:
    """What the whole text shows: how much of it is furniture by its own words, how much is plain text."""
    count = max(len(lines), 1)
    words = sum(line.words for line in lines) or 1
    text = sum(line.words for line in lines if line.anchor) / words
    covers = sum(bool(line.hits) for line in lines)
    doubtful = sum(probability < DOUBTFUL for probability in own) / count
    shares = ("<5%", "<15%", "<30%", "<50%", "more")
    return [
        _binned("furniture lines", covers, (1, 2, 3, 6, 13, 31), ("0", "1", "2", "3-5", "6-12", "13-30", "31+")),
        _binned("furniture share", covers / count, (0.05, 0.15, 0.3, 0.5), shares),
        _binned("doubtful lines", doubtful, (0.05, 0.15, 0.3, 0.6), ("<5%", "<15%", "<30%", "<60%", "more")),
        _binned("words in sentences", text, (0.3, 0.6, 0.8, 0.92), ("<30%", "<60%", "<80%", "<92%", "more")),
        _binned("lines", len(lines), (8, 20, 50, 150), ("<8", "<20", "<50", "<150", "150+")),
    ]


def _topic(lines: Sequence[Line], own: Sequence[float], functions: frozenset[str]) -> list[str]:
    """Share of a short line's content words that the long text lines use, too."""
    vocabulary: dict[str, int] = {}
    for line, probability in zip(lines, own, strict=True):
        if line.anchor and probability > 0.5:
            for token in set(line.tokens):
                vocabulary[token] = vocabulary.get(token, 0) + 1
    names = []
    for line in lines:
        content = [token for token in line.tokens if len(token) > 2 and token not in functions]
        if not content:
            names.append("topic nothing to compare")
            continue
        self_count = 2 if line.anchor else 1
        shared = sum(vocabulary.get(token, 0) >= self_count for token in content) / len(content)
        bin_ = bisect_right((0.01, 0.34, 0.67, 0.99), shared)
        size = "short" if line.words < 10 else "long"
        names.append(f"topic {('none', 'little', 'some', 'most', 'all')[bin_]}, {size}")
    return names


def _repeats(lines: Sequence[Line], features: Sequence[list[str]]) -> None:
    """Lines that stand in the text more than once, and lines that begin a longer one."""
    seen: dict[str, int] = {}
    for line in lines:
        seen[line.key] = seen.get(line.key, 0) + 1
    earlier: set[str] = set()
    for line, names in zip(lines, features, strict=True):
        if seen[line.key] > 1:
            names.append("repeated earlier" if line.key in earlier else "repeated later")
            if seen[line.key] > 2:
                names.append("repeated often")
        earlier.add(line.key)


def _sections(lines: Sequence[Line], features: Sequence[list[str]]) -> None:
    """The nearest heading-like furniture line of each class, before and after."""
    for kind in HEADINGS:
        flags = [kind in line.hits for line in lines]
        if True not in flags:
            continue
        before, after = both_distances(flags)
        for names, back, ahead in zip(features, before, after, strict=True):
            if 0 < back <= 30:
                names.append(f"{kind} line {'just' if back == 1 else '2-4' if back < 5 else '5-30'} before")
            elif back < FAR and back:
                names.append(f"{kind} line far before")
            if 0 < ahead <= 4:
                names.append(f"{kind} line {'just' if ahead == 1 else '2-4'} after")


def noise_level(lines: Sequence[Line], own: Sequence[float]) -> str:
    """How much furniture a text shows: clean, light or heavy. Other features are read in its light."""
    covers = sum(bool(line.hits) for line in lines) / max(len(lines), 1)
    doubtful = sum(probability < DOUBTFUL for probability in own) / max(len(own), 1)
    return "clean" if covers < 0.03 and doubtful < 0.06 else "light" if covers < 0.2 and doubtful < 0.4 else "heavy"


def _alike(one: Line, other: Line) -> list[str]:
    """In which ways two neighbouring lines have the same build, as items of a list have."""
    names = []
    if (
        one.ends == other.ends
        and (one.words >= ANCHOR) == (other.words >= ANCHOR)
        and abs(one.words - other.words) <= max(1, one.words // 4)
    ):
        names.append("same length and end as")
    if one.tokens and other.tokens and one.tokens[0] == other.tokens[0]:
        names.append("same first word as")
    if one.text[:1] == other.text[:1] and not one.text[:1].isalnum():
        names.append("same first sign as")
    return names


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """All that is known of a text before its lines are looked at one by one."""

    lines: Sequence[Line]
    own: Sequence[float]
    bins: Sequence[str]
    """The bin of every line's own probability."""
    document: Sequence[str]
    level: str
    anchors: Sequence[bool]
    before: Sequence[int]
    after: Sequence[int]
    sums: Sequence[float]
    """Running sums of the own probabilities."""
    passed: Sequence[int]
    """Words of anchor lines before every line, and in all."""
    sizes: Sequence[str]
    marks: Sequence[Sequence[str]]


def _survey(lines: Sequence[Line], own: Sequence[float]) -> _Surroundings:
    anchors = [line.anchor and probability > 0.5 for line, probability in zip(lines, own, strict=True)]
    before, after = both_distances(anchors)
    anchor_words = (line.words if flag else 0 for line, flag in zip(lines, anchors, strict=True))
    return _Surroundings(
        lines=lines,
        own=own,
        bins=[bin_probability(probability) for probability in own],
        document=document_features(lines, own),
        level=noise_level(lines, own),
        anchors=anchors,
        before=before,
        after=after,
        sums=list(accumulate(own, initial=0.0)),
        passed=list(accumulate(anchor_words, initial=0)),
        sizes=[_size_class(line) for line in lines],
        marks=[[mark for mark in MARKS if mark in line.features] for line in lines],
    )


def context_features(lines: Sequence[Line], own: Sequence[float], functions: frozenset[str]) -> list[list[str]]:
    """The features every line has through its place in this text."""
    text = _survey(lines, own)
    topics = _topic(lines, own, functions)
    features: list[list[str]] = []
    for at, line in enumerate(lines):
        passed = text.passed[at] / (text.passed[-1] or 1)
        names = ["any line", *text.document, *_place(text, at)]
        names.append("text passed " + PASSED[bisect_right(PASSED_BOUNDS, passed)])
        names += _means(text.sums, at)
        names += _neighbours(text, at)
        names.append(topics[at])
        if line.words >= 10:
            edge = "closing" if passed >= 0.97 else "opening" if passed <= 0.03 else "middle"
            names += [f"{edge} line {voice}" for voice in VOICES if voice in line.features]
        names += _edges(at, len(lines))
        features.append(names)
    _repeats(lines, features)
    _sections(lines, features)
    return features


def _place(text: _Surroundings, at: int) -> tuple[str, ...]:
    back, ahead = text.before[at], text.after[at]
    return _place_names(
        _zone(back, ahead, anchor=text.anchors[at]),
        DISTANCES[bisect_right(DISTANCE_BOUNDS, back)],
        DISTANCES[bisect_right(DISTANCE_BOUNDS, ahead)],
        RUNS[bisect_right(RUN_BOUNDS, back + ahead - 1)],
        (text.bins[at], text.level, _band(text.lines[at].words)),
    )


@cache
def _place_names(place: str, lead: str, trail: str, run: str, kind: tuple[str, str, str]) -> tuple[str, ...]:
    """Where a line stands between the long sentence lines, and what that means for one of its kind."""
    own_bin, level, band = kind
    names = [f"own {own_bin}", f"own {own_bin}, {place}"]
    names += [f"text ends {lead} lines before", f"text starts {trail} lines after"]
    if place == "inside":
        names += [f"in a gap of {run} lines", f"in a gap of {run} lines, own {own_bin}"]
    names += [f"{level} text: own {own_bin}", f"{level} text: {band}, {place}"]
    if place in ("head", "tail"):
        gap = trail if place == "head" else lead
        names.append(f"{level} text: {gap} lines from the text, {place}")
        names.append(f"{band}, {gap} lines from the text, {place}")
        names.append(f"own {own_bin}, {gap} lines from the text, {place}")
    elif place == "inside":
        names += [f"{level} text: in a gap of {run} lines", f"{band}, in a gap of {run} lines"]
    return tuple(names)


def _zone(back: int, ahead: int, *, anchor: bool) -> str:
    if anchor:
        return "text"
    if back < FAR and ahead < FAR:
        return "inside"
    return "head" if ahead < FAR else "tail" if back < FAR else "no text"


def _band(words: int) -> str:
    return "tiny" if words < 4 else "short" if words < 10 else "middling" if words < ANCHOR else "long"


def _means(sums: Sequence[float], at: int) -> list[str]:
    """How probable the lines around are by themselves."""
    return [
        f"mean of {name} {MEANS[bisect_right(PROBABILITY_BOUNDS, _spread(sums, at + first, at + last))]}"
        for name, first, last in WINDOWS
    ]


def _neighbours(text: _Surroundings, at: int) -> list[str]:
    """The two lines before and the two behind."""
    count = len(text.lines)
    previous = text.sizes[at - 1] if at else "edge"
    following = text.sizes[at + 1] if at + 1 < count else "edge"
    names = [f"previous {previous}", f"next {following}", f"between {previous} and {following}"]
    for side, step in (("previous", -1), ("next", 1)):
        other = at + step
        if not 0 <= other < count:
            continue
        names.append(f"{side} own {text.bins[other]}")
        names += [f"{side} has {mark}" for mark in text.marks[other]]
        names += [f"{way} the {side}" for way in _alike(text.lines[at], text.lines[other])]
        if 0 <= other + step < count:
            names.append(f"second {side} own {text.bins[other + step]}")
    return names


def _edges(at: int, count: int) -> list[str]:
    names = []
    if at == 0:
        names.append("first line")
    elif at < EDGE:
        names.append("among the first lines")
    if at == count - 1:
        names.append("last line")
    elif at >= count - EDGE:
        names.append("among the last lines")
    return names
