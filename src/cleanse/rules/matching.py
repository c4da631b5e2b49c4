"""One rule against one text: where it matches, what it wishes, what it reads."""

from collections.abc import Iterator, Sequence

import regex

from cleanse.edits import Edit
from cleanse.model import Claim, Proposal
from cleanse.provenance.fields import WHOLE, read
from cleanse.rules.authored import is_authored
from cleanse.rules.schema import LINE_CAP, Rule, Unit
from cleanse.view import Line, View

_GUARD_WIDTH = 64
"""How far before and behind a match its guards may look, in code points."""
_SENTENCE = 8
"""Words from which a line may be half of a sentence that was broken."""
_STOPS = frozenset(".!?…。！？")
_LEADS_ON = regex.compile(r"(?<=\s)(?:the|an?|of|and|or|for|to|in|at|under|as|by|with|from|see|on)$|,$")
BLOCK_CAP = 2_000
"""Code points a block may span from the first character of its first line."""

_Place = tuple["regex.Match[str]", Line, Line]
"""A match, and the first and the last line that it touches."""


def wishes(rule: Rule, view: View, lines: Sequence[Line] | None = None) -> Iterator[Proposal | Claim]:
    """Everything the rule proposes and claims about the text, or about those lines of its zone.

    A match whose claims cannot all be read (an impossible date, no name in a byline) is no match.
    """
    found = _found(rule, view, view.in_zone(rule.zone) if lines is None else lines)
    for match, span in _matches(rule, view, found):
        claims = _claims(rule, match)
        if claims is None:
            continue
        if rule.put is None:
            yield from claims
        else:
            start, end = span
            yield Proposal(
                edit=Edit(start, view.text[start:end], _fill(rule.put, match)),
                rule=rule.name,
                reason=rule.note,
                applicability=rule.apply,
                priority=rule.priority,
                claims=tuple(claims),
            )


def _found(rule: Rule, view: View, among: Sequence[Line]) -> Sequence[_Place]:
    """Where the pattern matches, and the guards beside it hold."""
    if rule.unit is Unit.INLINE:
        return _inline(rule, view, among)
    return _blocks(rule, view, among) if rule.unit is Unit.BLOCK else _whole_lines(rule, view, among)


def _matches(rule: Rule, view: View, found: Sequence[_Place]) -> Iterator[tuple["regex.Match[str]", tuple[int, int]]]:
    """Those that pass every other guard, each with the span that the edit replaces."""
    asked, stands_down = (-1, -1), False
    throws_away = rule.put == "" and not rule.claims and rule.unit is not Unit.INLINE
    for match, first, last in found:
        if throws_away and is_authored(view, first, last):
            continue
        if asked != (first.start, last.end):  # asked once, however many matches a long line holds
            asked = (first.start, last.end)
            lines = view.text[first.start : last.end]
            stands_down = any(pattern.search(lines) for pattern in rule.unless_patterns)
        if stands_down:
            continue
        yield match, _span(rule, match, first, last, view)


def _inline(rule: Rule, view: View, among: Sequence[Line]) -> Sequence[_Place]:
    text, find = view.text, rule.pattern.finditer
    return [
        (match, line, line)
        for line in among
        for match in find(text, line.start, line.end)
        if _guarded(rule, text, match)
    ]


def _guarded(rule: Rule, text: str, match: "regex.Match[str]") -> bool:
    if rule.before_pattern is not None:
        window = text[max(0, match.start() - _GUARD_WIDTH) : match.start()]
        if not rule.before_pattern.search(window):
            return False
    end = match.end()
    return rule.after_pattern is None or rule.after_pattern.match(text, end, end + _GUARD_WIDTH) is not None


def _whole_lines(rule: Rule, view: View, among: Sequence[Line]) -> Sequence[_Place]:
    text, fullmatch = view.text, rule.pattern.fullmatch
    return [
        (match, line, line)
        for line in among
        if line.end - line.start <= LINE_CAP
        and (match := fullmatch(text, line.content_start, line.content_start + len(line.stripped)))
        and not _is_broken(view, line)
    ]


def _is_broken(view: View, line: Line) -> bool:
    """Whether the line is a part of a sentence that was broken over lines: half of it is no line of any rule's.

    Blank lines between do not count: another run may find them where this one does not.
    """
    at = view.rank[line.index]
    above, below = view.written[max(0, at - 1) : at], view.written[at + 1 : at + 2]
    if line.stripped[0].islower() and any(_breaks_off(other) and _LEADS_ON.search(other.stripped) for other in above):
        return True
    return _breaks_off(line) and (
        _LEADS_ON.search(line.stripped) is not None or any(other.stripped[0].islower() for other in below)
    )


def _breaks_off(line: Line) -> bool:
    return line.words >= _SENTENCE and line.stripped[-1] not in _STOPS


def _blocks(rule: Rule, view: View, among: Sequence[Line]) -> Sequence[_Place]:
    text, match_at = view.text, rule.pattern.match
    found: list[_Place] = []
    taken = 0
    for line in among:
        if line.start < taken:
            continue
        match = match_at(text, line.content_start, line.content_start + BLOCK_CAP)
        if match and match.end() > match.start():
            taken = match.end()
            found.append((match, line, view.line_at(match.end() - 1)))
    return found


def _span(rule: Rule, match: "regex.Match[str]", first: Line, last: Line, view: View) -> tuple[int, int]:
    """What the edit replaces: a line that goes takes its newline along."""
    if rule.unit is Unit.INLINE or rule.put:
        return match.span()
    return first.start, len(view.text) if rule.unit is Unit.REST else last.stop


def _claims(rule: Rule, match: "regex.Match[str]") -> list[Claim] | None:
    claims: list[Claim] = []
    for field, template in rule.claims.items():
        for text, (start, end) in _parts(template, match):
            readings = read(field, text)
            if not readings:
                return None
            for reading in readings:
                whole = field in WHOLE or text != match.string[start:end]
                place = match.span() if whole else (start + reading.start, start + reading.end)
                claims.append(Claim(field, reading.value, place, rule.name, reading.attributes))
    return claims


def _parts(template: str, match: "regex.Match[str]") -> Iterator[tuple[str, tuple[int, int]]]:
    """What a template stands for: each of its groups that matched; with words of its own, the text it makes."""
    if regex.fullmatch(r"(?:\{\w+\})+", template):
        for name in regex.findall(r"\w+", template):
            if match.start(name) >= 0:
                yield match[name], match.span(name)
    else:
        yield _fill(template, match), match.span()


def _fill(template: str, match: "regex.Match[str]") -> str:
    if "{" not in template:
        return template
    return regex.sub(r"\{(\w+)\}", lambda m: match[m[1]] or "", template)
