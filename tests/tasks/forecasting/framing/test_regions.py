from __future__ import annotations

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.spec import ExperimentSpec, SeriesDataSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.framing.regions import list_regions, outline_parts
from tests.tasks.datasets import make_dataset

NUM_ROWS = 100
DAYS = pd.Series(pd.date_range("2024-01-01", periods=NUM_ROWS))


def make_spec(**backtest: object) -> ExperimentSpec:
    values = {"task.lookback": 5, "task.horizon": 4, "task.num_folds": 3}
    return ExperimentSpec().with_values(
        values | {f"task.{key}": value for key, value in backtest.items()}
    )


def list_rows(regions: pd.DataFrame) -> list[tuple[int, str, int, int, int]]:
    """The regions with days counted from the first."""
    days = {name: (regions[name] - DAYS[0]).dt.days for name in ("start", "end")}
    return list(regions.assign(**days).itertuples(index=False, name=None))


def test_one_training_serves_all_folds() -> None:
    assert list_rows(list_regions(DAYS, make_spec())) == [
        (1, "train", 0, 0, 70),
        (1, "validation", 0, 70, 85),
        (1, "test", 1, 85, 90),
        (1, "test", 2, 90, 95),
        (1, "test", 3, 95, 99),
    ]


def test_a_gap_lies_between_the_parts() -> None:
    rows = list_rows(list_regions(DAYS, make_spec(gap=6, num_folds=1)))
    assert [row[3:] for row in rows] == [(0, 58), (64, 79), (85, 99)]


def test_with_refit_each_fold_has_a_training_that_ends_before_it() -> None:
    rows = list_rows(list_regions(DAYS, make_spec(refit=True)))
    assert [row[:3] for row in rows] == [
        (training, part, training if part == "test" else 0)
        for training in (1, 2, 3)
        for part in ("train", "validation", "test")
    ]
    assert [row[3:] for row in rows[3:6]] == [(0, 75), (75, 90), (90, 95)]


def test_a_sliding_window_leaves_the_oldest_rows() -> None:
    rows = list_rows(list_regions(DAYS, make_spec(refit=True, window="sliding")))
    assert [row[3:] for row in rows if row[1] == "train"] == [(0, 70), (5, 75), (10, 80)]


def test_numbered_rows_are_placed_by_their_numbers() -> None:
    regions = list_regions(pd.Series(np.arange(NUM_ROWS) * 10), make_spec(num_folds=1))
    assert regions["start"].tolist() == [0, 700, 850]
    assert regions["end"].tolist() == [700, 850, 990]


def test_what_is_shown_is_what_was_framed() -> None:
    spec = make_spec(refit=True, gap=2)
    dataset = make_dataset(np.random.default_rng(0).normal(size=NUM_ROWS))
    regions = list_regions(DAYS, spec)
    for fold in range(3):
        cutoffs = frame_dataset(dataset, spec, fold).examples.cutoffs
        own = regions[regions["training"] == fold + 1].set_index("part")
        for part in ("train", "validation", "test"):
            predicted = DAYS[np.unique(cutoffs[part][:, None] + np.arange(1, 5)).clip(max=99)]
            assert own["start"][part] <= predicted.min() < own["end"][part]
            # The last windows of a fold may reach into the next one.
            assert part == "test" or predicted.max() < own["end"][part]
        assert own["start"]["test"] == predicted.min()


def test_the_parts_of_several_series_are_outlined_where_they_are_alike() -> None:
    values = np.random.default_rng(0).normal(size=NUM_ROWS)
    outline = outline_parts(make_dataset(values), make_spec(refit=True))
    first = make_dataset(values).frame.index.get_level_values("time")[0]
    days = [(outline[name] - first).dt.days.tolist() for name in ("start", "end")]
    assert (outline["part"].tolist(), *days) == (["validation", "test"], [70, 85], [85, 99])


def test_series_that_end_at_different_times_have_no_outline() -> None:
    frame = pd.DataFrame(
        {
            "day": [*DAYS, *DAYS[:60]],
            "shop": ["a"] * NUM_ROWS + ["b"] * 60,
            "units": np.random.default_rng(0).normal(size=NUM_ROWS + 60),
        }
    )
    data = SeriesDataSpec(source="csv", name="shops.csv", series="shop")
    dataset = build_dataset(SourceTable(frame, "shops.csv"), data)
    assert outline_parts(dataset, make_spec()).empty
