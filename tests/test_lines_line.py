"""What single lines show."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleanse.lines import shapes
from cleanse.lines.blocks import facts, schedules
from cleanse.lines.gate import is_plain
from cleanse.lines.lexicon import TOKEN, fold, word_keys
from cleanse.lines.line import ASCII_SENTENCE_BREAK, LOOK, SENTENCE_BREAK, Line, count_words, ending, measure_line
from pages import BODY, HEAD, TAIL, model


def measured(text: str, language: str = "en") -> Line:
    return measure_line(text, model().lexicon.phrases(language), model().lexicon.functions.get(language, frozenset()))


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
def test_furniture_is_known_in_its_language(text: str, language: str, kind: str) -> None:
    assert kind in measured(text, language).hits


@pytest.mark.parametrize(
    "text",
    [
        "Share prices fell sharply in early trading on Monday",
        "She asked him to read more books about the war and its causes",
    ],
)
def test_words_of_furniture_inside_a_sentence_do_not_make_it_furniture(text: str) -> None:
    assert not measured(text).hits


def test_bylines_dates_and_credits_are_facts_not_furniture() -> None:
    for text in ("Photo: Getty Images", "Published", "Staff Writer"):
        line = measured(text)
        assert line.facts, text
        assert not line.hits, text


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
def test_line_endings(text: str, ends: str) -> None:
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
def test_the_language_of_a_text_is_told_by_its_small_words(text: str, language: str) -> None:
    assert model().lexicon.language([text] * 3) == language


def test_words_are_counted_without_spaces_too() -> None:
    assert count_words("one two three") == 3
    assert 9 <= count_words("这是一个没有空格的句子而且它很长") <= 10


def test_numbers_stand_for_each_other() -> None:
    assert word_keys(fold("3 Comments")) == word_keys(fold("1,204 comments"))


def test_hashtag_trailers_are_furniture_in_any_script() -> None:
    for text in ("# براندازیم #تيك_تاك_سرنگوني #قیام_تنها_جوابه", "🌳# MaryamRajavi # IranRegimeChange"):
        assert "share" in measured(text).hits, text
    assert not measured("They finished #2 at home and #5 overall that year, he said.").hits


def test_only_the_beginning_of_a_huge_line_is_looked_at() -> None:
    text = "word " * 200_000
    line = measured(text + "Facebook")
    assert line.words == 200_001
    assert len(line.tokens) <= LOOK


@pytest.mark.parametrize(
    "text",
    [*BODY, *HEAD, *TAIL, "word " * 30 + ".", "word " * 30 + "#boats @ann.", "All rights reserved. " * 9],
)
def test_plain_lines_are_told_without_measuring(text: str) -> None:
    assert is_plain(text, model().lexicon.phrases("en")) == measured(text).plain


SCRAPS = (
    "May", "may", "jan.", "mid-may", "12", "3rd", "2021", "19:30", "5.30", "4h", "ago", "$5", "9", "EUR", "kb", ".pdf",
    "+44 20 7946 0018", "www.a.org", "x.com", "https://b.de/", "@ann", "#wall", "don't", "well-known", "-", "’", "`",
    "&", "©", "iPhone", "v2", "3D", "É", "日", "年", "É.com", "\u200c", "²", "٣", "|", "::", "by", "(", ")", "=", "!",
)  # fmt: skip
texts = st.text(max_size=30) | st.lists(st.sampled_from(SCRAPS), max_size=8).flatmap(
    lambda scraps: st.sampled_from([" ".join(scraps), "".join(scraps)])
)


@given(texts)
@example("rock 'n' roll well--known a- -b don't 3-d")
def test_words_of_ascii_are_what_they_are_elsewhere(text: str) -> None:
    folded = fold(text)
    assert word_keys(folded) == ["#" if word[0].isdigit() else word for word in TOKEN.findall(folded)]


SHAPES = {
    "date": shapes.DATE, "clock time": shapes.CLOCK, "so long ago": shapes.AGO, "price": shapes.PRICE,
    "phone number": shapes.PHONE, "year": shapes.YEAR, "web address": shapes.URL, "e-mail address": shapes.EMAIL,
    "handle": shapes.HANDLE, "hashtag": shapes.HASHTAG, "separators": shapes.CHAIN,
}  # fmt: skip


@given(texts.filter(str.strip))
@example("on the 5th may be")
@example("mid-may 5")
@example("_may 5")
def test_a_cheap_look_before_a_pattern_misses_nothing(text: str) -> None:
    line = measured(text)
    folded = fold(line.text[:LOOK])
    for name, pattern in SHAPES.items():
        assert (name in line.features) == bool(pattern.search(folded)), name
    for name, pattern in {"code": shapes.CODE, "glued words": shapes.GLUED, "emoji": shapes.EMOJI}.items():
        assert name in line.features or not pattern.search(line.text), name
    assert ("byline shape" in line.features) == bool(line.words <= 6 and shapes.BYLINE.fullmatch(line.text))


@given(st.text(alphabet='aB9. !?"“()\n', max_size=30))
def test_sentences_of_ascii_end_as_they_do_elsewhere(text: str) -> None:
    if text.isascii():
        assert ASCII_SENTENCE_BREAK.findall(text) == SENTENCE_BREAK.findall(text)


TOUR = ("June 17 -- Bridge Arena, Northwick", "Aug. 2 – Old Mill", "Sat, 4 July: Coast Park", "12th October - Eldmouth")


def test_days_one_below_the_other_are_a_schedule() -> None:
    lines = [*map(measured, ("Tickets are on sale now.", *TOUR, "Share on Facebook"))]
    assert schedules(lines) == [1, 2, 3, 4]
    assert schedules(lines[:4]) == []


@pytest.mark.parametrize(
    "other", ["June 17, 2021 -- Bridge Arena", "17 June", "June 17", "Updated: June 17", "1 -- Eldmouth"]
)
def test_dated_articles_are_none(other: str) -> None:
    assert schedules([*map(measured, (*TOUR[:2], other, *TOUR[2:]))]) == []


SPECIFICATION = ["Alcohol:", "11.5 %", "Origin:", "Napa Valley", "Maker:", "Beringer", "Serve at:", "8 °C"]


def test_facts_are_labels_and_values_in_turn() -> None:
    lines = [*map(measured, ("A wine for long evenings.", *SPECIFICATION, "It goes well with fish."))]
    assert facts(lines) == [*range(1, 9)]
    assert facts(lines[1:9]) == [*range(8)]
    assert facts(lines[:7]) == []  # three are too few


def test_labels_that_pages_use_are_no_facts() -> None:
    assert (
        facts([*map(measured, ("Share:", "Facebook", "Tags:", "wine", "Follow us:", "Twitter", "Related:", "Wine"))])
        == []
    )
