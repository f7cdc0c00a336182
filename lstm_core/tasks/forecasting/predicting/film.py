"""The forecast film: one held-out window, predicted anew after each epoch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lstm_core.learning.feeds.feed import MAX_VALIDATION_PLACES, thin
from lstm_core.tasks.forecasting.predicting.windows import label_series

if TYPE_CHECKING:
    import keras

    from lstm_core.tasks.forecasting.task import ForecastingTask

MOST_STEPS = 200
"""Longer horizons are shown up to here."""

HISTORY_HORIZONS = 2
FEWEST_HISTORY_ROWS = 24


class Film:
    """A late window of the validation part, of the first target and of the first series with one.

    Attributes:
        place: its cutoff's row in the flat table.
        frame: what stays the same in each picture, JSON; see ``events.FilmPrepared``.
    """

    def __init__(self, task: ForecastingTask) -> None:
        """Choose the window in the framing that the task has just prepared."""
        framing = task.framing
        # Among those that are validated anyway: to be filmed changes nothing.
        validation = thin(framing.examples.cutoffs["validation"], MAX_VALIDATION_PLACES)
        firsts = [part.first for part in framing.parts]
        number = int(np.searchsorted(firsts, validation[0], side="right")) - 1
        part, self._scaler = framing.parts[number], framing.scalers[number]
        self.place = int(validation[validation < part.first + part.num_rows][-1])
        self._steps = min(task.horizon, MOST_STEPS)
        local = self.place - part.first
        num_history = max(FEWEST_HISTORY_ROWS, HISTORY_HORIZONS * self._steps)
        times = task.dataset.frame.index.get_level_values("time")[part.rows]
        values = task.dataset.frame.iloc[part.rows, 0].to_numpy()
        observed = task.dataset.observed[part.rows, 0]
        history = slice(max(0, local + 1 - num_history), local + 1)
        future = slice(local + 1, local + 1 + self._steps)
        self.frame: dict[str, Any] = {
            "series": label_series(task.dataset, part, task.targets[0]),
            "target": task.targets[0],
            "history": _lay_out(times[history], values[history], observed[history]),
            "future": _lay_out(times[future], values[future], observed[future]),
        }

    def draw(self, network: keras.Model, noted: np.ndarray | None) -> tuple[float, ...]:
        """Return the window's prediction ``(horizon,)`` in the units of the data."""
        assert noted is not None
        restored = self._scaler.restore_target(noted[: self._steps], 0)
        return tuple(float(f"{value:.6g}") for value in restored)


def _lay_out(times: pd.Index, values: np.ndarray, observed: np.ndarray) -> dict[str, Any]:
    return {
        "timestamps": [
            time.isoformat() if isinstance(time, pd.Timestamp) else int(time) for time in times
        ],
        "values": [
            float(f"{value:.6g}") if known else None
            for value, known in zip(values, observed, strict=True)
        ],
    }
