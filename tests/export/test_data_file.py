from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pandas as pd

from lstm_core.export.data_file import name_columns, write_data
from tests.tasks.datasets import make_dataset, make_sine


def read(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content))


def test_every_value_comes_back_to_the_last_bit() -> None:
    dataset = make_dataset(np.stack([make_sine(50), make_sine(50, 7) * 1e-9], axis=1))
    table = read(write_data(dataset))
    assert list(table.columns) == ["time", "y0", "x0"]
    assert (table[["y0", "x0"]].to_numpy() == dataset.frame.to_numpy()).all()
    times = dataset.frame.index.get_level_values("time")
    assert list(pd.to_datetime(table["time"])) == list(times)


def test_filled_values_are_marked() -> None:
    observed = np.ones((20, 1), bool)
    observed[4:6] = False
    table = read(write_data(make_dataset(make_sine(20), observed=observed)))
    assert table["y0 observed"].tolist() == observed[:, 0].astype(int).tolist()


def test_what_is_known_ahead_stands_behind_its_own_series() -> None:
    rows = np.stack([make_sine(10), np.arange(10.0)], axis=1)
    dataset = make_dataset(
        {"a": rows, "b": rows + 100},
        future={"a": np.array([[10.0], [11.0]]), "b": np.array([[110.0]])},
    )
    table = read(write_data(dataset))
    assert table["name"].tolist() == ["a"] * 12 + ["b"] * 11
    assert table["y0"].isna().sum() == 3
    assert table.loc[table["name"] == "a", "k0"].tolist() == list(range(12))
    assert table.loc[22, "k0"] == 110


def test_names_are_told_apart_and_never_formulas() -> None:
    dataset = make_dataset(np.stack([make_sine(20)] * 3, axis=1), num_targets=3)
    roles = replace(dataset.roles, time="x", targets=("=x", "'=x", "x"))
    frame = dataset.frame.set_axis(list(roles.targets), axis=1)
    dataset = replace(dataset, roles=roles, frame=frame)
    names = name_columns(dataset)
    assert (names.time, *names.columns) == ("x", "'=x", "'=x (2)", "x (2)")
    assert list(read(write_data(dataset)).columns) == [names.time, *names.columns]
