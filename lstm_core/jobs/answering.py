"""The side of a question that has the training engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from lstm_core.data.dataset import Dataset
from lstm_core.data.what_if import edit_future, keep_series
from lstm_core.errors import StudioError
from lstm_core.jobs.find_rate import FindRate, FoundRate
from lstm_core.jobs.question import Question, read_question, write_refusal
from lstm_core.jobs.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.time_batches import TimeBatches
from lstm_core.jobs.what_if import WhatIf
from lstm_core.runs.run import Run
from lstm_core.runs.store import Store
from lstm_core.settings import load_settings

ANSWERED, REFUSED = 0, 2

Answer = Callable[[Any], Any]
"""From a question to its answer."""


def forecast_dataset(store: Store, run: Run, dataset: Dataset) -> pd.DataFrame:
    """Forecast beyond a dataset with a completed run's model; loads the training engine.

    Raises:
        DataError: the dataset does not fit the model.
        NotFoundError: the run kept no model.
    """
    from lstm_core.pipeline import forecast_again

    model = json.loads(store.get_artifact(run.id, "model.json"))
    return forecast_again(model, store.get_artifact(run.id, "weights.npz"), dataset)


def answer_what_if(question: WhatIf) -> pd.DataFrame:
    """Forecast the question's series beyond the run's own data, with another future.

    Raises:
        StudioError: there is no such run, or the edits don't fit its data.
    """
    with Store.open(load_settings()) as store:
        run = store.get_run(question.run_id)
        _, horizon = (run.resolved_spec or run.spec).forecast.sizes
        dataset = store.get_dataset(run.dataset_id)
        asked = keep_series(dataset, question.edits.index.unique("series"))
        return forecast_dataset(store, run, edit_future(asked, horizon, question.edits))


def answer_time_batch(question: TimeBatch) -> BatchTiming:
    """Train on noise for a moment.

    Raises:
        StudioError: the network can't be built.
    """
    from lstm_core.batch_timing import time_batch
    from lstm_core.training import count_batches, describe_device

    training = question.spec.training
    first_seconds, batch_seconds = time_batch(question.shape, question.spec)
    num_windows = question.num_windows or training.windows_per_epoch or 1
    epoch_seconds = batch_seconds * count_batches(training, num_windows)
    return BatchTiming(describe_device(), first_seconds, batch_seconds, epoch_seconds)


def answer_time_batches(question: TimeBatches) -> tuple[BatchTiming, ...]:
    """Train each of the networks on noise for a moment.

    Raises:
        StudioError: one of them can't be built.
    """
    return tuple(map(answer_time_batch, question.batches))


def answer_find_rate(question: FindRate) -> FoundRate:
    """Train the first fold's network at ever larger rates.

    Raises:
        StudioError: there is no such dataset, the spec does not fit it, or no rate helps.
    """
    from lstm_core.rate_test import suggest_rate, try_rates

    with Store.open(load_settings()) as store:
        dataset = store.get_dataset(question.dataset_id)
    table = try_rates(question.spec, dataset)
    return FoundRate(table, suggest_rate(table))


ANSWERS: Mapping[type[Question[Any]], Answer] = {
    WhatIf: answer_what_if,
    TimeBatch: answer_time_batch,
    TimeBatches: answer_time_batches,
    FindRate: answer_find_rate,
}
KINDS = {kind.kind: kind for kind in ANSWERS}


def answer(question: Question[Any]) -> Any:
    return ANSWERS[type(question)](question)


def answer_in(folder: Path, *, answer: Answer = answer) -> int:
    """Read the question in a folder, put the answer or the refusal there; return the exit status.

    An unforeseen error is let through: it leaves neither.
    """
    question = read_question(folder, KINDS)
    try:
        question.write_answer(folder, answer(question))
    except StudioError as error:
        write_refusal(folder, error)
        return REFUSED
    return ANSWERED
