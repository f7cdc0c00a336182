"""Text foreseen and written: the app's default beside its baselines, and units a second.

The last tenth of a public text is kept apart. A default run is carried out for each of three seeds
as the app does it; told are the figures of each and their median. Each part is one JSON line. Fails
where a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.language.foreseeing import FIGURES, SEEDS, TEXT, report_on
from benchmarks.language.sampling import LEAST, report_sampling

SAMPLING = "sampling"


def main() -> None:
    """Print a JSON line for each part; exit status 1 where a figure is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, metavar="FOLDER")
    parts = [*FIGURES, SAMPLING]
    parser.add_argument("--only", choices=parts, action="append", help="one of them; repeatable")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    parser.add_argument("--seeds", type=int, default=len(SEEDS), help="how many of them: 3")
    arguments = parser.parse_args()
    missed = []
    for part in arguments.only or parts:
        if part == SAMPLING:
            report = report_sampling()
            is_missed = report["times"] < LEAST
        elif not (arguments.data / TEXT).exists():
            print(f"{part} are left out: there is no {TEXT} in the folder.", file=sys.stderr)
            continue
        else:
            seeds = SEEDS[: arguments.seeds]
            report = report_on(part, arguments.data, arguments.set, seeds)
            is_missed = report["median"] > FIGURES[part].most
        print(json.dumps(report), flush=True)
        if is_missed:
            missed.append(part)
    if missed:
        sys.exit(f"Missed: {', '.join(missed)}.")


if __name__ == "__main__":
    main()
