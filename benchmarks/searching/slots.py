"""``python -m benchmarks.searching.slots``: trials per minute on one slot and on two.

Beside them, two slots whose trials have a process each: what it was before trials of a slot shared
one. Fails where sharing gains less than the limit.
"""

from __future__ import annotations

import argparse
import json
import sys

from benchmarks.harness import temporary_home
from benchmarks.searching.serving import TINY, submit
from lstm_core.jobs.conducting.searcher import conduct_search
from lstm_core.jobs.local.launcher import WORKER_COMMAND, Launcher
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing

LIMIT = 2.5
"""By how much more trials a minute there are, of short ones, for sharing processes."""


def main() -> None:
    """Print the rates and their ratios; exit status 1 when the limit is missed."""
    parser = argparse.ArgumentParser(description="Trials per minute, by slots.")
    parser.add_argument("--trials", type=int, default=19, help="besides the default")
    options = parser.parse_args()
    alone, together = (search(options.trials, num_slots) for num_slots in (1, 2))
    apart = search(options.trials, 2, shares=False)
    rates = {"1": alone, "2": together, "2, a process for each trial": apart}
    measured = {name: round(measure_rate(standing), 2) for name, standing in rates.items()}
    gain = measure_rate(together) / measure_rate(apart)
    report = {
        "benchmark": "search_slots",
        "trials_per_minute": measured,
        "ratio": round(measure_rate(together) / measure_rate(alone), 3),
        "gain": round(gain, 3),
        "limit": LIMIT,
        "places": {"1": alone.places, "2": together.places},
    }
    print(json.dumps(report), flush=True)
    if gain < LIMIT:
        sys.exit(1)


def search(num_trials: int, num_slots: int, *, shares: bool = True) -> SearchStanding:
    """Carry out the same random trials, and return how they stand.

    Args:
        shares: whether a slot's trials have one process between them.
    """
    with temporary_home() as settings, Store.open(settings) as store:
        submitted = submit(
            store,
            "load",
            {**TINY, "training.epochs": 6},
            strategy="random",
            num_trials=num_trials,
            slots=num_slots,
            prune=False,
        )
        adopted = store.search_queue.adopt(submitted.id)
        assert adopted is not None
        starter = None if shares else Launcher(settings, WORKER_COMMAND, keep_warm=False)
        conduct_search(store, adopted, starter=starter)
        return read_standing(store, submitted.id)


def measure_rate(standing: SearchStanding) -> float:
    """Return trials per minute, from the begin of the first to the end of the last."""
    begin = min(trial.created_at for trial in standing.trials)
    end = max(trial.finished_at for trial in standing.trials if trial.finished_at is not None)
    return 60.0 * len(standing.trials) / (end - begin).total_seconds()


if __name__ == "__main__":
    main()
