"""What the record knows of a run's worth, as its task reads it."""

from __future__ import annotations

from lstm_core.judging.verdict import Verdict
from lstm_core.tasks.kind import Judged
from lstm_core.tasks.registry import find_kind


def read_verdict(run: Judged) -> Verdict | None:
    """Return what is told of a run, whichever version recorded it; None before it is judged."""
    if run.verdict is None:
        return None
    return find_kind(run.spec).read_verdict(run.verdict, run.metrics, run.baselines)
