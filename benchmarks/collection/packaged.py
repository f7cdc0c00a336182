"""Series of packages that are installed for them alone; see ``requirements.txt`` beside this.

Nothing of the packages is run: tables are read, and numbers that stand in a module as a list.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.collection.series import Series, make_series
from benchmarks.packages import find_inside

PACKAGES = ("pmdarima", "vega_datasets", "bokeh_sampledata")
_OF_R = "R's forecast and expsmooth by pmdarima, MIT"
_NOAA = "NOAA by vega_datasets, public domain"


def list_pmdarima() -> Iterator[Series]:
    """Yield series that everybody who forecasts knows; Taylor's load among them."""
    for name, module, start, alias, traits in (
        ("wine", "wineind", "1980-01-01", "MS", "monthly season"),
        ("woollen-yarn", "woolyrnq", "1965-01-01", "QS", "quarterly season"),
        ("lynx", "lynx", "1821-01-01", "YS", "yearly cycle counts"),
        ("taylor-load", "taylor", "2000-06-05", "30min", "half-hourly seasons"),
    ):
        values = _read_list("pmdarima", "datasets", f"{module}.py")
        times = pd.date_range(start, periods=len(values), freq=alias)
        yield make_series(name, values, times, traits, _OF_R)


def list_vega() -> Iterator[Series]:
    """Yield the weather of Seattle and San Francisco, and people at work."""
    work = pd.read_csv(_vega("us-employment.csv"), parse_dates=["month"])
    bls = "US Bureau of Labor Statistics by vega_datasets, public domain"
    yield make_series("builders", work["construction"], work["month"], "monthly cycle", bls)
    weather = pd.read_csv(_vega("seattle-weather.csv"), parse_dates=["date"])
    for name, column, traits in (
        ("seattle-warmth", "temp_max", "daily slow-season"),
        ("seattle-rain", "precipitation", "daily floor zeros"),
    ):
        yield make_series(name, weather[column], weather["date"], traits, _NOAA)
    city = pd.read_csv(_vega("sf-temps.csv"), parse_dates=["date"])
    yield make_series("san-francisco", city["temp"], city["date"], "hourly seasons", _NOAA)


def list_bokeh() -> Iterator[Series]:
    """Yield marriages, a share and the sea."""
    wed = pd.read_csv(_bokeh("us_marriages_divorces.csv"))
    years = pd.to_datetime(wed["Year"].astype(int).astype(str), format="%Y")
    cdc = "US CDC by bokeh_sampledata, public domain"
    yield make_series("marriages", wed["Marriages_per_1000"], years, "yearly walk", cdc)
    shares = pd.read_csv(_bokeh("stocks.csv.gz"), parse_dates=["Date"])
    apple = shares[shares["Ticker"] == "AAPL"]
    wiki = "Quandl WIKI by bokeh_sampledata, public domain"
    yield make_series("apple", apple["Adj Close"], apple["Date"], "working-days walk", wiki)
    changes = apple["Adj Close"].pct_change().to_numpy()[-1_500:]
    days = apple["Date"][-1_500:]
    yield make_series("apple-returns", 100 * changes, days, "working-days returns", wiki)
    sea = pd.read_csv(_bokeh("sea_surface_temperature.csv.gz"), parse_dates=["time (UTC)"])
    sea = sea.drop_duplicates("time (UTC)")
    times = sea["time (UTC)"].dt.tz_localize(None)
    buoy = "NERACOOS by bokeh_sampledata, free to redistribute"
    warmth = sea["temperature (celsius)"]
    yield make_series("sea-surface", warmth, times, "half-hourly slow-season", buoy)


def _vega(name: str) -> str:
    return str(find_inside("vega_datasets", "_data", name))


def _bokeh(name: str) -> str:
    return str(find_inside("bokeh_sampledata", "_data", name))


def _read_list(package: str, *parts: str) -> np.ndarray:
    """Return the longest list of numbers that a module's text holds, ``(rows,)``."""
    tree = ast.parse(find_inside(package, *parts).read_text())
    lists = (node for node in ast.walk(tree) if isinstance(node, ast.List))
    longest = max(lists, key=lambda node: len(node.elts))
    return np.array(ast.literal_eval(longest), float)
