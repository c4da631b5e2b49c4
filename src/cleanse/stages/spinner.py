"""Undo an article spinner's word substitutions, in texts that are proven to be spun and in no other."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, cast

from cleanse.model import Applicability, Draft, Fact, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.rules import RuleSet
from cleanse.rules.lexicon import NEVER_WRITTEN, UNSURE, Lexicon, Sureness
from cleanse.spinner.company import Company
from cleanse.spinner.counting import NAMED
from cleanse.spinner.forms import Form, FormIndex, fits_case
from cleanse.spinner.gate import Finding, Gate, Score
from cleanse.spinner.guards import allows
from cleanse.spinner.mixture import Mixture
from cleanse.spinner.model import Model, load_models
from cleanse.spinner.repair import Repairer
from cleanse.spinner.runs import RUN, Words
from cleanse.spinner.screen import Screen
from cleanse.spinner.siblings import MOST_PAIRS, Pair, Siblings, asked, counted
from cleanse.spinner.tells import Standing, Tells
from cleanse.spinner.tokens import TokenText, split_form, tokens_of
from cleanse.spinner.told import TABLE, Told

_FEWEST_MARKS, _TOKENS_A_MARK = 3, 60
"""Different marks that tell a family from the one it extends: at least, and per tokens of the text."""


@dataclass(frozen=True)
class Family:
    """One spinner's lexicon, made ready."""

    lexicon: Lexicon
    base: Lexicon | None = None
    """The table that the family's extends: its rows hold too."""

    told: Told = field(default_factory=Told)
    """What the rows of all tables say."""

    @cached_property
    def tells(self) -> Tells:
        """What its rows say."""
        return self.told.of(self.lexicon)

    @cached_property
    def gate(self) -> Gate:
        """The evidence for this family."""
        return Gate(self.lexicon, self.tells)

    @cached_property
    def mixture(self) -> Mixture:
        """The evidence where nobody met pairs."""
        return Mixture(self.lexicon, self.tells, partial(self.told.of, self.lexicon, self.base) if self.base else None)

    @cached_property
    def index(self) -> FormIndex:
        """Where its forms stand."""
        return FormIndex(self.lexicon, self.base)

    @cached_property
    def company(self) -> Company:
        """What its guards say of words around."""
        return Company(self.index)

    def score(self, text: str, words: Words, standing: Standing | None = None) -> Score:
        """The gate's finding; forms of several words are looked for only where they can make a difference to it.

        `standing` are its phrases that stand in the text, where somebody has looked for them already.
        """
        weight = self.mixture.weigh(words, standing) if self.lexicon.replaces else self.gate.weigh(words.counts)
        first = self.gate.score(weight)
        if first.score < self.gate.hopeless:
            return first
        found = standing or self.tells.standing(words)
        if not found.sure or self.gate.score(weight, found.sure).finding is Finding.CLEAN:
            return first
        return self.gate.score(weight, self.phrases(tokens_of(text), found.begins))

    @cached_property
    def _marks(self) -> Mapping[str, Collection[tuple[str, ...]]]:
        """Phrases that nobody else writes, and words that are always its own, by their first token."""
        always = {word for word, habit in self.lexicon.habits.items() if habit == "always"}
        marks: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for row in self.lexicon.rows.briefs():
            form = split_form(row.spun)
            if row.sureness in NEVER_WRITTEN if len(form) > 1 else row.sureness not in UNSURE and form[0] in always:
                marks[form[0]].add(form)
        return marks

    def is_marked(self, text: TokenText, base: FormIndex | None = None) -> bool:
        """Whether a text that is spun by the family this one extends, or by this one, is this one's.

        Marks are forms that tell this family from the one it extends, whose forms are in `base`. Measured: of eight
        passages of 120 to 170 words seven hold 3 to 8 different marks of their own family, one a single one; of 299 of
        the other family none holds more than 2. A family told by a mixture is told by its own score alone.
        """
        if self.lexicon.replaces:
            return False
        words = tuple(token.lower for token in text.tokens)
        found = {
            form
            for at, word in enumerate(words)
            for form in self._marks.get(word, ())
            if words[at : at + len(form)] == form
        }
        base = base or (FormIndex(self.base) if self.base else None)
        marks = [form for form in found if base is None or not _is_trusted(base.of(form))]
        return len(marks) >= max(_FEWEST_MARKS, len(text.tokens) / _TOKENS_A_MARK)

    def phrases(self, text: TokenText, begins: Collection[str]) -> int:
        """How many different sure forms of several words, of which no rate is known, stand in the text.

        None stands there whose first run of letters is not among `begins`. Those within quotation marks do not count:
        who writes about spinners quotes them.
        """
        found = {
            form.tokens
            for at, token in enumerate(text.tokens)
            if (run := RUN.search(token.lower)) is None or run.group() in begins
            if not text.is_quoted(at)
            for form in self.index.at(text, at)
            if len(form.tokens) > 1
            and any(
                row.file == self.lexicon.file
                and row.sureness in NEVER_WRITTEN
                and row.spun_rate is None
                and fits_case(row, text, at, at + len(form.tokens))
                and allows(row, text, at, at + len(form.tokens))
                for row in form.rows
            )
        }
        return len(found)


