"""Small lexicons made for one test, and what they restore."""

from cleanse.rules.lexicon import COLUMNS, Lexicon, parse_lexicon
from cleanse.spinner.forms import FormIndex
from cleanse.spinner.gate import Finding
from cleanse.spinner.repair import Repair, Repairer
from cleanse.spinner.tokens import TokenText

LIMITS = {
    "spun": {"score": 4.0, "ratio": 0.6, "hits": 3, "kinds": 3, "density": 0},
    "suspected": {"score": 1.0, "ratio": 0.5, "hits": 1, "kinds": 1, "density": 0},
}


def lexicon(*rows: dict[str, str]) -> Lexicon:
    """A lexicon of rows given by the cells that matter; class `certain` unless said."""
    lines = ["\t".join(COLUMNS)]
    for row in rows:
        cells = dict.fromkeys(COLUMNS, "") | {"class": "certain", "seen": "0"} | row
        lines.append("\t".join(cells[column] for column in COLUMNS))
    return parse_lexicon("\n".join(lines).encode(), "test", "T", "test.tsv", LIMITS)


def row(spun: str, original: str, **cells: str) -> dict[str, str]:
    return {"spun": spun, "original": original, **{key.rstrip("_"): value for key, value in cells.items()}}


def repairs(text: str, *rows: dict[str, str], finding: Finding = Finding.SPUN) -> list[Repair]:
    return list(Repairer(FormIndex(lexicon(*rows)), TokenText(text), finding).repairs())


def restored(text: str, *rows: dict[str, str], finding: Finding = Finding.SPUN) -> str:
    """The text with every repair that is applied."""
    for repair in reversed(repairs(text, *rows, finding=finding)):
        if repair.applicability.label != "display":
            edit = repair.edit
            text = text[: edit.start] + edit.after + text[edit.end :]
    return text
