"""The doctor: names what is wrong with a trained model, with evidence and a change that may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean data has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import EpochFinished
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.doctor.changes import find_dying_season, find_variance_change
from lstm_core.tasks.forecasting.doctor.covariates import (
    NOTHING_TRIED,
    tell_leaking_covariate,
    tell_useless_covariates,
)
from lstm_core.tasks.forecasting.doctor.data import (
    find_level_shift,
    find_too_few_rows,
    find_unseen_season,
    list_lines,
)
from lstm_core.tasks.forecasting.doctor.predictions import (
    Windows,
    find_echo,
    find_flat_line,
    find_missed_totals,
)
from lstm_core.tasks.forecasting.doctor.training import (
    MeasureLosses,
    find_overfitting,
    find_underfitting,
    measure_last_value,
)
from lstm_core.tasks.forecasting.doctor.tuning import find_idle_tuning
from lstm_core.tasks.forecasting.judging.standing import LAST_VALUE
from lstm_core.tasks.forecasting.judging.verdict import ForecastVerdict
from lstm_core.tasks.forecasting.leaking.columns import Leak, find_leaks


def examine(
    spec: ExperimentSpec,
    dataset: Dataset,
    predictions: pd.DataFrame,
    epochs: Sequence[EpochFinished],
    examples: WindowFeed,
    measure_losses: MeasureLosses,
    best_epochs: Sequence[int] = (),
    *,
    leaks: Sequence[Leak] | None = None,
    verdict: ForecastVerdict | None = None,
    tried_readings: Mapping[str, float] = NOTHING_TRIED,
) -> list[Diagnosis]:
    """Look at data, training and predictions, in this order; empty when all is well.

    Args:
        spec: filled in.
        predictions: the prediction table; the rows of a window stand together, step by step.
        epochs: of the networks that predict, without those that were only tried.
        examples: what the networks were trained on, scaled; of any fold.
        measure_losses: the loss that they were trained by.
        best_epochs: of the networks of the last fold.
        leaks: what was found of columns that give the answer away; none: look.
        verdict: what came of it; nothing that the doctor says contradicts that.
        tried_readings: the error on the validation part by which covariates were read, where
            that was tried.
    """
    _, horizon = spec.task.sizes
    lines = list_lines(dataset, spec)
    curves = gather_curves(epochs)
    windows = Windows.read(predictions, horizon)
    against_last = None if verdict is None else verdict.comparisons.get(LAST_VALUE)
    echo = find_echo(windows, spec, against_last)
    total_bias = None if verdict is None else verdict.total_bias
    missed_totals = find_missed_totals(windows, spec, total_bias)
    # Who beats the best rule beyond chance has learnt enough.
    has_won = verdict is not None and verdict.outcome in ("win", "mixed")
    # What merely repeats the last value is no better than that in training either, nor does it
    # move within a window: one name is enough.
    reference = measure_last_value(examples, measure_losses) if echo is None else None
    comes_trained = spec.model.comes_trained
    found = [
        tell_leaking_covariate(
            dataset.roles, find_leaks(dataset, spec) if leaks is None else leaks
        ),
        tell_useless_covariates(dataset.roles, spec, tried_readings),
        find_level_shift(dataset, spec, lines),
        find_variance_change(dataset, spec, lines),
        find_dying_season(dataset, spec, lines),
        None if comes_trained else find_too_few_rows(spec, lines),
        None if comes_trained else find_unseen_season(spec, lines),
        None if comes_trained else find_overfitting(curves, spec),
        None if comes_trained or has_won else find_underfitting(curves, spec, reference),
        find_idle_tuning(spec, best_epochs),
        echo or missed_totals or find_flat_line(windows, spec),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]
