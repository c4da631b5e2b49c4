"""Texts of one shape at any size: whatever is quadratic shows here."""

from collections.abc import Mapping
from types import MappingProxyType

PROSE = "The pact was signed on Monday after three years of talks, officials of both sides said in Geneva. "
SHAPES: Mapping[str, str] = MappingProxyType({
    "prose": PROSE * 4 + "\n\n",
    "one endless line": PROSE,
    "one endless word": "a",
    "only newlines": "\n",
    "only spaces": " ",
    "wrapped lines": "The pact was signed on Monday after three years of talks, and then\n",
    "curly quotes": "“It’s over,” he said — “it’s done.” ",
    "straight quotes": '"It\'s over," he said, "it\'s done." ',
    "mojibake": "It â€™s over â€œdoneâ€\x9d cafÃ© ",
    "mojibake lines": "It â€™s over â€œdoneâ€\x9d cafÃ©\n",
    "combining marks": "e\u0301a\u0308o\u0302 ",
    "hashtags": "#news #today #world ",
    "hashtag lines": "#news #today #world\n",
    "menu lines": "Home\nAbout us\nSign in\nShare this article\n",
    "entities": "Fish &amp; chips &#8211; &nbsp;now ",
    "no-break spaces": "a\xa0b  c\u2003d ",
    "glued words": "warChinese ended.The thatgroup ",
    "hyphens": "inter-\nnational co- operation ",
    "numbers": "12,345.67 (89%) 2022-09-13 7:42 ",
    "Cyrillic": "Договор был подписан в понедельник после трёх лет переговоров. ",
    "Chinese": "协议于周一签署，双方官员在日内瓦表示。",
    "brackets": "([{<",
    "URLs": "https://example.org/a/b?c=d&e=f ",
    "spun words": "The firm mentioned that the metropolis utilized greater than 40 automobiles. ",
})  # fmt: skip


def text(shape: str, size: int) -> str:
    """So many code points of a shape."""
    unit = SHAPES[shape]
    return (unit * (size // len(unit) + 1))[:size]
