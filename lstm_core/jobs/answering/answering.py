"""The side of a question that has the training engine."""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import psutil

from lstm_core.data.collections import get_format
from lstm_core.data.series.what_if.editing import edit_future, keep_series
from lstm_core.errors import DataError, StudioError
from lstm_core.jobs.answering.reopening import REOPENED, open_predictor
from lstm_core.jobs.questions.ask_model import AskModel
from lstm_core.jobs.questions.explain_item import ExplainItem
from lstm_core.jobs.questions.find_rate import FindRate, FoundRate
from lstm_core.jobs.questions.go_on import GoOn
from lstm_core.jobs.questions.question import Question, mark_done, read_question, write_refusal
from lstm_core.jobs.questions.streamed import Piece, StreamedQuestion
from lstm_core.jobs.questions.time_batch import BatchTiming, TimeBatch
from lstm_core.jobs.questions.time_batches import TimeBatches
from lstm_core.jobs.questions.what_if import WhatIf
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings
from lstm_core.tasks.base import Predictor, Translator, Writer
from lstm_core.tasks.registry import find_kind, load_engine

_LOGGER = logging.getLogger(__name__)

IDLE_SECONDS = 300.0
"""How long a process waits for the next question, with its models open."""

LOOK_SECONDS = 15.0
"""From one look at the machine's memory to the next, while nobody asks."""

LEAST_FREE_SHARE = 0.1
"""Of the machine's memory: with less, it is needed elsewhere more."""

Answer = Callable[[Any], Any]
"""From a question to its answer, or to the pieces of it."""


def ask_run(store: Store, run: Run, collection: Any) -> pd.DataFrame:
    """Return what a completed run's model says of a collection; loads the training engine.

    Raises:
        DataError: the collection does not fit the model.
        NotFoundError: the run kept no model.
    """
    return open_predictor(store, run.id).answer(collection)


def let_write(store: Store, run: Run, asked: Mapping[str, Any]) -> Iterator[Piece]:
    """Let a completed run's model write; loads the training engine.

    Raises:
        DataError: it can't.
        NotFoundError: the run kept no model.
    """
    return find_writer(open_predictor(store, run.id)).go_on(asked)


def turn_texts(store: Store, run: Run, texts: Sequence[str]) -> pd.DataFrame:
    """Return what a completed run's model turns texts into; loads the training engine.

    Raises:
        DataError: it turns none.
        NotFoundError: the run kept no model.
    """
    predictor = open_predictor(store, run.id)
    if not isinstance(predictor, Translator):
        raise DataError("This model translates nothing.", "Ask one that has learnt to translate.")
    return predictor.turn(texts)


def answer_what_if(question: WhatIf) -> pd.DataFrame:
    """Forecast the question's series beyond the run's own data, with another future.

    Raises:
        StudioError: there is no such run, or the edits don't fit its data.
    """
    with Store.open(load_settings()) as store:
        run = store.runs.get(question.run_id)
        opened = REOPENED.open(store, run)
    _, horizon = (run.resolved_spec or run.spec).task.sizes
    asked = keep_series(opened.collection, question.edits.index.unique("series"))
    return opened.predictor.answer(edit_future(asked, horizon, question.edits))


def answer_ask_model(question: AskModel) -> pd.DataFrame:
    """Ask a run's model about other items.

    Raises:
        StudioError: there is no such run, or the items don't suit its model.
    """
    with Store.open(load_settings()) as store:
        opened = REOPENED.open(store, store.runs.get(question.run_id))
    items = get_format(question.data_kind).collection_from_bytes(question.items)
    return opened.predictor.answer(items)


def answer_explain_item(question: ExplainItem) -> dict[str, Any]:
    """Say what spoke for what a run's model says of an item.

    Raises:
        StudioError: there is no such run, or the item does not suit its model.
    """
    with Store.open(load_settings()) as store:
        opened = REOPENED.open(store, store.runs.get(question.run_id))
    items = get_format(question.data_kind).collection_from_bytes(question.items)
    return opened.predictor.explain(items, question.how, question.label)


