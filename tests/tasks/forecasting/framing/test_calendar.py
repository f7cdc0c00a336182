from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.errors import DataError, SpecError
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.tasks.forecasting import CYCLES, Cycle
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.calendar import (
    check_calendar,
    choose_tried,
    encode_times,
    find_tried,
    list_cycles,
)
from lstm_core.tasks.forecasting.framing.examples import (
    check_framing,
    forget_untold_future,
    frame_dataset,
    frame_tail,
    shape_examples,
)
from lstm_core.tasks.forecasting.framing.leaks import check_leaks
from tests.tasks.datasets import NUMBERED, make_dataset

HORIZON = 4
PLAIN = ExperimentSpec().with_values({"task.lookback": 5, "task.horizon": HORIZON})


def ask(*cycles: Cycle, spec: ExperimentSpec = PLAIN) -> ExperimentSpec:
    return spec.with_values({"task.calendar": cycles})


def encode(times: list[str], cycle: Cycle) -> np.ndarray:
    return encode_times(pd.DatetimeIndex(times), [cycle])


def make_two_series(num_known: int = HORIZON) -> Dataset:
    """Two series of different lengths with a past covariate and one that is known ahead."""
    generator = np.random.default_rng(0)
    tables = {name: generator.normal(size=(num, 3)) for name, num in (("a", 60), ("b", 75))}
    future = {name: generator.normal(size=(num_known, 1)) for name in tables}
    return make_dataset(tables, future=future)


@pytest.mark.parametrize(
    ("cycle", "time", "turn"),
    [
        ("hour", "2024-05-17 18:00", 0.75),
        ("hour", "2024-05-17 07:30", 7.5 / 24),
        ("weekday", "2024-05-17 23:00", 4 / 7),
        ("month_day", "2024-02-29", 28 / 29),
        ("month_day", "2023-02-15", 0.5),
        ("year_day", "2024-01-01", 0.0),
        ("year_day", "2024-12-31", 365 / 366),
        ("year_day", "2023-12-31", 364 / 365),
    ],
)
def test_a_time_is_a_place_on_a_circle(cycle: Cycle, time: str, turn: float) -> None:
    expected = [math.sin(2 * math.pi * turn), math.cos(2 * math.pi * turn)]
    assert encode([time], cycle)[0].tolist() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("cycle", "times"),
    [
        ("hour", ["2024-05-17 22:00", "2024-05-17 23:00", "2024-05-18 00:00"]),
        ("weekday", ["2024-05-18", "2024-05-19", "2024-05-20"]),
        ("month_day", ["2024-02-28", "2024-02-29", "2024-03-01"]),
        ("year_day", ["2024-12-30", "2024-12-31", "2025-01-01"]),
    ],
)
def test_the_end_of_a_cycle_lies_beside_its_beginning(cycle: Cycle, times: list[str]) -> None:
    steps = np.linalg.norm(np.diff(encode(times, cycle), axis=0), axis=1)
    assert steps[0] == pytest.approx(steps[1], rel=1e-4)


@pytest.mark.parametrize(
    ("alias", "told"),
    [
        ("15min", CYCLES),
        ("h", CYCLES),
        ("12h", CYCLES),
        ("24h", CYCLES[1:]),
        ("D", CYCLES[1:]),
        ("B", CYCLES[1:]),
        ("W-MON", CYCLES[2:]),
        ("ME", CYCLES[3:]),
        ("MS", CYCLES[3:]),
        ("QE", CYCLES[3:]),
        ("52W", ()),
        ("12MS", ()),
        ("YE", ()),
    ],
)
def test_a_spacing_tells_what_goes_round_in_more_than_one_row(
    alias: str, told: tuple[Cycle, ...]
) -> None:
    dataset = make_dataset(np.arange(40.0), frequency=Frequency(alias))
    assert tuple(list_cycles(dataset)) == told
    check_calendar(dataset, ask(*told))
    for cycle in set(CYCLES) - {*told}:
        with pytest.raises(SpecError, match="tells nothing here"):
            check_calendar(dataset, ask(cycle))


@pytest.mark.parametrize(
    ("alias", "num_rows", "asked", "tried"),
    [
        ("D", 13, (), ()),
        ("D", 14, (), ("weekday",)),
        ("D", 730, (), ("weekday",)),
        ("D", 731, (), ("weekday", "year_day")),
        ("D", 731, ("weekday",), ("year_day",)),
        ("h", 48, (), ("hour",)),
        ("h", 336, (), ("hour", "weekday")),
        ("ME", 30, (), ("year_day",)),
        ("W-SUN", 60, (), ()),
    ],
)
def test_what_went_round_twice_is_tried(
    alias: str, num_rows: int, asked: tuple[Cycle, ...], tried: tuple[Cycle, ...]
) -> None:
    dataset = make_dataset(np.arange(40.0), frequency=Frequency(alias))
    found, reason = choose_tried(dataset, ask(*asked), num_rows)
    assert found == tried
    assert bool(reason) == bool(tried)


