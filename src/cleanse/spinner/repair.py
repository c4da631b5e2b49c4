"""What stood there before: every occurrence decided by its evidence, all in one simultaneous pass.

One pass, because spinners swap words (power for energy, energy for power) and chain them (told, informed,
knowledgeable): undoing one after another would undo the undoing. The longest form wins, as it does in the
spinner's own list.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cleanse.edits import Edit
from cleanse.model import Applicability, Scalar
from cleanse.rules.lexicon import Row, Sureness
from cleanse.spinner.company import Company
from cleanse.spinner.evidence import Evidence
from cleanse.spinner.forms import Form, FormIndex, in_case_of
from cleanse.spinner.gate import Finding
from cleanse.spinner.model import Model
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.tokens import TokenText

_SHOWN = 0.5
"""From here a doubtful repair is worth a reviewer's look."""
_ONLY_SHOWN = frozenset({"fluent"})
"""What no other evidence outweighs: a form that is as good as the original is replaced on request only."""


@dataclass(frozen=True)
class Repair:
    """One restored form, and why."""

    edit: Edit
    row: Row
    applicability: Applicability
    evidence: dict[str, Scalar]
    alternatives: tuple[str, ...]
    put: bool
    """Whether the form was surely put there, even if its original is in doubt: what stands within it came with it."""
    is_quoted: bool
    """Whether it stands within quotation marks: what is restored there is no verbatim quotation."""


@dataclass(frozen=True)
class Repairer:
    """Decides about the occurrences of one lexicon in one text."""

    index: FormIndex
    text: TokenText
    finding: Finding
    model: Model
    siblings: Siblings = field(default_factory=Siblings)
    company: Company | None = None
    """What the lexicon's guards say of words around; made here unless it is given."""

    @cached_property
    def _evidence(self) -> Evidence:
        return Evidence(self.index, self.text, self.company or Company(self.index), self.model, self.siblings)

    def repairs(self) -> Iterator[Repair]:
        """Left to right, longest form first; a form that was surely put there is not looked into again."""
        at = 0
        while at < len(self.text.tokens):
            found = self._at(at)
            if found is None:
                at += 1
                continue
            repair, size = found
            yield repair
            at += size

    def _at(self, at: int) -> tuple[Repair, int] | None:
        shown: tuple[Repair, int] | None = None
        for form in self.index.at(self.text, at):
            repair = self._decide(form, at)
            if repair is None:
                continue
            if repair.applicability > Applicability.DISPLAY or repair.put:
                return repair, len(form.tokens)
            shown = shown or (repair, 1)
        return shown

    def _decide(self, form: Form, at: int) -> Repair | None:
        weighed = self._evidence.weigh(form, at)
        if weighed is None:
            return None
        best, *others = weighed.candidates
        standing = self.text.text[self.text.tokens[at].start : self.text.tokens[at + len(form.tokens) - 1].end]
        after = self._apostrophes(in_case_of(self._evidence.written(best.original), standing))
        apply = self.index.lexicon.apply
        put = weighed.spun >= apply["spun"]
        sure = put and weighed.share >= apply["share"]
        sure = sure and not _ONLY_SHOWN & best.features.keys()
        if self.finding is Finding.SUSPECTED:
            sure = best.row.sureness is Sureness.ARTEFACT
        if after == standing or not (sure or weighed.spun >= _SHOWN):
            return None
        quoted = self.text.is_quoted(at)
        return Repair(
            edit=Edit(self.text.tokens[at].start, standing, after),
            row=best.row,
            applicability=Applicability.UNSAFE if sure else Applicability.DISPLAY,
            evidence={
                "class": best.row.sureness.value,
                "row": f"{best.row.file}:{best.row.line}",
                "spun": round(weighed.spun, 3),
                "share": round(weighed.share, 3),
                "nats": ", ".join(f"{name} {nats:+.1f}" for name, nats in self.model.parts(best.features)),
                **({"reconstructed_quotation": True} if quoted else {}),
            },
            alternatives=tuple(self._evidence.written(other.original) for other in others),
            put=put,
            is_quoted=quoted,
        )

    def _apostrophes(self, original: str) -> str:
        """The original with the apostrophes that the text itself uses."""
        curly = "’" in self.text.text and "'" not in self.text.text
        return original.replace("'", "’") if curly else original
