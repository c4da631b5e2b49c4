"""HTML pages: their main text, by trafilatura. What a page says besides is no raw text; who read it is recorded.

The extracted text is the document's raw text, to which the ledger goes back; the record's metadata names the
extractor with its version and the digest of the page. Needs the extra `html`.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from cleanse.errors import ReadError, UsageError


def extracted(page: bytes, place: str) -> tuple[str, Mapping[str, object]]:
    """The text of a page, and what the record says of its extraction.

    Raises ReadError for a page without text, UsageError where trafilatura is not installed.
    """
    trafilatura = _trafilatura()
    text = trafilatura.extract(page, include_comments=False, include_tables=True, output_format="txt")
    if not text:
        raise ReadError(f"{place}: no text was found in the page", "no-text")
    how = {
        "extractor": f"trafilatura {trafilatura.__version__}",
        "html_sha256": hashlib.sha256(page).hexdigest(),
    }
    return text.encode("utf-8", "replace").decode("utf-8") + "\n", how


def _trafilatura() -> Any:
    try:
        import trafilatura  # noqa: PLC0415 - optional, and slow to load
    except ImportError as error:
        raise UsageError("HTML needs trafilatura: pip install 'cleanse[html]'") from error
    return trafilatura
