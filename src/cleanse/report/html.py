"""Small pieces of HTML, and the only door for text of documents and tables into the page.

Text goes into elements only, never into attributes, scripts, styles or links. The page carries one style and one
script, both named by their hash in the content security policy, so that nothing else could run even if it got in.
"""

import base64
import hashlib
import pkgutil
from html import escape

from cleanse.visible import visible, visible_lines

LONGEST = 2_000
"""Characters of one passage that the page shows."""


def shown(text: str) -> str:
    """Text, made visible, escaped, and of bearable length: a longer one is cut in the middle, with a count."""
    if len(text) > LONGEST:
        half = LONGEST // 2
        return f"{shown(text[:half])}<small> … {len(text) - 2 * half:,} characters … </small>{shown(text[-half:])}"
    return escape(visible(text), quote=True)


def isolated(text: str) -> str:
    """Text whose writing direction stays its own."""
    return f"<bdi>{shown(text)}</bdi>"


def lines(text: str) -> str:
    """Text that keeps its lines: for passages shown as they stood."""
    if len(text) > LONGEST:
        return shown(text)
    return escape(visible_lines(text), quote=True)


def asset(name: str, package: str = "cleanse.report") -> str:
    """A style, script or template that stands in a package, as its data."""
    data = pkgutil.get_data(package, name)
    if data is None:
        raise FileNotFoundError(name)
    return data.decode("utf-8")


def hash_source(text: str) -> str:
    """How a content security policy names an inline style or script."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
