"""How long a run has still to go."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from lstm_core.runs.run import EpochPoint, Run

NUM_RECENT_EPOCHS = 10


def estimate_seconds_left(run: Run, points: Sequence[EpochPoint]) -> float | None:
    """Return the longest that the rest of the training should take; early stopping ends it sooner.

    None before the first epoch is done. The median of recent epochs, because the first one
    includes compilation.
    """
    if not points or not run.num_epochs or run.is_finished:
        return None
    recent = [point.seconds for point in points[1:][-NUM_RECENT_EPOCHS:]] or [points[0].seconds]
    return median(recent) * max(0.0, run.num_epochs * (1.0 - run.progress))
