"""The names of what a line shows through its place, in facets: features that are known together.

There are few different facets in all texts together, so that their names are made, and their weights added, once.
"""

from functools import cache

Facet = tuple[str, ...]

DISTANCES = ("0", "1", "2", "3-4", "5-8", "9-16", "17+", "none")
RUNS = ("1", "2", "3-4", "5-8", "9-20", "21+")
MEANS = ("lowest", "very low", "low", "under half", "over half", "high", "very high", "highest")
PASSED = ("none", "<5%", "<50%", "<95%", "95%+", "all")

WINDOWS = (("2 around", -2, 3), ("6 before", -6, 0), ("6 after", 1, 7), ("20 around", -20, 21))

EDGE = 4
"""Lines at either end of a text that count as its first or last."""
TITLE_RUNS = ("1", "2", "3-4", "5-8", "9+")
PARTS = ("<10%", "<30%", "<70%", "<100%", "as many")
TOPICS = ("none", "little", "some", "most", "all")


@cache
def topic(found: int, short: bool) -> Facet:  # noqa: FBT001 - the key of a table
    """How much of a line's content the text shares."""
    return (f"topic {TOPICS[found]}, {'short' if short else 'long'}",)


@cache
def outlook(passed: int, titles: str, first: int, last: int) -> Facet:
    """How much of the text has passed, how many titles stand together, and whether the text begins or ends here."""
    names = ["text passed " + PASSED[passed]]
    if titles:
        names.append(f"run of {titles} titles")
        names.append(f"run of {titles} titles, text passed {PASSED[passed]}")
    if first < EDGE:
        names.append("among the first lines" if first else "first line")
    if last < EDGE:
        names.append("among the last lines" if last else "last line")
    return tuple(names)


@cache
def place(zone: str, lead: str, trail: str, run: str, kind: tuple[str, str, str]) -> Facet:
    """Where a line stands between the long sentence lines, and what that means for one of its kind."""
    own_bin, level, band = kind
    names = [f"own {own_bin}", f"own {own_bin}, {zone}"]
    names += [f"text ends {lead} lines before", f"text starts {trail} lines after"]
    if zone == "inside":
        names += [f"in a gap of {run} lines", f"in a gap of {run} lines, own {own_bin}"]
    names += [f"{level} text: own {own_bin}", f"{level} text: {band}, {zone}"]
    if zone in ("head", "tail"):
        gap = trail if zone == "head" else lead
        names.append(f"{level} text: {gap} lines from the text, {zone}")
        names.append(f"{band}, {gap} lines from the text, {zone}")
        names.append(f"own {own_bin}, {gap} lines from the text, {zone}")
    elif zone == "inside":
        names += [f"{level} text: in a gap of {run} lines", f"{band}, in a gap of {run} lines"]
    return tuple(names)


@cache
def part(size: str, side: str, band: str) -> Facet:
    """How large the part around a line is against the largest one, if any is, and on which side of that it stands."""
    if not size:
        return (f"{band}, {f'{side} the largest' if side else 'in no'} part",)
    if not side:
        return ("in the largest part", f"{band}, in the largest part")
    here = f"in a part of {size} of the largest"
    return (here, f"{band}, {here}", f"{here}, {side} it")


@cache
def means(*bins: int) -> Facet:
    """How probable the lines in each of the `WINDOWS` are by themselves."""
    return tuple(f"mean of {name} {MEANS[found]}" for (name, _, _), found in zip(WINDOWS, bins, strict=True))


@cache
def between(previous: str, following: str) -> Facet:
    """What size the lines next to it are."""
    return (f"previous {previous}", f"next {following}", f"between {previous} and {following}")


@cache
def neighbours(previous: str, second_previous: str, following: str, second_next: str) -> Facet:
    """How probable the two lines before and the two behind are by themselves; "" where there is none."""
    sides = (
        ("previous", previous),
        ("second previous", second_previous),
        ("next", following),
        ("second next", second_next),
    )
    return tuple(f"{side} own {found}" for side, found in sides if found)


@cache
def beside(side: str, marks: Facet, *alike: bool) -> Facet:
    """What a neighbour shows, and in which ways it is built alike."""
    same = zip(("length and end", "first word", "first sign"), alike, strict=True)
    return (*(f"{side} has {mark}" for mark in marks), *(f"same {what} as the {side}" for what, is_so in same if is_so))
