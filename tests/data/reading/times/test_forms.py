"""Ranges of times, written in each form, come back exactly, or the doubt is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.reading.times import looks_like_times, parse_times

Write = Callable[[pd.Timestamp], str]

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre "
    "dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października "
    "listopada grudnia",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta "
    "elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
}
SHORT = {
    "de": "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "de.": "Jan. Feb. Mär. Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "jan feb mrt apr mei jun jul aug sep okt nov dec",
    "pl": "sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ru": "янв фев мар апр май июн июл авг сен окт ноя дек",
}


def strf(form: str) -> Write:
    return lambda at: at.strftime(form)


def named(words: str, form: str) -> Write:
    names = words.split()
    return lambda at: form.format(d=at.day, m=names[at.month - 1], y=at.year, yy=at.year % 100)


CLOCKED: dict[str, Write] = {
    "iso": strf("%Y-%m-%d %H:%M:%S"),
    "iso T": strf("%Y-%m-%dT%H:%M"),
    "iso Z": strf("%Y-%m-%dT%H:%M:%SZ"),
    "iso comma": strf("%Y-%m-%dT%H:%M:%S,%f"),
    "iso nanoseconds": strf("%Y-%m-%dT%H:%M:%S.%f000Z"),
    "iso basic": strf("%Y%m%dT%H%M"),
    "iso basic Z": strf("%Y%m%dT%H%M%SZ"),
    "word UTC": strf("%Y-%m-%d %H:%M:%S UTC"),
    "slashes, year first": strf("%Y/%m/%d %H:%M"),
    "dots": strf("%d.%m.%Y %H:%M"),
    "dots and a dotted clock": strf("%d.%m.%Y %H.%M"),
    "a clock with Uhr": strf("%d.%m.%Y %H:%M Uhr"),
    "a French clock": strf("%d/%m/%Y %Hh%M"),
    "twelve hours": strf("%m/%d/%Y %I:%M %p"),
    "twelve hours with dots": lambda at: (
        f"{at:%m/%d/%Y %I:%M} {'a.m.' if at.hour < 12 else 'p.m.'}"
    ),
    "RFC 2822": strf("%a, %d %b %Y %H:%M:%S +0000"),
    "asctime": strf("%a %b %d %H:%M:%S %Y"),
    "SAS": lambda at: f"{at:%d%b%Y:%H:%M:%S}".upper(),
    "Oracle": lambda at: f"{at:%d-%b-%y %I.%M.%S.%f %p}".upper(),
    "a log's": strf("%d/%b/%Y:%H:%M:%S +0000"),
    "Korean halves of the day": lambda at: (
        f"{at:%Y-%m-%d} {'오전' if at.hour < 12 else '오후'} {at:%I:%M}"
    ),
    "Japanese": lambda at: f"{at.year}年{at.month}月{at.day}日 {at.hour}時{at.minute:02}分",
    "a dash before the clock": strf("%d.%m.%Y - %H:%M"),
    "an at sign": strf("%b %d, %Y @ %H:%M:%S.000"),
    "a weekday between": strf("%Y-%m-%d %a %H:%M"),
    "a Chinese weekday between": lambda at: (
        f"{at.year}年{at.month}月{at.day}日 星期{'一二三四五六日'[at.day_of_week]} {at:%H:%M}"
    ),
    "brackets": strf("[%d/%b/%Y:%H:%M:%S +0000]"),
    "a region in brackets": strf("%Y-%m-%d %H:%M (CET/CEST)"),
    "UTC in brackets": strf("%Y-%m-%d %H:%M (UTC+00:00)"),
    "Go": strf("%Y-%m-%d %H:%M:%S +0000 UTC"),
    "Java": strf("%a %b %d %H:%M:%S UTC %Y"),
    "midnights without a clock": lambda at: (
        f"{at:%d.%m.%Y}" if at == at.normalize() else f"{at:%d.%m.%Y %H:%M}"
    ),
    "to hour 24": lambda at: (
        f"{at - pd.Timedelta(days=1):%d.%m.%Y} 24:00"
        if at == at.normalize()
        else f"{at:%d.%m.%Y %H:%M}"
    ),
    "fractions": lambda at: f"{at:%Y-%m-%d %H:%M:%S.%f}"[:-3],
    "no-break spaces": lambda at: f"{at:%m/%d/%Y},\u00a0{at:%I:%M:%S}\u202f{at:%p}",
    "compact text": strf("%Y%m%d%H%M%S"),
    "compact to the minute": strf("%Y%m%d%H%M"),
    "stretches": lambda at: f"{at:%d.%m.%Y %H:%M} - {at + pd.Timedelta(hours=1):%d.%m.%Y %H:%M}",
    "stretches of ISO": lambda at: (
        f"{at:%Y-%m-%dT%H:%M}/{at + pd.Timedelta(hours=1):%Y-%m-%dT%H:%M}"
    ),
}  # fmt: skip
DAYS: dict[str, Write] = {
    "iso": strf("%Y-%m-%d"),
    "no padding": lambda at: f"{at.year}/{at.month}/{at.day}",
    "Korean": lambda at: f"{at.year}. {at.month}. {at.day}.",
    "Chinese": lambda at: f"{at.year}年{at.month}月{at.day}日",
    "dots": strf("%d.%m.%Y"),
    "slashes": strf("%d/%m/%Y"),
    "American": lambda at: f"{at.month}/{at.day}/{at.year}",
    "spaces": strf("%d %m %Y"),
    "dashes": strf("%d-%m-%Y"),
    "weekday before": strf("%A, %d.%m.%Y"),
    "weekday behind": lambda at: (
        f"{at.year}年{at.month}月{at.day}日({'月火水木金土日'[at.day_of_week]})"
    ),
    "SAS": lambda at: f"{at:%d%b%Y}".upper(),
    "ordinal words": lambda at: f"{at.day}{_suffix(at.day)} {at:%b %Y}",
    "American words": strf("%B %d, %Y"),
    "short words": strf("%d-%b-%y"),
    "year, word, day": strf("%Y-%b-%d"),
    "of the year": strf("%Y-%j"),
    "compact": strf("%Y%m%d"),
    "weekday of a week": strf("%G-W%V-%u"),
    "a weekday behind": strf("%d/%m/%Y %a"),
    "full-width digits": lambda at: f"{at:%Y/%m/%d}".translate(
        {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789/"}
    ),
    "Russian, with the word for year": named(MONTHS["ru"], "{d} {m} {y} г."),
    "Reiwa": lambda at: f"令和{at.year - 2018}年{at.month}月{at.day}日",
    "Reiwa, short": lambda at: f"R{at.year - 2018}.{at.month}.{at.day}",
    "week of": strf("Week of %Y-%m-%d"),
    **{f"{language} in full": named(words, "{d}. {m} {y}") for language, words in MONTHS.items()},
    **{f"{language} short": named(words, "{d} {m} {y}") for language, words in SHORT.items()},
    "Spanish, in words": named(MONTHS["es"], "{d} de {m} de {y}"),
}
MONTHLY: dict[str, Write] = {
    "iso": strf("%Y-%m"),
    "slash": strf("%m/%Y"),
    "Stata": lambda at: f"{at.year}m{at.month}",
    "IMF": lambda at: f"{at.year}M{at.month}",
    "OECD": strf("%Y-M%m"),
    "Jan 2024": strf("%b %Y"),
    "Jan-24": strf("%b-%y"),
    "Jan '24": strf("%b '%y"),
    "24-Jan": strf("%y-%b"),
    "2024 Jan": strf("%Y %b"),
    "Sept": lambda at: f"{'Sept' if at.month == 9 else at.strftime('%b')} {at.year}",
    "Chinese": lambda at: f"{at.year}年{at.month}月",
    "compact": strf("%Y%m"),
    "first of the month": strf("%d.%m.%Y"),
    "first of the month, month first": strf("%m/%d/%Y"),
    **{f"{language} in full": named(words, "{m} {y}") for language, words in MONTHS.items()},
    **{f"{language} short": named(words, "{m} {y}") for language, words in SHORT.items()},
    **{f"{language} short year": named(words, "{m}-{yy:02}") for language, words in SHORT.items()},
}
OTHERS: dict[str, tuple[str, Write]] = {
    "2024Q1": ("QS", lambda at: f"{at.year}Q{at.quarter}"),
    "2024-Q1": ("QS", lambda at: f"{at.year}-Q{at.quarter}"),
    "Q1 2024": ("QS", lambda at: f"Q{at.quarter} {at.year}"),
    "Q1/24": ("QS", lambda at: f"Q{at.quarter}/{at:%y}"),
    "3Q24": ("QS", lambda at: f"{at.quarter}Q{at:%y}"),
    "a German quarter": ("QS", lambda at: f"{at.quarter}. Quartal {at.year}"),
    "a French quarter": ("QS", lambda at: f"T{at.quarter} {at.year}"),
    "a French quarter in words": ("QS", lambda at: f"{at.quarter}e trimestre {at.year}"),
    "a Polish quarter": (
        "QS", lambda at: f"{('I', 'II', 'III', 'IV')[at.quarter - 1]} kw. {at.year}"
    ),
    "a Swedish quarter": ("QS", lambda at: f"{at.year}K{at.quarter}"),
    "a week": ("W-MON", strf("%G-W%V")),
    "a week without a dash": ("W-MON", strf("%GW%V")),
    "a German week": ("W-MON", lambda at: f"KW {at.isocalendar().week} {at.isocalendar().year}"),
    "a week in words": ("W-MON", strf("Week %V, %G")),
    "half a year": ("6MS", lambda at: f"{at.year}H{1 + at.month // 7}"),
    "half a year, first": ("6MS", lambda at: f"H{1 + at.month // 7} {at.year}"),
    "a semester": ("6MS", lambda at: f"{at.year}-S{1 + at.month // 7}"),
    "a German half year": ("6MS", lambda at: f"{1 + at.month // 7}. Halbjahr {at.year}"),
    "a fiscal year": ("YS", lambda at: f"FY{at.year}"),
    "Stata's quarter": ("QS", lambda at: f"{at.year}q{at.quarter}"),
    "days of a week in words": (
        "W-MON",
        lambda at: f"{at:%b %d, %Y} - {at + pd.Timedelta(days=6):%b %d, %Y}",
    ),
    "a season": ("YS", lambda at: f"{at.year}/{(at.year + 1) % 100:02}"),
    "a week's days": ("W-MON", lambda at: f"{at:%m/%d/%Y} - {at + pd.Timedelta(days=6):%m/%d/%Y}"),
}  # fmt: skip


def _suffix(day: int) -> str:
    return {1: "st", 21: "st", 31: "st", 2: "nd", 22: "nd", 3: "rd", 23: "rd"}.get(day, "th")


def check(times: pd.DatetimeIndex, write: Write, name: str = "when") -> None:
    cells = pd.Series([write(at) for at in times], name=name, dtype="str")
    parsed = parse_times(cells)
    assert parsed is not None, cells.tolist()
    if parsed.questions:
        assert parsed.questions[0].item == "data.reading.date_order"
        return
    expected = times.as_unit("ns")
    assert parsed.values.tolist() == expected.tolist(), cells.tolist()
    if len(cells) > 3 and not cells.str.fullmatch(r"\d+").all():
        assert looks_like_times(cells)


def check_clocks(form: str, start: pd.Timestamp, length: int, step: str) -> None:
    check(pd.date_range(start.floor("h"), periods=length, freq=step), CLOCKED[form])


def check_days(form: str, start: pd.Timestamp, length: int, step: str) -> None:
    first = max(start.normalize(), pd.Timestamp("2019-06-01" if "Reiwa" in form else 0))
    check(pd.date_range(first, periods=length, freq=step), DAYS[form])


def check_months(form: str, start: pd.Timestamp, length: int) -> None:
    check(pd.date_range(start.normalize(), periods=length, freq="MS"), MONTHLY[form], "month")


def check_others(form: str, start: pd.Timestamp, length: int) -> None:
    step, write = OTHERS[form]
    first = start.normalize()
    first = first.replace(month=1, day=1) if step == "6MS" else first
    times = pd.date_range(first, periods=length, freq=step)
    check(times[times < "2046"], write)


@pytest.mark.parametrize("form", CLOCKED)
def test_clocks(form: str) -> None:
    check_clocks(form, pd.Timestamp("2023-12-30 22:00"), 40, "h")


@pytest.mark.parametrize("form", DAYS)
def test_days(form: str) -> None:
    check_days(form, pd.Timestamp("2023-12-20"), 40, "D")


@pytest.mark.parametrize("form", MONTHLY)
def test_months(form: str) -> None:
    check_months(form, pd.Timestamp("1998-11-01"), 30)


@pytest.mark.parametrize("form", OTHERS)
def test_longer_stretches(form: str) -> None:
    check_others(form, pd.Timestamp("1998-01-01"), 20)


starts = st.datetimes(pd.Timestamp("1951-01-01"), pd.Timestamp("2042-01-01")).map(pd.Timestamp)
lengths = st.integers(3, 40)
hours = st.sampled_from(["h", "15min", "7h", "31h"])
days = st.sampled_from(["D", "B", "3D", "7D", "MS", "ME"])
any_range = st.one_of(
    st.tuples(st.just(check_clocks), st.sampled_from(list(CLOCKED)), starts, lengths, hours),
    st.tuples(st.just(check_days), st.sampled_from(list(DAYS)), starts, lengths, days),
    st.tuples(st.just(check_months), st.sampled_from(list(MONTHLY)), starts, lengths),
    st.tuples(st.just(check_others), st.sampled_from(list(OTHERS)), starts, lengths),
)


@settings(max_examples=100, deadline=None)
@given(any_range)
def test_any_range(drawn: tuple[Any, ...]) -> None:
    drawn[0](*drawn[1:])


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(any_range)
def test_many_ranges(drawn: tuple[Any, ...]) -> None:
    drawn[0](*drawn[1:])
