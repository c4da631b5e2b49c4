"""The word list is pyspellchecker's own, word for word, though it is read another way."""

import pickle
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from spellchecker import SpellChecker

from cleanse.words import Few, frequency, frequent, is_known

COUNTS = SpellChecker(language="en", distance=1).word_frequency.dictionary
WORDS = sorted(COUNTS)


def test_every_word_has_its_count() -> None:
    assert {word: frequency(word) for word in WORDS} == dict(COUNTS)


@given(st.one_of(st.text(), st.builds(lambda word, end: word[:-1] + end, st.sampled_from(WORDS), st.text(max_size=2))))
def test_no_other_word_has_one(word: str) -> None:
    assert frequency(word) == COUNTS.get(word.lower().replace("’", "'"), 0)


def test_frequent_words_are_those_of_so_many_occurrences() -> None:
    assert frequent(1_000) == {word for word, count in COUNTS.items() if count >= 1_000}


def test_rare_words_may_be_typos() -> None:
    assert is_known("government")
    assert is_known("GOVERNMENT’S") == is_known("government's")
    assert not is_known("governmnet")


def _long(word: str) -> int | None:
    return len(word) if len(word) > 3 else None


def test_a_question_that_few_words_have_an_answer_to() -> None:
    asked: list[str] = []

    def ask(word: str) -> int | None:
        asked.append(word)
        return _long(word)

    few = Few(ask)
    for _ in range(2):
        assert few.of(Counter("a word or three".split()).keys()) == {"word": 4, "three": 5}
    assert sorted(asked) == ["a", "or", "three", "three", "word", "word"]


def test_it_travels_to_workers() -> None:
    assert pickle.loads(pickle.dumps(Few(_long))).of({"three": 1}.keys()) == {"three": 5}  # noqa: S301 - our own
