"""The contract every rule keeps, checked by `cleanse rules test` and by one generated test per rule.

A rule shows with marked examples what it changes, with unmarked ones what it spares; each example changes
exactly as marked and nowhere else; every guard is needed by some example; and its pattern does not slow down on
text that almost matches.
"""

from collections.abc import Iterator
from dataclasses import replace

from cleanse import wdiff
from cleanse.edits import Edit
from cleanse.model import Claim, Proposal
from cleanse.rules.matching import wishes
from cleanse.rules.schema import Rule, Unit
from cleanse.view import View, Zone


def breaches(rule: Rule) -> list[str]:
    """Every way in which the rule breaks its contract, in words; empty when it keeps it."""
    found = [*_example_kinds(rule), *_wrong_examples(rule)]
    if not found:
        found += _idle_guards(rule)
    return found


def _example_kinds(rule: Rule) -> Iterator[str]:
    if not any(wdiff.is_marked(example) for example in rule.examples):
        yield f"{rule.name}: no marked example shows what it changes"
    if all(wdiff.is_marked(example) for example in rule.examples):
        yield f"{rule.name}: no unmarked example shows what it spares"


def _wrong_examples(rule: Rule) -> Iterator[str]:
    for number, example in enumerate(rule.examples, 1):
        text, wanted = wdiff.marks(example)
        got = _effect(rule, text)
        if got != wanted:
            shown = wdiff.render(text, got)
            yield f"{rule.name}: example {number} should read\n    {example!r}\n  but the rule gives\n    {shown!r}"


def _effect(rule: Rule, text: str) -> list[Edit]:
    """What the rule does to a text; a claim-only rule is shown as marks that change nothing."""
    found = list(wishes(rule, View(text)))
    edits = [wish.edit for wish in found if isinstance(wish, Proposal)]
    if rule.put is None:
        spans = sorted({wish.span for wish in found if isinstance(wish, Claim)})
        edits = [Edit(start, text[start:end], text[start:end]) for start, end in spans]
    return sorted(edits)


def _idle_guards(rule: Rule) -> Iterator[str]:
    """Guards that can be taken away without any example noticing."""
    for guard, without in _mutants(rule):
        if not any(_wrong_examples(without)):
            yield f"{rule.name}: no example needs its guard {guard}; add one that it must spare, or drop the guard"


def _mutants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    if rule.before:
        yield f"before = {rule.before!r}", replace(rule, before="")
    if rule.after:
        yield f"after = {rule.after!r}", replace(rule, after="")
    for index, pattern in enumerate(rule.unless):
        rest = rule.unless[:index] + rule.unless[index + 1 :]
        yield f"unless = {pattern!r}", replace(rule, unless=rest)
    if rule.zone is not Zone.ANY and rule.unit is not Unit.REST:
        yield f"zone = {rule.zone.value!r}", replace(rule, zone=Zone.ANY)
