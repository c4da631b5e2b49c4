"""What a line shows through its place: neighbours, distance to the text, repeats, topic, section headings.

All of it is computed in a few linear sweeps over the measured lines and their own probabilities (the
context-free P(keep) of the first pass), so that the second pass can decide the undecided by their company.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from cleanse.lines import facets
from cleanse.lines.facets import DISTANCES, EDGE, RUNS, TITLE_RUNS, WINDOWS, Facet
from cleanse.lines.line import ANCHOR, Line

FAR = 10_000
"""A distance, in lines, that means: there is none."""

DISTANCE_BOUNDS = (1, 2, 3, 5, 9, 17, FAR)
RUN_BOUNDS = (2, 3, 5, 9, 21)
PROBABILITY_BOUNDS = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97)
PROBABILITIES = ("0-.03", ".03-.1", ".1-.25", ".25-.5", ".5-.75", ".75-.9", ".9-.97", ".97-1")
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

PASSED_BOUNDS = (1e-9, 0.05, 0.5, 0.95, 1.0)
VOICED = 10
"""Words from which a line speaks in a voice."""
CLOSING = 0.97
"""Share of the text after which a line closes it."""

TOPIC_BOUNDS = (0.01, 0.34, 0.67, 0.99)
SHORT_TOPIC = 10

TITLE_RUN_BOUNDS = (2, 3, 5, 9)

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
    last = len(sums) - 1
    start = start if start > 0 else 0  # noqa: FURB136 - a third of the time of max()
    stop = stop if stop < last else last  # noqa: FURB136
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


def _topic(lines: Sequence[Line], own: Sequence[float]) -> list[Facet]:
    """Share of a line's content words that the long text lines use, too."""
    once: set[str] = set()
    twice: set[str] = set()
    for line, probability in zip(lines, own, strict=True):
        if line.anchor and probability > 0.5:
            content = set(line.content)
            twice |= once & content
            once |= content
    names: list[Facet] = []
    nothing = ("topic nothing to compare",)
    for line in lines:
        if not line.content:
            names.append(nothing)
            continue
        others = twice if line.anchor else once
        shared = sum(map(others.__contains__, line.content)) / len(line.content)
        names.append(facets.topic(bisect_right(TOPIC_BOUNDS, shared), line.words < SHORT_TOPIC))
    return names


def _repeats(lines: Sequence[Line]) -> dict[int, Facet]:
    """Lines that stand in the text more than once."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        places.setdefault(line.key, []).append(at)
    found: dict[int, Facet] = {}
    for same in places.values():
        if len(same) > 1:
            often = ("repeated often",) if len(same) > 2 else ()
            for at in same:
                found[at] = ("repeated later" if at == same[0] else "repeated earlier", *often)
    return found


def _sections(lines: Sequence[Line]) -> dict[int, list[str]]:
    """The nearest heading-like furniture line of each class, before and after, by line."""
    found: dict[int, list[str]] = {}
    shown = {kind for line in lines for kind in line.hits}
    for kind in HEADINGS:
        if kind not in shown:
            continue
        before, after = both_distances([kind in line.hits for line in lines])
        for at, (back, ahead) in enumerate(zip(before, after, strict=True)):
            if 0 < back < FAR:
                near = "just" if back == 1 else "2-4" if back < 5 else "5-30" if back <= 30 else "far"
                found.setdefault(at, []).append(f"{kind} line {near} before")
            if 0 < ahead < 5:
                found.setdefault(at, []).append(f"{kind} line {'just' if ahead == 1 else '2-4'} after")
    return found


def noise_level(lines: Sequence[Line], own: Sequence[float]) -> str:
    """How much furniture a text shows: clean, light or heavy. Other features are read in its light."""
    covers = sum(bool(line.hits) for line in lines) / max(len(lines), 1)
    doubtful = sum(probability < DOUBTFUL for probability in own) / max(len(own), 1)
    return "clean" if covers < 0.03 and doubtful < 0.06 else "light" if covers < 0.2 and doubtful < 0.4 else "heavy"


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """All that is known of a text before its lines are looked at one by one."""

    lines: Sequence[Line]
    bins: Sequence[str]
    """The bin of every line's own probability."""
    document: Facet
    level: str
    anchors: Sequence[bool]
    before: Sequence[int]
    after: Sequence[int]
    sums: Sequence[float]
    """Running sums of the own probabilities."""
    passed: Sequence[int]
    """Words of anchor lines before every line, and in all."""
    sizes: Sequence[str]
    titles: Sequence[str]


