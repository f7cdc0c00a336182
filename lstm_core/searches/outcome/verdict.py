"""What the search was worth: the best of it beside the default, the rules of thumb, the test."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lstm_core.races.results import read_breakdown
from lstm_core.races.standing import read_folds
from lstm_core.races.verdict import SIGNIFICANCE, compare_scores
from lstm_core.runs.snapshots.search import Role, TrialRun
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.finale import Score, choose_winner, list_finalists, list_runs_for
from lstm_core.searches.outcome.scoring import score_baseline
from lstm_core.searches.outcome.standing import SearchStanding
from lstm_core.searches.outcome.words import say_baseline, say_comparison, say_test
from lstm_core.tasks.verdicts import read_verdict


@dataclass(frozen=True)
class Finalist:
    """A trial, scored from fresh seeds.

    Attributes:
        trial: its number; 0 is the default.
        scores: one a seed.
        by_fold: by fold, the mean over seeds of the mean absolute error in units of MASE's scale.
        run_ids: of the confirmations that completed.
    """

    trial: int
    scores: tuple[float, ...]
    by_fold: dict[str, float]
    run_ids: tuple[str, ...]

    @property
    def mean(self) -> float | None:
        return statistics.fmean(self.scores) if self.scores else None

    @property
    def spread(self) -> float | None:
        """Standard deviation over seeds; None with fewer than two."""
        return statistics.stdev(self.scores) if len(self.scores) > 1 else None

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"mean": self.mean, "spread": self.spread}


@dataclass(frozen=True)
class TestResult:
    """The winner on the rows that nothing of the search has seen.

    Attributes:
        run_id: of the final run. ``message``: why it has no score; else empty.
        score: by the search's objective. ``baseline``: the best baseline's words and score.
        sentence: the run's own verdict.
    """

    run_id: str
    score: float | None
    baseline: tuple[str, float] | None
    sentence: str
    message: str


@dataclass(frozen=True)
class SearchVerdict:
    """What to tell people.

    Attributes:
        winner: number of the trial that was judged on the test part.
        finalists: the best candidate and the default; only the default where they are the same.
        is_clear: the best candidate is ahead of the default by more than chance explains.
        p_value: of their difference, two-sided; None with too few results.
        folds_ahead, num_folds: in how many folds the best candidate has the smaller error.
        baseline: the best rule of thumb's words and score on the same folds; None: no such score.
        baseline_by_fold: its errors, in the unit of ``Finalist.by_fold``.
        test: None when the final run is missing.
        sentence: all of this in words.
    """

    winner: int
    finalists: tuple[Finalist, ...]
    is_clear: bool
    p_value: float | None
    folds_ahead: int
    num_folds: int
    baseline: tuple[str, float] | None
    baseline_by_fold: dict[str, float]
    test: TestResult | None
    sentence: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"finalists": [each.to_json() for each in self.finalists]}


def judge_search(store: Store, standing: SearchStanding, score: Score) -> SearchVerdict:
    """Judge a search whose finale is done.

    Args:
        score: of a completed run; None where it has none.
    """
    objective = standing.plan.objective
    finalists = tuple(
        _describe(store, standing, trial.number, score) for trial in list_finalists(standing)
    )
    *others, default = finalists
    winner = choose_winner(standing, score).number
    p_value, ahead, num_folds = None, 0, 0
    if others:
        best = others[0]
        if len(best.scores) > 1 and len(default.scores) > 1:
            p_value = compare_scores(best.scores, default.scores)
        folds = [fold for fold in best.by_fold if fold in default.by_fold]
        num_folds = len(folds)
        ahead = sum(best.by_fold[fold] < default.by_fold[fold] for fold in folds)
    is_clear = (
        bool(others)
        and others[0].mean is not None
        and default.mean is not None
        and objective.is_better(others[0].mean, default.mean)
        and p_value is not None
        and p_value < SIGNIFICANCE
    )
    test = _read_test(store, standing, winner, score)
    chosen = next(each for each in finalists if each.trial == winner)
    sentences = [
        say_comparison(
            others[0].trial if others else None,
            others[0].scores if others else (),
            default.scores,
            objective=objective,
            is_clear=is_clear,
            folds=(ahead, num_folds),
        ),
        say_baseline(chosen.mean, standing.baseline, objective),
    ]
    if test is not None:
        sentences.append(say_test(test.score, test.baseline, test.message, objective))
    return SearchVerdict(
        winner,
        finalists,
        is_clear,
        p_value,
        ahead,
        num_folds,
        standing.baseline,
        _read_baseline_folds(store, standing, finalists),
        test,
        " ".join(each for each in sentences if each),
    )


def _describe(store: Store, standing: SearchStanding, number: int, score: Score) -> Finalist:
    runs = [
        run
        for run in list_runs_for(standing, number, Role.CONFIRMATION)
        if run.status is RunStatus.COMPLETED and score(run) is not None
    ]
    scores = tuple(found for run in runs if (found := score(run)) is not None)
    return Finalist(number, scores, _average_folds(store, runs), tuple(run.id for run in runs))


def _average_folds(store: Store, runs: Sequence[TrialRun]) -> dict[str, float]:
    by_fold: dict[str, list[float]] = {}
    for run in runs:
        for fold, error in _read_folds(store, run.id, "model").items():
            by_fold.setdefault(fold, []).append(error)
    return {fold: statistics.fmean(errors) for fold, errors in by_fold.items()}


def _read_baseline_folds(
    store: Store, standing: SearchStanding, finalists: Sequence[Finalist]
) -> dict[str, float]:
    """Return the best baseline's error by fold; it has no seed, so any confirmation tells it."""
    known = {run_id for finalist in finalists for run_id in finalist.run_ids}
    for runs in standing.runs.values():
        for run in runs:
            if run.id in known:
                found = score_baseline(run, standing.plan.objective, standing.plan.deciding)
                return {} if found is None else _read_folds(store, run.id, found[0])
    return {}


def _read_folds(store: Store, run_id: str, column: str) -> dict[str, float]:
    table = read_breakdown(store, run_id)
    return {} if table is None else read_folds(table, column)


def _read_test(
    store: Store, standing: SearchStanding, winner: int, score: Score
) -> TestResult | None:
    runs = list_runs_for(standing, winner, Role.FINAL)
    if not runs:
        return None
    last = runs[-1]
    if last.status is not RunStatus.COMPLETED:
        return TestResult(last.id, None, None, "", last.message)
    objective = standing.plan.objective
    found = score_baseline(last, objective, standing.plan.deciding)
    baseline = None if found is None else (standing.describe_baseline(found[0]), found[1])
    verdict = read_verdict(store.runs.get(last.id))
    sentence = "" if verdict is None else verdict.sentence
    return TestResult(last.id, score(last), baseline, sentence, "")
