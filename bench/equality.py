"""Our encoding stage against ftfy with the same settings: how many documents come out byte for byte the same."""

import re
from collections import Counter
from collections.abc import Iterable

import ftfy

from cleanse.model import Applicability, Document, Draft, Proposal
from cleanse.overlaps import decide
from cleanse.stages.encoding import EncodingStage
from cleanse.stages.mojibake import CONFIG

SAME = CONFIG._replace(fix_line_breaks=False, remove_terminal_escapes=False, remove_control_chars=False)
"""Line breaks, terminal codes and control characters are the business of other stages of ours."""
BY_DESIGN = {
    "the line talks about encodings: only shown": re.compile(
        r"\b(?:mojibake|(?:de|en)cod\w+|charsets?|character sets?|utf-?(?:8|16)|unicode|latin-?1|iso[- ]8859|"
        r"windows-125\d|garbled)\b",
        re.IGNORECASE,
    ),
    "an unusual line break becomes a space or LF": re.compile("[\u2028\u2029\x85\x0c]"),
    "a control is read as Windows-1252 also where the rest is sound": re.compile("[\x80-\x9f]"),
    "ligatures are taken apart where there are several": re.compile("[\ufb00-\ufb06]"),
    "a no-break space hides mojibake from ftfy": re.compile("\xa0"),
    "no mojibake is read across a line break": re.compile("\r"),
}
"""Why a line may differ, the first that fits."""


def compared(documents: Iterable[str]) -> tuple[int, Counter[str]]:
    """How many documents are equal, and why lines of the others are not."""
    stage, equal, reasons = EncodingStage(), 0, Counter[str]()
    for text in documents:
        ours, theirs = _ours(stage, text), ftfy.fix_text(text, SAME)
        equal += ours == theirs
        if ours != theirs:
            changed = zip(text.split("\n"), ours.split("\n"), theirs.split("\n"), strict=False)
            reasons.update(_reason(line) for line, one, two in changed if one != two)
    return equal, reasons


def _ours(stage: EncodingStage, text: str) -> str:
    wishes = list(stage.propose(Draft(Document("x", b""), text)))
    sure = [w for w in wishes if isinstance(w, Proposal) and w.applicability is Applicability.SAFE]
    return decide(text, sure).changes.apply(text)


def _reason(line: str) -> str:
    return next((why for why, pattern in BY_DESIGN.items() if pattern.search(line)), "not explained")
