"""Characters that are not what was written: mojibake, misread controls, ligatures, decomposed letters.

Correct text is never touched, and what only looks different by taste (full-width letters, quotation marks,
superscripts, soft hyphens, joiners, direction marks) is correct. In lines that talk about encodings, repairs are
only shown.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

import regex

from cleanse.edits import Edit
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.stages import mojibake
from cleanse.view import Line

_ABOUT_ENCODING = re.compile(
    r"\b(?:mojibake|(?:de|en)cod(?:e|ed|er|ers|es|ing|ings)|charsets?|character sets?|utf-?(?:8|16)|unicode|"
    r"latin-?1|iso[- ]8859|windows-125\d|garbled)\b",
    re.IGNORECASE,
)
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_SEPARATOR = re.compile(r"[\u2028\u2029\x85\x0c]")
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_ENOUGH_LIGATURES = 2
_SENTENCE_GOES_ON = regex.compile(r"\s{0,20}+\p{Ll}")


@dataclass(frozen=True)
class EncodingStage:
    """Proposes the characters that were meant."""

    name: str = "encoding"

    def propose(self, draft: Draft) -> Iterator[Wish]:
        """Mojibake line by line; the rest by character, outside what mojibake repair already takes."""
        text = draft.text
        if text.isascii() and "\x0c" not in text:
            return
        taken: list[tuple[int, int]] = []
        for line in draft.view.lines_with(mojibake.SUSPECT):
            for proposal in _mojibake(line):
                taken.append((proposal.edit.start, proposal.edit.end))
                yield proposal
        spots = {i for start, end in taken for i in range(start, end)}
        for proposal in _characters(draft):
            if proposal.edit.start not in spots:
                yield proposal


def _mojibake(line: Line) -> Iterator[Proposal]:
    after = mojibake.repaired(line.text)
    if after == line.text:
        return
    quoted = _ABOUT_ENCODING.search(line.text) is not None
    for edit in mojibake.edits(line.text, after):
        yield Proposal(
            edit=edit.shifted(line.start),
            rule="encoding/mojibake",
            reason="the line talks about encodings" if quoted else "UTF-8 read in another encoding",
            applicability=Applicability.DISPLAY if quoted else Applicability.SAFE,
            priority=1,
        )


def _characters(draft: Draft) -> Iterator[Proposal]:
    text = draft.text
    for match in _C1.finditer(text):
        after = match.group().encode("latin-1").decode("sloppy-windows-1252")
        if after != match.group():
            yield _swap(match.start(), match.group(), after, "c1-control", "a Windows-1252 character read as Latin-1")
    for match in _SEPARATOR.finditer(text):
        inside = match.end() < len(text) and _SENTENCE_GOES_ON.match(text, match.end())
        yield _swap(match.start(), match.group(), " " if inside else "\n", "line-separator", "an unusual line break")
    ligatures = list(_LIGATURE.finditer(text))
    if len(ligatures) >= _ENOUGH_LIGATURES:
        for match in ligatures:
            after = normalize("NFKC", match.group())
            yield _swap(match.start(), match.group(), after, "ligature", "typesetters' ligatures left in the text")
    if not is_normalized("NFC", text):
        yield from _composed(draft)


def _composed(draft: Draft) -> Iterator[Proposal]:
    for line in draft.view.written:
        if is_normalized("NFC", line.text):
            continue
        for cluster in regex.finditer(r"\X", line.text):
            after = normalize("NFC", cluster.group())
            if after != cluster.group():
                yield _swap(
                    line.start + cluster.start(),
                    cluster.group(),
                    after,
                    "nfc",
                    "a letter and its marks as one",
                )


def _swap(start: int, before: str, after: str, rule: str, reason: str) -> Proposal:
    return Proposal(Edit(start, before, after), f"encoding/{rule}", reason)


def stage(context: StageContext) -> EncodingStage:
    """The stage as the registry wants it."""
    del context
    return EncodingStage()
