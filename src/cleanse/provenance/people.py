"""Names in bylines and credits, with the places people reported from and the roles they are given.

Names are kept as written: given and family names are not told apart, since their order differs by language. Only a
name in capitals throughout, which is a matter of type, is put into upper and lower case. A place belongs to the
name it follows; `reported from` gives it to every name of its clause.
"""

import regex

from cleanse.kept import compiled
from cleanse.provenance.reading import Reading

_PARTICLES = "de|del|della|der|den|di|da|dos|du|van|von|bin|ibn|al|el|la|le|ten|ter|zu"
_WORD = (
    r"(?:(?!(?:AND|IN|FROM|AT|WITH|FOR)\b)\p{Lu}[\p{L}\p{M}]*(?:[’'\-‑]\p{L}[\p{L}\p{M}]*)*(?:\.\p{Lu})*\.?|"
    rf"d[’']\p{{Lu}}\p{{Ll}}+|(?:{_PARTICLES})(?=\s))"
)
_SON = r"(?:,[ \t](?:(?:Jr|Sr)\b\.?|(?:I{2,3}|IV)\b))?"
"""What tells a son from his father; behind a comma it is no second person."""
_NAME = compiled(rf"(?P<name>\p{{Lu}}[\p{{L}}\p{{M}}’'.\-‑]*(?:[ \t]+{_WORD}){{0,4}}{_SON})")
_CAPITAL = r"(?:(?:St|Ft|Mt)\.|\p{Lu}[\p{L}\p{M}’'\-]*)"
# Regions as newsrooms shorten them: only these keep a full stop, any other ends the sentence.
_REGION = (
    rf"(?:(?:\p{{Lu}}\.){{2,3}}|(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Md|Mass|Mich|Minn|Miss|Mo|"
    rf"Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|Ont|Que)\.|{_CAPITAL})"
)
_PLACE = compiled(
    r"\s+(?P<link>(?:(?:reported|reporting|writing|wrote|contributed(?:\s+to\s+this\s+\w+|\s+reporting)?)\s+)?from|in|at)\s+"
    rf"(?P<place>{_CAPITAL}(?:\s{_CAPITAL})*(?:,\s(?!M(?:rs?|s|x)\b){_REGION}(?:\s{_CAPITAL})*(?!\s+(?:in|from|and)\s))?)"
)
_DESK = (
    r"(?:The\s+)?(?:Associated Press|AP|Reuters|Agence France[- ]Presse|AFP|Bloomberg(?: News)?|Press Association|PA|"
    r"United Press International|UPI|Xinhua|TASS|Kyodo(?: News)?|BBC(?: News| Sport)?|CNN|NPR|CBS(?: News)?|"
    r"ABC(?: News)?|NBC(?: News)?|Fox News|Sky News|CBC(?: News)?|Al Jazeera|Deutsche Welle|dpa|ProPublica|"
    r"Politico|POLITICO|Axios|USA TODAY|HuffPost|Forbes)"
)
_JOB = (
    r"(?:[Ww]riters?|[Rr]eporters?|[Cc]orrespondents?|[Ee]ditors?|[Cc]olumnists?|[Cc]ritics?|[Pp]roducers?|"
    r"[Aa]nalysts?|[Cc]ontributors?|[Jj]ournalists?|[Ff]ellow|[Ii]ntern|[Aa]nchor|[Ss]taff|[Pp]rofessor|[Ll]ecturer|"
    r"WRITERS?|REPORTERS?|CORRESPONDENTS?|EDITORS?|COLUMNISTS?)"
)
_LETTERS = (
    r"(?:Ph\.?D|D\.?Phil|M\.?D|D\.?O|R\.?N|R\.?D|N\.?P|J\.?D|Esq|MBA|MPH|CPA|CFA|B\.?Sc|M\.?Sc|BA|MA|LLM|MB ?BS|"
    r"MB ?ChB|[MF]RC(?:P|S|GP|OG|PCH|VS|Psych)|FACP|DDS|DMD|DVM|BVSc|Pharm\.?D|LCSW|[MOC]BE|[QK]C)\b\.?"
)
"""Degrees and honours behind a name."""
_ROLE = compiled(
    r"(?:,[ \t]*|[ \t]*\n\s*|[ \t]+(?=for[ \t]))(?P<role>"
    rf"(?:[\p{{L}}’'&-]+[ \t]){{0,5}}?{_JOB}(?:[ \t]in[ \t][^\n,;]{{2,40}})?"
    r"(?:(?:,[ \t]|[ \t](?:for|at|of)[ \t])[^\n,;]{2,40})?"
    rf"|for[ \t](?:[Tt]he[ \t])?{_CAPITAL}(?:[ \t]{_CAPITAL}){{0,4}}"
    rf"|The[ \t]{_CAPITAL}(?:[ \\t]{_CAPITAL}){{0,3}}"
    rf"|(?:{_CAPITAL}[ \t]){{0,3}}(?:Clerk|Mayor|Treasurer|Registrar|Sheriff|Notary(?:[ \t]Public)?)"
    rf"|{_DESK}(?:,[ \t]{_CAPITAL}(?:[ \t]{_CAPITAL})?)?"
    rf"|{_LETTERS}(?:,[ \t]{_LETTERS})*"
    r")(?=\s*(?:$|\n|[;,]|[ \t]and[ \t]))"
)
_JOIN = compiled(
    r"\s*(?:[,;]\s*(?:and\s+|&\s*)?|\s(?:and|&|und|et|og|och)\s|\s(?:y|e|i|и|та)\s(?=(?-i:\p{Lu})[\p{L}’'-]+\s(?-i:\p{Lu}))"
    rf"|\swith\s(?=(?-i:{_DESK})\b))\s*",
    regex.IGNORECASE,
)
"""What stands between two people. `Ortega y Gasset` is one: there two words must follow.

Not `en`, which is `and` in Dutch and `in` in Spanish.
"""
_HAN_NAME = compiled(r"[\u3400-\u9fff々]{2,5}|[가-힣]{2,4}")
_HAN_NAMES = compiled(r"[\u3400-\u9fff々]{2,5}(?:[、， ][\u3400-\u9fff々]{2,5})*|[가-힣]{2,4}(?:[·, ] ?[가-힣]{2,4})*")
"""Chinese, Japanese and Korean names: few characters and no spaces."""
_CASELESS_NAME = compiled(
    r"\p{Arabic}{2,14}(?: \p{Arabic}{2,14}){1,3}|\p{Devanagari}{2,14}(?: \p{Devanagari}{2,14}){1,2}"
)
"""One person in a script without capitals: nobody knows there where one of two people ends."""
_OF_WHOM = ("Της ", "Του ", "Των ")
"""Greek bylines put names into the genitive: what the name is, they do not say."""
_CITIES = (
    r"New (?:Delhi|York|Orleans)|London|Paris|Berlin|Moscow|Beijing|Tokyo|Delhi|Mumbai|"
    r"Washington(?:,? D\.?C\.?)?|Brussels|Madrid|Rome|Vienna|Geneva|Cairo|Nairobi|Lagos|Accra|Dubai|Jerusalem|"
    r"Istanbul|Ankara|Kyiv|Kiev|Warsaw|Sydney|Melbourne|Toronto|Ottawa|Hong Kong|Singapore|Bangkok|Manila|"
    r"Jakarta|Seoul|Islamabad|Karachi|Lahore|Dhaka|Kabul|Tehran|Baghdad|Beirut|Los Angeles|San Francisco|"
    r"Chicago|Boston|Johannesburg|Cape Town|Dublin|Edinburgh|Glasgow|Belfast|Buenos Aires|S[aã]o Paulo|"
    r"Mexico City"
)
_BEHIND = compiled(r"(?<=\p{Lu}[\p{L}\p{M}’'.-]+[ \t]\p{Lu}[\p{L}\p{M}’'.-]+),[ \t]" + rf"(?P<place>{_CITIES})$")
"""A city behind a full name and a mere comma; of other words there nobody knows whether they are a name."""
_STOP = compiled(r"\p{Ll}{3}\.$")
"""The full stop of a line that is a sentence, not of an initial or an abbreviation."""
_SLASHED = frozenset({"RFE/RL"})
"""Desks whose name no other pattern reads."""
_AND_OTHERS = compiled(
    r"(?:,|\s+and|\s+with)\s+(?:news\s+)?(?:agencies|wire\s+(?:reports|services)|staff(?:\s+and\s+wire)?\s+reports?)\s*$",
    regex.IGNORECASE,
)
# Words that open no person's name, though a headline may write them large behind `By`.
_NOT_NAMES = frozenset(
    "the a an this that these those it he she they we i by for from in on at and or but with as after before "
    "our their his her its my your monday tuesday wednesday thursday friday saturday sunday january february "
    "march april may june july august september october november december early late mid "
    "design popular any accident chance nature law default all means land sea air numbers way hand far night day "
    "invitation order request appointment then now degrees extension contrast comparison definition force heart "
    "sight proxy train car bus bike boat foot royal public special christmas easter new old no not one two three "
    "last next every each some many most more what who how why when where sheer pure dint virtue mistake "
    "photo photos image video posted published updated written "
    "follow subscribe sign log login join contact share read view see watch listen click learn find get about "
    "print email send save comment comments register search skip related trending advertise "
    "case press breaking live latest top full opinion editorial news business world sports politics".split()
)
_ORGANISATION = compiled(
    rf"\b(?:{_DESK}|Staff|Editors?|Editorial Board|News(?: Service| Desk| Agency| Staff)?|Team|Desk|Bureau|Newsroom|"
    r"Correspondents?|Writers?|Reporters?|Wire(?: Services?)?|Media|Magazine|Times|Post|Tribune|Journal|Agencies|"
    r"Courier|Gazette|Herald|Chronicle|Observer|Examiner|Inquirer|Sentinel|Dispatch|Bulletin|Review|Quarterly|Radio|"
    r"Canadian Press|Press Trust of India|TV|Television|Network|TODAY|Today|Association|Department|Ministry|Federation|"
    r"Laboratory|Foundation|Institute|University|Council|Committee|Inc|Ltd|LLC|PLC|[Pp]lc|GmbH|Oyj|Holdings|Admin)\b|\w\.(?:com|org|net|co\.uk|news)\b"
)
_TITLE = compiled(r"(?:Mr|Mrs|Ms|Miss|Mx)\.?\s+")
_OFFICE = compiled(
    r"(?:(?:Chief|Senior|Staff|Political|Sports?|Business|Science|Health|Education|Crime|Foreign|Special|Deputy) )*"
    r"(?:Reporter|Correspondent|Editor|Writer|Columnist|Photographer)\s+(?=\p{Lu}\p{Ll}+\s\p{Lu})"
)
"""A job before the name: `Chief Reporter Lorna Tidswell`."""
_INITIALS = compiled(r"[^AEIOUY]{2}|(?:\p{Lu}\.)+")