def answer_go_on(question: GoOn) -> Iterator[Piece]:
    """Let a run's model write.

    Raises:
        StudioError: there is no such run, or its model can't write so.
    """
    with Store.open(load_settings()) as store:
        opened = REOPENED.open(store, store.runs.get(question.run_id))
    yield from find_writer(opened.predictor).go_on(question.asked)


def find_writer(predictor: Predictor) -> Writer:
    """Return a model that can write.

    Raises:
        DataError: this one can't.
    """
    if not isinstance(predictor, Writer):
        raise DataError("This model writes nothing.", "Ask one that has learnt to write on.")
    return predictor


def answer_time_batch(question: TimeBatch) -> BatchTiming:
    """Train on noise for a moment.

    Raises:
        StudioError: the network can't be built.
    """
    from lstm_core.learning.fitting import count_batches
    from lstm_core.learning.probes.batch_timing import time_batch
    from lstm_core.learning.trainer import describe_device

    training = question.spec.training
    engine = load_engine(find_kind(question.spec))
    tried = engine.rehearse(question.shape, question.spec)
    timed = time_batch(tried.build_network, tried.feed, tried.objective, training)
    first_seconds, batch_seconds = timed
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
    from lstm_core.learning.probes.rate_test import suggest_rate, try_rates

    with Store.open(load_settings()) as store:
        dataset = store.collections.get(question.dataset_id)
    kind = find_kind(question.spec)
    spec, _ = kind.resolve(question.spec, dataset)
    task = load_engine(kind).make_task(spec, dataset)
    feed = task.prepare(task.folds[0])
    table = try_rates(task.build_network, feed, task.objective, spec.training)
    return FoundRate(table, suggest_rate(table))


ANSWERS: Mapping[type[Question[Any]], Answer] = {
    WhatIf: answer_what_if,
    TimeBatch: answer_time_batch,
    TimeBatches: answer_time_batches,
    FindRate: answer_find_rate,
    AskModel: answer_ask_model,
    ExplainItem: answer_explain_item,
    GoOn: answer_go_on,
}
KINDS = {kind.kind: kind for kind in ANSWERS}


def answer(question: Question[Any]) -> Any:
    return ANSWERS[type(question)](question)


def answer_in(folder: Path, *, answer: Answer = answer) -> None:
    """Read the question in a folder, and put the answer or the refusal there.

    A fault of ours is logged and leaves neither.
    """
    try:
        question = read_question(folder, KINDS)
        found = answer(question)
        if isinstance(question, StreamedQuestion):
            found = question.take_down(folder, found)
        question.write_answer(folder, found)
    except StudioError as error:
        write_refusal(folder, error)
    except MemoryError:
        raise  # another process may have room for it
    except Exception:
        _LOGGER.exception("A question could not be answered")
    mark_done(folder)


def answer_questions(lines: Iterable[str], *, answer: Answer = answer) -> int:
    """Answer one question after another; return the exit status.

    Ends when the lines do, when nobody has asked for ``IDLE_SECONDS``, or when memory is short.

    Args:
        lines: the questions' folders as JSON, one a line; whoever asks may take its time.
    """
    folders: queue.SimpleQueue[Path | None] = queue.SimpleQueue()

    def read() -> None:
        for line in lines:
            folders.put(Path(json.loads(line)))
        folders.put(None)

    threading.Thread(target=read, name="questions", daemon=True).start()
    idle_seconds = 0.0
    while idle_seconds < IDLE_SECONDS:
        try:
            folder = folders.get(timeout=LOOK_SECONDS)
        except queue.Empty:
            idle_seconds += LOOK_SECONDS
        else:
            if folder is None:
                break
            answer_in(folder, answer=answer)
            idle_seconds = 0.0
        if is_memory_short():
            break
    return 0


def is_memory_short() -> bool:
    """Return whether a process that only waits should make room on this machine."""
    memory = psutil.virtual_memory()
    return bool(memory.available < LEAST_FREE_SHARE * memory.total)
