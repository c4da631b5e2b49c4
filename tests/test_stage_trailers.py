"""Tails go from the end up, until the first line that is none."""

import pytest

from helpers import BODY, does, outcome, shows


@pytest.mark.parametrize(
    "tail",
    [
        "#ferries #coast",
        "# harbour # trains",
        "Comments are closed.",
        "Comment threads are monitored for 48 hours.",
        "Join the CoastWatch.org mailing list",
        "#پارو #دریا",
        "Паром снова опоздал.",
        "Der Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen",
    ],
)
def test_a_tail_goes(tail: str) -> None:
    does("trailers", f"{BODY}\n[-{tail}\n-]")


def test_several_tails_go_together() -> None:
    does("trailers", f"{BODY}\n[-Comments are closed.\n-]\n[-#ferries #coast\n-][-🌊 # море\n-]")


def test_the_first_line_that_is_none_ends_the_search() -> None:
    does("trailers", f"{BODY}\n#ferries #coast\n\nThe ferries sail at noon.\n\n[-Comments are closed.\n-]")


def test_the_host_of_a_mailing_list_is_recorded() -> None:
    found = outcome("trailers", f"{BODY}\nJoin the CoastWatch.org mailing list\n").provenance.republisher
    assert found is not None
    assert (found.name, found.domain) == ("CoastWatch.org", "coastwatch.org")


def test_a_long_foreign_sentence_is_only_shown() -> None:
    sentence = (
        "Der Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen, nachdem die Räte neun Jahre lang darüber "
        "gestritten hatten und niemand mehr daran geglaubt hatte."
    )
    shows("trailers", f"{BODY}\n[-{sentence}\n-]")


@pytest.mark.parametrize(
    "line",
    [
        "They finished #2 at home and #5 overall, he said.",
        "#12",
        "They went home.",
        "“Mais non,” dit le capitaine, and everybody laughed.",
        "Muhammad ibn Musa al-Khwarizmi",
        "The comments were closed by the editor.",
        "Fin",
    ],
)
def test_closing_lines_that_belong_to_the_text_stay(line: str) -> None:
    does("trailers", f"{BODY}\n{line}\n")


def test_a_comment_in_closing_code_stays() -> None:
    does("trailers", f"{BODY}\nboats = 3\n# done\n")


@pytest.mark.parametrize("text", ["#ferries #coast\n", "Паром снова опоздал.\n", "It rained.\n\n#rain\n"])
def test_a_text_without_prose_has_no_tail(text: str) -> None:
    does("trailers", text)


@pytest.mark.parametrize(
    "tail",
    [
        "🌊 🚢🚢",
        "@harbourpost @ann_porter",
        "BaharIran@ 0",
        "1,204 views · 12 likes",
        "Please like and share this post!",
        "Follow us @harbourpost",
        "Sent from my iPhone",
    ],
)
def test_social_tails_go(tail: str) -> None:
    does("trailers", f"{BODY}\n[-{tail}\n-]")


def test_a_repeated_signature_goes_but_its_first_stays() -> None:
    does("trailers", f"{BODY}\n— The Harbour Post\n\n[-— The Harbour Post\n-]\n[-— The Harbour Post\n-]")


def test_who_said_what_stands_above_stays() -> None:
    names = ["Ann Porter", "Jack Reed", "Mary Cole", "Ann Porter"]
    does("trailers", f"{BODY}\n" + "".join(f"Ferries are late by nature.\n\n— {name}\n\n" for name in names))


@pytest.mark.parametrize("code", ["priv_key = rsa.PrivateKey(**old_priv_key)", "* [config](/using-npm/config)"])
def test_code_is_no_foreign_language(code: str) -> None:
    does("trailers", f"{BODY}\n{code}\n")


def test_a_text_written_in_two_scripts_keeps_its_closing_lines() -> None:
    parts = "".join(f"{heading}\n\nThe ferry sails at noon.\n\n" for heading in ("名前", "書式", "説明"))
    does("trailers", f"{BODY}\n{parts}バージョン情報を表示します。\n\n著者\n")
    does("trailers", f"{BODY}\n[-バージョン情報を表示します。\n-]\n[-著者\n-]")


def test_a_list_of_commands_is_no_foreign_language() -> None:
    assert "zmore(1)" in outcome("trailers", f"{PERSIAN}\nmore(1), xz(1), xzless(1), zmore(1)\n").text


