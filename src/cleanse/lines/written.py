"""Lines that an author writes and a page does not, whatever words of furniture they hold: speech, letters, references.

So are headings with the signs of a markup for authors. A label, a button or a teaser neither opens with a quotation
mark and ends its sentence, nor breaks off at a comma, nor gives volume and pages. So such a line is no evidence of
furniture, and no neighbours take it along.
"""

import re

SPEECH = "protected speech"
GOES_ON = "protected line that goes on"
HEADING = "protected heading"
REFERENCE = "protected reference"
CAPTION = "protected caption"

OPENERS = frozenset('"“„«「『‟”—')
"""How a line of speech begins; the long dash opens it in French, Russian and Spanish."""

SPOKEN_ENDS = frozenset({"stop", "comma", "colon", "dots"})
"""Ends of a line of speech. A teaser that quotes somebody ends with the quotation or with a word."""

LONGEST = 14
"""Words up to which a line that ends with a comma is looked at."""

_FAREWELL = (
    "(?:(?:all|my|with|many|kind|warm|very) )*(?:best|wishes|regards|thanks|thank you|love|cheers|sincerely|"
    "faithfully|truly|respectfully|yours)(?: (?:wishes|regards|again|sincerely|faithfully|truly|ever|always|yours))?,|"
    "mit (?:freundlichen|besten|herzlichen) grüßen,?|(?:cordialement|atentamente|cordialmente|distinti saluti),|"
    "your (?:[a-z]+ ){0,3}(?:brother|sister|son|daughter|father|mother|friend|servant|husband|wife),"
)
FAREWELL = re.compile(_FAREWELL, re.IGNORECASE)
"""The greeting that closes a letter; the name of its writer stands below."""

LETTER = re.compile(
    r"(?:(?:my )?dear(?:est)?|hi|hello|hey|good (?:morning|afternoon|evening)|sehr geehrte[rs]?|liebe[rs]?|chère?s?|"
    r"estimad[oa]s?|querid[oa]s?|car[oa])\b[^@|]{0,40},|(?:all|everyone|friends|colleagues|team|folks),|" + _FAREWELL,
    re.IGNORECASE,
)
"""The greeting that opens a letter, the one that closes it."""

VERSE_WORDS = 4
"""Words from which a line in small letters that ends with a comma is half a sentence: a verse, a broken line."""

REFERENCE_SIGN = re.compile(r"\d{4}|\d[–-]\d")
REFERENCE_SHAPE = re.compile(
    r"\bdoi(?::|\.org/) ?10\.\d{4}|\bISBN(?:-1[03])?:? ?[\dX-]{10}|\barXiv:\d{4}"  # what identifies a work
    r"|\b\d{1,4} ?\(\d{1,4}(?:[–/-]\d{1,4})?\) ?[:,] ?(?:pp?\. ?)?\d+ ?[–-]+ ?\d+"  # 12(3), 45–67 and 40 (1985): 9–17
    r"|, (?:no|vol|pp?)\. ?\d+"
    r"|[^\W\d_]: [^\W\d_][^:]{2,60}, (?:1[5-9]|20)\d\d\.?$"  # London: Faber, 1961.
)
"""Where a work can be found: an identifier, volume and pages, or place, publisher and year."""

REFERENCE_WORDS = 5


CAPTION_SHAPE = re.compile(
    r"(?:image|photo|picture|illustration|figure|caption|foto|bild|imagen)s?(?: caption)?: .{20,}[.!?)”\"] "
    r"(?:(?:image|photo|picture) )?(?:credits?|photo|source|foto|bild): ?\S",
    re.IGNORECASE,
)
"""What a picture shows, in a sentence, and who made it."""

WORK_DATA = re.compile(
    r"(?:pages|page count|isbn(?:-1[03])?|asin|genre|rating|format|binding|edition|series|director|starring|cast|"
    r"(?:run|running) ?time|artist|label|tracks?|developer|platforms?|players|age range)\s?: ?\S",
    re.IGNORECASE,
)
"""What a review says of the book, the film, the record or the game it is about, line by line."""

LABEL = re.compile(
    r"(?:born|died|nationality|occupation|spouse(?:\(s\)|s)?|alma mater|known for|buried|resting place|years active|"
    r"origin|genres?|instruments?|associated acts|starring|release(?:d| dates?)|running time|"
    r"(?:directed|produced|written|music|edited|screenplay|licensed|published|designed|composed) by|"
    r"original (?:run|language|title|network)|founded|founders?|headquarters|key people|population|elevation|"
    r"area code|coordinates|inflows?|outflows?|(?:max(?:imum|\.)?|average) depth|kingdom|phylum|genus|"
    r"species|salary|start date):?",
    re.IGNORECASE,
)
"""What an encyclopedia says beside the text of a person, a work, a place or a creature, and a notice of a post."""

MARKED_UP = re.compile(r"#{1,6} [^\s#][^#]*(?: #+)?|={1,6} [^\s=].*|={2,6}[^\s=].*[^\s=]={2,6}|\[\[[\w-]+\]\]")
"""A heading of Markdown, of AsciiDoc or of a wiki, and the anchor above it."""

PERMALINK = "¶"
"""What documentation puts behind a heading, for linking to it."""


def is_work_data(text: str) -> bool:
    """Whether a line is one of the data of a work that a text is about."""
    return ":" in text and WORK_DATA.match(text) is not None


def is_label(text: str) -> bool:
    """Whether a line is nothing but the label of such a datum; its value stands below."""
    return LABEL.fullmatch(text) is not None


def is_farewell(text: str) -> bool:
    """Whether a line closes a letter."""
    return FAREWELL.fullmatch(text) is not None


def is_marked_up(text: str) -> bool:
    """Whether a line bears the signs that make it a heading: then it is its author's, whatever its words."""
    return text[0] in "#=[" and MARKED_UP.fullmatch(text) is not None


def is_heading(text: str) -> bool:
    """Whether a line shows by its own signs that it is a heading."""
    return text[-1] == PERMALINK or is_marked_up(text)


def written_as(text: str, size: int, ends: str) -> str:
    """What an author's line is, as a note for its verdict; "" if nothing says that it is one."""
    if ends in SPOKEN_ENDS and text[0] in OPENERS:
        return SPEECH
    if is_heading(text):
        return HEADING
    if text[-1] == "," and size <= LONGEST and (LETTER.fullmatch(text) or _is_half_a_sentence(text, size)):
        return GOES_ON
    if size >= REFERENCE_WORDS and REFERENCE_SIGN.search(text) and REFERENCE_SHAPE.search(text):
        return REFERENCE
    if ":" in text and CAPTION_SHAPE.match(text):
        return CAPTION
    return ""


def _is_half_a_sentence(text: str, size: int) -> bool:
    """Whether most of some words begin with a small letter, as those of no label and no address do."""
    return size >= VERSE_WORDS and 2 * sum(word[0].islower() for word in text.split()) > size
