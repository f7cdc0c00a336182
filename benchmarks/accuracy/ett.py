"""Long-horizon accuracy on a file of the ETT family, by its standard split.

12, 4 and 4 months of 30 days for training, validation and test; every test window of every
column is scored on the scale that standardises the training part. Source of the protocol: Zhou et
al., "Informer", AAAI 2021. The app's defaults decide everything but the horizon; the fast preset is
timed beside the peer of ``benchmarks/accuracy/peer_lstm.py``, where that is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.data.series.dataset import Dataset
from lstm_core.pipeline import ExperimentResult, run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.framing.scaling import Scaler

MONTHS = (12, 4, 4)
DAYS_PER_MONTH = 30


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", required=True, metavar="FILE", help="date, then columns")
    parser.add_argument("--horizon", type=int, default=96)
    parser.add_argument("--preset", help="measure only this preset, and no peer")
    parser.add_argument("--no-peer", action="store_true", help="don't time the peer")
    parser.add_argument("--peer-python", default=sys.executable, help="where the peer is installed")
    arguments = parser.parse_args()
    frame, train_rows = load_split(Path(arguments.data))
    report: dict[str, Any] = {"benchmark": "ett", "horizon": arguments.horizon}
    if arguments.preset:
        print(json.dumps(report | measure(frame, train_rows, arguments.horizon, arguments.preset)))
        return
    report |= measure(frame, train_rows, arguments.horizon, ExperimentSpec().training.preset)
    report["fast"] = measure(frame, train_rows, arguments.horizon, "fast")
    report["peer"] = None
    if not arguments.no_peer:
        report["peer"] = measure_peer(arguments.peer_python, arguments.data, arguments.horizon)
    if report["peer"]:
        report["fast_to_peer"] = round(report["fast"]["seconds"] / report["peer"]["seconds"], 4)
    print(json.dumps(report), flush=True)


def load_split(path: Path) -> tuple[pd.DataFrame, int]:
    """Return the 20 months of the protocol, and how many rows the first 12 have."""
    frame = pd.read_csv(path.open("rb"), parse_dates=[0])
    step = pd.Timedelta(frame.iloc[:, 0].diff().median())
    rows_per_month = round(pd.Timedelta(days=DAYS_PER_MONTH) / step)
    return frame.iloc[: sum(MONTHS) * rows_per_month], MONTHS[0] * rows_per_month


def measure(
    frame: pd.DataFrame, num_train: int, horizon: int, preset: str
) -> dict[str, float | str | int]:
    """Train by default settings; seconds cover training, calibration and every test window."""
    time, *columns = [str(name) for name in frame.columns]
    spec = ExperimentSpec().with_values(
        {
            "data.time": time,
            "data.targets": columns,
            "task.horizon": horizon,
            "task.validation_fraction": MONTHS[1] / sum(MONTHS),
            "task.test_fraction": MONTHS[2] / sum(MONTHS),
            "training.preset": preset,
        }
    )
    dataset = build_dataset(SourceTable(frame, "ett"), spec.data)
    result = run_experiment(spec, dataset)
    errors = _standardised_errors(result, dataset, num_train)
    return {
        "preset": preset,
        "mse": round(float((errors**2).mean()), 4),
        "mae": round(float(np.abs(errors).mean()), 4),
        "windows": len(errors),
        "seconds": round(result.seconds, 1),
        "coverage_80": round(result.metrics["coverage_80"] or 0.0, 4),
        "lookback": result.spec.task.lookback or 0,
        "normalisation": str(result.spec.task.window_normalisation),
        "verdict": result.verdict["sentence"],
    }


def _standardised_errors(result: ExperimentResult, dataset: Dataset, num_train: int) -> np.ndarray:
    """Return the error of every test window, ``(windows, horizon, columns)``."""
    cutoffs = result.feed.places["test"]
    predicted = result.predict(cutoffs)[..., 0]  # (windows, horizon, columns), scaled
    scaler = Scaler.from_json(result.model["task"]["transforms"][0])
    values = dataset.frame.to_numpy()
    spread = values[:num_train].std(axis=0)
    rows = cutoffs[:, None] + np.arange(1, predicted.shape[1] + 1)
    columns = [
        (scaler.restore_target(predicted[..., number], number) - values[rows, number])
        / spread[number]
        for number in range(values.shape[1])
    ]
    return np.stack(columns, axis=-1)


def measure_peer(python: str, data: str, horizon: int) -> dict[str, Any] | None:
    """Run the peer in a process of its own; None where it is not installed."""
    script = Path(__file__).with_name("peer_lstm.py")
    if python == sys.executable and importlib.util.find_spec("neuralforecast") is None:
        print("The peer is not installed: see benchmarks/requirements.txt.", file=sys.stderr)
        return None
    command = [python, str(script), data, str(horizon)]
    finished = subprocess.run(command, capture_output=True, text=True, check=True)
    report: dict[str, Any] = json.loads(finished.stdout.splitlines()[-1])
    return report


if __name__ == "__main__":
    main()