def test_a_list_of_names_is_no_foreign_language() -> None:
    names = (
        "config.h, perlapi, perlapio, perlcall, perlclib, perlembed, perlfilter, perlguts, perlhacktips, perlinterp, "
        "perliol, perlmroapi, perlreapi, perlreguts, perlxs"
    )
    does("trailers", f"{BODY}\n{names}\n")


def test_a_refrain_and_repeated_dialogue_stay() -> None:
    does("trailers", f"{BODY}\nBegin, begin\n\nBegin, begin\n\n— No.\n\n— No.\n")


@pytest.mark.parametrize("line", ["#ferries #coast", "🚢 🚢"])
def test_leading_lines_of_the_same_kinds_go(line: str) -> None:
    does("trailers", f"[-{line}\n-]\nHarbour towns agree\n\n{BODY}")
    does("trailers", f"Harbour towns agree\n\n{line}\n\n{BODY}")


def test_a_foreign_quotation_inside_the_body_stays() -> None:
    does("trailers", f"{BODY}\nDer Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen\n\n{BODY}")


GERMAN = (
    "Die beiden Bürgermeister trafen sich am Montag in der Hauptstadt, um über den Handel der Städte zu sprechen.\n\n"
    "Nach langen Gesprächen sagten sie, dass sie sich bald wieder treffen würden und die Fähren um zwölf fahren.\n\n"
    "Der Rat hatte die Gespräche im Frühjahr verlangt, als der alte Fahrplan ohne einen neuen zu Ende ging.\n"
)
PERSIAN = (
    "دو شهردار روز دوشنبه در پایتخت دیدار کردند تا درباره تجارت میان شهرهای خود و ساحل گفت‌وگو کنند.\n\n"
    "آن‌ها پس از گفت‌وگوهای طولانی گفتند که به زودی دوباره دیدار خواهند کرد و قایق‌ها ظهر حرکت می‌کنند.\n\n"
    "شورای شهر در بهار خواستار این گفت‌وگوها شده بود، هنگامی که جدول قدیمی بدون جدول تازه پایان یافت.\n"
)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (GERMAN, "Die Fähren fahren jetzt auch am Sonntag zwischen den drei Hafenstädten"),
        (GERMAN, "Niemand weiß, wer die Boote bezahlen wird."),
        (PERSIAN, "Ann Porter, The Harbour Post"),
        (PERSIAN, "هیچ‌کس نمی‌داند چه کسی پول قایق‌ها را می‌پردازد."),
        (BODY, "“Der Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen,” sagte er."),
    ],
)
def test_a_text_in_another_language_keeps_its_own_closing_lines(body: str, line: str) -> None:
    assert line in outcome("trailers", f"{body}\n{line}\n").text


@pytest.mark.parametrize(
    ("body", "tail"),
    [
        (PERSIAN, "#بندر #ساحل"),
        (PERSIAN, "#MaryamRajavi #Iran"),
        (PERSIAN, "@harbour"),
        (GERMAN, "#Fähre #Küste"),
        (GERMAN, "Паром снова опоздал."),
        (BODY, "👍 12 ❤️ 3"),
        (BODY, "⭐⭐⭐⭐⭐"),
        (BODY, "RT @harbourpost"),
        (BODY, "Tag a friend who needs this!"),
    ],
)
def test_tails_go_in_texts_of_any_language(body: str, tail: str) -> None:
    does("trailers", f"{body}\n[-{tail}\n-]")


@pytest.mark.parametrize("line", ["@harbourpost", "1,204 views · 12 likes"])
def test_leading_handles_and_counters_go(line: str) -> None:
    does("trailers", f"[-{line}\n-]\n{BODY}")


def test_a_text_in_two_languages_has_no_foreign_tail() -> None:
    first, second, *rest = BODY.split("\n\n")
    german = [
        "Der Fahrplan der drei Hafenstädte wurde am Dienstag beschlossen, und er gilt vom ersten Mai an.",
        "Die Fähren warten seither aufeinander, wenn der Wind es zulässt und die Mannschaft vollzählig ist.",
    ]
    closing = "Mehr dazu steht auf den Tafeln an der Mole"
    does("trailers", "\n\n".join([first, *german, second, *rest, closing]))
    does("trailers", f"{BODY}\n[-{closing}-]")
