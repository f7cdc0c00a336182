"""The samples that come with the program: real prices, and series made for learning.

Each is the same on every machine and in every version, so that results can be compared.
"""

from __future__ import annotations

import gzip
import importlib.util
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.errors import SourceError, SpecError, suggest_name
from lstm_core.spec import SeriesDataSpec

_SEED = 20_240_229
_SYNTHETIC = "Computed by LSTM Studio; free to use."


@dataclass(frozen=True)
class Sample:
    """A table that is always at hand.

    Attributes:
        name: what a spec calls it.
        title, description: for people.
        real: measured in the world, as opposed to computed.
        origin: where it comes from and under which licence.
        data: the spec that loads it, every role filled in.
        make_frame: builds the table.
    """

    name: str
    title: str
    description: str
    real: bool
    origin: str
    data: SeriesDataSpec
    make_frame: Callable[[], pd.DataFrame]

    def load(self) -> SourceTable:
        return SourceTable(self.make_frame(), self.name)


def find_sample(name: str) -> Sample:
    """Return the sample with this name.

    Raises:
        SpecError: there is none; the nearest one is given.
    """
    if name not in SAMPLES:
        raise SpecError(
            f'There is no sample "{name}".',
            f"The samples are {', '.join(SAMPLES)}." + suggest_name(name, SAMPLES),
        )
    return SAMPLES[name]


def load_sample(name: str) -> SourceTable:
    """Return the sample's table.

    Raises:
        SpecError: no sample has this name.
        SourceError: the file of real prices is not where plotly keeps it.
    """
    return find_sample(name).load()


def _read_stocks() -> pd.DataFrame:
    """Read the file without importing plotly, which takes far longer than the reading."""
    plotly = importlib.util.find_spec("plotly")
    folders = plotly.submodule_search_locations if plotly else None
    path = Path(*(folders or [])[:1], "package_data", "datasets", "stocks.csv.gz")
    try:
        content = gzip.decompress(path.read_bytes())
    except OSError as error:
        raise SourceError(
            "The stock prices that come with plotly are missing.",
            "Install the requirements again, or choose another sample.",
        ) from error
    wide = pd.read_csv(io.BytesIO(content), compression=None)
    return wide.melt(id_vars="date", var_name="company", value_name="price")


def _make_sine() -> pd.DataFrame:
    generator = np.random.default_rng(_SEED)
    steps = np.arange(1_000)
    values = np.sin(2 * np.pi * steps / 50) + generator.normal(0, 0.05, len(steps))
    return pd.DataFrame({"step": steps, "value": values.round(5)})


_NUM_LOAD_DAYS = 120
_NUM_LOAD_DAYS_AHEAD = 7
_HOLIDAYS = ("2024-01-01", "2024-03-29", "2024-04-01", "2024-05-01", "2024-05-09")


def _make_load() -> pd.DataFrame:
    """Hourly load in megawatts; weather and holidays reach a week beyond the last load."""
    generator = np.random.default_rng(_SEED + 1)
    num_hours = 24 * (_NUM_LOAD_DAYS + _NUM_LOAD_DAYS_AHEAD)
    times = pd.date_range("2024-01-01", periods=num_hours, freq="h")
    hour, day = times.hour.to_numpy(), np.arange(num_hours) / 24
    holiday = times.normalize().isin(pd.to_datetime(list(_HOLIDAYS)))
    free_day = holiday | (times.day_of_week.to_numpy() >= 5)
    weather = np.zeros(num_hours)
    shocks = generator.normal(0, 0.35, num_hours)
    for i in range(1, num_hours):  # warm and cold spells that last for days
        weather[i] = 0.985 * weather[i - 1] + shocks[i]
    temperature = 2 + 0.11 * day + 4 * np.sin(2 * np.pi * (hour - 9) / 24) + weather
    working_hours = np.exp(-(((hour - 13) / 5.5) ** 2)) + 0.35 * np.exp(-(((hour - 19) / 2) ** 2))
    load = (
        410
        + 0.25 * day
        + 170 * working_hours * np.where(free_day, 0.55, 1.0)
        + 6 * np.maximum(15 - temperature, 0)
        + generator.normal(0, 8, num_hours)
    )
    load[24 * _NUM_LOAD_DAYS :] = np.nan
    return pd.DataFrame(
        {
            "time": times,
            "load": load.round(1),
            "temperature": temperature.round(1),
            "holiday": holiday.astype(int),
        }
    )


def _make_three_series() -> pd.DataFrame:
    generator = np.random.default_rng(_SEED + 2)
    times = pd.date_range("2023-01-01", periods=730, freq="D")
    day = np.arange(len(times))
    weekday = times.day_of_week.to_numpy()
    # the name of a shop: level, growth a day, value of each weekday, height of summer
    shops = {
        "bakery": (120, 0.04, (0.9, 0.9, 1.0, 1.0, 1.2, 1.5, 0.5), 0.05),
        "garden centre": (60, 0.01, (0.8, 0.8, 0.8, 0.9, 1.1, 1.6, 1.0), 0.6),
        "station kiosk": (240, -0.05, (1.2, 1.2, 1.2, 1.2, 1.2, 0.6, 0.4), -0.1),
    }
    tables = []
    for name, (level, growth, weekdays, summer) in shops.items():
        year = 1 + summer * np.sin(2 * np.pi * (day - 105) / 365.25)
        noise = generator.normal(1, 0.06, len(day))
        sales = (level + growth * day) * np.asarray(weekdays)[weekday] * year * noise
        tables.append(pd.DataFrame({"date": times, "shop": name, "sales": sales.round(1)}))
    return pd.concat(tables, ignore_index=True)


SAMPLES: dict[str, Sample] = {
    sample.name: sample
    for sample in (
        Sample(
            name="stocks",
            title="Weekly stock prices of six companies",
            description="What a share of six technology companies cost in each week of 2018 and "
            "2019, as a multiple of its price in the first week.",
            real=True,
            origin="Closing prices that ship inside the plotly package (MIT licence).",
            data=SeriesDataSpec(
                source="sample",
                name="stocks",
                time="date",
                targets=("price",),
                series="company",
            ),
            make_frame=_read_stocks,
        ),
        Sample(
            name="sine",
            title="A sine wave with a little noise",
            description="A thousand steps of a wave that repeats every 50 steps: the first thing "
            "that every LSTM tutorial predicts.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(source="sample", name="sine", time="step", targets=("value",)),
            make_frame=_make_sine,
        ),
        Sample(
            name="load",
            title="Hourly electric load of a small town",
            description="Four months of load with a day's and a week's rhythm, a trend and "
            "holidays; temperature and holidays are known a week ahead.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="load",
                time="time",
                targets=("load",),
                known_future_covariates=("temperature", "holiday"),
            ),
            make_frame=_make_load,
        ),
        Sample(
            name="three_series",
            title="Daily sales of three shops",
            description="Two years of three series in one table, each with a level, a weekly "
            "rhythm, a summer and a trend of its own.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="three_series",
                time="date",
                targets=("sales",),
                series="shop",
            ),
            make_frame=_make_three_series,
        ),
    )
}
