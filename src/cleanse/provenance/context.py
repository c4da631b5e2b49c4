"""What stands above and below a line that says a fact: whether the line belongs to a page, or to what its author tells.

A day or a name alone on its line says nothing of itself. Where the line above is a label or an unfinished sentence, or
the line below goes on in small letters, it is a part of them; where doors open, an agenda begins or somebody is mourned
beside it, it is the day and the person of that. A row is a part of its table, and a version's day is one of a list.
"""

from collections.abc import Collection, Iterator

import regex

from cleanse.kept import compiled
from cleanse.lines.written import is_work_data
from cleanse.provenance.dates import read_date
from cleanse.view import Line, View

_ABOVE, _BELOW = 4, 3
"""Written lines beside a day or a name in which an event may show itself."""
_LONGEST = 120
"""Code points of a line that are read: what an announcement says, it says first."""
_CLAUSE = 3
"""Words of a line in small letters that can only go on with a sentence."""
_PUBLISHED = compiled(
    r"\b(?:publi|pubbl|posted|post date|issued|released|updated?|last|modifi|review|revis|edited|created|date|"
    r"fecha|data|datum|written|by|author|autor|veröff|erschien|erstellt|stand|aktuali|geänd|mis|parue?|gepubl|geplaatst|bijgew|"
    r"opubl|dodano|opprett|zveřej|yayın|güncel|опублик|опублік|дата|обновл|оновл)|[\p{Han}\p{Hangul}\p{Arabic}]",
    regex.IGNORECASE,
)
"""What a page says of the day or the name it prints next."""
_OPEN = compiled(
    r"\b(?:on|by|until|till|from|to|at|the|of|(?:this|that) day|and|between|before|after|since|am|vom|bis|den|le|du|au|"
    r"del?|el|al|dal|il|op|van|på|до|от|на|с)$"
)
"""Words that end no headline and no label: more must follow."""
_STAMP = compiled(
    r"(?:by|in|on|at|from|updated|posted|published|last|first|share|photo|image|min|comments?|tags?|category|filed|"
    r"von|par|por|di|av|door|le|um)\b|\S*[.@/]\w",
    regex.IGNORECASE,
)
_EVENT = compiled(
    r"\b(?:doors (?:open|at|\d)|tickets?:? (?:at|from|on the door|[£$€\d])|tickets: |"
    r"admission (?:is )?(?:free|[£$€\d])|carriages at|"
    r"curtain (?:up|at)|r\.?s\.?v\.?p\b|invites? you|funeral at|in (?:loving )?memory of)|"
    r"(?:^|\W)in the chair\]?$|^the house met\b|"
    r"^(?:present|in attendance|apologies|attendees|attending|venue|time|place|when|where|doors|tickets|admission|"
    r"speakers?|chair|entry)\s?:|^\(\d{1,2}[.:]\d\d ?[ap]\.?m\.?\)$|^serial no|"
    r"(?:will|shall|to) be held (?:\p{L}+ ){1,8}\p{L}+$|^[^\n.]{3,40}, \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m\b",
    regex.IGNORECASE,
)
_OCCASION = compiled(
    r"(?:in memoriam|obituar(?:y|ies)|deaths?(?: notices?)?|births|marriages|missing|what[’']s on(?: \S+){0,4}|"
    r"(?:player|member|employee|pupil|patient) of the (?:day|week|month|year)|programme|agenda|"
    r"(?:draft )?minutes(?: of .+)?|hearing|call for papers.*|notice of .+|order of service|(?:.+ )?exhibition|"
    r"(?:.+ )?(?:annual general|general|committee|council|board|extraordinary) meeting(?: of .+)?|"
    r"annual meeting(?: of .+)?|invitation|day \d{1,3}|(?:\S+ ){0,2}(?:sale|supper|jumble|f[êe]te)|"
    r"\S+ (?:committee|council)|board of \S+)\W?",
    regex.IGNORECASE,
)
_VERSION = compiled(r"(?i:version |release )?v?\d+(?:\.\d+)+(?:[-.]?(?:rc|beta|alpha)\d*)?:?")
_FIRST_CELL = compiled(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\s+\S")
_NAMED = compiled(r"(?:name|title|its|dated?|for)\s?:", regex.IGNORECASE)
_PARTY = compiled(
    r"(?:^for the \p{L}+|attorneys?\b.*|counsel\b.*|"
    r"\b(?:LLC|L\.L\.C\.|Inc\.?|INC\.?|Ltd\.?|LTD\.?|LLP|Corp\.?|N\.A\.|plc|GmbH))\W*$",
    regex.IGNORECASE,
)
_SIGNED = compiled(r"^\s*By:\s", regex.MULTILINE)
_PRINTED = compiled(
    r"\b\d{1,4} ?pp\b|\bpp?\. ?\d|\bISBN\b|[£$€] ?\d+(?:\.\d\d)?\W*$|\b(?:hardback|paperback|hardcover)\b",
    regex.IGNORECASE,
)
_HELPED = compiled(r"(?:edited|translated|illustrated|adapted|photographs) by\b", regex.IGNORECASE)
_PLAYED = compiled(
    r"(?:directed|photographed|filmed|choreographed|lighting|scenery|costumes|wigs|sound|screenplay|music|conducted)"
    r" by\b",
    regex.IGNORECASE,
)
_STAGED = compiled(r"presents?:?", regex.IGNORECASE)
_BYLINE = compiled(r"[^\S\n]*(?:[Bb]y|BY) (?P<name>\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){1,3})[^\S\n]*")
_HEADINGS = 2
_FIRST_PAGES = 1978
"""Before that year no text was published that looks like a page."""
_YEARS = 2
"""Two days side by side so many years apart are a life, no stamps of one page."""


class Beside:
    """The written lines around a run of lines."""

    def __init__(self, view: View, run: range, moved: Collection[int]) -> None:
        inside = [view.rank[index] for index in run if index in view.rank]
        first, last = inside[0], inside[-1]
        self._moved = moved
        self._above = view.written[max(0, first - _ABOVE) : first]
        self._below = view.written[last + 1 : last + 1 + _BELOW]
        self._run = view.written[first : last + 1]

    def goes_on(self) -> bool:
        """Whether the line above announces the run, or the line below takes its sentence up."""
        if self._above:
            above = self._above[-1].stripped
            said = above.endswith((":", "：")) or bool(_OPEN.search(above))
            if said and not _PUBLISHED.search(above[-40:]):
                return True
        below = self._below[0] if self._below else None
        return below is not None and below.index not in self._moved and _takes_up(below)

    def is_event(self) -> bool:
        """Whether it is the day, or the person, of something announced, minuted or mourned beside it."""
        unsaid = [line for line in (*self._above, *self._below) if line.index not in self._moved]
        if any(_EVENT.search(line.stripped[:_LONGEST]) for line in unsaid):
            return True
        return any(_OCCASION.fullmatch(line.stripped) for line in self._above)

    def is_listed(self) -> bool:
        """Whether it is a row, the day of a version, or one of the days of a life."""
        if self._above and _VERSION.fullmatch(self._above[-1].stripped):
            return True
        cells = [line for line in self._below[:2] if _FIRST_CELL.match(line.stripped) and not read_date(line.stripped)]
        return len(cells) == 2 or self._is_life()

    def _is_life(self) -> bool:
        lines = (*self._above[-1:], *self._run, *self._below[:1])
        years = [int(found[0].value[:4]) for line in lines if (found := read_date(line.stripped))]
        return bool(years) and (max(years) - min(years) >= _YEARS or min(years) < _FIRST_PAGES)

    def is_signed(self) -> bool:
        """Whether somebody signs here for a party, or pleads for it."""
        below = bool(self._below) and bool(_NAMED.match(self._below[0].stripped))
        return below or any(_PARTY.search(line.stripped) for line in self._above[-1:])

    def is_credit(self) -> bool:
        """Whether it names the maker of another work: with its pages or price, or among makers of every kind."""
        if self._below and _PRINTED.search(self._below[0].stripped) and not self._below[0].is_prose:
            return True
        return self.is_staged() or self._heads_a_note()

    def is_described(self) -> bool:
        """Whether it is one of the data of a work: its pages, its cast or its like stand beside."""
        return any(is_work_data(line.stripped) for line in (*self._above, *self._below))

    def is_staged(self) -> bool:
        """Whether it is a line of a bill: somebody presents a work, or makers of other kinds stand beside."""
        if any(_STAGED.fullmatch(line.stripped) for line in self._above):
            return True
        return any(_PLAYED.match(line.stripped) for line in (*self._above[-1:], *self._below[:1]))

    def _heads_a_note(self) -> bool:
        """Whether a heading and a work's title stand above an editor or translator, and words about it below."""
        if len(self._above) < _HEADINGS or not self._below or not _HELPED.match(self._run[0].stripped):
            return False
        return self.has_title() and self._below[0].is_prose

    def has_title(self) -> bool:
        """Whether a line that may be a title stands right above."""
        above = self._above[-1] if self._above else None
        return above is not None and above.index not in self._moved and not above.is_prose and not above.ends_sentence

    def is_quoted(self) -> bool:
        """Whether a sentence above announces the run, or a heading says that it comes now."""
        above = self._above[-1].stripped if self._above else ""
        return above.endswith((":", "：")) or above == "COPYRIGHT"


def signatures(view: View) -> int:
    """How many lines of a text say `By:`, as signatures do."""
    return len(_SIGNED.findall(view.text))


def works(view: View) -> frozenset[str]:
    """Who made the works a text tells of, in small letters: names with `by`, a title above and running text below."""
    found: set[str] = set()
    for above, line, below in zip(view.written, view.written[1:], view.written[2:], strict=False):
        if (
            not above.is_prose
            and not above.ends_sentence
            and below.is_prose
            and (byline := _BYLINE.fullmatch(line.text))
        ):
            found.add(byline["name"].casefold())
    return frozenset(found)


def _takes_up(line: Line) -> bool:
    return line.stripped[0].islower() and line.words >= _CLAUSE and not _STAMP.match(line.stripped)


def runs(lines: Collection[int], view: View) -> Iterator[range]:
    """The lines, parted wherever a written line that is none of them stands between."""
    first = last = -1
    for index in sorted(index for index in lines if index in view.rank):
        if first >= 0 and view.rank[index] > view.rank[last] + 1:
            yield range(first, last + 1)
            first = index
        first = index if first < 0 else first
        last = index
    if first >= 0:
        yield range(first, last + 1)
