"""``python -m benchmarks [--data FOLDER]``: every measurement, one JSON line each.

Each runs in a process of its own, so that none finds the engine loaded or memory used by another.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SPEED = ("cell", "speed.epoch_cost", "speed.first_epoch", "speed.first_view", "speed.first_point")
LIMITS = (
    "speed.architectures",
    "accuracy.verdicts",
    "speed.memory",
    "searching.strategies",
    "accuracy.leaks",
)
SEARCHES = ("pages", "searching.slots", "searching.memory", "chaos")
HORIZONS = (96, 192, 336, 720)
PUBLIC_DATA = {
    "accuracy.air_passengers": "AirPassengers.csv",
    "accuracy.m4_hourly": "m4_hourly.csv.gz",
    "accuracy.ett": "ETTh1.csv",
    "pretrained": "m3_half.csv.gz",
    "pretrained.few_rows": "AirPassengers.csv",
    "pretrained.fine_tuning": "m4_weekly_half.csv.gz",
}
READS_FOLDER = ("pretrained", "pretrained.few_rows", "pretrained.fine_tuning")


def main() -> None:
    """Run what costs minutes, then, with ``--all`` or ``--data``, what takes longer."""
    parser = argparse.ArgumentParser(description="Measure; print one JSON line each.")
    parser.add_argument("--all", action="store_true", help="what takes some minutes more, too")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="accuracy on the files there")
    options = parser.parse_args()
    commands = [[name] for name in (*SPEED, *((*LIMITS, *SEARCHES) if options.all else ()))]
    if options.data is not None:
        commands += list_accuracy(options.data)
    failed = [command[0] for command in commands if not _run(command)]
    if failed:
        sys.exit(f"These did not come to their end: {', '.join(failed)}.")


def list_accuracy(folder: Path) -> Iterator[list[str]]:
    """Yield the command of each benchmark on public data whose file lies in the folder."""
    for name, file in PUBLIC_DATA.items():
        path = folder / file
        if not path.exists():
            print(f"{name} is left out: there is no {file} in the folder.", file=sys.stderr)
        elif name == "accuracy.ett":
            for horizon in HORIZONS:
                # The peer's time is wanted once; one horizon tells.
                peer = [] if horizon == HORIZONS[0] else ["--no-peer"]
                yield [name, "--data", str(path), "--horizon", str(horizon), *peer]
        elif name in READS_FOLDER:
            yield [name, "--data", str(folder)]
        else:
            yield [name, "--data", str(path)]


def _run(command: list[str]) -> bool:
    module, *arguments = command
    finished = subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments])
    return finished.returncode == 0


if __name__ == "__main__":
    main()
