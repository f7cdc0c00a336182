"""What fine-tuning the pre-trained network on one series gains, and what it costs.

Ten series each of the M3 competition's monthly ones and of M4's weekly and hourly ones, spread
evenly over those that are long enough. Each is a table of its own and two ordinary runs of the app,
one that fine-tunes and keeps that where it helps, and one that leaves the network as it came;
defaults decide everything else. Both are scored on the cutoffs of the test part that they share.
Fails where the geometric mean of their errors' ratio, or a run's processor time, is too large.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.accuracy.scoring import average_mase, measure_scale
from benchmarks.processor import count_seconds
from lstm_core.data.reading.table import SourceTable
from lstm_core.data.series.building.building import build_dataset
from lstm_core.pipeline import run_experiment
from lstm_core.spec import ExperimentSpec
from lstm_core.tasks.forecasting.judging.scoreboard import MODEL

MOST_RATIO = 0.97
MOST_SECONDS = 20.0
FEWEST_ROWS, MOST_ROWS = 100, 1_000
EACH = 10
_WHERE = ["series", "cutoff", "step"]


@dataclass(frozen=True)
class Source:
    """A file of many series.

    Attributes:
        kind: those of the file that are meant, where it has several.
        alias: of the spacing, as pandas has it.
        lag: of the changes that MASE divides by.
    """

    name: str
    file: str
    alias: str
    lag: int
    kind: str = ""


SOURCES = (
    Source("M3 monthly", "m3_half.csv.gz", "MS", 12, "monthly"),
    Source("M4 weekly", "m4_weekly_half.csv.gz", "W", 1),
    Source("M4 hourly", "m4_hourly.csv.gz", "h", 24),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line; exit status 1 when a limit is missed."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pretrained.fine_tuning",
        description=(__doc__ or "").splitlines()[0],
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--each", type=int, default=EACH, metavar="N", help="series of each kind")
    parser.add_argument("--what", choices=("all", "head"), default="all", help="goes on learning")
    parser.add_argument("--version", help="of the weights; the latest where none is given")
    options = parser.parse_args(arguments)
    rows = [
        compare(source, name, values, options.what, options.version)
        for source in SOURCES
        for name, values in choose_series(source, options.data, options.each)
    ]
    report = {"benchmark": "pretrained.fine_tuning", "what": options.what} | summarize(rows)
    print(json.dumps(report))
    if not report["holds"]:
        sys.exit(1)


def choose_series(source: Source, folder: Path, each: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield names and values ``(rows,)`` of series that are long enough, spread over all of them.

    Of longer series the latest ``MOST_ROWS`` rows are taken.
    """
    rows = pd.read_csv(folder / source.file)
    if source.kind:
        rows = rows[rows["kind"] == source.kind]
    found = {
        str(name): values.to_numpy(float)[-MOST_ROWS:]
        for name, values in rows.groupby("series", sort=False)["value"]
        if len(values) >= FEWEST_ROWS
    }
    names = list(found)
    for at in np.unique(np.linspace(0, len(names) - 1, each).round().astype(int)):
        yield names[at], found[names[at]]


def compare(
    source: Source, name: str, values: np.ndarray, what: str, version: str | None = None
) -> dict[str, Any]:
    """Run one series both ways; errors on the cutoffs that both have, and processor seconds."""
    tuned, seconds = run(source, name, values, what, version)
    untouched, untouched_seconds = run(source, name, values, "none", version)
    both = tuned.merge(untouched, on=_WHERE, suffixes=("", "_untouched"))
    if len(both) < len(tuned):
        raise RuntimeError(f"{name}: what was fine-tuned was not judged where the other was")
    num_known = int((list_times(source, len(values)) <= both["cutoff"].min()).sum())
    scale = measure_scale(values, len(values) - num_known, source.lag)
    scales = {str(label): scale for label in both["series"].unique()}
    mase = average_mase(both, MODEL, scales)
    before = average_mase(both, f"{MODEL}_untouched", scales)
    is_near = np.isclose(both[MODEL], both[f"{MODEL}_untouched"], rtol=1e-6)
    changed = pd.Series(~is_near, both.index)
    return {
        "kind": source.name,
        "series": name,
        "rows": len(values),
        "cutoffs": int(both["cutoff"].nunique()),
        "mase": round(mase, 4),
        "untouched_mase": round(before, 4),
        "ratio": round(mase / before, 4),
        "kept": round(float(changed.groupby(both["fold"]).any().mean()), 4),
        "seconds": round(seconds, 2),
        "untouched_seconds": round(untouched_seconds, 2),
    }


def run(
    source: Source, name: str, values: np.ndarray, what: str, version: str | None
) -> tuple[pd.DataFrame, float]:
    """Return the prediction table of an ordinary run, and its processor seconds."""
    frame = pd.DataFrame({"time": list_times(source, len(values)), "value": values})
    spec = ExperimentSpec().with_values(
        {
            "data.source": "csv",
            "data.name": f"{name}.csv",
            "model.architecture": "pretrained",
            "model.fine_tune": what,
            "model.pretrained_version": version,
        }
    )
    began = count_seconds()
    dataset = build_dataset(SourceTable(frame, spec.data.name), spec.data)
    result = run_experiment(spec, dataset)
    return result.tables["predictions"], count_seconds() - began


def list_times(source: Source, num_rows: int) -> pd.DatetimeIndex:
    """The competitions tell no dates, and the app wants to know how far apart rows are."""
    return pd.date_range("2001-01-01", periods=num_rows, freq=source.alias)


def summarize(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The geometric mean over all series and by kind, seconds, and whether both limits hold."""
    ratio = average_ratio(rows)
    most = max(row["seconds"] for row in rows)
    return {
        "series": len(rows),
        "ratio": ratio,
        "by_kind": {
            kind: average_ratio([row for row in rows if row["kind"] == kind])
            for kind in dict.fromkeys(row["kind"] for row in rows)
        },
        "kept": round(float(np.mean([row["kept"] for row in rows])), 4),
        "mean_seconds": round(float(np.mean([row["seconds"] for row in rows])), 2),
        "most_seconds": most,
        "limits": {"ratio": MOST_RATIO, "seconds": MOST_SECONDS},
        "holds": ratio <= MOST_RATIO and most <= MOST_SECONDS,
        "rows": list(rows),
    }


def average_ratio(rows: Sequence[dict[str, Any]]) -> float:
    """The geometric mean of what fine-tuning makes of the errors."""
    return round(float(np.exp(np.mean([np.log(row["ratio"]) for row in rows]))), 4)


if __name__ == "__main__":
    main()
