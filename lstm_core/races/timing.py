"""How long a race will still take."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from statistics import median

from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus


def estimate_race_seconds(
    runs: Sequence[Run], seconds_left: Mapping[str, float | None], max_running: int
) -> float | None:
    """Return about how long a race will still take, its runs side by side; None: nobody knows yet.

    A run to come takes what those of its network took or will take, or else what any did. Known
    once the first epoch of the first run is done.

    Args:
        runs: of the race.
        seconds_left: by running run, the most that it should still take; None: not known yet.
        max_running: how many run at once.
    """
    whole: dict[str, list[float]] = {}
    for run in runs:
        left = seconds_left.get(run.id)
        if run.status is RunStatus.COMPLETED:
            whole.setdefault(run.label, []).append(run.seconds)
        elif run.status is RunStatus.RUNNING and left is not None:
            whole.setdefault(run.label, []).append(run.seconds + left)
    if not whole:
        return None
    of_any = median(seconds for own in whole.values() for seconds in own)
    usual = {label: median(own) for label, own in whole.items()}
    ends: list[float] = []
    for run in runs:
        if run.status is RunStatus.RUNNING:
            rest = max(0.0, usual.get(run.label, of_any) - run.seconds)
            left = seconds_left.get(run.id)
            heapq.heappush(ends, rest if left is None else left)
    while len(ends) < max_running:
        heapq.heappush(ends, 0.0)
    for run in sorted(runs, key=lambda run: run.created_at):
        if run.status is RunStatus.QUEUED:
            heapq.heappush(ends, heapq.heappop(ends) + usual.get(run.label, of_any))
    return max(ends)
