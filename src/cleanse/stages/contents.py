"""The contents of a page: a label, and below it lines that all stand again further down, as headings.

Nothing is lost with such a list: every line of it is in the text once more.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cleanse.view import Line, View

_FEWEST = 3
"""Lines such a list has at least."""
_LONGEST = 20
"""Words of a line of it at most."""
_LABEL = 40
"""Characters of its label at most."""

_OF_PAGES = frozenset(
    (
        "in this article|in this post|in this guide|in this story|in this review|on this page|jump to|jump to section|"
        "page contents|article contents|article content|quick navigation|in diesem artikel|in diesem beitrag|"
        "auf dieser seite|dans cet article|sur cette page|en este artículo|en esta página|neste artigo|nesta página|"
        "in questo articolo|in questa pagina|in dit artikel|op deze pagina|w tym artykule|na tej stronie|в этой статье|"
        "у цій статті|в статье"
    ).split("|")
)
"""Labels that only pages bear."""
_OF_TEXTS = frozenset(
    (
        "contents|content|table of contents|table of content|topics covered|inhalt|inhaltsverzeichnis|sommaire|"
        "table des matières|índice|indice|contenido|contenidos|tabla de contenido|tabla de contenidos|conteúdo|sumário|"
        "indice dei contenuti|sommario|inhoud|inhoudsopgave|spis treści|содержание|оглавление|зміст|目录|目錄|目次"
    ).split("|")
)
"""Labels that books and manuals bear, too."""
_SWITCHES = frozenset({"toggle", "show", "hide", "expand", "collapse", "close", "anzeigen", "afficher", "mostrar"})
"""What folds the list on the page and out, behind its label or in the next line."""
_BOOKISH = re.compile(
    r"(?i)(?:chapter|part|book|section|appendix|preface|foreword|kapitel|chapitre|cap[íi]tulo|глава)\b"
)
"""How the contents of books begin, which are theirs."""
_NUMBER = re.compile(r"^(?:[^\w\n]*\d{1,3}(?:\.\d{1,3}){0,4}[.):]?\s+|[^\w\n]+)")
_SIGNS = " \t\xa0:;.,!?–—-[]()•·*#|▼▾↓"


@dataclass(frozen=True, slots=True)
class Contents:
    """The lines of one list, its label among them."""

    lines: tuple[Line, ...]
    label: str
    of_page: bool
    """True when the label is one that no book bears."""


def lists_of_contents(view: View) -> Iterator[Contents]:
    """The lists of contents of a text, in order."""
    written = view.written
    labels = [(place, kind) for place, line in enumerate(written) if (kind := _kind(line)) is not None]
    if not labels:
        return
    keys = [*map(_key, written), ""]
    last = {key: place for place, key in enumerate(keys) if key}
    comes_back = [bool(key) and last[key] > place for place, key in enumerate(keys)]
    end = 0
    for place, of_page in labels:
        if place < end:
            continue
        begin = place + 1
        while begin < len(written) and _is_switch(written[begin]):
            begin += 1
        end, folds = _end(begin, keys, comes_back), begin > place + 1
        items = written[begin:end]
        if len(items) >= _FEWEST and (folds or of_page or not any(_BOOKISH.match(line.stripped) for line in items)):
            yield Contents(written[place:end], written[place].stripped, of_page or folds)


def _kind(line: Line) -> bool | None:
    """Whether a line is a label that only pages bear; None when it is no label."""
    if len(line.text) > _LABEL:
        return None
    words = line.stripped.strip(_SIGNS).casefold()
    if words in _OF_TEXTS:
        return False
    head, _, switch = words.rpartition(" ")
    folds = switch.strip(_SIGNS) in _SWITCHES and head.rstrip(_SIGNS) in _OF_TEXTS
    return True if folds or words in _OF_PAGES else None


def _is_switch(line: Line) -> bool:
    return line.stripped.strip(_SIGNS).casefold() in _SWITCHES


def _end(begin: int, keys: Sequence[str], comes_back: Sequence[bool]) -> int:
    """Where a list ends: before a line that stands nowhere below, or before the first heading of the text.

    That is a line of the list once more, behind which the list does not go on.
    """
    seen: set[str] = set()
    place = begin
    while place < len(keys) and comes_back[place]:
        key, behind = keys[place], keys[place + 1]
        if key in seen and (key == keys[begin] or behind in seen or not comes_back[place + 1]):
            break
        seen.add(key)
        place += 1
    return place


def _key(line: Line) -> str:
    """The words of a short line without its number: headings and lists are not always numbered alike."""
    return _NUMBER.sub("", line.stripped).strip(_SIGNS).casefold() if line.words <= _LONGEST else ""