def _is_trusted(form: Form | None) -> bool:
    """Whether more is known of a form than that the thesaurus lists it."""
    return form is not None and any(row.sureness is not Sureness.LISTED for row in form.rows)


@dataclass(frozen=True)
class SpinnerStage:
    """Names the family, if there is one, and proposes the originals."""

    families: tuple[Family, ...]
    screen: Screen
    """What settles nearly every genuine text; the same before and after the run was asked."""
    rules: RuleSet
    models: Mapping[str, Model]
    """By table, what weighs its evidence."""
    siblings: Mapping[str, Siblings] = field(default_factory=dict)
    """By family, what genuine documents of the same run say."""
    asked: Mapping[str, Collection[Pair]] | None = None
    """By family, what the spun documents of the run want to know; None before anybody looked for them."""
    name: str = "spinner"

    @property
    def curious(self) -> bool:
        """Whether the run has something to say that is not known yet: which texts are spun, then what others say."""
        return bool(self.families) and not self.siblings and (self.asked is None or bool(self.asked))

    @property
    def known(self) -> object:
        """What genuine documents say, by family."""
        return {family: _listed(siblings.pairs) for family, siblings in sorted(self.siblings.items())}

    def survey(self) -> "_Asking | _Counting":
        """First which pairs of words the spun texts ask for, then how often genuine ones have them."""
        return _Asking(self) if self.asked is None else _Counting(self)

    def informed(self, results: Iterable[object]) -> "SpinnerStage":
        """The stage with the pairs to ask for, or with their counts."""
        rows = chain.from_iterable(cast("Iterable[list[tuple[Any, ...]]]", results))
        if self.asked is None:
            wanted: dict[str, set[Pair]] = {}
            for family, one, two in rows:
                wanted.setdefault(family, set()).add((one, two))
            return replace(self, asked={f: frozenset(sorted(p)[:MOST_PAIRS]) for f, p in sorted(wanted.items())})
        sums: dict[str, Counter[Pair]] = {family: Counter() for family in self.asked}
        for family, one, two, count in rows:
            sums[family][one, two] += count
        return replace(self, siblings={family: Siblings(dict(sorted(pairs.items()))) for family, pairs in sums.items()})

    def judge(self, text: str) -> tuple[Family, Score]:
        """The likeliest family and the gate's finding. A text that is out of question is clean without a score."""
        words = Words(text)
        passed = [(self.families[number], standing) for number, standing in self.screen.passed(words)]
        scores = [(family, family.score(text, words, standing)) for family, standing in passed]
        if not scores:
            return self.families[0], Score.none(self.families[0].lexicon.family)
        if all(score.finding is not Finding.SPUN for _, score in scores):
            scores = [(family, self._decided(family, score, text)) for family, score in scores]
        family, best = max(scores, key=lambda pair: (pair[1].finding.rank, pair[1].score))
        if best.finding is Finding.SPUN:
            for other in self.families:
                if other.lexicon.extends == family.lexicon.name and other.is_marked(tokens_of(text), family.index):
                    return other, replace(best, family=other.lexicon.family)
        return family, best

    def _decided(self, family: Family, score: Score, text: str) -> Score:
        """A text whose words alone prove nothing is spun where enough of them are surely repaired, or else not.

        Figures that count are no proof: manuals write them, too.
        """
        limits = family.lexicon.limits.get(Finding.DOUBTFUL.value)
        if limits is None or score.finding is Finding.CLEAN:
            return score
        tokens = tokens_of(text)
        repairs = self._repairer(family, tokens, Finding.SPUN, Siblings()).repairs()
        sure = {
            repair.edit.after.lower()
            for repair in repairs
            if repair.applicability > Applicability.DISPLAY and not repair.is_quoted and repair.edit.before not in NAMED
        }
        said = sum(not tokens.is_quoted(at) for at in range(len(tokens.tokens)))
        density = 100 * len(sure) / max(100, said)
        doubted = Finding.CLEAN if score.finding is Finding.DOUBTFUL else score.finding
        finding = Finding.SPUN if density >= limits["repairs"] else doubted
        return replace(score, finding=finding, repairs=round(density, 1))

    def _repairer(self, family: Family, text: TokenText, finding: Finding, siblings: Siblings) -> Repairer:
        model = self.models[family.lexicon.name]
        return Repairer(family.index, text, finding, model, siblings, family.company)

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """The gate's figures as facts; repairs where it opens. Safe rules need no gate."""
        found = list(self.rules.wishes(draft.view))
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
        if best.repairs is not None:
            yield Fact("spinner_repairs", best.repairs)
        if best.finding is Finding.SPUN:
            yield Fact("derivation", "machine-paraphrased")
        yield from (wish for wish in found if isinstance(wish, Proposal) and wish.applicability < Applicability.SAFE)
        siblings = self.siblings.get(best.family, Siblings())
        text = tokens_of(draft.text)
        for repair in self._repairer(family, text, best.finding, siblings).repairs():
            yield Proposal(
                edit=repair.edit,
                rule=f"{repair.row.file.removesuffix('.tsv')}/{repair.row.slug}",
                reason=f"a spinner's word for “{repair.edit.after}”",
                applicability=repair.applicability,
                evidence=repair.evidence,
                alternatives=repair.alternatives,
            )


