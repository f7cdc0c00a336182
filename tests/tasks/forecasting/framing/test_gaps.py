"""Blank cells anywhere: a table trains, or a true reason is said."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core.data.series.dataset import Dataset
from lstm_core.errors import DataError
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset, number_folds
from lstm_core.tasks.forecasting.framing.gaps import step_back
from tests.data.tables import build
from tests.shares import share_combinations
from tests.tasks.datasets import make_sine

TRUE_REASONS = ("More than half", "would be missing", "too many of its values are missing")


def make_blank(num_rows: int, blank: list[int]) -> Dataset:
    values = make_sine(num_rows, 7)
    values[blank] = np.nan
    days = (np.datetime64("2024-01-01") + np.arange(num_rows)).astype(str)
    return build({"day": days.tolist(), "v": values.tolist()})


COUNTS, STRIDES = (60, 61, 75, 400), (None, 1, 3, 29)


def check_every_fold(dataset: Dataset, spec: ExperimentSpec) -> None:
    """Check that each fold is judged, on windows that begin with a known row and end with one."""
    count = spec.task.num_folds or 1
    seen: set[int] = set()
    for fold in range(count) if spec.task.refit else [None]:
        framing = frame_dataset(dataset, spec, fold)
        (part,) = framing.parts
        for name in ("train", "validation", "test"):
            cutoffs = framing.examples.cutoffs[name]
            assert len(cutoffs) > 0
            assert len(np.unique(cutoffs)) == len(cutoffs)
            assert dataset.observed[cutoffs].all()
        test = framing.examples.cutoffs["test"]
        own = number_folds(part, test, spec) if fold is None else np.full(len(test), fold)
        seen |= set(own.tolist())
        before = dataset.observed[test.min() + 1 : part.cuts.test_start]
        assert not before.any()  # nothing of the parts before is judged
    assert seen == set(range(count))


@pytest.mark.parametrize(
    ("num_rows", "stride"),
    share_combinations(product(COUNTS, STRIDES), [(60, None), (61, 1), (75, 3), (60, 29)]),
)
def test_one_blank_cell_refuses_nothing(num_rows: int, stride: int | None) -> None:
    spec = ExperimentSpec().update("task", {"stride": stride})
    late = range(num_rows // 2, num_rows - 1)  # where the parts are cut
    for place in [1, *late[:: max(1, len(late) // 12)], *late[-8:]]:
        dataset = make_blank(num_rows, [place])
        resolved, _ = resolve_spec(spec, dataset)
        check_every_fold(dataset, resolved)


@pytest.mark.parametrize("num_rows", range(60, 93, 3))
def test_blank_weekends_refuse_nothing(num_rows: int) -> None:
    weekends = [row for row in range(1, num_rows - 1) if row % 7 in (5, 6)]
    dataset = make_blank(num_rows, weekends)
    resolved, _ = resolve_spec(ExperimentSpec(), dataset)
    check_every_fold(dataset, resolved)


@settings(max_examples=40, deadline=None)
@given(st.integers(60, 120), st.data())
def test_any_pattern_of_blanks_trains_or_is_told(num_rows: int, data: st.DataObject) -> None:
    rows = st.integers(0, num_rows - 1)
    blank = data.draw(st.lists(rows, max_size=num_rows - 10, unique=True))
    try:
        dataset = make_blank(num_rows, blank)
        resolved, _ = resolve_spec(ExperimentSpec(), dataset)
    except DataError as error:
        is_true = len(blank) > 12 and any(reason in error.what for reason in TRUE_REASONS)
        if not is_true:
            raise
        return
    check_every_fold(dataset, resolved)


def test_a_wide_stride_costs_folds_and_is_told() -> None:
    dataset = make_blank(300, [])
    spec = ExperimentSpec().update("task", {"stride": 40, "refit": False})
    resolved, reasons = resolve_spec(spec, dataset)
    assert resolved.task.num_folds == 1
    assert "no window" in reasons["task.num_folds"]


def test_cutoffs_step_back_over_gaps_alone() -> None:
    known = np.array([True, True, False, False, True, False, True])
    before = np.append(0, np.cumsum(known))
    rows = np.array([1, 3, 5, 6])
    assert step_back(rows, known, before, 0).tolist() == [1, 4, 6]
    assert step_back(rows, known, before, 3).tolist() == [1, 3, 4, 6]
    half = np.array([1, 2, 3, 3, 4, 4, 5])  # one of two targets is known in the third row
    assert step_back(np.array([3]), known, np.append(0, half), 0).tolist() == [3]


@pytest.mark.parametrize("seed", range(20))
def test_cutoffs_that_stepped_back_stand_in_order_and_once(seed: int) -> None:
    rng = np.random.default_rng(seed)
    observed = rng.random(60) < rng.choice([0.2, 0.6, 0.95])
    known = observed & (rng.random(60) < 0.8)  # a row of several targets may be known in part
    before = np.append(0, np.cumsum(observed))
    rows = np.arange(rng.integers(60), 60, rng.integers(1, 4))
    stood = step_back(rows, known, before, int(rng.integers(40)))
    assert stood.tolist() == sorted(set(stood.tolist()))
    assert set(stood) <= set(rows) | set(np.flatnonzero(known))


def test_dropped_gaps_are_in_no_window_that_is_learnt_from() -> None:
    dataset = make_blank(300, [40, 41, 90, 250])
    spec = ExperimentSpec().with_values({"task.lookback": 10, "task.horizon": 3})
    before = frame_dataset(dataset, spec).examples.cutoffs
    after = frame_dataset(dataset, spec.update("data", {"fill": "drop"})).examples.cutoffs
    lost = np.setdiff1d(before["train"], after["train"])
    assert lost.tolist() == [*range(42, 51), *range(91, 100)]
    for name in ("validation", "test", "forecast"):
        np.testing.assert_array_equal(before[name], after[name])
