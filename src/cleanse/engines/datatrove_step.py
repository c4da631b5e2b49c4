"""A datatrove step: put it between a reader and a writer.

    LocalPipelineExecutor([JsonlReader("in"), CleanseStep(), JsonlWriter("out")]).run()

The text of each document is replaced by the clean one; `metadata` gets `cleanse_status`, and as JSON text
`cleanse_record` (provenance and digests) and `cleanse_ledger` (the lines of docs/ledger.md, from which the raw text
comes back). A document that cannot be cleaned keeps its text, with the status `quarantined` and the reason.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from datatrove.pipeline.base import PipelineStep

from cleanse.columns import QUARANTINED
from cleanse.engines.batches import Pack, default_pack
from cleanse.io.taking import Refusal, Taken
from cleanse.model import Document


class CleanseStep(PipelineStep):  # type: ignore[misc]
    """Cleans what passes through."""

    type = "cleanse"
    name = "cleanse"

    def __init__(self, pack: Pack | None = None) -> None:
        super().__init__()
        self._pack = pack or default_pack()

    def run(self, data: Iterable[Any], rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """Clean the documents of one task, in their order."""
        del rank, world_size
        for document in data:
            with self.track_time():
                self._clean(document)
            yield document

    def _clean(self, document: Any) -> None:
        raw = document.text.encode("utf-8", "surrogatepass")
        meta = {key: value for key, value in document.metadata.items() if isinstance(value, str | int | float | bool)}
        done = self._pack.worker(Taken(Document(str(document.id), raw, "", meta, "utf-8"), len(raw)))
        if isinstance(done, Refusal):
            document.metadata |= {"cleanse_status": QUARANTINED, "cleanse_reason": f"{done.reason}: {done.message}"}
            return
        document.text = done.text
        [status] = done.tally.statuses
        document.metadata |= {
            "cleanse_status": status, "cleanse_record": done.record, "cleanse_ledger": done.ledger
        }  # fmt: skip
