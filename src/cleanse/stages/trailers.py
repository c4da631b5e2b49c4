"""Off-topic tails and leading lines of the same kinds: the first line that is none of them ends the search."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import regex

from cleanse.edits import Edit
from cleanse.language import is_english, is_foreign, script_of
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.view import Line, View, Zone

_BODY_LINES = 2
"""Prose lines that a text must have behind its leading lines."""
_DOUBTFUL_WORDS = 20
"""A foreign line this long that ends a sentence may be somebody's text: it is shown, not removed."""
_OPENERS = frozenset("\"“„«‚‘'「『")
"""A foreign line that begins so quotes somebody: it is shown, not removed."""
_ANNOUNCES = (":", "：")
"""What the line above ends with that announces a quotation: it is shown, not removed."""
_SPOKEN = 2
"""Foreign paragraphs within a text from which it is written in two languages."""
_MINGLED = 3
"""Lines in another script, however short, above lines in the text's own, from which it is written in both."""
_SIGNATURE = 120
"""Characters a signature has at most."""
_SIGNED = regex.compile(r"[—–~•|*@#](?=.*[\p{L}\p{N}\p{So}])|-{1,3}\s?\p{Lu}|https?://|www\.|\p{So}")
"""How a signature begins; a line of dialogue begins so too, but ends a sentence."""
_SIGNED_OTHERWISE = 2
"""Other signatures of the kind from which they say who said what stands above each."""
_PICTOGRAPH = regex.compile(r"[\p{Extended_Pictographic}--\p{ASCII}]", regex.V1)


@dataclass(frozen=True)
class TrailersStage:
    """Proposes the removal of closing lines that do not belong to the text."""

    rules: RuleSet
    name: str = "trailers"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Walk up from the last line while each line is explained."""
        tails, heads = _by_line(self._tails, draft.view), _by_line(self._heads, draft.view)
        main_script, english = script_of(draft.text), is_english(draft.text)
        seen = Counter(line.stripped for line in draft.view.written)
        for line in reversed(draft.view.written):
            if Zone.HEAD in draft.view.zones(line):
                break  # too little of a text would remain
            explained = (
                tails.get(line.index)
                or _repeated(draft.view, line, seen)
                or _foreign(draft.view, line, main_script, english=english)
            )
            if not explained:
                break
            yield from explained
        yield from _leading(draft.view, heads)

    @cached_property
    def _heads(self) -> RuleSet:
        return self.rules.only(lambda rule: rule.zone is Zone.HEAD)

    @cached_property
    def _tails(self) -> RuleSet:
        return self.rules.only(lambda rule: rule.zone is not Zone.HEAD)


def _by_line(rules: RuleSet, view: View) -> dict[int, list[Wish]]:
    """What the rules propose, by the line in which it begins."""
    found: dict[int, list[Wish]] = defaultdict(list)
    for wish in rules.wishes(view):
        if isinstance(wish, Proposal):
            found[view.line_at(wish.edit.start).index].append(wish)
    return found


def _leading(view: View, heads: Mapping[int, list[Wish]]) -> Iterator[Wish]:
    """Lines above everything else that a rule for the head explains, if a text follows."""
    if sum(line.is_prose for line in view.written) < _BODY_LINES:
        return
    for line in view.written:
        if line.index not in heads:
            return
        yield from heads[line.index]


def _repeated(view: View, line: Line, seen: Counter[str]) -> list[Wish]:
    """A closing signature that stands above already; `seen` counts the lines down to this one."""
    core = line.stripped
    seen[core] -= 1
    if not seen[core] or not _is_signature(line) or _is_attribution(view, line):
        return []
    return [
        Proposal(
            edit=Edit(line.start, view.text[line.start : line.stop], ""),
            rule="trailers/repeated-signature",
            reason="a closing signature that stands above already",
            evidence={"times": seen[core] + 1},
        )
    ]


def _is_signature(line: Line) -> bool:
    core = line.stripped
    return len(core) <= _SIGNATURE and not line.ends_sentence and _SIGNED.match(core) is not None


def _is_attribution(view: View, line: Line) -> bool:
    """Whether other lines are signed in the same way: a collection of quotations, each with its author."""
    signed = view.remembered("signatures", lambda: _signatures(view))
    return signed[line.stripped[0]] > _SIGNED_OTHERWISE


def _signatures(view: View) -> Counter[str]:
    """How many different signatures begin with each sign."""
    return Counter(core[0] for core in {line.stripped for line in view.written if _is_signature(line)})


def _foreign(view: View, line: Line, main_script: str | None, *, english: bool) -> list[Wish]:
    if not is_foreign(line.stripped, main_script, english=english):
        return []
    mingled = view.remembered("mingled scripts", lambda: _mingled(view, main_script))
    if script_of(line.stripped) in mingled or _has_two_languages(view, line, main_script):
        return []
    above = view.written[view.rank[line.index] - 1] if view.rank[line.index] else line
    doubtful = (
        (line.ends_sentence and line.words >= _DOUBTFUL_WORDS)
        or line.stripped[0] in _OPENERS
        or above.stripped.endswith(_ANNOUNCES)
    )
    pictographs = len(_PICTOGRAPH.findall(line.text))
    return [
        Proposal(
            edit=Edit(line.start, view.text[line.start : line.stop], ""),
            rule="trailers/foreign-tail",
            reason="a closing line in another script or language than the text",
            applicability=Applicability.DISPLAY if doubtful else Applicability.SAFE,
            evidence={
                "script": script_of(line.stripped),
                "text_script": main_script,
                "pictographs": pictographs,
            },
        )
    ]


def _mingled(view: View, main_script: str | None) -> frozenset[str]:
    """The other scripts in which lines stand all over the text."""
    above: Counter[str] = Counter()
    own = False
    for line in reversed(view.written):
        script = script_of(line.stripped)
        if script == main_script:
            own = True
        elif own and script is not None:
            above[script] += 1
    return frozenset(script for script, lines in above.items() if lines >= _MINGLED)


def _has_two_languages(view: View, tail: Line, main_script: str | None) -> bool:
    """Whether foreign paragraphs stand above others of the text's own language: then it is written in both."""
    foreign, own = 0, False
    for line in reversed(view.written):
        if line.index >= tail.index or not line.is_prose:
            continue
        if not is_foreign(line.stripped, main_script):
            own = True
        elif own:
            foreign += 1
            if foreign == _SPOKEN:
                return True
    return False


def stage(context: StageContext) -> TrailersStage:
    """The stage as the registry wants it."""
    return TrailersStage(context.rules.ruleset("trailers"))