@dataclass
class _Asking:
    """Which pairs of words the spun texts of a part ask for."""

    stage: SpinnerStage
    pairs: dict[str, set[Pair]] = field(default_factory=dict)

    def see(self, text: str) -> None:
        family, best = self.stage.judge(text)
        if best.finding is Finding.SPUN:
            self.pairs.setdefault(best.family, set()).update(asked(tokens_of(text), family.index))

    def result(self) -> object:
        return [[family, *pair] for family, pairs in sorted(self.pairs.items()) for pair in sorted(pairs)[:MOST_PAIRS]]


@dataclass
class _Counting:
    """How often the genuine texts of a part have the pairs that were asked for."""

    stage: SpinnerStage
    pairs: dict[str, Counter[Pair]] = field(default_factory=dict)

    def see(self, text: str) -> None:
        if self.stage.judge(text)[1].finding is Finding.CLEAN:
            tokens = tokens_of(text)
            for family, wanted in (self.stage.asked or {}).items():
                self.pairs.setdefault(family, Counter()).update(counted(tokens, wanted))

    def result(self) -> object:
        return [[family, *row] for family, pairs in sorted(self.pairs.items()) for row in _listed(pairs)]


def _listed(pairs: Mapping[Pair, int]) -> list[tuple[str, str, int]]:
    return [(*pair, count) for pair, count in sorted(pairs.items())]


def stage(context: StageContext) -> SpinnerStage:
    """The stage as the registry wants it."""
    rules = context.rules
    lexicons = rules.lexicons("spinner")
    told = Told(rules.spinner / TABLE, {name: rules.digests[name] for name in lexicons})
    families = tuple(Family(lexicon, lexicons.get(lexicon.extends), told) for lexicon in lexicons.values())
    return SpinnerStage(
        families=families,
        screen=Screen(families),
        rules=rules.ruleset("spinner"),
        models=load_models(rules.spinner, lexicons),
    )
