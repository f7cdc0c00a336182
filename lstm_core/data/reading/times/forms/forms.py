"""The forms in which dates are written, as patterns that Python and RE2 read alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

LETTERS = "A-Za-zÀ-ɏͰ-ϿЀ-ӿ"
_GAP = r"(?:\s?[-/._]\s?|\s+)"
_YEAR = r"(?P<year>1[5-9]\d{2}|2[0-2]\d{2})"
_SHORT_YEAR = r"['’`]?(?P<year>1[5-9]\d{2}|2[0-2]\d{2}|\d{2})(?:\s?(?:г|года|r|roku)\b\.?)?"
_MONTH_NAME = rf"(?P<name>[{LETTERS}]{{3,13}})\.?"
_BETWEEN = r"[-/., _]*(?:(?:de|del|of|d')\s)?"
_OF_DAY = r"(?:st|nd|rd|th|er|ère|e|º|ª|\.)?"
_QUARTER_NAME = (
    r"(?:[Qq]|K|T|Qtr|Quarter|Quartal|[Tt]rimestre|[Tt]rim\.?|[Kk]warta[lł]|[Kk]vartal|[Kk]wartaal"
    r"|квартал|[Kk]v|kw|кв)\.?"
)
_HALF_NAME = r"(?:[Hh]|S|B|HY|Halbjahr|[Ss]emestre|[Hh]alf|[Pp]ó[lł]rocze)\.?"
_WEEK_NAME = (
    r"(?:[Ww]|KW|CW|WK|Wk|[Ww]eek|[Ww]oche|[Ss]emaine|[Ss]em\.?|[Ss]emana|S|[Uu]ge|[Vv]ecka)"
)

BEFORE = (
    rf"(?:(?P<before>[{LETTERS}]{{2,12}}(?:/[ce]|/[CE]| [{LETTERS}]{{2,11}})?|[Ww]/[CcEe])"
    r"[.,:]{0,2}\s+)?"
)
WEEKDAY = (
    rf"(?:\s?[(（][^()（）\d]{{1,12}}[)）]|,?\s(?P<after>[{LETTERS}]{{2,9}})\.?"
    r"|\s?(?:星期|周|週|礼拜)[一二三四五六日天]|\s?[월화수목금토일]요일)?"
)
CLOCK = (
    r"(?:(?:[T_;:]|\s?,?\s+(?:at\s|um\s|à\s|@\s)?)(?P<day_half>[上下]午\s?|午[前後]\s?|오[전후]\s?)?"
    r"(?P<hour>\d{1,2})(?:\s?[:.hH時时点시]?\s?(?P<minute>\d{2})(?:[分분])?"
    r"(?:\s?[:.]?(?P<second>\d{2})秒?(?:[.,:](?P<fraction>\d{1,9})\d*)?)?|\s?[h時时点시])?"
    r"(?:\s?(?:Uhr|uur|h))?(?:\s?(?P<half>[AaPp]\.?\s?[Mm]\.?))?)?"
)
ZONE = (
    r"(?:\s?(?P<zone>(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?(?:\s[A-Z]{1,5})?|[Zz]|[A-Z]{2,5}"
    r"|[A-Z][a-z]+[A-Za-z_]*/[A-Z][A-Za-z_/]+))?"
    r"(?:\s?[\[(](?P<region>(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d{2})?)?|[A-Z]{2,5}"
    r"|[A-Z][a-z]+[A-Za-z_]*/[A-Za-z_/+-]+)[\])])?"
    r"(?:\s?\([A-Z]+/[A-Z]+\))?"
)
UNTIL = (
    r"(?P<until>(?:(?:\s?(?:[–—~]|\.\.)\s?|\s?-\s|\s(?:to|bis|until|till|au|al|do|t/m)\s)"
    rf"(?:[{LETTERS}]{{3,12}}\.?,?\s?)?\d[^()\[\]]*"
    r"|\s?/\s?\d{4}-?\d\d[^()\[\]]*)(?:\s?\([A-Z/]{1,12}\))?)?"
)


@dataclass(frozen=True)
class Form:
    """One way to write a date.

    Attributes:
        name: what a plan's ``time_form`` calls it; several patterns may share one.
        date: the pattern of the date, with named groups.
        may_have_clock: whether a clock, a zone and the end of a stretch may follow.
        is_sure: whether no number is written so; else the column's name has to speak of time.
    """

    name: str
    date: str
    may_have_clock: bool = True
    is_sure: bool = True
    lead: str = BEFORE

    @cached_property
    def pattern(self) -> str:
        after = WEEKDAY + CLOCK + ZONE + UNTIL if self.may_have_clock else UNTIL
        return f"^{self.lead}{self.date}{after}$"

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


FORMS = (
    Form("iso", rf"{_YEAR}-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})"),
    Form("year_month_day", rf"{_YEAR}{_GAP}(?P<month>\d{{1,2}}){_GAP}(?P<day>\d{{1,2}})\.?"),
    Form("numeric", rf"(?P<one>\d{{1,2}})(?P<mark>{_GAP})(?P<two>\d{{1,2}}){_GAP}{_SHORT_YEAR}\.?"),
    Form(
        "year_month_day",
        rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월](?:\s?(?P<day>\d{{1,2}})\s?[日일])?",
    ),
    Form(
        "named_month",
        rf"(?P<day>\d{{1,2}}){_OF_DAY}{_BETWEEN}{_MONTH_NAME}{_BETWEEN}{_SHORT_YEAR}",
    ),
    Form("named_month", rf"{_MONTH_NAME}[-/. ]*(?P<day>\d{{1,2}}){_OF_DAY}[-/., ]+{_SHORT_YEAR}"),
    Form("named_month", rf"{_YEAR}[-/. ]?{_MONTH_NAME}[-/. ]?(?P<day>\d{{1,2}})"),
    Form(
        "named_month",
        rf"[{LETTERS}]{{2,4}},?\s{_MONTH_NAME}\s+(?P<day>\d{{1,2}}),?\s(?P<hour>\d{{1,2}}):"
        rf"(?P<minute>\d{{2}}):(?P<second>\d{{2}})(?:\s(?P<zone>[A-Z]{{2,5}}))?\s{_YEAR}",
        may_have_clock=False,
        lead="",
    ),
    Form("compact", rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})", is_sure=False, lead=""),
    Form(
        "compact",
        rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})[T_ -]?(?P<hour>\d{{2}})"
        rf"(?::?(?P<minute>\d{{2}})(?::?(?P<second>\d{{2}})(?:[.,](?P<fraction>\d{{1,9}}))?)?)?{ZONE}",
        may_have_clock=False,
        lead="",
    ),
    Form("quarter", rf"{_YEAR}[-/:. ]{{0,3}}{_QUARTER_NAME}[- ]?(?P<quarter>[1-4])",
         may_have_clock=False, lead=""),
    Form("quarter", rf"{_QUARTER_NAME}[- ]?(?P<quarter>[1-4])[-/:., ]{{0,2}}{_SHORT_YEAR}",
         may_have_clock=False, lead=""),
    Form("quarter", rf"(?P<quarter>[1-4]|IV|I{{1,3}}){_OF_DAY}[- ]?{_QUARTER_NAME}[-/., ]{{0,2}}"
         rf"{_SHORT_YEAR}", may_have_clock=False, lead=""),
    Form("quarter", rf"{_YEAR}[-/., ]{{0,2}}(?P<quarter>[1-4]|IV|I{{1,3}}){_OF_DAY}\s?"
         rf"{_QUARTER_NAME}", may_have_clock=False, lead=""),
    Form("quarter", rf"{_YEAR}[-/: .](?P<quarter>IV|I{{1,3}})", may_have_clock=False, lead=""),
    Form("quarter", rf"{_YEAR}年?\s?第?(?P<quarter>[1-4])\s?(?:四半期|季度|분기)",
         may_have_clock=False, lead=""),
    Form("half_year", rf"{_YEAR}[-/: ]?{_HALF_NAME}\s?(?P<half_year>[12])",
         may_have_clock=False, lead=""),
    Form("half_year", rf"{_HALF_NAME}\s?(?P<half_year>[12])[-/, ]{{0,2}}{_SHORT_YEAR}",
         may_have_clock=False, lead=""),
    Form("half_year", rf"(?P<half_year>[12]){_OF_DAY}\s?{_HALF_NAME}[-/, ]{{0,2}}{_SHORT_YEAR}",
         may_have_clock=False, lead=""),
    Form("week", rf"{_YEAR}[-/. ]{{0,2}}{_WEEK_NAME}[-. ]?(?P<week>\d{{2}})-?(?P<weekday>[1-7])",
         may_have_clock=False, lead=""),
    Form("week", rf"{_YEAR}[-/. ]{{0,2}}{_WEEK_NAME}[-. ]?(?P<week>\d{{1,2}})",
         may_have_clock=False, lead=""),
    Form("week", rf"{_WEEK_NAME}[-. ]?(?P<week>\d{{1,2}})[-/., ]{{1,2}}{_SHORT_YEAR}",
         may_have_clock=False, lead=""),
    Form("fiscal_year", rf"(?:FY|GJ|WJ|AF)[- ]?{_SHORT_YEAR}"
         r"(?:[-/–](?P<until_year>\d{4}|\d{2}))?", may_have_clock=False, lead=""),
    Form("fiscal_year", rf"{_YEAR}\s?[-/–]\s?(?P<until_year>\d{{4}}|\d{{2}})",
         may_have_clock=False, lead=""),
    Form("numbered_week", rf"{_YEAR}[-/ .](?P<week>\d{{2}})", may_have_clock=False, lead=""),
    Form("numbered_week", rf"(?P<week>\d{{1,2}})[-/ .]{_YEAR}", may_have_clock=False, lead=""),
    Form("year_quarter", rf"{_YEAR}[-:/](?P<quarter>[1-4])", may_have_clock=False, lead=""),
    Form("year_month", rf"{_YEAR}\s?[-/:]\s?[Mm]?(?P<month>\d{{1,2}})",
         may_have_clock=False, lead=""),
    Form("year_month", rf"{_YEAR}[. ]?[Mm]{{1,2}}(?P<month>\d{{1,2}})",
         may_have_clock=False, lead=""),
    Form("year_month", rf"[Mm]?(?P<month>\d{{1,2}})\s?[-/]\s?{_YEAR}",
         may_have_clock=False, lead=""),
    Form("year_month", rf"M(?P<month>\d{{1,2}}) ?{_YEAR}", may_have_clock=False, lead=""),
    Form("year_month", rf"{_YEAR}[. _](?P<month>\d{{2}})", may_have_clock=False, is_sure=False,
         lead=""),
    Form("year_month", rf"(?P<month>\d{{1,2}})[. ]{_YEAR}", may_have_clock=False, is_sure=False,
         lead=""),
    Form("year_month", rf"{_YEAR}(?P<month>0[1-9]|1[0-2])", may_have_clock=False, is_sure=False,
         lead=""),
    Form("named_month", rf"{_MONTH_NAME}{_BETWEEN}{_SHORT_YEAR}", may_have_clock=False, lead=""),
    Form("named_month", rf"{_SHORT_YEAR}{_BETWEEN}{_MONTH_NAME}", may_have_clock=False, lead=""),
    Form("ordinal", rf"{_YEAR}-(?P<year_day>\d{{3}})", lead=""),
    Form(
        "era",
        r"(?P<era>令和|平成|昭和|大正|明治|民國|民国|[RHSTM])\.?\s?(?P<era_year>\d{1,3}|元)[年./-]\s?"
        r"(?P<month>\d{1,2})[月./-]\s?(?:(?P<day>\d{1,2})日?)?",
        lead="",
    ),
    Form(
        "era",
        r"(?P<roc_year>1[0-4]\d)[年/.-]\s?(?P<month>\d{1,2})[月/.-]\s?(?P<day>\d{1,2})日?",
        lead="",
    ),
    Form("era", r"(?P<roc_year>1[0-4]\d)年\s?(?P<month>\d{1,2})月", may_have_clock=False, lead=""),
    Form("year", rf"{_YEAR}(?:\.0+|年|년)?", may_have_clock=False, is_sure=False, lead=""),
)  # fmt: skip


def forms_called(name: str) -> tuple[Form, ...]:
    """The forms that a plan's ``time_form`` means; none for what is no form of text."""
    return tuple(form for form in FORMS if form.name == name)
