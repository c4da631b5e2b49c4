"""URLs in a canonical form that still leads to the same page.

Scheme and host in lower case, default ports, credentials, fragments of trackers and dot segments gone; a path's
slashes and the order of a query stay. A URL broken by a space is joined only where a break is plausible.
"""

from types import MappingProxyType
from urllib.parse import SplitResult, urlsplit, urlunsplit

import regex

from cleanse.kept import compiled
from cleanse.provenance.reading import Reading

# Query parameters that only say where a reader came from.
_TRACKERS = compiled(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_ga|ref_src)", regex.IGNORECASE)
_BREAK = compiled(r"(?<=[-/_.=&?])\s+(?=[\w%-])")
_PORTS = MappingProxyType({"http": 80, "https": 443})


def read_url(text: str) -> list[Reading]:
    """The canonical form of the one URL that `text` is; attribute `joined` = `yes` when a space was taken out."""
    stripped = text.strip()
    joined = _BREAK.sub("", stripped)
    if regex.search(r"\s", joined):
        return []
    canonical = canonical_url(joined.rstrip(".,;"))
    if canonical is None:
        return []
    attributes = {"raw": stripped} | ({"joined": "yes"} if joined != stripped else {})
    start = text.index(stripped)
    return [Reading(canonical, start, start + len(stripped), attributes)]


def canonical_url(url: str) -> str | None:
    """The normal form of an http(s) URL, or None for anything else."""
    if regex.match(r"www\.", url):
        url = f"http://{url}"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or not regex.fullmatch(r"[\w.\-]+\.[\w\-]{2,}", host):
        return None
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = _without_dots(parts.path) or "/"
    return urlunsplit(SplitResult(scheme, netloc, path, _without_trackers(parts.query), parts.fragment))


def domain(url: str) -> str:
    """The host without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _without_dots(path: str) -> str:
    """RFC 3986 section 5.2.4, leaving empty segments alone: archives keep whole URLs in their paths."""
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _without_trackers(query: str) -> str:
    return "&".join(p for p in query.split("&") if p and not _TRACKERS.fullmatch(p.partition("=")[0]))
