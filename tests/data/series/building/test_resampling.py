"""Rows put together into longer steps: what is in one, what is at the ends, what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.building.resampling import find_steps
from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.data.tables import build

NAN = float("nan")


def make_days(num_rows: int = 150, first: str = "2024-01-15", **spec: Any) -> Dataset:
    rows = np.arange(num_rows)
    columns = {
        "day": pd.date_range(first, periods=num_rows),
        "units": rows % 7,
        "heat": rows + 0.5,
        "promo": (rows % 40 == 0).astype(int),
    }
    given = {"targets": ("units",), "past_covariates": ("heat", "promo")} | spec
    return build(columns, **given)


def test_each_column_has_what_fits_and_ends_without_all_rows_are_left_out() -> None:
    dataset = make_days(resample="MS")
    frame = dataset.frame.loc["series"]
    assert frame.index.strftime("%m-%d").tolist() == ["02-01", "03-01", "04-01", "05-01"]
    february = np.arange(17, 46)  # rows since the fifteenth of January
    assert frame.iloc[0].tolist() == [(february % 7).sum(), february.mean() + 0.5, 1.0]
    assert dataset.frequency.alias == "MS"
    told = " ".join(dataset.notes)
    assert '"units" summed up; "heat" averaged; "promo" taken as the largest' in told
    assert "2 steps at the ends left out" in told


def test_levels_of_a_category_have_their_shares() -> None:
    columns = {
        "day": pd.date_range("2024-01-01", periods=70),
        "v": np.arange(70) + 0.5,
        "sky": ["sun", "sun", "rain", "sun", "snow", "sun", "rain"] * 10,
    }
    dataset = build(columns, targets=("v",), past_covariates=("sky",), resample="W-MON")
    shares = dataset.frame[["sky = rain", "sky = snow", "sky = sun"]].to_numpy()
    np.testing.assert_allclose(shares, np.tile([2 / 7, 1 / 7, 4 / 7], (10, 1)))


@pytest.mark.parametrize(
    ("aggregate", "expected"),
    [("sum", 21.0), ("mean", 3.0), ("last", 6.0), ("min", 0.0), ("max", 6.0)],
)
def test_what_is_made_of_a_target_can_be_said(aggregate: str, expected: float) -> None:
    dataset = make_days(140, resample="W", aggregate=aggregate)
    assert dataset.frequency.alias == "W-MON"
    assert set(dataset.frame["units"]) == {expected}
    assert len(dataset.frame) == 20


def test_levels_are_averaged_and_other_series_stay_apart() -> None:
    hours = pd.date_range("2024-03-01 05:00", periods=100, freq="h")
    dataset = build(
        {
            "time": [*hours, *hours[:90]],
            "id": ["a"] * 100 + ["b"] * 90,
            "level": np.arange(190) + 0.25,
        },
        series="id",
        resample="D",
    )
    assert dataset.frame.groupby(level="series").size().to_dict() == {"a": 3, "b": 2}
    assert dataset.frame["level"].loc["a"].iloc[0] == np.arange(19, 43).mean() + 0.25
    assert dataset.frame["level"].loc["b"].iloc[0] == np.arange(119, 143).mean() + 0.25


def test_a_month_can_be_called_by_its_last_day() -> None:
    for alias, day in (("ME", "2024-02-29"), ("MS", "2024-02-01"), ("QE", "2024-06-30")):
        dataset = make_days(300, resample=alias)
        assert str(dataset.frame.index[0][1].date()) == day


def test_a_sum_with_a_hole_is_a_gap_and_a_mean_is_not() -> None:
    values = np.arange(140.0)
    values[30] = NAN
    columns = {"day": pd.date_range("2024-01-01", periods=140), "v": values}
    summed = build(columns, targets=("v",), resample="W-MON", aggregate="sum")
    averaged = build(columns, targets=("v",), resample="W-MON", aggregate="mean")
    assert (~summed.observed).nonzero()[0].tolist() == [4]
    assert averaged.observed.all()


def test_nothing_later_is_in_a_step() -> None:
    values = np.random.default_rng(0).normal(size=200)
    other = values.copy()
    other[130:] *= 1e6
    days = pd.date_range("2024-01-01", periods=200)
    frames = [
        build({"day": days, "v": each}, targets=("v",), resample="W-MON").frame
        for each in (values, other)
    ]
    full = 130 // 7
    np.testing.assert_array_equal(*(frame.iloc[:full].to_numpy() for frame in frames))
    assert (frames[0].iloc[full:].to_numpy() != frames[1].iloc[full:].to_numpy()).all()


def test_what_is_known_ahead_goes_on_in_longer_steps() -> None:
    units = np.append(np.arange(140.0), [NAN] * 21)
    columns = {
        "day": pd.date_range("2024-01-01", periods=161), "units": units,
        "price": np.arange(161) % 5 + 0.5,
    }  # fmt: skip
    dataset = build(
        columns, targets=("units",), known_future_covariates=("price",), resample="W-MON"
    )
    assert (len(dataset.frame), len(dataset.future)) == (20, 3)


def test_a_filled_in_spec_reads_the_same_table_the_same_way() -> None:
    dataset = make_days(700, resample="W", fill="previous")
    spec = ExperimentSpec().update("data", {"resample": "W", "targets": ("units",)})
    resolved, _ = resolve_spec(spec, dataset)
    assert (resolved.data.frequency, resolved.data.resample) == ("W-MON", "W")
    again = make_days(700, resample="W", fill="previous", frequency=resolved.data.frequency)
    assert again.fingerprint == dataset.fingerprint


@pytest.mark.parametrize("alias", ["D", "h", "12h", "B"])
def test_steps_that_are_not_longer_are_refused(alias: str) -> None:
    with pytest.raises(DataError, match="put together"):
        make_days(resample=alias)


def test_numbered_rows_have_no_longer_steps() -> None:
    with pytest.raises(DataError, match="numbered"):
        build({"n": np.arange(50), "v": np.arange(50.0)}, time="n", targets=("v",), resample="MS")


@pytest.mark.parametrize("alias", ["D", "2D", "W-WED", "2W-MON", "MS", "2MS", "QS-FEB", "YE-JUN",
                                   "6h", "7h", "15min"])  # fmt: skip
def test_steps_lie_one_behind_another(alias: str) -> None:
    times = pd.date_range("2023-11-07 03:00", periods=3_000, freq="7min").as_unit("ns")
    begin, following = find_steps(times.to_numpy().astype(np.int64), alias)
    at = times.to_numpy().astype(np.int64)
    assert ((begin <= at) & (at < following)).all()
    is_new = np.diff(begin) != 0
    np.testing.assert_array_equal(following[:-1][is_new], begin[1:][is_new])
