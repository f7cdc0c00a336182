"""What is said before training of a table that is trained on all the same."""

from __future__ import annotations

import numpy as np
import pytest

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.cautions import list_cautions
from lstm_core.tasks.forecasting.defaults import resolve_spec
from tests.tasks.datasets import make_dataset, make_sine


def caution(table: np.ndarray | dict[str, np.ndarray]) -> list[str]:
    dataset = make_dataset(table)
    resolved, _ = resolve_spec(ExperimentSpec(), dataset)
    return list_cautions(resolved, dataset)


@pytest.mark.parametrize(
    ("num_rows", "is_few"), [(12, True), (24, True), (60, False), (400, False)]
)
def test_few_rows_are_told_before_training(num_rows: int, is_few: bool) -> None:
    found = caution(make_sine(num_rows, 7))
    assert [sentence.startswith("Too few rows to judge") for sentence in found] == [True] * is_few


def test_many_short_series_are_enough() -> None:
    assert caution({f"s{number}": make_sine(20, seed=number) for number in range(20)}) == []


def test_a_covariate_that_stands_still_in_the_training_part_is_named() -> None:
    budget = np.where(np.arange(400) < 380, 1e6, 2e6)
    (sentence,) = caution(np.column_stack([make_sine(400), budget, make_sine(400, seed=1)]))
    assert sentence.startswith('Left out, because it stands still in the training part: "x0".')