def read_people(text: str) -> list[Reading]:
    """All people of a list such as `A in X and B in Y`, or nothing when any part of it is no name: see `_people`."""
    at, end = _bounds(text)
    if _HAN_NAMES.fullmatch(text, at, end):
        return [Reading(name[0], *name.span(), {"kind": "person"}) for name in _HAN_NAME.finditer(text, at, end)]
    if _CASELESS_NAME.fullmatch(text, at, end):
        return [Reading(text[at:end], at, end, {"kind": "person"})]
    if text.startswith(_OF_WHOM, at, end):
        return []
    if text[at:end] in _SLASHED:
        return [Reading(text[at:end], at, end, {"kind": "org"})]
    if city := _BEHIND.search(text, at, end):
        return _at_home(_people(text, at, city.start()), Reading(city["place"], *city.span("place"), {"kind": "place"}))
    return _people(text, at, end)


def _at_home(readings: list[Reading], city: Reading) -> list[Reading]:
    """The people with the city that stands behind the last of them."""
    people = [reading for reading in readings if reading.attributes["kind"] in {"person", "org"}]
    if not people:
        return []
    return [_located(people[-1], city.value) if reading is people[-1] else reading for reading in readings] + [city]


def _people(text: str, at: int, end: int) -> list[Reading]:
    """The people between two places of the text.

    Attributes: `kind` (`person` or `org`), `location` and `role` where they are stated, `partial` = `yes` for a
    single-word name of a person. Places are readings of their own, with the kind `place`, and so are clauses that
    give their place to several names (`clause`): both are evidence, not people.
    """
    readings: list[Reading] = []
    places: list[Reading] = []
    clause: list[int] = []
    while at < end:
        title = _TITLE.match(text, at, end) or _OFFICE.match(text, at, end)
        name = _NAME.match(text, title.end() if title else at, end)
        if not name:
            return []
        attributes = _kind(name["name"])
        if attributes["kind"] == "person" and name["name"].split()[0].lower() in _NOT_NAMES:
            return []
        at = name.end()
        at = name.end()
        clause.append(len(readings))
        if place := _PLACE.match(text, at, end):
            at = place.end()
            places.append(Reading(place["place"], *place.span("place"), {"kind": "place"}))
            attributes["location"] = place["place"]
            if "from" in place["link"] and len(clause) > 1:
                for index in clause[:-1]:
                    readings[index] = _located(readings[index], place["place"])
                first = readings[clause[0]].start
                places.append(Reading(text[first:at], first, at, {"kind": "clause"}))
            clause = []
        if role := _ROLE.match(text, at, end):
            at = role.end()
            attributes["role"] = " ".join(role["role"].split())
        readings.append(Reading(_display(name["name"], attributes), name.start(), name.end(), attributes))
        if at < end:
            join = _JOIN.match(text, at, end)
            if not join or join.end() == at or join.end() == end:
                return []
            at = join.end()
    return [*_affiliated(readings, text), *places]


