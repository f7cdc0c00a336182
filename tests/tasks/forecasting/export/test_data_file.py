from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.export.data_file import name_columns, write_data
from tests.tasks.datasets import make_dataset, make_sine

SPEC = ExperimentSpec()
CALENDAR = SPEC.with_values({"task.calendar": ["weekday"], "task.lookback": 5, "task.horizon": 3})


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content))


def test_every_value_comes_back_to_the_last_bit() -> None:
    dataset = make_dataset(np.stack([make_sine(50), make_sine(50, 7) * 1e-9], axis=1))
    table = read(write_data(SPEC, dataset))
    assert list(table.columns) == ["time", "y0", "x0"]
    assert (table[["y0", "x0"]].to_numpy() == dataset.frame.to_numpy()).all()
    times = dataset.frame.index.get_level_values("time")
    assert list(pd.to_datetime(table["time"])) == list(times)


def test_filled_values_are_marked() -> None:
    observed = np.ones((20, 1), bool)
    observed[4:6] = False
    table = read(write_data(SPEC, make_dataset(make_sine(20), observed=observed)))
    assert table["y0 observed"].tolist() == observed[:, 0].astype(int).tolist()


def test_what_is_known_ahead_stands_behind_its_own_series() -> None:
    rows = np.stack([make_sine(10), np.arange(10.0)], axis=1)
    dataset = make_dataset(
        {"a": rows, "b": rows + 100},
        future={"a": np.array([[10.0], [11.0]]), "b": np.array([[110.0]])},
    )
    table = read(write_data(SPEC, dataset))
    assert table["name"].tolist() == ["a"] * 12 + ["b"] * 11
    assert table["y0"].isna().sum() == 3
    assert table.loc[table["name"] == "a", "k0"].tolist() == list(range(12))
    assert table.loc[22, "k0"] == 110


def test_where_the_calendar_is_told_every_step_ahead_has_a_row() -> None:
    rows = np.stack([make_sine(10), np.arange(10.0)], axis=1)
    dataset = make_dataset(
        {"a": rows, "b": rows + 100},
        future={"a": np.array([[10.0]]), "b": np.full((4, 1), 110.0)},
    )
    table = read(write_data(CALENDAR, dataset))
    assert table["name"].tolist() == ["a"] * 13 + ["b"] * 14
    assert table["time"].iloc[[10, 12, 26]].tolist() == ["2024-01-11", "2024-01-13", "2024-01-14"]
    assert table["k0"].isna().sum() == 2  # of the second and third step of a, the time alone
    alone = read(write_data(CALENDAR, make_dataset(make_sine(10))))
    assert alone["time"].tolist()[9:] == [f"2024-01-{day}" for day in (10, 11, 12, 13)]
    assert alone["y0"].isna().tolist() == [False] * 10 + [True] * 3


def test_names_are_told_apart_and_never_formulas() -> None:
    dataset = make_dataset(np.stack([make_sine(20)] * 3, axis=1), num_targets=3)
    roles = replace(dataset.roles, time="x", targets=("=x", "'=x", "x"))
    frame = dataset.frame.set_axis(list(roles.targets), axis=1)
    dataset = replace(dataset, roles=roles, frame=frame)
    names = name_columns(dataset)
    assert (names.time, *names.columns) == ("x", "'=x", "'=x (2)", "x (2)")
    assert list(read(write_data(SPEC, dataset)).columns) == [names.time, *names.columns]
