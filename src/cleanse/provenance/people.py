"""Names in bylines and credits, with the places people reported from.

Names are kept as written: given and family names are not told apart, since their order differs by language. A
place belongs to the name it follows; `reported from` gives it to every name of its clause.
"""

import regex

from cleanse.provenance.reading import Reading

_WORD = (
    r"(?:\p{Lu}[\p{L}\p{M}]*(?:[’'\-‑]\p{L}[\p{L}\p{M}]*)*\.?|d[’']\p{Lu}\p{Ll}+|"
    r"(?:de|del|della|der|den|di|da|dos|du|van|von|bin|ibn|al|el|la|le|ten|ter|zu)(?=\s))"
)
_NAME = regex.compile(rf"(?P<name>\p{{Lu}}[\p{{L}}\p{{M}}’'.\-‑]*(?:[ \t]+{_WORD}){{0,4}})")
_PLACE = regex.compile(
    r"\s+(?P<link>(?:(?:reported|reporting|writing|wrote)\s+)?from|in|at)\s+"
    r"(?P<place>\p{Lu}[\p{L}\p{M}.’'\-]*(?:\s\p{Lu}[\p{L}\p{M}.’'\-]*)*"
    r"(?:,\s\p{Lu}[\p{L}\p{M}.’'\-]*(?:\s\p{Lu}[\p{L}\p{M}.’'\-]*)*(?!\s+(?:in|from|and)\s))?)"
)
_JOIN = regex.compile(r"\s*(?:[,;]\s*(?:and\s+|&\s*)?|\s(?:and|&)\s)\s*", regex.IGNORECASE)
# Words that open no person's name, though a headline may write them large behind `By`.
_NOT_NAMES = frozenset(
    "the a an this that these those it he she they we i by for from in on at and or but with as after before "
    "our their his her its my your monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december early late mid "
    "design popular any accident chance nature law default all means land sea air numbers way hand far night day "
    "invitation order request appointment then now degrees extension contrast comparison definition force heart "
    "sight proxy train car bus bike boat foot".split()
)
_ORGANISATION = regex.compile(
    r"\b(?:Associated Press|Reuters|Agence France[- ]Presse|AFP|Bloomberg|Press Association|Staff|Editors?|"
    r"Editorial Board|News(?: Service| Desk| Agency| Staff)?|Team|Desk|Bureau|Newsroom|Correspondents?|Writers?|"
    r"Reporters?|Wire(?: Services?)?|Media|Magazine|Times|Post|Tribune|Journal|Inc|Ltd|LLC)\b"
)


def read_people(text: str) -> list[Reading]:
    """All people of a list such as `A in X and B in Y`, or nothing when any part of it is no name.

    Attributes: `kind` (`person` or `org`), `location` where one is stated, `partial` = `yes` for a single-word
    name of a person.
    """
    readings: list[Reading] = []
    clause: list[int] = []
    at = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    while at < end:
        name = _NAME.match(text, at, end)
        if not name:
            return []
        attributes = _kind(name["name"])
        if attributes["kind"] == "person" and name["name"].split()[0].lower() in _NOT_NAMES:
            return []
        at = name.end()
        clause.append(len(readings))
        if place := _PLACE.match(text, at, end):
            at = place.end()
            attributes["location"] = place["place"]
            if "from" in place["link"]:
                for index in clause[:-1]:
                    readings[index] = _located(readings[index], place["place"])
            clause = []
        readings.append(Reading(name["name"], name.start(), name.end(), attributes))
        if at < end:
            join = _JOIN.match(text, at, end)
            if not join or join.end() == at:
                return []
            at = join.end()
    return readings


def _kind(name: str) -> dict[str, str]:
    if _ORGANISATION.search(name):
        return {"kind": "org"}
    return {"kind": "person", "partial": "yes"} if " " not in name.strip() else {"kind": "person"}


def _located(reading: Reading, place: str) -> Reading:
    if "location" in reading.attributes:
        return reading
    return Reading(reading.value, reading.start, reading.end, {**reading.attributes, "location": place})
