"""schema.org/NewsArticle as JSON-LD: one object a line, with a context that needs no network.

The context names the vocabulary instead of pointing to schema.org's file, so any JSON-LD processor expands it
offline. What the record does not know is left out: schema.org has no null.
"""

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from cleanse.io.store import Run
from cleanse.ledger_io import encode

_CONTEXT = "https://schema.org/"
_LICENSES = "https://spdx.org/licenses/"


def write(run: Run, sink: BinaryIO) -> None:
    """Every document's article."""
    sink.writelines((encode(article(cleaned.record)) + "\n").encode("utf-8") for cleaned in run.documents())


def article(record: Mapping[str, Any]) -> dict[str, Any]:
    """The NewsArticle of one record."""
    full = {
        "@context": {"@vocab": _CONTEXT},
        "@type": "NewsArticle",
        "@id": f"urn:sha256:{record['raw_sha256']}",
        "identifier": [record["id"], record["source_id"]],
        "headline": record["title"],
        "alternativeHeadline": record["subtitle"],
        "author": [_person(person) for person in record["authors"]],
        "contributor": [_person(person) for person in record["contributors"]],
        "dateline": record["dateline"] and record["dateline"]["raw"],
        "locationCreated": [_place(place) for place in (record["dateline"] or {"places": []})["places"]],
        "datePublished": record["date_published"],
        "dateModified": record["date_modified"],
        "url": record["url"],
        "publisher": _organisation(record["publisher"]),
        "provider": _organisation(record["republisher"]),
        "copyrightHolder": _named("Organization", record["copyright_holder"]),
        "copyrightYear": record["copyright_year"],
        "copyrightNotice": record["copyright_notice"],
        "creditText": "; ".join(record["image_credits"]) or None,
        "license": _license(record["license"]),
        "usageInfo": _text(record["usage_terms"]),
        "inLanguage": record["language"],
        "articleBody": record["text"],
        "isPartOf": _named("Dataset", record["collection"]),
    }
    return {key: value for key, value in full.items() if value not in (None, [], "")}


def _person(person: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Person" if person["kind"] == "person" else "Organization",
        "name": person["name"],
        "jobTitle": person["role"] if person["kind"] == "person" else None,
        "location": person["location"] and _place(person["location"]),
    }
    if person["kind"] == "person" and found["location"]:
        found["workLocation"] = found.pop("location")
    return {key: value for key, value in found.items() if value}


def _organisation(organisation: Mapping[str, Any] | None) -> dict[str, str] | None:
    if organisation is None:
        return None
    domain = organisation["domain"]
    return {"@type": "Organization", "name": organisation["name"], **({"url": f"https://{domain}/"} if domain else {})}


def _place(name: str) -> dict[str, str]:
    return {"@type": "Place", "name": name}


def _named(kind: str, name: str | None) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _text(text: str | None) -> dict[str, str] | None:
    return {"@type": "CreativeWork", "text": text} if text else None


def _license(identifier: str | None) -> str | None:
    """The SPDX page of a listed licence; other identifiers as they are; no assertion is no licence."""
    if identifier is None or identifier == "NOASSERTION":
        return None
    plain = not identifier.startswith("LicenseRef-") and " " not in identifier
    return f"{_LICENSES}{identifier}.html" if plain else identifier


def properties(article_: Mapping[str, Any]) -> Iterator[str]:
    """Every type and property an article uses, for those who check it against the vocabulary."""
    for key, value in article_.items():
        if key == "@type":
            yield str(value)
        elif not key.startswith("@"):
            yield key
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and key != "@context":
                yield from properties(item)
