"""How long a run has still to go."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from lstm_core.runs.run import EpochPoint, Run

NUM_RECENT_EPOCHS = 10


def estimate_seconds_left(run: Run, points: Sequence[EpochPoint]) -> float | None:
    """Return the longest that the rest of the training should take; early stopping ends it sooner.

    None before the first epoch is done. Each network's first epoch includes its compilation, so
    those are counted apart from the others; of the others the median of recent ones counts.
    """
    if not points or not run.num_epochs or run.is_finished:
        return None
    firsts = [point.seconds for point in points if point.epoch == 1]
    others = [point.seconds for point in points if point.epoch > 1][-NUM_RECENT_EPOCHS:]
    seconds_first = median(firsts or others)
    seconds_other = median(others or firsts)

    num_networks = run.num_networks or 1
    own_share = run.progress * num_networks - (run.network - 1)
    own_epochs = (run.network_num_epochs or run.num_epochs) * max(0.0, 1.0 - own_share)
    num_later = max(0, num_networks - run.network)
    num_epochs = own_epochs + num_later * run.num_epochs
    num_firsts = min(num_epochs, num_later + (run.epoch == 0))
    return num_firsts * seconds_first + (num_epochs - num_firsts) * seconds_other
