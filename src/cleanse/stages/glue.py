"""Words that lost what stood between them: a space, a sentence's space, a paragraph break.

Every guard was measured: the two that are applied (`warChinese`, `ended.The`) made no edit in 500 certified clean
documents; the one that mistakes rare words for glued ones (`thatgroup`) is only shown.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice

import regex

from cleanse.edits import Edit
from cleanse.model import Applicability, Draft, Proposal
from cleanse.view import Line
from cleanse.words import Few, frequency, is_known

_CAMEL = regex.compile(r"(?<![\p{L}\p{N}@#/._`\-])(\p{Ll}{2,})(\p{Lu}\p{Ll}+)(?![\p{L}\p{N}_@/`])")
_IDENTIFIER = regex.compile(r"\p{Ll}{2,}(?:\p{Lu}\p{Ll}+)+")
_IDENTIFIERS = 2
"""Other words with capitals inside from which a text is about names that are written so."""
_SENTENCE = regex.compile(r"(?<=\s|^|[\"“(])([\p{Ll}’'\-]*\p{Ll}{2})([.!?]+[”’\"]?)(\p{Lu}\p{Ll}*)(?=[\s,’'])")
_WORD = regex.compile(r"\p{L}+(?:[’'\-]\p{L}+)*")
_GLUED = regex.compile(r"(?<![\p{L}\p{N}@#/._’'\-])(that|the|from|which|with|their|these|those|because)(\p{Ll}{3,})\b")
# Where these do not match, those above cannot: any character that is neither ASCII nor one of the marks from U+2000 to
# U+206F may be a capital or a small letter.
_MAYBE_SENTENCE = re.compile('[.!?][”’"]?[A-Z\x80-\u1fff\u2070-\U0010ffff]')
_FUNCTION_WORDS = ("that", "the", "from", "which", "with", "their", "these", "those", "because")
_TWO_LETTER = frozenset("of in to on at by an as is it or we he".split())
_PARTICLES = frozenset("mac mc van von der den del della dos das fitz".split())
_OPENERS = frozenset(
    "The A An In On At As But And For He She It They We You This That These Those When While After If Not No So Then "
    "There What Who Why How His Her Its Their Our My Mr Mrs Ms Some Many Most All Both One Nobody Everyone Someone "
    "Nothing Everything Another Several Each Every Few Although Though Because Since However Instead Still Yet Now "
    "Today Yesterday Last Next Later Earlier According Despite During Under By From With Without Between Among About "
    "Also Even Only Perhaps Maybe Meanwhile Moreover Nevertheless".split()
)
_COMMON = 30_000
"""Occurrences from which a word before a lower-case function word counts as common enough to be glued to it."""
_SENTENCE_WORDS = 4
_DEMONYM = regex.compile(
    r"(?:[a-z]ian|[a-z]ese|[a-z]ish|[a-z]ean|[a-z]rman|[a-z]rench|[a-z]reek|[a-z]wiss|[a-z]raqi|[a-z]raeli|merican|xican)$"
)
_STANDFIRST = 2_000
"""Code points on either side of a glued place that are looked at: no standfirst and no lead is longer."""
_LONG_SENTENCE = 400
"""Code points of a sentence that are looked at."""
_SOUGHT = 100
"""Words that are looked for one by one in a text."""
_ECHO = 4
"""Words of a run that both sides share: a standfirst and the lead it was glued to repeat each other."""


_HALVES = regex.compile(r"(\p{Ll}{2,})(\p{Lu}\p{Ll}+)")
_LABELLED = regex.compile(r"(Updated|Published|Posted)(\p{Lu}\p{Ll}{2,})(?![\p{L}\p{M}\p{N}_@/`])")
"""What a page sets before a headline or a date."""
_HEADLINE_WORDS = 2
"""Words that stand behind the glued one at least."""
_INNER_CAPITAL = regex.compile(r"\p{Ll}\p{Lu}")


def suspicious(word: str) -> bool | None:
    """Whether a word may be two for its letters alone; None where it is none of these.

    True: the halves of `warChinese` and `UpdatedPolice` are told by a capital. False: it begins like a function word
    and is not in the list.
    """
    if not word.islower():  # as most are, and then there is no second half
        halves = _HALVES.fullmatch(word)
        if (halves and _may_end(halves[1])) or _LABELLED.fullmatch(word):
            return True
    return False if word.startswith(_FUNCTION_WORDS) and not (word.isalpha() and frequency(word)) else None


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _may_end(left: str) -> bool:
    """Whether a word may end where a capital follows."""
    return (len(left) > 2 or left in _TWO_LETTER) and left not in _PARTICLES and is_known(left)


class GlueFinder:
    """Finds glued words in one draft."""

    def __init__(self, draft: Draft, suspects: Few[bool] | None = None) -> None:
        self.draft = draft
        self._suspects = suspects or Few(suspicious)

    @cached_property
    def _used(self) -> Counter[str]:
        """The words of the document, as written."""
        return Counter(_WORD.findall(self.draft.text))

    def proposals(self) -> Iterator[Proposal]:
        """One insertion per place."""
        view = self.draft.view
        suspects = self._suspects.of(view.words.keys())
        camel = self._lines_of([word for word, by_capital in suspects.items() if by_capital])
        sentences = {line.index for line in view.lines_with(_MAYBE_SENTENCE)}
        glued = self._lines_of([word for word, by_capital in suspects.items() if not by_capital])
        for index in sorted({*camel, *sentences, *glued}):
            line = view.lines[index]
            if index in camel:
                yield from self._label(line)
                yield from self._camel(line)
            if index in sentences:
                yield from self._sentences(line)
            if index in glued:
                yield from self._function_words(line)

    def _lines_of(self, words: Sequence[str]) -> Collection[int]:
        """The lines in which any of the words stands; all lines, where looking for each word takes longer."""
        view = self.draft.view
        if len(words) > _SOUGHT:
            return range(len(view.lines))
        return {view.index_at(at) for word in words for at in _places(view.text, word)}

    def _label(self, line: Line) -> Iterator[Proposal]:
        label = _LABELLED.match(self.draft.text, line.start, line.end)
        if label and self._is_labelled(line, label[2]):
            yield Proposal(
                edit=Edit(label.start(2), "", " "),
                rule="structure/glued-words",
                reason="a label and what it stands before ran together",
            )

    def _camel(self, line: Line) -> Iterator[Proposal]:
        for match in _CAMEL.finditer(self.draft.text, line.start, line.end):
            left, right = match.groups()
            at = match.start(2)
            if not self._may_part(left, right) or self._used[match.group()] > 1 or self._has_identifiers:
                continue
            is_break = self._is_break(line, at)
            yield Proposal(
                edit=Edit(at, "", "\n\n" if is_break else " "),
                rule="structure/glued-paragraphs" if is_break else "structure/glued-words",
                reason="two paragraphs ran together" if is_break else "two words ran together",
                evidence={"left": frequency(left), "right": frequency(right)},
            )

    def _is_labelled(self, line: Line, right: str) -> bool:
        """Whether a headline or a date stands behind a label; `UpdatedBy` and `PostedMessage` are names of programs."""
        words = line.text.split()[1:]
        capitals = sum(not word[0].islower() for word in words)
        is_headline = len(words) >= _HEADLINE_WORDS and capitals > len(words) / 2
        has_names = self._has_identifiers or any(_INNER_CAPITAL.search(word) for word in words)
        return is_headline and not has_names and is_known(right)

    def _may_part(self, left: str, right: str) -> bool:
        return _may_end(left) and self._is_name(right)

    @cached_property
    def _has_identifiers(self) -> bool:
        """Whether the text holds words with capitals inside that are surely not glued: then no such word is."""
        inside = (word for word in self._used if _IDENTIFIER.fullmatch(word))
        kept = (word for word in inside if not any(self._may_part(*halves) for halves in _HALVES.findall(word)))
        return len(list(islice(kept, _IDENTIFIERS))) == _IDENTIFIERS

    def _is_name(self, word: str) -> bool:
        """Whether the word has its capital by nature, or opens sentences: `Chinese`, `The`, but not `Name`, `Date`."""
        if word in _OPENERS or (_DEMONYM.search(word) and is_known(word)):
            return True
        return self._used[word] > 0 and not self._used[word.lower()]

    def _is_break(self, line: Line, at: int) -> bool:
        """A paragraph break, not a space: no sentence has ended yet, and the right side starts anew."""
        if at - line.start > _STANDFIRST:
            return False
        left, right = self.draft.text[line.start : at], self.draft.text[at : min(line.end, at + _STANDFIRST)]
        if regex.search(r"[.!?][”\"’]?\s", left):
            return False
        words_left, words_right = _WORD.findall(left.lower()), _WORD.findall(right.lower())
        first = _WORD.match(right)
        if first and first.group() in _OPENERS and len(words_left) >= _ECHO:
            return True
        runs = {tuple(words_left[i : i + _ECHO]) for i in range(len(words_left) - _ECHO + 1)}
        return any(tuple(words_right[i : i + _ECHO]) in runs for i in range(len(words_right) - _ECHO + 1))

    def _sentences(self, line: Line) -> Iterator[Proposal]:
        straight, counted = 0, line.start
        for match in _SENTENCE.finditer(self.draft.text, line.start, line.end):
            left, mark, right = match.groups()
            straight += self.draft.text.count('"', counted, match.end(2))
            counted = match.end(2)
            if '"' in mark and straight % 2:
                continue  # the straight mark opens the next sentence
            if ".." in mark:
                continue  # many write their dots so
            if (
                is_known(left)
                and is_known(right)
                and self._is_running(line, match.start(), mark, right)
                and self._glued[match.group()] == 1  # else it is a name
                and self._glued[left + mark] <= 1  # or what names stand in
            ):
                yield Proposal(
                    edit=Edit(match.start(3), "", " "),
                    rule="structure/glued-sentences",
                    reason="two sentences ran together",
                )

    @cached_property
    def _glued(self) -> Counter[str]:
        """The places where sentences may have run together: what stands there, what before a word that opens none."""
        found: Counter[str] = Counter()
        for match in _SENTENCE.finditer(self.draft.text):
            found[match.group()] += 1
            if match[3] not in _OPENERS:
                found[match[1] + match[2]] += 1
        return found

    def _is_running(self, line: Line, at: int, mark: str, right: str) -> bool:
        """Whether a sentence can end here and another begin: `list.Add` in a manual is neither."""
        sentence = regex.split(r"[.!?]\s", self.draft.text[max(line.start, at - _LONG_SENTENCE) : at])[-1]
        return (
            len(mark) > 1 or right in _OPENERS or (len(sentence.split()) >= _SENTENCE_WORDS and self._used[right] > 1)
        )

    def _function_words(self, line: Line) -> Iterator[Proposal]:
        for match in _GLUED.finditer(self.draft.text, line.start, line.end):
            whole, (_, right) = match.group(), match.groups()
            if frequency(whole) == 0 and frequency(right) >= _COMMON and self._used[whole] == 1:
                yield Proposal(
                    edit=Edit(match.start(2), "", " "),
                    rule="structure/glued-function-word",
                    reason="perhaps two words that ran together",
                    applicability=Applicability.DISPLAY,
                )
