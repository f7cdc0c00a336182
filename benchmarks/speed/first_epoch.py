"""From the click to the first point of the curve, beside a bare script's own time to there."""

from __future__ import annotations

import json
import statistics

from benchmarks.harness import make_case, run_app, run_bare, spread, temporary_home

NUM_PAIRS = 5
GRAIN_SECONDS = 0.05


def main() -> None:
    """Run both in turn on the sine sample; print the seconds and their ratio."""
    app: list[float] = []
    bare: list[float] = []
    warm: list[float] = []
    with temporary_home() as settings:
        settings.home.mkdir(parents=True, exist_ok=True)
        case = make_case(settings.home, num_rows=None, lookback=100, horizon=50, epochs=1)
        for _ in range(NUM_PAIRS):
            app.append(_first_epoch(run_app(settings, case, poll_seconds=GRAIN_SECONDS)))
            bare.append(_first_epoch(run_bare(case)))
            warm.append(
                _first_epoch(run_app(settings, case, poll_seconds=GRAIN_SECONDS, warm=True))
            )
    report = {
        "benchmark": "first_epoch",
        "app_seconds": spread(app),
        "bare_seconds": spread(bare),
        "app_with_spare_worker_seconds": spread(warm),
        "ratio": spread([ours / theirs for ours, theirs in zip(app, bare, strict=True)]),
        "ratio_of_medians": round(statistics.median(app) / statistics.median(bare), 3),
    }
    print(json.dumps(report), flush=True)


def _first_epoch(report: dict[str, object]) -> float:
    seconds = report["first_epoch"]
    assert isinstance(seconds, float)
    return seconds


if __name__ == "__main__":
    main()
