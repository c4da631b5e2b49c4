"""What the repair of spun texts was taught: how much each kind of evidence weighs, and what English says."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cleanse.errors import RuleError
from cleanse.spinner.ngrams import NGrams
from cleanse.spinner.packed import PackedLines
from cleanse.spinner.spelling import Spellings
from cleanse.spinner.vectors import Vectors
from cleanse.spinner.worth import Worth

HEADER = "evidence\tnats\thow\tmeaning"
FITTED, SET = "fitted", "set"
"""How a weight came about: from passages, or by hand where passages of 100 words cannot tell."""


@dataclass(frozen=True)
class Weight:
    """One row of the table."""

    evidence: str
    nats: float
    how: str
    meaning: str


@dataclass(frozen=True)
class Model:
    """The weights of all evidence; the tables of counted phrases and of what words are about, if there are any."""

    weights: Mapping[str, float]
    ngrams: NGrams | None = None
    vectors: Vectors | None = None
    worth: Callable[[str, str], float] | None = None
    """What a form with an original is worth beyond all other evidence, in nats."""
    spellings: Spellings | None = None
    """What is spelt in two ways; None where rows are taken as they are written."""

    def american(self, original: str) -> str:
        """An original as evidence knows it."""
        return self.spellings.american(original) if self.spellings else original

    def nats(self, features: Mapping[str, float]) -> float:
        """The sum of what speaks for an original; the author's own word has 0."""
        return sum(nats for _, nats in self.parts(features))

    def parts(self, features: Mapping[str, float]) -> Iterator[tuple[str, float]]:
        """The same, part by part; evidence without a row says nothing."""
        return ((name, self.weights.get(name, 0.0) * value) for name, value in features.items())


def load_models(folder: Path, tables: Iterable[str]) -> Mapping[str, Model]:
    """The model of every table: its weights, and `ngrams`, `vectors`, `worth` and `spelling`, for all the same.

    Raises RuleError for weights that are missing or not well formed; the others are read when they are asked for.
    """
    worth = Worth(folder / "worth.tsv").nats
    ngrams, vectors = NGrams(_packed(folder, "ngrams")), Vectors(_packed(folder, "vectors"))
    spellings = Spellings(folder / "spelling.tsv")
    weights = {table: {weight.evidence: weight.nats for weight in load_weights(folder, table)} for table in tables}
    return {table: Model(nats, ngrams, vectors, worth, spellings) for table, nats in weights.items()}


def _packed(folder: Path, name: str) -> PackedLines:
    """The table `NAME.tsv.gz`, proven by `NAME.sha256`."""
    return PackedLines(folder / f"{name}.tsv.gz", _text(folder / f"{name}.sha256").partition(" ")[0])


def load_weights(folder: Path, table: str) -> list[Weight]:
    """The rows of `weights-TABLE.tsv`, where a family has habits of its own, else those of `weights.tsv`."""
    own = folder / f"weights-{table}.tsv"
    path = own if own.is_file() else folder / "weights.tsv"
    return parse_weights(_text(path), path.name)


def parse_weights(text: str, name: str = "weights.tsv") -> list[Weight]:
    """Read a table of weights. Raises RuleError with the line for a row that is not well formed."""
    head, *lines = text.removesuffix("\n").split("\n")
    if head != HEADER:
        raise RuleError(f"spinner/{name}:1: the columns must be {HEADER.replace(chr(9), ', ')}")
    weights = []
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        try:
            evidence, nats, how, meaning = cells
            weights.append(Weight(evidence, float(nats), how, meaning))
        except ValueError as error:
            raise RuleError(f"spinner/{name}:{number}: {line!r}: {error}") from error
    return weights


def format_weights(weights: Iterable[Weight]) -> str:
    """The table, in the order given."""
    rows = (f"{weight.evidence}\t{weight.nats:g}\t{weight.how}\t{weight.meaning}" for weight in weights)
    return "\n".join([HEADER, *rows]) + "\n"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"spinner/{path.name}: cannot be read: {error}") from error
