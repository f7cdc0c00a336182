"""What an epoch costs in a run, beside the same model, data and batch size in a bare script."""

from __future__ import annotations

import json
import statistics
from typing import Any

from benchmarks.harness import make_case, run_app, run_bare, spread, temporary_home

NUM_PAIRS = 5
EPOCHS = 8


def main() -> None:
    """Run both in turn; print the seconds of an epoch (the first left out) and their ratio."""
    app: list[float] = []
    bare: list[float] = []
    ratios: list[float] = []
    with temporary_home() as settings:
        settings.home.mkdir(parents=True, exist_ok=True)
        case = make_case(settings.home, num_rows=6_000, lookback=48, horizon=24, epochs=EPOCHS)
        for _ in range(NUM_PAIRS):
            ours, theirs = _steady(run_app(settings, case)), _steady(run_bare(case))
            app.append(ours)
            bare.append(theirs)
            ratios.append(ours / theirs)
    report = {
        "benchmark": "epoch_cost",
        "app_seconds": spread(app),
        "bare_seconds": spread(bare),
        "ratio": spread(ratios),
        "ratio_of_medians": round(statistics.median(app) / statistics.median(bare), 3),
    }
    print(json.dumps(report), flush=True)


def _steady(report: dict[str, Any]) -> float:
    """The median epoch after the first, which compiles."""
    return float(statistics.median(report["epochs"][1:]))


if __name__ == "__main__":
    main()
