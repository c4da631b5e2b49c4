"""Dates as documents state them, in ISO 8601, or not at all.

Only a full date with a named month, or an ISO date, is read; a weekday must agree with it; a numeric date whose
order cannot be known, and anything that would need today's date, is refused. Local times get the offset their
zone had on that day (`zoneinfo`); a time without a zone stays local.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import regex

from cleanse.provenance.reading import Reading

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

# Abbreviations as newsrooms use them. US zones follow daylight time by the day; an explicit standard or daylight
# name does not. "CST", "IST" and "BST" stand for several zones; these are the ones English-language news means.
_ZONES: Mapping[str, str] = MappingProxyType({
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00",
    "gmt": "+00:00", "utc": "+00:00", "z": "+00:00", "bst": "+01:00",
    "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
})  # fmt: skip

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_TIME = (
    r"(?:,?\s*(?:at|@|\||[-–—·•])?\s*(?P<hour>[012]?\d)(?:[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:\(?(?P<zone>[A-Z]{2,4}|Z|[+-]\d\d:?\d\d)\)?)?)?"
)
_FORMS = tuple(
    regex.compile(form, regex.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}{_TIME}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}{_TIME}",
        rf"{_YEAR}-(?P<monthno>[01]\d)-{_DAY}(?:[T ]{_TIME.removeprefix('(?:').removesuffix(')?')})?",
    )
)


def read_date(text: str) -> list[Reading]:
    """The one date that `text` is, or nothing. The attribute `precision` is `day`, `minute-local` or `minute`."""
    stripped = text.strip()
    offset = text.index(stripped) if stripped else 0
    for form in _FORMS:
        if match := form.fullmatch(stripped):
            found = _normal(match.groupdict())
            if found is None:
                return []
            value, precision = found
            return [Reading(value, offset, offset + len(stripped), {"precision": precision})]
    return []


def _normal(parts: Mapping[str, str | None]) -> tuple[str, str] | None:
    try:
        day = date(int(parts["year"] or 0), _month(parts), int(parts["day"] or 0))
    except ValueError:
        return None
    weekday = (parts.get("weekday") or "").lower()
    if weekday and not _WEEKDAYS[day.weekday()].startswith(weekday):
        return None
    hour = parts.get("hour")
    if hour is None:
        return day.isoformat(), "day"
    return _with_time(day, int(hour), parts)


def _month(parts: Mapping[str, str | None]) -> int:
    if number := parts.get("monthno"):
        return int(number)
    word = (parts["month"] or "").lower()[:3]
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word))


def _with_time(day: date, hour: int, parts: Mapping[str, str | None]) -> tuple[str, str] | None:
    half = (parts.get("half") or "").lower()[:1]
    minute = parts.get("minute")
    if not half and minute is None:
        return None  # a bare number behind a date is not a time
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + 12 * (half == "p") if half else hour
    try:
        moment = datetime(day.year, day.month, day.day, hour, int(minute or 0))  # noqa: DTZ001 - local until a zone says otherwise
    except ValueError:
        return None
    local = moment.isoformat(timespec="seconds")
    zone = parts.get("zone")
    if not zone:
        return local, "minute-local"
    offset = _offset(zone, moment)
    return (local + offset, "minute") if offset else None


def _offset(zone: str, moment: datetime) -> str:
    """`±hh:mm` at that moment, or an empty string for a zone nobody here knows."""
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    named = _ZONES.get(zone.lower(), "")
    if "/" not in named:
        return named
    return moment.replace(tzinfo=ZoneInfo(named)).isoformat()[-6:]
