"""The samples that come with the program: real measurements, and series made for learning.

Each is the same on every machine and in every version, so that results can be compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.sources.sample_tables import classics, days, minutes, packaged
from lstm_core.errors import SpecError, suggest_name
from lstm_core.spec import SeriesDataSpec

_SYNTHETIC = "Computed by LSTM Studio; free to use."
_PACKAGED = "Public domain; the copy that ships inside statsmodels."


@dataclass(frozen=True)
class Sample:
    """A table that is always at hand.

    Attributes:
        name: what a spec calls it.
        title, description: for people.
        steps: how far apart its rows are, in a word or two.
        teaches: what can be learnt from trying it, in a sentence.
        real: measured in the world, as opposed to computed.
        origin: where it comes from and under which licence.
        data: the spec that loads it, every role filled in.
        make_frame: builds the table.
    """

    name: str
    title: str
    description: str
    steps: str
    teaches: str
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
        SourceError: the file of real measurements is not where its package keeps it.
    """
    return find_sample(name).load()


SAMPLES: dict[str, Sample] = {
    sample.name: sample
    for sample in (
        Sample(
            name="stocks",
            title="Weekly stock prices of six companies",
            description="What a share of six technology companies cost in each week of 2018 and "
            "2019, as a multiple of its price in the first week.",
            steps="weekly",
            teaches="That a network learns the past of prices by heart and is no better than the "
            "last price.",
            real=True,
            origin="Closing prices that ship inside the plotly package (MIT licence).",
            data=SeriesDataSpec(
                source="sample",
                name="stocks",
                time="date",
                targets=("price",),
                series="company",
            ),
            make_frame=packaged.read_stocks,
        ),
        Sample(
            name="sine",
            title="A sine wave with a little noise",
            description="A thousand steps of a wave that repeats every 50 steps: the first thing "
            "that every LSTM tutorial predicts.",
            steps="steps without a date",
            teaches="What a lookback is for: the more of a wave it sees, the less the noise "
            "matters.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="sine",
                time="step",
                targets=("value",),
            ),
            make_frame=classics.make_sine,
        ),
        Sample(
            name="load",
            title="Hourly electric load of a small town",
            description="Four months of load with a day's and a week's rhythm, a trend and "
            "holidays; temperature and holidays are known a week ahead.",
            steps="hourly",
            teaches="What is gained by telling the network what is known ahead: weather, hours "
            "and holidays.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="load",
                time="time",
                targets=("load",),
                known_future_covariates=("temperature", "holiday"),
            ),
            make_frame=classics.make_load,
        ),
        Sample(
            name="three_series",
            title="Daily sales of three shops",
            description="Two years of three series in one table, each with a level, a weekly "
            "rhythm, a summer and a trend of its own.",
            steps="daily, 3 series",
            teaches="How one network learns several series at once, each at a level of its own.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="three_series",
                time="date",
                targets=("sales",),
                series="shop",
            ),
            make_frame=classics.make_three_series,
        ),
        Sample(
            name="sunspots",
            title="Sunspots of three centuries",
            description="How many spots the sun had in each year from 1700 to 2008.",
            steps="yearly",
            teaches="That a cycle of about eleven years which never repeats exactly is hard for "
            "rules that count steps.",
            real=True,
            origin=f"National Geophysical Data Center. {_PACKAGED}",
            data=SeriesDataSpec(
                source="sample",
                name="sunspots",
                time="year",
                targets=("sunspots",),
            ),
            make_frame=packaged.read_sunspots,
        ),
        Sample(
            name="economy",
            title="Unemployment and the economy of the United States",
            description="Fifty years of quarters: the rate of unemployment, beside product, "
            "investment, inflation and the interest rate.",
            steps="quarterly",
            teaches="What other columns add that are known up to now only, and how little 200 "
            "rows teach a large network.",
            real=True,
            origin=f"Federal Reserve Bank of St. Louis, Bureau of Labor Statistics. {_PACKAGED}",
            data=SeriesDataSpec(
                source="sample",
                name="economy",
                time="quarter",
                targets=("unemployment",),
                past_covariates=("gross product", "investment", "inflation", "interest rate"),
            ),
            make_frame=packaged.read_economy,
        ),
        Sample(
            name="air_travel",
            title="Passengers of an airline",
            description="Fifteen years of months that grow, and whose summers grow with them.",
            steps="monthly",
            teaches="Why growth by percent wants a logarithm: season and trend multiply.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="air_travel",
                time="month",
                targets=("passengers",),
            ),
            make_frame=days.make_air_travel,
        ),
        Sample(
            name="ocean",
            title="The sea off Peru",
            description="The temperature of the sea's surface in each month from 1950 to 2010: a "
            "year's rhythm, and El Niño every few years.",
            steps="monthly",
            teaches="How a season is easy, and what comes every two to seven years is not.",
            real=True,
            origin=f"National Oceanic and Atmospheric Administration. {_PACKAGED}",
            data=SeriesDataSpec(
                source="sample",
                name="ocean",
                time="month",
                targets=("temperature",),
            ),
            make_frame=packaged.read_ocean,
        ),
        Sample(
            name="carbon_dioxide",
            title="Carbon dioxide on Mauna Loa",
            description="Parts per million in the air of Hawaii in each week from 1985 to 2001.",
            steps="weekly",
            teaches="That a trend leads beyond all values seen so far, and what normalising each "
            "window does about it.",
            real=True,
            origin=f"Keeling and Whorf, Scripps Institution of Oceanography. {_PACKAGED}",
            data=SeriesDataSpec(
                source="sample",
                name="carbon_dioxide",
                time="week",
                targets=("co2",),
            ),
            make_frame=packaged.read_carbon_dioxide,
        ),
        Sample(
            name="branches",
            title="Six branches with prices and promotions",
            description="Three years of units a week; what each branch will charge and advertise "
            "is known eight weeks ahead.",
            steps="weekly, 6 series",
            teaches="How several series share what they teach about price and promotion, with "
            "plans for the future.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="branches",
                time="week",
                targets=("units",),
                series="branch",
                known_future_covariates=("price", "promotion"),
            ),
            make_frame=days.make_branches,
        ),
        Sample(
            name="exchange_rate",
            title="An exchange rate",
            description="Five years of business days, each a chance step away from the day before.",
            steps="business days",
            teaches="What an honest verdict says of a random walk: no model beats the last value.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="exchange_rate",
                time="day",
                targets=("rate",),
            ),
            make_frame=days.make_exchange_rate,
        ),
        Sample(
            name="bicycle_hire",
            title="Bicycles for hire",
            description="Four years of days with a week's and a year's rhythm; weather and "
            "holidays are known two weeks ahead.",
            steps="daily",
            teaches="How two rhythms lie one over the other, and how much of the rest is weather.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="bicycle_hire",
                time="date",
                targets=("hires",),
                known_future_covariates=("temperature", "rain", "holiday"),
            ),
            make_frame=days.make_bicycle_hire,
        ),
        Sample(
            name="solar_power",
            title="Power of a solar roof",
            description="Forty days of quarter hours: nothing at night, never below zero, and "
            "clouds that come by chance.",
            steps="every 15 minutes",
            teaches="That a value which can't be negative, and is nothing half of the time, needs "
            "ranges that know it.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="solar_power",
                time="time",
                targets=("power",),
            ),
            make_frame=minutes.make_solar_power,
        ),
        Sample(
            name="cold_store",
            title="A cold store's temperature",
            description="Three days of minutes: a compressor that switches every 37 minutes, "
            "doors, a slow drift and noise.",
            steps="every minute",
            teaches="How long a lookback has to be among thousands of rows, and that a short "
            "horizon is the honest one.",
            real=False,
            origin=_SYNTHETIC,
            data=SeriesDataSpec(
                source="sample",
                name="cold_store",
                time="time",
                targets=("temperature",),
                past_covariates=("door open",),
            ),
            make_frame=minutes.make_cold_store,
        ),
    )
}
