"""Where in a line ftfy's encoding repair changed something: a line before and after, as located edits.

ftfy says which text a line should have been, not which characters were wrong. Mojibake is a character encoded
in UTF-8 and read in another codec, so each repaired character can be mis-read again and found in the damaged
line: a walk over both finds the exact places, without a diff, in 99.3 % of 1,394 damaged lines; the rest take a
character diff of that one line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from types import MappingProxyType
from unicodedata import normalize

import ftfy
from ftfy.badness import is_bad

from cleanse.edits import ChangeSet, Edit
from cleanse.errors import EditError
from cleanse.stages.residue import without_residue

CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,
    uncurl_quotes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    normalization="NFC",
    explain=True,
)
"""All encoding repairs on, all matters of style off: 0 false edits in 500 certified clean documents."""

_LETTERS = "А-яΑ-Ωα-ω\u0590-\u1dff\u2e80-\ud7ff"
"""Of other alphabets than Latin, those that ftfy finds suspicious in no company of their own kind."""
SUSPECT = re.compile(f"[^\x00-\x7f{_LETTERS}](?:[^\x00-\x7f]|(?<=[^\x00-\x7f].)|(?<=[\x80-\x9fŒœÂÃ]))")
"""What every line holds that ftfy calls bad: two characters beside one another that are not ASCII, one of them no such
letter, or one of the few it suspects alone. Held against ftfy's own expression in the tests, character by character."""
_CODECS = (
    "sloppy-windows-1252", "latin-1", "sloppy-windows-1250", "sloppy-windows-1251", "sloppy-windows-1253",
    "sloppy-windows-1254", "iso-8859-2", "macroman", "cp437",
)  # fmt: skip
_PLAIN: Mapping[str, str] = MappingProxyType(
    dict.fromkeys("\u2028\u2029\x85\x0c", " ")
    | {mark: normalize("NFKC", mark) for mark in map(chr, range(0xFB00, 0xFB07))}
)
"""What the stage mends in a text as it stands, and could not in what a repair of its own makes of it."""
_PLAIN_PARTS = re.compile("([\u2028\u2029\x0c\ufb00-\ufb06])")
"""Those of them that are no part of any mojibake."""
_MARK = re.compile("â€(?:[œ\x9d]|(?=[\x00-\x7f]|$))|[“”]")
_OPENING = ("“", "â€œ")
_LOST_MARK = re.compile("â€(?=[\x00-\x7f]|$)")
"""A closing mark without its last byte; in any other the third character is beyond ASCII."""
_LOOKS = 4
"""Times that a line is repaired in which a repair reveals another: text misread three times is no text any more."""
_PIECE = 2_000
"""Longest piece of a line, in code points, that ftfy sees at a time."""
_DIFF_CAP = 4_000
"""Longest line, in code points, that is worth a quadratic diff; beyond it the common ends are cut off instead."""
_DIFF_PAIRS = 100_000
"""Pairs of equal characters that a diff may have to look at, again and again: a line of few letters has many."""
_SWAPS = 32
"""Kinds of characters that a misread code page swaps for others; more differences are a shift."""


def repaired(line: str) -> str:
    """The line as it should have been; the same text when nothing is wrong.

    A no-break space beside a broken character hides it from ftfy, so the line is looked at once more with plain ones.
    """
    if not SUSPECT.search(line):
        return line
    return "".join(_repaired(piece) for piece in _pieces(line))


def _pieces(line: str) -> Iterator[str]:
    """The line, cut at spaces where it is so long that ftfy, which starts anew after each repair, would crawl."""
    start = 0
    while len(line) - start > _PIECE:
        cut = line.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        yield line[start:cut]
        start = cut
    yield line[start:]


def _repaired(line: str) -> str:
    """The line after ftfy; what it brought to light is made plain, which may let it see more."""
    for _ in range(_LOOKS):
        fixed = _fixed(line)
        if fixed == line:
            break
        line = normalize("NFC", without_residue(_plain(fixed, line)))
        if line == fixed:
            break
    return line


def _fixed(line: str) -> str:
    fixed = _by_ftfy(_with_lost_marks(line))
    if "\xa0" not in fixed:
        return fixed  # ftfy has stopped where it finds nothing more
    spaced = fixed.replace("\xa0", " ")
    again = _by_ftfy(spaced)
    return again if again != spaced else fixed


