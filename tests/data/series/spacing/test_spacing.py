"""A regular series is recognised as what it is, and lies on its own grid unmoved."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.spacing.grid import build_grid
from lstm_core.errors import DataError
from tests.data.tables import build

ALIASES = [
    "s", "30s", "min", "5min", "15min", "h", "6h", "D", "2D", "10D", "B", "W-MON", "W-SUN",
    "2W-WED", "MS", "ME", "2MS", "2ME", "6MS", "QS-JAN", "QS-FEB", "QS-MAR", "QE-OCT", "QE-NOV",
    "QE-DEC", "YS-JAN", "YS-APR", "YE-DEC", "YE-JUN", "10ms",
]  # fmt: skip


@pytest.mark.parametrize("alias", ALIASES)
@pytest.mark.parametrize("start", ["2023-01-01", "2023-11-17 00:00", "1958-07-09"])
def test_calendar_spacings_are_found(alias: str, start: str) -> None:
    times = pd.date_range(start, periods=40, freq=alias)
    dataset = build({"time": times, "value": np.arange(40.0) % 7})
    assert dataset.frequency == Frequency(alias=alias)
    assert list(dataset.frame.index.get_level_values("time")) == list(times)
    assert dataset.notes == ()


@pytest.mark.parametrize("alias", ["h", "D", "W-MON", "MS", "ME", "QE-DEC", "YS-JAN"])
def test_gaps_do_not_hide_the_spacing(alias: str) -> None:
    times = pd.date_range("2020-01-01", periods=60, freq=alias).delete([5, 6, 20, 41])
    dataset = build({"time": times, "value": np.arange(56.0)})
    assert dataset.frequency == Frequency(alias=alias)
    assert dataset.num_rows == 60
    assert dataset.num_filled == 4


@given(
    alias=st.sampled_from(ALIASES),
    start=st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2100-01-01")),
)
def test_the_future_continues_the_grid(alias: str, start: object) -> None:
    times = pd.date_range(pd.Timestamp(str(start)).normalize(), periods=30, freq=alias)
    times = times.as_unit("ns")
    frequency = Frequency(alias=alias)
    grid = build_grid(frequency, times.to_numpy().astype(np.int64))
    ordinals = grid.to_ordinals(times.to_numpy().astype(np.int64))
    assert np.diff(ordinals).tolist() == [1] * 29
    after = grid.to_times(ordinals[-1] + np.arange(1, 6))
    assert list(frequency.times_after(times[-1], 5).to_numpy().astype(np.int64)) == list(after)


def test_a_clock_shared_by_all_days_is_kept() -> None:
    times = pd.date_range("2024-01-01 16:00", periods=30, freq="B")
    dataset = build({"time": times, "value": range(30)})
    assert dataset.frequency == Frequency(alias="B")
    assert list(dataset.frame.index.get_level_values("time")) == list(times)


def test_four_weekdays_prove_no_business_week() -> None:
    times = pd.date_range("2024-01-01", periods=4, freq="D")
    assert build({"t": times, "value": [1, 2, 3, 5]}).frequency == Frequency(alias="D")


def test_a_sensor_with_jitter_is_put_on_the_minute() -> None:
    jitter = np.random.default_rng(0).integers(-8, 8, 100)
    times = pd.date_range("2024-01-01 00:10", periods=100, freq="min") + pd.to_timedelta(
        jitter, "s"
    )
    dataset = build({"time": times, "value": range(100)})
    assert dataset.frequency == Frequency(alias="min")
    assert dataset.num_rows == 100
    assert dataset.num_filled == 0


@pytest.mark.parametrize(("times", "step"), [([0, 1, 2, 4], 1), ([5, 15, 25], 10), ([3, 7, 9], 2)])
def test_numbered_rows(times: list[int], step: int) -> None:
    dataset = build({"step": times, "value": [float(number) for number in times]})
    assert dataset.frequency == Frequency(step=step)
    assert dataset.frame["value"].tolist() == list(range(times[0], times[-1] + 1, step))


def test_wildly_irregular_times_are_refused_before_they_fill_the_memory() -> None:
    times = pd.to_datetime(["2000-01-01 00:00:00", "2000-01-01 00:00:01", "2000-01-01 00:00:02",
                            "2024-01-01 00:00:00"])  # fmt: skip
    with pytest.raises(DataError, match="irregular") as caught:
        build({"time": times, "value": [1, 2, 3, 4]})
    assert "#row" in caught.value.remedy


def test_a_given_spacing_is_kept() -> None:
    times = pd.date_range("2024-01-01", periods=48, freq="30min")
    dataset = build({"time": times, "value": range(48)}, frequency="h")
    assert dataset.num_rows == 25
    assert any("fell on the same time were averaged" in note for note in dataset.notes)


@pytest.mark.parametrize(
    ("alias", "words"), [("nonsense", "not a spacing"), ("bh", "can't be put")]
)
def test_spacings_that_can_not_be_used(alias: str, words: str) -> None:
    times = pd.date_range("2024-01-01", periods=9, freq="D")
    with pytest.raises(DataError, match=words):
        build({"time": times, "value": range(9)}, frequency=alias)


def test_a_clock_that_is_read_late_in_a_regular_way_scatters_around_the_hour() -> None:
    late = pd.to_timedelta(np.arange(96) * 47.3 % 60, unit="s")
    times = pd.date_range("2024-01-05", periods=96, freq="h") + late
    dataset = build({"time": times, "value": np.arange(96.0)})
    assert (dataset.frequency.alias, dataset.num_rows, dataset.num_filled) == ("h", 96, 0)
    assert str(dataset.frame.index[0][1]) == "2024-01-05 00:00:00"
