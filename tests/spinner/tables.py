"""Small lexicons made for one test, and what they restore."""

from cleanse.rules.lexicon import COLUMNS, Lexicon, parse_lexicon
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.gate import Finding
from cleanse.spinner.model import Model
from cleanse.spinner.repair import Repair, Repairer
from cleanse.spinner.tokens import TokenText

LIMITS = {
    "spun": {"score": 4.0, "ratio": 0.6, "hits": 3, "kinds": 3, "density": 0},
    "suspected": {"score": 1.0, "ratio": 0.5, "hits": 1, "kinds": 1, "density": 0},
}


APPLY = {"spun": 0.9, "share": 0.6}
MODEL = Model({
    "base": 0.81, "guard-certain": 2.56, "guard-contextual": 1.92, "bare-certain": 1.4, "bare-contextual": 0.84,
    "fluent": -1.24, "other": -0.9, "elsewhere": -1.01, "vetoed": -0.29, "other-elsewhere": -2.1, "odds": 0.25,
    "two-words": 0.88, "three-words": 1.23, "always": 1.08, "often": 0.34, "seldom": -1.08, "replaced": 0.82,
    "swapped": 1.5, "article-for": 1.61, "named": -1.16, "survives": -1.0, "company-beside": 0.92,
    "company-near": 0.54, "phrase": 0.96, "refused": -1.07, "siblings": 3.0, "hyphenated": -1.5, "again": 0.3,
})  # fmt: skip
"""Weights of its own, and no counted phrases: the tests hold whatever the shipped ones are fitted to."""


def lexicon(*rows: dict[str, str]) -> Lexicon:
    """A lexicon of rows given by the cells that matter; class `certain` unless said."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        cells = dict.fromkeys(COLUMNS, "") | {"class": "certain", "seen": "0"} | row
        lines.append("\t".join(cells[column] for column in COLUMNS))
    return parse_lexicon("\n".join(lines).encode(), "test", "T", "test.tsv", LIMITS, apply=APPLY)


def row(spun: str, original: str, **cells: str) -> dict[str, str]:
    return {"spun": spun, "original": original, **{key.rstrip("_"): value for key, value in cells.items()}}


def repairs(text: str, *rows: dict[str, str], finding: Finding = Finding.SPUN) -> list[Repair]:
    return list(Repairer(FormIndex(lexicon(*rows)), TokenText(text), finding, MODEL).repairs())


def restored(text: str, *rows: dict[str, str], finding: Finding = Finding.SPUN) -> str:
    """The text with every repair that is applied."""
    for repair in reversed(repairs(text, *rows, finding=finding)):
        if repair.applicability.label != "display":
            edit = repair.edit
            text = text[: edit.start] + edit.after + text[edit.end :]
    return text
