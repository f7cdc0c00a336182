from __future__ import annotations

import numpy as np
import pytest

from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.part_sizes import measure_parts
from tests.tasks.datasets import make_dataset


@pytest.mark.parametrize(
    ("test_fraction", "num_test", "is_stretched"),
    [(0.25, 25, False), (0.1, 10, False), (0.05, 10, True)],
)
def test_the_test_part_holds_at_least_one_horizon(
    test_fraction: float, num_test: int, is_stretched: bool
) -> None:
    spec = ExperimentSpec().with_values(
        {
            "task.lookback": 5,
            "task.horizon": 10,
            "task.test_fraction": test_fraction,
            "task.validation_fraction": 0.2,
        }
    )
    sizes = measure_parts(make_dataset(np.arange(100.0)), spec)
    assert (sizes.num_test, sizes.is_stretched) == (num_test, is_stretched)
    assert (sizes.num_validation, sizes.num_series) == (20, 1)
    assert sizes.num_training + sizes.num_validation + sizes.num_test == 100


def test_rows_of_a_gap_are_in_no_part() -> None:
    spec = ExperimentSpec().with_values({"task.lookback": 5, "task.horizon": 10, "task.gap": 3})
    sizes = measure_parts(make_dataset(np.arange(100.0)), spec)
    assert sizes.num_training + sizes.num_validation + sizes.num_test == 100 - 2 * 3
