"""Which runs of a race have come to no result, as they are to be made once more."""

from __future__ import annotations

from collections.abc import Sequence

from lstm_core.runs.snapshots.group import GroupMember, RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.spec import ExperimentSpec, parse_spec


def list_missing(group: RunGroup, runs: Sequence[Run]) -> list[GroupMember]:
    """Return a run for each contestant and seed that neither has a result nor may still have one.

    In the race's own order. Of a contestant that has no run and whose spec an older version did
    not keep, nothing can be made.

    Args:
        runs: of the group, in any order.
    """
    specs = {label: parse_spec(spec) for label, spec in group.settings.get("specs", {}).items()}
    for run in sorted(runs, key=lambda run: run.created_at):
        specs.setdefault(run.label, run.spec)
    hopeful = {
        (run.label, run.spec.training.seed)
        for run in runs
        if not run.is_finished or run.status is RunStatus.COMPLETED
    }
    return [
        GroupMember(label, _with_seed(specs[label], seed))
        for seed in group.settings["seeds"]
        for label in group.settings["contestants"]
        if label in specs and (label, seed) not in hopeful
    ]


def _with_seed(spec: ExperimentSpec, seed: int) -> ExperimentSpec:
    return spec.update("training", {"seed": seed})
