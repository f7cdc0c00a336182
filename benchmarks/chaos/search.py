"""Kill trials, the search and the web server; lose nothing.

One search runs under a web server. At random moments ``SIGKILL`` goes to a trial's process, to the
search's own or to the web server, which is started again. In the end every trial has finished,
none twice, the record is whole, and a strategy that replays it agrees.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from pathlib import Path

import psutil

from benchmarks.chaos.suite import Effort, Outcome
from benchmarks.harness import temporary_home
from benchmarks.searching.serving import TINY, WebServer, list_trial_processes, serving, submit
from lstm_core.runs.snapshots.search import Role, TrialStatus
from lstm_core.runs.snapshots.status import RunStatus
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing

NUM_TRIALS = 40
VICTIMS = ("trial", "search", "web server")
SHORTEST_PAUSE, LONGEST_PAUSE = 2.0, 12.0
TIMEOUT_SECONDS = 3_600.0


def run(effort: Effort) -> Outcome:
    """Take a search of ``count`` trials through three kills for every four of them."""
    num_trials = effort.count or NUM_TRIALS
    with temporary_home() as settings, Store.open(settings) as store:
        search = submit(
            store,
            "load",
            {**TINY, "training.epochs": 6},
            strategy=effort.strategy,
            num_trials=num_trials,
            slots=2,
            prune=False,
        )
        with serving(settings) as server:
            num_kills = 3 * num_trials // 4
            killed = torment(store, search.id, server, num_kills, random.Random(effort.seed))
        standing = read_standing(store, search.id)
        figures = {
            "strategy": effort.strategy,
            "kills": killed,
            "status": str(standing.search.status),
            "trials": Counter(str(trial.status) for trial in standing.candidates),
            "interrupted_runs": sum(
                run.status is RunStatus.INTERRUPTED
                for runs in standing.runs.values()
                for run in runs
            ),
            "verdict": bool(standing.search.verdict),
        }
        faults = find_faults(store, standing, settings.home)
        return Outcome(figures, faults=tuple(faults))


def torment(
    store: Store, search_id: str, server: WebServer, num_kills: int, chance: random.Random
) -> dict[str, int]:
    """Kill at random moments until the search has ended; return how often each was hit."""
    killed: Counter[str] = Counter()
    deadline = time.monotonic() + TIMEOUT_SECONDS
    next_at = time.monotonic() + chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)
    while store.searches.get(search_id).status.is_active:
        if time.monotonic() > deadline:
            raise TimeoutError("The search has not come to its end.")
        if killed.total() < num_kills and time.monotonic() >= next_at:
            victim = chance.choice(VICTIMS)
            if _kill(victim, store, search_id, server, chance):
                killed[victim] += 1
            next_at = time.monotonic() + chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE)
        time.sleep(0.1)
    return dict(killed)


def _kill(
    victim: str, store: Store, search_id: str, server: WebServer, chance: random.Random
) -> bool:
    """Send ``SIGKILL``; False where there is nobody to send it to at this moment."""
    if victim == "web server":
        server.process.kill()
        server.restart()
        return True
    if victim == "search":
        process = store.searches.get(search_id).process
        candidates = (
            [] if process is None or not process.is_alive else [psutil.Process(process.pid)]
        )
    else:
        candidates = list_trial_processes(store.settings.home)
    if not candidates:
        return False
    try:
        chance.choice(candidates).kill()
    except psutil.NoSuchProcess:
        return False
    return True


def find_faults(store: Store, standing: SearchStanding, home: Path) -> list[str]:
    """Return what is wrong with a search that has ended; empty: nothing."""
    from lstm_core.searches.strategies.advisor import Advisor
    from lstm_core.searches.strategies.history import list_events

    faults = []
    num_ended = sum(trial.status is not TrialStatus.RUNNING for trial in standing.candidates)
    if num_ended != standing.search.num_trials:
        faults.append(f"{num_ended} of {standing.search.num_trials} trials have ended")
    if standing.search.verdict is None:
        faults.append(f"there is no verdict: {standing.search.message}")
    for trial in standing.candidates:
        done = [
            run.seed
            for run in standing.runs[trial.number]
            if run.role is Role.TRIAL and run.status is RunStatus.COMPLETED
        ]
        if len(done) > len(set(done)):
            faults.append(f"trial {trial.number} was done twice")
        if trial.status is TrialStatus.COMPLETED and not done:
            faults.append(f"trial {trial.number} has a score and no run")
    plan = standing.plan
    advisor = Advisor(plan.space, plan.settings, max_epochs=plan.max_epochs)
    advisor.replay(list_events(standing.trials, plan.objective))
    for runs in standing.runs.values():
        for run in runs:
            if not run.status.is_finished:
                faults.append(f"run {run.id} is {run.status}")
            for artifact in store.artifacts.list_of(run.id):
                store.artifacts.get(run.id, artifact.name)  # raises where it is torn
    with sqlite3.connect(home / "record.sqlite") as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        faults.append(f"the record is damaged: {state}")
    return faults
