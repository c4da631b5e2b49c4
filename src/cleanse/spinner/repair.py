"""What stood there before: every occurrence decided by its evidence, all in one simultaneous pass.

One pass, because spinners swap words (power for energy, energy for power) and chain them (told, informed,
knowledgeable): undoing one after another would undo the undoing. The longest form wins, as it does in the
spinner's own list.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from cleanse.edits import Edit
from cleanse.model import Applicability, Scalar
from cleanse.rules.lexicon import Row, Sureness, odds
from cleanse.spinner.forms import Form, FormIndex, fits_case, in_case_of
from cleanse.spinner.gate import Finding
from cleanse.spinner.guards import allows, is_vetoed
from cleanse.spinner.siblings import Siblings
from cleanse.spinner.tokens import TokenText, split_form

_MET, _COMPOSED = 1.5, 5.0
"""Odds a bare contextual row needs: pairs met in real spun texts were right in two thirds of 40 passages already at
odds of 1 to 2, composed ones reliably from about 4."""
_LONG_ODDS = 3.0
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
    siblings: Siblings = field(default_factory=Siblings)

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
            after = self._apostrophes(in_case_of(original, standing))
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

    def _apostrophes(self, original: str) -> str:
        """The original with the apostrophes that the text itself uses."""
        curly = "’" in self.text.text and "'" not in self.text.text
        return original.replace("'", "’") if curly else original

    def _likely(self, rows: list[Row], at: int, end: int) -> list[Row]:
        """Rows that ask for another place, where that hardly matters: at long odds, swapped, or told by siblings."""
        likely = [
            row
            for row in rows
            if odds(row) >= _LONG_ODDS
            or self._is_swapped(row)
            or self.siblings.support(row.original, self.text, at, end)
        ]
        return sorted((row for row in likely if not is_vetoed(row, self.text, at, end)), key=odds, reverse=True)

    def _is_swapped(self, row: Row) -> bool:
        """Whether the form is a word this spinner was seen to replace: what stands of it now, it put there."""
        return row.seen > 0 and not row.guarded and row.spun.lower() in self.index.replaced

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
        stands = self._count(form.tokens)
        survives = self._count(split_form(row.original)) - stands * _times_inside(row, form)
        evidence |= {"originals_left": survives, "spun_forms": stands}
        token = self.text.tokens[at]
        named = token.text[0].isupper() and not self.text.starts_sentence(at) and row.spun.islower()
        if self._is_swapped(row) and not named:
            evidence["swapped"] = True
            return True, evidence
        if told := self._told_by_siblings(row, form, at):
            evidence["siblings"] = told
            return not named, evidence
        unlikely = not row.guarded and 0 < odds(row) < (_MET if row.seen else _COMPOSED)
        return row.sureness is Sureness.CONTEXTUAL and survives < stands and not named and not unlikely, evidence

    def _told_by_siblings(self, row: Row, form: Form, at: int) -> int:
        """How often genuine documents of the run have the original in this place; 0 where they have the form too."""
        end = at + len(form.tokens)
        if self.siblings.support(row.spun, self.text, at, end):
            return 0
        return self.siblings.support(row.original, self.text, at, end)

    def _count(self, form: tuple[str, ...]) -> int:
        return self._words[form[0]] if len(form) == 1 else self._running.count(f" {' '.join(form)} ")


def _times_inside(row: Row, form: Form) -> int:
    """How often the original stands within its own spun form: `campaign` in `marketing campaign`."""
    return f" {' '.join(form.tokens)} ".count(f" {' '.join(split_form(row.original))} ")


def _opens_with_vowel(word: str) -> bool:
    lowered = word.lower()
    if lowered.startswith(_VOWEL_SOUND):
        return True
    return lowered[0] in "aeiou" and not lowered.startswith(_CONSONANT_SOUND)
