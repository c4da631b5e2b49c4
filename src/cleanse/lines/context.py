"""What a line shows through its place: neighbours, distance to the text, repeats, topic, section headings.

All of it is computed in a few linear sweeps over the measured lines and their own probabilities (the
context-free P(keep) of the first pass), so that the second pass can decide the undecided by their company.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise, starmap

from cleanse.lines import facets
from cleanse.lines.facets import DISTANCES, EDGE, PARTS, RUNS, TITLE_RUNS, WINDOWS, Facet
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
NO_TOPIC = ("topic nothing to compare",)

TITLE_RUN_BOUNDS = (2, 3, 5, 9)

PART_GAP = 4
"""Lines that may stand between two long sentences of one part of the text."""
PART_BOUNDS = (0.1, 0.3, 0.7, 1.0)
"""Words of a part against those of the largest."""

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


def _size_class(line: Line) -> str:
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


def _topics(lines: Sequence[Line], own: Sequence[float]) -> Iterator[Facet]:
    """Share of a line's content words that the long text lines use, too."""
    once: set[str] = set()
    twice: set[str] = set()
    for line, probability in zip(lines, own, strict=True):
        if line.anchor and probability > 0.5:
            content = set(line.content)
            twice |= once & content
            once |= content
    for line in lines:
        if not line.content:
            yield NO_TOPIC
            continue
        others = twice if line.anchor else once
        shared = sum(map(others.__contains__, line.content)) / len(line.content)
        yield facets.topic(bisect_right(TOPIC_BOUNDS, shared), line.words < SHORT_TOPIC)


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


def _sections(lines: Sequence[Line]) -> list[Facet]:
    """The nearest heading-like furniture line of each class, before and after, by line."""
    shown = {kind for line in lines for kind in line.hits}
    columns = [column for kind in HEADINGS if kind in shown for column in _section(kind, lines)]
    return [tuple(filter(None, row)) for row in zip(*columns, strict=True)] if columns else [()] * len(lines)


def _section(kind: str, lines: Sequence[Line]) -> tuple[list[str], list[str]]:
    """How far before and behind the lines the nearest heading of one class stands, in words; "" for nothing near."""
    count = len(lines)
    places = [at for at, line in enumerate(lines) if kind in line.hits]
    before, after = [""] * count, [""] * count
    passed = [f"{kind} line {name} before" for name in ("just", *["2-4"] * 3, *["5-30"] * 26)]
    coming = [f"{kind} line {name} after" for name in ("2-4", "2-4", "2-4", "just")]
    for place, following in pairwise([*places, count]):
        gap = following - place - 1
        before[place + 1 : following] = [*passed, *[f"{kind} line far before"] * (gap - len(passed))][:gap]
    for previous, place in pairwise([-1, *places]):
        gap = min(place - previous - 1, len(coming))
        after[place - gap : place] = coming[len(coming) - gap :]
    return before, after


def noise_level(lines: Sequence[Line], own: Sequence[float]) -> str:
    """How much furniture a text shows: clean, light or heavy. Other features are read in its light."""
    covers = sum(bool(line.hits) for line in lines) / max(len(lines), 1)
    doubtful = sum(probability < DOUBTFUL for probability in own) / max(len(own), 1)
    return "clean" if covers < 0.03 and doubtful < 0.06 else "light" if covers < 0.2 and doubtful < 0.4 else "heavy"


def context_facets(lines: Sequence[Line], own: Sequence[float]) -> list[list[Facet]]:
    """What every line shows through its place in this text, in facets: each a few features that go together."""
    if not lines:
        return []
    document = ("any line", *document_features(lines, own))
    anchors = [line.anchor and probability > 0.5 for line, probability in zip(lines, own, strict=True)]
    passed = list(accumulate((line.words if flag else 0 for line, flag in zip(lines, anchors, strict=True)), initial=0))
    total, bins = passed[-1] or 1, [bin_probability(probability) for probability in own]
    columns = (
        _places(lines, own, bins, anchors),
        _between(lines),
        _neighbours(bins),
        _means(own),
        _topics(lines, own),
        _outlooks(lines, [bisect_right(PASSED_BOUNDS, words / total) for words in passed[:-1]]),
        _sections(lines),
        _parts(lines, anchors),
    )
    found = [[document, *row] for row in zip(*columns, strict=True)]
    for at, (line, words) in enumerate(zip(lines, passed, strict=False)):
        if line.words >= VOICED:
            found[at].append(_voices(line, words / total))
    for at, pair in enumerate(pairwise(lines)):
        for place, facet in enumerate(_likeness(*pair), at):
            if facet:
                found[place].append(facet)
    for at, facet in _repeats(lines).items():
        found[at].append(facet)
    return found


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


