"""The pre-trained network on competitions that it has never seen, and on made-up random walks.

M3 (a half of it), M4's weekly series (a half) and its hourly ones; beside it exponential smoothing
and Theta on a fixed sample of each, fitted by statsmodels. Fails where a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.pretrained.kinds import Kind, load_kinds
from lstm_core.tasks.forecasting.baselines.smoothing import SmoothingModel, fit_ets, fit_theta
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.weights import (
    get_latest_version,
    load_version,
    read_weights,
)
from lstm_core.threads import stay_on_one_thread


@dataclass(frozen=True)
class Timed:
    """Series that answers are timed on: how long they are, and how far ahead they are asked."""

    name: str
    length: int
    seasons: tuple[int, ...]
    steps: int


COVERAGE_80 = (0.76, 0.84)
MOST_WALK_RATIO = 1.01
NUM_WALKS, WALK_LENGTH, WALK_STEPS, WALK_SEED = 200, 120, 12, 20_231
MOST_SECONDS = {1: 0.05, 1_000: 5.0}
TIMES = 3
TIMED = (
    Timed("monthly", 144, (12,), 24),
    Timed("hourly", 900, (24, 168), 48),
    Timed("quarter-hourly", 2_100, (96, 672), 96),
)
SAMPLE = 40

Fit = Callable[[np.ndarray, int], SmoothingModel]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line; exit status 1 when a limit is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pretrained", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="others than those shipped")
    parser.add_argument(
        "--sample", type=int, default=SAMPLE, metavar="N", help="of each kind, for ETS and Theta"
    )
    options = parser.parse_args(arguments)
    pretrained = (
        read_weights(options.weights) if options.weights else load_version(get_latest_version())
    )
    kinds = [score_kind(kind, pretrained, options.sample) for kind in load_kinds(options.data)]
    walks = score_walks(pretrained)
    seconds = {
        timed.name: {number: time_answers(timed, number, pretrained) for number in MOST_SECONDS}
        for timed in TIMED
    }
    missed = [found["kind"] for found in kinds if not found["holds"]]
    missed += ["random walks"] if walks > MOST_WALK_RATIO else []
    missed += [
        f"time of {number} {name}"
        for name, took in seconds.items()
        for number, most in MOST_SECONDS.items()
        if took[number] > most
    ]
    report = {
        "benchmark": "pretrained",
        "version": pretrained.version,
        "sha256": pretrained.sha256,
        "kinds": kinds,
        "walks": {"ratio_to_last_value": round(walks, 4), "limit": MOST_WALK_RATIO},
        "seconds": {
            name: {str(number): round(one, 4) for number, one in took.items()}
            for name, took in seconds.items()
        },
        "missed": missed,
    }
    print(json.dumps(report))
    if missed:
        sys.exit(1)


def score_kind(kind: Kind, pretrained: Pretrained, sample: int) -> dict[str, Any]:
    """Score the network on all series and, with ETS and Theta, on a sample spread over them."""
    said = forecast(kind.histories, kind.num_steps, pretrained)
    mase = kind.measure_mase(said.median)
    held = kind.measure_held(*said.get_range(80))
    found: dict[str, Any] = {
        "kind": kind.name,
        "series": len(kind.pasts),
        "mase": round(float(mase.mean()), 4),
        "limit": kind.limit,
        "median_mase": round(float(np.median(mase)), 4),
        "smape": round(kind.measure_smape(said.median), 3),
        "held_80": round(held, 4),
        "holds": bool(mase.mean() <= kind.limit and COVERAGE_80[0] <= held <= COVERAGE_80[1]),
    }
    if sample:
        chosen = np.unique(np.linspace(0, len(kind.pasts) - 1, sample).astype(int))
        found["sample"] = {"series": len(chosen), "network": round(float(mase[chosen].mean()), 4)}
        for name, fit in (("ets", fit_ets), ("theta", fit_theta)):
            medians = np.full_like(kind.futures, np.nan)
            medians[chosen] = [predict_with(fit, kind, row) for row in chosen]
            found["sample"][name] = round(float(kind.measure_mase(medians)[chosen].mean()), 4)
    return found


def predict_with(fit: Fit, kind: Kind, row: int) -> np.ndarray:
    """Fit one series with its short season and predict what came, ``(steps,)``."""
    past = kind.pasts[row]
    fitted = fit(past, max(kind.seasons[:1], default=1))
    return fitted.predict(past, np.array([len(past) - 1]), kind.num_steps)[0]


def score_walks(pretrained: Pretrained) -> float:
    """The network's error on random walks as a share of the last value's, which nothing beats."""
    rng = np.random.default_rng(WALK_SEED)
    walks = 100 + np.cumsum(rng.normal(size=(NUM_WALKS, WALK_LENGTH + WALK_STEPS)), 1)
    past, future = walks[:, :WALK_LENGTH], walks[:, WALK_LENGTH:]
    said = forecast(Histories.of(list(past)), WALK_STEPS, pretrained)
    return float(np.abs(future - said.median).sum() / np.abs(future - past[:, -1:]).sum())


def time_answers(timed: Timed, number: int, pretrained: Pretrained) -> float:
    """Processor seconds of forecasts of ``number`` series, the least of some tries."""
    rng = np.random.default_rng(number)
    walks = 100 + np.cumsum(rng.normal(size=(number, timed.length)), 1)
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        with stay_on_one_thread():
            forecast(Histories.of(list(walks), timed.seasons), timed.steps, pretrained)
        took.append(time.process_time() - began)
    return min(took)


if __name__ == "__main__":
    main()
