"""Counted phrases: the likelihood of a word behind others, and what the words around say of an original."""

import gzip
import hashlib
import pickle
from pathlib import Path

import pytest

from cleanse.rules.loader import shipped_folder
from cleanse.spinner.model import load_models
from cleanse.spinner.ngrams import CODE, LETTERS, NGrams, code_of, words_of
from cleanse.spinner.packed import PackedLines
from cleanse.spinner.tokens import TokenText, split_form
from cleanse.spinner.wording import MOST, Guess, Wording

LINES = (
    "# a comment",
    "AAB\t1\t6AAC",
    "AAC\t0.5\t4AAJ <AADAAH",
    "AACAAJ\t0.25\t2AAF",
    "AAJ\t0.75\t5AAFAAI",
    "</s>\tAAA\t0\t2",
    "<s>\tAAB\t1\t2",
    "a\tAAC\t0.5\t3",
    "ago\tAAF\t0\t8",
    "month\tAAG\t0\t7",
    "months\tAAH\t0\t7.5",
    "past\tAAI\t0\t7",
    "year\tAAJ\t0.75\t6",
)


@pytest.fixture
def ngrams(tmp_path: Path) -> NGrams:
    raw = gzip.compress("\n".join(LINES).encode(), mtime=0)
    (tmp_path / "ngrams.tsv.gz").write_bytes(raw)
    return NGrams(PackedLines(tmp_path / "ngrams.tsv.gz", hashlib.sha256(raw).hexdigest()))


@pytest.mark.parametrize(
    ("word", "history", "nats"),
    [
        ("year", (), 6.0),
        ("year", ("a",), 2.0),
        ("ago", ("a", "year"), 1.0),
        ("past", ("a", "year"), 0.25 + 2.5),
        ("month", ("a", "year"), 0.25 + 0.75 + 7),
        ("month", ("past",), 7.0),
        ("year", ("nobody", "a"), 2.0),
        ("year", ("unheard", "of"), 6.0),
        ("ago", ("was", "a", "year"), 1.0),
    ],
)
def test_a_word_behind_its_history_backs_off(ngrams: NGrams, word: str, history: tuple[str, ...], nats: float) -> None:
    assert ngrams.nats(word, history) == pytest.approx(nats)


def test_every_line_is_found_and_no_other(ngrams: NGrams) -> None:
    words = [line.split("\t")[0] for line in LINES[5:]]
    assert all(map(ngrams.knows, words))
    assert not any(
        map(ngrams.knows, ("", "a year", "aa", "yea", "years", "zebra", "#", "# a comment", "AAB", "AACAAJ"))
    )


def test_a_code_is_found_where_codes_begin_and_nowhere_between(ngrams: NGrams) -> None:
    assert ngrams.nats("year", ("a",)) == 2.0
    assert ngrams.nats("ago", ("a",)) == 0.5 + 8


def test_codes_are_different_and_in_order() -> None:
    codes = [code_of(number) for number in range(3000)]
    assert len(set(codes)) == len(codes)
    assert {len(code) for code in codes} == {CODE}
    with pytest.raises(ValueError, match="64,000"):
        code_of(len(LETTERS) ** CODE)


def test_nothing_read_is_sent_to_workers(ngrams: NGrams) -> None:
    assert ngrams.knows("year")
    assert len(pickle.dumps(ngrams)) < 1000
    assert pickle.loads(pickle.dumps(ngrams)).knows("year")  # noqa: S301 - what was just written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the chief’s two-day trip, “again”", "the chief two day trip again"),
        ("12 of 75 in 1999 on the 3rd and 3.5", "twelve of fifty in ninety on the twentieth and fifty"),
        ("don't — not!", "don't not"),
    ],
)
def test_tokens_become_counted_words(text: str, words: str) -> None:
    assert words_of(split_form(text)) == tuple(words.split())


def test_the_words_around_speak_for_the_original(ngrams: NGrams) -> None:
    text = TokenText("a month ago")
    wording = Wording(ngrams, text, ())
    # a year ago: 2 + 1, then the end: 2; a month ago: 0.5 + 7, then 8, then 2. More than MOST says no more.
    gain = wording.gain(("month",), ("year",), 1, 2)
    assert gain == MOST
    assert wording.gain(("month",), ("months",), 1, 2) == pytest.approx(1.5)
    assert wording.gain(("year",), ("year",), 1, 2) == 0
    assert wording.gain(("month",), ("fortnight",), 1, 2) is None
    assert wording.gain(("year",), ("month",), 1, 2) == -MOST


def test_a_word_around_counts_as_what_it_may_have_been(ngrams: NGrams) -> None:
    text = TokenText("a month past")
    plain = Wording(ngrams, text, ()).gain(("past",), ("ago",), 2, 3)
    guessed = Wording(ngrams, text, (Guess(1, 2, ("year",), 0.95),)).gain(("past",), ("ago",), 2, 3)
    assert plain is not None
    assert guessed is not None
    assert guessed > plain


def test_sentences_do_not_speak_for_one_another(ngrams: NGrams) -> None:
    beside = Wording(ngrams, TokenText("It was a year"), ()).gain(("month",), ("year",), 3, 4)
    apart = Wording(ngrams, TokenText("It was a. Year"), ()).gain(("month",), ("year",), 4, 5)
    assert beside is not None
    assert apart is not None
    assert beside > apart


def test_the_shipped_table_knows_english() -> None:
    model = load_models(shipped_folder() / "spinner", ["spinner-a"])["spinner-a"]
    assert model.ngrams is not None
    text = TokenText("The two leaders met a 12 months ago.")
    gain = Wording(model.ngrams, text, ()).gain(("12", "months"), ("year",), 5, 7)
    assert gain is not None
    assert gain > 3


def test_a_family_may_have_weights_of_its_own() -> None:
    models = load_models(shipped_folder() / "spinner", ["spinner-a", "spinner-b", "spinner-c", "spinner-e"])
    assert models["spinner-b"].weights == models["spinner-e"].weights
    assert models["spinner-a"].weights != models["spinner-b"].weights
    assert models["spinner-a"].weights.keys() == models["spinner-c"].weights.keys()
    assert models["spinner-c"].weights["wording"] == 0
    assert models["spinner-a"].ngrams is models["spinner-c"].ngrams