def test_of_numbered_rows_nothing_of_the_calendar_is_tried() -> None:
    numbered = make_dataset(np.arange(5_000.0), frequency=NUMBERED)
    assert choose_tried(numbered, PLAIN, 5_000) == ((), "")


def test_what_is_tried_stands_in_columns_of_its_own() -> None:
    spec = ask("year_day").with_values({"task.calendar_tried": ["hour", "weekday", "year_day"]})
    assert spec.task.cycles == ("year_day", "hour", "weekday")
    assert find_tried(spec) == (1, 2, 4, 5)  # three sines, then three cosines
    dataset = make_two_series()
    spec = ask("year_day").with_values({"task.calendar_tried": ["weekday"]})
    shape = shape_examples(dataset, spec)
    examples = frame_dataset(dataset, spec).examples
    assert examples.shape == shape
    assert (shape.num_past, shape.calendar) == (7, (4, 6))
    assert (shape.num_future, shape.calendar_ahead) == (5, (2, 4))
    times = dataset.frame.index.get_level_values("time")[:60]
    expected = encode_times(pd.DatetimeIndex(times), ["weekday"])
    np.testing.assert_allclose(examples.past[:60][:, shape.calendar], expected)
    np.testing.assert_allclose(examples.future[:60][:, shape.calendar_ahead], expected)


def test_a_refusal_names_what_the_rows_can_tell() -> None:
    dataset = make_dataset(np.arange(300.0), frequency=Frequency("W-SUN"))
    with pytest.raises(SpecError) as caught:
        resolve_spec(ask("hour"), dataset)
    assert caught.value.what.startswith("The hour of the day tells nothing here")
    assert "day of the month, day of the year" in caught.value.remedy


def test_numbered_rows_have_no_calendar() -> None:
    dataset = make_dataset(np.arange(300.0), frequency=NUMBERED)
    assert list_cycles(dataset) == []
    with pytest.raises(SpecError, match="Rows are numbered here"):
        resolve_spec(ask("hour"), dataset)
    with pytest.raises(SpecError, match="Rows are numbered here"):
        frame_dataset(dataset, ask("hour"))


@pytest.mark.parametrize("strategy", ["direct", "recursive"])
def test_the_calendar_stands_behind_what_is_known_ahead_and_changes_nothing_else(
    strategy: str,
) -> None:
    dataset = make_two_series()
    plain = PLAIN.with_values({"task.strategy": strategy})
    spec = ask("weekday", "year_day", spec=plain)
    before, after = frame_dataset(dataset, plain), frame_dataset(dataset, spec)
    assert before.examples.past.shape[1] == len(dataset.roles.columns)
    assert (after.examples.past[:, :3] == before.examples.past).all()
    assert (after.examples.future[:, :1] == before.examples.future).all()
    assert after.parts == before.parts
    assert [each.to_json() for each in after.scalers] == [each.to_json() for each in before.scalers]
    assert after.examples.shape == shape_examples(dataset, spec)
    assert (after.examples.shape.num_past, after.examples.shape.num_future) == (3 + 4, 1 + 4)
    for part in after.parts:
        times = pd.date_range("2024-01-01", periods=part.num_rows + HORIZON)
        told = encode_times(times, ["weekday", "year_day"])
        rows = slice(part.first, part.first + len(told))
        assert (after.examples.future[rows, 1:] == told).all()
        own = slice(part.first, part.first + part.num_rows)
        assert (after.examples.past[own, 3:] == told[:-HORIZON]).all()


def test_a_table_without_known_covariates_gets_a_future() -> None:
    dataset = make_dataset(np.random.default_rng(0).normal(size=80), frequency=Frequency("B"))
    framing = frame_dataset(dataset, ask("weekday"))
    ahead = framing.examples.future[-HORIZON:]
    assert (ahead == encode_times(pd.bdate_range("2024-01-01", periods=84)[-4:], ["weekday"])).all()
    tail = frame_tail(dataset, ask("weekday"), {"": framing.scalers[0]}, [""])
    assert (tail.examples.future == framing.examples.future).all()


def test_own_covariates_that_end_too_soon_are_told_by_their_names_alone() -> None:
    with pytest.raises(DataError, match=r'covariates "k0" are given for 3 steps'):
        check_framing(make_two_series(num_known=3), ask("weekday"))


@pytest.mark.parametrize("cycles", [(), ("weekday", "month_day")])
def test_only_a_network_that_was_told_of_covariates_is_told_of_them_again(
    cycles: tuple[Cycle, ...],
) -> None:
    dataset, spec = make_two_series(), ask(*cycles)
    assert forget_untold_future(dataset, spec, 1 + 2 * len(cycles)) is dataset
    forgotten = forget_untold_future(dataset, spec, 2 * len(cycles)).roles
    assert forgotten.known_future_covariates == ()
    assert forgotten.past_covariates == ("x0", "k0")


def test_it_is_no_leak_and_no_exception_from_the_check() -> None:
    report = check_leaks(ask("weekday", "month_day"), make_two_series())
    assert report.is_clean, report.sentence
    assert report.exceptions == ("k0",)
