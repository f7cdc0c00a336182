"""A run beside all rules, without any training."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from benchmarks.collection.running import Finished
from benchmarks.collection.scoring import score
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.examples import frame_dataset
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.registry import find_kind

NUM_ROWS, HORIZON = 96, 12
NOISE = np.random.default_rng(5).normal(size=NUM_ROWS)
SEASON = 10 * np.sin(2 * np.pi * np.arange(NUM_ROWS) / 12)


def _finish(values: np.ndarray, error: float, *, refit: bool, wide: float = 5) -> Finished:
    """A run whose model is off by ``error`` everywhere; its last value is told as a rule."""
    times = pd.date_range("2001-01-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"time": times, "value": values})
    draft = ExperimentSpec().with_values({"task.horizon": HORIZON, "task.refit": refit})
    dataset = build_dataset(SourceTable(frame, "table"), draft.data)
    spec, _ = find_kind(draft).resolve(draft, dataset)
    rows: list[dict[str, Any]] = []
    for fold in range(spec.task.num_folds or 1) if refit else [None]:
        framing = frame_dataset(dataset, spec, fold)
        for cutoff in framing.examples.cutoffs["test"].tolist():
            for step in range(1, HORIZON + 1):
                actual = values[cutoff + step]
                rows.append(
                    {
                        "series": "value",
                        "target": "value",
                        "fold": 1 + (fold or 0),
                        "cutoff": times[cutoff],
                        "step": step,
                        "timestamp": times[cutoff + step],
                        "actual": actual,
                        "model": actual + error,
                        "last_value": values[cutoff],
                        "low_80": actual + error - wide,
                        "high_80": actual + error + wide,
                        "pretrained": np.nan,
                    }
                )
    verdict = ForecastVerdict(
        outcome="win", beats_baseline=True, best_baseline="last_value", sentence="Wins."
    )
    return Finished(spec, dataset, pd.DataFrame(rows), verdict, 3.21, 9.0)


@pytest.mark.parametrize("refit", [False, True])
def test_errors_are_scaled_and_the_best_rule_is_found(refit: bool) -> None:
    run = _finish(100 + SEASON + NOISE, 0.5, refit=refit)
    found = score(run)

    before = (100 + SEASON + NOISE)[:60]
    scale = np.abs(before[12:] - before[:-12]).mean()
    assert found["season"] == 12
    assert found["mase"] == pytest.approx(0.5 / scale, rel=0.3)
    assert found["held_80"] == 1
    assert found["best"] == min(found["rules"], key=found["rules"].__getitem__)
    assert "pretrained" not in found["rules"]
    assert found["rules"]["last_value"] > found["best_mase"]
    assert found["best_mase"] <= found["chosen_mase"]
    assert (found["claims_win"], found["rival"], found["seconds"]) == (True, "last_value", 3.2)
    assert found["windows"] == (run.spec.task.num_folds if refit else found["windows"])


def test_the_rule_is_chosen_before_the_test_part() -> None:
    """What holds on the validation part and no longer on the test part is chosen all the same."""
    values = 100 + SEASON + NOISE / 10
    first_test = int(NUM_ROWS * 0.75)
    values[first_test:] = values[first_test - 1]
    found = score(_finish(values, 0.0, refit=False, wide=-1))

    assert found["best"] == "last_value"
    assert found["chosen"] != "last_value"
    assert found["chosen_mase"] > found["best_mase"] == 0
    assert found["mase"] == 0
    assert found["held_80"] == 0


def test_values_that_nobody_knows_count_for_nothing() -> None:
    values = 100 + SEASON + NOISE
    whole = _finish(values, 0.5, refit=False)
    unknown = whole.predictions.assign(actual=whole.predictions["actual"].where(lambda v: v > 95))
    found = score(Finished(whole.spec, whole.dataset, unknown, whole.verdict, 1, 1))
    assert found["mase"] == pytest.approx(score(whole)["mase"])
    assert found["rules"]["last_value"] != score(whole)["rules"]["last_value"]
