"""Characters that are not what was written: mojibake, misread controls, ligatures, decomposed letters.

Correct text is never touched, and what only looks different by taste (full-width letters, quotation marks,
superscripts, joiners, direction marks) is correct. In lines that talk about encodings, repairs are only shown.
A soft hyphen says where a word may be divided, and nobody wrote it; only where it may stand for a hyphen it stays.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

import regex

from cleanse.edits import ChangeSet, Edit
from cleanse.model import Applicability, Draft, Proposal, Wish
from cleanse.registry import StageContext
from cleanse.stages import mojibake
from cleanse.view import Line
from cleanse.words import is_known

_ABOUT_ENCODING = re.compile(
    r"\b(?:mojibake|(?:de|en)cod(?:e|ed|er|ers|es|ing|ings)|charsets?|character sets?|utf-?(?:8|16)|unicode|"
    r"latin-?1|iso[- ]8859|windows-125\d|garbled)\b",
    re.IGNORECASE,
)
_C1 = re.compile(r"[\x80-\x84\x86-\x9f]")
_SEPARATOR = re.compile(r"[\u2028\u2029\x85\x0c]")
_LIGATURE = regex.compile(r"[\ufb00-\ufb06]\p{M}*+")
_ENOUGH_LIGATURES = 2
_LETTERS, _LETTERS_END = regex.compile(r"\p{L}*+"), regex.compile(r"(?<!\p{L})\p{L}*+$")
_LONGEST = 30
"""Letters of a word on either side of a ligature."""
_SOFT = regex.compile(r"(?<=\p{L})\xad(?=\p{L})")
_LEAD = regex.compile(r"[ÂÃÄÅÐÑÎÏ×ÓРСГВ]")
"""What begins a character that was misread: a soft hyphen behind it is a part of that."""
_HYPHEN, _SOFT_WORD = regex.compile(r"\p{L}-\p{L}"), regex.compile(r"(?<!\p{L})\p{L}++(?:\xad\p{L}++)+")
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
        others = sorted(_characters(draft), key=lambda proposal: proposal.edit.start)
        places = [proposal.edit.start for proposal in others]
        spots: set[int] = set()
        for line in draft.view.lines_with(mojibake.SUSPECT):
            near = others[bisect_left(places, line.start) : bisect_left(places, line.end)]
            for proposal in _mojibake(line, [other.edit.shifted(-line.start) for other in near]):
                spots.update(range(proposal.edit.start, proposal.edit.end))
                yield proposal
        yield from (proposal for proposal in others if proposal.edit.start not in spots)


def _mojibake(line: Line, others: Sequence[Edit]) -> Iterator[Proposal]:
    """Repairs of a line; where `others` are made in it anyway, also of what they bring to light."""
    after = mojibake.repaired(line.text)
    found = mojibake.edits(line.text, after) if after != line.text else []
    if found or others:
        mended = _mended(line.text, found, others)
        again = "\n".join(map(mojibake.repaired, mended.split("\n"))) if others else mended
        again = _SEPARATOR.sub(" ", again)  # what is left of them came out of a repair
        found = mojibake.edits(line.text, again) if again != mended else found
    quoted = _ABOUT_ENCODING.search(line.text) is not None
    for edit in found:
        yield Proposal(
            edit=edit.shifted(line.start),
            rule="encoding/mojibake",
            reason="the line talks about encodings" if quoted else "UTF-8 read in another encoding",
            applicability=Applicability.DISPLAY if quoted else Applicability.SAFE,
            priority=1,
        )


def _mended(text: str, found: Sequence[Edit], others: Sequence[Edit]) -> str:
    """The text after `found` and such of the others as do not begin inside it; of two that overlap, the first."""
    inside = {place for edit in found for place in range(edit.start, edit.end)}
    kept: list[Edit] = []
    for edit in sorted([*found, *(other for other in others if other.start not in inside)]):
        if not (kept and kept[-1].conflicts(edit)):
            kept.append(edit)
    return ChangeSet.of(len(text), kept).apply(text)


def _characters(draft: Draft) -> Iterator[Proposal]:
    text, unusual = draft.text, draft.view.unusual
    for match in _C1.finditer(text) if any(map(_C1.match, unusual)) else ():
        after = match.group().encode("latin-1").decode("sloppy-windows-1252")
        if after != match.group():
            yield _swap(match.start(), match.group(), after, "c1-control", "a Windows-1252 character read as Latin-1")
    for match in _SEPARATOR.finditer(text) if any(map(_SEPARATOR.match, unusual)) else ():
        inside = match.end() < len(text) and _SENTENCE_GOES_ON.match(text, match.end())
        yield _swap(match.start(), match.group(), " " if inside else "\n", "line-separator", "an unusual line break")
    ligatures = list(_LIGATURE.finditer(text)) if any(map(_LIGATURE.match, unusual)) else ()
    if len(ligatures) >= _ENOUGH_LIGATURES or (ligatures and _is_left(text, ligatures[0])):
        for found in ligatures:
            after = normalize("NFC", normalize("NFKC", found.group()[0]) + found.group()[1:])
            yield _swap(found.start(), found.group(), after, "ligature", "typesetters' ligatures left in the text")
    if "\xad" in unusual and _are_soft(text):
        for soft in _SOFT.finditer(text):
            if not _LEAD.match(text[soft.start() - 1]):
                yield _swap(
                    soft.start(), "\xad", "", "soft-hyphen", "where a word may be divided, in a word that is not"
                )
    if not is_normalized("NFC", text):
        yield from _composed(draft)


def _is_left(text: str, ligature: "regex.Match[str]") -> bool:
    """Whether a text's only ligature stands in a longer word that is known without it, and not for itself."""
    before = _LETTERS_END.search(text[max(0, ligature.start() - _LONGEST) : ligature.start()])
    after = _LETTERS.match(text, ligature.end(), ligature.end() + _LONGEST)
    letters = "".join(match.group() for match in (before, after) if match)
    word = f"{before.group() if before else ''}{ligature.group()}{after.group() if after else ''}"
    return len(letters) > 2 and is_known(normalize("NFKC", word))


def _are_soft(text: str) -> bool:
    """Whether soft hyphens are what they say: some documents have them for hyphens, and then no other ones."""
    if _HYPHEN.search(text):
        return True
    words = _SOFT_WORD.findall(text)
    return all(word.count("\xad") > 1 or is_known(word.replace("\xad", "")) for word in words)


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
