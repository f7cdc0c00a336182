"""Where a search stands, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from lstm_core.judging.measures import Measure
from lstm_core.runs.snapshots.search import (
    Role,
    Search,
    SearchPhase,
    SearchStatus,
    Trial,
    TrialRun,
    TrialStatus,
    Wish,
)
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.searches.outcome.finale import list_finalists
from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding
from lstm_core.tasks.registry import find_kind
from pages._ui.run.run_list import name_task
from pages._ui.settings.wordbook import Wordbook
from pages._ui.shell.wording import BadgeColor, say_duration

BADGES: dict[SearchStatus, tuple[str, str, BadgeColor]] = {  # (words, icon, colour)
    SearchStatus.QUEUED: ("waiting", ":material/schedule:", "gray"),
    SearchStatus.RUNNING: ("searching", ":material/play_circle:", "blue"),
    SearchStatus.PAUSED: ("paused", ":material/pause_circle:", "orange"),
    SearchStatus.COMPLETED: ("done", ":material/check_circle:", "green"),
    SearchStatus.STOPPED: ("stopped", ":material/stop_circle:", "gray"),
    SearchStatus.FAILED: ("failed", ":material/error:", "red"),
}
_INTERRUPTED: tuple[str, str, BadgeColor] = ("interrupted", ":material/power_off:", "orange")

TRIAL_WORDS = {
    TrialStatus.RUNNING: "running",
    TrialStatus.COMPLETED: "done",
    TrialStatus.FAILED: "failed",
    TrialStatus.PRUNED: "ended early",
    TrialStatus.SKIPPED: "skipped",
}

_WISHES = {
    Wish.PAUSE: "Pausing: nothing new begins, and what runs goes on to its end.",
    Wish.CONCLUDE: "Ending the trials; then the best so far is judged.",
    Wish.STOP: "Stopping…",
}

_ROLES = {
    Role.TRIAL: ", seed {seed}",
    Role.CONFIRMATION: ", fresh seed {seed}",
    Role.FINAL: ", on all rows, for the test part",
}


def title_search(search: Search, standing: SearchStanding | None = None) -> str:
    """Name a search: its own name, or what it predicts from what; hostile text is in it."""
    if search.name or standing is None:
        return search.name or search.dataset_name
    return name_task(standing.plan.draft, search.dataset_name)


def choose_badge(search: Search, now: datetime) -> tuple[str, str, BadgeColor]:
    """Return words, icon and colour."""
    return _INTERRUPTED if search.is_orphaned(now) else BADGES[search.status]


def say_state(standing: SearchStanding, now: datetime) -> str:
    """Say in a sentence what the search is at; hostile text may be in it, and it may be empty."""
    search = standing.search
    if search.is_orphaned(now):
        return "Its process has gone; it goes on by itself in a moment, and nothing is lost."
    if search.wish is not None:
        return _WISHES[search.wish]
    if search.status is SearchStatus.QUEUED:
        return "Waiting for its turn: one search at a time runs on a machine."
    if search.status is not SearchStatus.RUNNING:
        return search.message
    if search.phase is SearchPhase.FINALE:
        return say_finale(standing)
    if not standing.trials:
        return "Starting…"
    if not standing.candidates:
        return "First the default settings: what tuning has to beat."
    return ""


def say_finale(standing: SearchStanding) -> str:
    """Say what is being confirmed, or judged."""
    finals = [run for runs in standing.runs.values() for run in runs if run.role is Role.FINAL]
    if finals:
        return (
            f"{begin(name_trial(finals[-1].trial))} is the winner. It is trained on all rows and "
            "judged once, on the test part."
        )
    if standing.best is None:
        return "Comparing what was found."
    names = " and ".join(name_trial(trial.number) for trial in list_finalists(standing))
    done, planned = count_confirmations(standing)
    return (
        f"The trials are over. To be sure that it was not luck, {names} are scored once more, "
        f"from seeds that no trial had: {done} of {planned} runs done."
    )


def count_confirmations(standing: SearchStanding) -> tuple[int, int]:
    """Return how many runs of the last comparison are done, and how many there will be."""
    done = sum(
        run.role is Role.CONFIRMATION and run.status is RunStatus.COMPLETED
        for runs in standing.runs.values()
        for run in runs
    )
    planned = len(list_finalists(standing)) * standing.plan.settings.num_confirmations
    return done, planned


def name_trial(number: int) -> str:
    return "the default" if number == DEFAULT else f"trial {number}"


def name_run(run: TrialRun) -> str:
    """``"Trial 7, seed 42"``, ``"The default, fresh seed 1042"``."""
    return f"{begin(name_trial(run.trial))}{_ROLES[run.role].format(seed=run.seed)}"


def begin(words: str) -> str:
    """Write words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def say_trials(standing: SearchStanding) -> str:
    """``"5 of 20"``: the trials begun, without the default."""
    return f"{len(standing.candidates):,} of {standing.search.num_trials:,}"


def say_time_left(seconds: float | None) -> str:
    return "–" if seconds is None else f"≈ {say_duration(seconds)}"


def say_ends(standing: SearchStanding) -> str:
    """``"3 done, 1 failed, 2 ended early"``; empty before the first."""
    counts = {status: standing.count(status) for status in TrialStatus}
    return ", ".join(
        f"{count:,} {TRIAL_WORDS[status]}" for status, count in counts.items() if count
    )


def list_rules(standing: SearchStanding) -> list[str]:
    """Say how the search goes about it."""
    settings = standing.plan.settings
    base = standing.plan.base
    num_folds = find_kind(base).count_folds(base)
    rules = [
        f"Strategy: {settings.strategy}",
        f"scored by {standing.measure} on {_count(num_folds, 'fold')} before the test part",
        f"{_count(settings.executions, 'run')} a trial",
        "hopeless trials end early" if settings.prune else "no trial ends early",
        f"seed {settings.seed}",
    ]
    if standing.plan.chosen is not None:
        rules.append("what validation chooses, the default has chosen for all trials")
    if standing.search.minutes is not None:
        rules.append(f"at most {standing.search.minutes:g} minutes for the trials")
    return rules


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def say_run(run: TrialRun) -> str:
    """Say of a run under way what it is at and where it sits."""
    if run.is_stopping:
        phase = "Stopping"
    elif run.status is RunStatus.QUEUED:
        phase = "Waiting for a free place"
    else:
        phase = run.phase or "Starting"
    return " · ".join(part for part in (phase, run.place) if part)


def read_words(standing: SearchStanding) -> Wordbook:
    """Return the words of the settings that it searches."""
    return Wordbook(standing.plan.draft)


def say_values(words: Wordbook, values: Mapping[str, Any], paths: Sequence[str]) -> str:
    """``"Width 32 · Lookback 24"``, of some settings."""
    return " · ".join(
        f"{words.title(path)} {words.say(path, values[path])}"
        for path in paths
        if values.get(path) is not None
    )


def say_score(trial: Trial, objective: Measure) -> str:
    """``"0.7705 ± 0.01"``."""
    if trial.score is None:
        return "–"
    spread = f" ± {trial.spread:.2g}" if trial.spread is not None else ""
    return objective.format(trial.score) + spread
