"""What the validation part chooses where a spec leaves it open."""

from __future__ import annotations

from lstm_core.spec import ExperimentSpec, read_setting
from lstm_core.tasks.forecasting.levels import CALENDAR, COVARIATES, NORMALISE

TRIED = {
    NORMALISE: "task.window_normalisation",
    COVARIATES: "task.covariates",
    CALENDAR: "task.calendar_read",
}
"""The settings, by the layers that do it one way or another, in the order of trying."""


def list_tried(spec: ExperimentSpec) -> tuple[str, ...]:
    """Return the settings that a run of this spec may choose by its validation part."""
    if spec.model.comes_trained:
        return ()
    return tuple(path for path in TRIED.values() if read_setting(spec, path) is None)


def settle(spec: ExperimentSpec, chosen: ExperimentSpec) -> ExperimentSpec:
    """Return the spec with what it leaves open as another one's run has chosen it.

    Args:
        chosen: filled in, and of the same data; what it leaves open stays so.
    """
    values = {path: read_setting(chosen, path) for path in list_tried(spec)}
    if values.get(TRIED[NORMALISE]) is not None and spec.task.season_ahead is None:
        values["task.season_ahead"] = chosen.task.season_ahead
    return spec.with_values({path: each for path, each in values.items() if each is not None})
