"""Whether Bayesian search beats random search at equal trials, on a function that is known.

Both are asked and told as a search does it, two trials at a time. The function is Hartmann's with
six variables: Dixon and Szegő (1978), "The Global Optimization Problem: An Introduction". Here its
variables are on other scales: fractions, logarithms, whole numbers and steps.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from lstm_core.searches.strategies.engineless import forgo_engine
from lstm_core.spec.search import FloatEntry, IntEntry, SearchSpec, Space, Strategy

if TYPE_CHECKING:
    from lstm_core.searches.strategies.advisor import Advisor

NUM_SEEDS = 20
NUM_TRIALS = 40
NUM_SLOTS = 2
LOWEST = -3.32237

SPACE: Space = {
    "a": FloatEntry(low=1e-4, high=1e-1, scale="log"),
    "b": FloatEntry(low=0.0, high=1.0),
    "c": IntEntry(low=0, high=200),
    "d": FloatEntry(low=-5.0, high=5.0, step=0.1),
    "e": IntEntry(low=8, high=512, scale="log"),
    "f": FloatEntry(low=0.0, high=0.5),
}

_HEIGHTS = np.array([1.0, 1.2, 3.0, 3.2])
_WIDTHS = np.array(
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ]
)
_CENTRES = np.array(
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=NUM_SEEDS, metavar="N")
    parser.add_argument("--trials", type=int, default=NUM_TRIALS, metavar="N")
    options = parser.parse_args(arguments)
    forgo_engine()
    print(json.dumps(compare(options.seeds, options.trials)), flush=True)


def compare(num_seeds: int, num_trials: int) -> dict[str, Any]:
    """Return the report: what each strategy found, and how many seeds Bayesian search won."""
    report: dict[str, Any] = {
        "benchmark": "strategies",
        "function": "hartmann6",
        "seeds": num_seeds,
        "trials": num_trials,
        "lowest": LOWEST,
    }
    lows: dict[Strategy, list[float]] = {}
    strategies: tuple[Strategy, ...] = ("random", "bayesian")
    for strategy in strategies:
        started = time.monotonic()
        lows[strategy] = [min(search(strategy, seed, num_trials)) for seed in range(num_seeds)]
        seconds = time.monotonic() - started
        report[strategy] = {
            "median_best": round(float(np.median(lows[strategy])), 4),
            "from_to": [round(min(lows[strategy]), 4), round(max(lows[strategy]), 4)],
            "seconds_per_trial": round(seconds / num_seeds / num_trials, 4),
        }
    pairs = zip(lows["bayesian"], lows["random"], strict=True)
    report["seeds_won"] = sum(own < other for own, other in pairs)
    report["holds"] = report["bayesian"]["median_best"] < report["random"]["median_best"]
    return report


def search(strategy: Strategy, seed: int, num_trials: int) -> list[float]:
    """Return the scores of the trials in their order; ``NUM_SLOTS`` run side by side."""
    from lstm_core.searches.strategies.advisor import Advisor, Suggestion

    settings = SearchSpec(strategy=strategy, num_trials=num_trials, seed=seed)
    advisor = Advisor(SPACE, settings, max_epochs=1)
    scores: list[float] = []
    running: deque[tuple[int, float]] = deque()
    for number in range(1, num_trials + 1):
        suggestion = advisor.ask(number)
        assert isinstance(suggestion, Suggestion)
        running.append((number, measure(suggestion.values)))
        if len(running) == NUM_SLOTS:
            scores.append(_end_one(advisor, running))
    return scores + [_end_one(advisor, running) for _ in range(len(running))]


def _end_one(advisor: Advisor, running: deque[tuple[int, float]]) -> float:
    number, score = running.popleft()
    advisor.tell(number, score)
    return score


def measure(values: Mapping[str, Any]) -> float:
    """Return Hartmann's function of a point of ``SPACE``."""
    shares = np.array([_find_share(entry, values[path]) for path, entry in SPACE.items()])
    exponents = (_WIDTHS * (shares - _CENTRES) ** 2).sum(axis=1)
    return float(-(_HEIGHTS * np.exp(-exponents)).sum())


def _find_share(entry: Any, value: float) -> float:
    if entry.scale == "log":
        return math.log(value / entry.low) / math.log(entry.high / entry.low)
    return (value - entry.low) / (entry.high - entry.low)


if __name__ == "__main__":
    main()
