"""What is known of a day: a holiday, or one on which an exchange trades. Nothing is fitted."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import SpecError, suggest_name

BUSINESS_DAYS = "B"
_LONGEST_BREAK = 30


def check_country(code: str) -> None:
    """Refuse a country, or a part of one, whose holidays are not known.

    Raises:
        SpecError: with the nearest that is.
    """
    countries = list_countries()
    country, _, part = code.partition("-")
    if country not in countries:
        raise SpecError(
            f'There are no holidays of "{code}" here.' + suggest_name(country, countries),
            "Give a country by its two letters, such as DE, or with a part of it, such as DE-BY.",
        )
    if part and part not in countries[country]:
        raise SpecError(
            f'"{country}" has no part "{part}".' + suggest_name(part, countries[country]),
            f"Its parts are {', '.join(countries[country])}."
            if countries[country]
            else f'Write "{country}" alone.',
        )


@cache
def list_countries() -> dict[str, tuple[str, ...]]:
    """Return the countries whose holidays are known, by two letters, each with its parts."""
    import holidays  # its hundreds of countries take a moment

    known = holidays.list_supported_countries(include_aliases=False)
    return {code: tuple(parts) for code, parts in sorted(known.items()) if len(code) == 2}


@cache
def title_countries() -> dict[str, str]:
    """Return the names of ``list_countries`` by their letters: ``"Germany (DE)"``."""
    from holidays.registry import COUNTRIES

    names = {entry[1]: name.replace("_", " ").title() for name, entry in COUNTRIES.items()}
    titles = {code: f"{names.get(code, code)} ({code})" for code in list_countries()}
    return dict(sorted(titles.items(), key=lambda item: item[1]))


@cache
def list_exchanges() -> tuple[str, ...]:
    """Return the exchanges whose days are known, by their market codes."""
    import exchange_calendars  # takes half a second

    return tuple(sorted(exchange_calendars.get_calendar_names(include_aliases=False)))


def check_exchange(code: str) -> None:
    """Refuse an exchange whose days are not known.

    Raises:
        SpecError: with the nearest that is.
    """
    known = list_exchanges()
    if code not in known:
        raise SpecError(
            f'There is no calendar of the exchange "{code}".' + suggest_name(code, known),
            "Give its market code, such as XNYS for New York or XETR for Frankfurt.",
        )


def name_holidays(code: str, *, with_neighbours: bool) -> tuple[str, ...]:
    """Return the names of the columns that ``mark_holidays`` gives."""
    beside = ("day before a holiday", "day after a holiday") if with_neighbours else ()
    return tuple(f"{name} ({code})" for name in ("holiday", *beside))


def mark_holidays(times: pd.DatetimeIndex, code: str, *, with_neighbours: bool) -> np.ndarray:
    """Return 1 where a day is a holiday, else 0; beside it, the day before and the day after.

    Args:
        code: as ``check_country`` takes it.

    Returns:
        ``(times, 1)``, or ``(times, 3)`` with neighbours; float64.
    """
    days = times.normalize()
    country, _, part = code.partition("-")
    found = _find_holidays(country, part, int(days.year.min()) - 1, int(days.year.max()) + 1)
    shifts = (0, 1, -1) if with_neighbours else (0,)
    marks = [(days + pd.Timedelta(days=shift)).isin(found) for shift in shifts]
    return np.stack(marks, axis=1).astype(np.float64)


@lru_cache(maxsize=64)
def _find_holidays(country: str, part: str, first_year: int, last_year: int) -> pd.DatetimeIndex:
    import holidays

    found = holidays.country_holidays(
        country, subdiv=part or None, years=range(first_year, last_year + 1)
    )
    return pd.DatetimeIndex(sorted(found.keys()))


def mark_trading_days(times: pd.DatetimeIndex, code: str) -> np.ndarray:
    """Return 1 where an exchange trades on a day, else 0; ``(times,)`` float64.

    Before and after what its calendar knows, days from Monday to Friday count as such.
    """
    days = times.normalize()
    sessions, first, last = _find_sessions(code, int(days.year.min()), int(days.year.max()))
    is_known = (days >= first) & (days <= last)
    return np.where(is_known, days.isin(sessions), days.day_of_week < 5).astype(np.float64)


def list_times_ahead(
    dataset: Dataset, name: str, last: int, horizon: int, exchange: str
) -> pd.Index:
    """Return the times of the steps that are forecast of a series.

    Where rows are business days and an exchange is named, they are its trading days.

    Args:
        name: of the series. ``last``: its last row in the dataset.
    """
    time = dataset.frame.index.get_level_values("time")[last]
    usual = dataset.frequency.times_after(time, horizon)
    if not exchange or dataset.frequency.alias != BUSINESS_DAYS:
        return usual
    if len(dataset.future):  # where the table goes on, its own rows are the days
        own = dataset.future.index[dataset.future.index.get_level_values("series") == name]
        if len(own) >= horizon:
            return own.get_level_values("time")[:horizon]
    reached = pd.DatetimeIndex(dataset.frequency.times_after(time, 2 * horizon + _LONGEST_BREAK))
    open_days = reached[mark_trading_days(reached, exchange) > 0][:horizon]
    return open_days if len(open_days) == horizon else usual


@lru_cache(maxsize=16)
def _find_sessions(
    code: str, first_year: int, last_year: int
) -> tuple[pd.DatetimeIndex, pd.Timestamp, pd.Timestamp]:
    """Return the days on which an exchange trades, and from when to when they are known."""
    import exchange_calendars

    kind = type(exchange_calendars.get_calendar(code))
    lowest, highest = kind.bound_min(), kind.bound_max()
    first, last = pd.Timestamp(first_year, 1, 1), pd.Timestamp(last_year, 12, 31)
    first = first if lowest is None else max(first, lowest)
    last = last if highest is None else min(last, highest)
    if first >= last:
        return pd.DatetimeIndex([]), pd.Timestamp.max, pd.Timestamp.min
    return kind(start=first, end=last).sessions, first, last
