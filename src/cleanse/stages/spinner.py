"""Undo an article spinner's word substitutions, in texts that are proven to be spun and in no other."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cleanse.model import Draft, Fact, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.forms import FormIndex, fits_case
from cleanse.spinner.gate import Finding, Gate, Score
from cleanse.spinner.guards import allows
from cleanse.spinner.repair import Repairer
from cleanse.spinner.tokens import TokenText


_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Family:
    """One spinner's lexicon, made ready."""

    lexicon: Lexicon

    @cached_property
    def gate(self) -> Gate:
        """The evidence for this family."""
        return Gate(self.lexicon)

    @cached_property
    def index(self) -> FormIndex:
        """Where its forms stand."""
        return FormIndex(self.lexicon)

    def score(self, text: str, words: Counter[str]) -> Score:
        """The gate's finding; forms of several words are looked for only where single words do not rule it out."""
        first = self.gate.score(words)
        if first.score < self.gate.hopeless:
            return first
        return self.gate.score(words, self._phrases(TokenText(text)))

    def _phrases(self, text: TokenText) -> int:
        found = {
            form.tokens
            for at in range(len(text.tokens))
            for form in self.index.at(text, at)
            if len(form.tokens) > 1
            and any(
                row.sureness in ("certain", "artefact")
                and fits_case(row, text, at, at + len(form.tokens))
                and allows(row, text, at, at + len(form.tokens))
                for row in form.rows
            )
        }
        return len(found)


@dataclass(frozen=True)
class SpinnerStage:
    """Names the family, if there is one, and proposes the originals."""

    families: tuple[Family, ...]
    name: str = "spinner"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """The gate's figures as facts; repairs where it opens."""
        if not self.families:
            return
        words = Counter(_WORD.findall(draft.text.lower()))
        scores = [(family, family.score(draft.text, words)) for family in self.families]
        family, best = max(scores, key=lambda pair: (pair[1].finding.rank, pair[1].score))
        yield Fact("spinner", best.finding.value)
        if best.finding is Finding.CLEAN:
            return
        yield Fact("spinner_family", best.family)
        yield Fact("spinner_score", best.score)
        yield Fact("spinner_ratio", best.ratio)
        yield Fact("spinner_hits", best.hits)
        if best.finding is Finding.SPUN:
            yield Fact("derivation", "machine-paraphrased")
        for repair in Repairer(family.index, TokenText(draft.text), best.finding).repairs():
            yield Proposal(
                edit=repair.edit,
                rule=f"{family.lexicon.name}/{_slug(repair.row.spun)}",
                reason=f"a spinner's word for “{repair.edit.after}”",
                applicability=repair.applicability,
                evidence=repair.evidence,
                alternatives=repair.alternatives,
            )


def _slug(form: str) -> str:
    """A row's name within its table: its spun form with hyphens."""
    return "-".join(form.lower().replace("’", "").replace("'", "").split())


def stage(context: StageContext) -> SpinnerStage:
    """The stage as the registry wants it."""
    return SpinnerStage(tuple(Family(lexicon) for lexicon in context.rules.lexicons("spinner")))
