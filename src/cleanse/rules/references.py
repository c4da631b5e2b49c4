"""References: lines that say where a work can be found, as no teaser of another article does."""

from collections.abc import Sequence

import regex

from cleanse.view import Line, View

_MONTH = (
    r"(?i:ma(?:i|ja?|yo?|io|ggio|rch|rço|rzo|rs|rzec|rca)|märz|(?:jan|feb|fév|apr|abr|avr|jun|jui|jul|lug|giu|aug|ao[uû]|ago|sep|set|o[ckt]t|out|nov|"
    r"de[csz]|dic|gen|ene|stycz|lut|kwie|czerw|lip|sier|wrze|paźd|list|grud|янв|фев|март|апр|мая|июн|июл|авг|сен|"
    r"окт|ноя|дек)\p{L}*)\.?"
)
_REFERENCE = regex.compile(
    r"[^《〈『\n]{0,12}(?:《[^》]+》|〈[^〉]+〉|『[^』]+』)[^《〈『\n]{0,4}"  # author, work
    r"|.*[,.:] ?(?:pp?|S|c|стр)\. ?\d+(?:[-–]\d+)?\.?"  # , p. 12
    r"|.*[,.:،] ?(?:[^,:،\n]{0,40} )?(?:1[5-9]|20)\d\d\.?"  # place, publisher or nothing, and the year
    r"|.*\((?:1[5-9]|20)\d\d[a-z]?\)[.:,].*"
)
_DATED = regex.compile(rf".*\b{_MONTH},? (?:de )?\d{{4}}\.?")
"""A headline behind which its day is said."""
_LABEL_WORDS = 6
_LOOK = 3
_SEE_ALSO = regex.compile(
    r"(?i)\W{0,4}(?:see also|siehe auch|voir aussi|v[ée]ase también|ver também|veja também|vedi anche|zie ook|"
    r"se (?:också|även|også)|zobacz też|см\. также|див\. також|viz také|関連項目|参见|參見)\W{0,4}"
)
_APPARATUS = regex.compile(
    r"(?i)(?:references|notes(?: and references)?|bibliography|further reading|external links|sources|einzelnachweise|"
    r"literatur|weblinks|références|bibliographie|liens externes|notes et références|referencias|bibliografía|"
    r"enlaces externos|referências|ligações externas|note|bibliografia|collegamenti esterni|bronnen|externe links|"
    r"przypisy|примечания|литература|ссылки|примітки|脚注|参考文献|参考资料|參考資料)"
)
"""Headings of what stands at the end of a paper or of an article in an encyclopedia."""
_APPARATUS_LINES = 40


def heads_references(view: View, line: Line) -> bool:
    """Whether a short line is the heading above references, or above the first part of a work's apparatus."""
    if line.words > _LABEL_WORDS or line.is_prose:
        return False
    rank = view.rank[line.index]
    below = view.written[rank + 1 : rank + 1 + _LOOK]
    if below and _is_reference(below[0]) and (len(below) == 1 or _is_reference(below[1]) or _is_apart(below)):
        return True
    return _SEE_ALSO.fullmatch(line.stripped) is not None and any(
        _APPARATUS.fullmatch(other.stripped) for other in view.written[rank + 2 : rank + _APPARATUS_LINES]
    )


def _is_reference(line: Line) -> bool:
    return _REFERENCE.fullmatch(line.stripped) is not None and not _DATED.fullmatch(line.stripped)


def _is_apart(lines: Sequence[Line]) -> bool:
    """Whether a blank line stands between the first two."""
    return lines[1].index - lines[0].index > 1
