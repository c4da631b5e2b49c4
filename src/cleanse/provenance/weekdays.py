"""The names of the days of the week in the large languages of the news: a checksum for the dates they stand beside."""

from collections.abc import Mapping
from types import MappingProxyType

_ROWS = """
monday tuesday wednesday thursday friday saturday sunday
mon tues wednes thurs fri satur sun
mon tue wed thu fri sat sun
mon tue wed thur fri sat sun
montag dienstag mittwoch donnerstag freitag samstag sonntag
mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo
lunedì martedì mercoledì giovedì venerdì sabato domenica
lun mar mer gio ven sab dom
lun mar mié jue vie sáb dom
lun mar mer jeu ven sam dim
seg ter qua qui sex sáb dom
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
ma di wo do vr za zo
måndag tisdag onsdag torsdag fredag lördag söndag
mandag tirsdag onsdag torsdag fredag lørdag søndag
poniedziałek wtorek środa czwartek piątek sobota niedziela
понедельник вторник среда четверг пятница суббота воскресенье
пн вт ср чт пт сб вс
понеділок вівторок середа четвер п'ятниця субота неділя
pondělí úterý středa čtvrtek pátek sobota neděle
pazartesi salı çarşamba perşembe cuma cumartesi pazar
الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
الإثنين الثلاثاء الاربعاء الخميس الجمعة السبت الاحد
星期一 星期二 星期三 星期四 星期五 星期六 星期日
周一 周二 周三 周四 周五 周六 周日
週一 週二 週三 週四 週五 週六 週日
月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日
月 火 水 木 金 土 日
월요일 화요일 수요일 목요일 금요일 토요일 일요일
월 화 수 목 금 토 일
senin selasa rabu kamis jumat sabtu minggu
सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार
"""
"""English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Polish, Russian, Ukrainian, Czech,
Turkish, Arabic, Greek, Chinese, Japanese, Korean, Indonesian, Hindi; a short form that is another day in another
language is left out."""

WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {name: number for row in _ROWS.split("\n") for number, name in enumerate(row.split())}
)
"""The number of the day of the week, Monday 0, that a name in small letters means."""

ANY_WEEKDAY = "|".join(sorted(WEEKDAYS, key=lambda name: (-len(name), name)))
"""A pattern that matches every name."""
