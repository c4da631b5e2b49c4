"""Every gate is exact: what it rules out, the dearer question would have ruled out too."""

import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import product

import ftfy
import pytest
import regex
from ftfy.badness import BADNESS_RE, is_bad
from hypothesis import given
from hypothesis import strategies as st

from cleanse import language
from cleanse.model import Document, Draft
from cleanse.stages import glue, headline, mojibake, residue, spacing, spelling, wraps
from cleanse.view import View
from cleanse.words import Few, frequency

MOJIBAKE = [text.encode().decode("sloppy-windows-1252") for text in ("é", "’", "“", "à", "Ñ", "€", "œ", "š", "—")]
PIECES = [
    "a", "b", "of", "The", "Chinese", "war", "word", "ended.", "ended.”", "that", "these", "thatgroup", "thereof",
    "teh", "recieve", "goverment", "becuase", "E", "é", "É", "ß", "ж", "Ж", "\u0301", "²", "½", "’", "”", "“", '"',
    "-", "- ", "-\n", "--", " ", "  ", "\t", "\xa0", "\u2003", "\u200b", "\x1b[0m", "\x07", "\x1f", "\n", "\n\n", ".",
    "!", "?", "1", "_", "@", "/", "Â", "Ã", "œ", "°", "漢", "かな", *MOJIBAKE,
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
OTHERS = [c for c in map(chr, range(0x80, 0x2FFF)) if not 0xD800 <= ord(c) <= 0xDFFF]


def places(pattern: "re.Pattern[str] | regex.Pattern[str]", view: View) -> set[int]:
    return {line.index for line in view.lines if pattern.search(line.text)}


@pytest.mark.parametrize(
    ("gate", "pattern"),
    [
        (glue._MAYBE_SENTENCE, glue._SENTENCE),
        (spacing._MAYBE_RUN, regex.compile(r"(?<=\S)(?! (?=\S))[^\S\n]+(?=\S)")),
    ],
)
@given(text=TEXTS)
def test_lines_that_a_gate_leaves_out_hold_no_match(
    gate: "re.Pattern[str]", pattern: "regex.Pattern[str]", text: str
) -> None:
    view = View(text)
    assert places(pattern, view) <= {line.index for line in view.lines_with(gate)}


@given(TEXTS)
def test_the_lines_of_a_gate_are_those_it_matches_in(text: str) -> None:
    view = View(text)
    found = [line.index for line in view.lines_with(spacing._MAYBE_RUN)]
    assert found == sorted(places(spacing._MAYBE_RUN, view))


@given(TEXTS)
def test_texts_that_a_gate_leaves_out_hold_no_match(text: str) -> None:
    assert [m.span() for m in wraps._at_line_ends(text)] == [m.span() for m in wraps._SPLIT.finditer(text)]
    assert wraps._MAYBE_TORN.search(text) or not wraps._TORN.search(text)
    assert residue._MAYBE_INVISIBLE.search(text) or not residue._INVISIBLE.search(text)
    assert any(spacing.inside_lines(View(text))) or not any(spacing._inside_lines(View(text)))


@given(st.one_of(TEXTS, st.text()))
def test_unusual_characters_are_all_but_printable_ascii_and_line_feeds(text: str) -> None:
    assert View(text).unusual == {c for c in text if not (" " <= c <= "~" or c == "\n")}


@given(TEXTS)
def test_what_is_glued_is_seen_in_the_words_alone(text: str) -> None:
    suspects = set(Few(glue.suspicious).of(View(text).words.keys()).values())
    assert True in suspects or not any(glue._may_end(match[1]) for match in glue._CAMEL.finditer(text))
    assert False in suspects or all(frequency(match.group()) for match in glue._GLUED.finditer(text))


class AllLines(glue.GlueFinder):
    """Looks for glued words in every line."""

    def _lines_of(self, words: Sequence[str]) -> Collection[int]:
        del words
        return range(len(self.draft.view.lines))


@given(TEXTS)
def test_glued_words_stand_in_the_lines_of_suspicious_ones(text: str) -> None:
    draft = Draft(Document("x", b""), text)
    assert list(glue.GlueFinder(draft).proposals()) == list(AllLines(draft).proposals())


@given(st.one_of(TEXTS, st.text()))
def test_the_words_of_a_text_are_its_runs_of_letters(text: str) -> None:
    assert View(text).words == Counter(re.findall(r"[^\W\d_]+", text))


@given(TEXTS)
def test_every_candidate_of_the_speller_is_a_word_of_the_text(text: str) -> None:
    assert {match.group() for match in spelling._TOKEN.finditer(text)} <= View(text).words.keys()


@given(TEXTS)
def test_what_ftfy_calls_bad_is_suspected(text: str) -> None:
    assert all(mojibake.SUSPECT.search(line) for line in text.split("\n") if is_bad(line))


def test_no_lone_character_is_bad_that_is_not_suspected() -> None:
    sides = ["", " ", "a", "A", "0", ".", "-", "("]
    alone = [character for character in OTHERS if not mojibake.SUSPECT.search(character)]
    for left, right in product(sides, sides):
        text = "\n".join(f"{left}{character}{right}" for character in alone)
        assert not is_bad(text), [line for line in text.split("\n") if is_bad(line)]


def test_letters_that_are_not_suspected_are_bad_in_no_company_of_theirs() -> None:
    letters = [
        character for character in map(chr, range(0x80, 0xD800)) if re.match(f"[{mojibake._LETTERS}]", character)
    ]
    draw = random.Random(5)  # noqa: S311 - no secret
    known = [character for character in letters if character in BADNESS_RE.pattern or character < "\u0500"]
    for left, right in product(known, known):
        assert not is_bad(f"a {left}{right} a{left}{right}a {left}{right}."), (left, right)
    for few in (letters, known, [*known, *"azAZ .,?!"], [*"ВГРСвΒΓΞΟβ", "°", " "]):
        text = "".join(draw.choices(few, k=200_000))
        assert not is_bad(text) or mojibake.SUSPECT.search(text)


@given(TEXTS)
def test_a_line_that_is_not_suspected_is_left_alone_by_ftfy(text: str) -> None:
    for line in text.split("\n"):
        if not mojibake.SUSPECT.search(line):
            assert ftfy.fix_encoding_and_explain(line, mojibake.CONFIG).text == line
            assert mojibake.repaired(line) == line


def slow_words(text: str) -> list[str]:
    return [word.casefold() for word in headline._WORD.findall(text)]


@given(st.text(alphabet="aBc'’—é\u0301-  \n1", max_size=30) | st.text(alphabet="aÉßż’-“ж²\u0301 ", max_size=30))
def test_ascii_words_are_found_the_same_way(text: str) -> None:
    assert headline._words(text) == slow_words(text)
    words = [word.lower() for word in language._WORD.findall(text)]
    share = sum(word in language._FUNCTION_WORDS for word in words) / len(words) if words else 0.0
    assert language.english_share(text) == share


def by_counting(text: str) -> Iterator[tuple[int, str]]:
    for name, pattern in language._SCRIPTS:
        yield len(pattern.findall(text)), name


@given(st.text(alphabet="abé ЖжΩ漢か1.—\u0301", max_size=30))
def test_the_script_is_the_one_most_letters_are_in(text: str) -> None:
    count, _ = max(by_counting(text), key=lambda pair: pair[0])
    found = language.script_of(text)
    assert {name: n for n, name in by_counting(text)}.get(found or "", 0) == count


PAGE = [
    "Home", "News", "Sport", "Eldmouth council votes to rebuild sea wall", "Sea wall", "By Jane Doe", "3 May 2021",
    "The council of Eldmouth voted on Tuesday to rebuild the old sea wall.", "Read more", "A wall by the sea", "",
    "Engineers will survey the sea bed first, and then draw plans for the wall.", "Ein Wall für Eldmouth im Frühjahr",
]  # fmt: skip


@given(st.lists(st.sampled_from(PAGE), max_size=20), st.sets(st.integers(0, 19)))
def test_a_headline_that_the_bounds_rule_out_is_improbable(lines: list[str], skip: set[int]) -> None:
    view = View("\n".join(lines))
    page, titles = headline._Page(view.written, skip), headline.Titles(view.written, skip)
    for line in view.written:
        least = headline._POSSIBLE_FIRST if line.index == page.first else headline._POSSIBLE
        chance = page.chance(line)
        assert (line in titles) == (page.is_candidate(line) and chance >= least)
        bounded = page.chance(line, headline._IMPLAUSIBLE)
        assert bounded == chance or (bounded == 0.0 and chance < headline._PLAUSIBLE)
