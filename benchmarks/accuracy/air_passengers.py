"""A short monthly series: the last 36 months, forecast from three origins a year apart.

Monthly totals of airline passengers, 1949 to 1960 (Box and Jenkins 1976). The app's defaults decide
everything but the horizon and the test part. MASE is scaled by the seasonal naive forecast within
the months before the test part; by that measure, repeating the last year scores 1.175 on it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.accuracy.scoring import (
    COVERAGE_80,
    is_honest,
    measure_scale,
    report_mase,
    report_run,
)
from lstm_core.data.loading import load_table
from lstm_core.data.series.building.building import build_dataset
from lstm_core.pipeline import run_experiment
from lstm_core.spec import ExperimentSpec

MONTHS = 12
NUM_ORIGINS = 3
NUM_TEST = NUM_ORIGINS * MONTHS
MOST_MASE = 0.95
MOST_SECONDS = 60.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, metavar="FILE", help="months and one column")
    parser.add_argument("--preset", default=ExperimentSpec().training.preset)
    options = parser.parse_args(arguments)
    print(json.dumps(measure(Path(options.data), options.preset)), flush=True)


def measure(path: Path, preset: str) -> dict[str, Any]:
    """Train, and score all three origins."""
    spec = ExperimentSpec().with_values(
        {
            "data.source": "csv",
            "data.name": path.name,
            "task.horizon": MONTHS,
            "training.preset": preset,
        }
    )
    dataset = build_dataset(load_table(spec.data, path.read_bytes()), spec.data)
    spec = spec.update("task", {"test_fraction": NUM_TEST / dataset.num_rows})
    result = run_experiment(spec, dataset)
    values = dataset.frame.iloc[:, 0].to_numpy(np.float64)
    scale = measure_scale(values, NUM_TEST, MONTHS)
    report = {
        "benchmark": "air_passengers",
        "preset": preset,
        "origins": int(result.tables["predictions"]["cutoff"].nunique()),
        **report_mase(result, {str(dataset.frame.columns[0]): scale}),
        **report_run(result),
        "limits": {"mase": MOST_MASE, "seconds": MOST_SECONDS, "coverage_80": COVERAGE_80},
    }
    report["holds"] = (
        report["mase"] <= MOST_MASE
        and report["seconds"] < MOST_SECONDS
        and is_honest(report["coverage_80"])
    )
    return report


if __name__ == "__main__":
    main()
