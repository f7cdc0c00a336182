"""What a column's name says of times."""

from __future__ import annotations

import re

_TIME_WORDS = re.compile(
    r"date|time|stamp|month|year|day|hour|minute|week|quarter|period|step|index|epoch"
    r"|\bds\b|\bt\b|\bts\b|datum|zeit|jahr|monat|woche|quartal|stunde|tag\b|fecha|jour|heure|mois"
    r"|\bann[eé]e|semaine|trimestre|\bmes\b|\ba[nñ]o\b|\banno\b|\bmese\b|\bdata\b|giorno|\bhora\b"
    r"|maand|jaar|kwartaal|\bår\b|måned|månad|miesi[aą]c|\brok\b|kwarta[lł]|kvart|дата|время"
    r"|месяц|\bгод\b|квартал|tarih|\bay\b|yıl|päivä|kuukausi|vuosi|日付|日時|時刻|年|月|日期"
    r"|时间|時間|날짜|일자|시간|연도|\bmtu\b|horodat|\bunix\b|\bwhen\b"
    r"|(?:yyyy|aaaa|jjjj|rrrr)[-/._]?mm",
    re.IGNORECASE,
)
_STRONG_YEAR = re.compile(
    r"year|\byr\b|jahr|ann[eé]e|\ba[nñ]o\b|\banno\b|\bano\b|jaar|\bår\b|\brok\b|\bгод\b|yıl|vuosi"
    r"|^年|年份|年度|연도|fiscal|^\W*yy(?:yy)?\W*$",
    re.IGNORECASE,
)
_WEAK_YEAR = re.compile(
    r"date|\btime\b|period|datum|fecha|\bdata\b|дата|tarih|日付|날짜", re.IGNORECASE
)
_DATE_WORDS = re.compile(
    r"date|time|day|period|month|datum|zeit|fecha|stamp|epoch|\bdata\b|\bts\b|\bt\b|\bds\b|\bunix\b"
    r"|дата|время|tarih|日付|日期|날짜|horodat|jour|\bwhen\b|(?:yyyy|aaaa|jjjj|rrrr)[-/._]?mm",
    re.IGNORECASE,
)
_DAY_WORDS = re.compile(
    r"date|datum|fecha|\bdata\b|дата|tarih|日付|日期|날짜|päivä|dato\b", re.IGNORECASE
)
_QUARTER_WORDS = re.compile(r"quarter|quartal|trimest|kwarta|kvart|квартал|\bqtr\b", re.IGNORECASE)
_WEEK_WORDS = re.compile(
    r"week|woche|semaine|semana|settimana|vecka|uge\b|\bkw\b|неделя|tydzie", re.IGNORECASE
)
_NO_NAME = re.compile(r"column \d+|Unnamed: \d+|", re.IGNORECASE)


def spaced(name: object) -> str:
    """Return a name with its words apart."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(name).replace("_", " "))


def says_nothing(name: object) -> bool:
    """Whether a name is only a place: of a column that the file gives no name."""
    return bool(_NO_NAME.fullmatch(str(name).strip()))


def has_time_name(name: str) -> bool:
    """Whether a column's name speaks of time."""
    return bool(_TIME_WORDS.search(spaced(name)))


def names_year(name: object) -> bool:
    """Whether a name says that its numbers are years."""
    return bool(_STRONG_YEAR.search(spaced(name)))


def may_name_year(name: object) -> bool:
    """Whether a name goes with years, and with other times as well."""
    return bool(_WEAK_YEAR.search(spaced(name)))


def names_day(name: object) -> bool:
    """Whether a name speaks of dates, and not of times in general."""
    return bool(_DAY_WORDS.search(spaced(name)))


def names_date(name: object) -> bool:
    return bool(_DATE_WORDS.search(spaced(name)))


def names_quarter(name: object) -> bool:
    return bool(_QUARTER_WORDS.search(spaced(name)))


def names_week(name: object) -> bool:
    return bool(_WEEK_WORDS.search(spaced(name)))
