"""What every engine does with one document, wherever it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from cleanse.decisions.book import Book
from cleanse.decisions.settling import Settled, settle
from cleanse.errors import LedgerError
from cleanse.io.taking import Item, Refusal, Taken
from cleanse.pipeline import Outcome, Pipeline, Status
from cleanse.rendering import Rendered, RunInfo, render

Result = Rendered | Refusal
Form = TypeVar("Form")


@dataclass(frozen=True)
class Worker:
    """Cleans, proves and renders; a picklable function from item to result."""

    pipeline: Pipeline
    run: RunInfo

    def __call__(self, item: Item) -> Result:
        """The rendered document, or why there is none. A text whose ledger does not prove it is never passed on."""
        if isinstance(item, Refusal):
            return item
        return self.proven(item, lambda outcome: render(outcome, self.run, item.size, self._settled(outcome)))

    def proven(self, item: Taken, form: Callable[[Outcome], Form]) -> Form | Refusal:
        """What `form` makes of the outcome, once its ledger proves it; or why there is nothing. Never raises."""
        document = item.document
        try:
            outcome = self.pipeline.run(document)
            if outcome.status is Status.QUARANTINED:
                why = outcome.ledger.faults[0].error.partition(": ")[2]
                return Refusal(document.id, outcome.reason, f"{document.id}: {why}", item.size)
            outcome.ledger.prove(document.raw, outcome.text)
            return form(outcome)
        except LedgerError as error:
            return Refusal(document.id, "ledger-mismatch", str(error), item.size)
        except MemoryError:
            return Refusal(document.id, "memory", f"{document.id}: not enough memory for it", item.size)
        except Exception as error:  # noqa: BLE001 - one document must not end the run
            return Refusal(document.id, "fault", f"{document.id}: {type(error).__name__}: {error}", item.size)

    def _settled(self, outcome: Outcome) -> tuple[Settled, ...]:
        """What became of the decisions on this document."""
        decisions = self.pipeline.decisions
        if not isinstance(decisions, Book):
            return ()
        return tuple(settle(decisions.on(outcome.document), outcome.document.id, outcome.ledger.records))
