"""The pipeline: asks each stage, decides, applies, and writes the ledger. The only place where text changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from unicodedata import category

from cleanse.decisions.book import Decisions, Words
from cleanse.edits import ChangeSet, Edit
from cleanse.errors import EditError, LimitError
from cleanse.guards import Guards, removed
from cleanse.ledger import Fault, Ledger, Origin, Record, Verdict, digest, edit_id
from cleanse.limits import DEFAULTS, Limits, Meter
from cleanse.model import DOUBTFUL, Applicability, Claim, Document, Draft, Fact, Proposal, Scalar, Stage, Wish
from cleanse.overlaps import Decided, decide
from cleanse.provenance.record import Provenance
from cleanse.provenance.resolver import Context, resolve
from cleanse.registry import build_stages, with_learned
from cleanse.rules import load_rules
from cleanse.settings import Settings
from cleanse.view import View

_WISHES = (Proposal, Claim, Fact)
_CLAIMS_STAND = (Verdict.APPLIED, Verdict.WITHHELD)
"""Text that is left in place still says what it says; an overlap lost or a reviewer's no takes the claim along."""


class Status(StrEnum):
    """What a person should do with an outcome."""

    CLEAN = "clean"
    REVIEW = "review"
    """A stage failed or a guard held something back; the text is kept, a person should look."""
    QUARANTINED = "quarantined"
    """Beyond a limit: the text is as it came, and nothing of it should be passed on."""


@dataclass(frozen=True)
class Outcome:
    """Everything a pipeline has to say about one document."""

    document: Document
    text: str
    provenance: Provenance
    ledger: Ledger
    status: Status
    reason: str = ""
    """Why it is quarantined, in one word; the ledger's fault tells more."""

    @property
    def changes(self) -> tuple[Record, ...]:
        """The records that changed the text."""
        return self.ledger.applied


