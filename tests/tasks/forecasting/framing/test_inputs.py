"""Inputs made of others: what they hold, that nothing later is in them, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError, SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.forecasting import ForecastingSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.calendar import derive_calendar, encode_times
from lstm_core.tasks.forecasting.framing.development import hold_out_test
from lstm_core.tasks.forecasting.framing.examples import (
    ONLY_SERIES,
    check_framing,
    forget_untold_future,
    frame_dataset,
    frame_tail,
    shape_examples,
)
from lstm_core.tasks.forecasting.framing.inputs.adding import (
    MOST_COLUMNS,
    add_inputs,
    check_inputs,
)
from lstm_core.tasks.forecasting.framing.inputs.days import (
    list_times_ahead,
    mark_holidays,
    mark_trading_days,
)
from lstm_core.tasks.forecasting.framing.inputs.past import derive_past, name_past
from lstm_core.tasks.forecasting.framing.leaks import check_leaks
from tests.tasks.datasets import NUMBERED, make_dataset, make_sine

BASE = ExperimentSpec().with_values({"task.lookback": 8, "task.horizon": 3})
EVERYTHING: dict[str, Any] = {
    "task.lags": [20],
    "task.rolling": [5, 9],
    "task.statistics": ["mean", "std", "min", "max"],
    "task.changes": ["difference", "return"],
    "task.products": ["y0", "x0", "k0"],
    "task.degree": 3,
    "task.mask": True,
    "task.holidays": "DE",
    "task.holiday_neighbours": True,
    "task.exchange": "XETR",
}


def ask(**values: Any) -> ExperimentSpec:
    return BASE.with_values({f"task.{name}": value for name, value in values.items()})


def test_what_the_past_says_of_each_row() -> None:
    task = ForecastingSpec(lags=(2,), rolling=(3,), statistics=("mean", "max"),
                           changes=("difference", "return"))  # fmt: skip
    found = derive_past(np.array([2.0, 4.0, 0.0, 6.0]), task)
    assert name_past("y", task) == (
        *("y, 2 before", "y, mean of 3", "y, max of 3", "y, difference", "y, return"),
    )
    np.testing.assert_allclose(
        found,
        [[2, 2, 2, 0, 0], [2, 3, 4, 2, 1], [2, 2, 4, -4, -1], [4, 10 / 3, 6, 6, 0]],
    )


@settings(deadline=None)
@given(
    seed=st.integers(0, 99),
    cut=st.integers(1, 39),
    lag=st.integers(1, 12),
    window=st.integers(2, 9),
)
def test_nothing_later_is_in_any_row(seed: int, cut: int, lag: int, window: int) -> None:
    generator = np.random.default_rng(seed)
    task = ForecastingSpec(lags=(lag,), rolling=(window,), changes=("difference", "return"),
                           statistics=("mean", "std", "min", "max"))  # fmt: skip
    values = generator.normal(size=40)
    other = np.append(values[:cut], generator.normal(size=40 - cut) * 1e6)
    before, after = derive_past(values, task), derive_past(other, task)
    assert before[:cut].tobytes() == after[:cut].tobytes()


def test_holidays_and_their_neighbours() -> None:
    times = pd.date_range("2024-04-30 06:00", periods=6, freq="12h")
    found = mark_holidays(times, "DE", with_neighbours=True)
    assert found[:, 0].tolist() == [0, 0, 1, 1, 0, 0]  # the first of May
    assert found[:, 1].tolist() == [1, 1, 0, 0, 0, 0]
    assert found[:, 2].tolist() == [0, 0, 0, 0, 1, 1]
    in_part = pd.DatetimeIndex(["2024-01-06"])
    assert mark_holidays(in_part, "DE-BY", with_neighbours=False)[0, 0] == 1
    assert mark_holidays(in_part, "DE", with_neighbours=False)[0, 0] == 0


def test_an_exchange_is_closed_on_its_holidays_and_weekends() -> None:
    times = pd.date_range("2024-07-03", "2024-07-07")
    assert mark_trading_days(times, "XNYS").tolist() == [1, 0, 1, 0, 0]
    ancient = pd.date_range("1900-01-04", "1900-01-08")  # Thursday to Monday
    assert mark_trading_days(ancient, "XKRX").tolist() == [1, 1, 0, 0, 1]


def test_business_days_go_on_with_the_days_of_the_exchange() -> None:
    dataset = make_dataset(make_sine(60), frequency=Frequency("B"), first="2024-04-01")
    last = dataset.frame.index[-1][1]
    assert str(last.date()) == "2024-06-21"
    for exchange, days in (("XNYS", [3, 5, 8]), ("", [4, 5, 8])):
        spec = ask(exchange=exchange, horizon=11, calendar=["weekday"])
        times = list_times_ahead(dataset, "series", 59, 11, exchange)
        assert [time.day for time in times[7 if exchange else 8 :][:3]] == days  # not the fourth
        assert len(times) == 11
        full = add_inputs(dataset, spec)
        if exchange:
            assert full.future.index.get_level_values("time").tolist() == times.tolist()
            assert full.future.to_numpy().min() == 1
        told = derive_calendar(full, slice(0, 60), spec)[60:]
        np.testing.assert_array_equal(told, encode_times(pd.DatetimeIndex(times), ["weekday"]))


def make_full() -> Any:
    rows = np.stack([make_sine(120, 7) + 5, make_sine(120, 9), np.arange(120.0)], axis=1)
    observed = np.ones((120, 1), bool)
    observed[[30, 31, 100]] = False
    return make_dataset(
        {"a": rows, "b": rows[::-1]},
        observed=np.concatenate([observed, ~np.zeros((120, 1), bool)]),
        future={name: np.arange(120.0, 125.0)[:, None] for name in "ab"},
    )


def test_what_is_added_stands_in_the_dataset_as_what_it_is() -> None:
    dataset, spec = make_full(), BASE.with_values(EVERYTHING)
    full = add_inputs(dataset, spec)
    roles = full.roles
    assert roles.targets == ("y0",)
    assert roles.past_covariates[:2] == ("x0", "y0, 20 before")
    assert roles.known_future_covariates == (
        *("k0", "holiday (DE)", "day before a holiday (DE)", "day after a holiday (DE)"),
        *("trading day (XETR)", "k0²", "k0³"),
    )
    assert list(full.frame.columns) == list(roles.columns)
    frame = full.frame.loc["a"]
    assert {"y0²", "y0 × x0", "x0 × k0²"} <= {*frame.columns}
    np.testing.assert_allclose(frame["x0 × k0²"], frame["x0"] * frame["k0"] ** 2)
    assert frame["y0 was observed"].tolist() == dataset.observed[:120, 0].tolist()
    assert frame["holiday (DE)"].iloc[0] == 1  # New Year
    np.testing.assert_array_equal(full.future["k0²"], full.future["k0"] ** 2)
    for name in dataset.frame.columns:
        np.testing.assert_array_equal(full.frame[name], dataset.frame[name])
    assert shape_examples(dataset, spec) == frame_dataset(full, spec).examples.shape
    assert add_inputs(dataset, BASE) is dataset


def test_days_are_known_ahead_where_the_table_knows_nothing() -> None:
    dataset = make_dataset({"a": make_sine(60), "b": make_sine(57)}, first="2023-10-01")
    spec = ask(holidays="DE", horizon=3)
    full = add_inputs(dataset, spec)
    assert full.future.groupby(level="series").size().tolist() == [3, 3]
    assert full.future.loc["a"].index[0] == pd.Timestamp("2023-11-30")
    assert full.future["holiday (DE)"].tolist() == [0] * 6
    assert full.frame["holiday (DE)"].loc["a"].to_numpy().nonzero()[0].tolist() == [2]
    framing = frame_dataset(full, spec)
    last = framing.examples.cutoffs["forecast"][0]
    ahead = framing.examples.future[last - 57 : last + 4]
    assert (ahead[0] > 1).all()  # the third of October
    assert (ahead[1:] < 0).all()
    told = framing.examples.shape.num_future
    assert forget_untold_future(dataset, spec, told) is not full
    assert forget_untold_future(dataset, spec, told).roles == dataset.roles


@pytest.mark.parametrize("ends", [dict[str, Any](), {"data.fill": "season"}])
def test_no_leak(ends: dict[str, Any]) -> None:
    spec = BASE.with_values(EVERYTHING | ends)
    report = check_leaks(spec, make_full())
    assert report.is_clean, report.sentence


def test_what_a_search_may_see_gets_the_same_inputs() -> None:
    dataset, spec = make_full(), BASE.with_values(EVERYTHING)
    resolved, _ = resolve_spec(spec, dataset)
    development = hold_out_test(dataset, resolved)
    assert development.roles == dataset.roles
    trial, _ = resolve_spec(spec, development)
    whole, seen = add_inputs(dataset, resolved), add_inputs(development, trial)
    assert seen.roles == whole.roles
    for name, rows in seen.iterate_series():
        own = whole.frame.loc[name].iloc[: rows.stop - rows.start]
        np.testing.assert_array_equal(seen.frame.loc[name], own)


def test_a_name_that_is_taken_is_told_apart() -> None:
    dataset = make_dataset(np.stack([make_sine(60), make_sine(60)], axis=1))
    frame = dataset.frame.set_axis(["y0", "y0, 9 before"], axis=1)
    roles = replace(dataset.roles, past_covariates=("y0, 9 before",))
    full = add_inputs(replace(dataset, frame=frame, roles=roles), ask(lags=9))
    assert full.roles.past_covariates == ("y0, 9 before", "y0, 9 before (added)")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"holidays": "XX"}, 'no holidays of "XX"'),
        ({"holidays": "DE-XX"}, 'no part "XX"'),
        ({"exchange": "XNYC"}, 'no calendar of the exchange "XNYC"'),
        ({"products": ["x1"]}, 'no input "x1"'),
        ({"lags": [300]}, "reach 300 rows back"),
        ({"lags": [1], "strategy": "recursive"}, "don't go together"),
        ({"products": ["y0"], "strategy": "recursive"}, "don't go together"),
        (
            {"rolling": list(range(2, 12)), "statistics": ["mean", "std", "min", "max"],
             "products": ["y0", "x0", "k0"]},
            "would be",
        ),
    ],
)  # fmt: skip
def test_what_cant_be_made_is_refused(values: dict[str, Any], said: str) -> None:
    count = 10 if said == "would be" else 1
    rows = np.stack([make_sine(120)] * (count + 2), axis=1)
    dataset = make_dataset(rows, num_targets=count, future={"series": np.zeros((3, 1))})
    with pytest.raises(SpecError, match=said):
        check_framing(dataset, ask(**values))
    assert MOST_COLUMNS == 300


def test_newer_data_have_to_reach_as_far_back_as_the_inputs_do() -> None:
    spec = ask(lags=[20], rolling=[12])
    full = add_inputs(make_dataset(make_sine(120)), spec)
    scalers = {ONLY_SERIES: frame_dataset(full, spec).scalers[0]}
    newer = add_inputs(make_dataset(make_sine(28)), spec)
    frame_tail(newer, spec, scalers, [ONLY_SERIES])
    short = add_inputs(make_dataset(make_sine(27)), ask(lags=[20]))
    with pytest.raises(DataError, match="27 rows, and the model looks back 28"):
        frame_tail(short, ask(lags=[20]), scalers, [ONLY_SERIES])


def test_weeks_and_numbered_rows_are_no_days() -> None:
    for frequency in (Frequency("W-MON"), NUMBERED):
        dataset = make_dataset(make_sine(60), frequency=frequency)
        with pytest.raises(SpecError, match="Rows are no days"):
            check_inputs(dataset, ask(holidays="DE"))
    check_inputs(make_dataset(make_sine(60), frequency=Frequency("B")), ask(exchange="XNYS"))


def test_a_spec_with_all_of_it_is_filled_in() -> None:
    resolved, _ = resolve_spec(BASE.with_values(EVERYTHING), make_full())
    assert (resolved.task.lags, resolved.task.rolling) == ((20,), (5, 9))
