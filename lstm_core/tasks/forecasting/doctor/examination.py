"""The doctor: names what is wrong with a trained model, with evidence and a change that may help.

Every threshold is a rule of thumb, chosen so that a clean fit of clean data has no diagnosis.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lstm_core.data.series.dataset import Dataset
from lstm_core.events import EpochFinished
from lstm_core.judging.diagnosis import Diagnosis
from lstm_core.judging.learning_curves import gather_curves
from lstm_core.learning.feeds.windows import WindowFeed
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.doctor.covariates import find_leaking_covariate
from lstm_core.tasks.forecasting.doctor.data import (
    find_level_shift,
    find_too_few_rows,
    find_unseen_season,
    list_lines,
)
from lstm_core.tasks.forecasting.doctor.predictions import Windows, find_echo, find_flat_line
from lstm_core.tasks.forecasting.doctor.training import (
    MeasureLosses,
    find_overfitting,
    find_underfitting,
    measure_last_value,
)


def examine(
    spec: ExperimentSpec,
    dataset: Dataset,
    predictions: pd.DataFrame,
    epochs: Sequence[EpochFinished],
    examples: WindowFeed,
    measure_losses: MeasureLosses,
) -> list[Diagnosis]:
    """Look at data, training and predictions, in this order; empty when all is well.

    Args:
        spec: filled in.
        predictions: the prediction table; the rows of a window stand together, step by step.
        epochs: of the networks that predict, without those that were only tried.
        examples: what the networks were trained on, scaled; of any fold.
        measure_losses: the loss that they were trained by.
    """
    _, horizon = spec.task.sizes
    lines = list_lines(dataset, spec)
    curves = gather_curves(epochs)
    windows = Windows.read(predictions, horizon)
    echo = find_echo(windows, spec)
    # What merely repeats the last value is no better than that in training either, nor does it
    # move within a window: one name is enough.
    reference = measure_last_value(examples, measure_losses) if echo is None else None
    found = [
        find_leaking_covariate(dataset, spec),
        find_level_shift(dataset, spec, lines),
        find_too_few_rows(spec, lines),
        find_unseen_season(spec, lines),
        find_overfitting(curves, spec),
        find_underfitting(curves, spec, reference),
        echo or find_flat_line(windows, spec),
    ]
    return [diagnosis for diagnosis in found if diagnosis is not None]
