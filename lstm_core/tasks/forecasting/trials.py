"""How the trials of a search are judged: on as much before the test part as that has itself."""

from __future__ import annotations

from lstm_core.data.series.dataset import Dataset
from lstm_core.spec import ExperimentSpec
from lstm_core.spec.search import SearchSpec
from lstm_core.tasks.forecasting.framing.cutting import DEFAULT_TEST_FRACTION, cut_series

USUAL_FOLDS = 3
_MOST_SCORED = 0.35
_MOST_VALIDATION = 0.3


def prepare_trials(
    draft: ExperimentSpec,
    resolved: ExperimentSpec,
    development: Dataset,
    settings: SearchSpec,
) -> ExperimentSpec:
    """Return the draft as trials have it; arguments as in ``TaskKind.prepare_trials``."""
    task = resolved.task
    test_fraction = task.test_fraction or DEFAULT_TEST_FRACTION
    left = 1.0 - test_fraction
    refit = task.refit if settings.refit is None else settings.refit
    base = draft.model_copy(update={"task": task}).update(
        "task",
        {
            "test_fraction": min(_MOST_SCORED, test_fraction / left),
            "validation_fraction": min(_MOST_VALIDATION, task.validation_fraction / left),
        },
    )
    return base.update(
        "task",
        {
            "refit": refit,
            "stride": draft.task.stride or (task.horizon if refit else 1),
            "num_folds": settings.num_folds or _choose_num_folds(base, development),
        },
    )


def _choose_num_folds(base: ExperimentSpec, development: Dataset) -> int:
    _, horizon = base.task.sizes
    longest = max(rows.stop - rows.start for _, rows in development.iterate_series())
    cuts = cut_series(longest, base)
    return max(1, min(USUAL_FOLDS, (cuts.test_end - cuts.test_start) // horizon))
