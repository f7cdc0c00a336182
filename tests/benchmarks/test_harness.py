"""What makes two timings comparable."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import BATCH_SIZE, UNITS, make_case
from lstm_core.learning.feeds.windows import WindowShape
from lstm_core.tasks.forecasting.defaults import resolve_spec
from lstm_core.tasks.forecasting.task import ForecastingTask

LOOKBACK, HORIZON = 48, 24


def test_the_app_chooses_nothing_that_the_bare_script_does_otherwise(tmp_path: Path) -> None:
    case = make_case(tmp_path, num_rows=600, lookback=LOOKBACK, horizon=HORIZON, epochs=2)

    resolved, reasons = resolve_spec(case.spec, case.dataset)

    assert resolved.task.window_normalisation == "none"
    assert resolved.training.patience is None
    assert not any(name.startswith(("model.", "training.")) for name in reasons)


def test_both_learn_from_the_same_windows(tmp_path: Path) -> None:
    num_rows = 600
    case = make_case(tmp_path, num_rows=num_rows, lookback=LOOKBACK, horizon=HORIZON, epochs=2)
    resolved, _ = resolve_spec(case.spec, case.dataset)

    examples = ForecastingTask(resolved, case.dataset).prepare(None)

    held_out = max(round(num_rows * 0.15), HORIZON)  # as in bare_script
    train_end = num_rows - 2 * held_out
    assert examples.cutoffs["train"].tolist() == list(range(LOOKBACK - 1, train_end - HORIZON))
    assert examples.cutoffs["validation"].tolist() == list(
        range(train_end - 1, num_rows - held_out - HORIZON)
    )
    assert examples.shape == WindowShape(LOOKBACK, HORIZON, 1, 1, 0)
    assert (resolved.model.units, resolved.training.batch_size) == (UNITS, BATCH_SIZE)
