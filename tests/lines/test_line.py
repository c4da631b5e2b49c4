"""What single lines show."""

import pytest

from cleanse.lines.lexicon import fold, word_keys
from cleanse.lines.line import LOOK, count_words, ending, measure_line


def measured(model, text, language="en"):
    return measure_line(text, model.lexicon.phrases(language), model.lexicon.functions.get(language, frozenset()))


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("Share on Facebook", "en", "share"),
        ("Log In", "en", "login"),
        ("Skip to main content", "en", "access"),
        ("12 Comments", "en", "comment"),
        ("Read more", "en", "more"),
        ("© 2021 All rights reserved", "en", "legal"),
        ("Alle Rechte vorbehalten", "de", "legal"),
        ("Lire aussi", "fr", "more"),
        ("Iniciar sesión", "es", "login"),
        ("Política de privacidade", "pt", "legal"),
        ("Potrebbe interessarti", "it", "more"),
        ("Lees ook", "nl", "more"),
        ("Polityka prywatności", "pl", "legal"),
        ("Читайте также", "ru", "more"),
        ("Читайте також", "uk", "more"),
        ("سياسة الخصوصية", "ar", "legal"),
        ("ادامه مطلب", "fa", "more"),
        ("相关阅读", "zh", "more"),
        ("プライバシーポリシー", "ja", "legal"),
        ("관련기사", "ko", "more"),
    ],
)
def test_furniture_is_known_in_its_language(model, text, language, kind):
    assert kind in measured(model, text, language).hits


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fell sharply in early trading on Monday",
        "She asked him to read more books about the war and its causes",
    ],
)
def test_words_of_furniture_inside_a_sentence_do_not_make_it_furniture(model, text):
    assert not measured(model, text).hits


def test_bylines_dates_and_credits_are_facts_not_furniture(model):
    for text in ("Photo: Getty Images", "Published", "Staff Writer"):
        line = measured(model, text)
        assert line.facts and not line.hits, text


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("He left.", "stop"),
        ("“He left.”", "stop"),
        ("他走了。", "stop"),
        ("Read on…", "dots"),
        ("Read on ...", "dots"),
        ("Topics:", "colon"),
        ("A title", "none"),
        ("one,", "comma"),
    ],
)
def test_line_endings(text, ends):
    assert ending(text) == ends


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council said on Tuesday that it would rebuild the wall, and that the work would take three years.", "en"),
        ("Der Rat sagte am Dienstag, dass die Mauer wieder aufgebaut wird und die Arbeit drei Jahre dauert.", "de"),
        ("Рада заявила, що стіну відбудують і що роботи триватимуть три роки, а також не тільки це.", "uk"),
        ("市議会は火曜日、海の壁を再建すると発表した。工事には三年かかる見込みだという。", "ja"),
        ("市议会星期二表示，将重建海堤，工程预计需要三年时间，费用约为四百万英镑。", "zh"),
        ("시의회는 화요일 방파제를 다시 짓기로 했으며 공사는 삼 년이 걸릴 것이라고 밝혔다.", "ko"),
    ],
)
def test_the_language_of_a_text_is_told_by_its_small_words(model, text, language):
    assert model.lexicon.language([text] * 3) == language


def test_words_are_counted_without_spaces_too():
    assert count_words("one two three") == 3
    assert 9 <= count_words("这是一个没有空格的句子而且它很长") <= 10


def test_numbers_stand_for_each_other():
    assert word_keys(fold("3 Comments")) == word_keys(fold("1,204 comments"))


def test_hashtag_trailers_are_furniture_in_any_script(model):
    for text in ("# براندازیم #تيك_تاك_سرنگوني #قیام_تنها_جوابه", "🌳# MaryamRajavi # IranRegimeChange"):
        assert "share" in measured(model, text).hits, text
    assert not measured(model, "They finished #2 at home and #5 overall that year, he said.").hits


def test_only_the_beginning_of_a_huge_line_is_looked_at(model):
    text = "word " * 200_000
    line = measured(model, text + "Facebook")
    assert line.words == 200_001
    assert len(line.tokens) <= LOOK
