"""Text that is right is not touched: no edit at all on clean documents in canonical form."""

import pytest
from hypothesis import given, settings

from helpers import BODY, clean, rules_used
from strategies import documents

PLAIN = (
    "The ferry left Northey at ten past six, as it has done every morning since the pier was mended, and nobody on "
    "board looked up when the lighthouse went by.\n\n"
    "On the other side of the sound two men were painting a boat. They had begun in March with the keel, and by June "
    "they had reached the rail; a third man, who owned the boat, brought them coffee.\n\n"
)


def within(block: str) -> str:
    """A block between paragraphs."""
    return f"{PLAIN}{block}\n\n{PLAIN}They left.\n"


CASES = {
    "headline and prose": f"A boat painted twice\n\n{PLAIN}It rained.\n",
    "headline, standfirst, sub-heads": (
        "A boat painted twice\n\nHow two men and a third one spent a summer on the sound\n\n"
        f"{PLAIN}The keel\n\n{PLAIN}What came after\n\n{PLAIN}"
    ).rstrip("\n") + "\n",
    "curly dialogue": (
        f"{PLAIN}“Are you coming?” she asked.\n\n“No,” he said. “I told her ‘never’, and I meant it.”\n\n"
        "“Then I’ll go alone,” she said, “as I did in ’98.”\n\nHe didn’t answer.\n"
    ),
    "straight dialogue": (
        f'{PLAIN}"Are you coming?" she asked.\n\n"No," he said. "I told her \'never\', and I meant it."\n\n'
        'The board was 12" wide and 6\' long.\n'
    ),
    "single-quoted dialogue": (
        f"{PLAIN}‘Are you coming?’ she asked.\n\n‘No,’ he "
        f"said. ‘I said “never”, and that’s that.’\n"
    ),
    "a quotation over two paragraphs": (
        f"{PLAIN}“The first thing I saw was the water,” he wrote. “It was grey.\n\n“Then I saw the boat, and it was "
        "grey as well.”\n\nShe put the letter away.\n"
    ),
    "a list": within("They had brought three things:\n\n- a pot of paint;\n- two brushes, one of them new;\n- coffee."),
    "a numbered list": within("1. Scrape the hull.\n2. Wash it, and wait.\n3. Paint it twice."),
    "a nested list": within("* paint\n  * white\n  * red\n* brushes"),
    "verse": (
        f"{PLAIN}The gulls are gone,\nThe nets are dry,\nAnd no one asks\nThe harbour why.\n\n"
        "The lamps are lit,\nThe tide is in,\nAnd those who wait\nBegin, begin.\n"
    ),
    "indented verse": within("  The gulls are gone,\n    the nets are dry,\n  and no one asks\n    the harbour why."),
    "a table": within("Town      Boats   Trains\nNorthey      12       30\nSoutham       7       41"),
    "a table with bars": within("| town | boats |\n| --- | --- |\n| Northey | 12 |"),
    "tabs": within("town\tboats\ttrains\nNorthey\t12\t30"),
    "code": within("def total(prices):\n    tax = 0.2\n    return sum(prices) * (1 + tax)"),
    "code in braces": within("for (int i = 0; i < n; i++) {\n    sum += boats[i];\n}"),
    "code with camel case": within("let userName = form.userName;\nlet startDate = form.start;"),
    "a caption": within("The keel of the boat, seen from the north pier"),
    "foreign sentence in the body": (
        f"{PLAIN}“Das Boot ist noch nicht fertig,” sagte der Mann, und ging nach Hause, ohne sich umzusehen.\n\n"
        f"Le bateau n’est pas encore fini, et personne ne sait quand il le sera.\n\n{PLAIN}They left.\n"
    ),
    "foreign script in the body": within("Лодка ещё не готова.\n\n船还没有准备好。"),
    "French": (
        "Le bateau n’est pas encore fini, et personne ne sait quand il "
        "le sera : les deux hommes ont commencé en mars.\n\n"
        "« Nous verrons bien\u202f», dit le troisième, qui en est le "
        "propriétaire depuis vingt ans et n’a jamais navigué.\n"
    ),
    "German": (
        "Das Boot ist noch nicht fertig, und niemand weiß, wann es "
        "fertig sein wird: Die beiden haben im März begonnen.\n\n"
        "„Wir werden sehen“, sagte der dritte, dem das Boot seit zwanzig Jahren gehört und der nie gefahren ist.\n"
    ),
    "Russian": (
        "Лодка ещё не готова, и никто не знает, когда она будет готова: двое мужчин начали работу в марте.\n\n"
        "«Посмотрим», — сказал третий, которому лодка принадлежит уже двадцать лет и который никогда не плавал.\n"
    ),
    "Chinese": (
        "船还没有准备好，没有人知道什么时候会好。两个男人从三月开始工作。\n"
        "\n“再看看吧，”第三个人说，他拥有这条船已经二十年了。\n"
    ),
    "Arabic": (
        "القارب ليس جاهزا بعد، ولا أحد يعرف متى سيكون جاهزا. بدأ "
        "الرجلان العمل في شهر مارس.\n\n«سنرى»، قال الثالث.\n"
    ),
    "Persian with joiners": (
        "قایق هنوز آماده نیست و هیچ‌کس نمی‌داند کی آماده "
        "می‌شود. دو مرد کار را در ماه مارس آغاز کردند.\n"
    ),
    "names": (
        f"{PLAIN}Zoë O’Brien-Núñez, Łukasz Żak, LeBron James, Ian McKellen and Mayor de Blasio met the CEO of eBay "
        f"and a man from PayPal who had an iPhone.\n\n{PLAIN}They left.\n"
    ),
    "numbers and abbreviations": (
        f"{PLAIN}At 7:42 a.m. ET the U.S.-led group paid $1.5bn (£1.2bn, €1.4bn), i.e. 2.9% more than on Nov. 6, 2012, "
        f"for a 3.5-inch, 20°C, H₂O-cooled x² device; see §4.2.\n\n{PLAIN}They left.\n"
    ),
    "addresses": within("Read it at example.com/News.Latest.html?a=1&b=2 or write to Ann.Porter@example.org."),
    "dashes and dots": within(
        "He paused... then – or so she says — he went on. "
        "Wait… what? No!? It is a mother-in-law’s plan."
    ),
    "hashes and ranks": within(
        "They finished #2 at home and #5 overall; her C# "
        "and F# were flat, and #boats was her only tag."
    ),
    "commands": within("git commit --amend --no-edit -- path/to/file"),
    "about encodings": within("In UTF-8 read as Latin-1 one sees â€™ for an apostrophe, and &amp;eacute; in HTML."),
    "emoji": within("“Look! 🚢👩‍👩‍👧🇵🇹”, she wrote, and he wrote back: 👍🏽"),
    "a letter": f"Dear Ann,\n\n{PLAIN}Yours ever,\n\nBo\n",
    "an interview": f"{PLAIN}Q: When did you begin?\n\nA: In March, with the keel.\n\nQ: And now?\n\nA: We wait.\n",
    "a play": (
        "ANN: Are you coming?\n\nBO: No. I told her so, and I told you so, "
        "and that is all I shall say.\n\n[He goes.]\n\nANN: Well.\n"
    ),
    "footnotes": (
        f"{PLAIN}The pier[1] was mended twice.[2]\n\n{PLAIN}[1] "
        f"It is made of oak.\n\n[2] In 1998 and in 2004.\n"
    ),
    "formulas": within("If a < b and b > c, then {a, b} and {c} differ; f(x) = x² + 1, and |x| ≤ 3."),
    "markdown": f"# A boat painted twice\n\n{PLAIN}## The keel\n\n{PLAIN}> It rained.\n\n{PLAIN}They left.\n",
    "short": "It rained.\n",
    "one headline": "Harbour towns agree on a common timetable\n",
    "one word": "Boats\n",
    "short last paragraphs": f"{PLAIN}They left.\n\nFor good.\n\nFin.\n",
    "a heading of one word": within("Search"),
    "a gift in the lead": f"She asked them to make a donation to the museum, and they did.\n\n{PLAIN}They left.\n",
    "a chapter": f"CHAPTER ONE — The Boy\n\n{PLAIN}They left.\n",
    "by-title": f"By Design\n\n{PLAIN}They left.\n",
    "Swedish": (
        "Båten är inte klar, ”men den blir det”, sa mannen, ”om "
        "det slutar regna”, och gick hem till de andra.\n"
    ),
    "brand names": within("She flew with easyJet, kept her files in ownCloud and sold her boat on eBay."),
    "a screenplay of sounds": within("Hmm. Shh! Psst… Brrr. Nooooo! Aaaargh!"),
    "dialect": within("“I ain’t goin’ nowhere, y’all,” he said. “’Tis th’ wind, d’ye hear?”"),
    "a recipe": f"Fish soup\n\n{PLAIN}2 cups of water\n1/2 onion\n3 tbsp. oil\n\nBoil for 10 min. at 90 °C.\n",
    "a year as a heading": f"1998\n\n{PLAIN}2004\n\n{PLAIN}They left.\n",
    "all capitals": f"A BOAT PAINTED TWICE\n\n{PLAIN}THEY LEFT.\n",
    "an ending with a source": f"{PLAIN}Source: the harbour master, who would know.\n",
    "closing on copyright": f"{PLAIN}Copyright is a right that nobody on the pier had ever heard of.\n",
    "quotation of a spammer": within("Subscribe to our newsletter, said the sign, and nobody did."),
    "epigraph in Latin": f"Navigare necesse est, vivere non est necesse.\n\n{PLAIN}They left.\n",
    "closing Latin": f"{PLAIN}Navigare necesse est.\n",
    "unspaced quotes": within("He said:“No”and left, and then“Yes”."),
    "aligned code": within("int    boats  = 10;\nint    towns  = 3;"),
    "a method in prose": within("Call string.Format or list.Add to build the line."),
    "a tercet": within(
        "the river carries all our lanterns down,\npast every window of the sleeping town,\n"
        "and no one wakes to watch the water burn."
    ),
    "a list of buttons": within("The door has four buttons:\n\n- Search\n- Print\n- Close\n- Menu"),
    "the usual paragraphs": BODY,
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_clean_text_is_left_alone(name: str) -> None:
    result = clean(CASES[name])
    assert result.ledger.faults == ()
    assert rules_used(result) == []
    assert result.text == CASES[name]


@given(documents(noisy=False))
@settings(max_examples=60)
def test_clean_articles_are_left_alone(text: str) -> None:
    assert rules_used(clean(text)) == []
