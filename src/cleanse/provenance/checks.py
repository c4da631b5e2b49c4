"""Facts of one document checked against one another: what cannot all be true is not taken.

A text is not published after its page was seen, nor changed before it was published, nor in a year after that of
its copyright; and its address, where it holds a date, holds the day of publication. Each agreement is evidence,
each contradiction an alternative.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import regex

from cleanse.kept import compiled
from cleanse.provenance.candidates import Candidate

_IN_PATH = compiled(
    r"/(?P<year>(?:19|20)\d\d)(?:[/-](?P<month>0[1-9]|1[0-2]|[1-9])(?:[/-](?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?=[/_.-]|$))?(?=[/_.-]|$)"
    r"|(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[/_.-]|$))"
)
_SLACK = 1
"""Days by which an address and a dateline may differ: newsrooms and servers live in different zones."""


@dataclass(frozen=True)
class UrlDate:
    """The date in the path of an address: a whole one, or a year and a month."""

    value: str
    start: int
    end: int

    def agrees(self, day: str) -> bool:
        """Whether an ISO date can be the one in the address."""
        if len(self.value) < 10:
            return day.startswith(self.value)
        return abs((date.fromisoformat(self.value) - date.fromisoformat(day[:10])).days) <= _SLACK


def url_date(url: str) -> UrlDate | None:
    """The date in an address's path; a number that is no day of the calendar is none."""
    match = _IN_PATH.search(url.partition("?")[0])
    if not match:
        return None
    month, day = match["month"] or match["m"], match["day"] or match["d"]
    if not month:
        return None
    value = f"{match['year']}-{int(month):02}"
    if day:
        try:
            value = date(int(match["year"]), int(month), int(day)).isoformat()
        except ValueError:
            return None
    return UrlDate(value, match.start() + 1, match.end())


def impossible(published: str, page: str | None, copyright_year: int | None) -> str:
    """Why a document cannot have been published that day, or an empty string."""
    if page and published[:10] > page[:10]:
        return "it is later than the page's own date"
    if copyright_year is not None and copyright_year < int(published[:4]):
        return "its copyright is of an earlier year"
    return ""


def in_order(own: Sequence[Candidate], columns: Sequence[Candidate], order: str | None) -> list[Candidate]:
    """Numeric dates in the collection's order, or as another date of the text or the input record confirms.

    What stays in doubt stays twice, once for each order.
    """
    doubled = [c for c in own if "order" in c.attributes]
    witnesses = {c.value[:10] for c in [*columns, *own] if "order" not in c.attributes}
    kept = [c for c in doubled if c.value[:10] in witnesses or c.attributes["order"] == order]
    if not kept or len(kept) == len(doubled):
        return list(own)
    return [*(c for c in own if c not in doubled), *(replace(c, status="derived") for c in kept)]


def one_per_day(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Without dates that another one says more precisely: `2021-03-04` beside `2021-03-04T07:42:00`."""
    longer = {c.value[:10] for c in candidates if len(c.value) > 10}
    return [c for c in candidates if len(c.value) > 10 or c.value not in longer]


def without_site(title: str, names: list[str]) -> str:
    """A title without the name of its site at the end, where that name is known from elsewhere."""
    match = regex.fullmatch(r"(?P<title>.+\S)\s+[|–—·-]\s+(?P<site>\S.*)", title)
    return match["title"] if match and _bare(match["site"]) in {_bare(name) for name in names} else title


def _bare(name: str) -> str:
    return regex.sub(r"\W+", "", name.casefold().removeprefix("the "))
