"""A collection of tables of few rows, all measured in the world.

Most lie inside packages that are installed anyway; the others are read from a folder of public data
where one is given. Of a longer series the first rows are taken, as many as its name says; days and
weeks of finer measurements are their sums or means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.packages import NEW_YORK_FED, find_inside, read_air, read_dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.sources.samples import load_sample

FEWEST_ROWS, MOST_ROWS = 24, 200
_TAXI = ("tasks", "anomaly", "nab", "nyc_taxi.csv")


@dataclass(frozen=True)
class Table:
    """One short series.

    Attributes:
        name: what it is, and how many rows of it.
        values: ``(rows,)``, without gaps.
        alias: of the spacing, as ``Frequency`` has it.
    """

    name: str
    values: np.ndarray
    alias: str

    def __post_init__(self) -> None:
        known = np.isfinite(self.values).all() and FEWEST_ROWS <= len(self.values) <= MOST_ROWS
        if not known:
            raise ValueError(f"{self.name}: {FEWEST_ROWS} to {MOST_ROWS} rows without gaps")

    @property
    def frequency(self) -> Frequency:
        """How far apart its rows are."""
        return Frequency(self.alias)


def take(name: str, series: pd.Series, alias: str, rows: int | None = None) -> Table:
    """Take the first rows from where a series begins on; None takes all."""
    values = series.loc[series.first_valid_index() :].to_numpy(float)[:rows]
    return Table(f"{name}, {len(values)}", values, alias)


def list_tables(folder: Path | None) -> list[Table]:
    """List the tables of installed packages, and those whose file lies in a folder."""
    tables = [*_list_years(), *_list_quarters(), *_list_months(), *_list_weeks()]
    return tables + (list(_list_public(folder)) if folder else [])


def _list_years() -> Iterator[Table]:
    """Rivers, the sun, the sea, the air, copper, and a country."""
    yield take("flow of the Nile", read_dataset("nile")["volume"], "YS")
    yield take("sunspots", load_sample("sunspots").frame["sunspots"], "YS", 120)
    ocean = load_sample("ocean").frame["temperature"].to_numpy()
    yield take("sea off Peru", pd.Series(ocean.reshape(-1, 12).mean(1)), "YS")
    air = read_air().resample("YS").mean().loc["1959":]
    yield take("carbon dioxide", air, "YS")
    copper = read_dataset("copper")
    yield take("use of copper", copper["WORLDCONSUMPTION"], "YS")
    yield take("price of copper", copper["COPPERPRICE"], "YS")
    country = read_dataset("macrodata").query("year < 2009").groupby("year").mean()
    yield take("people of the United States", country["pop"], "YS")
    yield take("unemployment", country["unemp"], "YS")


def _list_quarters() -> Iterator[Table]:
    """The economies of the United States, Denmark and Germany."""
    country = read_dataset("macrodata")
    for name, column, rows in (
        ("gross product", "realgdp", 80),
        ("investment", "realinv", 120),
        ("spending of the state", "realgovt", 100),
        ("consumer prices", "cpi", 60),
        ("money", "m1", 48),
        ("interest", "tbilrate", 160),
        ("unemployment", "unemp", 72),
        ("inflation", "infl", 140),
    ):
        yield take(name, country[column], "QS", rows)
    danish = pd.read_csv(find_inside("statsmodels", "datasets", "danish_data", "data.csv"))
    yield take("Danish money, logarithm", danish["lrm"], "QS")
    yield take("Danish income, logarithm", danish["lry"], "QS")
    german = pd.read_csv(find_inside("statsmodels", "datasets", "interest_inflation", "E6.csv"))
    yield take("German inflation", german["Dp"], "QS")
    yield take("German interest", german["R"], "QS")


def _list_months() -> Iterator[Table]:
    """The sea, the air, industry, homes, shops and work."""
    yield take("sea off Peru", load_sample("ocean").frame["temperature"], "MS", 120)
    yield take("carbon dioxide", read_air().resample("MS").mean().loc["1965":], "MS", 96)
    turnover = read_dataset("elec_equip").iloc[:, 1]
    yield take("turnover of electrical industry", turnover, "MS", 144)
    yield take("turnover of electrical industry", turnover, "MS", 48)
    country = pd.read_csv(find_inside("statsmodels", *NEW_YORK_FED))
    for name, column, rows in (
        ("homes sold", "HSN1F", 120),
        ("homes begun", "HOUST", 72),
        ("unemployment", "UNRATE", 84),
        ("consumer prices", "CPIAUCSL", 60),
        ("sales of shops", "RSAFS", 96),
        ("orders of durable goods", "DGORDER", 150),
        ("industrial production", "INDPRO", 180),
        ("people at work", "PAYEMS", 48),
        ("mood of factories in Philadelphia", "GACDFSA066MSFRBPHI", 120),
        ("permits to build", "PERMIT", 36),
    ):
        yield take(name, country[column], "MS", rows)


def _list_weeks() -> Iterator[Table]:
    """The air again, and prices of shares."""
    air = load_sample("carbon_dioxide").frame["co2"]
    yield take("carbon dioxide", air, "W", 156)
    yield take("carbon dioxide", air, "W", 60)
    shares = pd.read_csv(find_inside("plotly", "package_data", "datasets", "stocks.csv.gz"))
    yield take("shares of Google", shares["GOOG"], "W")
    yield take("shares of Netflix", shares["NFLX"], "W", 80)


def _list_public(folder: Path) -> Iterator[Table]:
    """Passengers, a transformer, and taxis."""
    if (path := folder / "AirPassengers.csv").exists():
        passengers = pd.read_csv(path).iloc[:, 1]
        yield take("passengers of airlines", passengers, "MS")
        yield take("passengers of airlines", passengers, "MS", 60)
    if (path := folder / "ETTh1.csv").exists():
        power = pd.read_csv(path, index_col="date", parse_dates=True)
        days, weeks = power.resample("D").mean(), power.resample("W").mean()
        yield take("oil of a transformer", days["OT"], "D", 180)
        yield take("oil of a transformer", weeks["OT"], "W", 100)
        yield take("load of a transformer", days["HUFL"], "D", 120)
        yield take("load of a transformer", days["LULL"], "D", 60)
        yield take("load of a transformer", weeks["MUFL"], "W", 80)
        yield take("load of a transformer", power["HUFL"], "h", 168)
    if (path := folder.joinpath(*_TAXI)).exists():
        taxis = pd.read_csv(path, index_col="timestamp", parse_dates=True)["value"]
        yield take("rides in taxis", taxis.resample("D").sum(), "D", 150)
        yield take("rides in taxis", taxis.resample("D").sum(), "D", 56)
        yield take("rides in taxis", taxis.resample("h").sum(), "h", 192)
