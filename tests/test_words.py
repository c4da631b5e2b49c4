"""The word list is pyspellchecker's own, word for word, though it is read another way."""

from hypothesis import given
from hypothesis import strategies as st
from spellchecker import SpellChecker

from cleanse.words import frequency, is_known

COUNTS = SpellChecker(language="en", distance=1).word_frequency.dictionary
WORDS = sorted(COUNTS)


def test_every_word_has_its_count() -> None:
    assert {word: frequency(word) for word in WORDS} == dict(COUNTS)


@given(st.one_of(st.text(), st.builds(lambda word, end: word[:-1] + end, st.sampled_from(WORDS), st.text(max_size=2))))
def test_no_other_word_has_one(word: str) -> None:
    assert frequency(word) == COUNTS.get(word.lower().replace("’", "'"), 0)


def test_rare_words_may_be_typos() -> None:
    assert is_known("government")
    assert is_known("GOVERNMENT’S") == is_known("government's")
    assert not is_known("governmnet")
