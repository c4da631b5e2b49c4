"""A corpus of real text: a folder of the user's, or what Python packages bring along as documentation.

Long texts are cut between paragraphs into documents of 2 to 20 KB. To every second one a defect is added that real
pages have (a menu, mojibake, curly quotes, hashtags, no-break spaces), so that a bench does not only measure clean
text; everything is drawn with a fixed seed.
"""

import random
import site
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".txt", ".rst", ".md", "METADATA")
SMALLEST, LARGEST = 2_000, 20_000
MENU = ("Home", "About us", "Contact", "Subscribe to our newsletter", "Sign in", "Search", "Share this article")


def build(where: Path | None, megabytes: float) -> list[str]:
    """Documents of about so many megabytes (10^6 bytes of UTF-8) in all."""
    draw = random.Random(7)
    found = sorted({path for root in ([where] if where else installed()) for path in files(root)})
    draw.shuffle(found)
    documents: list[str] = []
    room = megabytes * 1e6
    for path in found:
        for text in pieces(path.read_bytes().decode("utf-8", "ignore"), draw):
            document = spoiled(text, draw) if len(documents) % 2 else text
            documents.append(document)
            room -= len(document.encode("utf-8"))
            if room <= 0:
                return documents
    return documents


def installed() -> list[Path]:
    """Where this Python keeps packages, its own library and its documentation."""
    folders = [*site.getsitepackages(), sysconfig.get_path("stdlib"), f"{sys.base_prefix}/share/doc"]
    return [Path(folder) for folder in folders if Path(folder).is_dir()]


def files(root: Path) -> Iterator[Path]:
    """The text files below a folder."""
    for path in root.rglob("*"):
        if path.name.endswith(SUFFIXES) and path.is_file() and path.stat().st_size > SMALLEST:
            yield path


def pieces(text: str, draw: random.Random) -> Iterator[str]:
    """The text, cut between paragraphs; what is left in the end is dropped when it is small."""
    piece, size, wanted = [], 0, draw.randint(SMALLEST, LARGEST)
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        piece.append(paragraph)
        size += len(paragraph)
        if size >= wanted:
            yield "\n\n".join(piece)[: 2 * LARGEST]
            piece, size, wanted = [], 0, draw.randint(SMALLEST, LARGEST)
    if size >= SMALLEST:
        yield "\n\n".join(piece)[: 2 * LARGEST]


def spoiled(text: str, draw: random.Random) -> str:
    """The text with one kind of noise."""
    lines = text.split("\n")
    match draw.randrange(6):
        case 0:
            return "\n".join([*draw.sample(MENU, 5), "", *lines, "", "All rights reserved"])
        case 1:
            at = draw.randrange(len(lines))
            lines[at] = f"“{lines[at]}” — it’s said".encode().decode("windows-1252", "ignore")
        case 2:
            lines = [f"“{line}”" if line.strip() and draw.random() < 0.2 else line for line in lines]
        case 3:
            return "\n".join([*lines, "", "#news #today #world"])
        case 4:
            lines = [line.replace(" ", "\xa0", 2) if draw.random() < 0.1 else line for line in lines]
        case _:
            lines = [line.replace("&", "&amp;").replace(". ", ".") if draw.random() < 0.1 else line for line in lines]
    return "\n".join(lines)
