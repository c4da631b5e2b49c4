"""Which source a document is of: the site, folder or feed whose furniture its neighbours share."""

from urllib.parse import urlsplit

from cleanse.model import Document

FOLDER = "folder"
"""The way that asks for the first folder of the file a document came from; all other ways name a column."""


def source_of(document: Document, by: str) -> str:
    """The document's source: its first folder, or what a column says, of an address the host; "" where unknown."""
    if by == FOLDER:
        first, below, _ = document.source.partition("/")
        return first if below else ""
    value = document.meta.get(by)
    return host(value) if isinstance(value, str) else ""


def host(value: str) -> str:
    """The host of an address, without `www.`; any other text as it is."""
    if "://" not in value:
        return value.strip()
    try:
        found = urlsplit(value).hostname or ""
    except ValueError:
        return ""
    return found.removeprefix("www.")
