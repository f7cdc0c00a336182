"""Many series, one network: the hourly series of the M4 competition, 48 steps ahead.

Long form: ``series, hour, value``, the last 48 rows of each series being the competition's test
part. The app's defaults decide everything but the horizon and the test part. MASE as in
Makridakis et al., "The M4 Competition", International Journal of Forecasting 36 (2020), with a
season of 24; by that measure, repeating the last day scores 1.193.
"""

from __future__ import annotations

import argparse
import json
import resource
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.accuracy.scoring import (
    COVERAGE_80,
    is_honest,
    measure_scale,
    repeat_season,
    report_mase,
    report_run,
)
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.pipeline import run_experiment
from lstm_core.spec import ExperimentSpec

HORIZON = 48
SEASON = 24
MOST_MASE = 1.0
MOST_SECONDS = 600.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, metavar="FILE", help="CSV, may be compressed")
    parser.add_argument("--preset", default=ExperimentSpec().training.preset)
    parser.add_argument("--num-series", type=int, metavar="N", help="only the first N series")
    options = parser.parse_args(arguments)
    frame = pd.read_csv(options.data)[["series", "hour", "value"]]
    if options.num_series is not None:
        first = frame["series"].drop_duplicates()[: options.num_series]
        frame = frame[frame["series"].isin(first)].reset_index(drop=True)
    print(json.dumps(measure(frame, Path(options.data).name, options.preset)), flush=True)


def measure(frame: pd.DataFrame, name: str, preset: str) -> dict[str, Any]:
    """Train one network on all series, and score the last ``HORIZON`` rows of each."""
    series = {
        str(label): rows.to_numpy(np.float64)
        for label, rows in frame.groupby("series", sort=False)["value"]
    }
    scales = {label: measure_scale(values, HORIZON, SEASON) for label, values in series.items()}
    longest = max(map(len, series.values()))
    spec = ExperimentSpec().with_values(
        {
            "data.source": "csv",
            "data.name": name,
            "data.time": "hour",
            "data.targets": ["value"],
            "data.series": "series",
            "task.horizon": HORIZON,
            # Exactly one horizon of the longest; the test part of the others is never shorter.
            "task.test_fraction": HORIZON / longest,
            "training.preset": preset,
        }
    )
    result = run_experiment(spec, build_dataset(SourceTable(frame, name), spec.data))
    report = {
        "benchmark": "m4_hourly",
        "preset": preset,
        "num_series": int(result.tables["predictions"]["series"].nunique()),
        "num_origins": len(result.tables["predictions"][["series", "cutoff"]].drop_duplicates()),
        **report_mase(result, scales),
        "last_day_repeated": round(_score_last_day(series, scales), 4),
        **report_run(result),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000),
        "limits": {"mase": MOST_MASE, "seconds": MOST_SECONDS, "coverage_80": COVERAGE_80},
    }
    report["holds"] = (
        report["num_series"] == len(series)
        and report["mase"] <= MOST_MASE
        and report["seconds"] < MOST_SECONDS
        and is_honest(report["coverage_80"])
    )
    return report


def _score_last_day(series: dict[str, np.ndarray], scales: dict[str, float]) -> float:
    """Score the seasonal naive forecast without the app: the yardstick of the yardstick."""
    errors = [
        np.abs(values[-HORIZON:] - repeat_season(values[:-HORIZON], HORIZON, SEASON)).mean()
        / scales[label]
        for label, values in series.items()
    ]
    return float(np.mean(errors))


if __name__ == "__main__":
    main()
