"""``python -m benchmarks.reading --cases FOLDER [--only TEXT]``.

The folder holds ``files`` with ``expected.json``, ``minimal`` and ``reports``. One line for each
file that is not read rightly, then one JSON line for each group: how many are right, asked with
the right choice among the answers, set aside by name, refused rightly, refused without need and
misread, and how long the slowest took.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks.reading.expected import Expected, load_expected
from benchmarks.reading.minimal import list_minimal
from benchmarks.reading.scoring import score_file

GOOD = ("right", "asks", "set aside", "refused rightly")


def main() -> None:
    parser = argparse.ArgumentParser(description="How many files are read rightly.")
    parser.add_argument("--cases", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--only", default="", metavar="TEXT", help="files with this in their name")
    options = parser.parse_args()
    reports = sorted((options.cases / "reports").iterdir())
    groups = {
        "files": load_expected(options.cases),
        "minimal": list_minimal(options.cases),
        "reports": [Expected(path, "answer") for path in reports],
    }
    for name, cases in groups.items():
        chosen = [each for each in cases if options.only in each.path.name]
        if chosen:
            print(json.dumps({"group": name} | _score_group(chosen)), flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_mib": peak // 1024}))


def _score_group(cases: Sequence[Expected]) -> dict[str, object]:
    counts: Counter[str] = Counter()
    slowest = 0.0
    for case in cases:
        begun = time.perf_counter()
        outcome, faults = score_file(case)
        slowest = max(slowest, time.perf_counter() - begun)
        counts[outcome] += 1
        if outcome not in GOOD:
            print(f"  {case.path.name}: {outcome}: {'; '.join(faults)}", flush=True)
    num_good = sum(counts[outcome] for outcome in GOOD)
    return {"num": len(cases), "good": num_good} | dict(counts) | {"slowest": round(slowest, 2)}


if __name__ == "__main__":
    main()
