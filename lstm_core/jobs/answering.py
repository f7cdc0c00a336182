"""The side of a what-if question that has the training engine."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from lstm_core.data.dataset import Dataset
from lstm_core.data.what_if import edit_future, keep_series
from lstm_core.errors import StudioError
from lstm_core.jobs.question import Question, write_answer, write_refusal
from lstm_core.runs.run import Run
from lstm_core.runs.store import Store
from lstm_core.settings import load_settings

ANSWERED, REFUSED = 0, 2

Answer = Callable[[Question], pd.DataFrame]


def forecast_dataset(store: Store, run: Run, dataset: Dataset) -> pd.DataFrame:
    """Forecast beyond a dataset with a completed run's model; loads the training engine.

    Raises:
        DataError: the dataset does not fit the model.
        NotFoundError: the run kept no model.
    """
    from lstm_core.pipeline import forecast_again

    model = json.loads(store.get_artifact(run.id, "model.json"))
    return forecast_again(model, store.get_artifact(run.id, "weights.npz"), dataset)


def answer(question: Question) -> pd.DataFrame:
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


def answer_in(folder: Path, *, answer: Answer = answer) -> int:
    """Read the question in a folder, put the answer or the refusal there; return the exit status.

    An unforeseen error is let through: it leaves neither.
    """
    try:
        write_answer(folder, answer(Question.read(folder)))
    except StudioError as error:
        write_refusal(folder, error)
        return REFUSED
    return ANSWERED
