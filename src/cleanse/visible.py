"""The one way document text reaches a terminal or a page: what cannot be seen, or would act, becomes a label."""

import unicodedata
from types import MappingProxyType

_SHOWN = MappingProxyType({"\n": "⏎", "\t": "⇥"})
# Everything without a visible form of its own: controls, format characters (bidi marks, zero-width, tags),
# surrogates, private use, unassigned, and the separators other than the plain space.
_LABELLED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Joiners shape Persian and Indic words and emoji; they act on their neighbours only.
_HARMLESS = frozenset("\u200c\u200d")


def visible(text: str) -> str:
    """The text with line breaks as ⏎, and controls, bidi marks and the like as `<U+202E>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in _SHOWN:
        return _SHOWN[character]
    if character in _HARMLESS:
        return character
    category = unicodedata.category(character)
    odd_space = category == "Zs" and character != " "
    return f"<U+{ord(character):04X}>" if category in _LABELLED or odd_space else character
