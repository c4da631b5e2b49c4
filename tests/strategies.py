"""What the property tests draw: awkward texts, change sets that fit them, bytes, and realistic documents."""

import html
import textwrap

from hypothesis import strategies as st

from cleanse.edits import ChangeSet, Edit
from cleanse.errors import EditError

AWKWARD = (
    "a", "B", "é", "e\u0301", "\u0301", "ß", "ﬁ", "İ", "0", " ", "  ", "\t", "\n", "\r", "\r\n", "\n\n", "\u2028",
    "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x00", "\x1b[31m", "\xa0", "\u3000", "\u200b", "\u200d", "\ufeff",
    "\ufffd", "😀", "👩‍👩‍👧", "🇺🇦", "中文", "نه", "\u202e", "“", "”", '"', "’", "«", "…", "—", "-", "&amp;", "&#13;",
    "&nbsp;", "â€™", "Ã©", "#", "{", "}", ".", "!", "the ", "war", "Chinese ", "By ", "Menu",
)  # fmt: skip

texts = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(AWKWARD), max_size=30).map("".join),
)
short_texts = st.lists(st.sampled_from(AWKWARD), max_size=6).map("".join)

_BYTES = (
    b"plain ", b"\n", b"\r\n", b"\r", b"\x00", b"\xc3\xa9", b"\xe9", b"\xe2\x80", b"\xe2\x80\x99", b"\x93", b"\x81",
    b"\xff", b"\xfe", b"\xed\xa0\x80", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf0\x9f\x98\x80", b"\xf0\x9f", b"\xef\xbb\xbf",
    b"\x1b$B", b"\x1b(B", b"\xff\xfe", b"\x00\xd8", b"\xd0\x9f",
)  # fmt: skip
BOMS = (b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
raw_bytes = st.one_of(
    st.binary(max_size=60),
    st.builds(
        lambda bom, pieces: bom + b"".join(pieces),
        st.sampled_from(BOMS),
        st.lists(st.sampled_from(_BYTES), max_size=20),
    ),
)


@st.composite
def change_sets(draw: st.DrawFn, text: str) -> ChangeSet:
    """A change set that fits `text`, adjacent edits and insertions at borders included."""
    edits: list[Edit] = []
    at = 0
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(at, min(len(text), at + 5)))
        end = draw(st.integers(start, min(len(text), start + 4)))
        edit = Edit(start, text[start:end], draw(short_texts))
        if edit.before != edit.after and not (edits and edits[-1].conflicts(edit)):
            edits.append(edit)
            at = end
    try:
        return ChangeSet.of(len(text), edits)
    except EditError as error:  # pragma: no cover - the strategy itself would be wrong
        raise AssertionError(edits) from error


@st.composite
def changed_texts(draw: st.DrawFn, rounds: int = 1) -> tuple[str, list[ChangeSet]]:
    """A text and change sets that can be applied to it one after the other."""
    text = first = draw(texts)
    sets: list[ChangeSet] = []
    for _ in range(rounds):
        changes = draw(change_sets(text))
        sets.append(changes)
        text = changes.apply(text)
    return first, sets


