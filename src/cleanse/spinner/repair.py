"""What stood there before: every occurrence decided by its evidence, all in one simultaneous pass.

One pass, because spinners swap words (power for energy, energy for power) and chain them (told, informed,
knowledgeable): undoing one after another would undo the undoing. The longest form wins, as it does in the
spinner's own list.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from cleanse.edits import Edit
from cleanse.model import Applicability, Scalar
from cleanse.rules.lexicon import Row, Sureness, odds
from cleanse.spinner.forms import Form, FormIndex, fits_case, in_case_of
from cleanse.spinner.gate import Finding
from cleanse.spinner.guards import allows, is_vetoed
from cleanse.spinner.tokens import TokenText, split_form

_LONG_ODDS = 8.0
# Written with a vowel, spoken without one, and the other way round.
_CONSONANT_SOUND = ("uni", "use", "usu", "eu", "one", "once", "ubiq", "ute", "util")
_VOWEL_SOUND = ("hour", "honest", "honor", "honour", "heir")


@dataclass(frozen=True)
class Repair:
    """One restored form, and why."""

    edit: Edit
    row: Row
    applicability: Applicability
    evidence: dict[str, Scalar]
    alternatives: tuple[str, ...]


@dataclass(frozen=True)
class Repairer:
    """Decides about the occurrences of one lexicon in one text."""

    index: FormIndex
    text: TokenText
    finding: Finding

    @cached_property
    def _words(self) -> Counter[str]:
        return Counter(token.lower for token in self.text.tokens)

    @cached_property
    def _running(self) -> str:
        """All tokens in lower case, one space between, for counting forms of several words."""
        return " " + " ".join(token.lower for token in self.text.tokens) + " "

    def repairs(self) -> Iterator[Repair]:
        """Left to right, longest form first; an applied form is not looked into again."""
        at = 0
        while at < len(self.text.tokens):
            found = self._at(at)
            if found is None:
                at += 1
                continue
            repair, size = found
            yield repair
            at += size if repair.applicability > Applicability.DISPLAY else 1

    def _at(self, at: int) -> tuple[Repair, int] | None:
        shown: tuple[Repair, int] | None = None
        for form in self.index.at(self.text, at):
            repair = self._decide(form, at)
            if repair is None:
                continue
            if repair.applicability > Applicability.DISPLAY:
                return repair, len(form.tokens)
            shown = shown or (repair, len(form.tokens))
        return shown

    def _decide(self, form: Form, at: int) -> Repair | None:
        end = at + len(form.tokens)
        cased = [row for row in form.rows if fits_case(row, self.text, at, end)]
        fitting = [row for row in cased if allows(row, self.text, at, end)]
        for row in fitting or self._likely(cased, at, end):
            original = self._agreeing(row, at)
            if original is None:
                continue
            standing = self.text.text[self.text.tokens[at].start : self.text.tokens[end - 1].end]
            after = in_case_of(original, standing)
            if after == standing:
                continue
            sure, evidence = self._sureness(row, form, at)
            others = dict.fromkeys(o for r in fitting for o in (r.original, *r.others) if o != original)
            return Repair(
                edit=Edit(self.text.tokens[at].start, standing, after),
                row=row,
                applicability=Applicability.UNSAFE if sure else Applicability.DISPLAY,
                evidence={"class": row.sureness.value, "row": row.line, **evidence},
                alternatives=tuple(others),
            )
        return None

    def _likely(self, rows: list[Row], at: int, end: int) -> list[Row]:
        """Rows whose context is missing but whose original is so much more frequent that it hardly matters."""
        likely = [row for row in rows if odds(row) >= _LONG_ODDS and not is_vetoed(row, self.text, at, end)]
        return sorted(likely, key=odds, reverse=True)

    def _agreeing(self, row: Row, at: int) -> str | None:
        """The first original that the article before it agrees with; the spinner left articles as they were.

        None where the article agrees with the form that stands there and with no original: then nobody put it there.
        """
        article = self.text.tokens[at - 1].lower if at else ""
        if article not in {"a", "an"}:
            return row.original
        for original in (row.original, *row.others):
            if _opens_with_vowel(original) == (article == "an"):
                return original
        return None if _opens_with_vowel(row.spun) == (article == "an") else row.original

    def _sureness(self, row: Row, form: Form, at: int) -> tuple[bool, dict[str, Scalar]]:
        """Whether the evidence is enough to apply the row here, and what it is."""
        evidence: dict[str, Scalar] = {}
        if self.text.is_quoted(at):
            evidence["reconstructed_quotation"] = True
        if self.finding is Finding.SUSPECTED:
            return row.sureness is Sureness.ARTEFACT, evidence
        article = self.text.tokens[at - 1].lower if at else ""
        if article in {"a", "an"} and _opens_with_vowel(row.spun) != (article == "an"):
            evidence["article"] = article
            return True, evidence
        if row.sureness in {Sureness.ARTEFACT, Sureness.CERTAIN}:
            return True, evidence
        survives, stands = self._count(split_form(row.original)), self._count(form.tokens)
        evidence |= {"originals_left": survives, "spun_forms": stands}
        token = self.text.tokens[at]
        named = token.text[0].isupper() and not self.text.starts_sentence(at) and row.spun.islower()
        return row.sureness is Sureness.CONTEXTUAL and survives < stands and not named, evidence

    def _count(self, form: tuple[str, ...]) -> int:
        return self._words[form[0]] if len(form) == 1 else self._running.count(f" {' '.join(form)} ")


def _opens_with_vowel(word: str) -> bool:
    lowered = word.lower()
    if lowered.startswith(_VOWEL_SOUND):
        return True
    return lowered[0] in "aeiou" and not lowered.startswith(_CONSONANT_SOUND)
