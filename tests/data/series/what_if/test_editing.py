from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.dataset import Dataset
from lstm_core.data.series.spacing.frequency import Frequency
from lstm_core.data.series.storing import collection_from_bytes, collection_to_bytes
from lstm_core.data.series.what_if.editing import edit_future, keep_series, list_future, read_edits
from lstm_core.errors import DataError
from lstm_core.spec import ROW_ORDER
from tests.tasks.datasets import NUMBERED, make_dataset

HORIZON = 3
PAST = np.arange(20.0).reshape(10, 2)  # a target and a covariate that is known ahead


def make_single(num_ahead: int = 5) -> Dataset:
    """Ten days from the first of January, and ``k0`` for the days after: 100, 101, ..."""
    return make_dataset(PAST, future={"series": 100 + np.arange(num_ahead)[:, None]})


def make_shops() -> Dataset:
    ahead = np.arange(HORIZON)[:, None]
    return make_dataset(
        {"north": PAST, "south": PAST[:7]}, future={"north": ahead, "south": ahead + 10}
    )


def make_edits(values: Mapping[tuple[str, object], object]) -> pd.DataFrame:
    index = pd.MultiIndex.from_tuples(
        [(series, pd.Timestamp(str(time))) for series, time in values], names=["series", "time"]
    )
    return pd.DataFrame({"k0": list(values.values())}, index=index)


def test_the_steps_that_are_forecast_are_listed_and_no_more() -> None:
    future = list_future(make_single(), HORIZON)
    assert future["k0"].tolist() == [100, 101, 102]
    times = future.index.get_level_values("time")
    assert list(times) == list(pd.date_range("2024-01-11", periods=HORIZON))


def test_each_series_has_steps_of_its_own() -> None:
    future = list_future(make_shops(), HORIZON)
    assert [series for series, _ in future.index] == ["north"] * 3 + ["south"] * 3
    assert future.loc["south"].index[0] == pd.Timestamp("2024-01-08")
    assert future["k0"].tolist() == [0, 1, 2, 10, 11, 12]


@pytest.mark.parametrize("num_ahead", [0, 2])
def test_what_is_not_known_yet_is_listed_as_missing(num_ahead: int) -> None:
    dataset = make_single()
    short = replace(dataset, future=dataset.future.iloc[:num_ahead])
    assert list_future(short, HORIZON)["k0"].isna().sum() == HORIZON - num_ahead


def test_without_anything_known_ahead_there_is_nothing_to_change() -> None:
    with pytest.raises(DataError, match="nothing to change"):
        list_future(make_dataset(PAST), HORIZON)


def test_an_edit_changes_its_row_and_no_other() -> None:
    dataset = make_single()
    edited = edit_future(dataset, HORIZON, make_edits({("series", "2024-01-12"): -7.5}))
    assert edited.future["k0"].tolist() == [100, -7.5, 102]
    assert dataset.future["k0"].tolist() == [100, 101, 102, 103, 104]
    pd.testing.assert_frame_equal(edited.frame, dataset.frame)
    assert edited.fingerprint != dataset.fingerprint


def test_edits_may_bring_the_whole_future() -> None:
    dataset = make_single()
    bare = replace(dataset, future=dataset.future.iloc[:0])
    edits = list_future(dataset, HORIZON)
    pd.testing.assert_frame_equal(edit_future(bare, HORIZON, edits).future, edits)


@pytest.mark.parametrize("value", [None, np.nan, np.inf, -np.inf, 1e31, "many"])
def test_what_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(DataError, match='2024-01-12 has no usable number for "k0"'):
        edit_future(make_single(), HORIZON, make_edits({("series", "2024-01-12"): value}))


def test_a_step_that_nobody_knows_is_named() -> None:
    edits = make_edits({("series", "2024-01-12"): 1.0})
    with pytest.raises(DataError, match='2024-01-13 has no usable number for "k0"'):
        edit_future(make_single(num_ahead=2), HORIZON, edits)


