"""``Conductor``: one search, from its first trial to its verdict, or to where it was paused."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from lstm_core.jobs.local.backoff import Backoff
from lstm_core.jobs.local.children import Children
from lstm_core.jobs.local.launcher import Starter
from lstm_core.jobs.local.stopping import Stopper
from lstm_core.jobs.slot import Slot
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
from lstm_core.runs.stores.store import Store
from lstm_core.runs.stores.trials import TrialOrder
from lstm_core.searches.outcome.finale import find_next_steps, get_values
from lstm_core.searches.outcome.importance import measure_importance
from lstm_core.searches.outcome.pruning import find_limit
from lstm_core.searches.outcome.scoring import list_losses, score_run
from lstm_core.searches.outcome.settling import Ending, Rerun, settle_trial
from lstm_core.searches.outcome.standing import DEFAULT, SearchStanding, read_standing
from lstm_core.searches.outcome.verdict import judge_search
from lstm_core.searches.plan import SearchPlan
from lstm_core.searches.strategies.advisor import Advisor, Suggestion
from lstm_core.searches.strategies.history import find_told_score, list_events

TIME_IS_UP = "The time for the trials was up."
CONCLUDED = "The trials were ended on request."
EXHAUSTED_SPACE = "Every point of the space was tried."


class Conductor:
    """Asks the strategy, starts trials in free slots, and tells it what came of them.

    Lives in a search's own process, from ``conduct``'s begin to its end. Everything that matters
    is in the record, and is read from there in each turn: what this process knew besides, another
    one finds again. The trials' processes are sessions of their own and outlive this one.

    Args:
        search: one that this process has adopted.
        starter: starts the runs.
        slots: where runs may sit, side by side.
        poll_seconds: how often to look for wishes, and for the end of runs that another process
            started.
        on_turn: hears how the search stands, in every turn.
    """

    def __init__(
        self,
        store: Store,
        search: Search,
        starter: Starter,
        slots: Sequence[Slot],
        *,
        poll_seconds: float = 1.0,
        grace_seconds: float = 10.0,
        on_turn: Callable[[SearchStanding], None] = lambda standing: None,
    ) -> None:
        self._store = store
        self._id = search.id
        self._slots = slots
        self._poll_seconds = poll_seconds
        self._on_turn = on_turn
        self._wake = threading.Event()
        self._backoff = Backoff()
        self._children = Children(store, starter, self._backoff, self._wake.set)
        self._stopper = Stopper(self._children.processes, grace_seconds)
        self._num_measured = 0
        self.plan = SearchPlan.from_json(search.settings)
        self._development_id: str = search.settings["development_id"]
        self._advisor = Advisor(
            self.plan.space,
            self.plan.settings,
            max_epochs=self.plan.max_epochs,
            larger_is_better=self.plan.objective.is_larger_better,
        )
        self._advisor.replay(list_events(store.trials.list_of(search.id), self.plan.objective))
        self._beaten_at = time.monotonic()

    def conduct(self) -> Search:
        """Go on until the search has ended or paused, and return it."""
        while True:
            self._wake.clear()
            self._beat()
            self._children.look()
            standing = read_standing(self._store, self._id)
            if self._settle(standing):
                standing = read_standing(self._store, self._id)
            self._on_turn(standing)
            ended = self._take_turn(standing)
            if ended is not None:
                self._on_turn(read_standing(self._store, self._id))
                return ended
            self._wake.wait(self._poll_seconds)

    def _beat(self) -> None:
        now = time.monotonic()
        self._store.searches.beat(self._id, now - self._beaten_at)
        self._beaten_at = now

    def _take_turn(self, standing: SearchStanding) -> Search | None:
        """Do what is due; return the search once this process is done with it."""
        search = standing.search
        if search.wish is Wish.STOP:
            return self._stop(standing)
        if search.wish is Wish.PAUSE:
            if any(run.status is RunStatus.RUNNING for run in _list_runs(standing)):
                return None
            return self._store.searches.finish(
                self._id, SearchStatus.PAUSED, "Paused on request; nothing runs."
            )
        if search.phase is SearchPhase.FINALE:
            return self._conclude(standing)
        if search.wish is Wish.CONCLUDE:
            return self._end_trials(standing, CONCLUDED)
        failures = self._count_failures(standing)
        if failures >= self.plan.settings.max_failures:
            return self._give_up(standing, failures)
        if search.minutes is not None and search.seconds_spent >= 60.0 * search.minutes:
            return self._end_trials(standing, TIME_IS_UP)
        self._launch_queued(standing)
        reason = self._begin_trials(standing)
        return None if reason is None else self._end_trials(standing, reason)

    # ---- trials ----

    def _settle(self, standing: SearchStanding) -> bool:
        """End the trials that have ended, run again what was interrupted; whether there was any."""
        changed = False
        curves = self._store.trials.get_curves(self._id)
        for trial in standing.running:
            runs = [run for run in standing.runs.get(trial.number, ()) if run.role is Role.TRIAL]
            found = settle_trial(runs, partial(self._score, curves=curves))
            if isinstance(found, Rerun):
                seeds = set(found.seeds)
                values = get_values(trial)
                orders = self._order_trial(standing.plan, values, trial.limit)
                again = [order for order in orders if order.spec.training.seed in seeds]
                self._store.trials.add_runs(self._id, trial.number, again)
            elif isinstance(found, Ending):
                self._end(trial, found, runs)
            changed |= found is not None
        self._press_late(standing)
        return changed

    def _end(self, trial: Trial, ending: Ending, runs: Sequence[TrialRun]) -> None:
        if any(not run.status.is_finished for run in runs):
            self._store.trials.cancel_runs(self._id, trial.number)
        message = trial.message if ending.status is TrialStatus.SKIPPED else ""
        self._store.trials.end(
            self._id,
            trial.number,
            ending.status,
            score=ending.score,
            spread=ending.spread,
            message=message or ending.message,
        )
        if trial.number == DEFAULT:
            return
        trials = self._store.trials.list_of(self._id)
        ended = next(each for each in trials if each.number == trial.number)
        score = find_told_score(ended, trials, self.plan.objective)
        self._advisor.tell(trial.number, score)
        self._measure_importance(trials)

    def _begin_trials(self, standing: SearchStanding) -> str | None:
        """Fill the free slots with new trials; return why all is done, once it is."""
        num_free = self._count_free(standing)
        number = len(standing.candidates)
        is_busy = bool(standing.running)
        if standing.default is None and num_free > 0:
            orders = self._order_trial(standing.plan, {}, None)
            values = standing.search.settings["default_values"]
            self._store.trials.begin(self._id, DEFAULT, values, None, orders)
            num_free -= max(1, self._launch(self._read_queued()))
            is_busy = True
        if standing.awaits_choice:
            self._prepare_others()
            return None
        while num_free > 0 and number < standing.search.num_trials:
            number += 1
            suggestion = self._advisor.ask(number)
            if not isinstance(suggestion, Suggestion):  # it waits for what runs, or has no more
                return None if is_busy else EXHAUSTED_SPACE
            limit = self._find_limit(standing, suggestion.values)
            orders = self._order_trial(standing.plan, suggestion.values, limit)
            self._store.trials.begin(self._id, number, suggestion.values, suggestion.raw, orders)
            num_free -= max(1, self._launch(self._read_queued()))
            is_busy = True
        is_over = number >= standing.search.num_trials and not is_busy
        return "" if is_over else None

    def _order_trial(
        self, plan: SearchPlan, values: dict[str, object], limit: Sequence[float | None] | None
    ) -> list[TrialOrder]:
        """Order a trial's runs; ``plan`` knows what has been chosen for all of them."""
        return [
            TrialOrder(
                Role.TRIAL, plan.make_trial_spec(values, number), self._development_id, limit
            )
            for number in range(plan.settings.executions)
        ]

    def _find_limit(
        self, standing: SearchStanding, values: dict[str, object]
    ) -> list[float | None] | None:
        settings = self.plan.settings
        if not settings.prune or settings.strategy == "hyperband":  # which prunes by itself
            return None
        kind = self.plan.find_loss_kind(values)
        rivals = [
            trial.number
            for trial in standing.candidates
            if trial.status is TrialStatus.COMPLETED
            and self.plan.find_loss_kind(trial.values) == kind
        ]
        return find_limit(self._store.trials.get_curves(self._id), rivals)

    def _score(self, run: TrialRun, curves: pd.DataFrame) -> float | None:
        losses = list_losses(curves, run.id)
        plan = self.plan
        return score_run(run.metrics, run.baselines, plan.objective, plan.deciding, losses)

    def _measure_importance(self, trials: Sequence[Trial]) -> None:
        """Measure anew whenever a tenth more trials have a score."""
        scored = [trial for trial in trials if trial.score is not None and trial.number != DEFAULT]
        if len(scored) < max(1.1 * self._num_measured, self._num_measured + 1):
            return
        found = measure_importance(
            [trial.values for trial in scored],
            [trial.score for trial in scored if trial.score is not None],
            self.plan.space,
        )
        if found is not None:
            self._num_measured = len(scored)
            self._store.searches.put_importances(self._id, found.to_dict("records"))

    # ---- runs ----

    def _launch_queued(self, standing: SearchStanding) -> None:
        queued = [run for run in _list_runs(standing) if run.status is RunStatus.QUEUED]
        self._launch(queued)

    def _read_queued(self) -> list[TrialRun]:
        runs = self._store.trials.list_runs(self._id)
        return [run for run in runs if run.status is RunStatus.QUEUED]

    def _launch(self, queued: Sequence[TrialRun]) -> int:
        """Start queued runs in free slots; return how many."""
        free = self._list_free()
        num_started = 0
        for run, slot in zip(sorted(queued, key=lambda run: run.created_at), free, strict=False):
            num_started += self._start(run, slot)
        return num_started

    def _start(self, run: TrialRun, slot: Slot) -> bool:
        if self._backoff.remaining_seconds or not self._store.trials.claim_run(run.id, slot.place):
            return False
        return self._children.start(run.id, slot.variables)

    def _prepare_others(self) -> None:
        """Let the slots that wait for the default's choice be ready once it is made."""
        for slot in self._list_free():
            self._children.prepare(self._id, slot.variables)

    def _list_free(self) -> list[Slot]:
        """Return the slots that no run sits in."""
        runs = self._store.trials.list_runs(self._id)
        taken = {run.place for run in runs if run.status is RunStatus.RUNNING}
        return [slot for slot in self._slots if slot.place not in taken]

    def _press_late(self, standing: SearchStanding) -> None:
        """See to it that runs end that were asked to."""
        if any(run.is_stopping and not run.status.is_finished for run in _list_runs(standing)):
            for run in self._store.watch.list_active():
                if run.group_id == self._id:
                    self._stopper.press(run)

    def _count_free(self, standing: SearchStanding) -> int:
        """Count the slots without work, as of this look.

        A trial whose runs have ended since counts as working: the next one must not begin before
        the strategy has been told of it, or one search would not be like another.
        """
        active = sum(not run.status.is_finished for run in _list_runs(standing))
        unsettled = sum(
            all(run.status.is_finished for run in standing.runs.get(trial.number, ()))
            for trial in standing.running
        )
        return len(self._slots) - active - unsettled

    # ---- the end ----

    def _count_failures(self, standing: SearchStanding) -> int:
        """Count the trials that failed in a row, lately, since the search began or went on."""
        started = standing.search.started_at
        ended = sorted(
            (
                trial
                for trial in standing.trials
                if trial.finished_at is not None
                and (started is None or trial.finished_at >= started)
                and trial.status is not TrialStatus.SKIPPED
            ),
            key=lambda trial: trial.finished_at or trial.created_at,
        )
        failures = 0
        for trial in reversed(ended):
            if trial.status is not TrialStatus.FAILED:
                break
            failures += 1
        return failures

    def _give_up(self, standing: SearchStanding, failures: int) -> Search | None:
        if self._is_clearing(standing):
            return None
        last = max(
            (trial for trial in standing.trials if trial.status is TrialStatus.FAILED),
            key=lambda trial: trial.finished_at or trial.created_at,
        )
        return self._store.searches.finish(
            self._id,
            SearchStatus.FAILED,
            f"{failures} trials failed in a row. The last one: {last.message}",
        )

    def _end_trials(self, standing: SearchStanding, reason: str) -> Search | None:
        """Go on to the finale, once nothing runs any more."""
        if self._is_clearing(standing):
            return None
        if standing.best is None:
            ended = [trial for trial in standing.trials if trial.message]
            last = f" The last one: {ended[-1].message}" if ended else ""
            return self._store.searches.finish(
                self._id,
                SearchStatus.FAILED,
                f"No trial has come to a score. {reason}{last}".strip(),
            )
        self._store.searches.begin_finale(self._id, reason)
        self._wake.set()
        return None

    def _stop(self, standing: SearchStanding) -> Search | None:
        if self._is_clearing(standing):
            return None
        return self._store.searches.finish(self._id, SearchStatus.STOPPED, "Stopped on request.")

    def _is_clearing(self, standing: SearchStanding) -> bool:
        """Ask whatever runs to end; whether something still does."""
        if all(run.status.is_finished for run in _list_runs(standing)) and not standing.running:
            return False
        self._store.trials.cancel_runs(self._id)
        return True

    def _conclude(self, standing: SearchStanding) -> Search | None:
        curves = self._store.trials.get_curves(self._id, Role.CONFIRMATION)
        score = partial(self._score, curves=curves)
        steps = find_next_steps(standing, score, self._development_id)
        if steps is None:
            verdict = judge_search(self._store, standing, score)
            message = standing.search.message
            return self._store.searches.finish(
                self._id, SearchStatus.COMPLETED, message, verdict.to_json()
            )
        for step in steps:
            self._store.trials.add_runs(self._id, step.trial, step.orders)
        self._launch(self._read_queued())
        return None


def _list_runs(standing: SearchStanding) -> list[TrialRun]:
    return [run for runs in standing.runs.values() for run in runs]
