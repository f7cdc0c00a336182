"""Series that lie inside packages which the program needs anyway: statsmodels and plotly."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.collection.series import Series, make_series
from benchmarks.packages import NEW_YORK_FED, find_inside, read_air, read_dataset

_PUBLIC = "statsmodels, public domain"
_FED = "New York Fed by statsmodels, public domain"


def list_installed() -> Iterator[Series]:
    """Yield series of years, quarters, months, weeks and hours."""
    yield from _list_years_and_quarters()
    yield from _list_months_and_weeks()
    yield from _list_long()


def _list_years_and_quarters() -> Iterator[Series]:
    nile = read_dataset("nile")
    yield make_series("nile", nile["volume"], _year(nile["year"]), "yearly shift", _PUBLIC)
    copper = read_dataset("copper")
    used = copper["WORLDCONSUMPTION"]
    years = pd.Series(range(1951, 1951 + len(used)))
    yield make_series("copper-use", used, _year(years), "yearly trend", _PUBLIC)
    country = read_dataset("macrodata")
    invested = country["realinv"][:120]
    yield make_series("investment", invested, _quarters(120), "quarterly trend", _PUBLIC)
    inflation = country["infl"][:140]
    yield make_series("inflation", inflation, _quarters(140), "quarterly negative", _PUBLIC)


def _list_months_and_weeks() -> Iterator[Series]:
    turnover = read_dataset("elec_equip")
    months = pd.to_datetime(turnover["DATE"], format="%b-%d-%Y")
    ours = turnover.iloc[:144, 1]
    yield make_series("electrical-turnover", ours, months[:144], "monthly season", _PUBLIC)
    fed = pd.read_csv(find_inside("statsmodels", *NEW_YORK_FED))
    fed["Date"] = pd.to_datetime(fed["Date"], format="%m/%d/%y")
    for name, column, rows, traits in (
        ("shop-sales", "RSAFS", 96, "monthly trend"),
        ("factory-mood", "GACDFSA066MSFRBPHI", 120, "monthly negative"),
    ):
        own = fed.loc[fed[column].first_valid_index() :].iloc[:rows]
        yield make_series(name, own[column], own["Date"], traits, _FED)
    ocean = read_dataset("elnino").set_index("YEAR").to_numpy().ravel()[:120]
    since = pd.date_range("1950-01-01", periods=120, freq="MS")
    yield make_series("sea-off-peru", ocean, since, "monthly season", _PUBLIC)
    air = read_air().loc["1985":].iloc[:156]
    yield make_series("carbon-dioxide", air, air.index, "weekly season trend", _PUBLIC)
    shares = find_inside("plotly", "package_data", "datasets", "stocks.csv.gz")
    google = pd.read_csv(shares, parse_dates=["date"])
    yield make_series("google", google["GOOG"], google["date"], "weekly walk", "plotly, MIT")


def _list_long() -> Iterator[Series]:
    spots = _read_sunspots()
    yield make_series("sunspots", spots, spots.index, "monthly cycle floor", _PUBLIC)
    begun = pd.read_csv(
        find_inside("statsmodels", "tsa", "holtwinters", "tests", "results", "housing-data.csv"),
        parse_dates=["DATE"],
    )
    homes = "US Census Bureau by statsmodels, public domain"
    yield make_series("homes-begun", begun["HOUSTNSA"], begun["DATE"], "monthly season", homes)
    stocks = pd.read_csv(find_inside("statsmodels", "tsa", "tests", "results", "SP500.csv"))
    months = pd.date_range("1949-01-01", periods=len(stocks), freq="MS")
    schwert = "Schwert 1987 by statsmodels, BSD"
    yield make_series("stock-index", stocks.iloc[:, 0], months, "monthly walk trend", schwert)
    load = pd.read_csv(
        find_inside("statsmodels", "tsa", "stl", "tests", "results", "mstl_elec_vic.csv"),
        parse_dates=["ds"],
    )
    victoria = "Victoria's load by statsmodels, after tsibbledata, GPL-3"
    yield make_series("victoria-load", load["y"], load["ds"], "hourly seasons", victoria)


def _read_sunspots() -> pd.Series:
    """Months from 1749 on: a year and twelve numbers a line, between lines of words."""
    path = find_inside("statsmodels", "datasets", "sunspots", "src", "sunspots_monthly.dat")
    lines = [line.split() for line in path.read_text().splitlines()]
    rows = [line for line in lines if len(line) == 13 and line[0].isdigit()]
    values = np.array([line[1:] for line in rows], float).ravel()
    first = pd.Timestamp(int(rows[0][0]), 1, 1)
    return pd.Series(values, pd.date_range(first, periods=len(values), freq="MS"))


def _year(years: pd.Series) -> pd.Series:
    return pd.to_datetime(years.astype(int).astype(str), format="%Y")


def _quarters(count: int) -> pd.DatetimeIndex:
    return pd.date_range("1959-01-01", periods=count, freq="QS")
