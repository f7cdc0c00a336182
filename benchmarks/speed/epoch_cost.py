"""What an epoch costs in a run, beside the same model, data and batch size in a bare script."""

from __future__ import annotations

import json
import statistics
from typing import Any

from benchmarks.harness import make_case, run_app, run_bare, spread, temporary_home

NUM_PAIRS = 9
EPOCHS = 8
PAGE_POLL_SECONDS = 0.5


def main() -> None:
    """Run both in turn; print the seconds of an epoch (the first left out) and their ratio.

    Which one goes first alternates. A noisy machine shows in a wide spread; the ratio of the
    quietest epochs is the least touched by it.
    """
    app: list[list[float]] = []
    bare: list[list[float]] = []
    with temporary_home() as settings:
        settings.home.mkdir(parents=True, exist_ok=True)
        case = make_case(settings.home, num_rows=6_000, lookback=48, horizon=24, epochs=EPOCHS)
        for number in range(NUM_PAIRS):
            for is_app in (True, False) if number % 2 else (False, True):
                if is_app:
                    app.append(_steady(run_app(settings, case, poll_seconds=PAGE_POLL_SECONDS)))
                else:
                    bare.append(_steady(run_bare(case)))
    ours, theirs = [[statistics.median(run) for run in runs] for runs in (app, bare)]
    report = {
        "benchmark": "epoch_cost",
        "app_seconds": spread(ours),
        "bare_seconds": spread(theirs),
        "ratio": spread([a / b for a, b in zip(ours, theirs, strict=True)]),
        "ratio_of_medians": round(statistics.median(ours) / statistics.median(theirs), 3),
        "ratio_of_quietest": round(min(map(min, app)) / min(map(min, bare)), 3),
    }
    print(json.dumps(report), flush=True)


def _steady(report: dict[str, Any]) -> list[float]:
    """All epochs but the first, which compiles."""
    return [float(seconds) for seconds in report["epochs"][1:]]


if __name__ == "__main__":
    main()