@pytest.mark.parametrize(
    ("series", "time", "words"),
    [
        ("north", "2024-01-14", '2024-01-14 of "north" is not .* from 2024-01-11 to 2024-01-13'),
        ("south", "2024-01-11", '2024-01-11 of "south" is not forecast. .* to 2024-01-10'),
        ("north", "2024-01-12 06:00", '2024-01-12 06:00:00 of "north" is not forecast'),
        ("west", "2024-01-11", 'no series "west" in the forecast. There are "north", "south"'),
    ],
)
def test_a_row_that_is_not_forecast_is_refused(series: str, time: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        edit_future(make_shops(), HORIZON, make_edits({(series, time): 1.0}))


def test_a_row_given_twice_is_refused() -> None:
    edits = make_edits({("series", "2024-01-11"): 1.0})
    with pytest.raises(DataError, match="2024-01-11 is given twice"):
        edit_future(make_single(), HORIZON, pd.concat([edits, edits]))


def test_some_series_are_kept() -> None:
    dataset = make_shops()
    south = keep_series(dataset, ["south"])
    assert south.series_names == ["south"]
    assert (len(south.frame), south.observed.shape) == (7, (7, 1))
    assert south.future["k0"].tolist() == [10, 11, 12]
    again = collection_from_bytes(collection_to_bytes(south))
    assert again.fingerprint == south.fingerprint
    single = make_single()
    assert keep_series(single, ["whatever it is called"]) is single


def read(dataset: Dataset, columns: Mapping[str, object]) -> pd.DataFrame:
    return read_edits(SourceTable(pd.DataFrame(columns), "edits.csv"), dataset)


def test_edits_are_read_from_a_table() -> None:
    edits = read(
        make_shops(),
        {
            "k0": [5, 6],
            "note": "x",
            "name": ["south", "north"],
            "time": ["2024-01-08", "2024-01-11"],
        },
    )
    expected = make_edits({("south", "2024-01-08"): 5, ("north", "2024-01-11"): 6})
    edited = edit_future(make_shops(), HORIZON, edits)
    pd.testing.assert_frame_equal(
        edited.future, edit_future(make_shops(), HORIZON, expected).future
    )
    assert edited.future["k0"].tolist() == [6, 1, 2, 5, 11, 12]


def test_numbered_rows_are_read_by_their_number_or_by_their_order() -> None:
    numbered = make_dataset(PAST, future={"series": np.zeros((3, 1))}, frequency=NUMBERED)
    edited = edit_future(numbered, HORIZON, read(numbered, {"time": [11], "k0": [4]}))
    assert edited.future["k0"].tolist() == [0, 4, 0]
    counted = replace(numbered, roles=replace(numbered.roles, time=ROW_ORDER))
    edited = edit_future(counted, HORIZON, read(counted, {"k0": [8, 9]}))
    assert edited.future["k0"].tolist() == [8, 9, 0]
    by_twos = make_dataset(PAST, future={"series": np.zeros((3, 1))}, frequency=Frequency(step=2))
    by_twos = replace(by_twos, roles=counted.roles)
    assert edit_future(by_twos, HORIZON, read(by_twos, {"k0": [8, 9]})).future["k0"][:2].sum() == 17
    with pytest.raises(DataError, match="Step 13 is not forecast"):
        edit_future(counted, HORIZON, read(counted, {"k0": [1, 2, 3, 4]}))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"time": ["2024-01-11"], "K0": [1]}, 'no column "k0". Its columns are "time", "K0"'),
        ({"day": ["2024-01-11"], "k0": [1]}, 'no column "time"'),
        ({"time": ["soon"], "k0": [1]}, "can't be read as times"),
        ({"time": ["2024-01-11", None], "k0": [1, 2]}, "can't be read as times"),
    ],
)
def test_a_table_that_does_not_fit_is_refused(columns: dict[str, object], words: str) -> None:
    with pytest.raises(DataError, match=words):
        read(make_single(), columns)


def test_times_of_another_kind_are_refused() -> None:
    with pytest.raises(DataError, match="Step 11 is not forecast"):
        edit_future(make_single(), HORIZON, read(make_single(), {"time": [11], "k0": [1]}))
