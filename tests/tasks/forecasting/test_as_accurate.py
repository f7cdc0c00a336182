"""What made training quicker has not made it worse."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from scipy import stats

from benchmarks.speed.default_run import TABLES
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.pipeline import run_experiment
from lstm_core.spec import ExperimentSpec

BEFORE = (0.6942, 0.6949, 0.6896, 0.6967, 0.698, 0.6979, 0.6957, 0.6939, 0.6955, 0.6949)
"""MASE of ten seeds, from 42 on, at 840fd5c, which trained by Keras's own ``fit``:
``python -m benchmarks.speed.default_run --table daily --rounds 10 --against CHECKOUT``."""


@pytest.mark.slow
def test_ten_default_runs_are_as_good_as_by_keras_s_own_fit(tmp_path: Path) -> None:
    TABLES["daily"].write(tmp_path / "table.csv")
    frame = pd.read_csv(io.BytesIO((tmp_path / "table.csv").read_bytes()), parse_dates=["time"])
    spec = ExperimentSpec()
    dataset = build_dataset(SourceTable(frame, "made"), spec.data)
    now = []
    for seed in range(42, 42 + len(BEFORE)):
        result = run_experiment(spec.with_values({"training.seed": seed}), dataset)
        now.append(result.metrics["mase"])
    assert stats.ttest_ind(now, BEFORE, alternative="greater").pvalue > 0.05
