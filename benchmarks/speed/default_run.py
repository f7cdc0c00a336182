"""What a default run costs beside another version's, on the same tables.

The folder that ``--against`` names holds a checkout with its own ``.venv``. Both versions train the
defaults by the command ``fit``, in turn; each has a home of its own, in which it has trained on a
table of another length before, as happens on a machine that is used. Told are processor seconds,
seconds and the largest memory, and how far off the forecasts are. Fails where a limit is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Made:
    """A series that is made: seasons, a little trend, and noise that goes on for a while."""

    num_rows: int
    spacing: str
    first: str
    seasons: tuple[int, ...]
    limits: dict[str, float]

    def write(self, path: Path, num_rows: int | None = None) -> None:
        count = num_rows or self.num_rows
        generator = np.random.default_rng(0)
        steps, noise = np.arange(count), generator.normal(size=count)
        values = 100.0 + 5.0 * steps / self.num_rows
        for season in self.seasons:
            values += 8.0 * np.sin(2 * np.pi * steps / season)
        values += pd.Series(noise).ewm(alpha=0.5).mean().to_numpy() * 4.0
        times = pd.date_range(self.first, periods=count, freq=self.spacing)
        pd.DataFrame({"time": times, "value": values.round(2)}).to_csv(path, index=False)


TABLES = {
    "daily": Made(1_000, "D", "2020-01-01", (7,), {"cpu": 0.5, "wall": 0.5, "megabytes": 0.65}),
    "hourly": Made(10_000, "h", "2020-01-01", (24, 168), {"cpu": 0.6, "wall": 0.6}),
    "million": Made(1_000_000, "h", "1900-01-01", (24, 168), {"cpu": 0.6, "wall": 0.6}),
}
_LEFT_OUT = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")

EARLIER_ROWS = 0.97
"""Of the table's rows, the one has that was trained on before."""


@dataclass(frozen=True)
class Cost:
    cpu: float
    wall: float
    megabytes: float
    mase: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line; exit status 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--against", required=True, type=Path, metavar="FOLDER")
    parser.add_argument("--table", action="append", choices=list(TABLES), help="may be repeated")
    parser.add_argument("--rounds", type=int, default=3, help="each with a seed of its own")
    options = parser.parse_args(arguments)
    told = {
        name: compare(TABLES[name], options.against.resolve(), options.rounds)
        for name in options.table or ("daily", "hourly")
    }
    missed = [f"{name}: {each}" for name, found in told.items() for each in found["missed"]]
    print(json.dumps({"benchmark": "default_run", **told, "missed": missed}), flush=True)
    if missed:
        sys.exit(1)


def compare(made: Made, against: Path, num_rounds: int) -> dict[str, Any]:
    """Return the medians of both, ours beside theirs, and which limits are missed."""
    versions = {"ours": Path(__file__).parents[2], "theirs": against}
    found: dict[str, list[Cost]] = {name: [] for name in versions}
    with tempfile.TemporaryDirectory(prefix="lstm-studio-bench-") as folder:
        table, earlier = Path(folder) / "table.csv", Path(folder) / "earlier.csv"
        made.write(table)
        made.write(earlier, round(made.num_rows * EARLIER_ROWS))
        for name, root in versions.items():
            train(root, Path(folder) / name, earlier)
        for number in range(num_rounds):
            for name, root in versions.items():
                found[name].append(train(root, Path(folder) / name, table, seed=42 + number))
    medians = {
        name: {
            key: round(statistics.median(getattr(each, key) for each in costs), 4)
            for key in asdict(costs[0])
        }
        for name, costs in found.items()
    }
    ratios = {key: medians["ours"][key] / medians["theirs"][key] for key in medians["ours"]}
    return {
        **medians,
        "each_mase": {name: [each.mase for each in costs] for name, costs in found.items()},
        "ratios": {key: round(ratio, 3) for key, ratio in ratios.items()},
        "limits": made.limits,
        "missed": [key for key, limit in made.limits.items() if ratios[key] > limit],
    }


def train(root: Path, home: Path, table: Path, seed: int = 42) -> Cost:
    """Train a version's defaults on a table, in a process of its own."""
    # Once imported, modules lie compiled, as where the app is installed.
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    started = time.monotonic()
    process = subprocess.Popen(
        [
            *(root / ".venv" / "bin" / "python", "-m", "lstm_core", "fit", table, "--json"),
            *("--time", "time", "--target", "value", "--set", f"training.seed={seed}"),
        ],
        cwd=root,
        env=kept | {"LSTM_STUDIO_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    with process.stdout as said:
        report = json.loads(said.read())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(
        usage.ru_utime + usage.ru_stime,
        time.monotonic() - started,
        usage.ru_maxrss / 1_000,
        round(report["metrics"]["mase"], 4),
    )


if __name__ == "__main__":
    main()
