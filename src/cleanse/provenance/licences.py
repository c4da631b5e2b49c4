"""Licences as SPDX identifiers, from explicit statements and Creative Commons URLs only.

Nothing is inferred: a Creative Commons licence whose kind or version is not stated becomes a `LicenseRef-`, which
SPDX keeps for texts that are not on its list, and so does "All rights reserved".
"""

from types import MappingProxyType

import regex

from cleanse.kept import compiled
from cleanse.provenance.reading import Reading

_URL = compiled(
    r"creativecommons\.org/(?:licenses/(?P<kind>by(?:-nc)?(?:-sa|-nd)?)/(?P<version>\d\.\d)"
    r"(?:/(?P<country>[a-z]{2,3})(?![\w-]))?"
    r"|publicdomain/(?P<public>zero|mark)/1\.0)",
    regex.IGNORECASE,
)
_SHORT = compiled(
    r"(?:\bCC[ -]|Creative[\s-]+Commons\b[^.\n]{0,30}?\b(?=(?-i:BY\b)))"
    r"(?P<kind>BY(?:[ -]NC)?(?:[ -](?:SA|ND))?)(?:[ -]v?(?P<version>\d\.\d))?(?![\w.]*\d)",
    regex.IGNORECASE,
)
_APART = r"[\s«»“”\"()/,–—-]*"
# What the parts of a licence are called in its translations.
_BY = (
    "Attribution|Namensnennung|Reconocimiento|Atribución|Atribuição|Attribuzione|Naamsvermelding|Erkännande|Navngivelse"
    "|Uznanie autorstwa|С указанием авторства|表示|署名"
)
_NC = (
    r"Non[ -]?Commercial|Nicht[ -]?kommerziell|Keine kommerzielle Nutzung|Pas d[’']Utilisation Commerciale"
    r"|No[ -]?Comercial|Não[ -]?Comercial|Uso não[ -]comercial|Non commerciale|Niet[ -]?commercieel"
    r"|I[ck]ke[ -]?kommersiell|Użycie niekomercyjne|Некоммерческ\p{L}+(?: использование)?|非営利|非商[业業]性(?:使用)?"
)
_SA = (
    "Share[ -]?Alike|Weitergabe unter gleichen Bedingungen|Partage (?:dans les|des|à l)|Compartir ?Igual"
    "|Compartilha ?Igual|Condividi allo stesso modo|Gelijk ?delen|Dela ?lika|Del på samme vilkår"
    "|Na tych samych warunkach|С сохранением условий|継承|相同方式(?:共享|分享)"
)
_ND = (
    r"No[ -]?Deriv(?:ative|ate)?s?(?:\s+Works?)?|Keine Bearbeitung(?:en)?|Pas de Modifications?|Sin ?Obras? ?Derivadas?"
    r"|Sem ?Derivações|Non opere derivate|Geen ?Afgeleide ?Werken|Inga ?bearbetningar|Bez utworów zależnych|改変禁止"
    r"|禁止(?:演绎|改作)"
)
_LONG = compiled(
    rf"Creative[\s-]+Commons\b:?(?:[\s-]+(?:Licen[cs]e|Lizenz))?{_APART}(?P<by>{_BY})(?:{_APART}(?P<nc>{_NC}))?"
    rf"(?:{_APART}(?:(?P<sa>{_SA})|(?P<nd>{_ND})))?"
    r"(?:[^.\n]{0,40}?(?P<version>\d\.\d)(?:\s+(?P<place>UK|U\.?S|IGO|Germany|Deutschland|France|Austria|Österreich"
    r"|Netherlands|Nederland|United States|Australia|Japan)\b)?)?",
    regex.IGNORECASE,
)
_COUNTRIES = MappingProxyType(
    {
        "uk": "uk",
        "us": "us",
        "u.s": "us",
        "united states": "us",
        "igo": "igo",
        "germany": "de",
        "deutschland": "de",
        "france": "fr",
        "austria": "at",
        "österreich": "at",
        "netherlands": "nl",
        "nederland": "nl",
        "australia": "au",
        "japan": "jp",
    }
)
_ZERO = compiled(
    r"\bCC(?:0|[ -]Zero)\b|Creative\s+Commons\s+Zero|possible under law,? [^\n]{0,120} waived all copyright",
    regex.IGNORECASE,
)
# Countries whose ported Creative Commons licences SPDX lists (licence list 3.25).
_PORTED = frozenset(
    "BY-2.5-AU BY-3.0-AT BY-3.0-AU BY-3.0-DE BY-3.0-IGO BY-3.0-NL BY-3.0-US BY-NC-3.0-DE BY-NC-ND-3.0-DE "
    "BY-NC-ND-3.0-IGO BY-NC-SA-2.0-DE BY-NC-SA-2.0-FR BY-NC-SA-2.0-UK BY-NC-SA-3.0-DE BY-NC-SA-3.0-IGO BY-ND-3.0-DE "
    "BY-SA-2.0-UK BY-SA-2.1-JP BY-SA-3.0-AT BY-SA-3.0-DE BY-SA-3.0-IGO".split()
)
_VERSIONS = frozenset({"1.0", "2.0", "2.5", "3.0", "4.0"})
_NAMED = (
    (
        compiled(
            r"Open\s+Government\s+Licen[cs]e[^.\n]{0,20}?v?(?:ersion\s+)?(?P<version>[123])(?:\.0)?\b", regex.IGNORECASE
        ),
        "OGL-UK-{}.0",
    ),
    (compiled(r"Apache\s+Licen[cs]e,?\s+(?:Version\s+)?(?P<version>2)\.0", regex.IGNORECASE), "Apache-2.0"),
    (compiled(r"\bMIT\s+Licen[cs]e", regex.IGNORECASE), "MIT"),
    (compiled(r"Creative[\s-]+Commons", regex.IGNORECASE), "LicenseRef-Creative-Commons"),
    (compiled(r"public\s+domain", regex.IGNORECASE), "LicenseRef-Public-Domain"),
    (compiled(r"all\s+rights\s+(?:are\s+)?reserved", regex.IGNORECASE), "LicenseRef-All-Rights-Reserved"),
)  # fmt: skip
_PUBLIC = MappingProxyType({"zero": "CC0-1.0", "mark": "CC-PDM-1.0"})
_SPDX = compiled(r"LicenseRef-[A-Za-z0-9.-]+|NOASSERTION|[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def read_license(text: str) -> list[Reading]:
    """The licence that a statement names, or nothing."""
    stripped = text.strip()
    found = spdx_of(stripped)
    start = text.index(stripped)
    return [Reading(found, start, start + len(stripped))] if found else []


def spdx_of(statement: str) -> str | None:
    """The SPDX identifier, or `LicenseRef-…`, of the licence that a statement names."""
    if url := _URL.search(statement):
        return (
            _PUBLIC[url["public"].lower()] if url["public"] else _creative(url["kind"], url["version"], url["country"])
        )
    if _ZERO.search(statement):
        return "CC0-1.0"
    if short := _SHORT.search(statement):
        return _creative(short["kind"], short["version"])
    if long := _LONG.search(statement):
        kind = "BY" + "-NC" * bool(long["nc"]) + ("-SA" if long["sa"] else "-ND" if long["nd"] else "")
        return _creative(kind, long["version"], _COUNTRIES.get((long["place"] or "").lower()))
    for pattern, name in _NAMED:
        if match := pattern.search(statement):
            return name.format(match["version"]) if "{}" in name else name
    return None


def is_spdx(identifier: str) -> bool:
    """Whether a text has the form of an SPDX expression without brackets; whether SPDX lists it is not known here."""
    return _SPDX.fullmatch(identifier) is not None


def _creative(kind: str, version: str | None, country: str | None = None) -> str:
    kind = kind.upper().replace(" ", "-")
    if country and version:
        name = f"{kind}-{version}-{country.upper()}"
        return f"CC-{name}" if name in _PORTED else f"LicenseRef-CC-{name}"
    return f"CC-{kind}-{version}" if version in _VERSIONS else f"LicenseRef-CC-{kind}"
