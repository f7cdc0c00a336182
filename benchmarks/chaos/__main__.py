"""``python -m benchmarks.chaos --search``: do harm, count what was lost, print a JSON line.

Each suite is a module of this package with a ``run`` from an ``Effort`` to an ``Outcome``. Without
a flag all of them run, one after another.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from collections.abc import Mapping

from benchmarks.chaos.suite import Effort, Outcome

SUITES: Mapping[str, str] = {
    "naughty": "names that bite, through pages, commands, charts and exports; --count strings",
    "surface": "knock at every door of the web server as a stranger",
    "viewers": "many people come and go, few files may be open; --count visits",
    "search": "kill trials, the search and the web server; --count trials",
    "record": "kill processes that write into the record; --count kills",
    "runs": "kill dispatchers and workers of a queue; --count runs",
    "disk": "fill the disk; --count rounds; needs the right to mount a file system",
    "damage": "spoil files and rows of the record; --count files",
}
"""By the name of flag and module, what it does, for the help text."""


def main() -> None:
    """Run the suites that were asked for, and fail if anything is wrong."""
    parser = argparse.ArgumentParser(description="Do harm, and see that nothing is lost.")
    for name, words in SUITES.items():
        parser.add_argument(f"--{name}", action="store_true", help=words)
    parser.add_argument("--seed", type=int, default=Effort.seed)
    parser.add_argument("--count", type=int, help="how many of what the suite counts")
    parser.add_argument("--seconds", type=float, help="how long to go on at most")
    parser.add_argument("--strategy", default=Effort.strategy, help="of the search")
    options = parser.parse_args()
    effort = Effort(options.seed, options.count, options.seconds, options.strategy)
    chosen = [name for name in SUITES if getattr(options, name)] or list(SUITES)
    failed = [name for name in chosen if not report(name, effort)]
    if failed:
        sys.exit(f"Something was wrong in: {', '.join(failed)}.")


def report(name: str, effort: Effort) -> bool:
    """Run a suite and print its line; return whether all was well."""
    started = time.monotonic()
    outcome: Outcome = importlib.import_module(f"benchmarks.chaos.{name}").run(effort)
    faults = outcome.list_faults()
    line = {
        "benchmark": f"chaos {name}",
        "seed": effort.seed,
        "seconds": round(time.monotonic() - started, 1),
        **outcome.figures,
        "limits": dict(outcome.limits),
        "faults": faults,
    }
    print(json.dumps(line), flush=True)
    return not faults


if __name__ == "__main__":
    main()
