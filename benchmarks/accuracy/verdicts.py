"""Whether the verdict is right where the answer is known: random walks, and clean seasons.

Nothing beats the last value of a random walk, so a claim that the network does is false. On a
season under noise the network must be seen to beat it. The app's defaults decide everything.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
import pandas as pd

from benchmarks.accuracy.scoring import COVERAGE_80, is_honest
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.spec import ExperimentSpec

NUM_ROWS = 1_000
NUM_SEEDS = 20
MOST_FALSE_CLAIMS = 1
WALK_LEVEL = 100.0
SEASON = 24
NOISE = 0.25
RUNS_PER_PROCESS = 10

Kind = Literal["walk", "season"]


@dataclass(frozen=True)
class Judged:
    """What one run said.

    Attributes:
        claims_win: against the best baseline.
        beats_last_value: against the last value.
        coverage_80: share of the test part in the 80% range.
    """

    seed: int
    claims_win: bool
    beats_last_value: bool
    coverage_80: float
    seconds: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--preset", default=ExperimentSpec().training.preset)
    parser.add_argument("--count", type=int, default=NUM_SEEDS, metavar="N", help="of each kind")
    parser.add_argument("--processes", type=int, default=1, metavar="N", help="at once")
    options = parser.parse_args(arguments)
    started = time.monotonic()
    judge_one = partial(judge, options.preset)
    # Fresh processes now and then: engines keep a little of every network that they compiled.
    with ProcessPoolExecutor(
        options.processes,
        multiprocessing.get_context("spawn"),
        max_tasks_per_child=RUNS_PER_PROCESS,
    ) as pool:
        walks = list(pool.map(judge_one, ["walk"] * options.count, range(options.count)))
        seasons = list(pool.map(judge_one, ["season"] * options.count, range(options.count)))
    false_claims = [run.seed for run in walks if run.claims_win]
    missed_wins = [run.seed for run in seasons if not run.beats_last_value]
    report: dict[str, Any] = {
        "benchmark": "verdicts",
        "preset": options.preset,
        "count": options.count,
        "walks": {"claims": len(false_claims), "seeds_claimed": false_claims} | describe(walks),
        "seasons": {"wins": options.count - len(missed_wins), "seeds_missed": missed_wins}
        | describe(seasons),
        "seconds": round(time.monotonic() - started, 1),
        "limits": {"claims": MOST_FALSE_CLAIMS, "wins": options.count, "coverage_80": COVERAGE_80},
    }
    report["holds"] = (
        len(false_claims) <= MOST_FALSE_CLAIMS
        and not missed_wins
        and all(is_honest(report[kind]["coverage_80"]) for kind in ("walks", "seasons"))
    )
    print(json.dumps(report), flush=True)


def make_values(kind: Kind, seed: int) -> np.ndarray:
    """Return a random walk, or a sine under noise, ``(NUM_ROWS,)``."""
    noise = np.random.default_rng(seed).normal(size=NUM_ROWS)
    if kind == "walk":
        return WALK_LEVEL + np.cumsum(noise)
    return np.sin(2 * np.pi * np.arange(NUM_ROWS) / SEASON) + NOISE * noise


def judge(preset: str, kind: Kind, seed: int) -> Judged:
    """Run the app's default experiment on one series."""
    from lstm_core.pipeline import run_experiment

    spec = ExperimentSpec().with_values({"training.preset": preset})
    frame = pd.DataFrame({"step": np.arange(NUM_ROWS), "value": make_values(kind, seed)})
    result = run_experiment(spec, build_dataset(SourceTable(frame, kind), spec.data))
    return Judged(
        seed,
        result.verdict["beats_baseline"],
        result.verdict["comparisons"]["last_value"]["is_win"],
        result.metrics["coverage_80"] or 0.0,
        result.seconds,
    )


def describe(runs: Sequence[Judged]) -> dict[str, Any]:
    """Return the mean coverage and its extremes, and the mean seconds of a run."""
    coverage = [run.coverage_80 for run in runs]
    return {
        "coverage_80": round(float(np.mean(coverage)), 4),
        "coverage_80_from_to": [round(min(coverage), 4), round(max(coverage), 4)],
        "seconds_per_run": round(float(np.mean([run.seconds for run in runs])), 1),
    }


if __name__ == "__main__":
    main()
