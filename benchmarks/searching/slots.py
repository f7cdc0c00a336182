"""``python -m benchmarks.searching.slots``: trials per minute on one slot and on two."""

from __future__ import annotations

import argparse
import json

from benchmarks.harness import temporary_home
from benchmarks.searching.serving import TINY, submit
from lstm_core.jobs.conducting.searcher import conduct_search
from lstm_core.runs.stores.store import Store
from lstm_core.searches.outcome.standing import SearchStanding, read_standing


def main() -> None:
    """Run the same random trials on one slot and on two; print the rates and their ratio."""
    parser = argparse.ArgumentParser(description="Trials per minute, by slots.")
    parser.add_argument("--trials", type=int, default=19, help="besides the default")
    options = parser.parse_args()
    rates, places = {}, {}
    for num_slots in (1, 2):
        with temporary_home() as settings, Store.open(settings) as store:
            search = submit(
                store,
                "load",
                {**TINY, "training.epochs": 6},
                strategy="random",
                num_trials=options.trials,
                slots=num_slots,
                prune=False,
            )
            adopted = store.search_queue.adopt(search.id)
            assert adopted is not None
            conduct_search(store, adopted)
            standing = read_standing(store, search.id)
            rates[num_slots] = measure_rate(standing)
            places[num_slots] = standing.places
    print(
        json.dumps(
            {
                "benchmark": "search_slots",
                "trials_per_minute": {str(slots): round(rate, 2) for slots, rate in rates.items()},
                "ratio": round(rates[2] / rates[1], 3),
                "places": {str(slots): each for slots, each in places.items()},
            }
        ),
        flush=True,
    )


def measure_rate(standing: SearchStanding) -> float:
    """Return trials per minute, from the begin of the first to the end of the last."""
    begin = min(trial.created_at for trial in standing.trials)
    end = max(trial.finished_at for trial in standing.trials if trial.finished_at is not None)
    return 60.0 * len(standing.trials) / (end - begin).total_seconds()


if __name__ == "__main__":
    main()
