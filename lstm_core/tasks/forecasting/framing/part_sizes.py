"""How many rows there are to learn from, to stop by and to be judged on."""

from __future__ import annotations

import numpy as np

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.cutting import DEFAULT_TEST_FRACTION, cut_series
from lstm_core.tasks.kind import PartSizes


def count_training_windows(dataset: Dataset, spec: ExperimentSpec) -> int:
    """Count the windows to learn from, those with filled values among them; at least 1.

    The spec is one that ``defaults.resolve_spec`` has filled in.
    """
    length = sum(spec.task.sizes)
    count = 0
    for _, rows in dataset.iterate_series():
        cuts = cut_series(rows.stop - rows.start, spec)
        count += max(0, cuts.train_end - cuts.train_start - length + 1)
    return max(1, count)


def measure_parts(dataset: Dataset, spec: ExperimentSpec) -> PartSizes:
    """Measure the parts; the spec is one that ``defaults.resolve_spec`` has filled in."""
    _, horizon = spec.task.sizes
    lengths = [rows.stop - rows.start for _, rows in dataset.iterate_series()]
    num_rows = int(np.median(lengths))
    cuts = cut_series(num_rows, spec)
    share = spec.task.test_fraction or DEFAULT_TEST_FRACTION
    return PartSizes(
        num_series=len(lengths),
        num_training=cuts.train_end - cuts.train_start,
        num_validation=cuts.validation_end - cuts.validation_start,
        num_test=cuts.test_end - cuts.test_start,
        is_stretched=share * num_rows < horizon,
    )