@dataclass(frozen=True)
class Pipeline:
    """Stages in order, and the rules by which their proposals are decided.

    `run` is a pure function of the document, can be pickled, and does not raise for a document: a stage that
    fails is recorded as a fault and makes no edits, and a document beyond the limits is quarantined.
    """

    stages: tuple[Stage, ...]
    threshold: Applicability = Applicability.UNSAFE
    guards: Guards = field(default_factory=Guards)
    decisions: Decisions = field(default_factory=Words)
    """A reviewer's words: yes applies even a `display` proposal, no rejects, whatever rule asks."""
    demote: float = 0.0
    """Rules with a rejection whose precision cannot be claimed to reach this only propose; 0 demotes none."""
    rules_digest: str = ""
    context: Context = field(default_factory=Context)
    """What the record may draw on beside the text."""
    limits: Limits = DEFAULTS

    @classmethod
    def default(cls, settings: Settings | None = None) -> "Pipeline":
        """The shipped stages and tables, or what `settings` make of them. Raises UsageError or RuleError."""
        settings = settings or Settings()
        rules = load_rules(settings.rules, settings.limits)
        stages = build_stages(with_learned(settings.stages, rules), rules, settings.stage_options())
        return cls(
            stages,
            settings.threshold,
            settings.guards,
            demote=settings.demote,
            rules_digest=rules.digest,
            context=settings.context,
            limits=settings.limits,
        )

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The names of the stages as the ledger has them: one that comes again gets a number."""
        labels: list[str] = []
        for stage in self.stages:
            again = sum(label == stage.name or label.startswith(f"{stage.name}#") for label in labels)
            labels.append(f"{stage.name}#{again + 1}" if again else stage.name)
        return tuple(labels)

    def run(self, document: Document) -> Outcome:
        """Clean one document. Raises TypeError for what is none."""
        if not isinstance(document, Document):
            raise TypeError(f"a pipeline runs a Document, not {type(document).__name__}: Document.from_text(text)")
        walk = _Walk(self, document)
        try:
            self.limits.check(document.id, document.decoded.text)
            for stage, label in zip(self.stages, self.labels, strict=True):
                walk.through(stage, label)
        except LimitError as error:
            return walk.given_up(error)
        return walk.outcome()


class _Walk:
    """The state of one document on its way through the stages."""

    def __init__(self, pipeline: Pipeline, document: Document) -> None:
        self.pipeline = pipeline
        self.document = document
        self.text = document.decoded.text
        self.draft = Draft(document, self.text, seen=View(self.text))
        self.to_raw: tuple[ChangeSet, ...] = ()
        self.records: list[Record] = []
        self.claims: list[Claim] = []
        self.facts: dict[str, Scalar] = {}
        self.faults: list[Fault] = []
        self.labels: list[str] = []
        self.removed = 0
        self.held_back = False
        self.meter = Meter(pipeline.limits, len(self.text))
        self.reviewed = pipeline.decisions.on(document)

    def through(self, stage: Stage, name: str) -> None:
        self.labels.append(name)
        try:
            wishes = [self._counted(_checked(wish, self.text)) for wish in stage.propose(self.draft)]
            if not wishes:  # as from most stages, of most texts
                return
            decided = self._decide([w for w in wishes if isinstance(w, Proposal)])
            text = decided.changes.apply(self.text)
        except LimitError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a stage does, the document goes on
            self.faults.append(Fault(name, f"{type(error).__name__}: {error}"))
            return
        for wish in wishes:
            if isinstance(wish, Claim):
                self._claim(wish)
            elif isinstance(wish, Fact):
                self.facts[wish.name] = wish.value
        self._record(name, decided)
        view = self.draft.view
        if decided.changes:
            self.text = text
            view = view.become(text)
            self.to_raw = (decided.changes.invert(), *self.to_raw)
        self.draft = Draft(self.document, text, tuple(self.claims), dict(self.facts), view)

    def _record(self, stage: str, decided: Decided) -> None:
        """Note what was decided, and the claims that stand with it."""
        for proposal, verdict, note in decided.verdicts:
            if proposal.claims and verdict in _CLAIMS_STAND:
                doubtful = verdict is Verdict.WITHHELD and (
                    proposal.applicability is Applicability.DISPLAY or bool(self._doubt(proposal))
                )
                for claim in proposal.claims:
                    self._claim(_doubted(claim) if doubtful else claim)
            raw = self._raw(proposal.edit.start, proposal.edit.end)
            edit = edit_id(self.document.digest, raw, proposal.edit)
            self.records.append(Record(len(self.records), stage, proposal, verdict, raw, edit, note))

    def _counted(self, wish: Wish) -> Wish:
        """The wish, once its cost is booked; a stage is stopped as soon as it asks too much."""
        if isinstance(wish, Proposal):
            cost = len(wish.edit.before) + len(wish.edit.after)
            if wish.evidence:
                cost += sum(len(value) for value in wish.evidence.values() if isinstance(value, str))
            if wish.alternatives or wish.claims:
                cost += sum(map(len, wish.alternatives)) + sum(len(claim.value) for claim in wish.claims)
            self.meter.edit(cost)
        elif isinstance(wish, Claim):
            self.meter.spend(1 + len(wish.value))
        return wish

    def _claim(self, claim: Claim) -> None:
        self.claims.append(replace(claim, span=self._raw(*claim.span)))

    def _raw(self, start: int, end: int) -> tuple[int, int]:
        """The span of the decoded raw text that these characters came from."""
        for undo in self.to_raw:
            start, end = undo.image(start, end)
        return start, end

    def _decide(self, proposals: Sequence[Proposal]) -> Decided:
        if not proposals:
            return Decided(ChangeSet(len(self.text)), ())
        preset, accepted = self._foregone(proposals)
        for index, why in self.pipeline.guards.screen(self.text, proposals).items():
            if index not in preset and index not in accepted:
                preset[index] = (Verdict.WITHHELD, why)
                self.held_back = True
        decided = decide(self.text, proposals, preset, accepted)
        return self._within_budget(decided, {proposals[index].edit for index in accepted})

    def _foregone(self, proposals: Sequence[Proposal]) -> tuple[dict[int, tuple[Verdict, str]], set[int]]:
        """What is no longer open: verdicts, and what a reviewer said yes to, by index of the proposal."""
        threshold = self.pipeline.threshold
        below = (Verdict.WITHHELD, f"below the threshold {threshold.label}")
        preset = {index: below for index, proposal in enumerate(proposals) if proposal.applicability < threshold}
        accepted: set[int] = set()
        if not (self.reviewed or self.pipeline.demote):
            return preset, accepted
        for index, proposal in enumerate(proposals):
            word = self._reviewed(proposal.edit)
            if word:
                accepted.add(index)
                preset.pop(index, None)
            elif word is False:
                preset[index] = (Verdict.REJECTED, "a reviewer rejected it")
            elif doubt := self._doubt(proposal):
                preset[index] = (Verdict.WITHHELD, doubt)
        return preset, accepted

    def _reviewed(self, edit: Edit) -> bool | None:
        return self.reviewed.word(self._raw(edit.start, edit.end), edit)

    def _doubt(self, proposal: Proposal) -> str:
        """Why the rule may only propose, if so."""
        floor = self.pipeline.demote
        return self.pipeline.decisions.doubt(proposal.rule, floor) if floor else ""

    def _within_budget(self, decided: Decided, accepted: Collection[Edit]) -> Decided:
        """The same decision, or one without what breaches the guards; a reviewer's yes needs no budget."""
        applied = [p for p, verdict, _ in decided.verdicts if verdict is Verdict.APPLIED]
        taken = sum(removed(p) for p in applied if not (accepted and p.edit in accepted))  # a hash takes time
        length = len(self.document.decoded.text)
        why = self.pipeline.guards.breach(taken, len(self.text), self.removed + taken, length)
        if _says_something(self.text) and not _says_something(decided.changes.apply(self.text)):
            why = "nothing of the text would be left"
        if not why:
            self.removed += taken
            return decided
        self.held_back = True
        verdicts = tuple(
            (p, Verdict.WITHHELD, why)
            if verdict is Verdict.APPLIED and p.kind != "layout" and p.edit not in accepted
            else (p, verdict, note)
            for p, verdict, note in decided.verdicts
        )
        kept = [p.edit for p, verdict, _ in verdicts if verdict is Verdict.APPLIED]
        return Decided(ChangeSet.of(len(self.text), kept), verdicts)

    def given_up(self, error: LimitError) -> Outcome:
        """The document as it came, without any edit, and the reason."""
        text = self.document.decoded.text
        fault = Fault(self.labels[-1] if self.labels else "limits", f"{error.reason}: {error}")
        stages = tuple(self.labels)
        ledger = Ledger(self._origin(), digest(text), stages, self.pipeline.rules_digest, faults=(fault,))
        record = resolve(self.document, (), {}, self.pipeline.context)
        return Outcome(self.document, text, record, ledger, Status.QUARANTINED, error.reason)

    def _origin(self) -> Origin:
        decoded = self.document.decoded
        return Origin(
            document=self.document.id,
            source=self.document.source,
            digest=self.document.digest,
            length=len(decoded.text),
            encoding=decoded.encoding,
            newline=decoded.newline,
            bom=decoded.bom,
            bad=decoded.bad,
        )

    def outcome(self) -> Outcome:
        ledger = Ledger(
            origin=self._origin(),
            clean_digest=digest(self.text),
            stages=tuple(self.labels),
            rules_digest=self.pipeline.rules_digest,
            records=tuple(self.records),
            claims=tuple(self.claims),
            facts=self.facts,
            faults=tuple(self.faults),
        )
        provenance = resolve(self.document, self.claims, self.facts, self.pipeline.context)
        status = Status.REVIEW if self.faults or self.held_back else Status.CLEAN
        return Outcome(self.document, self.text, provenance, ledger, status)


def _checked(wish: object, text: str) -> Wish:
    """The wish, if it is one and fits the text; raises TypeError, EditError or UnicodeEncodeError."""
    if not isinstance(wish, _WISHES):
        raise TypeError(f"a stage may yield proposals, claims and facts, not {type(wish).__name__}")
    if isinstance(wish, Proposal):
        edit = wish.edit
        if edit.start < 0 or not text.startswith(edit.before, edit.start) or edit.start > len(text):
            raise EditError(f"{wish.rule}: {edit} does not fit the text")
        if not edit.after.isascii():
            edit.after.encode("utf-8")
    return wish


def _doubted(claim: Claim) -> Claim:
    """The claim of a proposal that is only shown: the record may show it too, and must not rely on it."""
    return replace(claim, attributes={**claim.attributes, DOUBTFUL: "yes"})


def _says_something(text: str) -> bool:
    """Whether any character of the text can be seen."""
    return any(not character.isspace() and category(character)[0] != "C" for character in text)
