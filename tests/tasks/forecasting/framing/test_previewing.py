from __future__ import annotations

import numpy as np

from lstm_core.tasks.forecasting.framing.previewing import preview_filling
from tests.tasks.datasets import make_dataset

VALUES = np.arange(400.0).reshape(200, 2)


def observe(num_rows: int, *gaps: tuple[int, int, int]) -> np.ndarray:
    observed = np.ones((num_rows, 2), bool)
    for start, stop, target in gaps:
        observed[start:stop, target] = False
    return observed


def test_the_longest_gap_is_shown_with_what_stands_beside_it() -> None:
    dataset = make_dataset(
        {"a": VALUES, "b": VALUES}, num_targets=2, observed=observe(400, (20, 22, 0), (300, 305, 1))
    )
    preview = preview_filling(dataset)
    assert preview is not None
    assert set(zip(preview["series"], preview["target"], strict=True)) == {("b", "y1")}
    assert preview["before"].isna().to_numpy().nonzero()[0].tolist() == [30, 31, 32, 33, 34]
    assert preview["after"].tolist() == VALUES[70:135, 1].tolist()
    assert preview["timestamp"].tolist() == (
        dataset.frame.index.get_level_values("time")[270:335].tolist()
    )


def test_a_gap_near_the_beginning_of_a_series_shows_no_other() -> None:
    dataset = make_dataset(
        {"a": VALUES, "b": VALUES}, num_targets=2, observed=observe(400, (201, 300, 0))
    )
    preview = preview_filling(dataset)
    assert preview is not None
    assert set(preview["series"]) == {"b"}
    assert len(preview) == 199


def test_no_gap_goes_over_from_one_series_to_another() -> None:
    dataset = make_dataset(
        {"a": VALUES, "b": VALUES}, num_targets=2, observed=observe(400, (196, 203, 0))
    )
    preview = preview_filling(dataset)
    assert preview is not None
    assert set(preview["series"]) == {"a"}
    assert preview["before"].isna().to_numpy().nonzero()[0].tolist() == [30, 31, 32, 33]


def test_without_gaps_nothing_is_shown() -> None:
    assert preview_filling(make_dataset({"a": VALUES}, num_targets=2)) is None
