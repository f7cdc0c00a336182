"""The default on series of all kinds, beside the rule that validation would have chosen.

Each series is cut at a few rows, and each table is a default run of its own: the command ``fit`` on
a file, in a process and a home of its own. What is measured goes into a file, a line a run; stopped
at any time, the same command goes on. Fails where a limit is missed or a run came to no result.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.collection.catalogue import list_series
from benchmarks.collection.jobs import Job, list_jobs
from benchmarks.collection.reporting import make_report, print_list, print_table, say_run
from benchmarks.collection.results import Line, Results
from benchmarks.collection.running import RunFailedError, run_default
from benchmarks.collection.scoring import score
from benchmarks.collection.series import Series

RESULTS = Path(".lstm-studio/collection.jsonl")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one JSON line, and a table on stderr; exit status 1 when a limit is missed."""
    options = _read(arguments)
    if options.packages is not None:
        sys.path.append(str(options.packages))
    collection = choose_series(list_series(options.data), options.only, options.kinds)
    if options.list:
        print_list(collection)
        return
    jobs = list(list_jobs(collection, options.seeds, options.set))
    results = Results(options.results)
    keys = [job.key for job in jobs]
    for number, (job, key) in enumerate(zip(jobs, keys, strict=True), 1):
        if options.report or results.has(key):
            continue
        line = measure(job)
        results.add(line)
        print(f"{number} of {len(jobs)}: {say_run(line)}", file=sys.stderr, flush=True)
    report = make_report(results.pick(keys), len(jobs))
    print_table(report["rows"])
    print(json.dumps(report))
    if report["missed"] or report["failed"]:
        sys.exit(1)


def _read(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.collection", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="public data, for more series")
    parser.add_argument(
        "--packages", type=Path, metavar="FOLDER", help="where pip put requirements.txt's packages"
    )
    parser.add_argument("--results", type=Path, metavar="FILE", default=RESULTS, help="goes on")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument("--kinds", choices=("few", "many"), help="few: at most 200 rows")
    parser.add_argument("--seeds", type=int, default=1, metavar="N", help="their median counts")
    parser.add_argument("--set", action="append", default=[], metavar="section.key=value")
    parser.add_argument("--list", action="store_true", help="name the series; run nothing")
    parser.add_argument("--report", action="store_true", help="of what is measured; run nothing")
    return parser.parse_args(arguments)


def choose_series(
    collection: Sequence[Series], only: Sequence[str], group: str | None
) -> list[Series]:
    """Choose by name or by group; exit status 2 where there is no such name."""
    unknown = set(only) - {series.name for series in collection}
    if unknown:
        print(f"There is no series {', '.join(sorted(unknown))}; see --list.", file=sys.stderr)
        sys.exit(2)
    return [
        series
        for series in collection
        if (not only or series.name in only) and group in (None, series.group)
    ]


def measure(job: Job) -> Line:
    """Make one run; where it came to no result, the line says so."""
    try:
        run = run_default(job.series, job.num_rows, job.seed, job.settings)
        return job.about | score(run)
    except RunFailedError as error:
        return job.about | {"error": str(error)}


if __name__ == "__main__":
    main()
