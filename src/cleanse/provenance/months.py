"""The names of the months in the large languages of the news, as date lines print them.

English is read by `dates` itself. A name that means two months in two languages (`listopad`) is left out: `-`.
"""

from collections.abc import Mapping
from types import MappingProxyType

_ROWS = """
januar februar märz april mai juni juli august september oktober november dezember
jan feb mrz apr mai jun jul aug sep okt nov dez
jänner feber märz april mai juni juli aug sept okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
janv févr mars avr mai juin juil août sept oct nov déc
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
ene feb mar abr may jun jul ago sept oct nov dic
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
jan fev mar abr mai jun jul ago set out nov dez
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
gen feb mar apr mag giu lug ago set ott nov dic
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
januar februar marts april maj juni juli august september oktober november december
stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
янв фев мар апр мая июн июл авг сен окт ноя дек
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
ledna února března dubna května června července srpna září října listopadu prosince
ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
januari februari maret april mei juni juli agustus september oktober november desember
jan feb mar apr mei jun jul agu sep okt nov des
जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
"""
"""German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Polish, Russian, Ukrainian, Czech, Turkish,
Arabic, Greek, Indonesian, Hindi; short forms below the long ones."""

MONTHS: Mapping[str, int] = MappingProxyType(
    {name: month for row in _ROWS.split("\n") for month, name in enumerate(row.split(), 1) if name != "-"}
)
"""The number of the month that a name in small letters means."""

ANY_MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
"""A pattern that matches every name."""
