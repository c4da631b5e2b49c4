"""Undo an article spinner's word substitutions, in texts that are proven to be spun and in no other."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cleanse.model import Applicability, Draft, Fact, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import Rule
from cleanse.rules.lexicon import Lexicon
from cleanse.spinner.forms import FormIndex, fits_case
from cleanse.spinner.gate import Finding, Gate, Score
from cleanse.spinner.guards import allows
from cleanse.spinner.repair import Repairer
from cleanse.spinner.siblings import Siblings, survey
from cleanse.spinner.tokens import TokenText
from cleanse.stages.ruled import from_rules

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
    rules: tuple[Rule, ...]
    siblings: Mapping[str, Siblings] = field(default_factory=dict)
    """By family, what genuine documents of the same run say."""
    name: str = "spinner"

    def informed(self, texts: Callable[[], Iterable[str]]) -> "SpinnerStage":
        """The stage with what genuine texts of a run say, where any of the texts is spun at all.

        `texts` is called twice: a run reads its documents anew rather than hold them.
        """
        spun = {best.family for text in texts() for _, best in [self.judge(text)] if best.finding is Finding.SPUN}
        found = {
            family.lexicon.family: survey(
                (text for text in texts() if self.judge(text)[1].finding is Finding.CLEAN), family.lexicon
            )
            for family in self.families
            if family.lexicon.family in spun
        }
        return replace(self, siblings=found)

    def judge(self, text: str) -> tuple[Family, Score]:
        """The likeliest family and the gate's finding."""
        words = Counter(_WORD.findall(text.lower()))
        scores = [(family, family.score(text, words)) for family in self.families]
        return max(scores, key=lambda pair: (pair[1].finding.rank, pair[1].score))

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """The gate's figures as facts; repairs where it opens. Safe rules need no gate."""
        found = list(from_rules(self.rules, draft))
        yield from (wish for wish in found if isinstance(wish, Proposal) and wish.applicability is Applicability.SAFE)
        if not self.families:
            return
        family, best = self.judge(draft.text)
        yield Fact("spinner", best.finding.value)
        if best.finding is Finding.CLEAN:
            return
        yield Fact("spinner_family", best.family)
        yield Fact("spinner_score", best.score)
        yield Fact("spinner_ratio", best.ratio)
        yield Fact("spinner_hits", best.hits)
        if best.finding is Finding.SPUN:
            yield Fact("derivation", "machine-paraphrased")
        yield from (wish for wish in found if isinstance(wish, Proposal) and wish.applicability < Applicability.SAFE)
        for repair in Repairer(
            family.index, TokenText(draft.text), best.finding, self.siblings.get(best.family, Siblings())
        ).repairs():
            yield Proposal(
                edit=repair.edit,
                rule=f"{family.lexicon.name}/{repair.row.slug}",
                reason=f"a spinner's word for “{repair.edit.after}”",
                applicability=repair.applicability,
                evidence=repair.evidence,
                alternatives=repair.alternatives,
            )


def stage(context: StageContext) -> SpinnerStage:
    """The stage as the registry wants it."""
    return SpinnerStage(
        families=tuple(Family(lexicon) for lexicon in context.rules.lexicons("spinner")),
        rules=context.rules.for_stage("spinner"),
    )