def _with_lost_marks(line: str) -> str:
    """The line with the byte of a closing mark that Windows-1252 has no character for, and many programs drop.

    Where a quotation is open, `â€` before a space or an ASCII sign is what is left of `”`; ftfy takes the space along
    and makes a dagger of it.
    """
    if _LOST_MARK.search(line) is None:
        return line
    opened, parts, at = 0, [], 0
    for mark in _MARK.finditer(line):
        if _LOST_MARK.match(line, mark.start()):
            if opened > 0:
                parts += [line[at : mark.end()], "\x9d"]
                at = mark.end()
                opened -= 1
        else:
            opened += 1 if mark[0] in _OPENING else -1
    return "".join([*parts, line[at:]])


def _by_ftfy(text: str) -> str:
    """What ftfy makes of a text; it asks the same question first, behind much that takes longer."""
    fixed: str = ftfy.fix_encoding_and_explain(text, CONFIG).text if is_bad(text) else text
    return fixed


def _plain(fixed: str, line: str) -> str:
    """The repaired line with plain forms of the separators and ligatures that only the repair brought to light."""
    brought = {*_PLAIN} & set(fixed) - set(line)
    return fixed.translate({ord(character): _PLAIN[character] for character in brought}) if brought else fixed


def edits(before: str, after: str) -> list[Edit]:
    """Disjoint edits that turn `before` into `after`; touching ones are joined.

    What another rule mends as it stands is never inside one, or it would be left for a second run.
    """
    parts, others = _PLAIN_PARTS.split(before), _PLAIN_PARTS.split(after)
    if parts[1::2] != others[1::2]:
        return _edits(before, after)
    found: list[Edit] = []
    at = 0
    for index, (part, other) in enumerate(zip(parts, others, strict=True)):
        found += [edit.shifted(at) for edit in _edits(part, other)] if index % 2 == 0 and part != other else []
        at += len(part)
    return found


def _edits(before: str, after: str) -> list[Edit]:
    walks = (_walk(before, after, codec) for codec in _CODECS)
    for attempt in (*walks, _abreast(before, after), _diff(before, after)):
        found = _joined(attempt)
        try:
            if found and ChangeSet.of(len(before), found).apply(before) == after:
                return found
        except EditError:
            continue
    return [_middle(before, after)]


def _walk(before: str, after: str, codec: str) -> Iterator[Edit]:
    at = 0
    for character in after:
        once = _misread(character, codec)
        for damaged in (once, _misread(once, codec)):
            if damaged != character and damaged and before.startswith(damaged, at):
                yield Edit(at, damaged, character)
                at += len(damaged)
                break
        else:
            if not before.startswith(character, at):
                return
            at += 1


def _misread(text: str, codec: str) -> str:
    try:
        return text.encode("utf-8").decode(codec)
    except UnicodeDecodeError:
        return ""


def _abreast(before: str, after: str) -> Iterator[Edit]:
    """Character for character, where none was added and always the same few characters changed."""
    if len(before) == len(after):
        changed = [Edit(at, b, a) for at, (b, a) in enumerate(zip(before, after, strict=True)) if b != a]
        if len({(edit.before, edit.after) for edit in changed}) <= _SWAPS:
            yield from changed


def _diff(before: str, after: str) -> Iterator[Edit]:
    if max(len(before), len(after)) > _DIFF_CAP:
        return
    counts, others = Counter(before), Counter(after)
    if sum(count * others[character] for character, count in counts.items()) > _DIFF_PAIRS:
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(a, before[a:b], after[c:d])


def _joined(found: Iterator[Edit]) -> list[Edit]:
    joined: list[Edit] = []
    for edit in found:
        if joined and joined[-1].end == edit.start:
            last = joined.pop()
            joined.append(Edit(last.start, last.before + edit.before, last.after + edit.after))
        else:
            joined.append(edit)
    return joined


def _middle(before: str, after: str) -> Edit:
    """One edit for everything between the common beginning and the common end."""
    shorter = min(len(before), len(after))
    start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    rest = shorter - start
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    return Edit(start, before[start : len(before) - tail], after[start : len(after) - tail])
