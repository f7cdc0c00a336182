"""Well-known files are understood without a word from anybody."""

import gzip
import os
from pathlib import Path

import pytest

from lstm_core.data.reading.read import read_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.season import detect_season
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.summary import describe_dataset
from lstm_core.spec import SeriesDataSpec

FOLDER = Path(
    os.environ.get("LSTM_STUDIO_TEST_DATA") or Path(__file__).parents[2].parent / "shared" / "data"
)


def load(name: str) -> Dataset:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip(f"{name} is not at hand; set LSTM_STUDIO_TEST_DATA to the folder that has it")
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return build_dataset(read_table(content, name), SeriesDataSpec(source="csv", name=name))


def find_season(dataset: Dataset) -> int:
    target = dataset.frame.iloc[:, 0].to_numpy()
    series = [target[rows] for _, rows in dataset.iterate_series()]
    return detect_season(series, dataset.frequency)[0]


def test_transformer_temperatures() -> None:
    dataset = load("ETTh1.csv")
    assert describe_dataset(dataset).title == "Hourly, 17,420 rows, no gaps"
    assert (dataset.roles.time, dataset.roles.targets) == ("date", ("OT",))
    assert find_season(dataset) == 24


def test_air_passengers() -> None:
    dataset = load("AirPassengers.csv")
    assert describe_dataset(dataset).title == "Monthly, 144 rows, no gaps"
    assert dataset.frequency == Frequency(alias="MS")
    assert dataset.roles.targets == ("#Passengers",)
    assert find_season(dataset) == 12


def test_the_hourly_series_of_the_m4_competition() -> None:
    dataset = load("m4_hourly.csv.gz")
    assert (dataset.roles.series, dataset.roles.time) == ("series", "hour")
    assert dataset.roles.targets == ("value",)
    assert len(dataset.series_names) == 414
    assert dataset.num_filled == 0
    assert find_season(dataset) == 24
