"""Dates as documents state them, in ISO 8601, or not at all.

A full date with a month named in English or another large language, an ISO date, or a numeric one is read; a
weekday, in any of these languages, must agree with it. A second clock in brackets repeats the first in another zone. A
numeric date that is a day in either order gives both readings, each saying its order: who knows the collection
decides. Anything that would need today's date is refused. Local times get the offset their zone had on that day
(`zoneinfo`); a time without a zone stays local.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

import regex

from cleanse.kept import compiled
from cleanse.provenance.months import ANY_MONTH, MONTHS
from cleanse.provenance.reading import Reading
from cleanse.provenance.weekdays import ANY_WEEKDAY, WEEKDAYS

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip

# Abbreviations as newsrooms use them. US zones follow daylight time by the day; an explicit standard or daylight
# name does not. "CST", "IST", "BST" and "AMT" stand for several zones; these are the ones English-language news means.
_ZONES: Mapping[str, str] = MappingProxyType({
    "et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles",
    "est": "-05:00", "edt": "-04:00", "cst": "-06:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "akst": "-09:00", "akdt": "-08:00",
    "hst": "-10:00", "adt": "-03:00", "nst": "-03:30", "ndt": "-02:30", "brt": "-03:00",
    "eastern time": "America/New_York", "central time": "America/Chicago",
    "mountain time": "America/Denver", "pacific time": "America/Los_Angeles",
    "eastern standard time": "-05:00", "eastern daylight time": "-04:00",
    "central standard time": "-06:00", "central daylight time": "-05:00",
    "mountain standard time": "-07:00", "mountain daylight time": "-06:00",
    "pacific standard time": "-08:00", "pacific daylight time": "-07:00",
    "gmt": "+00:00", "utc": "+00:00", "z": "+00:00", "bst": "+01:00", "wet": "+00:00",
    "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00", "sast": "+02:00",
    "mez": "+01:00", "mesz": "+02:00", "uk": "Europe/London", "wat": "+01:00", "cat": "+02:00", "eat": "+03:00",
    "trt": "+03:00", "idt": "+03:00", "irst": "+03:30", "amt": "+04:00", "gst": "+04:00", "npt": "+05:45",
    "ict": "+07:00", "wib": "+07:00", "pht": "+08:00", "awst": "+08:00", "acst": "+09:30", "acdt": "+10:30",
    "ist": "+05:30", "pkt": "+05:00", "sgt": "+08:00", "hkt": "+08:00", "jst": "+09:00", "kst": "+09:00",
    "aest": "+10:00", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00",
})  # fmt: skip

_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?P<weekday>Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
_WEEKDAY_ABROAD = rf"(?:(?P<weekday>{ANY_WEEKDAY})\.?[,،]?\s+(?:den\s+)?)?"
_BEHIND = rf"(?:\s?[(（]?(?P<weekday>{ANY_WEEKDAY})[)）]?)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_CLOCK = (
    r"(?P<hour>[012]?\d)(?:[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:\.\d+)?)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:,(?=\s[A-Z]))?\s*(?:\(?(?P<zone>(?:Eastern|Central|Mountain|Pacific)(?:\s(?:Standard|Daylight))?\sTime|(?:GMT|UTC)[+-](?:1[0-4]|\d)|(?!(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b)[A-Z]{2,4}|Z|[+-]\d\d:?\d\d)\)?)?"
    r"(?:\s\([0-2]?\d(?:[:.][0-5]\d)?(?:\s?[ap]\.?m\.?)?\s[A-Z]{2,4}\))?"
)
# CNN's form: `1432 GMT (2232 HKT) June 5, 2018`; the second clock says the same in another zone.
_FOUR = r"(?P<hour>[012]\d)(?P<minute>[0-5]\d)\s*(?:hrs\s+)?(?P<zone>[A-Z]{2,4})(?:\s*\(\d{4}\s*[A-Z]{2,4}\))?"
_TIME = rf"(?:[,;]?\s*(?:at|@|last\s+updated\s+at|[/|–—·•-])?\s*{_CLOCK})?"
_NUMERIC = r"(?P<one>[0-3]?\d)(?P<mark>[/-]|\. ?)(?P<two>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d)"
_DAYS = (
    rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
    rf"{_WEEKDAY}{_DAY}(?:\s+|-){_MONTH}(?:,?\s+|[,-]){_YEAR}",
    rf"{_YEAR}(?P<mark>[/.•-])\s?(?P<monthno>[01]?\d)(?P=mark)\s?(?P<day>[0-3]?\d)",
    rf"{_WEEKDAY}{_NUMERIC}",
)
_HALVES: Mapping[str, str] = MappingProxyType({"ص": "a", "م": "p", "π": "a", "μ": "p"})
"""The halves of the day in Arabic and Greek, by their first letter."""
_CLOCK_ABROAD = (
    r"(?P<hour>[012]?\d)\s?[:.h]\s?(?P<minute>[0-5]\d)"
    r"(?:\s?(?:(?P<uhr>Uhr)|h|(?P<half>[صم]|[πμ]\.?μ\.?|[ap]\.?m\.?)(?=\W|\Z)))?"
    r"(?:\s?(?P<zone>[A-Z]{3,4}))?"
)
_ABROAD = (
    rf"{_WEEKDAY_ABROAD}{_DAY}(?:(?:\.|er|º)?(?:\s+de)?\s+(?P<month>{ANY_MONTH})\.?,?\s+(?:del?\s+)?|\.(?P<month>{ANY_MONTH})\.){_YEAR}(?:\s?(?:г\.?|года|р\.|року))?{_BEHIND}",
    rf"(?P<year>(?:19|20)\d\d)\s?[年년]\s?(?P<monthno>[01]?\d)\s?[月월]\s?(?P<day>[0-3]?\d)\s?[日일]{_BEHIND}",
)
"""As other languages write them: `Mittwoch, 12. April 2023, 14:05 Uhr`, `14 de abril de 2023`, `2023年4月12日`."""
_FORMS = (
    compiled(
        rf"{_ABROAD[0]}(?:(?:,|\s[|–—·•/-])?\s*(?:(?:à|às|a las|alle(?: ore)?|ore|um|om|в|о|об)\s+)?{_CLOCK_ABROAD})?",
        regex.IGNORECASE,
    ),
    compiled(rf"{_ABROAD[1]}(?:\s*(?P<hour>[012]?\d)\s?[:：时時시]\s?(?P<minute>[0-5]\d)(?:[:：]\d\d)?\s?[分분]?)?"),
    compiled(
        rf"{_WEEKDAY_ABROAD}{_NUMERIC}(?:(?:,|\s[|–—·•/-])?\s*(?:(?:à|às|a las|um|om|в)\s+)?{_CLOCK_ABROAD})?",
        regex.IGNORECASE,
    ),
    *(compiled(rf"{day}{_TIME}", regex.IGNORECASE) for day in _DAYS[:2]),
    compiled(rf"{_DAYS[2]}(?:[T ]{_CLOCK}|{_TIME})", regex.IGNORECASE),
    compiled(rf"{_DAYS[3]}{_TIME}", regex.IGNORECASE),
    *(compiled(rf"{_CLOCK},?\s*(?:on\s+|[|–—·•-]\s*)?{day}", regex.IGNORECASE) for day in _DAYS),
    *(compiled(rf"{_FOUR},?\s*(?:on\s+)?{day}", regex.IGNORECASE) for day in _DAYS[:2]),
    *(compiled(rf"{_WEEKDAY}{_CLOCK},?\s+{day}", regex.IGNORECASE) for day in _DAYS[:2]),
)


def read_date(text: str) -> list[Reading]:
    """The date that `text` is, or nothing; a numeric date in doubt gives one reading for each order.

    Attributes: `precision` is `day`, `minute-local` or `minute`; `order` is `dmy` or `mdy`, only where it matters.
    """
    stripped = text.strip()
    offset = text.index(stripped) if stripped else 0
    for form in _FORMS:
        if match := form.fullmatch(stripped):
            readings = [
                Reading(value, offset, offset + len(stripped), {"precision": precision} | order)
                for parts, order in _orders(match.groupdict())
                if (found := _normal(parts))
                for value, precision in [found]
            ]
            if len(readings) == 2 and readings[0].value == readings[1].value:
                readings = readings[:1]
            if len(readings) == 1:
                only = readings[0]
                return [Reading(only.value, only.start, only.end, {"precision": only.attributes["precision"]})]
            return readings
    return []


def _orders(parts: Mapping[str, str | None]) -> Iterator[tuple[Mapping[str, str | None], dict[str, str]]]:
    """The day, and in numeric dates both ways to read it."""
    if parts.get("one") is None:
        yield parts, {}
        return
    yield {**parts, "day": parts["one"], "monthno": parts["two"]}, {"order": "dmy"}
    if parts.get("uhr"):
        return  # German puts the day first
    yield {**parts, "day": parts["two"], "monthno": parts["one"]}, {"order": "mdy"}


def _normal(parts: Mapping[str, str | None]) -> tuple[str, str] | None:
    try:
        day = date(int(parts["year"] or 0), _month(parts), int(parts["day"] or 0))
    except ValueError:
        return None
    weekday = parts.get("weekday")
    if weekday and WEEKDAYS.get(weekday.casefold()) != day.weekday():
        return None
    hour = parts.get("hour")
    if hour is None:
        return day.isoformat(), "day"
    return _with_time(day, int(hour), parts)


def _month(parts: Mapping[str, str | None]) -> int:
    if number := parts.get("monthno"):
        return int(number)
    word = (parts["month"] or "").casefold()
    if word in MONTHS:
        return MONTHS[word]
    word = word[:3]
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word))


def _with_time(day: date, hour: int, parts: Mapping[str, str | None]) -> tuple[str, str] | None:
    half = (parts.get("half") or "").lower()[:1]
    half = _HALVES.get(half, half)
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
    if zone[3:4] in {"+", "-"}:  # `GMT+1`
        return f"{zone[3]}{int(zone[4:]):02}:00"
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    named = _ZONES.get(zone.lower(), "")
    if "/" not in named:
        return named
    return moment.replace(tzinfo=ZoneInfo(named)).isoformat()[-6:]
