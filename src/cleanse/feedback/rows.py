"""Candidate lexicon rows from the answers of reviewers who typed what should have been there."""

from collections import Counter
from collections.abc import Iterable

from cleanse import wdiff
from cleanse.decisions.decision import Decision, Word
from cleanse.edits import Edit
from cleanse.feedback.uses import Use
from cleanse.spinner.learn import Candidate, candidates

_LONGEST = 5
"""Words of either side: longer answers are no substitution."""
_CONTEXT = 40


def answered(uses: Iterable[Use], kept: Iterable[Decision]) -> list[Candidate]:
    """What reviewers put in place of something, the most frequent first.

    `uses` are edits that were answered with what should have come instead; `kept` are lines of clean text in which
    something was wrong, and which somebody typed anew.
    """
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for use in uses:
        decision = use.decision
        if decision is None or decision.word is not Word.EDIT or not _is_pair(decision):
            continue
        pair = _form(decision.before), _form(decision.edit or "")
        counts[pair] += 1
        examples.setdefault(pair, _example(use, decision))
    for decision in kept:
        if decision.word is Word.WRONG and decision.edit:
            for found in candidates(decision.before, decision.edit):
                counts[found.spun, found.original] += found.count
                examples.setdefault((found.spun, found.original), found.example)
    rows = [Candidate(*pair, count, examples[pair]) for pair, count in counts.items()]
    return sorted(rows, key=lambda row: (-row.count, row.spun, row.original))


def _is_pair(decision: Decision) -> bool:
    sides = (decision.before, decision.edit or "")
    return all(0 < len(side.split()) <= _LONGEST and "\n" not in side for side in sides) and sides[0] != sides[1]


def _form(text: str) -> str:
    """As a lexicon writes it: lower case, unless it is a name of several words."""
    words = text.split()
    return text.strip() if len(words) > 1 and all(word[0].isupper() for word in words) else text.strip().lower()


def _example(use: Use, decision: Decision) -> str:
    left, right = use.left.rpartition("\n")[2], use.right.partition("\n")[0]
    left = left if len(left) <= _CONTEXT else left[-_CONTEXT:].partition(" ")[2]
    right = right if len(right) <= _CONTEXT else right[:_CONTEXT].rpartition(" ")[0]
    marked = wdiff.mark(Edit(0, decision.before, decision.edit or ""))
    return f"{left}{marked}{right}".replace("\t", " ").replace("|", "/")