HEADLINES = (
    "Harbour towns agree on a common timetable",
    "Why the bridge stayed closed",
    "Council votes for new library after long debate",
    "Is the river safe again?",
)
STANDFIRSTS = (
    "Three towns on the coast want ferries that wait for one another, and trains that wait for the ferries",
    "After two winters of repairs the engineers still cannot name a day",
)
BYLINES = ("By Martha Ellison", "By Martha Ellison and Ravi Prakash", "By\nMartha Ellison in Porto", "March 4, 2021")
PARAGRAPHS = (
    (
        "The three harbour towns agreed on Tuesday to share one timetable, which their councils had discussed for most "
        "of the last nine years without any result."
    ),
    (
        "Nobody on the quay seemed surprised. The ferries have always come late, the baker said, and the trains have "
        "always left on time, so people walk home along the beach."
    ),
    (
        "“We shall wait for five minutes,” said the harbour master, “and not for six.” He has a watch for each of his "
        "boats, and he trusts none of them."
    ),
    "It rained.",
    "The vote was close: 14 of the 27 members were in favour, 12 against, and one had gone out to move her car.",
    (
        "Engineers who had looked at the old bridge for two winters wrote that its northern pier had moved by 3.5 "
        "centimetres, that nobody knew why, and that it might well move again."
    ),
    "«Mais non», dit le capitaine, and everybody on the deck laughed because nobody had understood a word of it.",
    "She asked whether the library could open in May; the answer was that it could, if the roof was found.",
    'The sign on the door says "closed until further notice" in four languages, and in none of them does it say why.',
    "They went home.",
)
MENUS = ("Log In", "Menu", "Skip to main content", "Share this article", "Advertisement", "Read more", "Summary")
LABELS = ("Opinion", "World News", "The Coast", "Sport")
TAILS = (
    "#ferries #coast", "# harbour # trains", "Comments are closed.", "Join the CoastWatch.org mailing list",
    "© 2021 The Harbour Post. All rights reserved.", "Source: https://www.example.org/ferries/2021/",
    "Ann Porter contributed to this report.", "#پارو #دریا", "🌊🌊 # море",
)  # fmt: skip
BLOCKS = (
    "- bread and butter\n- two lamps\n- a rope of thirty metres",
    "1. Cast off the stern line.\n2. Cast off the bow line.\n3. Do not fall in.",
    "def total(prices):\n    tax = 0.2\n    return sum(prices) * (1 + tax)",
    "Town      Boats   Trains\nNorthey      12       30\nSoutham       7       41",
    "The gulls are gone,\nThe nets are dry,\nAnd no one asks\nThe harbour why.",
    "| town | boats |\n| --- | --- |\n| Northey | 12 |",
)
SUBHEADS = ("A long way round", "What the engineers found", "No quick answer")
NOISE = ("", "", "", " ", "  ", "\t", "\xa0", "\n", "\r\n", "\u200b", " \n", "\xa0\n", "&nbsp;")


@st.composite
def documents(draw: st.DrawFn, *, noisy: bool = True) -> str:
    """An article as it stands on a page that was copied: furniture, head, paragraphs and blocks, tail."""
    some = st.lists
    head = [
        *draw(some(st.sampled_from(MENUS + LABELS), max_size=3 if noisy else 0)),
        draw(st.sampled_from(HEADLINES)),
        *draw(some(st.sampled_from(STANDFIRSTS + BYLINES), max_size=2 if noisy else 0, unique=True)),
    ]
    body = draw(some(st.sampled_from(PARAGRAPHS + BLOCKS + SUBHEADS), min_size=3, max_size=8))
    tail = draw(some(st.sampled_from(TAILS + MENUS), max_size=3 if noisy else 0))
    lines = [*head, *body, *tail]
    if not noisy:
        return "\n\n".join(lines) + "\n"
    gaps = st.sampled_from(("\n\n", "\n\n", "\n\n", "\n", "\n\n\n", "\r\n\r\n", "\n \n"))
    pieces = [line + draw(st.sampled_from(NOISE)) + draw(gaps) for line in lines]
    return draw(st.sampled_from((_as_it_is, _as_it_is, _wrapped, _indented, _misread, _escaped, _dense)))(
        "".join(pieces)
    )


def _as_it_is(text: str) -> str:
    return text


def _wrapped(text: str) -> str:
    return "\n".join(textwrap.fill(line, 72) for line in text.split("\n"))


def _indented(text: str) -> str:
    return textwrap.indent(text, "    ")


def _misread(text: str) -> str:
    return text.encode().decode("latin-1")


def _escaped(text: str) -> str:
    return html.escape(text)


def _dense(text: str) -> str:
    """Without any blank line: every line is a paragraph."""
    return "\n".join(line for line in text.splitlines() if line.strip())
