"""Which exports there are, and what each one is for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from cleanse.errors import UsageError
from cleanse.exports import card, croissant, dolma, parquet, prov, schemaorg, webannotation
from cleanse.io.store import Run


@dataclass(frozen=True)
class Kind:
    """One form of export."""

    name: str
    file: str
    """The usual name of its file."""
    about: str
    write: Callable[[Run, BinaryIO], None]


KINDS = (
    Kind("schemaorg", "articles.jsonld.jsonl", "schema.org NewsArticle, one JSON-LD object a line", schemaorg.write),
    Kind("dolma", "documents.dolma.jsonl", "Dolma documents, one a line; gzip where the name ends in .gz", dolma.write),
    Kind("parquet", "documents.parquet", "the records as columns, with an explicit schema", parquet.write),
    Kind("croissant", "croissant.json", "Croissant 1.1 metadata of the corpus", croissant.write),
    Kind("prov", "run.prov.json", "PROV-JSON: which run made which text from which bytes", prov.write),
    Kind("webannotation", "changes.jsonld.jsonl", "W3C Web Annotations, one a change", webannotation.write),
    Kind("card", "README.md", "a Hugging Face data set card", card.write),
)
"""In the order in which help lists them."""


def kind(name: str) -> Kind:
    """The export called `name`. Raises UsageError when there is none."""
    for known in KINDS:
        if known.name == name:
            return known
    raise UsageError(f"no export is called {name!r}; there are {', '.join(known.name for known in KINDS)}")
