"""Times without a spacing of their own: what is asked, and what holds until it is answered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.asking import ITEM
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from tests.data.tables import build


def make_events(per_day: float, num_rows: int, seed: int = 0) -> pd.DatetimeIndex:
    apart = np.random.default_rng(seed).exponential(1 / per_day, num_rows)
    return pd.Timestamp("2024-01-05") + pd.to_timedelta(apart.cumsum().round(3), unit="D")


def build_events(times: pd.DatetimeIndex, **spec: str) -> Dataset:
    return build({"time": times, "value": np.arange(len(times)) % 11.0}, **spec)


@pytest.mark.parametrize(("per_day", "num_rows"), [(20, 200), (1.3, 150), (0.3, 200)])
@pytest.mark.parametrize("seed", range(3))
def test_events_at_any_time_ask_for_a_spacing(per_day: float, num_rows: int, seed: int) -> None:
    dataset = build_events(make_events(per_day, num_rows, seed))
    question = dataset.questions[0]
    assert question.item == ITEM
    assert 2 <= len(question.choices) <= 3
    assert question.choices[0].value == dataset.frequency.alias
    assert all("with a row" in choice.gives for choice in question.choices)
    for choice in question.choices:
        answered = build_events(make_events(per_day, num_rows, seed), frequency=choice.value)
        assert answered.frequency.alias == choice.value
        assert ITEM not in [other.item for other in answered.questions]
        assert f"{answered.num_rows:,} steps" in choice.gives
    assert collection_from_bytes(collection_to_bytes(dataset)).questions == dataset.questions


def test_what_happens_in_an_hour_counts_for_that_hour() -> None:
    times = pd.date_range("2024-01-05", periods=200, freq="20min") + pd.to_timedelta(
        np.random.default_rng(0).integers(0, 19, 200), "min"
    )
    dataset = build({"time": times, "value": times.hour.astype(float)}, frequency="h")
    own = dataset.frame.index.get_level_values("time").hour
    assert dataset.frame["value"].tolist() == own.tolist()


def make_two(first: pd.DatetimeIndex, second: pd.DatetimeIndex) -> dict[str, pd.Index]:
    names = ["a"] * len(first) + ["b"] * len(second)
    return {
        "time": first.append(second),
        "shop": pd.Index(names),
        "value": pd.Index(np.arange(float(len(names)))),
    }


def test_a_daily_and_a_monthly_series_have_the_wider_spacing_unless_asked_otherwise() -> None:
    daily = pd.date_range("2022-01-01", "2023-12-31")
    columns = make_two(daily, pd.date_range("2022-01-01", "2023-12-01", freq="MS"))
    dataset = build(columns, series="shop")
    assert (dataset.frequency.alias, dataset.num_rows, dataset.num_filled) == ("MS", 48, 0)
    question, beside = dataset.questions
    assert beside.item == "data.reading.repeats"  # a month of days
    assert [choice.value for choice in question.choices] == ["MS", "D"]
    assert "daily" in question.sentence
    assert "monthly" in question.sentence


def test_what_sells_rarely_makes_no_wider_spacing() -> None:
    daily = pd.date_range("2022-01-01", "2022-12-31")
    rare = daily[np.random.default_rng(0).random(len(daily)) < 0.6]
    dataset = build(make_two(daily, rare), series="shop")
    assert dataset.frequency.alias == "D"
    assert dataset.questions == ()


@pytest.mark.parametrize("freq", ["D", "h", "15min", "B", "W-MON", "MS"])
def test_a_long_gap_makes_no_question(freq: str) -> None:
    times = pd.date_range("2015-01-01", periods=200, freq=freq).delete(list(range(60, 110)))
    dataset = build_events(times)
    assert dataset.frequency.alias == freq
    assert dataset.questions == ()


def test_few_rows_are_asked_nothing() -> None:
    for times in (["2024-01-01", "2024-01-02"], ["2024-01-01", "2024-01-04", "2024-01-09"]):
        columns = {"time": pd.DatetimeIndex(times), "value": range(len(times))}
        assert build(columns, targets=("value",)).questions == ()


def test_months_of_a_season_stay_months() -> None:
    months = pd.date_range("2015-01-01", periods=96, freq="MS")
    dataset = build_events(months[months.month <= 5])
    assert dataset.frequency.alias == "MS"
    assert dataset.questions == ()
