"""The pre-trained network on competitions that it has never seen, and on made-up random walks.

M3 (a half of it), M4's weekly series (a half) and its hourly ones; beside it exponential smoothing
and Theta on a fixed sample of each, fitted by statsmodels. Fails where a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.tasks.forecasting.baselines.smoothing import fit_ets, fit_theta
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.history import Histories
from lstm_core.tasks.forecasting.pretrained.weights import (
    Pretrained,
    get_latest_version,
    load_version,
    read_weights,
)

COVERAGE_80 = (0.76, 0.84)
MOST_WALK_RATIO = 1.01
NUM_WALKS, WALK_LENGTH, WALK_STEPS, WALK_SEED = 200, 120, 12, 20_231
MOST_SECONDS = {1: 0.05, 1_000: 5.0}
SAMPLE = 40


@dataclass(frozen=True)
class Kind:
    """Series that are scored together.

    Attributes:
        lag: of the seasonal changes that MASE divides by.
        limit: the largest MASE.
    """

    name: str
    series: list[tuple[np.ndarray, np.ndarray]]
    seasons: tuple[int, ...]
    lag: int
    limit: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line; exit status 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
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
    seconds = {number: time_answers(number, pretrained) for number in MOST_SECONDS}
    missed = [found["kind"] for found in kinds if not found["holds"]]
    missed += ["random walks"] if walks > MOST_WALK_RATIO else []
    missed += [f"time of {n}" for n, took in seconds.items() if took > MOST_SECONDS[n]]
    report = {
        "benchmark": "pretrained",
        "version": pretrained.version,
        "sha256": pretrained.sha256,
        "kinds": kinds,
        "walks": {"ratio_to_last_value": round(walks, 4), "limit": MOST_WALK_RATIO},
        "seconds": {str(number): round(took, 4) for number, took in seconds.items()},
        "missed": missed,
    }
    print(json.dumps(report))
    if missed:
        sys.exit(1)


def load_kinds(folder: Path) -> Iterator[Kind]:
    """The competitions' series, as histories and what came after."""
    m3 = pd.read_csv(folder / "m3_half.csv.gz")
    limits = {"yearly": 2.42, "quarterly": 1.06, "monthly": 0.86, "other": 1.80}
    for name, rows in m3.groupby("kind", sort=False):
        season = int(rows["period"].iloc[0])
        yield Kind(str(name), _cut(rows), (season,), season, limits[str(name)])
    weekly = pd.read_csv(folder / "m4_weekly_half.csv.gz")
    yield Kind("weekly", _cut(weekly), (52,), 1, 1.66)
    hourly = pd.read_csv(folder / "m4_hourly.csv.gz")
    yield Kind("hourly", _cut(hourly), (24, 168), 24, 1.03)


def _cut(rows: pd.DataFrame) -> list[tuple[np.ndarray, np.ndarray]]:
    return [
        (
            one.loc[one["part"] == "train", "value"].to_numpy(float),
            one.loc[one["part"] == "test", "value"].to_numpy(float),
        )
        for _, one in rows.groupby("series", sort=False)
    ]


def score_kind(kind: Kind, pretrained: Pretrained, sample: int) -> dict[str, Any]:
    """Score the network on all series and, with ETS and Theta, on every n-th."""
    pasts = [past for past, _ in kind.series]
    actual = np.stack([future for _, future in kind.series])
    said = forecast(Histories.of(pasts, kind.seasons), actual.shape[1], pretrained)
    scales = np.array([np.abs(past[kind.lag :] - past[: -kind.lag]).mean() for past in pasts])
    mase = np.abs(actual - said.median).mean(1) / scales
    low, high = said.get_range(80)
    held = float(((actual >= low) & (actual <= high)).mean())
    chosen = np.unique(np.linspace(0, len(pasts) - 1, sample).astype(int))

    def score_fitted(fit: Callable[[np.ndarray, int], Any]) -> float:
        season = kind.seasons[0]
        errors = []
        for row in chosen:
            last = np.array([len(pasts[row]) - 1])
            answer = fit(pasts[row], season).predict(pasts[row], last, actual.shape[1])[0]
            errors.append(np.abs(actual[row] - answer).mean() / scales[row])
        return round(float(np.mean(errors)), 4)

    beside = (
        {
            "sample": len(chosen),
            "network": round(float(mase[chosen].mean()), 4),
            "ets": score_fitted(fit_ets),
            "theta": score_fitted(fit_theta),
        }
        if len(chosen)
        else {}
    )
    smape = 200 * np.abs(actual - said.median) / (np.abs(actual) + np.abs(said.median))
    return {
        "kind": kind.name,
        "series": len(pasts),
        "mase": round(float(mase.mean()), 4),
        "limit": kind.limit,
        "median_mase": round(float(np.median(mase)), 4),
        "smape": round(float(smape.mean()), 3),
        "held_80": round(held, 4),
        "holds": bool(mase.mean() <= kind.limit and COVERAGE_80[0] <= held <= COVERAGE_80[1]),
        "beside": beside,
    }


def score_walks(pretrained: Pretrained) -> float:
    """The network's error on random walks as a share of the last value's, which nothing beats."""
    rng = np.random.default_rng(WALK_SEED)
    walks = 100 + np.cumsum(rng.normal(size=(NUM_WALKS, WALK_LENGTH + WALK_STEPS)), 1)
    past, future = walks[:, :WALK_LENGTH], walks[:, WALK_LENGTH:]
    said = forecast(Histories.of(list(past)), WALK_STEPS, pretrained)
    errors = np.abs(future - said.median).sum()
    return float(errors / np.abs(future - past[:, -1:]).sum())


def time_answers(number: int, pretrained: Pretrained) -> float:
    """Wall seconds of forecasts of ``number`` monthly series, once everything is loaded."""
    rng = np.random.default_rng(number)
    series = list(100 + np.cumsum(rng.normal(size=(number, 144)), 1))
    forecast(Histories.of(series[:1], (12,)), 24, pretrained)
    began = time.perf_counter()
    forecast(Histories.of(series, (12,)), 24, pretrained)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
