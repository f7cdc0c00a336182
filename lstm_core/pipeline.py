"""The whole story on one page: a spec and a collection go in, an honest result comes out.

Page, command line and worker all come through here. It speaks to a task, and names none.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from lstm_core.errors import NothingLearnt
from lstm_core.events import (
    EpochFinished,
    Event,
    FilmPrepared,
    Listener,
    PhaseStarted,
    SpecResolved,
    ignore_events,
)
from lstm_core.models.fitted import members_to_bytes
from lstm_core.spec import ExperimentSpec
from lstm_core.tables import table_to_parquet
from lstm_core.tasks.base import Choice, Evaluation, Predict, Task
from lstm_core.tasks.registry import find_kind, load_engine

if TYPE_CHECKING:
    from lstm_core.learning.elsewhere import Elsewhere
    from lstm_core.learning.ensemble import Ensemble, Member
    from lstm_core.learning.feeds.feed import Feed

logger = logging.getLogger(__name__)

Hire = Callable[
    [ExperimentSpec, Listener, Callable[[], bool], Callable[[], bool]], "Elsewhere | None"
]
"""From a spec, filled in but for what validation chooses, and the signs of a run; see there."""


@dataclass(frozen=True)
class ExperimentResult:
    """What one experiment found.

    Attributes:
        spec: with every default filled in.
        metrics, baselines, verdict: see ``tasks.base.Evaluation``.
        diagnoses: what the doctor found, JSON; None: it failed.
        tables: by name: ``predictions`` of the test part, and what else the task has to say.
        model: what rebuilds the networks, JSON.
        weights: their weights, ``.npz``.
        stopped: where it was asked to conclude: what was left out, a sentence for people; empty
            if it came to its end.
        seconds: wall-clock time of the whole.
        feed: the last fold's examples.
        predict: the last fold's networks, on places of the feed.
    """

    spec: ExperimentSpec
    metrics: dict[str, float | None]
    baselines: dict[str, dict[str, float | None]]
    verdict: dict[str, Any]
    diagnoses: list[dict[str, Any]] | None
    tables: dict[str, pd.DataFrame]
    model: dict[str, Any]
    weights: bytes
    stopped: str
    seconds: float
    feed: Feed = field(repr=False)
    predict: Predict = field(repr=False)

    def artifacts(self) -> dict[str, bytes]:
        """Return the files worth keeping, by name."""
        return {
            **{f"{name}.parquet": table_to_parquet(table) for name, table in self.tables.items()},
            "model.json": json.dumps(self.model, indent=2).encode(),
            "weights.npz": self.weights,
        }


def run_experiment(
    spec: ExperimentSpec,
    collection: Any,
    *,
    on_event: Listener = ignore_events,
    should_stop: Callable[[], bool] = lambda: False,
    should_conclude: Callable[[], bool] = lambda: False,
    hire: Hire | None = None,
) -> ExperimentResult:
    """Prepare, train, judge, answer.

    Args:
        collection: of a kind that the spec's task reads.
        should_stop: whether to give up; asked before each batch.
        should_conclude: whether to end the training, and to judge the networks that there are.
        hire: finds who trains some of the networks meanwhile; none: one is trained after another.

    Raises:
        DataError: the collection does not fit the spec.
        TrainingError: the training failed.
        RunCancelled: ``should_stop`` said so.
        NothingLearnt: ``should_conclude`` said so before the first epoch was finished.
    """
    started = time.monotonic()
    on_event(PhaseStarted("Reading the data"))
    kind = find_kind(spec)
    spec, reasons = kind.resolve(spec, collection)
    on_event(SpecResolved(spec.model_dump(mode="json"), reasons))
    task = load_engine(kind).make_task(spec, collection)
    folds = task.folds
    epochs: list[EpochFinished] = []

    def listen(event: Event) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)
        on_event(event)

    feed = task.prepare(folds[0])
    on_event(PhaseStarted("Building the network"))
    from lstm_core.predictor import MODEL_FORMAT

    choices = task.choices()
    num_trials = count_trials(choices)
    elsewhere = None if hire is None else hire(spec, listen, should_stop, should_conclude)
    ensemble = make_ensemble(task, choices, spec, listen, should_stop, should_conclude, elsewhere)
    num_judged = 0
    for number, fold in enumerate(folds):
        if number:
            if ensemble.is_cut or should_conclude():
                break
            before = copy(task), feed, ensemble.members
            on_event(PhaseStarted("Reading the data"))
            feed = task.prepare(fold)
        ensemble.begin(feed)
        if spec.training.epochs != 0:
            on_event(PhaseStarted("Training"))
        watch = None
        if not number:
            for choice in choices:
                tried = ensemble.choose(
                    feed, choice.layer, choice.values, choice.leads, task.measure_tried
                )
                task.settle(choice, tried)
                spec = spec.with_valid(choice.setting, tried.kind)
                reason = f"The best of {len(choice.values)} on the validation part."
                reasons = {**reasons, choice.setting: reason}
                on_event(SpecResolved(spec.model_dump(mode="json"), reasons))
            watch = task.watch()
            if watch is not None:
                on_event(FilmPrepared(watch.frame))
        try:
            ensemble.fit(feed, number, watch)
        except NothingLearnt:
            if not number:
                raise
            task, feed, members = before  # this fold came to nothing; the last one did
            ensemble.go_back(feed, members)
            break
        on_event(PhaseStarted("Judging it on the test part"))
        by = task.find_way()
        predict = partial(ensemble.predict, by=by)
        task.observe(partial(ensemble.predict_judged, by=by), predict)
        num_judged += 1
    evaluation = task.evaluate()
    trained = [epoch for epoch in epochs if epoch.network > num_trials] or epochs
    diagnoses = _ask_doctor(task, evaluation, trained, ensemble.members)
    on_event(PhaseStarted(kind.nouns.answering))
    answer = task.answer(predict)
    explained = task.explain(ensemble.trainer.network, ensemble.members)
    return ExperimentResult(
        spec=spec,
        metrics=evaluation.metrics,
        baselines=evaluation.baselines,
        verdict=evaluation.verdict,
        diagnoses=diagnoses,
        tables=evaluation.tables | answer | explained,
        model={"format": MODEL_FORMAT, "spec": spec.model_dump(mode="json"), **task.keep()},
        weights=members_to_bytes([member.weights for member in ensemble.members]),
        stopped=_say_stop(ensemble, spec, num_judged, len(folds)),
        seconds=time.monotonic() - started,
        feed=feed,
        predict=predict,
    )


def make_ensemble(
    task: Task,
    choices: Sequence[Choice],
    spec: ExperimentSpec,
    on_event: Listener,
    should_stop: Callable[[], bool],
    should_conclude: Callable[[], bool],
    elsewhere: Elsewhere | None = None,
) -> Ensemble:
    """Return the networks of a task, for whichever process trains them.

    Args:
        choices: what validation chooses. ``spec``: filled in but for that.
    """
    from lstm_core.learning.ensemble import Ensemble

    return Ensemble(
        task.build_network,
        task.objective,
        task.combine,
        spec.training,
        num_folds=len(task.folds),
        num_trials=count_trials(choices),
        starts_trained=task.starts_trained,
        on_event=on_event,
        should_stop=should_stop,
        should_conclude=should_conclude,
        elsewhere=elsewhere,
    )


def count_trials(choices: Sequence[Choice]) -> int:
    """Count the networks that are trained to choose between settings."""
    return sum(len(choice.values) for choice in choices)


def _say_stop(ensemble: Ensemble, spec: ExperimentSpec, num_judged: int, num_folds: int) -> str:
    """Say what was left out; empty where nothing was."""
    if not ensemble.is_cut and num_judged == num_folds:
        return ""
    num_members, planned = len(ensemble.members), spec.training.num_seeds or 1
    last = ensemble.members[-1].fit
    verb = "was" if num_members == 1 else "were"
    parts = [f"{num_members} of {planned} networks {verb} trained"] if planned > 1 else []
    if last.is_cut:
        whose = "the last one" if num_members > 1 else "its network" if planned == 1 else "it"
        epochs = f"{last.num_epochs} of at most {spec.training.epochs} epochs"
        parts.append(f"{whose} learnt for {epochs}")
    if num_judged < num_folds:
        parts.append(f"{num_judged} of {num_folds} folds of the test part were judged")
    said = ", ".join(parts) or "some of its training was left out"
    return f"Stopped early on request: {said}. The best weights by then were kept and judged."


def _ask_doctor(
    task: Task,
    evaluation: Evaluation,
    epochs: Sequence[EpochFinished],
    members: Sequence[Member],
) -> list[dict[str, Any]] | None:
    """Return the diagnoses; None where finding them failed, which must not cost a trained model."""
    try:
        best_epochs = [member.fit.best_epoch for member in members]
        return task.diagnose(evaluation, epochs, best_epochs)
    except Exception:
        logger.exception("The doctor failed; the run goes on without diagnoses.")
        return None