def _bounds(text: str) -> tuple[int, int]:
    """Where the names begin and end: without what follows them in general, or a full stop."""
    others = _AND_OTHERS.search(text)
    start, end = len(text) - len(text.lstrip()), others.start() if others else len(text.rstrip())
    return start, end - bool(_STOP.search(text, start, end))


def _affiliated(readings: list[Reading], text: str) -> list[Reading]:
    """`Ann Porter, Coastal Times`: an organisation behind a mere comma is whom the last person writes for."""
    if len(readings) < 2 or readings[-1].attributes["kind"] != "org" or readings[-2].attributes["kind"] != "person":
        return readings
    person, organisation = readings[-2:]
    if text[person.end : organisation.start].strip() != "," or "role" in person.attributes:
        return readings
    attributes = {**person.attributes, "role": organisation.value}
    return [*readings[:-2], Reading(person.value, person.start, person.end, attributes)]


def _kind(name: str) -> dict[str, str]:
    if _ORGANISATION.search(name):
        return {"kind": "org"}
    return {"kind": "person", "partial": "yes"} if " " not in name.strip() else {"kind": "person"}


def _located(reading: Reading, place: str) -> Reading:
    if "location" in reading.attributes:
        return reading
    return Reading(reading.value, reading.start, reading.end, {**reading.attributes, "location": place})


def _display(name: str, attributes: dict[str, str]) -> str:
    """The name as it is shown: a person's in capitals throughout is put into upper and lower case."""
    name = " ".join(name.split())
    if attributes["kind"] != "person" or not name.isupper() or " " not in name:
        return name
    attributes["cased"] = "yes"
    words = name.split()
    return " ".join(
        word.lower() if index and regex.fullmatch(_PARTICLES, word.lower()) else _capitalized(word)
        for index, word in enumerate(words)
    )


def _capitalized(word: str) -> str:
    """`O'MARA` to `O'Mara`, `MCKAY` to `McKay`, `JEAN-LUC` to `Jean-Luc`; initials stay."""
    if _INITIALS.fullmatch(word):
        return word
    lowered = regex.sub(r"\p{L}[\p{L}\p{M}]*", lambda part: part.group().capitalize(), word)
    return regex.sub(r"\bMc(\p{Ll})", lambda part: f"Mc{part[1].upper()}", lowered)
