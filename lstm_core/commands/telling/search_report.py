"""What the ``search`` command says of searches and their trials."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from lstm_core.commands.telling.output import make_printable, print_json
from lstm_core.commands.telling.unreadable import print_unreadable, report_unreadable
from lstm_core.runs.snapshots.search import Search, Trial, TrialStatus
from lstm_core.runs.snapshots.unreadable import Unreadable, UnreadableError
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing

MOST_PRINTED = 10


def make_report(standing: SearchStanding) -> dict[str, Any]:
    """Return what ``--json`` prints."""
    search = standing.search
    verdict = search.verdict
    finalists = {each["trial"]: each for each in (verdict or {}).get("finalists", [])}
    return {
        "search_id": search.id,
        "status": str(search.status),
        "message": search.message,
        "strategy": standing.plan.settings.strategy,
        "objective": standing.plan.settings.objective,
        "seconds": round(search.seconds_spent, 3),
        "places": standing.places,
        "trials": [_describe(trial, standing) for trial in standing.candidates],
        "best": _describe_finalist(standing.best, standing, finalists),
        "default": _describe_finalist(standing.default, standing, finalists),
        "baselines": _list_baselines(standing),
        "importances": search.importances,
        "verdict": verdict,
    }


def print_report(standing: SearchStanding) -> None:
    """Print the best trials and the verdict."""
    objective = standing.plan.objective
    width = max(12, len(objective.name) + 2)
    print(f"{'trial':>7}{objective.name:>{width}}{'spread':>10}{'seconds':>10}  settings")
    scored = [trial for trial in standing.trials if trial.score is not None]
    ordered = sorted(
        scored, key=lambda trial: trial.score or 0.0, reverse=standing.larger_is_better
    )
    for trial in ordered[:MOST_PRINTED]:
        spread = "-" if trial.spread is None else f"{trial.spread:.2g}"
        name = "default" if trial.number == 0 else str(trial.number)
        score = objective.format(trial.score)
        line = f"{name:>7}{score:>{width}}{spread:>10}{trial.seconds or 0:>10.3g}  "
        print(make_printable(line + _say_values(trial)))
    if standing.search.verdict is not None:
        print()
        print(make_printable(standing.search.verdict["sentence"]))


def say_trial(trial: Trial, standing: SearchStanding) -> str:
    """Return one line on a trial that has ended."""
    name = "default" if trial.number == 0 else f"trial {trial.number}"
    if trial.status is TrialStatus.COMPLETED:
        said = f"{standing.measure} {standing.plan.objective.format(trial.score)}"
    else:
        said = f"{trial.status}: {trial.message}"
    return f"  {name}, {trial.seconds or 0:.0f} s: {said}  ({_say_values(trial)})"


def list_searches(store: Store, *, as_json: bool) -> None:
    """Print a line for each search, newest first."""
    left_out: list[Unreadable] = []
    rows = []
    for search in store.searches.list_newest(left_out=left_out):
        try:
            rows.append((search, _summarise(store, search)))
        except UnreadableError as error:
            left_out.append(error.entry)
    if as_json:
        print_json({"searches": [row for _, row in rows]} | report_unreadable(left_out))
        return
    for search, row in rows:
        best = "-" if row["best"] is None else f"{row['best']:.4g}"
        print(
            make_printable(
                f"{search.id}  {row['status']:<12}{row['trials']:>5} of {search.num_trials:<6}"
                f"best {best:<10}  {search.dataset_name}"
            )
        )
    print_unreadable(left_out)


def _summarise(store: Store, search: Search) -> dict[str, Any]:
    standing = read_standing(store, search.id)
    is_orphaned = search.is_orphaned(datetime.now(UTC))
    return {
        "search_id": search.id,
        "status": "interrupted" if is_orphaned else str(search.status),
        "trials": standing.num_ended,
        "num_trials": search.num_trials,
        "best": None if standing.best is None else standing.best.score,
        "dataset": search.dataset_name,
        "created": search.created_at.isoformat(),
    }


def _describe(trial: Trial, standing: SearchStanding) -> dict[str, Any]:
    runs = standing.runs.get(trial.number, ())
    return {
        "id": trial.number,
        "status": str(trial.status),
        "score": trial.score,
        "spread": trial.spread,
        "seconds": trial.seconds,
        "hyperparameters": trial.values,
        "message": trial.message,
        "runs": [run.id for run in runs],
        "places": [run.place for run in runs],
    }


def _describe_finalist(
    trial: Trial | None, standing: SearchStanding, finalists: dict[int, dict[str, Any]]
) -> dict[str, Any] | None:
    """Add to a trial what fresh seeds said of it, by seed and by fold."""
    if trial is None:
        return None
    return _describe(trial, standing) | {"confirmation": finalists.get(trial.number)}


def _list_baselines(standing: SearchStanding) -> dict[str, dict[str, Any]]:
    """Return the baselines' metrics on the rows that trials are scored on."""
    for runs in standing.runs.values():
        for run in runs:
            if run.baselines is not None and str(run.role) != "final":
                return run.baselines
    return {}


def _say_values(trial: Trial) -> str:
    return ", ".join(
        f"{path.partition('.')[2]} {_say(value)}" for path, value in trial.values.items()
    )


def _say(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
