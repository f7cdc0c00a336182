"""The pre-trained network on tables of few rows, beside exponential smoothing, Theta and rules.

Each table is cut at several places of its last third. Exponential smoothing and Theta are fitted
anew at each of them, on all rows up to it, which is more than the app gives them. Seasons are those
that the app sees in the rows so far. Fails where the network does not beat exponential smoothing by
enough, as the geometric mean over tables.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.pretrained.tables import Table, list_tables
from lstm_core.data.series.season import detect_season
from lstm_core.tasks.forecasting.baselines.simple import BASELINES, predict_baselines
from lstm_core.tasks.forecasting.baselines.smoothing import fit_ets, fit_theta
from lstm_core.tasks.forecasting.horizons import find_usual_horizon
from lstm_core.tasks.forecasting.judging.metrics import measure_scale
from lstm_core.tasks.forecasting.pretrained.answering import forecast
from lstm_core.tasks.forecasting.pretrained.packing import Pretrained
from lstm_core.tasks.forecasting.pretrained.preview.lines import find_common_seasons, lay_out
from lstm_core.tasks.forecasting.pretrained.weights import (
    get_latest_version,
    load_version,
    read_weights,
)

MOST_RATIO_TO_ETS = 0.95
MOST_CUTOFFS = 8
_ROWS_A_STEP = 4
"""As on the card: nothing is judged farther ahead than over a quarter of the rows."""
FITS = {"ets": fit_ets, "theta": fit_theta}


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line; exit status 1 when the limit is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pretrained.few_rows",
        description=(__doc__ or "").splitlines()[0],
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="public data, for more tables")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="others than those shipped")
    options = parser.parse_args(arguments)
    pretrained = (
        read_weights(options.weights) if options.weights else load_version(get_latest_version())
    )
    report = summarize([score(table, pretrained) for table in list_tables(options.data)])
    named = {"version": pretrained.version, "sha256": pretrained.sha256}
    print(json.dumps({"benchmark": "pretrained.few_rows"} | named | report))
    if report["to_ets"] > MOST_RATIO_TO_ETS:
        sys.exit(1)


def choose_cutoffs(num_rows: int, steps: int) -> np.ndarray:
    """Rows of the last known value ``(n,)``, spread over the last third as far as it is judged."""
    first = num_rows - num_rows // 3 - 1
    latest = num_rows - 1 - steps
    return np.unique(np.linspace(first, latest, MOST_CUTOFFS).round().astype(int))


def score(table: Table, pretrained: Pretrained) -> dict[str, Any]:
    """MASE of each way over all cutoffs, by name, and the share that the range of 80% held."""
    values, frequency = table.values, table.frequency
    usual, _ = find_usual_horizon(frequency, 1)
    steps = min(usual, len(values) // _ROWS_A_STEP)
    cutoffs = choose_cutoffs(len(values), steps)
    season, _ = detect_season([values[: cutoffs[0] + 1]], frequency)
    actual = values[cutoffs[:, None] + np.arange(1, steps + 1)]  # (cutoffs, steps)
    said: dict[str, list[np.ndarray]] = {name: [] for name in ("network", *FITS, *BASELINES)}
    held = []
    for cutoff, came in zip(cutoffs, actual, strict=True):
        known = values[: cutoff + 1]
        seasons = find_common_seasons([known], frequency)
        own = forecast(lay_out([known], seasons), steps, pretrained)
        low, high = own.get_range(80)
        held.append((came >= low[0]) & (came <= high[0]))
        said["network"].append(own.median[0])
        seen, _ = detect_season([known], frequency)
        last = np.array([cutoff])
        for name, fit in FITS.items():
            said[name].append(fit(known, seen).predict(known, last, steps)[0])
        for name, answers in predict_baselines(known, last, steps, seen).items():
            said[name].append(answers[0])
    before = values[: cutoffs[0] + 1]
    scale = measure_scale(before, np.ones(len(before), bool), season)
    mase = {
        name: float(np.abs(np.stack(one) - actual).mean() / scale) for name, one in said.items()
    }
    best = min(BASELINES, key=lambda name: mase[name])
    return {
        "table": table.name,
        "spacing": frequency.label.lower(),
        "rows": len(values),
        "season": season,
        "steps": steps,
        "cutoffs": len(cutoffs),
        **{name: round(mase[name], 4) for name in ("network", *FITS)},
        "best_rule": best,
        "best_rule_mase": round(mase[best], 4),
        "held_80": round(float(np.mean(held)), 4),
    }


def summarize(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Geometric means of the network's error as a share of others', and each table's row."""
    return {
        "tables": len(rows),
        "to_ets": compare(rows, "ets"),
        "limit": MOST_RATIO_TO_ETS,
        "to_theta": compare(rows, "theta"),
        "to_best_rule": compare(rows, "best_rule_mase"),
        "better_than_ets": sum(row["network"] < row["ets"] for row in rows),
        "held_80": round(float(np.mean([row["held_80"] for row in rows])), 4),
        "to_ets_by_spacing": {
            spacing: compare([row for row in rows if row["spacing"] == spacing], "ets")
            for spacing in dict.fromkeys(row["spacing"] for row in rows)
        },
        "rows": list(rows),
    }


def compare(rows: Sequence[dict[str, Any]], other: str) -> float:
    """The geometric mean over tables of the network's error as a share of another's."""
    return round(float(np.exp(np.mean([np.log(row["network"] / row[other]) for row in rows]))), 4)


if __name__ == "__main__":
    main()
