"""The part of a web server that starts runs, in a process that can be killed like one."""

from __future__ import annotations

import logging
import sys

from lstm_core.jobs.local.backend import LocalBackend
from lstm_core.runs.stores.store import Store
from lstm_core.settings import load_settings

WORKER = (sys.executable, "-m", "benchmarks.chaos.worker")


def main() -> None:
    """Dispatch until stdin ends."""
    logging.basicConfig(level=logging.INFO)
    with (
        Store.open(load_settings()) as store,
        LocalBackend(store, command=WORKER, poll_seconds=0.2, keep_warm=True),
    ):
        sys.stdin.read()


if __name__ == "__main__":
    main()
