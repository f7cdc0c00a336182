"""Names of months, weekdays, zones and eras, as they stand in dates."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_MONTHS = (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "jänner feber mrz april mai juno julei august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januari februari mrt april maj juni juli augusti setiembre oktober november desember",
    "januar februar marts april maj juni juli august september oktober november december",
    "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad "
    "grudzień",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada "
    "grudnia",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
    "marraskuu joulukuu",
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta "
    "syyskuuta lokakuuta marraskuuta joulukuuta",
    "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "január február március április május június július augusztus szeptember október november "
    "december",
    "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie "
    "decembrie",
    "ιανουάριος φεβρουάριος μάρτιος απρίλιος μάιος ιούνιος ιούλιος αύγουστος σεπτέμβριος "
    "οκτώβριος νοέμβριος δεκέμβριος",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου "
    "οκτωβρίου νοεμβρίου δεκεμβρίου",
    "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад "
    "грудень",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
)
"""English, German, Austrian and short German, French, Spanish, Italian, Portuguese, Dutch,
Swedish with Norwegian, Danish, Polish in two cases, Russian in two cases, Turkish, Finnish in two
cases, Czech in two cases, Hungarian, Romanian, Greek in two cases, Ukrainian in two cases."""

_WEEKDAYS = (
    "monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "segunda terça quarta quinta sexta feira "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela śr czw "
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai ma ti ke to pe la su"
)
_BEFORE_A_DATE = frozenset({
    "week", "week of", "week commencing", "week starting", "week beginning", "week ending",
    "w/c", "w/e", "wc", "woche ab", "woche vom", "woche", "semaine du", "semana del", "semana de",
    "settimana del", "from", "ab", "vom",
})  # fmt: skip

_HOURS_FROM_UTC = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1,
    "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "sast": 2, "ist": 5.5, "sgt": 8,
    "hkt": 8, "jst": 9, "kst": 9, "awst": 8, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11,
    "nzst": 12, "nzdt": 13, "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8,
    "hst": -10, "brt": -3, "art": -3, "as": -4, "ad": -3, "es": -5, "ed": -4, "cs": -6, "cd": -5,
    "ms": -7, "md": -6, "ps": -8, "pd": -7,
}  # fmt: skip
"""The two letters are what meters of North America put behind compact times."""

_ERAS = {
    "令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925, "大正": 1911,
    "t": 1911, "明治": 1867, "m": 1867, "民國": 1911, "民国": 1911,
}  # fmt: skip

_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])(\d{1,2})(?::?(\d{2}))?(?:\s?[a-z]{1,5})?")


def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold().replace("ı", "i").replace("ł", "l"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).replace("ø", "o")


@lru_cache(maxsize=1)
def _months_by_word() -> dict[str, int]:
    """Names and their beginnings of three letters or more; the earlier language has its say."""
    found: dict[str, int] = {}
    several: dict[str, set[int]] = {}
    for names in _MONTHS:
        of_language: dict[str, set[int]] = {}
        for number, name in enumerate(names.split(), start=1):
            word = plain(name)
            for length in range(3, len(word) + 1):
                of_language.setdefault(word[:length], set()).add(number)
        of_language |= {plain(name): {at} for at, name in enumerate(names.split(), start=1)}
        for word, numbers in of_language.items():
            several.setdefault(word, numbers)
    for word, numbers in several.items():
        if len(numbers) == 1:
            found[word] = next(iter(numbers))
    return found


@lru_cache(maxsize=1)
def _weekday_words() -> frozenset[str]:
    words = [plain(name) for name in _WEEKDAYS.split()]
    return frozenset(word[:length] for word in words for length in range(2, len(word) + 1))


def month_of(word: str) -> int:
    """Return the number of a month from its name, full or short; 0 for anything else."""
    return _months_by_word().get(plain(word).strip(". "), 0)


def may_stand_before(words: str) -> bool:
    """Whether a date may follow: a weekday, or "week of"."""
    said = plain(words).strip(" .,")
    return said in _BEFORE_A_DATE or said in _weekday_words()


def may_stand_behind(word: str) -> bool:
    """Whether a word may follow a date: a weekday, a word for "at", or a zone."""
    return (
        not word
        or plain(word) in ("at", "um", "a")
        or may_stand_before(word)
        or (offset_of(word) is not None)
    )


def offset_of(zone: str) -> int | None:
    """Return a zone's distance from UTC in seconds; None for a name that moves, or of no zone."""
    said = plain(zone).strip()
    if said in _HOURS_FROM_UTC:
        return int(_HOURS_FROM_UTC[said] * 3_600)
    found = _OFFSET.fullmatch(said)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    seconds = int(hours) * 3_600 + int(minutes or 0) * 60
    return (-seconds if sign == "-" else seconds) if seconds <= 18 * 3_600 else None


def era_of(sign: str) -> int | None:
    """Return the year before a Japanese or Taiwanese era's first."""
    return _ERAS.get(sign.casefold())
