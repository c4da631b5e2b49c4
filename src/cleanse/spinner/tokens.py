"""Words and marks of a text, with their places, as lexicons see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from sys import intern

import regex

_TOKEN = regex.compile(
    r"['’]s\b|\p{L}[\p{L}\p{M}]*(?:['’](?!s\b)\p{L}+)*|\p{N}+(?:[.,]\p{N}+)*(?:(?:st|nd|rd|th)(?!\p{L}))?|[^\s\p{L}\p{N}]"
)
_FORMS = 1 << 12
"""Forms whose tokens are kept at hand: more than a text has."""
_ENDS = frozenset(".!?;…")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, possessive ending or mark."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is written with letters."""
        return self.text[0].isalpha()


class TokenText:
    """The tokens of a text, and where its sentences begin and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: Sequence[Token] = tuple(
            Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)
        )

    @cached_property
    def _sentence(self) -> list[int]:
        """The number of the sentence each token is in."""
        numbers: list[int] = []
        number = end = 0
        closed = False
        for token in self.tokens:
            gap = self.text[end : token.start]
            if "\n" in gap or (closed and gap and (token.text[0].isupper() or not token.is_word)):
                number += 1
            if token.text in _ENDS:
                closed = True
            elif token.is_word or token.text[0].isdigit():
                closed = False
            numbers.append(number)
            end = token.end
        return numbers

    def starts_sentence(self, index: int) -> bool:
        """Whether no word stands before this one in its sentence."""
        number = self._sentence[index]
        while index > 0 and self._sentence[index - 1] == number:
            index -= 1
            if self.tokens[index].is_word or self.tokens[index].text[0].isdigit():
                return False
        return True

    def ends_sentence(self, index: int) -> bool:
        """Whether the token before `index` is the last of its sentence."""
        return index >= len(self.tokens) or self._sentence[index] != self._sentence[index - 1]

    def same_sentence(self, one: int, two: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self._sentence[one] == self._sentence[two]

    def sentence_words(self, index: int) -> frozenset[str]:
        """The lower-case words of the sentence that the token is in."""
        return self._words_by_sentence[self._sentence[index]]

    @cached_property
    def words(self) -> frozenset[str]:
        """The lower-case words of the whole text."""
        return frozenset(token.lower for token in self.tokens)

    @cached_property
    def _words_by_sentence(self) -> dict[int, frozenset[str]]:
        words: dict[int, set[str]] = {}
        for token, number in zip(self.tokens, self._sentence, strict=True):
            words.setdefault(number, set()).add(token.lower)
        return {number: frozenset(found) for number, found in words.items()}

    def is_quoted(self, index: int) -> bool:
        """Whether the token stands inside double quotation marks of its paragraph."""
        return self._quoted[index]

    @cached_property
    def _quoted(self) -> list[bool]:
        quoted: list[bool] = []
        depth = straight = end = 0
        for token in self.tokens:
            if "\n" in self.text[end : token.start]:
                depth = straight = 0
            quoted.append(depth > 0 or straight % 2 == 1)
            depth += (token.text == "“") - (token.text == "”")
            straight += token.text == '"'
            end = token.end
        return quoted


@lru_cache(1)
def tokens_of(text: str) -> TokenText:
    """The tokens of the text at hand: its gate, its marks and its repair look at the same ones."""
    return TokenText(text)


@lru_cache(_FORMS)
def split_form(form: str) -> tuple[str, ...]:
    """A form of a lexicon as the lower-case tokens it is made of."""
    if form.isascii() and form.replace(" ", "").isalpha():  # nearly all are: four times faster
        return tuple(map(intern, form.lower().split()))  # a word stands in many forms
    return tuple(intern(m.group().lower().replace("’", "'")) for m in _TOKEN.finditer(form))
