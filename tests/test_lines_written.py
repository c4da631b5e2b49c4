"""Lines that are their author's, whatever words of furniture they hold."""

import pytest

from cleanse.lines import judge
from cleanse.lines.line import count_words, ending
from cleanse.lines.written import CAPTION, GOES_ON, HEADING, REFERENCE, SPEECH, written_as
from pages import model

PAGE = "Share\nPrint\nLog in\nSubscribe now\n"
PROSE = (
    "The two leaders met in the capital on Monday to talk about trade, and they did not agree on anything at all.\n"
    "They said after the long talks that they would meet again soon, in another town and perhaps another mood.\n"
)


def _written(line: str) -> str:
    return written_as(line, count_words(line), ending(line))


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("“Comments?” asked the chairman.", SPEECH),
        ("“None.”", SPEECH),
        ('"Search me," said Dr. Hale.', SPEECH),
        ("— Да, — сказал он.", SPEECH),
        ("« On savait que ça finirait. »", SPEECH),
        ("“I was wrong about everything”, says minister", ""),
        ("All,", GOES_ON),
        ("Dear Mr. Ashworth,", GOES_ON),
        ("Yours sincerely,", GOES_ON),
        ("With kind regards,", GOES_ON),
        ("the boats came in, the boats and men,", GOES_ON),
        ("Image caption,", ""),
        ("MacBook Pro,", ""),
        ("12 Rope Walk, Bristol,", ""),
        ('Tait, J. R. "On the Height of Hedges." Weather 40 (1985): 9–17.', REFERENCE),
        ("Brooks, Harold. The Weather of the Pennines. London: Faber, 1961.", REFERENCE),
        ("Smith, A. (2019). Rain gauges. Weather, 12(3), 45–67. doi: 10.1002/j.1477", REFERENCE),
        ("Updated: 12 (3) comments, 2019", ""),
        ("== Summary", HEADING),
        ("=== See also ===", HEADING),
        ("[[author]]", HEADING),
        ("General Information¶", HEADING),
        ("Image: A glacier mouse on the ice cap of the island. Credit: Ann Porter/University", CAPTION),
        ("Photo: Share this story. Credit cards: apply now", ""),
        ("[Advertisement]", ""),
        ("=> Read more", ""),
    ],
)
def test_what_a_line_is(line: str, note: str) -> None:
    assert _written(line) == note


@pytest.mark.parametrize(
    "passage",
    [
        "“Comments?” asked the chairman.\n“None.”\n“Share that, please.”\n“Then print it.”\n“Next?”\n",
        "Further reading\nBrooks, H. The Pennines. London: Faber, 1961.\nOn hedges. Weather 40 (1985): 9–17.\n",
        "All,\n",
        "[[summary]]\n== Summary\n[[author]]\n=== Author\n[[contents]]\n== Table of contents\n",
        "Contact us\n======================================\nShare\n**************************************\n",
    ],
)
def test_an_authors_lines_are_no_evidence(passage: str) -> None:
    for text in (passage + PROSE, PROSE + passage + PROSE):
        assert all(verdict.keep for verdict in judge(text.splitlines(), "conservative", model()))


def test_headings_parted_by_a_reference_do_not_stand_together() -> None:
    lines = (PROSE + "See also\nDunne, P. Wet Feet. Leeds: The Author, 1974.\nComments\n" + PROSE).splitlines()
    assert all(verdict.keep for verdict in judge(lines, "conservative", model()))


def test_on_a_page_they_stay_and_its_furniture_goes() -> None:
    lines = (PAGE + PROSE + "“Share that with the room.”\n" + PROSE + PAGE).splitlines()
    verdicts = judge(lines, "conservative", model())
    assert [line for line, verdict in zip(lines, verdicts, strict=True) if not verdict.keep] == PAGE.splitlines() * 2


def test_the_title_page_of_a_manual_stays() -> None:
    page = "The Ferry Manual\nAnn Porter\nThe Ferry Mailing List\n<ferry@lists.example.org>\nversion 4.6\n"
    lines = (page + PROSE + "Share\nSubscribe to our newsletter\nPrivacy policy\n").splitlines()
    kept = [line for line, verdict in zip(lines, judge(lines, "conservative", model()), strict=True) if verdict.keep]
    assert kept == (page + PROSE).splitlines()
