"""Our reading of langdetect's profiles against langdetect itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from cleanse.detecting import detected

TEXTS = {
    "English": "The pact was signed on Monday after three years of talks, officials of both sides said in Geneva.",
    "German": "Der Vertrag wurde am Montag nach drei Jahren unterzeichnet, sagten Vertreter beider Seiten.",
    "Vietnamese": "Hiệp ước đã được ký kết vào thứ Hai sau ba năm đàm phán, các quan chức hai bên cho biết.",
    "Vietnamese, decomposed": "Hiê\u0323p ươ\u0301c đa\u0303 đươ\u0323c ky\u0301 kê\u0301t va\u0300o thư\u0301 Hai",
    "Romanian": "Pactul a fost semnat luni, după trei ani de negocieri, au declarat oficiali și alții țineau.",
    "Russian, with Latin names": "Договор был подписан в понедельник, сообщили BBC и CNN из Женевы.",
    "Persian": "این پیمان روز دوشنبه پس از سه سال گفتگو امضا شد، مقامات هر دو طرف گفتند.",
    "Chinese": "协议于周一签署，双方官员在日内瓦表示。",
    "Japanese": "協定は月曜日に三年間の交渉の末に署名されたとカタカナで双方の当局者が述べた。",
    "Korean": "협정은 3년간의 협상 끝에 월요일에 서명되었다고 양측 관계자들이 말했다.",
    "no profile has it": "ᚠᚢᚦᚨᚱᚲ ᚷᚹᚺᚾᛁᛃ",
    "capitals": "BREAKING NEWS FROM THE Capital OF CATALONIA aB Ab",
    "addresses": "See https://example.org/de/nachrichten or write to redaktion@example.org about it today",
    "code": "def get(self, n):\n    return self.grams[-n:] if n < len(self.grams) else None\n",
    "spaces": "the    end  of   all\n\n\n things ",
    "two languages": "The pact was signed. Der Vertrag wurde unterzeichnet. Le traité a été signé lundi.",
    "nothing": "",
    "digits": "12 345 (67)",
}


@pytest.fixture(scope="module")
def factory() -> DetectorFactory:
    made = DetectorFactory()
    made.load_profile(PROFILES_DIRECTORY)
    made.set_seed(0)
    return made


def theirs(factory: DetectorFactory, text: str) -> tuple[str, float] | None:
    """What langdetect itself says, seeded alike."""
    detector = factory.create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:
        return None
    return (found[0].lang, found[0].prob) if found else None


def same(factory: DetectorFactory, text: str) -> bool:
    """The same language and probability, but for the order of a sum: theirs is that of the files in a folder."""
    ours, expected = detected(text), theirs(factory, text)
    if ours is None or expected is None:
        return ours is expected
    return ours[0] == expected[0] and ours[1] == pytest.approx(expected[1], abs=1e-9)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_text(factory: DetectorFactory, text: str) -> None:
    assert same(factory, text)


def test_a_long_text_is_cut_where_langdetect_cuts_it(factory: DetectorFactory) -> None:
    assert same(factory, "the " * 2_499 + "\nein Ende auf deutsch, das niemand liest")


WORDS = st.sampled_from([word for text in TEXTS.values() for word in text.split()])


@given(text=st.lists(WORDS | st.text(max_size=6), max_size=30).map(" ".join))
def test_any_text(factory: DetectorFactory, text: str) -> None:
    assert same(factory, text)
