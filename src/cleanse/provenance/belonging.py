"""Which of the facts a text says are said of itself: the others stay where they stand, and nobody claims them.

A page has one day of publication and one byline, below its title. Two days in separate places contradict one another,
and so do two bylines with a title above each: they are those of works, posts or releases the text tells of. Only the
mail head that opens a text is its own; and rights that are announced, or granted on the spot, are the text's subject.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import combinations

import regex

from cleanse.kept import compiled
from cleanse.model import Claim, Draft, Proposal, Wish
from cleanse.provenance.context import Beside, runs, signatures, works
from cleanse.provenance.dates import read_date

WholeLines = Callable[[Proposal], range]
"""The indices of the lines a proposal takes away from end to end."""
_DAYS = frozenset({"date_published", "date_modified", "date_page"})
_MAKERS = frozenset({"authors", "contributors"})
_RIGHTS = frozenset({"copyright_holder", "copyright_notice", "copyright_year", "usage_terms"})
_GRANTED = compiled(r"\bpermission is hereby granted\b|\babove copyright notice\b", regex.IGNORECASE)
_FRONT_MATTER = compiled(r"-{3}\n(?:[\w-]+:[^\n]*\n|[ \t-][^\n]*\n){1,40}?-{3}\n")
_SIGNED = compiled(r"\s*By:\s")
_LABELLED = compiled(r"\s*\p{L}[\p{L} ]{2,20}:\s")
_FEW_SIGNATURES = 2
_SEVERAL = 2
"""Works with their makers that a text tells of."""


def of_itself(wishes: Sequence[Wish], draft: Draft, whole: WholeLines) -> list[Wish]:
    """The wishes that take away what the text says of itself."""
    moves = {place: wish for place, wish in enumerate(wishes) if isinstance(wish, Proposal)}
    if not moves:  # as in most texts
        return list(wishes)
    lines = {place: whole(wish) for place, wish in moves.items()}
    moved = {index for run in lines.values() for index in run}
    strange: set[int] = set()
    places: list[list[int]] = []
    for run in runs(moved, draft.view):
        inside = [place for place, found in lines.items() if found and set(found) & set(run)]
        places.append(inside)
        strange |= set(_strangers({place: moves[place] for place in inside}, lines, run, draft, moved))
    left = [[place for place in inside if place not in strange] for inside in places]
    titled = {
        place for inside in left for place in inside if Beside(draft.view, _around(inside, lines), moved).has_title()
    }
    strange |= _contradicting(moves, left, "date_published")
    strange |= _contradicting(moves, [[p for p in inside if p in titled] for inside in left], "authors")
    strange |= _of_several(moves, works(draft.view))
    return [wish for place, wish in enumerate(wishes) if place not in strange]


def grants(draft: Draft) -> bool:
    """Whether the text is itself a licence, which wants its notice to stay with it."""
    return _GRANTED.search(draft.text) is not None


def in_front_matter(wish: Proposal, draft: Draft) -> bool:
    """Whether a line is one of the fields that head a source text between two rules of hyphens."""
    head = _FRONT_MATTER.match(draft.text)
    return head is not None and wish.edit.start < head.end()


def _around(inside: Sequence[int], lines: dict[int, range]) -> range:
    return range(min(lines[place][0] for place in inside), max(lines[place][-1] for place in inside) + 1)


def _strangers(
    wishes: Mapping[int, Proposal],
    lines: dict[int, range],
    run: range,
    draft: Draft,
    moved: Collection[int],
) -> Iterator[int]:
    """The places of those wishes of a run of lines that what stands beside them speaks against."""
    beside = Beside(draft.view, run, moved)
    bare = [place for place, wish in wishes.items() if _is_bare(wish)]
    if bare and (beside.is_listed() or (len(bare) == len(wishes) and (beside.goes_on() or beside.is_event()))):
        yield from bare
    for place, wish in wishes.items():
        fields, alone = _fields(wish), Beside(draft.view, lines[place], moved)
        if fields & _MAKERS and _is_another(wish, alone, draft):
            yield place
        if fields & (_MAKERS | _DAYS | _RIGHTS) and _LABELLED.match(wish.edit.before) and alone.is_described():
            yield place
        if "image_credits" in fields and alone.is_staged():
            yield place
        if fields & _RIGHTS and beside.is_quoted():
            yield place
        if "title" in fields and run[0] != draft.view.written[0].index:
            yield place


def _fields(wish: Proposal) -> frozenset[str]:
    return frozenset(claim.field for claim in wish.claims)


def _is_bare(wish: Proposal) -> bool:
    """Whether a day or a name stands alone, without a word that says of what."""
    fields = _fields(wish)
    if fields <= _DAYS:
        return bool(read_date(wish.edit.before))
    starts = [claim.span[0] for claim in wish.claims if claim.field == "authors"]
    return bool(starts) and min(starts) == wish.edit.start + len(wish.edit.before) - len(wish.edit.before.lstrip())


def _is_another(wish: Proposal, beside: Beside, draft: Draft) -> bool:
    """Whether the maker it names is one of another work, or signs."""
    if _SIGNED.match(wish.edit.before) and (beside.is_signed() or signatures(draft.view) >= _FEW_SIGNATURES):
        return True
    return not _is_bare(wish) and beside.is_credit()


def _of_several(wishes: Mapping[int, Proposal], makers: Collection[str]) -> set[int]:
    """The bylines of works, where a text tells of several, each with its maker."""
    if len(makers) < _SEVERAL:
        return set()
    return {place for place, wish in wishes.items() if _values(wish.claims, "authors") & set(makers)}


def _contradicting(wishes: Mapping[int, Proposal], places: Sequence[Sequence[int]], field: str) -> set[int]:
    """The wishes that say a field, if two in separate places say it with nothing in common."""
    said = [
        (run, place, values)
        for run, inside in enumerate(places)
        for place in inside
        if (values := _values(wishes[place].claims, field))
    ]
    apart = any(one[0] != two[0] and not one[2] & two[2] for one, two in combinations(said, 2))
    return {place for _, place, _ in said} if apart else set()


def _values(claims: Sequence[Claim], field: str) -> frozenset[str]:
    """What is claimed for a field; of a day without its time, and of people without their places."""
    return frozenset(
        claim.value[:10] if field in _DAYS else claim.value.casefold()
        for claim in claims
        if claim.field == field and claim.attributes.get("kind", "person") not in {"place", "clause"}
    )