def _survey(lines: Sequence[Line], own: Sequence[float]) -> _Surroundings:
    anchors = [line.anchor and probability > 0.5 for line, probability in zip(lines, own, strict=True)]
    before, after = both_distances(anchors)
    anchor_words = (line.words if flag else 0 for line, flag in zip(lines, anchors, strict=True))
    return _Surroundings(
        lines=lines,
        bins=[bin_probability(probability) for probability in own],
        document=("any line", *document_features(lines, own)),
        level=noise_level(lines, own),
        anchors=anchors,
        before=before,
        after=after,
        sums=list(accumulate(own, initial=0.0)),
        passed=list(accumulate(anchor_words, initial=0)),
        sizes=[_size_class(line) for line in lines],
        titles=_title_runs(lines),
    )


def context_facets(lines: Sequence[Line], own: Sequence[float]) -> list[list[Facet]]:
    """What every line shows through its place in this text, in facets: each a few features that go together."""
    text = _survey(lines, own)
    topics = _topic(lines, own)
    repeats = _repeats(lines)
    sections = _sections(lines)
    total, last = text.passed[-1] or 1, len(lines) - 1
    found_all: list[list[Facet]] = []
    for at, line in enumerate(lines):
        passed = bisect_right(PASSED_BOUNDS, text.passed[at] / total)
        found = [text.document, _place(text, at), *_neighbours(text, at), _means(text.sums, at), topics[at]]
        found.append(facets.outlook(passed, text.titles[at], min(EDGE, at), min(last - at, EDGE)))
        if line.words >= VOICED:
            found.append(_voices(line, text.passed[at] / total))
        if at in repeats:
            found.append(repeats[at])
        if at in sections:
            found.append(tuple(sections[at]))
        found_all.append(found)
    return found_all


def context_features(lines: Sequence[Line], own: Sequence[float]) -> list[list[str]]:
    """The features every line has through its place in this text."""
    return [[name for facet in found for name in facet] for found in context_facets(lines, own)]


def _voices(line: Line, passed: float) -> Facet:
    edge = "closing" if passed >= CLOSING else "opening" if passed <= 1 - CLOSING else "middle"
    return tuple(f"{edge} line {voice}" for voice in VOICES if voice in line.features)


def _title_runs(lines: Sequence[Line]) -> list[str]:
    """For every line that is built like a title, how many such lines stand together; "" for others."""
    names: list[str] = []
    for is_title, group in groupby(lines, key=lambda line: line.title):
        count = sum(1 for _ in group)
        names += [TITLE_RUNS[bisect_right(TITLE_RUN_BOUNDS, count)] if is_title else ""] * count
    return names


def _place(text: _Surroundings, at: int) -> Facet:
    back, ahead = text.before[at], text.after[at]
    return facets.place(
        _zone(back, ahead, anchor=text.anchors[at]),
        DISTANCES[bisect_right(DISTANCE_BOUNDS, back)],
        DISTANCES[bisect_right(DISTANCE_BOUNDS, ahead)],
        RUNS[bisect_right(RUN_BOUNDS, back + ahead - 1)],
        (text.bins[at], text.level, _band(text.lines[at].words)),
    )


def _zone(back: int, ahead: int, *, anchor: bool) -> str:
    if anchor:
        return "text"
    if back < FAR and ahead < FAR:
        return "inside"
    return "head" if ahead < FAR else "tail" if back < FAR else "no text"


def _band(words: int) -> str:
    return "tiny" if words < 4 else "short" if words < 10 else "middling" if words < ANCHOR else "long"


def _means(sums: Sequence[float], at: int) -> Facet:
    """How probable the lines around are by themselves."""
    return facets.means(
        *[bisect_right(PROBABILITY_BOUNDS, _spread(sums, at + first, at + last)) for _, first, last in WINDOWS]
    )


def _neighbours(text: _Surroundings, at: int) -> tuple[Facet, ...]:
    """The two lines before and the two behind."""
    last = len(text.lines) - 1
    bins = text.bins
    own = facets.neighbours(
        bins[at - 1] if at else "",
        bins[at - 2] if at > 1 else "",
        bins[at + 1] if at < last else "",
        bins[at + 2] if at + 1 < last else "",
    )
    between = facets.between(text.sizes[at - 1] if at else "edge", text.sizes[at + 1] if at < last else "edge")
    found = [between, own]
    if at and (facet := _beside("previous", text.lines[at], text.lines[at - 1])):
        found.append(facet)
    if at < last and (facet := _beside("next", text.lines[at], text.lines[at + 1])):
        found.append(facet)
    return tuple(found)


def _beside(side: str, line: Line, other: Line) -> Facet:
    """What a neighbour shows that lists of teasers, comments and goods show, and in which ways it is built alike."""
    same_size = (
        line.ends == other.ends
        and (line.words >= ANCHOR) == (other.words >= ANCHOR)
        and abs(line.words - other.words) <= max(1, line.words // 4)
    )
    same_word = bool(line.tokens and other.tokens and line.tokens[0] == other.tokens[0])
    same_sign = line.text[0] == other.text[0] and not line.text[0].isalnum()
    if not (other.marks or same_size or same_word or same_sign):
        return ()
    return facets.beside(side, other.marks, same_size, same_word, same_sign)
