"""The states of a run."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class RunStatus(StrEnum):
    """Where a run stands. Once its process has begun, it is never queued again.

    ``running`` begins when a dispatcher takes it; if no process comes of that, it goes back to
    ``queued``. The other states are ends.

    ``pruned``: it ended itself, because others of its search did better by then.
    """

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INTERRUPTED = "interrupted"
    PRUNED = "pruned"

    @property
    def is_finished(self) -> bool:
        return self not in (RunStatus.QUEUED, RunStatus.RUNNING)


class StopRequest(IntEnum):
    """How urgently a run was asked to stop.

    ``conclude``: end the training, and judge what it has learnt. ``at_once``: end, and leave it.
    """

    NONE = 0
    CONCLUDE = 1
    AT_ONCE = 2