def _outlooks(lines: Sequence[Line], passed: Sequence[int]) -> Iterator[Facet]:
    """How much of the text stands before a line, how many titles with it, and whether it is among the first or last."""
    last = len(lines) - 1
    for at, (share, titles) in enumerate(zip(passed, _title_runs(lines), strict=True)):
        yield facets.outlook(share, titles, min(EDGE, at), min(EDGE, last - at))


def _places(
    lines: Sequence[Line], own: Sequence[float], bins: Sequence[str], anchors: Sequence[bool]
) -> Iterator[Facet]:
    """How far the long sentences of the text are, on either side."""
    level = noise_level(lines, own)
    distances = zip(*both_distances(anchors), strict=True)
    for line, anchor, bin_, (back, ahead) in zip(lines, anchors, bins, distances, strict=True):
        yield facets.place(
            _zone(back, ahead, anchor=anchor),
            DISTANCES[bisect_right(DISTANCE_BOUNDS, back)],
            DISTANCES[bisect_right(DISTANCE_BOUNDS, ahead)],
            RUNS[bisect_right(RUN_BOUNDS, back + ahead - 1)],
            (bin_, level, _band(line.words)),
        )


def _parts(lines: Sequence[Line], anchors: Sequence[bool]) -> Iterator[Facet]:
    """Which part of the text a line stands in, by the words of its long sentences, and on which side of the largest.

    The largest block of a page is mostly its text, whatever the language: most methods of the field start from it.
    """
    parts = _blocks(lines, anchors)
    most = max((words for _, words in parts), default=0)
    largest = next((block for block, words in parts if words == most), None)
    sizes = {at: PARTS[bisect_right(PART_BOUNDS, words / most)] for block, words in parts for at in block}
    for at, line in enumerate(lines):
        side = "" if largest is None or at in largest else "before" if at < largest.start else "after"
        yield facets.part(sizes.get(at, ""), side, _band(line.words))


def _blocks(lines: Sequence[Line], anchors: Sequence[bool]) -> list[tuple[range, int]]:
    """The parts of the text: from which to which line, and the words of their long sentences."""
    blocks: list[tuple[range, int]] = []
    for at, line in enumerate(lines):
        if not anchors[at]:
            continue
        if blocks and at - blocks[-1][0].stop <= PART_GAP:
            block, words = blocks.pop()
            blocks.append((range(block.start, at + 1), words + line.words))
        else:
            blocks.append((range(at, at + 1), line.words))
    return blocks


def _zone(back: int, ahead: int, *, anchor: bool) -> str:
    if anchor:
        return "text"
    if back < FAR and ahead < FAR:
        return "inside"
    return "head" if ahead < FAR else "tail" if back < FAR else "no text"


def _band(words: int) -> str:
    return "tiny" if words < 4 else "short" if words < 10 else "middling" if words < ANCHOR else "long"


def _means(own: Sequence[float]) -> Iterator[Facet]:
    """How probable the lines around are by themselves."""
    return starmap(facets.means, zip(*(_window(own, first, last) for _, first, last in WINDOWS), strict=True))


def _window(own: Sequence[float], first: int, last: int) -> list[int]:
    """The bin of the mean over [at + first, at + last) for every line; that of 0.5, "nothing known", for none."""
    count, sums = len(own), list(accumulate(own, initial=0.0))
    starts, stops = _places_from(first, count), _places_from(last, count)
    return [
        bisect_right(PROBABILITY_BOUNDS, (sums[stop] - sums[start]) / (stop - start) if stop > start else 0.5)
        for start, stop in zip(starts, stops, strict=True)
    ]


def _places_from(offset: int, count: int) -> list[int]:
    """The place so far from each of `count` places, at most at an edge."""
    places = [*[0] * -offset, *range(max(offset, 0), count), *[count] * offset]
    return places[:count]


def _between(lines: Sequence[Line]) -> Iterator[Facet]:
    """What size the line before and the line behind are."""
    sizes = ["edge", *map(_size_class, lines), "edge"]
    return map(facets.between, sizes, sizes[2:])


def _neighbours(bins: Sequence[str]) -> Iterator[Facet]:
    """The two lines before and the two behind, by themselves."""
    row = ["", "", *bins, "", ""]
    return map(facets.neighbours, row[1:], row, row[3:], row[4:])


def _likeness(one: Line, two: Line) -> tuple[Facet, Facet]:
    """What two lines next to each other show one another: marks of lists, and in which ways they are built alike."""
    same_word = bool(one.tokens and two.tokens and one.tokens[0] == two.tokens[0])
    same_sign = one.text[0] == two.text[0] and not one.text[0].isalnum()
    same_end = one.ends == two.ends and (one.words >= ANCHOR) == (two.words >= ANCHOR)
    apart = abs(one.words - two.words) if same_end else FAR
    return (
        facets.beside("next", two.marks, apart <= max(1, one.words // 4), same_word, same_sign),
        facets.beside("previous", one.marks, apart <= max(1, two.words // 4), same_word, same_sign),
    )
