"""Series of a folder of public data, which is read and never copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.collection.series import Series, make_series

_NAB = "Numenta Anomaly Benchmark, MIT"
_M3 = "M3 competition, Makridakis and Hibon 2000; not for shipping"
_M4 = "M4 competition, Mcompetitions/M4-methods"
_ETT = "zhouhaoyi/ETDataset, CC BY-ND 4.0"
_MOST_ROWS = 12_000


def list_passengers(folder: Path) -> Iterator[Series]:
    table = pd.read_csv(folder / "AirPassengers.csv")
    months = pd.to_datetime(table.iloc[:, 0])
    box = "Box and Jenkins 1976"
    yield make_series("passengers", table.iloc[:, 1], months, "monthly season trend", box)


def list_m3(folder: Path) -> Iterator[Series]:
    """Yield five series, a third and two thirds through their kind, where it has so many."""
    table = pd.read_csv(folder / "m3_half.csv.gz")
    for kind, alias, places, traits in (
        ("yearly", "YS", (1 / 3, 2 / 3), "yearly trend"),
        ("quarterly", "QS", (1 / 2,), "quarterly"),
        ("monthly", "MS", (1 / 3, 2 / 3), "monthly"),
    ):
        own = table[table["kind"] == kind]
        yield from _spread(own, f"m3-{kind}", alias, places, traits, _M3)


def list_m4(folder: Path) -> Iterator[Series]:
    """Yield series of weeks and hours, by their place among all of their kind."""
    weekly = pd.read_csv(folder / "m4_weekly_half.csv.gz")
    yield from _spread(weekly, "m4-weekly", "W", (1 / 2,), "weekly walk", _M4)


def list_m4_hours(folder: Path) -> Iterator[Series]:
    hourly = pd.read_csv(folder / "m4_hourly.csv.gz")
    yield from _spread(hourly, "m4-hourly", "h", (1 / 3, 2 / 3), "hourly seasons", _M4)


def list_transformer(folder: Path) -> Iterator[Series]:
    power = pd.read_csv(folder / "ETTh1.csv", parse_dates=["date"])
    oil = power["OT"]
    yield make_series("transformer-oil", oil, power["date"], "hourly walk season", _ETT)
    days = power.set_index("date")["HUFL"].resample("D").mean()[:180]
    yield make_series("transformer-days", days, days.index, "daily", _ETT)


def list_taxis(folder: Path) -> Iterator[Series]:
    rides = _read_nab(folder, "nyc_taxi")
    yield make_series("taxis", rides, rides.index, "half-hourly seasons counts", _NAB)
    days = rides.resample("D").sum()[:150]
    yield make_series("taxi-days", days, days.index, "daily season counts", _NAB)


def list_machines(folder: Path) -> Iterator[Series]:
    """Yield the rest of what was measured for finding anomalies, which are left in it."""
    for name, file, traits in (
        ("tweets", "Twitter_volume_GOOG", "5-minutes counts slow-season"),
        ("processor", "ec2_cpu_utilization_5f5533", "5-minutes level"),
        ("room", "ambient_temperature_system_failure", "hourly gaps walk"),
        ("machine", "machine_temperature_system_failure", "5-minutes shift walk"),
    ):
        values = _read_nab(folder, file)[:_MOST_ROWS]
        yield make_series(name, values, values.index, traits, _NAB)


SOURCES = {
    "AirPassengers.csv": list_passengers,
    "m3_half.csv.gz": list_m3,
    "m4_weekly_half.csv.gz": list_m4,
    "m4_hourly.csv.gz": list_m4_hours,
    "ETTh1.csv": list_transformer,
    "tasks/anomaly/nab/nyc_taxi.csv": list_taxis,
    "tasks/anomaly/nab": list_machines,
}
"""What reads each file or folder of public data."""


def _read_nab(folder: Path, name: str) -> pd.Series:
    path = folder / "tasks" / "anomaly" / "nab" / f"{name}.csv"
    table = pd.read_csv(path, parse_dates=["timestamp"]).drop_duplicates("timestamp")
    return table.sort_values("timestamp").set_index("timestamp")["value"]


def _spread(
    table: pd.DataFrame,
    name: str,
    alias: str,
    places: tuple[float, ...],
    traits: str,
    source: str,
) -> Iterator[Series]:
    """Take series at shares of the way through a long table; it tells no dates."""
    groups = dict(iter(table.groupby("series", sort=False)["value"]))
    for number, place in enumerate(places, 1):
        label = list(groups)[int(place * (len(groups) - 1))]
        numbered = f"{name}-{number}"
        yield make_series(numbered, groups[label], alias, traits, f"{source}: {label}")
