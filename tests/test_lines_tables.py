"""The tables: readable, sorted, consistent; training on a handful of texts."""

import pytest

from cleanse.errors import RuleError
from cleanse.lines.cases import label, matched
from cleanse.lines.explain import in_words
from cleanse.lines.learn import Example, Settings, measure_text
from cleanse.lines.model import format_weights, parse_weights
from cleanse.lines.profiles import f1_threshold, parse_profiles
from cleanse.lines.report import report
from cleanse.lines.train import fold_of, learn
from cleanse.rules.loader import shipped_folder
from pages import BODY, HEAD, TAIL, model

DATA = shipped_folder() / "lines"


def test_furniture_rows_are_sorted_unique_and_folded() -> None:
    rows = [tuple(line.split("\t")) for line in (DATA / "furniture.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    assert rows == sorted(set(rows))
    assert all(phrase == phrase.casefold().strip() for _, _, phrase in rows)
    assert {"en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "uk", "ar", "fa", "zh", "ja", "ko"} == {
        language for _, language, _ in rows
    }


def test_the_shipped_weights_are_in_canonical_form() -> None:
    text = (DATA / "weights.tsv").read_text(encoding="utf-8")
    assert format_weights(parse_weights(text)) == text


def test_a_broken_weights_row_names_its_line() -> None:
    text = (DATA / "weights.tsv").read_text(encoding="utf-8").replace("\n", "\nbroken\trow\n", 1)
    with pytest.raises(RuleError, match="tsv:2"):
        parse_weights(text)


def test_profiles_refuse_a_missing_knob() -> None:
    text = (DATA / "profiles.toml").read_text(encoding="utf-8").replace("reach = 10000", "", 1)
    with pytest.raises(RuleError, match="balanced"):
        parse_profiles(text)


def test_training_is_deterministic_and_learns_menu_from_text() -> None:
    examples = []
    for _ in range(12):
        lines, functions = measure_text([*HEAD, *BODY, *TAIL], model().lexicon)
        examples.append(Example("x", lines, [False] * len(HEAD) + [True] * len(BODY) + [False] * len(TAIL), functions))
    weights = learn(examples, Settings(rounds=4, members=1))
    assert format_weights(weights) == format_weights(learn(examples, Settings(rounds=4, members=1)))
    assert weights.own["furniture line"] < -0.5 < 0.1 < weights.own["ends stop"]
    assert "furniture line" in report(weights)


def test_labels_follow_the_longest_common_subsequence() -> None:
    assert matched(["a", "b", "c"], ["x", "a", "c", "b", "c"]) in ({1, 3, 4}, {1, 2, 3})
    assert label(
        ["Home", "One two three four five", "|", "six seven", "News"], "One two three four five six seven"
    ) == [False, True, True, True, False]


def test_folds_depend_on_the_site_alone() -> None:
    assert fold_of("example.org", 5) == fold_of("example.org", 5) in range(5)


def test_half_the_best_expected_f1() -> None:
    assert f1_threshold([10, 10], [1.0, 0.0]) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("feature", "phrase"),
    [
        ("words 4", "4 words"),
        ("words 1", "1 word"),
        ("ends none", "no sentence end"),
        ("ends colon", "ends with a colon"),
        ("navigation line", "navigation words only"),
        ("first line", "first line"),
        ("legal word", "holds a legal word"),
        ("own .03-.1, tail", "by itself very likely junk, below the text"),
        ("second previous own 0-.03", "the second line above is surely junk by itself"),
        ("share line 2-4 before", "share words 2-4 above it"),
        ("heavy text: tiny, head", "tiny, above the text, on a page full of furniture"),
        ("topic none, short", "shares no word with the text"),
        ("all capitals", "all capitals"),
    ],
)
def test_features_are_said_in_words(feature: str, phrase: str) -> None:
    assert in_words(feature) == phrase
