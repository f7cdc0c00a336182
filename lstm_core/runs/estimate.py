"""How long a run has still to go, and when one that waits will begin."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from lstm_core.runs.snapshots.run import EpochPoint, Run
from lstm_core.runs.snapshots.status import RunStatus

NUM_RECENT_EPOCHS = 10

_LONG_EPOCH_SECONDS = 60.0
"""Compiling takes less, on a busy machine as well."""

_UNNOTICED_SHARE = 0.1
_UNNOTICED_SECONDS = 5.0
"""An end that is later than was said by no more than either of these is as good as kept."""


def estimate_seconds_left(run: Run, points: Sequence[EpochPoint]) -> float | None:
    """Return the longest that the rest of the training should take; early stopping ends it sooner.

    Each network's first epoch includes its compilation, so those are counted apart from the others;
    of the others the median of recent ones counts. None before there is another one, unless the
    first took so long that compiling can't be most of it.
    """
    if not run.num_epochs or run.is_finished or not any(map(_is_telling, points)):
        return None
    num_networks = run.num_networks or 1
    own_share = run.progress * num_networks - (run.network - 1)
    own_epochs = (run.network_num_epochs or run.num_epochs) * max(0.0, 1.0 - own_share)
    num_later = max(0, num_networks - run.network)
    num_epochs = own_epochs + num_later * run.num_epochs
    num_firsts = min(num_epochs, num_later + (run.epoch == 0))
    seconds_first, seconds_other = _measure_epochs(points)
    return num_firsts * seconds_first + (num_epochs - num_firsts) * seconds_other


def estimate_fewest_seconds_left(run: Run, points: Sequence[EpochPoint]) -> float | None:
    """Return the least that the rest of the training should take, if validation ends it soonest.

    That is when no epoch of the present network is better than its best so far, and none of a
    later one better than its first. None where ``estimate_seconds_left`` is.
    """
    most = estimate_seconds_left(run, points)
    patience = (run.resolved_spec or run.spec).training.patience
    if most is None or patience is None:
        return most
    own = [point for point in points if point.network == run.network]
    best = min(own, key=lambda point: point.validation_loss, default=None)
    num_stale = 0 if best is None else run.epoch - best.epoch
    seconds_first, seconds_other = _measure_epochs(points)
    num_later = max(0, (run.num_networks or 1) - run.network)
    # A network that is only tried may have fewer epochs than there is patience: one is sure.
    least = max(0, patience - num_stale) * seconds_other + num_later * seconds_first
    return min(most, least)


def _is_telling(point: EpochPoint) -> bool:
    return point.epoch > 1 or point.seconds >= _LONG_EPOCH_SECONDS


def _measure_epochs(points: Sequence[EpochPoint]) -> tuple[float, float]:
    """Return how many seconds a network's first epoch takes, and any other."""
    firsts = [point.seconds for point in points if point.epoch == 1]
    others = [point.seconds for point in points if point.epoch > 1][-NUM_RECENT_EPOCHS:]
    return median(firsts or others), median(others or firsts)


@dataclass(frozen=True)
class Promise:
    """What was said about an end: an estimate that grows has to say so.

    Attributes:
        ends_at: the earliest end that was said; on the clock of ``keep_promise``.
        is_broken: whether the end that is expected now is later than that.
    """

    ends_at: float
    is_broken: bool = False


def keep_promise(promise: Promise | None, seconds_left: float, now: float) -> Promise:
    """Compare an estimate with what was said before; None: nothing was.

    Args:
        now: seconds on any clock that goes evenly, the same one each time.
    """
    end = now + seconds_left
    if promise is None or end <= promise.ends_at:
        return Promise(end)
    slack = max(_UNNOTICED_SECONDS, _UNNOTICED_SHARE * seconds_left)
    return Promise(promise.ends_at, end > promise.ends_at + slack)


@dataclass(frozen=True)
class Place:
    """Where a run stands in the queue.

    Attributes:
        number: 1 is the next to begin.
        seconds: about how long until then; None: nobody knows.
        num_recent: on how many runs that came to their end lately this is based.
    """

    number: int
    seconds: float | None
    num_recent: int


def find_place(
    run_id: str,
    active: Sequence[Run],
    recent: Sequence[Run],
    seconds_left: Mapping[str, float | None],
    max_running: int,
) -> Place | None:
    """Return where a queued run stands; None: it waits no more.

    Args:
        active: all that is queued or running, in the order of submission; trials of searches are
            not in this queue.
        recent: runs that have completed lately; their median stands for those to come.
        seconds_left: by running run, the most that it should still take; None: not known yet.
        max_running: how many run at once.
    """
    own = [run for run in active if run.trial is None]
    queued = [run.id for run in own if run.status is RunStatus.QUEUED]
    if run_id not in queued:
        return None
    ahead = queued.index(run_id)
    usual = median(run.seconds for run in recent) if recent else None
    ends: list[float] = []
    for run in own:
        if run.status is RunStatus.RUNNING:
            left = _expect(run, seconds_left.get(run.id), usual)
            if left is None:
                return Place(ahead + 1, None, len(recent))
            heapq.heappush(ends, left)
    while len(ends) < max_running:
        heapq.heappush(ends, 0.0)
    for _ in range(ahead):
        if usual is None:
            return Place(ahead + 1, None, 0)
        heapq.heappush(ends, heapq.heappop(ends) + usual)
    return Place(ahead + 1, ends[0], len(recent))


def _expect(run: Run, most: float | None, usual: float | None) -> float | None:
    """Return what a running run will still take: what is usual, or at most what it says itself.

    None where it is longer at it than usual and has not said anything.
    """
    rest = None if usual is None or run.seconds > usual else usual - run.seconds
    known = [each for each in (rest, most) if each is not None]
    return min(known, default=None)
