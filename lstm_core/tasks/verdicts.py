"""What the record knows of a run's worth, as its task reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from lstm_core.judging.verdict import Verdict
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.registry import find_kind


class Judged(Protocol):
    """What was recorded of a run; all but the spec is None before it is judged."""

    @property
    def spec(self) -> ExperimentSpec: ...
    @property
    def verdict(self) -> Mapping[str, Any] | None: ...
    @property
    def metrics(self) -> Mapping[str, float | None] | None: ...
    @property
    def baselines(self) -> Mapping[str, Mapping[str, float | None]] | None: ...


def read_verdict(run: Judged) -> Verdict | None:
    """Return what is told of a run, whichever version recorded it; None before it is judged."""
    if run.verdict is None:
        return None
    return find_kind(run.spec).read_verdict(run.verdict, run.metrics, run.baselines)
