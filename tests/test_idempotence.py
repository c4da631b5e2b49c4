"""A second run finds nothing left to do."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from helpers import BODY, clean, rules_used
from strategies import documents, texts

TITLE = "Harbour towns agree on a common timetable\n\n"


# What a repair of one kind can bring to light for another (a mark behind a control character): see test_stage_encoding.
_DEBRIS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\u0301]")


def stable(raw: str | bytes) -> None:
    once = clean(raw)
    twice = clean(once.text)
    assert rules_used(twice) == []
    assert twice.text == once.text


@given(documents())
@settings(max_examples=60)
def test_articles(text: str) -> None:
    stable(text)


@given(documents(), st.sampled_from(["utf-8-sig", "utf-16", "cp1252"]))
@settings(max_examples=30)
def test_articles_in_other_encodings(text: str, encoding: str) -> None:
    stable(text.encode(encoding, "ignore"))


@given(texts)
def test_awkward_texts(text: str) -> None:
    assume(not _DEBRIS.search(text))
    stable(text)


@pytest.mark.parametrize(
    "text",
    [
        "One. \n\n\nTwo.\n",
        "One.&#13;\nTwo.\n",
        f"{TITLE}{BODY}\n© 2021 The Post.\n\nSummary\n",
        (
            "Summary\n\nBoats\n\nCast off.\n\n© 2021 The Harbour Post. All rights reserved.\n\n"
            "© 2021 The Harbour Post. All rights reserved.\n\nSummary\n"
        ),
        "The ferry was late.\xa0\nNobody spoke.\n",
        "The ferry was late.\xa0 Nobody spoke.\n",
        "The ferry was late.&nbsp;\n\n&nbsp;\n\nNobody spoke.\n",
        "One.\u2028\u2028\u2028Two.\n",
        "One.\x0c\n\n\nTwo.\n",
        f"    Menu\n\n{BODY}",
        f"Menu\n\n{TITLE}By Ann Porter\n\nMarch 4, 2021\n\n{BODY}\nComments are closed.\n\n#a #b\n",
        f"{TITLE}{BODY}\n#a #b\nComment threads are monitored for two days after publication and then closed.\n",
        f"{TITLE}{BODY}\nJoin the CoastWatch.org mailing list\n\nAnn Porter contributed to this report.\n",
        f"{TITLE}{BODY}\n© 2021 The Post. All rights reserved.\n\nPrint\n\n#a #b\n",
        f"Log In\nMenu\nNews\n\n{TITLE}{BODY}\nRelated articles\n\nBaker wins prize\n\nPrivacy Policy\n\nTerms\n",
        f"{TITLE}{BODY}\n— The Post\n\n— The Post\n\n@post\n\n12 likes\n",
        f"#a #b\n🚢\n{TITLE}{BODY}\nFollow us on Facebook\n\nBaker wins prize\n\n1,204 views\n",
        "\u200b\n\u200b\nText is here.\n",
        "Text\u200b.\n\n\u200b\n\nMore text.\n",
        "\x00\n\x00\nText is here.\n\x00\n",
        "He left.\n \x00\n \nShe left.\n",
        "- item &amp;amp; more\n",
        "â€œNever,â€\x9d she said.\xa0 â€¦\n",
    ],
)
def test_known_hard_texts(text: str) -> None:
    stable(text)
