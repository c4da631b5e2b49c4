"""The one way document text reaches a terminal or a page: what cannot be seen, or would act, becomes a label."""

import re
from types import MappingProxyType

_SHOWN = MappingProxyType({"\n": "⏎", "\t": "⇥"})
# Joiners shape Persian and Indic words and emoji; they act on their neighbours only.
_HARMLESS = frozenset("\u200c\u200d")
# The colours that the command line uses, or else controls, bidi marks, invisible characters and tags.
_ACTING = re.compile(
    "(\x1b\\[(?:0|1|3[12347])m)|[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with line breaks as ⏎, and controls, bidi marks and the like as `<U+202E>`."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def visible_lines(text: str) -> str:
    """Visible text that keeps its line breaks."""
    return "\n".join(visible(line) for line in text.split("\n"))


def _shown(character: str) -> str:
    """What is not printable is a control, a format character, an odd space or other separator, or no character yet."""
    if character.isprintable() or character in _HARMLESS:
        return character
    return _SHOWN.get(character) or f"<U+{ord(character):04X}>"


def disarmed(text: str) -> str:
    """Output as it may be printed: what would act on a terminal is labelled, but for line breaks, tabs and our colours.

    The last fence, for names of files and rules: document text has gone through `visible` before.
    """
    return _ACTING.sub(lambda found: found[0] if found[1] else f"<U+{ord(found[0]):04X}>", text)


def visible_json(line: str) -> str:
    """A line of JSON in which whatever `visible` would label is escaped: the same value, and safe on a terminal."""
    if line.isprintable():
        return line
    return "".join(_escaped(character) for character in line)


def _escaped(character: str) -> str:
    if _shown(character) == character:
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
