"""How a race stands: every contestant's scores over its seeds, and what it took."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.group import RunGroup
from lstm_core.runs.snapshots.run import Run
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.snapshots.unreadable import unreadable_told
from lstm_core.spec import ExperimentSpec, parse_spec
from lstm_core.tasks.registry import find_kind
from lstm_core.tasks.verdicts import read_verdict


@dataclass(frozen=True)
class Attempt:
    """One run of a contestant, as it is now.

    Attributes:
        score: on the test part, in the race's measure; None unless it completed.
        seconds: of training; None before the first epoch.
        num_parameters: trainable weights; None before training.
        progress: share of the training that is done, in [0, 1].
        beats_baseline: whether its own verdict is that it is better than the best rule of thumb,
            beyond chance.
        message: why it did not complete; may be empty.
    """

    run_id: str
    seed: int
    status: RunStatus
    score: float | None
    seconds: float | None
    num_parameters: int | None
    progress: float
    beats_baseline: bool
    message: str


@dataclass(frozen=True)
class Standing:
    """One contestant.

    Attributes:
        label: what it is called.
        attempts: a run for each seed, as far as they were made and not deleted: the one with the
            result, or else the latest.
        num_planned: how many runs it has in all.
        errors_by_fold: of each completed run, by fold of the test part; empty where not known.
    """

    label: str
    attempts: tuple[Attempt, ...]
    num_planned: int
    errors_by_fold: tuple[Mapping[str, float], ...] = ()

    @property
    def scores(self) -> tuple[float, ...]:
        """Of the completed runs."""
        return tuple(each.score for each in self.attempts if each.score is not None)

    @property
    def score(self) -> float:
        """The mean over seeds; not a number before the first result."""
        return statistics.fmean(self.scores) if self.scores else math.nan

    @property
    def deviation(self) -> float | None:
        """Standard deviation over seeds; None with fewer than two."""
        return statistics.stdev(self.scores) if len(self.scores) > 1 else None

    @property
    def seconds(self) -> float | None:
        """Training time of one run: the median over the completed ones."""
        return _median(each.seconds for each in self._completed)

    @property
    def num_parameters(self) -> int | None:
        """The same for all of its runs; None before one has been built."""
        return next((each.num_parameters for each in self.attempts if each.num_parameters), None)

    @property
    def num_finished(self) -> int:
        """Runs that have ended, with a result or without."""
        return sum(each.status.is_finished for each in self.attempts)

    @property
    def is_running(self) -> bool:
        """Whether a run of it is under way at this moment."""
        return any(each.status is RunStatus.RUNNING for each in self.attempts)

    @property
    def progress(self) -> float:
        """Share of its work that is done, in [0, 1]; what ended without a result is not done."""
        done = (
            float(each.score is not None) if each.status.is_finished else each.progress
            for each in self.attempts
        )
        return sum(done) / self.num_planned if self.num_planned else 0.0

    @property
    def reason(self) -> str:
        """Why the first run that failed did so; empty where none failed."""
        failures = (RunStatus.FAILED, RunStatus.INTERRUPTED)
        return next((each.message for each in self.attempts if each.status in failures), "")

    @property
    def _completed(self) -> list[Attempt]:
        return [each for each in self.attempts if each.score is not None]


@dataclass(frozen=True)
class Rival:
    """What else was scored on the same test part; ``words`` such as ``"repeating last week"``."""

    words: str
    score: float


@dataclass(frozen=True)
class RaceStandings:
    """All contestants.

    Attributes:
        measure: what scores are in: what decides among the results.
        contestants: the best score first, those without a result last.
        rival: what a network has to beat; None before the first result.
        peers: what else was asked on the same test part: no contestants, and not to be beaten.
    """

    measure: Measure
    contestants: tuple[Standing, ...]
    rival: Rival | None
    peers: tuple[Rival, ...] = ()

    @property
    def num_planned(self) -> int:
        return sum(each.num_planned for each in self.contestants)

    @property
    def num_finished(self) -> int:
        return sum(each.num_finished for each in self.contestants)

    @property
    def num_completed(self) -> int:
        return sum(len(each.scores) for each in self.contestants)

    @property
    def progress(self) -> float:
        """Share of all work that is done, in [0, 1]; runs count alike."""
        return statistics.fmean(each.progress for each in self.contestants)

    @property
    def is_running(self) -> bool:
        """Whether a run is queued or running."""
        attempts = (attempt for each in self.contestants for attempt in each.attempts)
        return any(not attempt.status.is_finished for attempt in attempts)

    @property
    def judged(self) -> list[Standing]:
        """Those with a result, the best score first."""
        return [each for each in self.contestants if each.scores]

    def list_scores(self) -> pd.DataFrame:
        """Return ``label, score, seconds, num_parameters`` of each completed run."""
        rows = [
            (each.label, attempt.score, each.seconds, each.num_parameters)
            for each in self.judged
            for attempt in each.attempts
            if attempt.score is not None
        ]
        return pd.DataFrame(rows, columns=["label", "score", "seconds", "num_parameters"])


def check_settings(group: RunGroup) -> None:
    """Refuse a race of which the record keeps something else than a plan's settings.

    Raises:
        UnreadableError: a newer version planned it, or its record was damaged.
    """
    with unreadable_told("race", group.id, group.created_at):
        " · ".join(group.settings["contestants"])
        sum(group.settings["seeds"])
        for spec in group.settings.get("specs", {}).values():
            parse_spec(spec)


def stand_race(
    group: RunGroup,
    runs: Sequence[Run],
    training_seconds: Mapping[str, float],
    breakdowns: Mapping[str, pd.DataFrame] | None = None,
) -> RaceStandings:
    """Put a race's runs together.

    Args:
        runs: of the group, in any order.
        training_seconds: see ``Groups.sum_training_seconds``.
        breakdowns: by run, the table of the same name, where errors by fold are wanted.

    Raises:
        UnreadableError: the race's settings are none that this version knows.
    """
    check_settings(group)
    completed = [run for run in runs if run.metrics is not None]
    kind = find_kind(_find_spec(group, runs))
    measure = kind.order_measures(completed)[0]
    standings = [
        _stand(label, group.settings, runs, measure, training_seconds, breakdowns or {})
        for label in group.settings["contestants"]
    ]
    return RaceStandings(
        measure=measure,
        contestants=rank_standings(standings, measure),
        rival=_find_rival(completed, measure),
        peers=_find_peers(completed, measure),
    )


def rank_standings(standings: Iterable[Standing], measure: Measure) -> tuple[Standing, ...]:
    """Return the best first, those without a result last."""

    def place(standing: Standing) -> float:
        return measure.loss(standing.score) if standing.scores else math.inf

    return tuple(sorted(standings, key=place))


def _find_spec(group: RunGroup, runs: Sequence[Run]) -> ExperimentSpec:
    """Return the spec of one of its runs: all are of the same task."""
    specs: Mapping[str, Any] = group.settings.get("specs", {})
    return runs[0].spec if runs else parse_spec(next(iter(specs.values()), {}))


def _stand(
    label: str,
    settings: Mapping[str, Any],
    runs: Sequence[Run],
    measure: Measure,
    training_seconds: Mapping[str, float],
    breakdowns: Mapping[str, pd.DataFrame],
) -> Standing:
    own = _choose_attempts([run for run in runs if run.label == label])
    attempts = tuple(
        Attempt(
            run_id=run.id,
            seed=run.spec.training.seed,
            status=run.status,
            score=(run.metrics or {}).get(measure.key),
            seconds=training_seconds.get(run.id),
            num_parameters=run.num_parameters,
            progress=run.progress,
            beats_baseline=_beats_baseline(run),
            message=run.message,
        )
        for run in own
    )
    by_fold = tuple(read_folds(breakdowns[run.id]) for run in own if run.id in breakdowns)
    return Standing(label, attempts, len(settings["seeds"]), by_fold)


def _beats_baseline(run: Run) -> bool:
    verdict = read_verdict(run)
    return verdict is not None and verdict.outcome in ("win", "mixed")


def _choose_attempts(runs: Sequence[Run]) -> list[Run]:
    """Return for each seed the run that counts, by seed."""
    chosen = {
        run.spec.training.seed: run
        for run in sorted(runs, key=lambda run: (run.metrics is not None, run.created_at))
    }
    return [chosen[seed] for seed in sorted(chosen)]


def _find_rival(completed: Sequence[Run], measure: Measure) -> Rival | None:
    """Return the best baseline; all runs have the same ones, on the same test part."""
    for run in completed:
        scores = {name: own.get(measure.key) for name, own in (run.baselines or {}).items()}
        known = {name: score for name, score in scores.items() if score is not None}
        if known and run.resolved_spec is not None:
            best = min(known, key=lambda name: measure.loss(known[name]))
            words = find_kind(run.resolved_spec).name_baseline(best, run.resolved_spec)
            return Rival(words, known[best])
    return None


def _find_peers(completed: Sequence[Run], measure: Measure) -> tuple[Rival, ...]:
    """Return what stands beside the first run that has something beside it; all have the same."""
    for run in completed:
        verdict = read_verdict(run)
        found = [
            Rival(f"{peer.title} (on some of it)" if peer.is_partial else peer.title, score)
            for peer in (() if verdict is None else verdict.peers)
            if (score := peer.scores.get(measure.key)) is not None
        ]
        if found:
            return tuple(found)
    return ()


def read_folds(breakdown: pd.DataFrame, name: str = "model") -> dict[str, float]:
    """Return the error of the model, or of a baseline, by fold; empty where it has none."""
    rows = breakdown[breakdown["by"] == "fold"]
    if name not in rows:
        return {}
    return {str(fold): float(error) for fold, error in zip(rows["value"], rows[name], strict=True)}


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
